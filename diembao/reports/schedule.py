"""Which reports are due when, and which days each speaks of.

A report that the plan wants before a day is drafted ``draft_days`` before it, from the days up to the one before that;
the next annual one goes on from there, so that no day is left out and none is told twice. A half-year report begins
where the last annual one ended. Where the plan names no day, a year is a calendar year.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Any, Final
from zoneinfo import ZoneInfo

from diembao.core.errors import WrongUse
from diembao.core.text import fold
from diembao.plan.office import ReportDate
from diembao.plan.reader import Profile
from diembao.reports.period import DAY, Period, between, latest

_HALF: Final = ("6 thang", "sau thang", "nua nam", "giua nam", "so ket")
YEARS: Final = range(2001, 2100)
EARLY: Final = "06:30"  # of a brief that is asked for where none is made by itself


class Round(StrEnum):
    DAILY = "daily"
    WEEKLY = "weekly"
    HALF_YEAR = "half-year"
    ANNUAL = "annual"

    @property
    def periodic(self) -> bool:
        """Does the plan ask for it on a day of the year?"""
        return self in {Round.HALF_YEAR, Round.ANNUAL}


@dataclass(frozen=True, slots=True)
class Due:
    """A report of the schedule. ``before`` is the day before which it is wanted (None: the plan names none),
    ``draft_at`` when it is made by itself (None: only when somebody asks).
    """

    round: Round
    name: str
    period: Period
    before: date | None
    draft_at: datetime | None
    source: str

    @property
    def key(self) -> str:
        """Of this one alone: "half-year:2026-05-20", "daily:2026-11-22"."""
        return f"{self.round.value}:{(self.before or self.period.last).isoformat()}"

    def left(self, today: date) -> int | None:
        return (self.before - today).days if self.before else None


def round_of(report: ReportDate) -> Round:
    """As its name says."""
    plain = fold(report.name)
    return Round.HALF_YEAR if any(word in plain for word in _HALF) else Round.ANNUAL


def schedule(profile: Profile, now: datetime) -> list[Due]:
    """What comes next of each, the soonest first; without a day last."""
    today = now.astimezone(ZoneInfo(profile.timezone)).date()
    found = [*_daily(profile, now), *_weekly(profile, now)]
    found += [due_of(profile, report, report.next(today) or _new_year(today)) for report in profile.reports]
    return sorted(found, key=lambda due: (due.before or date.max, due.round))


def drafts_due(profile: Profile, now: datetime) -> list[Due]:
    """Periodic reports whose time of drafting has come, and whose day has not passed."""
    return [x for x in schedule(profile, now) if x.before and x.draft_at is not None and x.draft_at <= now]


def due_of(profile: Profile, report: ReportDate, day: date) -> Due:
    """The one that is wanted before ``day`` (where the plan names no day: that of the year before it)."""
    its = round_of(report)
    last = _cut(profile, day) if report.before else day - DAY
    first = _begin(profile, its, day) if report.before else date(last.year, 1, 1)
    at = _at(day - timedelta(days=profile.routine.draft_days), profile.routine.draft_at, profile)
    period = between(first, last, zone=profile.timezone, ends=profile.week_ends)
    return Due(its, report.name, period, day if report.before else None, at if report.before else None, report.source)


def of_year(profile: Profile, its: Round, year: int) -> Due:
    """The half-year or annual report of a year.

    Raises:
        WrongUse: there is no such year.
    """
    if year not in YEARS:
        msg = (
            f"năm từ {YEARS[0]} đến {YEARS[-1]}, không phải {year} (a year from {YEARS[0]} to {YEARS[-1]}, not {year})"
        )
        raise WrongUse(msg)
    report = next((each for each in profile.reports if round_of(each) is its), None)
    if report is not None:
        return due_of(profile, report, report.next(date(year, 1, 1)) or date(year + 1, 1, 1))
    last = date(year, 6, 30) if its is Round.HALF_YEAR else date(year, 12, 31)
    name = "Báo cáo 6 tháng" if its is Round.HALF_YEAR else "Báo cáo năm"
    return Due(its, name, Period(date(year, 1, 1), last, profile.timezone), None, None, "")


def _cut(profile: Profile, before: date) -> date:
    """The last day of the report that is wanted before that day."""
    return before - timedelta(days=profile.routine.draft_days + 1)


def _begin(profile: Profile, its: Round, before: date) -> date:
    """Where the last annual report ended; a half-year report of a plan without one begins with its year."""
    annual = next((x for x in profile.reports if x.before and round_of(x) is Round.ANNUAL), None)
    if annual is None:
        return date(_cut(profile, before).year, 1, 1)
    this_year = annual.next(date(before.year, 1, 1)) or before
    ended = this_year if its is Round.HALF_YEAR and this_year < before else annual.next(date(before.year - 1, 1, 1))
    return _cut(profile, ended or before) + DAY


def _daily(profile: Profile, now: datetime) -> Iterator[Due]:
    if not profile.routine.daily_at:
        return
    today = now.astimezone(ZoneInfo(profile.timezone)).date()
    day = today if now < _at(today, profile.routine.daily_at, profile) else today + DAY
    yield daily(profile, day)


def daily(profile: Profile, day: date) -> Due:
    """The brief of the morning of that day."""
    at = _at(day, profile.routine.daily_at or EARLY, profile)
    return Due(Round.DAILY, "Điểm báo ngày", Period(day, day, profile.timezone), day, at, profile.routine.source)


def weekly(profile: Profile, now: datetime) -> Due:
    """Of the week that ended last; on its last day, of the one that ends today."""
    return _of_week(profile, latest(now, zone=profile.timezone, ends=profile.week_ends))


def _weekly(profile: Profile, now: datetime) -> Iterator[Due]:
    last = latest(now, zone=profile.timezone, ends=profile.week_ends)
    over = last.end <= now
    yield _of_week(profile, latest(last.end + 6 * DAY, zone=last.zone, ends=profile.week_ends) if over else last)


def _of_week(profile: Profile, week: Period) -> Due:
    at = _at(week.last, profile.routine.weekly_at, profile) if profile.routine.weekly_at else None
    return Due(Round.WEEKLY, "Điểm báo tuần", week, week.last, at, "")


def _at(day: date, clock: str, profile: Profile) -> datetime:
    """On the province's clock; an hour that the clock leaves out is the one after it."""
    return datetime.combine(day, time.fromisoformat(clock), ZoneInfo(profile.timezone)).astimezone(UTC)


def _new_year(today: date) -> date:
    """The first day after the year that a report without a day is about."""
    return date(today.year + 1, 1, 1)


def as_json(due: Due, today: date) -> dict[str, Any]:
    return {
        "round": due.round.value,
        "name": due.name,
        "before": due.before.isoformat() if due.before else None,
        "days_left": due.left(today),
        "from": due.period.first.isoformat(),
        "to": due.period.last.isoformat(),
        "draft_at": due.draft_at,
        "source": due.source,
    }
