"""An office where clocks are put forward and back: digests, quiet hours and weeks through a whole year."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from diembao.core.alert import Channel, Recipient
from diembao.core.subscription import Quiet, Rhythm, Subscription
from diembao.reports.period import Period, latest
from diembao.response.release import next_digest, quiet_until

YEAR = datetime(2026, 1, 1, tzinfo=UTC)
DAY = timedelta(days=1)
# An hour; an hour, in the south; half an hour; at midnight.
ZONES = ["Europe/Berlin", "America/Santiago", "Australia/Lord_Howe", "Africa/Cairo"]


def asked(**changes: object) -> Subscription:
    return Subscription(name="Tin", query="cảng", to=(Recipient(Channel.MAIL, "a@x.example"),), **changes)  # type: ignore[arg-type] # as named


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("hour", [0, 2, 7])
def test_there_is_one_digest_on_each_day_whatever_the_clock_does(zone: str, hour: int) -> None:
    daily, at, days = asked(rhythm=Rhythm.DAILY, hour=hour), YEAR, []
    while at < YEAR + 365 * DAY:
        at = next_digest(daily, at, zone)
        days.append(at.astimezone(ZoneInfo(zone)))
    assert len({each.date() for each in days}) == len(days)
    assert {following.date() - each.date() for each, following in itertools.pairwise(days)} == {DAY}
    strange = [each for each in days if (each.hour, each.minute) != (hour, 0)]
    assert len(strange) <= 1  # on the one day on which there is no such hour


@pytest.mark.parametrize("zone", ZONES)
def test_quiet_hours_end_when_the_clock_on_the_wall_says_so(zone: str) -> None:
    quiet, place = Quiet(time(22), time(6)), ZoneInfo(zone)
    for day in range(365):
        night = datetime(2026, 1, 1, 23, 30, tzinfo=place) + day * DAY
        end = quiet_until(quiet, night.astimezone(UTC), zone)
        assert end is not None
        assert (end.astimezone(place).time(), end.astimezone(place).date()) == (time(6), (night + DAY).date())
        assert quiet_until(quiet, end, zone) is None


@pytest.mark.parametrize("zone", ZONES)
def test_weeks_follow_each_other_without_a_gap_or_an_hour_told_twice(zone: str) -> None:
    weeks = [latest(YEAR + n * 7 * DAY, zone=zone, ends=3) for n in range(53)]
    assert [each.end for each in weeks[:-1]] == [each.start for each in weeks[1:]]
    assert {_hours(each) for each in weeks} - {168} != set()  # the year has its two strange ones


def _hours(week: Period) -> float:
    return (week.end - week.start) / timedelta(hours=1)
