"""Typed text → one small tree → any engine."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


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


Query = All | Text | Phrase | Prefix | Terms | Range | Bool
