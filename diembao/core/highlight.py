"""What of a text a query asked for: places, a passage around them, and that passage as safe HTML.

Engines keep no texts, so this is done on the record's own words, with the analysis that cut them for the index. Words
keep their marks, and only what was asked for together is marked together: of a phrase never one of its words.
"""

from __future__ import annotations

import html
import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

from diembao.core.analysis import Token, groups, stretches, tokens
from diembao.core.query import Bool, Near, Phrase, Prefix, Query, Text
from diembao.core.text import nfc

LENGTH: Final = 240  # characters of a passage; two to three lines of a list
_MOST: Final = 500  # places that are looked at in one text
_LONGEST: Final = 100_000  # characters of a text that are looked through
_REACH: Final = 30  # characters within which a passage begins or ends between words
_SPACE: Final = re.compile(r"[\s\u200b]+")


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a passage; ``hit``: it was asked for."""

    text: str
    hit: bool = False


@dataclass(frozen=True, slots=True)
class Sought:
    """What a query asks of one field: words side by side, and what a word may begin with."""

    together: tuple[tuple[str, ...], ...] = ()
    begun: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.together or self.begun)


def sought(query: Query, field: str = "text") -> Sought:
    """Of the parts of a query that must or may be found, never of those that must not. What is asked of the whole text
    is asked of its title too.
    """
    together: dict[tuple[str, ...], None] = {}
    begun: dict[str, None] = {}
    for leaf in _leaves(query):
        if leaf.field == field or (leaf.field == "text" and field == "title"):
            found, beginning = _of_leaf(leaf)
            together |= dict.fromkeys(found)
            begun |= dict.fromkeys(beginning)
    return Sought(tuple(together), tuple(begun))


def together(query: Query, field: str = "text") -> list[tuple[Token, ...]]:
    """The words of `sought` that are meant side by side, with their marks."""
    found: list[tuple[Token, ...]] = []
    for leaf in _leaves(query):
        if leaf.field in {field, "text"}:
            found += _typed_groups(leaf)
    return found


def _typed_groups(leaf: Text | Phrase | Near | Prefix) -> list[tuple[Token, ...]]:
    match leaf:
        case Text():
            return [*groups(leaf.text)]
        case Near():
            return [tuple(tokens(leaf.left)), tuple(tokens(leaf.right))]
        case _:
            return [tuple(tokens(leaf.text))]


def _leaves(query: Query) -> Iterator[Text | Phrase | Near | Prefix]:
    if isinstance(query, Bool):
        for part in (*query.must, *query.should):
            yield from _leaves(part)
    elif isinstance(query, Text | Phrase | Near | Prefix):
        yield query


def _of_leaf(leaf: Text | Phrase | Near | Prefix) -> tuple[list[tuple[str, ...]], list[str]]:
    found = _typed_groups(leaf)
    if isinstance(leaf, Prefix) and found[0] and not found[0][-1].whole:
        *before, last = found[0]
        return [tuple(x.folded for x in before)] if before else [], [last.begun, last.folded]
    return [tuple(token.folded for token in group) for group in found if group], []


def places(text: str, asked: Sought) -> list[tuple[int, int]]:
    """Where in ``nfc(text)`` it stands: [start, end), in order, without overlap."""
    return _places(nfc(text), asked)


def _places(text: str, asked: Sought) -> list[tuple[int, int]]:
    """In a text in NFC."""
    if not asked:
        return []
    looked = text[:_LONGEST]
    first = {group[0] for group in asked.together}
    more = max((len(group) - 1 for group in asked.together), default=0)
    # A word's beginning may be that of any token.
    parts = [(0, len(looked))] if asked.begun else stretches(looked, first, more)
    return list(islice((span for start, end in parts for span in _found(looked[start:end], start, asked)), _MOST))


def _found(text: str, at: int, asked: Sought) -> Iterator[tuple[int, int]]:
    """In a part of a text that begins ``at`` this place of the whole."""
    found = list(tokens(text))
    folded = tuple(token.folded for token in found)
    number = 0
    while number < len(found):
        length = _length(folded, number, asked)
        if length:
            yield at + found[number].start, at + found[number + length - 1].end
        number += length or 1


def _length(folded: tuple[str, ...], at: int, asked: Sought) -> int:
    """How many tokens from here on were asked for together; 0: none."""
    lengths = [len(group) for group in asked.together if folded[at : at + len(group)] == group]
    lengths += [1 for beginning in asked.begun if folded[at].startswith(beginning)]
    return max(lengths, default=0)


def passage(text: str, asked: Sought, length: int = LENGTH) -> tuple[Piece, ...]:
    """One line of about ``length`` characters where most of what was asked for stands close together; empty where
    nothing of it does.
    """
    text = nfc(text)
    spans = _places(text, asked)
    if not spans:
        return ()
    start, end = _window(text, spans, length)
    inside = [span for span in spans if start <= span[0] and span[1] <= end]
    return _pieces(text, start, end, inside)


def marked(text: str, asked: Sought) -> tuple[Piece, ...]:
    """The whole of a short text."""
    text = nfc(text)
    return _pieces(text, 0, len(text), _places(text, asked))


def as_html(pieces: Sequence[Piece]) -> str:
    """With the hits in <mark>; everything else is escaped, whoever wrote it."""
    return "".join(f"<mark>{html.escape(x.text)}</mark>" if x.hit else html.escape(x.text) for x in pieces)


def as_text(pieces: Sequence[Piece]) -> str:
    return "".join(piece.text for piece in pieces)


def _window(text: str, spans: Sequence[tuple[int, int]], length: int) -> tuple[int, int]:
    """The first of the stretches that hold most different words of those asked for."""
    starts = [start for start, _ in spans]
    words = [text[start:end].lower() for start, end in spans]

    def held(number: int) -> int:
        last = bisect_right(starts, starts[number] + length * 3 // 4)
        return len(set(words[number:last]))

    best = max(range(len(spans)), key=lambda number: (held(number), -number))
    start = max(0, min(starts[best] - length // 4, len(text) - length))
    end = max(min(len(text), start + length), spans[best][1])
    if start:
        space = _SPACE.search(text, start, min(starts[best], start + _REACH))
        start = space.end() if space else start
    if end < len(text):
        spaces = list(_SPACE.finditer(text, max(spans[best][1], end - _REACH), end))
        end = spaces[-1].start() if spaces else end
    return start, end


def _pieces(text: str, start: int, end: int, inside: Sequence[tuple[int, int]]) -> tuple[Piece, ...]:
    found = [Piece("…")] if start else []
    place = start
    for first, last in joined(text, inside):
        found += [Piece(_line(text[place:first])), Piece(_line(text[first:last]), hit=True)]
        place = last
    found += [Piece(_line(text[place:end])), Piece("…" if end < len(text) else "")]
    return tuple(piece for piece in found if piece.text)


def joined(text: str, spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Neighbours with nothing but a space between them are shown as one."""
    found: list[tuple[int, int]] = []
    for start, end in spans:
        if found and not text[found[-1][1] : start].strip():
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return found


def _line(text: str) -> str:
    return re.sub(r"\s+", " ", text)
