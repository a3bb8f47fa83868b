"""Briefings of the press: when and where, what is told and by whom, and what was promised there until it is done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class BriefingState(StrEnum):
    PLANNED = "planned"
    HELD = "held"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Paper:
    """A document of an item: a file by the SHA-256 of its bytes, as it is called. ``size`` in bytes."""

    name: str
    value: str
    size: int
    media: str


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """What is told, by which unit and by whom. ``case`` and ``theme`` say what it comes from, where it does."""

    title: str
    unit: str = ""
    speaker: str = ""
    case: str = ""
    theme: str = ""
    papers: tuple[Paper, ...] = ()


@dataclass(frozen=True, slots=True)
class Briefing:
    """``place`` is a room or an address to join at. ``version`` grows with every act."""

    number: int
    title: str
    at: datetime
    place: str
    by: str
    agenda: tuple[AgendaItem, ...] = ()
    state: BriefingState = BriefingState.PLANNED
    reason: str = ""  # why it was cancelled
    changed_at: datetime | None = None
    version: int = 1


@dataclass(frozen=True, slots=True)
class Point:
    """What is to be done after a briefing, by whom and until when; ``progress`` is what was told last. It stands open
    on every later briefing until it is ``done_at``, with its ``result``.
    """

    number: int
    briefing: int
    text: str
    unit: str
    by: str
    due: date | None = None
    progress: str = ""
    result: str = ""
    done_at: datetime | None = None
    version: int = 1

    def late(self, today: date) -> bool:
        return self.done_at is None and self.due is not None and today > self.due
