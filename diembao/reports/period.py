"""Days that a report speaks of. A week ends on the profile's day and bears the number of the ISO week it ends in."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from diembao.core.errors import WrongUse
from diembao.core.query import Range

DAY: Final = timedelta(days=1)
LONGEST: Final = 366  # days; a year's report is the longest that the plans ask for
_YEARS: Final = range(2000, 2101)
_WEEK: Final = re.compile(r"(\d{4})-W(\d{2})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Period:
    """``first`` to ``last``, both included, as local days of ``zone``. ``week`` is "2026-W47", or empty."""

    first: date
    last: date
    zone: str
    week: str = ""

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    @property
    def start(self) -> datetime:
        return _midnight(self.first, self.zone)

    @property
    def end(self) -> datetime:
        """The first moment after it."""
        return _midnight(self.last + DAY, self.zone)

    @property
    def name(self) -> str:
        """For file names."""
        return self.week or f"{self.first.isoformat()}_{self.last.isoformat()}"

    def range(self) -> Range:
        return Range("published", self.start, self.end)

    def before(self, times: int) -> Period:
        """The period of this length, so many times before it."""
        back = timedelta(days=self.days * times)
        return Period(self.first - back, self.last - back, self.zone)


def week(typed: str, *, zone: str, ends: int) -> Period:
    """The week that is written 2026-W47. ``ends`` is its last day, Monday being 0.

    Raises:
        WrongUse: there is no such week.
    """
    found = _WEEK.fullmatch(typed)
    if not found or int(found[1]) not in _YEARS:
        msg = f"Tuần viết như 2026-W47, không phải '{typed[:40]}' (A week is written like 2026-W47, not '{typed[:40]}')"
        raise WrongUse(msg)
    try:
        last = date.fromisocalendar(int(found[1]), int(found[2]), ends + 1)
    except ValueError as error:
        msg = f"Không có tuần '{typed}' (There is no week '{typed}')"
        raise WrongUse(msg) from error
    return Period(last - 6 * DAY, last, zone, typed)


def between(first: date, last: date, *, zone: str, ends: int) -> Period:
    """These days; where they are a week, it bears its number.

    Raises:
        WrongUse: they are in the wrong order, or too many.
    """
    days = (last - first).days + 1
    if days < 1 or days > LONGEST or first.year not in _YEARS:
        msg = (
            f"Từ {first:%d/%m/%Y} đến {last:%d/%m/%Y}: một kỳ dài 1 đến {LONGEST} ngày, từ năm {_YEARS[0]}, ngày đầu"
            f" trước. / From {first} to {last}: a period is 1 to {LONGEST} days from {_YEARS[0]} on, first day first"
        )
        raise WrongUse(msg)
    if days == 7 and last.weekday() == ends:
        return _ending(last, zone)
    return Period(first, last, zone)


def latest(now: datetime, *, zone: str, ends: int) -> Period:
    """The week that ended last; on its last day, the one that ends today."""
    today = now.astimezone(ZoneInfo(zone)).date()
    return _ending(today - timedelta(days=(today.weekday() - ends) % 7), zone)


def _ending(last: date, zone: str) -> Period:
    year, number, _ = last.isocalendar()
    return Period(last - 6 * DAY, last, zone, f"{year}-W{number:02d}")


def _midnight(day: date, zone: str) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(zone)).astimezone(UTC)
