"""Matters that can be foreseen: seasons, anniversaries, visits, festivals, hearings, and what to prepare for them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum


class MatterKind(StrEnum):
    STORMS = "storms"
    ANNIVERSARY = "anniversary"
    VISIT = "visit"
    FESTIVAL = "festival"
    HEARING = "hearing"
    HOLIDAY = "holiday"
    REPORT = "report"
    BRIEFING = "briefing"
    OTHER = "other"


class Standing(StrEnum):
    STANDS = "stands"
    ENDED = "ended"
    REFUSED = "refused"  # a proposal that a person did not want; it is not proposed again


@dataclass(frozen=True, slots=True)
class Preparation:
    """A task: due so many ``days`` before the first day. ``done`` are the first days of those occurrences for which it
    was done.
    """

    number: int
    what: str
    unit: str = ""
    days: int = 7
    done: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True)
class Occurrence:
    """First and last day, both included."""

    start: date
    end: date


@dataclass(frozen=True, slots=True)
class Matter:
    """``start`` and ``end`` are days, both included; ``yearly``: on the same days of every year (what follows the moon
    is entered each year). ``source`` is the key of the proposal it came from, "" where a person thought of it.
    ``version`` grows with every act.
    """

    number: int
    title: str
    kind: MatterKind
    start: date
    end: date
    by: str
    yearly: bool = False
    unit: str = ""
    note: str = ""
    source: str = ""
    tasks: tuple[Preparation, ...] = ()
    standing: Standing = Standing.STANDS
    changed_at: datetime | None = None
    version: int = 1

    def next(self, today: date) -> Occurrence | None:
        """The one that goes on or comes next; None: it is over."""
        if not self.yearly:
            return Occurrence(self.start, self.end) if self.end >= today else None
        length = self.end - self.start
        # One that began last year may still go on; 29/02 is 28/02 in a year without.
        days = (_in_year(self.start, today.year + n) for n in (-1, 0, 1))
        found = (Occurrence(day, day + length) for day in days)
        return next((each for each in found if each.end >= today and each.start >= self.start), None) or Occurrence(
            self.start, self.end
        )


@dataclass(frozen=True, slots=True)
class Due:
    """A task of an occurrence, and until when; ``done`` of this occurrence."""

    matter: Matter
    task: Preparation
    start: date
    due: date
    done: bool


def tasks_of(matter: Matter, occurrence: Occurrence) -> tuple[Due, ...]:
    return tuple(
        Due(matter, task, occurrence.start, occurrence.start - timedelta(days=task.days), occurrence.start in task.done)
        for task in matter.tasks
    )


def _in_year(day: date, year: int) -> date:
    try:
        return day.replace(year=year)
    except ValueError:
        return date(year, 2, 28)
