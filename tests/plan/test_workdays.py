"""Working days, and the deadlines that profiles set in them."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from diembao.core.errors import Misconfigured
from diembao.plan.files import DeadlineEntry, parse
from diembao.plan.reader import profile
from diembao.plan.workdays import work_days

ZONE = "Asia/Ho_Chi_Minh"


def after(start: str, days: int) -> str:
    """Times of the province, to the minute."""
    done = work_days().after(datetime.fromisoformat(f"{start}+07:00"), days, ZONE)
    return done.isoformat(timespec="minutes").removesuffix("+07:00")


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
    assert work_days().after(start, 1, ZONE) == datetime(2026, 11, 23, 17, 0, tzinfo=UTC)


def test_the_days_off_are_those_of_three_years_and_weekends_are_not_among_them() -> None:
    found = work_days()
    assert found.years == {2025, 2026, 2027}
    assert {day for day in found.off if day.weekday() > 4} == set()
    assert {day.weekday() for day in found.worked} == {5}


def test_deadlines_stand_in_the_profile_with_their_source() -> None:
    given = profile("gia-lai").deadlines
    assert given is not None
    assert (dict(given.hours), dict(given.working_days)) == (
        {"urgent": 24, "high": 0, "normal": 0},
        {"urgent": 0, "high": 2, "normal": 5},
    )
    assert "chờ cơ quan xác nhận" in given.source
    assert given.checked == "2026-11-21"


@pytest.mark.parametrize("text", ["{}", "{hours: 2, working_days: 1}", "{hours: 0}", "{hours: 24, unit: clock}"])
def test_a_deadline_is_either_hours_or_working_days(tmp_path: Path, text: str) -> None:
    path = tmp_path / "deadline.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(Misconfigured, match=r"deadline\.yaml"):
        parse(path, DeadlineEntry)
