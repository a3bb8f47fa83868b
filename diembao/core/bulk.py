"""The record read as a whole, or all that changed in it since a number of the log: for copies of it elsewhere.

Each article is told once, at the place of its last entry in the log up to a number that is settled at the beginning.
What changes meanwhile is told as it is then, and comes again with what follows that number: whoever has read on to
the head of the log has what the record has.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final, Protocol

from diembao.core.article import Revision
from diembao.core.events import LogEntry
from diembao.core.ledger import Run


@dataclass(slots=True)  # a million of these are made in a minute: a frozen one takes three times as long
class Told:
    """``text`` is None where it was not asked for, and the lead as long as was asked. ``labels`` are those in force, as
    a JSON array in no order. ``withdrawn_at``: since when its page is gone, while it is.
    """

    entry: LogEntry
    published_at: datetime | None
    withdrawn_at: datetime | None
    labels: str
    url: str
    outlet: str
    title: str
    lead: str
    text: str | None
    language: str
    published_from: str
    seen_at: datetime
    revision: int


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the ledger as it is kept. ``entry`` is the id of an article's address, or a source's own."""

    number: int
    run: int
    source: str
    entry: str
    outcome: str
    reason: str
    at: datetime
    article: str | None


class Said(StrEnum):
    """What cases hold that is listed by itself."""

    CLAIM = "claim"
    STATEMENT = "statement"


# A fact of the record: a word that every restore makes anew.
LINEAGE: Final = "lineage"


class Followed(StrEnum):
    """Lists with a number for each line, which other databases follow."""

    ARTICLES = "articles"  # the log
    CASES = "cases"  # the log of all cases
    REGISTER = "register"  # what was done to questions of the press, briefings and the calendar


@dataclass(frozen=True, slots=True)
class Place:
    """``mark`` is of the record as it stood at this number, and of no other one that has such a number."""

    number: int
    mark: str


class Bulk(Protocol):
    """The part of the store that is read so. Every call is one short transaction."""

    def place_followed(self, what: Followed, number: int | None = None) -> Place | None:
        """Where the list stands now, 0 where it is empty; or at this number, None: it has none such."""

    def last_changes(self, after: int, until: int, limit: int) -> Sequence[LogEntry]:
        """Of each article the last entry up to ``until``, of these the first ones behind ``after``, in their order.
        What asks for judging again is none.
        """

    def told(self, entries: Sequence[LogEntry], *, lead: int, text: bool = False) -> Sequence[Told]:
        """The articles of these entries as they are now, in the same order; ``lead`` in characters, 0: all of it."""

    def gone_since(self, ids: Sequence[str]) -> Mapping[str, datetime]:
        """Of these articles those whose page is gone, and since when."""

    def revisions_of(self, ids: Sequence[str]) -> Sequence[Revision]:
        """Of all these articles, oldest first of each."""

    def runs_before(self, number: int | None, limit: int) -> Sequence[Run]:
        """Newest first; None: from the newest on."""

    def sightings(self, run: int, after: int, limit: int) -> Sequence[Line]:
        """Those lines of a run that are still kept, in the order in which they were written."""

    def said_behind(self, what: Said, case: str, number: int, limit: int) -> Sequence[tuple[str, int]]:
        """(case, number) of claims or statements behind this one, by case and number."""

    def cases_changed(self, after: int, limit: int) -> Sequence[tuple[int, str]]:
        """(number, case): of each case the last line of its log, of these the first ones behind ``after``."""

    def questions_changed(self, after: int, limit: int) -> Sequence[tuple[int, str]]:
        """(number, question): of each question of the press the last step of its history, of these the first ones
        behind ``after``.
        """
