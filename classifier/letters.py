"""All letters of a text at once, by tables of what each is: a tenth of the price of word by word."""

from __future__ import annotations

import functools
import unicodedata
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from diembao.core import text as core
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
        plain = _plain().take(of, mode="clip")  # nothing to clip: twice as fast
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


def normal(text: str) -> str:
    """What `diembao.core.text.normal` makes of it."""
    if len(text) < _SHORT:
        return core.normal(text)
    of = codes(text)
    if int(of.max()) >= _TABLE or not unicodedata.is_normalized("NFC", text):
        return core.normal(text)
    low = _small().take(of, mode="clip")  # nothing to clip: twice as fast
    if not low.all():
        return core.normal(text)
    first, last, within = (held.take(low, mode="clip") for held in _spelt())
    pairs = first[:-1] & last[1:]
    ends = np.flatnonzero(pairs[:-1] & ~within[2:]) + 1
    if pairs[-1]:
        ends = np.append(ends, low.size - 1)
    small = low.tobytes().decode("utf-32-le")
    changed = False
    for end in ends.tolist():
        window = small[max(0, end - _BEFORE) : end + 1]
        said = _one_spelling(window)
        if said != window:
            low[end - 1], low[end] = ord(said[-2]), ord(said[-1])
            changed = True
    return low.tobytes().decode("utf-32-le") if changed else small


_SHORT = 500  # characters; a shorter text is sooner made word by word
_BEFORE = 3  # characters before the last of a syllable that say whether it has two spellings: "quy", and what precedes


@functools.lru_cache(maxsize=20_000)
def _one_spelling(window: str) -> str:
    return core.normal(window)


@functools.cache
def _small() -> Codes:
    """Small letters; none for those that change with their neighbours, or whose spelling is more than one rule."""
    table = np.full(_TABLE, _WORD_BY_WORD, dtype=np.uint32)
    for code in range(_TABLE):
        if _NEVER[0] <= code < _NEVER[1] or _THAI_AND_LAO[0] <= code < _THAI_AND_LAO[1]:
            continue
        small = chr(code).lower()
        if len(small) == 1 and chr(code) != _ANY_NEIGHBOUR and not unicodedata.combining(chr(code)):
            table[code] = ord(small)
    return table


_THAI_AND_LAO = (0x0E00, 0x0F00)


@functools.cache
def _spelt() -> tuple[npt.NDArray[np.bool_], ...]:
    """The last letters but one and the last of syllables that may have two spellings, and all letters of words."""
    words = np.array([chr(code).isalnum() or code == ord("_") for code in range(_TABLE)])
    return table("ohklmstuùúủũụ"), table("àáảãạèéẻẽẹyỳýỷỹỵ"), words


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
