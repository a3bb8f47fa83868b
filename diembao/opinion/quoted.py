"""What a model says is held against what it was shown: quotes stand there word for word, no address comes from
elsewhere, nothing invisible comes along.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING, Final

from diembao.core.errors import SetAside
from diembao.core.text import clean

if TYPE_CHECKING:
    from tldextract import TLDExtract

# A quote shorter than this stands in any text: characters, those of scripts without spaces count twice.
LEAST: Final = 8
_WIDE: Final = 0x0E00  # Thai, Lao, Khmer, Chinese, Japanese, Korean
_UNSEEN: Final = {"Cf", "Co", "Cs", "Cn"}  # categories of characters that show nothing, or that nobody knows
_KEPT: Final = {"\u200b", "\u200c", "\u200d"}  # where Khmer, Lao and Thai may break a line
_SCHEMES: Final = re.compile(
    r"\b[a-z][a-z0-9+.-]{1,20}://\S+|\bwww\.\S+|\b(?:javascript|data|vbscript|file|mailto|tel|sms|tg|intent):\S+",
    re.IGNORECASE,
)
_HOSTS: Final = re.compile(r"[\w.%+-]*@?(?:[^\W_](?:[\w-]{0,62})\.)+[^\W\d_]{2,24}\b", re.UNICODE)
_NUMERIC: Final = re.compile(r"\b\d{1,3}(?:\.\d{1,3}){3}(?::\d+|/\S*)")
_BRACKETS: Final = re.compile(r"\s*\[([^\[\]]{1,200})\]")
_IN_WORDS: Final = re.compile(r"[“\"«]([^“”\"«»]{1,600})[”\"»]")


def line(text: str) -> str:
    """One line, without what cannot be seen."""
    seen = "".join(x for x in clean(text) if x in _KEPT or unicodedata.category(x) not in _UNSEEN)
    return " ".join(seen.split())


def holds(text: str, quote: str) -> bool:
    """Does the text have these words, spaces and line breaks aside?"""
    wanted = line(quote)
    return _width(wanted) >= LEAST and wanted in line(text)


def _width(text: str) -> int:
    return sum(2 if ord(each) >= _WIDE else 1 for each in text if not each.isspace())


def refuse_addresses(said: str, shown: str) -> None:
    """Raises:
    SetAside: an address stands in what the model said, and not in what it was shown.
    """
    known = shown.casefold()
    strange = next((each for each in addresses(said) if each.casefold() not in known), None)
    if strange is not None:
        raise SetAside(
            "câu trả lời có địa chỉ không có trong bài, nên bị bỏ"
            " (the answer holds an address that the article does not have, and was dropped)"
        )


def addresses(text: str) -> list[str]:
    """Links, hosts and mail addresses in a text, as they stand there."""
    found = [each.rstrip(".,;:!?)]}»”\"'") for each in (*_SCHEMES.findall(text), *_NUMERIC.findall(text))]
    return found + [each for each in _HOSTS.findall(text) if _is_host(each)]


def _is_host(text: str) -> bool:
    """TP.HCM is none: HCM is not a domain of anybody's."""
    return bool(_suffixes()(text.rpartition("@")[2]).suffix)


@cache
def _suffixes() -> TLDExtract:
    from tldextract import TLDExtract

    return TLDExtract(suffix_list_urls=(), cache_dir=None)


def without_strange_names(text: str, shown: str) -> str:
    """A name in square brackets is the original's: one that it does not have is taken out."""
    known = line(shown).casefold()
    return _BRACKETS.sub(lambda found: found[0] if line(found[1]).casefold() in known else "", text)


def quotes_in(text: str) -> list[str]:
    """What stands in quotation marks."""
    return [found for found in _IN_WORDS.findall(text) if _width(found) >= LEAST]
