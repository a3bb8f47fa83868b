"""What the program proposes for the calendar: the profile's days of every year, public holidays as far as they are
announced, dates of reports, the next briefing where the plan says how often. What follows the moon is known only from
the announced days off.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Final
from zoneinfo import ZoneInfo

from diembao.core.briefings import Briefing, BriefingState
from diembao.core.foreseen import MatterKind, Preparation
from diembao.plan.office import Season, coming
from diembao.plan.reader import Profile
from diembao.plan.workdays import work_days

# Public holidays by their first MM-DD; what follows the moon is told by where it lies.
_FIXED: Final = {
    "01-01": "Tết Dương lịch",
    "04-30": "Ngày Giải phóng miền Nam 30/4",
    "05-01": "Ngày Quốc tế Lao động 1/5",
    "09-02": "Quốc khánh 2/9",
    "11-24": "Ngày Văn hóa Việt Nam 24/11",
}
# One that goes on is told by its first day, so that what was refused stays refused.
_BEFORE: Final = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is said of a matter. ``tasks`` of which the number is 0 are new."""

    title: str
    kind: MatterKind
    start: date
    end: date
    yearly: bool = False
    unit: str = ""
    note: str = ""
    tasks: tuple[Preparation, ...] = ()


@dataclass(frozen=True, slots=True)
class Proposed:
    """``why`` says where it comes from."""

    key: str
    wanted: Wanted
    why: str


def proposed(profile: Profile, briefings: Sequence[Briefing], today: date) -> list[Proposed]:
    """All of them; ``briefings`` the latest first."""
    return [
        *_seasons(profile, today),
        *_holidays(today),
        *_reports(profile, today),
        *_briefings(profile, briefings, today),
    ]


def _seasons(profile: Profile, today: date) -> Iterator[Proposed]:
    """Each with the days that go on or come next."""
    for each in profile.calendar:
        found = (_days(each, year) for year in (today.year - 1, today.year, today.year + 1))
        start, end = next(days for days in found if days[1] >= today)
        wanted = Wanted(each.name, MatterKind(each.kind), start, end, yearly=True)
        yield Proposed(f"season:{each.first}:{each.name}", wanted, each.source)


def _days(season: Season, year: int) -> tuple[date, date]:
    """Of the one that begins in this year."""
    start = date.fromisoformat(f"{year}-{_leapless(season.first, year)}")
    over = year + (season.last < season.first)
    return start, date.fromisoformat(f"{over}-{_leapless(season.last, over)}")


def _reports(profile: Profile, today: date) -> Iterator[Proposed]:
    for report, day in coming(profile.reports, today):
        if day is not None:
            wanted = Wanted(report.name, MatterKind.REPORT, day, day, yearly=True)
            yield Proposed(f"report:{report.before}:{report.name}", wanted, report.source)


def _briefings(profile: Profile, briefings: Sequence[Briefing], today: date) -> Iterator[Proposed]:
    """The next one, where the profile says how often; counted from the last that was held."""
    rhythm = profile.briefings
    if rhythm is None or not rhythm.months:
        return
    zone = ZoneInfo(profile.timezone)
    planned = (each for each in briefings if each.state is BriefingState.PLANNED)
    if any(each.at.astimezone(zone).date() >= today for each in planned):
        return
    held = [each for each in briefings if each.state is BriefingState.HELD]
    last = held[0].at.astimezone(zone).date() if held else today
    day = _working(_months_on(last, rhythm.months) if held else today)
    wanted = Wanted(rhythm.name, MatterKind.BRIEFING, max(day, today), max(day, today))
    yield Proposed(f"briefing:{last.isoformat() if held else 'first'}", wanted, rhythm.source)


def _holidays(today: date) -> Iterator[Proposed]:
    """Public holidays of the next year, as far as they are known; days off that stand together are one."""
    near = today - _BEFORE, today + timedelta(days=366)
    days = sorted(day for day in work_days().off if near[0] <= day <= near[1])
    for run in (each for each in _runs(days) if each[-1] >= today):
        wanted = Wanted(_name(run), MatterKind.HOLIDAY, run[0], run[-1])
        yield Proposed(f"holiday:{run[0].isoformat()}", wanted, "Ngày nghỉ lễ, tết đã công bố (days-off.yaml)")


def _runs(days: Sequence[date]) -> list[list[date]]:
    """With the Saturdays and Sundays between them."""
    runs = [[day] for day in days[:1]]
    for before, day in pairwise(days):
        between = (before + timedelta(days=n) for n in range(1, (day - before).days))
        if all(each.weekday() >= 5 for each in between):
            runs[-1].append(day)
        else:
            runs.append([day])
    return runs


def _name(run: Iterable[date]) -> str:
    days = list(run)
    fixed = [name for day in days if (name := _FIXED.get(f"{day:%m-%d}"))]
    if fixed:
        return ", ".join(fixed)
    if days[0].month in {1, 2} and len(days) > 2:
        return "Tết Nguyên đán"
    return "Giỗ Tổ Hùng Vương (10/3 âm lịch)" if days[0].month in {3, 4} else "Ngày nghỉ"


def _leapless(day: str, year: int) -> str:
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return day if day != "02-29" or leap else "02-28"


def _months_on(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, 28))


def _working(day: date) -> date:
    while not work_days().works(day):
        day += timedelta(days=1)
    return day
