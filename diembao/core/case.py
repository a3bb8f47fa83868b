"""A case: what is done about a story or matter, and by whom. The rules of its moves stand in `response.moves`, what it
answers and with what in `core.statement`.

All are frozen: what a case was is read from its log, to which lines are added and never changed. Times are
aware, texts NFC. Who acts is ``person:<account>``; what the machine writes is by ``MACHINE``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Final, Protocol

from diembao.core.desk import CaseCounts, CaseSight, Once, Origin, Outcome
from diembao.core.requests import Filed, Request, RequestWriter
from diembao.core.statement import Claim, Decision, DeskWriter, Exhibit, Issue, Wording

# The hand in the log that is nobody's: it adds coverage of the same story, and does nothing else.
MACHINE: Final = "machine"


class CaseState(StrEnum):
    """Where a case stands."""

    NEW = "new"
    TAKEN = "taken"
    VERIFYING = "verifying"
    DRAFTING = "drafting"
    APPROVAL = "awaiting-approval"
    ISSUED = "issued"
    FOLLOWED = "followed"  # what the press makes of the answer is watched
    CLOSED = "closed"
    NO_ANSWER = "no-answer"  # nothing has to be answered, with the reason

    @property
    def ended(self) -> bool:
        return self in {CaseState.CLOSED, CaseState.NO_ANSWER}

    @property
    def answered(self) -> bool:
        """Nobody waits for an answer any more: the clock stands."""
        return self.ended or self in {CaseState.ISSUED, CaseState.FOLLOWED}


class Priority(StrEnum):
    URGENT = "urgent"
    HIGH = "high"
    NORMAL = "normal"


class Act(StrEnum):
    """What a line of a case's log tells."""

    OPENED = "opened"
    MOVED = "moved"
    CHANGED = "changed"
    NOTED = "noted"
    DRAFTED = "drafted"
    ADDED = "added"  # a person added an article
    REMOVED = "removed"
    JOINED = "joined"  # the machine: new coverage of the same story
    CLAIMED = "claimed"  # a sentence of the press was quoted
    ATTACHED = "attached"  # evidence to a claim
    MARKED = "marked"  # a claim, by a named officer
    APPROVED = "approved"
    ISSUED = "issued"
    RETRACTED = "retracted"  # an issued statement
    SEEN = "seen"  # somebody saw what they were called for in a note
    ASKED = "asked"  # a unit, by a request
    REMINDED = "reminded"  # that unit, by a person or the machine
    ANSWERED = "answered"  # the request, by the unit or for it
    WITHDRAWN = "withdrawn"  # the request
    LINKED = "linked"  # a new signed link of a request, or none any more
    WARNED = "warned"  # the machine: the clock runs out, or has run out


@dataclass(frozen=True, slots=True)
class Details:
    """What a person says of a case. ``themes`` are theme ids; ``unit`` (in charge) and ``helping`` are unit ids of the
    profile; ``task`` is a number of the plan, or ""; ``people`` are the accounts in charge beside who took it.
    """

    title: str
    unit: str
    themes: tuple[str, ...] = ()
    helping: tuple[str, ...] = ()
    task: str = ""
    priority: Priority = Priority.NORMAL
    people: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Case:
    """``number`` is VV-2026-0042: the year in the province's own zone. ``due_at`` is None where the profile sets no
    deadline; ``planned_at`` is what it would be had the case never waited for a unit, ``paused_at`` since when it waits
    for one (None: it does not), ``state_at`` since when it is in its state. ``holder`` is the person who took it, ""
    before. ``version`` grows with every act but notes, drafts, claims, evidence, requests and coverage. ``articles``
    counts its coverage. ``approved`` is the version of its statement that a second person approved since it went to
    approval, 0: none. ``outcome`` is what came of it, once it is closed.
    """

    number: str
    details: Details
    opened_at: datetime
    opened_by: str
    due_at: datetime | None = None
    state: CaseState = CaseState.NEW
    reason: str = ""  # of the last move that needed one
    holder: str = ""
    changed_at: datetime | None = None
    version: int = 1
    articles: int = 0
    approved: int = 0
    origin: Origin = Origin.ARTICLE
    outcome: Outcome | None = None
    planned_at: datetime | None = None
    paused_at: datetime | None = None
    state_at: datetime | None = None

    def late(self, now: datetime) -> bool:
        """While it waits for a unit its clock stands: it is late only if it was late before."""
        return self.due_at is not None and not self.state.answered and (self.paused_at or now) > self.due_at


@dataclass(frozen=True, slots=True)
class Covered:
    """An article of a case. ``followed``: a person pointed to it, so its story's new coverage joins by itself.
    ``published`` (or first seen) is told where it is read.
    """

    article_id: str
    by: str
    at: datetime
    followed: bool = False
    published: datetime | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Note:
    """``mentions`` are the accounts that it calls."""

    by: str
    at: datetime
    text: str
    mentions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Draft:
    """One version of the drafted statement; the first is 1. ``text``, ``title`` and ``speaker`` (who says it) are the
    Vietnamese ones, ``others``, ``titles`` and ``speakers`` by language; ``form`` is how it is to be given
    (`plan.answers`).
    """

    version: int
    by: str
    at: datetime
    text: str
    form: str = ""
    speaker: str = ""
    others: Mapping[str, str] = field(default_factory=dict)
    title: str = ""
    titles: Mapping[str, str] = field(default_factory=dict)
    speakers: Mapping[str, str] = field(default_factory=dict)

    @property
    def wording(self) -> Wording:
        """Without who wrote it and when."""
        return Wording(self.text, self.form, self.speaker, self.others, self.title, self.titles, self.speakers)


