"""Words that keep their place in the text, for all ten languages."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from diembao.core.text import nfc, normal, south_east

# Khmer, Lao and Thai outlets put break marks (ZWSP and its kin) between words, or do not: without
# them both read the same.
_BREAK_MARKS = re.compile("[\u200b-\u200d]+")

# A number; a word of letters and marks, with inner apostrophes (H're); a run of a script without
# spaces. Python's \w leaves out most vowel signs of Thai, Lao and Khmer, so those blocks are named whole.
_RUN_ON = (
    "\u0e01-\u0e3a\u0e40-\u0e4e\u0e81-\u0ece\u0edc-\u0edf\u1780-\u17d3\u17dc\u17dd"
    "\u3041-\u30ff\u3400-\u9fff\uf900-\ufaff"
)
_LETTER = rf"[^\W\d_{_RUN_ON}]"
_TOKEN = re.compile(rf"\d+(?:[.,]\d+)*|{_LETTER}+(?:['’]{_LETTER}+)*|[{_RUN_ON}]+")
_RUN = re.compile(f"[{_RUN_ON}]")
# What a run falls into where words are counted: a consonant of Thai, Lao or Khmer with the vowels and tones around
# it, else one sign. Words do not stand apart there, and most are one to three of these.
_PIECE = re.compile(
    "[\u0e40-\u0e44\u0ec0-\u0ec4]?[\u0e01-\u0e2e\u0e81-\u0eae\u0edc-\u0edf][\u0e30-\u0e3a\u0e45-\u0e4e\u0eb0-\u0ebd\u0ec6-\u0ece]*"
    "|[\u1780-\u17b3](?:\u17d2[\u1780-\u17b3]|[\u17b4-\u17d1\u17d3\u17dd])*"
    "|."
)


class Token(NamedTuple):
    """A word, a number, or a run of a script without spaces; ``start`` and ``end`` count characters."""

    text: str
    start: int
    end: int

    @property
    def runs_on(self) -> bool:
        return _RUN.match(self.text) is not None


def settled(text: str) -> tuple[str, str]:
    """The text to quote from, and as many characters of its form for comparing."""
    text = south_east(_BREAK_MARKS.sub("", nfc(text)))
    compared = normal(text)
    return (text, compared) if len(text) == len(compared) else (compared, compared)  # "İ" becomes two


def tokens(compared: str) -> list[Token]:
    """The tokens of a text in its form for comparing, in order."""
    return [Token(m[0], *m.span()) for m in _TOKEN.finditer(compared)]


def pieces(found: Sequence[Token]) -> list[Token]:
    """The tokens with every run of a script without spaces cut into what its words are made of."""
    if not any(token.runs_on for token in found):
        return list(found)
    return [piece for token in found for piece in (_cut(token) if token.runs_on else (token,))]


def _cut(token: Token) -> Iterator[Token]:
    return (Token(m[0], token.start + m.start(), token.start + m.end()) for m in _PIECE.finditer(token.text))
