"""Words that keep their place in the text, for all ten languages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from classifier.letters import normal
from diembao.core.text import nfc, south_east

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
# Most words of most texts, found at a third of the price; never a part of a longer one.
_PLAIN = rf"[a-zß-öø-ɏḁ-ỿ]++(?!['’]?{_LETTER})"
_TOKEN = re.compile(rf"({_PLAIN}|\d+(?:[.,]\d+)*|{_LETTER}+(?:['’]{_LETTER}+)*|[{_RUN_ON}]+)")
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


@dataclass(frozen=True, slots=True, eq=False)
class Tokens:
    """The tokens of a text in columns, for those who count thousands of them; iterated, one `Token` after the other."""

    texts: list[str]
    starts: npt.NDArray[np.int64]
    ends: npt.NDArray[np.int64]
    runs: tuple[int, ...]  # which of them are runs of a script without spaces

    def __iter__(self) -> Iterator[Token]:
        return map(Token, self.texts, self.starts.tolist(), self.ends.tolist())

    def __len__(self) -> int:
        return len(self.texts)


def settled(text: str) -> tuple[str, str]:
    """The text to quote from, and as many characters of its form for comparing."""
    text = south_east(_BREAK_MARKS.sub("", nfc(text)))
    compared = normal(text)
    return (text, compared) if len(text) == len(compared) else (compared, compared)  # "İ" becomes two


def tokens(compared: str) -> Tokens:
    """The tokens of a text in its form for comparing, in order."""
    parts = _TOKEN.split(compared)  # what lies between them at even places
    places = np.cumsum(np.fromiter(map(len, parts), dtype=np.int64, count=len(parts)))
    texts = parts[1::2]
    runs = (n for n, text in enumerate(texts) if _RUN.match(text)) if _RUN.search(compared) else ()
    return Tokens(texts, places[:-1:2], places[1::2], tuple(runs))


def pieces(found: Tokens) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Where the tokens start and end, with every run of a script without spaces cut into what its words are made of."""
    if not found.runs:
        return found.starts, found.ends
    starts, ends = found.starts.tolist(), found.ends.tolist()
    for n in reversed(found.runs):
        cuts = [starts[n] + piece.start() for piece in _PIECE.finditer(found.texts[n])]
        starts[n : n + 1], ends[n : n + 1] = cuts, [*cuts[1:], ends[n]]
    return np.array(starts, dtype=np.int64), np.array(ends, dtype=np.int64)
