"""The test for silence on series whose answer is known; its false-alarm rate is measured by benchmarks/silence.py."""

from __future__ import annotations

import math
import random
from datetime import UTC, datetime, timedelta

import pytest

from diembao.core.arrivals import SLOT
from diembao.reports.silence import Series, at_most, fallen

START = datetime(2026, 7, 6, tzinfo=UTC)
DAY = (1, 6, 8, 5)


def year(days: int, times: float = 1.0, start: datetime = START) -> list[int | None]:
    """A busy outlet: hours, weekends, chance."""
    chance = random.Random(1)
    return [
        sum(
            chance.random() < 0.1
            for _ in range(round(10 * mean * times * (0.5 if (start + timedelta(day)).weekday() > 4 else 1)))
        )
        for day in range(days)
        for mean in DAY
    ]


def test_an_ordinary_year_rings_no_alarm_and_its_death_is_noticed_within_three_days() -> None:
    counts = year(120)
    assert all(fallen(Series(START, counts[:end], "fr")) is None for end in range(60 * 4, 120 * 4, 3))
    dead = next(n for n in range(1, 40) if fallen(Series(START, [*counts, *[0] * n], "fr")))
    assert dead <= 12


def test_a_night_or_a_weekend_is_no_silence() -> None:
    counts = year(60)
    saturday = next(n for n in range(204, 240, 4) if (START + n * SLOT).weekday() == 5)
    assert fallen(Series(START, [*counts[:saturday], 0], "fr")) is None


def test_tet_is_expected_to_be_quiet_and_a_silence_that_outlasts_it_is_not() -> None:
    start = datetime(2026, 10, 5, tzinfo=UTC)
    counts = year(122, start=start)  # up to three days before Tết 2027
    tet = [*counts, *[0] * (8 * 4)]
    assert fallen(Series(start, tet, "vi")) is None
    assert fallen(Series(start, tet, "fr")) is not None
    assert fallen(Series(start, [*tet, *[0] * 20], "vi")) is not None


def test_slots_in_which_nothing_was_collected_say_nothing() -> None:
    assert fallen(Series(START, [*year(60), *[None] * 40], "fr")) is None


@pytest.mark.parametrize("days", [0, 5, 13])
def test_two_weeks_of_history_are_needed(days: int) -> None:
    assert fallen(Series(START, [*year(days), *[0] * 12], "fr")) is None


def test_a_fall_says_since_when_how_many_and_how_many_are_usual() -> None:
    fall = fallen(Series(START, [*year(90), *[0] * 12], "fr"))
    assert fall is not None
    assert fall.seen == 0
    assert fall.expected > 20
    assert fall.since >= START + timedelta(days=80)


def test_the_distribution_is_the_one_that_is_named() -> None:
    assert at_most(0, 3.0, 3.0) == pytest.approx(math.exp(-3), rel=1e-6)
    assert at_most(2, 3.0, 3.0) == pytest.approx(math.exp(-3) * (1 + 3 + 4.5), rel=1e-6)
    size, mean = 4.0, 2.0  # negative binomial, by its formula
    p = size / (size + mean)
    wanted = p**4 * (1 + 4 * (1 - p) + 10 * (1 - p) ** 2)
    assert at_most(2, mean, mean + mean**2 / size) == pytest.approx(wanted, rel=1e-9)
    assert at_most(10_000, 3.0, 9.0) == pytest.approx(1.0)
