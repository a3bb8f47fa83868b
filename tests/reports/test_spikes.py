"""Spikes: what is usual is learned, what is far more is found once, and what is known of too little stays silent."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from functools import cache

import pytest

from benchmarks.silence import poisson
from diembao.reports.spikes import CALM_HOURS, LONGEST, REPLAYED, Spike, between, points, spikes
from diembao.reports.usual import A_DAY, ENOUGH, HISTORY, HOUR, WINDOWS, Hours, Usual, learned, tail

ZONE = "Asia/Ho_Chi_Minh"
START = datetime(2026, 8, 2, 17, tzinfo=UTC)  # a Monday, midnight in Việt Nam


def no_holiday(_: date) -> bool:
    return False


@cache
def counted(level: float = 200.0, hours: int = HISTORY + REPLAYED) -> tuple[int, ...]:
    """Articles an hour: by day four times as many as by night, on Sundays half."""
    chance = random.Random(11)
    by_day = (0.4, 1.6)
    of_week = (1, 1, 1, 1, 1, 1, 0.5)
    rates = [level / A_DAY * by_day[7 <= n % A_DAY < 19] * of_week[n // A_DAY % 7] for n in range(hours)]
    return tuple(poisson(chance, rate) for rate in rates)


@cache
def usual(level: float = 200.0) -> Usual:
    found = learned(Hours(START, counted(level)[:HISTORY]), zone=ZONE, is_holiday=no_holiday)
    assert found is not None
    return found


def recent(change: Callable[[int, int], int] = lambda _, count: count, level: float = 200.0) -> Hours:
    """The last nine days; ``change`` sees how many hours before the end each hour lies."""
    counts = counted(level)[HISTORY:]
    return Hours(START + HISTORY * HOUR, [change(len(counts) - n, count) for n, count in enumerate(counts)])


def test_the_rhythm_of_the_week_is_learned() -> None:
    monday_noon, monday_night, sunday_noon = 12, 2, 6 * A_DAY + 12
    assert usual().rhythm[monday_noon] == pytest.approx(13.3, rel=0.15)
    assert usual().rhythm[monday_night] == pytest.approx(3.3, rel=0.25)
    assert usual().rhythm[sunday_noon] == pytest.approx(6.7, rel=0.25)


def test_ordinary_days_are_no_spike() -> None:
    assert spikes(recent(), usual()) == []


def test_a_tripling_by_day_is_found_within_three_hours_and_told_with_its_numbers() -> None:
    shown = recent(lambda left, count: 3 * count if A_DAY // 2 - 3 < left <= A_DAY // 2 else count)  # from noon on
    upto = Hours(shown.start, shown.counts[: len(shown.counts) - A_DAY // 2 + 3])
    (found,) = spikes(upto, usual())
    assert found.until is None
    assert found.found - found.since == found.window * HOUR
    assert found.since >= upto.start + (len(upto.counts) - 4) * HOUR
    assert found.seen > 2 * found.expected
    assert found.articles >= found.seen
    assert 0 < found.likelihood < 1e-3


def test_one_spike_is_one_however_long_it_lasts_and_its_end_is_known() -> None:
    shown = recent(lambda left, count: 5 * count + 2 if 48 < left <= 96 else count)
    (found,) = spikes(shown, usual())
    assert found.until is not None
    end = shown.start + (len(shown.counts) - 48) * HOUR
    assert end - 3 * HOUR <= found.until <= end + 3 * HOUR
    assert found.articles > 3 * found.usual


def test_two_spikes_with_calm_days_between_them_are_two() -> None:
    shown = recent(lambda left, count: 5 * count + 5 if left in {*range(30, 36), *range(150, 156)} else count)
    assert len(spikes(shown, usual())) == 2


def test_a_spike_that_has_just_fallen_off_still_goes_on() -> None:
    shown = recent(lambda left, count: 6 * count + 9 if CALM_HOURS // 2 < left <= CALM_HOURS // 2 + 4 else count)
    assert [each.until for each in spikes(shown, usual())] == [None]


def test_no_spike_lasts_longer_than_a_week() -> None:
    shown = recent(lambda left, count: 4 * count + 2 if left <= LONGEST + 20 else count)
    first, *_ = spikes(shown, usual())
    assert first.until is not None
    assert first.until - first.since <= LONGEST * HOUR


def test_hours_may_begin_at_any_quarter() -> None:
    shown = recent(lambda left, count: 4 * count + 4 if left <= 3 else count)
    later = Hours(shown.start + timedelta(minutes=45), shown.counts)
    assert {each.since.minute for each in spikes(later, usual())} == {45}


def test_less_than_five_articles_are_never_a_spike() -> None:
    quiet = learned(Hours(START, [0] * HISTORY), zone=ZONE, is_holiday=no_holiday)
    assert quiet is not None
    nothing = [0] * (REPLAYED - 3)
    assert spikes(Hours(START, [*nothing, 4, 0, 0]), quiet) == []
    assert len(spikes(Hours(START, [*nothing, 5, 0, 0]), quiet)) == 1
    assert spikes(Hours(START, [*nothing, 5, 0, 0]), quiet, fewest=6) == []


@pytest.mark.parametrize("days", [0, 1, ENOUGH - 1])
def test_too_short_a_history_teaches_nothing(days: int) -> None:
    assert learned(Hours(START, counted()[: days * A_DAY]), zone=ZONE, is_holiday=no_holiday) is None


def test_two_weeks_of_history_are_judged_more_cautiously_than_twelve() -> None:
    short = learned(Hours(START, counted(20.0)[: ENOUGH * A_DAY]), zone=ZONE, is_holiday=no_holiday)
    assert short is not None
    day = WINDOWS.index(24)
    assert short.spreads[day].variance(20) > usual(20.0).spreads[day].variance(20)


def test_a_storm_in_the_past_teaches_nothing_of_ordinary_days() -> None:
    storm = list(counted()[:HISTORY])
    for n in range(HISTORY - 10 * A_DAY, HISTORY - 7 * A_DAY):
        storm[n] *= 8
    after = learned(Hours(START, storm), zone=ZONE, is_holiday=no_holiday)
    assert after is not None
    assert sum(after.rhythm) == pytest.approx(sum(usual().rhythm), rel=0.1)


def test_what_has_gone_on_for_weeks_is_usual() -> None:
    shifted = [0] * (HISTORY - 30 * A_DAY) + list(counted()[HISTORY - 30 * A_DAY :])
    now = learned(Hours(START, shifted[:HISTORY]), zone=ZONE, is_holiday=no_holiday)
    assert now is not None
    assert sum(now.rhythm) > 0.5 * sum(usual().rhythm)
    assert spikes(recent(), now) == []


def test_holidays_are_left_out_of_what_is_usual_and_judged_by_themselves() -> None:
    first = (START + timedelta(hours=7)).date() + timedelta(days=60)

    def at_tet(day: date) -> bool:
        return timedelta() <= day - first <= timedelta(days=9)

    counts = [0 if at_tet((START + n * HOUR + timedelta(hours=7)).date()) else c for n, c in enumerate(counted())]
    kept = learned(Hours(START, counts[:HISTORY]), zone=ZONE, is_holiday=at_tet)
    assert kept is not None
    assert sum(kept.rhythm) == pytest.approx(sum(usual().rhythm), rel=0.1)
    after_tet = Hours(START + 65 * A_DAY * HOUR, counts[65 * A_DAY : 65 * A_DAY + REPLAYED])
    assert spikes(after_tet, kept) == []  # the newspapers are back, and that is all


def test_stories_that_come_with_copies_widen_what_is_usual() -> None:
    chance = random.Random(3)
    clustered = [0] * (HISTORY + 8)
    for n in range(HISTORY):
        for _ in range(poisson(chance, 0.25)):
            for _ in range(6):
                clustered[n + chance.randrange(3)] += 1
    found = learned(Hours(START, clustered[:HISTORY]), zone=ZONE, is_holiday=no_holiday)
    assert found is not None
    three = WINDOWS.index(3)
    assert found.spreads[three].variance(5) > 2 * usual(36.0).spreads[three].variance(5)


def test_the_chart_has_every_hour_with_the_bounds_of_nine_in_ten() -> None:
    shown = recent()
    drawn = points(shown, usual())
    assert [each.at for each in drawn] == [shown.start + n * HOUR for n in range(REPLAYED)]
    assert [each.seen for each in drawn] == list(shown.counts)
    outside = sum(not each.low <= each.seen <= each.high for each in drawn)
    assert outside / len(drawn) < 0.2


def test_the_tail_is_that_of_the_counts_themselves() -> None:
    assert tail(0, 3, 3) == 1
    assert tail(4, 2, 2) == pytest.approx(0.142877, abs=1e-5)  # Poisson
    assert tail(4, 2, 6) > tail(4, 2, 2)
    low, high = between(10, 10)
    assert (low, high) == (5, 15)


def test_a_spike_says_when_it_has_grown_tenfold() -> None:
    at = datetime(2026, 11, 6, tzinfo=UTC)
    small = Spike(at, at + HOUR, 1, seen=10, expected=2.0, likelihood=1e-6, articles=99, usual=20.0)
    assert not small.grown
    assert Spike(at, at + HOUR, 1, 10, 2.0, 1e-6, articles=100, usual=20.0).grown
    assert small.times == 5
