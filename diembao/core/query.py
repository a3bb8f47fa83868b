"""Typed text → one small tree → any engine."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from diembao.core.vocabulary import Vocabulary

VERSION: Final = 1  # of the language; raise it when a text comes to mean another tree, and translate what is kept
MAX_DISTANCE: Final = 20  # words; engines look for each distance by itself, and farther apart is another sentence


@dataclass(frozen=True, slots=True)
class All:
    """Everything."""


@dataclass(frozen=True, slots=True)
class Text:
    """One or more words of an analysed field, all of them, in any order."""

    field: str
    text: str


@dataclass(frozen=True, slots=True)
class Phrase:
    """The words of an analysed field, side by side, in this order."""

    field: str
    text: str


@dataclass(frozen=True, slots=True)
class Near:
    """Two phrases of an analysed field, in either order, with at most ``distance`` words between them."""

    field: str
    left: str
    right: str
    distance: int


@dataclass(frozen=True, slots=True)
class Marked:
    """Every word of these that has marks stands in an analysed field with the same marks (`core.marks`). Nobody types
    it.
    """

    field: str
    text: str


@dataclass(frozen=True, slots=True)
class Prefix:
    """A word of an analysed field that begins so."""

    field: str
    text: str


@dataclass(frozen=True, slots=True)
class Terms:
    """A keyword field that holds one of these values."""

    field: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Range:
    """A time field in [start, end); None is open."""

    field: str
    start: datetime | None
    end: datetime | None


@dataclass(frozen=True, slots=True)
class Bool:
    """All of ``must``, at least one of ``should`` (where given), none of ``must_not``."""

    must: tuple[Query, ...] = ()
    should: tuple[Query, ...] = ()
    must_not: tuple[Query, ...] = ()


Query = All | Text | Phrase | Near | Marked | Prefix | Terms | Range | Bool


def parse(text: str, *, now: datetime, zone: str = "Asia/Ho_Chi_Minh", words: Vocabulary | None = None) -> Query:
    """What a person typed, as a tree (docs: the search box's help). Empty text asks for everything.

    Days are local days of ``zone``, turned into UTC; "today" is ``now``'s day there. Words side by side must all
    occur. A query of exclusions alone is allowed: everything but those. ``words`` are the installation's own: without
    them no saved search, unit or task is known.

    Raises:
        QueryError: it cannot be read; one sentence, with the place.
    """
    from diembao.core.query_grammar import read
    from diembao.core.vocabulary import NOTHING_SAID

    return read(text, now=now, zone=zone, words=words or NOTHING_SAID)


def unparse(query: Query) -> str:
    """Text that ``parse`` reads as the same tree; for a tree that nobody could type, as one that finds the same."""
    from diembao.core.query_text import write

    return write(query)
