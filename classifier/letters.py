"""All letters of a text at once, by tables of what each is: a tenth of the price of word by word."""

from __future__ import annotations

import functools
import unicodedata
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from diembao.core.text import fold

Codes = npt.NDArray[np.uint32]

_SPACED = bytes(code if chr(code).isalnum() and code < 128 else 32 for code in range(256))
_SPACE = 32
_TABLE = 1 << 16  # letters beyond are rare in news: with one of them a text is folded word by word
_WORD_BY_WORD = 0  # in the table: no letter of one place, or one that its neighbours change
_NEVER = (0xD800, 0xE000)  # halves of letters
_ANY_NEIGHBOUR = "Σ"  # its small letter is another at the end of a word


def codes(text: str) -> Codes:
    """The code points of a text."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)


def table(letters: str) -> npt.NDArray[np.bool_]:
    """For `many`; letters of the first plane of Unicode alone."""
    held = np.zeros(_TABLE, dtype=np.bool_)
    held[[ord(letter) for letter in letters]] = True
    return held


def many(text: str, of: npt.NDArray[np.bool_]) -> int:
    """How many of a table's letters stand in a text."""
    return int(np.count_nonzero(of.take(codes(text), mode="clip")))


def folded(text: str) -> str:
    """What `diembao.core.text.fold` makes of it."""
    of = codes(text)
    if of.size and int(of.max()) < _TABLE and unicodedata.is_normalized("NFC", text):
        plain = _plain()[of]
        if plain.all():
            return plain.tobytes().decode("utf-32-le")
    return fold(text)


@functools.cache
def _plain() -> Codes:
    letters = [chr(code) for code in range(_TABLE) if not _NEVER[0] <= code < _NEVER[1]]
    apart = fold("\n".join(letters)).split("\n")  # one word of them all: none is kept as a word met
    apart[ord("\n") : ord("\n") + 2] = ["\n"]
    table = np.full(_TABLE, _WORD_BY_WORD, dtype=np.uint32)
    for letter, plain in zip(letters, apart, strict=True):
        if len(plain) == 1 and letter != _ANY_NEIGHBOUR:
            table[ord(letter)] = ord(plain)
    return table


class Words:
    """The words of a folded text, joined with single spaces, and where each of them stands."""

    def __init__(self, plain: str) -> None:
        self._apart = plain.encode("ascii", "replace").translate(_SPACED)
        self.joined = b" %b " % b" ".join(self._apart.split())

    def spans(self, found: Sequence[tuple[int, int, int]]) -> list[tuple[int, int]]:
        """Of matches of the joined words, each from the space before to the space behind."""
        inside = np.frombuffer(b" %b " % self._apart, dtype=np.uint8) != _SPACE
        edges = np.flatnonzero(inside[1:] != inside[:-1])
        before = np.flatnonzero(np.frombuffer(self.joined, dtype=np.uint8) == _SPACE)
        first = np.searchsorted(before, [start for _, start, _ in found])
        last = np.searchsorted(before, [end - 1 for _, _, end in found])
        return list(zip(edges[2 * first].tolist(), edges[2 * last - 1].tolist(), strict=True))
