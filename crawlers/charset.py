"""Bytes to text: which encoding was it, whatever was declared?

Byte order mark · valid UTF-8 (bytes of another encoding hardly ever are) · what the server says · what the
document says · the old encodings of the outlet's language · the declared one again, with signs for what it
cannot read.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator

from w3lib.encoding import html_body_declared_encoding, http_content_type_encoding, read_bom, resolve_encoding

# Encodings that outlets of a language wrote before UTF-8, the likeliest first.
LEGACY = {
    "vi": ("cp1258",),
    "zh-Hans": ("gb18030", "big5hkscs"),
    "zh-Hant": ("big5hkscs", "gb18030"),
    "ja": ("cp932", "euc_jp"),
    "ko": ("cp949",),
    "ru": ("cp1251", "koi8_r"),
    "uk": ("cp1251",),
    "th": ("cp874",),
}
# Codecs of Python's that no page is written in, some of them slow on purpose-made input.
_NOT_FOR_PAGES = frozenset(("idna", "punycode", "unicode-escape", "raw-unicode-escape", "undefined", "utf-7"))
_SEVEN_BIT = re.compile(rb"^[\x00-\x7f]*$")
_XML = re.compile(rb"""^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]{1,40})["']""")
_WIDER = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "big5": "big5hkscs",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "tis-620": "cp874",
}


def decode(data: bytes, content_type: str = "", language: str = "") -> str:
    """The text of a page or a feed. Never fails: what no encoding reads becomes U+FFFD."""
    marked, bom = read_bom(data)
    if marked is not None and bom is not None:
        return data[len(bom) :].decode(marked, "replace")
    declared = list(_declared(data, content_type))
    if not _escapes(data, declared):
        whole = utf8(data)
        if whole is not None:
            return whole
    candidates = [*declared, *LEGACY.get(language, ())]
    for name in candidates:
        text = _strict(data, name)
        if text is not None:
            return text
    return data.decode(next(iter(candidates), "utf-8"), "replace")


def _declared(data: bytes, content_type: str) -> Iterator[str]:
    found = _XML.match(data[:300])
    names = (
        http_content_type_encoding(content_type),
        found[1].decode() if found else None,
        html_body_declared_encoding(data[:4096]),
    )
    for name in names:
        known = _python_name(name) if name else None
        if known:
            yield known


def _python_name(name: str) -> str | None:
    known = resolve_encoding(_WIDER.get(name.strip().lower(), name))
    try:
        found = codecs.lookup(known) if known else None
        b" ".decode(known or "utf-8", "ignore")  # a codec that makes no text says so here
    except LookupError:
        return None
    return found.name if found and found.name not in _NOT_FOR_PAGES else None


def _escapes(data: bytes, declared: list[str]) -> bool:
    """Encodings that use seven bits only, and so look like ASCII: ISO-2022-JP and its kin."""
    return any(name.startswith(("iso2022", "hz")) for name in declared) and bool(_SEVEN_BIT.match(data))


def utf8(data: bytes) -> str | None:
    """UTF-8, also where the end was cut off inside a character."""
    try:
        return codecs.getincrementaldecoder("utf-8")().decode(data, final=False)
    except UnicodeDecodeError:
        return None


def _strict(data: bytes, name: str) -> str | None:
    try:
        return data.decode(name)
    except (UnicodeDecodeError, LookupError):
        return None
