"""Questions of the press: what was asked for which outlet, until when, who answers, and what became of it.

It is a register of questions, not of people. Of whoever asks in an official capacity it keeps what the answer needs (a
name, a function, where the answer goes), finds and lists nothing by it, and forgets it when the answer is long given.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class QuestionState(StrEnum):
    RECEIVED = "received"
    ASSIGNED = "assigned"  # to a unit
    ANSWERED = "answered"
    PUBLISHED = "published"  # the answer was seen in the press
    REFUSED = "refused"  # with the reason
    WITHDRAWN = "withdrawn"  # by whoever asked, or entered by mistake; with the reason

    @property
    def ended(self) -> bool:
        return self in {QuestionState.PUBLISHED, QuestionState.REFUSED, QuestionState.WITHDRAWN}

    @property
    def answered(self) -> bool:
        """Nobody waits any more: the clock stands."""
        return self.ended or self is QuestionState.ANSWERED


class How(StrEnum):
    """How it came in."""

    PHONE = "phone"
    MAIL = "mail"
    LETTER = "letter"
    BRIEFING = "briefing"
    MEETING = "meeting"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Asker:
    """``outlet`` is an id of the catalogue, or the name of one that is not in it. The rest is for the answer alone."""

    outlet: str
    name: str = ""
    function: str = ""
    contact: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """``number`` is CH-2026-0007: the year in the province's own zone. ``answer`` is a text, written by ``answer_by``
    and given once a second person approved it; or ``statement`` names an issued one ("VV-2026-0042/1": case and issue).
    ``published`` says where, in words, ``articles`` which of the record. ``erased_at``: when name and contact were
    forgotten. ``version`` grows with every act.
    """

    number: str
    text: str
    asker: Asker
    received_at: datetime
    how: How
    by: str
    due_at: datetime | None = None
    unit: str = ""
    state: QuestionState = QuestionState.RECEIVED
    reason: str = ""
    answer: str = ""
    answer_by: str = ""
    statement: str = ""
    answered_at: datetime | None = None
    published: str = ""
    articles: tuple[str, ...] = ()
    case: str = ""
    briefing: int = 0
    changed_at: datetime | None = None
    erased_at: datetime | None = None
    version: int = 1

    @property
    def given(self) -> str:
        """The answer in words, where a second person approved it; "" for a draft, however the question ended."""
        return self.answer if self.answered_at is not None and not self.statement else ""

    def late(self, now: datetime) -> bool:
        return self.due_at is not None and not self.state.answered and now > self.due_at


@dataclass(frozen=True, slots=True)
class QuestionQuery:
    """Which are wanted; what is empty or None does not narrow. ``text``: in question, answer, outlet or number, without
    regard to case and marks. ``units`` have it in hand; ``outlets`` as the asker's.
    """

    states: tuple[QuestionState, ...] = ()
    units: tuple[str, ...] = ()
    outlets: tuple[str, ...] = ()
    late_at: datetime | None = None
    text: str = ""
    case: str = ""
    briefing: int = 0
