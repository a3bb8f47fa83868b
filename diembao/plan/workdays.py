"""Time at work: from a moment, so much of it on; and how much lies between two. Days off stand in `days-off.yaml`,
office hours in the profile.

Where the office hours are not known, a working day counts from midnight to midnight of the province's zone: what is
due on it is never called late too early.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

from diembao.core.errors import Misconfigured
from diembao.plan.office import OfficeHours, Term

_DAY: Final = timedelta(days=1)
_WEEK: Final = (0, 1, 2, 3, 4)
# Days looked at for the end of a term; the longest (a year of working days) with its days off is half of it.
_FAR: Final = 1100


@dataclass(frozen=True, slots=True)
class WorkDays:
    """``years`` are those whose days off are known; in others only Saturdays and Sundays count."""

    off: frozenset[date]
    worked: frozenset[date]
    years: frozenset[int]

    def works(self, day: date, week: tuple[int, ...] = _WEEK) -> bool:
        """``week`` are the days of the week on which the office works, Monday is 0."""
        return day in self.worked or (day.weekday() in week and day not in self.off)


@dataclass(frozen=True, slots=True)
class WorkTime:
    """The hours of an office. ``hours`` are those of one day, in order; none: all 24. All moments are aware; what is
    returned is in UTC.
    """

    days: WorkDays
    zone: str
    week: tuple[int, ...] = _WEEK
    hours: tuple[tuple[time, time], ...] = ()

    @property
    def day(self) -> timedelta:
        """How much work one day has."""
        some = date(2026, 1, 5)
        length = sum(((end - start) for start, end in self._spans(some)), timedelta())
        return length or _DAY

    def end(self, start: datetime, term: Term) -> datetime:
        """When a term that begins then is over."""
        if term.by_clock:
            return start.astimezone(UTC) + timedelta(hours=term.hours)
        return self.add(start, timedelta(hours=term.working_hours) + term.working_days * self.day)

    def add(self, start: datetime, much: timedelta) -> datetime:
        """The first moment by which so much time at work has passed; outside of the hours nothing passes."""
        begun, left = start.astimezone(UTC), much
        if not left:
            return begun
        for opens, closes in self._from(begun, _FAR):
            has = closes - max(opens, begun)
            if has >= left:
                return max(opens, begun) + left
            left -= has
        raise Misconfigured(
            f"trong {_FAR} ngày không đủ {much} giờ làm việc: xem office_hours và days-off.yaml"
            f" (no end of {much} of work within {_FAR} days: see office_hours and days-off.yaml)"
        )

    def between(self, start: datetime, end: datetime) -> timedelta:
        """How much time at work lies between two moments; nothing where the second is not later."""
        first, last = start.astimezone(UTC), end.astimezone(UTC)
        found = timedelta()
        for opens, closes in self._from(first, max(0, (last - first).days) + 3):
            if opens >= last:
                break
            found += max(timedelta(), min(closes, last) - max(opens, first))
        return found

    def is_on(self, now: datetime) -> bool:
        """Is anybody at work?"""
        here = now.astimezone(UTC)
        return any(opens <= here < closes for opens, closes in self._from(here, 1))

    def local(self, moment: datetime) -> date:
        """Its day there."""
        return moment.astimezone(ZoneInfo(self.zone)).date()

    def _from(self, start: datetime, days: int) -> Iterator[tuple[datetime, datetime]]:
        """The hours of the days from that one on, without those that are over by then."""
        first = self.local(start)
        for n in range(days):
            day = first + n * _DAY
            if self.days.works(day, self.week):
                yield from ((opens, closes) for opens, closes in self._spans(day) if closes > start)

    def _spans(self, day: date) -> Iterator[tuple[datetime, datetime]]:
        here = ZoneInfo(self.zone)
        if not self.hours:
            ends = datetime.combine(day + _DAY, time(), here)
            yield datetime.combine(day, time(), here).astimezone(UTC), ends.astimezone(UTC)
        for opens, closes in self.hours:
            start, end = (datetime.combine(day, each, here).astimezone(UTC) for each in (opens, closes))
            yield start, end


def work_time(hours: OfficeHours | None, zone: str) -> WorkTime:
    """As a profile has it."""
    if hours is None:
        return WorkTime(work_days(), zone)
    spans = (each.split("-") for each in hours.hours)
    return WorkTime(
        work_days(),
        zone,
        hours.days,
        tuple((time.fromisoformat(opens), time.fromisoformat(closes)) for opens, closes in spans),
    )


@lru_cache(maxsize=1)
def work_days() -> WorkDays:
    """Those of the state bodies of the country.

    Raises:
        Misconfigured: a mistake in the file.
    """
    from diembao.plan.files import HERE, DaysOffFile, parse

    path = HERE / "days-off.yaml"
    entry = parse(path, DaysOffFile)
    try:
        off = [date.fromisoformat(f"{year}-{day}") for year, days in entry.days_off.items() for day in days]
        worked = [date.fromisoformat(day) for day in entry.worked_instead]
    except ValueError as error:
        raise Misconfigured(f"{path}: có ngày không viết đúng ({path}: {error})") from error
    return WorkDays(frozenset(off), frozenset(worked), frozenset(int(year) for year in entry.days_off))
