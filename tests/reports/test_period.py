"""Weeks and days that a report speaks of."""

from datetime import UTC, date, datetime, timedelta

import pytest

from diembao.core.errors import WrongUse
from diembao.reports import period

ZONE = "Asia/Ho_Chi_Minh"
THURSDAY, SUNDAY = 3, 6


def test_a_week_goes_from_friday_to_thursday_and_begins_at_the_local_midnight() -> None:
    found = period.week("2026-W47", zone=ZONE, ends=THURSDAY)
    assert (found.first, found.last, found.days) == (date(2026, 11, 13), date(2026, 11, 19), 7)
    assert found.start == datetime(2026, 11, 12, 17, tzinfo=UTC)
    assert found.end - found.start == timedelta(days=7)


def test_a_week_that_ends_on_sunday_is_the_iso_week() -> None:
    found = period.week("2026-W47", zone=ZONE, ends=SUNDAY)
    assert (found.first, found.last) == (date(2026, 11, 16), date(2026, 11, 22))


def test_the_last_week_of_a_long_year_and_the_first_of_the_next_follow_each_other() -> None:
    last, first = (period.week(name, zone=ZONE, ends=THURSDAY) for name in ("2026-W53", "2027-W01"))
    assert (last.last, first.first) == (date(2026, 12, 31), date(2027, 1, 1))


@pytest.mark.parametrize(
    "typed", ["2026-W54", "2027-W53", "2026-W00", "1026-W10", "2026W47", "2026-w47", "W47", "٢٠٢٦-W47", ""]
)
def test_what_is_no_week_is_refused(typed: str) -> None:
    with pytest.raises(WrongUse):
        period.week(typed, zone=ZONE, ends=THURSDAY)


@pytest.mark.parametrize("ends", range(7))
@pytest.mark.parametrize("day", [date(2026, 1, 1), date(2026, 11, 19), date(2027, 1, 3), date(2024, 2, 29)])
def test_a_week_is_found_by_its_own_name(day: date, ends: int) -> None:
    noon = datetime(day.year, day.month, day.day, 5, tzinfo=UTC)
    found = period.latest(noon, zone=ZONE, ends=ends)
    assert found == period.week(found.week, zone=ZONE, ends=ends)
    assert found.last.weekday() == ends
    assert 0 <= (day - found.last).days < 7


@pytest.mark.parametrize(
    ("now", "last"),
    [
        ("2026-11-19T16:59:00+00:00", date(2026, 11, 19)),  # Thursday, just before midnight: it ends today
        ("2026-11-19T17:00:00+00:00", date(2026, 11, 19)),  # Friday
        ("2026-11-18T16:59:00+00:00", date(2026, 11, 12)),  # Wednesday
    ],
)
def test_the_latest_week_is_that_of_the_local_day(now: str, last: date) -> None:
    assert period.latest(datetime.fromisoformat(now), zone=ZONE, ends=THURSDAY).last == last


def test_days_that_are_a_week_bear_its_number_and_others_do_not() -> None:
    whole = period.between(date(2026, 11, 13), date(2026, 11, 19), zone=ZONE, ends=THURSDAY)
    other = period.between(date(2026, 11, 12), date(2026, 11, 18), zone=ZONE, ends=THURSDAY)
    assert (whole.week, whole.name) == ("2026-W47", "2026-W47")
    assert (other.week, other.name) == ("", "2026-11-12_2026-11-18")


def test_periods_before_touch_and_are_as_long() -> None:
    found = period.between(date(2026, 11, 1), date(2026, 11, 10), zone=ZONE, ends=THURSDAY)
    before = found.before(1)
    assert (before.first, before.last, before.end) == (date(2026, 10, 22), date(2026, 10, 31), found.start)


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (date(2026, 11, 2), date(2026, 11, 1)),
        (date(2026, 1, 1), date(2027, 1, 2)),
        (date(1999, 12, 31), date(2000, 1, 5)),
        (date(9999, 12, 30), date(9999, 12, 31)),
    ],
)
def test_days_in_the_wrong_order_too_many_or_of_no_year_of_ours_are_refused(first: date, last: date) -> None:
    with pytest.raises(WrongUse):
        period.between(first, last, zone=ZONE, ends=THURSDAY)