@dataclass(frozen=True, slots=True)
class CaseLine:
    """One line of the log. What ``facts`` holds depends on the act (see `response.cases`). ``where`` the hand was is
    kept in the audit log; here it is empty again when it is read. ``once``: the request that asked for it, where it
    may be sent again; empty when it is read.
    """

    act: Act
    by: str
    at: datetime
    facts: Mapping[str, str] = field(default_factory=dict)
    number: int = 0  # given by the record
    where: str = ""
    once: Once | None = None


@dataclass(frozen=True, slots=True)
class CaseFile:
    """All of one case, from one snapshot; each list oldest first."""

    case: Case
    coverage: tuple[Covered, ...] = ()
    notes: tuple[Note, ...] = ()
    drafts: tuple[Draft, ...] = ()
    log: tuple[CaseLine, ...] = ()
    claims: tuple[Claim, ...] = ()
    exhibits: tuple[Exhibit, ...] = ()
    decisions: tuple[Decision, ...] = ()
    issues: tuple[Issue, ...] = ()
    requests: tuple[Request, ...] = ()
    filed: tuple[Filed, ...] = ()

    @property
    def by_time(self) -> tuple[Covered, ...]:
        """Its articles by when they were published, newest first."""
        return tuple(sorted(self.coverage, key=lambda each: (each.published or each.at, each.article_id), reverse=True))

    @property
    def draft(self) -> Draft | None:
        """The newest version."""
        return self.drafts[-1] if self.drafts else None


@dataclass(frozen=True, slots=True)
class CaseQuery:
    """Which cases are wanted; an empty tuple or None does not narrow. ``late_at``: open and past due then, unless the
    clock stands. ``numbers``: none but these, where it is not None. ``sight``: which of them the asker sees, None: all.
    ``person``: in whose hands they are.
    """

    states: tuple[CaseState, ...] = ()
    units: tuple[str, ...] = ()  # in charge
    late_at: datetime | None = None
    numbers: tuple[str, ...] | None = None
    sight: CaseSight | None = None
    person: str = ""


class CaseReader(Protocol):
    """The part of the store that shows cases."""

    def cases(self, asked: CaseQuery, *, offset: int = 0, limit: int = 50) -> tuple[int, Sequence[Case]]:
        """How many in all, and one page: the open ones first, soonest due first; then the ended ones, latest first."""

    def case_counts(self, asked: CaseQuery, late_at: datetime) -> CaseCounts:
        """Of the cases that are asked for; past due at this time."""

    def case_file(self, number: str) -> CaseFile | None: ...

    def line_once(self, key: str) -> tuple[str, str, CaseLine] | None:
        """The case, what was asked (a digest) and the line of a request that was done already."""

    def cases_with(self, article_ids: Sequence[str]) -> Sequence[Case]:
        """Open cases that hold any of these articles."""

    def covered(self, article_ids: Sequence[str] | None = None) -> Sequence[tuple[str, str]]:
        """(case, article) of everything that cases hold, or of these articles alone."""

    def case_position(self) -> int:
        """The number of the last line of all cases' logs; 0 before the first."""


class CaseWriter(DeskWriter, RequestWriter, Protocol):
    """Writes about cases in one transaction. Only one writes at a time, so what it reads here stands until its end."""

    def open_case(self, year: int, case: Case) -> Case:
        """Keep it under the next number of the year; ``case.number`` is not looked at."""

    def case(self, number: str) -> Case | None: ...

    def put_case(self, case: Case) -> None:
        """In place of the one of this number."""

    def add_line(self, number: str, line: CaseLine) -> None:
        """WrongUse: the request that it comes from was done already."""

    def add_note(self, number: str, note: Note) -> None:
        """Whoever writes one has seen what called them in this case."""

    def mentions_seen(self, number: str, account: str, now: datetime) -> int:
        """They have seen every note of the case that calls them; how many were new to them."""

    def count_notes(self, number: str, after: datetime | None = None) -> int:
        """All, or those that were written after this time."""

    def last_draft(self, number: str) -> int:
        """Its version; 0 before the first."""

    def newest_draft(self, number: str) -> Draft | None: ...

    def authors(self, number: str) -> frozenset[str]:
        """Who wrote any version of the statement."""

    def add_draft(self, number: str, draft: Draft) -> None: ...

    def cover(self, number: str, articles: Sequence[Covered]) -> Sequence[str]:
        """Those of them that are new to the case, or are now followed and were not. What a person took out comes back
        only by a person's hand.
        """

    def uncover(self, number: str, article_id: str, *, by: str, now: datetime) -> bool: ...

    def followed(self) -> Sequence[tuple[str, str]]:
        """(case, story) of every open case and story in which an article that it follows is now, each pair once."""
