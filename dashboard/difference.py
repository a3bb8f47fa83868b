"""What changed between two revisions, word by word (letter by letter where words have no spaces)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Final

# Thai, Lao, Khmer, kana and Han are compared letter by letter; all else by words with the space after.
_ALONE: Final = "\u0e00-\u0eff\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
_WORDS: Final = re.compile(rf"[{_ALONE}]|[^\s{_ALONE}]+\s*|\s+")
# Words compared at once. Comparing takes quadratic time: paragraphs are matched first, and a changed
# stretch longer than this is shown as a whole, old and new.
STRETCH: Final = 2000
# Words left around a change.
AROUND: Final = 25


class Change(StrEnum):
    SAME = "same"
    OLD = "old"
    NEW = "new"
    SKIP = "skip"  # ``text`` is the number of words left out


@dataclass(frozen=True, slots=True)
class Part:
    change: Change
    text: str


def difference(old: str, new: str) -> tuple[Part, ...]:
    """The parts in reading order; long stretches without a change are cut to their ends."""
    parts = list(_joined(_parts(old, new)))
    if all(part.change is Change.SAME for part in parts):
        return ()
    last = len(parts) - 1
    return tuple(short for n, part in enumerate(parts) for short in _shortened(part, first=n == 0, last=n == last))


def _parts(old: str, new: str) -> Iterator[Part]:
    """Paragraphs first, then the words of those that changed."""
    for tag, before, after in _matched(old.splitlines(keepends=True), new.splitlines(keepends=True)):
        if tag == "equal":
            yield Part(Change.SAME, "".join(after))
            continue
        words_before, words_after = _WORDS.findall("".join(before)), _WORDS.findall("".join(after))
        if max(len(words_before), len(words_after)) > STRETCH:
            yield from _replaced(words_before, words_after)
            continue
        for inner, old_words, new_words in _matched(words_before, words_after):
            if inner == "equal":
                yield Part(Change.SAME, "".join(new_words))
            else:
                yield from _replaced(old_words, new_words)


def _matched(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[str, Sequence[str], Sequence[str]]]:
    """Runs of equal and of changed tokens. Spaces at their ends do not count."""
    matcher = SequenceMatcher(None, [token.strip() for token in old], [token.strip() for token in new], autojunk=False)
    for tag, a, b, c, d in matcher.get_opcodes():
        yield tag, old[a:b], new[c:d]


def _replaced(old: Sequence[str], new: Sequence[str]) -> Iterator[Part]:
    if old:
        yield Part(Change.OLD, "".join(old))
    if new:
        yield Part(Change.NEW, "".join(new))


def _joined(parts: Iterator[Part]) -> Iterator[Part]:
    """Neighbours of one kind as one."""
    held: Part | None = None
    for part in parts:
        if held is not None and held.change is part.change:
            held = Part(part.change, held.text + part.text)
            continue
        if held is not None:
            yield held
        held = part
    if held is not None:
        yield held


def _shortened(part: Part, *, first: bool, last: bool) -> Iterator[Part]:
    words = _WORDS.findall(part.text)
    head, tail = (0 if first else AROUND), (0 if last else AROUND)
    if part.change is not Change.SAME or len(words) <= 2 * AROUND + head + tail:
        yield part
        return
    if head:
        yield Part(Change.SAME, "".join(words[:head]))
    yield Part(Change.SKIP, str(len(words) - head - tail))
    if tail:
        yield Part(Change.SAME, "".join(words[-tail:]))


# -- side by side -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Pair:
    """A paragraph as it was, and as it is: the old side has no new words, the new side no old ones."""

    old: tuple[Part, ...]
    new: tuple[Part, ...]


def pairs(parts: Iterable[Part]) -> tuple[Pair, ...]:
    """A difference in two columns, paragraph beside paragraph; one that was put in or taken out has an empty other
    side.
    """
    rows = _Rows()
    for part in parts:
        rows.add(part)
    rows.close()
    return tuple(rows.done)


class _Rows:
    """The pairs so far, and the two sides of the one that is being filled."""

    def __init__(self) -> None:
        self.done: list[Pair] = []
        self._sides: dict[Change, list[Part]] = {Change.OLD: [], Change.NEW: []}

    def add(self, part: Part) -> None:
        if part.change is Change.SKIP:
            self.close()
            self.done.append(Pair((part,), (part,)))
        elif part.change is Change.SAME:
            if all(not side or side[-1].text.endswith("\n") for side in self._sides.values()):
                self.close()  # whole paragraphs were changed before it
            first, *others = part.text.split("\n")
            self._both(first)
            for line in others:
                self.close()
                self._both(line)
        else:
            self._sides[part.change].append(part)

    def _both(self, line: str) -> None:
        for side in self._sides.values():
            side.extend([Part(Change.SAME, line)] if line else [])

    def close(self) -> None:
        old, new = (tuple(side) for side in self._sides.values())
        if any(part.text.strip() for part in (*old, *new)):
            self.done.append(Pair(old, new))
        self._sides = {Change.OLD: [], Change.NEW: []}
