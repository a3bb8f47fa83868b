"""Time at work: from a moment, so many working days on. Days off stand in `days-off.yaml`.

A day begins and ends at midnight of the province's zone. Where the office hours are not known (none are, see the
profile) a working day counts with all its 24 hours: what is due on it is never called late too early.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from diembao.core.errors import Misconfigured

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class WorkDays:
    """``years`` are those whose days off are known; in others only Saturdays and Sundays count."""

    off: frozenset[date]
    worked: frozenset[date]
    years: frozenset[int]

    def works(self, day: date) -> bool:
        return day in self.worked or (day.weekday() < 5 and day not in self.off)

    def after(self, start: datetime, days: int, zone: str) -> datetime:
        """``days`` working days (1 or more) later, at the same hour; on a day off the clock waits for the next
        midnight that begins a working day, and then runs to the midnight that ends the last one.
        """
        here = ZoneInfo(zone)
        local = start.astimezone(here)
        if not self.works(local.date()):
            day = self._next(local.date())
            for _ in range(days - 1):
                day = self._next(day)
            return datetime.combine(day + _DAY, time(), here).astimezone(start.tzinfo)
        day = local.date()
        for _ in range(days):
            day = self._next(day)
        return datetime.combine(day, local.timetz().replace(tzinfo=None), here).astimezone(start.tzinfo)

    def _next(self, day: date) -> date:
        day += _DAY
        while not self.works(day):
            day += _DAY
        return day


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
        raise Misconfigured(f"{path}: {error}") from error
    return WorkDays(frozenset(off), frozenset(worked), frozenset(int(year) for year in entry.days_off))
