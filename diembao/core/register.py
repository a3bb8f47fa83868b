"""The door to the register: questions of the press, briefings, the calendar; and the history of each.

What a step tells is kept for good, so names and contacts of whoever asks are never among its facts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from diembao.core.briefings import Briefing, Point
from diembao.core.foreseen import Matter
from diembao.core.questions import Question, QuestionQuery


@dataclass(frozen=True, slots=True)
class Step:
    """One act on a thing of the register. ``subject`` is "question:CH-2026-0007", "briefing:3", "point:5" or
    "matter:2"; ``act`` the audit log's word. ``where`` the hand was is kept in the audit log alone.
    """

    subject: str
    act: str
    by: str
    at: datetime
    facts: Mapping[str, str] = field(default_factory=dict)
    where: str = ""


class RegisterReader(Protocol):
    """The part of the store that shows it; each province has its own."""

    def questions(self, asked: QuestionQuery, *, offset: int = 0, limit: int = 50) -> tuple[int, Sequence[Question]]:
        """How many in all, and one page: those that wait first, soonest due first; then the answered ones; then the
        ended ones, latest first.
        """

    def question(self, number: str) -> Question | None: ...

    def steps(self, subject: str) -> Sequence[Step]:
        """Oldest first."""

    def briefings(self, *, limit: int = 100) -> Sequence[Briefing]:
        """The latest date first."""

    def briefing(self, number: int) -> Briefing | None: ...

    def points(self, *, briefing: int | None = None, open_only: bool = False) -> Sequence[Point]:
        """Those of one briefing, or of all; the soonest due first, those without a day last."""

    def point(self, number: int) -> Point | None: ...

    def matters(self, *, every: bool = False) -> Sequence[Matter]:
        """Those that stand (``every``: ended and refused ones too), by first day."""

    def matter(self, number: int) -> Matter | None: ...

    def forget_askers(self, ended_before: datetime, received_before: datetime, *, now: datetime) -> int:
        """Names and contacts of questions that ended, or were answered and not touched again, before; and of all that
        were received before, whatever became of them. How many.
        """


class RegisterWriter(Protocol):
    """Writes about it, in the transaction of `core.case.CaseWriter`. What is not the province's is not there."""

    def question(self, number: str) -> Question | None: ...

    def open_question(self, year: int, question: Question) -> Question:
        """Keep it under the next number of the year; its own ``number`` is not looked at."""

    def put_question(self, question: Question) -> None:
        """In place of the one of this number."""

    def answered_with(self, statement: str) -> Sequence[Question]:
        """Those that count as answered by this issued statement ("VV-2026-0042/1"), by number."""

    def briefing(self, number: int) -> Briefing | None: ...

    def add_briefing(self, briefing: Briefing) -> Briefing: ...

    def put_briefing(self, briefing: Briefing) -> None: ...

    def point(self, number: int) -> Point | None: ...

    def add_point(self, point: Point) -> Point: ...

    def put_point(self, point: Point) -> None: ...

    def matter(self, number: int) -> Matter | None: ...

    def add_matter(self, matter: Matter) -> Matter: ...

    def put_matter(self, matter: Matter) -> None: ...

    def matter_sources(self) -> Sequence[str]:
        """Keys of the proposals that were taken up or refused."""

    def add_step(self, step: Step) -> None:
        """And its row in the audit log."""
