"""Vietnamese in the fonts before Unicode: TCVN3 (.VnTime) and VNI, whose letters are other letters of Latin-1.

Such pages call themselves Latin-1 or windows-1252 and rely on the reader's font. They are told by their letters: many
of the old ones, and none that only Vietnamese in Unicode has.
"""

from __future__ import annotations

import re
import unicodedata
from html import unescape
from itertools import product
from typing import Final

from crawlers.charset import utf8

LEAST_SIGNS = 30  # old letters in a text that is taken for one; French, German or Portuguese pages are told by the rest
LEAST_SHARE = 0.08  # of all letters; Vietnamese has about a quarter with marks
MAX_LOOK = 200_000  # characters that are looked at to tell

# By the code they stand at, 0xA1 and up; capitals with tones are lower-case letters in a font of capitals.
_TCVN3 = dict(
    zip(
        "\u00a1\u00a2\u00a3\u00a4\u00a5\u00a6\u00a7\u00a8\u00a9\u00aa\u00ab\u00ac\u00ad\u00ae"
        "µ¶·¸¹»¼½¾ÆÇÈÉÊËÌÎÏÐÑÒÓÔÕÖ×ØÜÝÞßáâãäåæçèéêëìíîïñòóôõö÷øùúûüýþ",
        "ĂÂÊÔƠƯĐăâêôơưđàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ",
        strict=True,
    )
)
_TONES = dict(zip("ùøûõï", "\u0301\u0300\u0309\u0303\u0323", strict=True))
_ROOF = dict(zip("âáàåãä", ("", *"\u0301\u0300\u0309\u0303\u0323"), strict=True))
_BOWL = dict(zip("êéèúüë", ("", *"\u0301\u0300\u0309\u0303\u0323"), strict=True))
_ALONE = {"ñ": "đ", "ô": "ơ", "ö": "ư", "í": "í", "ì": "ì", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ"}


def _vni() -> dict[str, str]:
    pairs = {base + sign: _ALONE.get(base, base) + tone for base, (sign, tone) in product("aeouyôö", _TONES.items())}
    pairs |= {base + sign: f"{base}\u0302{tone}" for base, (sign, tone) in product("aeo", _ROOF.items())}
    pairs |= {f"a{sign}": f"a\u0306{tone}" for sign, tone in _BOWL.items()}
    small = {old: unicodedata.normalize("NFC", new) for old, new in (pairs | _ALONE).items()}
    large = {old.upper(): new.upper() for old, new in small.items()}
    first = {old[0].upper() + old[1:]: new.capitalize() for old, new in small.items()}
    return first | large | small


_VNI: Final = _vni()
_VNI_LETTER = re.compile("|".join(sorted(map(re.escape, _VNI), key=len, reverse=True)))
_VNI_PAIR = re.compile(r"[aeouyôö][ùøûõï]|[aeo][âáàåãä]|a[êéèúüë]", re.IGNORECASE)
_TCVN3_LETTER = re.compile(f"[{''.join(map(re.escape, _TCVN3))}]")
_TCVN3_ONLY = re.compile("[\u00a8\u00a9\u00ab\u00ac\u00ad\u00aeµ¶·¸¹»¼½¾]")  # no letters anywhere else
_OLD = frozenset((*_TCVN3, *"".join(_VNI))) - frozenset("aeouyAEOUY")
_UNICODE = re.compile("[\u0102\u0103\u0110\u0111\u0128\u0129\u0168\u0169\u01a0\u01a1\u01af\u01b0\u1ea0-\u1ef9]")
_ENTITY = re.compile(r"&(?:#1[6-9]\d|#2[0-5]\d|[A-Za-z]+\d?);")
_MARKUP = re.compile(r"<(?:script|style)\b.*?</(?:script|style)>|<[^<>]*>", re.IGNORECASE | re.DOTALL)


def typed(data: bytes) -> str | None:
    """The page in Unicode, whatever encoding it declares; None where it is in neither font."""
    if b"\xe1\xba" in data or b"\xe1\xbb" in data:  # Vietnamese in UTF-8, nearly every page
        return None
    html = utf8(data)  # ASCII with entities, or a server that took the old letters for Latin-1
    if html is None:
        html = data.decode("latin-1")
    new = retyped(html)
    return None if new is html else new


def retyped(html: str) -> str:
    """The page in Unicode, where it is in one of the two; as it is, where it is not."""
    seen = _MARKUP.sub(" ", html[:MAX_LOOK])
    if seen.isascii() and "&" not in seen:
        return html
    seen = unescape(seen)
    if _UNICODE.search(seen):
        return html
    letters = max(1, sum(map(str.isalpha, seen)))
    if _many(len(_VNI_PAIR.findall(seen)), letters) and len(re.findall("ñ|ö", seen, re.IGNORECASE)) >= LEAST_SIGNS // 3:
        return _VNI_LETTER.sub(lambda found: _VNI[found[0]], _spelt(html))
    if _many(len(_TCVN3_LETTER.findall(seen)), letters) and len(_TCVN3_ONLY.findall(seen)) >= LEAST_SIGNS:
        return _TCVN3_LETTER.sub(lambda found: _TCVN3[found[0]], _spelt(html))
    return html


def _many(signs: int, letters: int) -> bool:
    return signs >= LEAST_SIGNS and signs >= LEAST_SHARE * letters


def _spelt(html: str) -> str:
    """Old letters that are written as entities as themselves; `&lt;` and its kin stay."""
    return _ENTITY.sub(lambda found: letter if (letter := unescape(found[0])) in _OLD else found[0], html)
