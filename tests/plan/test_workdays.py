"""Working days, and the deadlines that profiles set in them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from diembao.core.errors import Misconfigured
from diembao.plan.clock_files import DeadlineEntry
from diembao.plan.files import parse
from diembao.plan.office import Term
from diembao.plan.reader import profile
from diembao.plan.workdays import work_days, work_time

ZONE = "Asia/Ho_Chi_Minh"


WHOLE_DAYS = work_time(None, ZONE)
OFFICE = work_time(profile("gia-lai").office_hours, ZONE)  # 7:30 to 11:30, 13:30 to 17:30


def at(time: str) -> datetime:
    return datetime.fromisoformat(f"{time}+07:00")


def told(moment: datetime) -> str:
    """Times of the province, to the minute."""
    return moment.astimezone(ZoneInfo(ZONE)).isoformat(timespec="minutes").removesuffix("+07:00")


def after(start: str, days: int) -> str:
    return told(WHOLE_DAYS.end(at(start), Term(working_days=days)))


@pytest.mark.parametrize(
    ("start", "days", "end", "why"),
    [
        ("2026-11-16T09:00", 1, "2026-11-17T09:00", "within a week"),
        ("2026-11-20T15:00", 1, "2026-11-23T15:00", "over Saturday and Sunday"),
        ("2026-11-20T15:00", 2, "2026-11-25T15:00", "over the new Culture Day, 24 November"),
        ("2026-11-21T10:00", 1, "2026-11-24T00:00", "opened on Saturday: all of Monday"),
        ("2026-11-23T23:59", 1, "2026-11-25T23:59", "a minute before a day off"),
        ("2026-12-31T16:00", 1, "2027-01-04T16:00", "over the end of the year"),
        ("2027-02-03T09:00", 1, "2027-02-11T09:00", "over Tết"),
        ("2026-08-21T09:00", 1, "2026-08-22T09:00", "a Saturday worked instead"),
        ("2030-09-02T09:00", 1, "2030-09-03T09:00", "a year whose days off are not known"),
    ],
)
def test_so_many_working_days_later(start: str, days: int, end: str, why: str) -> None:
    assert after(start, days) == end, why


def test_a_moment_of_another_zone_counts_on_the_provinces_own_clock() -> None:
    """Friday 18:00 in London is Saturday in Gia Lai."""
    start = datetime(2026, 11, 20, 18, 0, tzinfo=UTC)
    assert WHOLE_DAYS.end(start, Term(working_days=1)) == datetime(2026, 11, 23, 17, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("start", "term", "end", "why"),
    [
        ("2026-11-16T09:00", Term(working_days=1), "2026-11-17T09:00", "an hour and a half into the day"),
        ("2026-11-16T12:15", Term(working_days=1), "2026-11-17T11:30", "at noon nothing runs"),
        ("2026-11-20T20:00", Term(working_days=1), "2026-11-23T17:30", "in the evening before a weekend"),
        ("2026-11-20T17:00", Term(working_hours=4), "2026-11-23T11:00", "over the weekend"),
        ("2026-11-23T23:59", Term(working_hours=1), "2026-11-25T08:30", "at midnight before a day off"),
        ("2026-12-31T17:00", Term(working_hours=1), "2027-01-04T08:00", "over the end of the year"),
        ("2027-02-03T16:30", Term(working_hours=2), "2027-02-11T08:30", "over Tết"),
        ("2026-08-21T17:00", Term(working_hours=1), "2026-08-22T08:00", "into a Saturday worked instead"),
        ("2026-11-20T20:00", Term(hours=24), "2026-11-21T20:00", "by the clock, days off or not"),
    ],
)
def test_time_at_work_runs_in_office_hours_only(start: str, term: Term, end: str, why: str) -> None:
    assert told(OFFICE.end(at(start), term)) == end, why


@pytest.mark.parametrize(
    ("start", "end", "hours"),
    [
        ("2026-11-20T17:00", "2026-11-23T08:00", 1.0),  # a weekend
        ("2026-11-16T07:30", "2026-11-17T07:30", 8.0),
        ("2026-11-16T12:00", "2026-11-16T13:00", 0.0),
        ("2027-02-03T17:30", "2027-02-11T07:30", 0.0),  # Tết
        ("2026-11-17T09:00", "2026-11-16T09:00", 0.0),
    ],
)
def test_time_at_work_between_two_moments(start: str, end: str, hours: float) -> None:
    assert OFFICE.between(at(start), at(end)) == timedelta(hours=hours)


@pytest.mark.parametrize("hours", range(1, 60, 7))
def test_what_is_added_lies_between(hours: int) -> None:
    for start in ("2026-11-20T06:00", "2026-11-20T12:00", "2026-11-21T10:00", "2027-02-03T17:29"):
        assert OFFICE.between(at(start), OFFICE.add(at(start), timedelta(hours=hours))) == timedelta(hours=hours)


def test_who_is_at_work() -> None:
    found = [
        OFFICE.is_on(at(f"2026-11-{time}")) for time in ("20T07:29", "20T07:30", "20T12:00", "21T09:00", "24T09:00")
    ]
    assert found == [False, True, False, False, False]


def test_the_days_off_are_those_of_three_years_and_weekends_are_not_among_them() -> None:
    found = work_days()
    assert found.years == {2025, 2026, 2027}
    assert {day for day in found.off if day.weekday() > 4} == set()
    assert {day.weekday() for day in found.worked} == {5}


def test_deadlines_stand_in_the_profile_with_their_source() -> None:
    given = profile("gia-lai").deadlines
    assert given is not None
    days = {"urgent": Term(hours=24), "high": Term(working_days=2), "normal": Term(working_days=5)}
    assert dict(given.cases) == days
    assert given.requests["normal"] == Term(working_days=3)
    assert given.steps["new"] == Term(working_hours=4)
    assert (given.warn_share, given.escalate_to, given.remind) == (0.75, ("approver",), 3)
    assert "chờ cơ quan xác nhận" in given.source
    assert given.checked == "2026-11-21"


@pytest.mark.parametrize(
    "text", ["{}", "{hours: 2, working_days: 1}", "{hours: 0}", "{hours: 24, unit: clock}", "{working_hours: 0}"]
)
def test_a_deadline_is_hours_or_hours_at_work_or_working_days(tmp_path: Path, text: str) -> None:
    path = tmp_path / "deadline.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(Misconfigured, match=r"deadline\.yaml"):
        parse(path, DeadlineEntry)
