"""What a search usually brings, hour by hour, and how far its counts stray from that by themselves.

The model, learned once a day from at most twelve weeks of the search's own hours:

1. a rhythm: articles in each hour of the week. An hour leans on its day's sum and on the hours of other days, the
   more the shorter the history. Holidays (and days of an earlier spike) are left out of it.
2. a level: what the last two weeks brought against that rhythm (the trend), and, for windows shorter than a day, what
   the last hours did: a storm that grows from day to day is not taken for usual. Holidays are compared with holidays.
3. a spread: the variance of a window's count with mean m is ``scatter * m + drift * m**2``, fitted for each length of
   window to the errors that this very prediction made in the past, and leaning on a cautious spread where there are
   few. The past is then tried with the alarm's own threshold: where it would have rung more than twice in sixty
   days, the spread is widened until it does not.

A count is taken as negative binomial with that mean and variance (Poisson where they are equal). It is the method of
Farrington and Noufaily for outbreaks, for hours in place of weeks.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import accumulate
from statistics import median
from typing import Final
from zoneinfo import ZoneInfo

from diembao.reports.silence import at_most

HOUR: Final = timedelta(hours=1)
A_DAY, A_WEEK = 24, 168  # hours
WINDOWS: Final = (1, 3, 24)  # hours
HISTORY: Final = 12 * A_WEEK  # hours looked back at
ENOUGH: Final = 14  # days of history at least, so that every hour of the week was there twice
# Below this an alarm, by window: a year is 8,760 looks at each, and those at longer ones overlap. Measured
# (benchmarks/spikes.py), not derived. Where many articles are usual the counts say more, and false alarms are
# fewer: there it may be the threefold.
ALPHAS: Final = (5e-5, 1e-4, 1.5e-4)
MANY, LOUDER = 16.0, 3.0
RARE: Final = 1  # alarms in any window that twelve ordinary weeks may have had
FEWEST: Final = 5  # articles; less is no spike whatever was usual
TIMES: Final = 2.0  # of the usual, at least

HOLIDAY: Final = 0.5  # of an ordinary day; what the hours of the holiday themselves bring corrects it
EXTRAORDINARY: Final = 3.0  # times the usual: such a day says nothing of ordinary ones
_LEAN: Final = 4.0  # weeks that the other hours and days weigh against an hour's own
_RECENT: Final = 24.0  # hours after which an hour weighs 1/e in the level
_FADING: Final = math.exp(-1 / _RECENT)  # of what was heard, in an hour
_TREND: Final = 14 * A_DAY  # hours of the trend
_PRIOR: Final = 8.0  # articles that "as usual" weighs against the last day
_HEARD: Final = 2 * _PRIOR  # articles that the last day weighs at most: days are also each their own
LOWEST, _HIGHEST = 0.6, 2.0  # of the level, on ordinary days
QUIETEST: Final = 0.1  # of the level, on holidays
_SCATTER, _DRIFT = 1.3, 0.08  # the cautious spread
# Days differ by a fifth, however even the past looked; the shorter it is, the more they may.
_LEAST_DRIFT: Final = 0.034
_FEW: Final = 30.0  # windows that the cautious spread weighs
_WIDER, _CALM = 12, 6  # times that a spread is widened; hours between two alarms that are one


@dataclass(frozen=True, slots=True)
class Hours:
    """Articles in each hour, the oldest first; ``start`` is when the first begins, at any minute."""

    start: datetime
    counts: Sequence[int]

    @property
    def days(self) -> int:
        return len(self.counts) // A_DAY


@dataclass(frozen=True, slots=True)
class Spread:
    """Of a window's count; ``alpha`` is below what probability it is an alarm."""

    scatter: float
    drift: float
    alpha: float

    def variance(self, mean: float) -> float:
        return self.scatter * mean + self.drift * mean**2

    def wider(self) -> Spread:
        return Spread(self.scatter * 1.25, self.drift * 1.25, self.alpha)


@dataclass(frozen=True, slots=True)
class Usual:
    """``rhythm``: articles in each hour of the local week, from Monday 0:00. ``spreads``: by `WINDOWS`."""

    rhythm: tuple[float, ...]
    spreads: tuple[Spread, ...]
    zone: str
    is_holiday: Callable[[date], bool]

    def expected(self, hours: Hours) -> list[Expected]:
        """For each hour, before the level of the day is taken into account. An hour that begins at 7:15 has three
        quarters of the hour of seven.
        """
        zone, found = ZoneInfo(self.zone), []
        for n in range(len(hours.counts)):
            at = (hours.start + n * HOUR).astimezone(zone)
            turn, later = at.weekday() * A_DAY + at.hour, at.minute / 60
            mean = self.rhythm[turn] * (1 - later) + self.rhythm[(turn + 1) % A_WEEK] * later
            holiday = self.is_holiday(at.date())
            found.append(Expected(mean * HOLIDAY if holiday else mean, holiday))
        return found


@dataclass(frozen=True, slots=True)
class Expected:
    mean: float
    holiday: bool


@dataclass(slots=True)
class Level:
    """What the last hours brought against the rhythm: fading sums, ordinary days and holidays apart."""

    seen: list[float]
    usual: list[float]

    @classmethod
    def unknown(cls) -> Level:
        return cls([0.0, 0.0], [0.0, 0.0])

    def hear(self, count: int, expected: Expected) -> None:
        kind = int(expected.holiday)
        self.seen[kind] = self.seen[kind] * _FADING + count
        self.usual[kind] = self.usual[kind] * _FADING + expected.mean

    def factors(self) -> tuple[float, float]:
        """Of ordinary hours and of holidays."""
        return self.factor(holiday=False), self.factor(holiday=True)

    def factor(self, *, holiday: bool) -> float:
        kind = int(holiday)
        heard = min(1.0, _HEARD / self.usual[kind]) if self.usual[kind] else 0.0
        level = (_PRIOR + heard * self.seen[kind]) / (_PRIOR + heard * self.usual[kind])
        return min(_HIGHEST, max(QUIETEST if holiday else LOWEST, level))


def factors_for(window: int, factors: tuple[float, float]) -> tuple[float, float]:
    """Those by which a window of so many hours is measured: the last hours say nothing of a whole ordinary day."""
    return (factors[0], factors[1]) if window < A_DAY else (1.0, factors[1])


def tail(seen: int, mean: float, variance: float) -> float:
    """The probability of ``seen`` or more."""
    return 1.0 if seen <= 0 else max(0.0, 1.0 - at_most(seen - 1, mean, variance))


def unlikely(seen: int, mean: float, spread: Spread, *, fewest: int = FEWEST) -> float | None:
    """The probability of a count that is an alarm; None: it is none."""
    if seen < max(fewest, TIMES * mean):
        return None
    mean = max(mean, 1e-6)
    likelihood = tail(seen, mean, spread.variance(mean))
    return likelihood if likelihood < spread.alpha * (LOUDER if mean >= MANY else 1.0) else None


# -- learning -----------------------------------------------------------------------------------------


def learned(hours: Hours, *, zone: str, is_holiday: Callable[[date], bool]) -> Usual | None:
    """From whole hours up to now, the last twelve weeks of them. None: less than `ENOUGH` days."""
    if hours.days < ENOUGH:
        return None
    cut = max(0, len(hours.counts) - HISTORY)
    past = Hours(hours.start + cut * HOUR, hours.counts[cut:])
    nothing = Usual((0.0,) * A_WEEK, (), zone, is_holiday)
    turns = [_turn(past.start + n * HOUR, ZoneInfo(zone)) for n in range(len(past.counts))]
    odd = _extraordinary(past.counts)
    left_out = [each.holiday or strange for each, strange in zip(nothing.expected(past), odd, strict=True)]
    rhythm = _rhythm(past.counts, turns, left_out)
    trend = _trend(past.counts, [rhythm[turn] for turn in turns], left_out)
    usual = replace(nothing, rhythm=tuple(each * trend for each in rhythm))
    expected = replace(usual, rhythm=tuple(rhythm)).expected(past)
    return replace(
        usual, spreads=tuple(_spread(past, expected, odd, *each) for each in zip(WINDOWS, ALPHAS, strict=True))
    )


def _turn(at: datetime, zone: ZoneInfo) -> int:
    here = at.astimezone(zone)
    return here.weekday() * A_DAY + here.hour


def _rhythm(counts: Sequence[int], turns: Sequence[int], left_out: Sequence[bool]) -> list[float]:
    week, times = [0.0] * A_WEEK, [0] * A_WEEK
    for count, turn, out in zip(counts, turns, left_out, strict=True):
        if not out:
            week[turn] += count
            times[turn] += 1
    known = max(1, sum(times))
    rate = (sum(week) + 0.5) / known  # half an article: what never came may come
    by_hour = [_leaning(week[n::A_DAY], times[n::A_DAY], rate, _LEAN) for n in range(A_DAY)]
    by_day = [
        _leaning(week[n * A_DAY : n * A_DAY + A_DAY], times[n * A_DAY : n * A_DAY + A_DAY], rate, _LEAN * A_DAY)
        for n in range(7)
    ]
    return [
        (week[n] + _LEAN * by_hour[n % A_DAY] * by_day[n // A_DAY] / rate) / (times[n] + _LEAN) for n in range(A_WEEK)
    ]


def _leaning(counts: Sequence[float], times: Sequence[int], rate: float, weight: float) -> float:
    return (sum(counts) + weight * rate) / (sum(times) + weight)


def _extraordinary(counts: Sequence[int]) -> list[bool]:
    """Hours of days on which far more came than on most days of that weekday, and than on most of the two weeks up to
    them: what has gone on for a week is no exception any more.
    """
    days = [sum(counts[first : first + A_DAY]) for first in range(0, len(counts), A_DAY)]
    found: list[bool] = []
    for n, each in enumerate(days):
        usual = max(median(days[n % 7 :: 7]), median(days[max(0, n - 13) : n + 1]))
        found += [each > EXTRAORDINARY * usual + 2 * FEWEST] * A_DAY
    return found[: len(counts)]


def _trend(counts: Sequence[int], usual: Sequence[float], left_out: Sequence[bool]) -> float:
    known = [n for n in range(len(counts)) if not left_out[n]][-_TREND:]
    seen, mean = sum(counts[n] for n in known), sum(usual[n] for n in known)
    return (_HEARD + seen) / (_HEARD + mean)


def _spread(past: Hours, expected: Sequence[Expected], odd: Sequence[bool], window: int, alpha: float) -> Spread:
    looks = list(_looks(past, expected, odd, window))
    spread = _fitted(looks, alpha, _LEAST_DRIFT * (1 + 2 * ENOUGH / past.days))
    for _ in range(_WIDER):
        if _rings(looks, spread, window) <= RARE:
            break
        spread = spread.wider()
    return spread


@dataclass(frozen=True, slots=True)
class _Look:
    """What came in a window that ended after so many hours of the past, and what would have been said before it."""

    end: int
    seen: int
    mean: float


def _looks(past: Hours, expected: Sequence[Expected], odd: Sequence[bool], window: int) -> Iterator[_Look]:
    """From the second week on, every hour at short windows, four times a window at long ones."""
    level, levels = Level.unknown(), []
    for count, each, strange in zip(past.counts, expected, odd, strict=True):
        levels.append(factors_for(window, level.factors()))
        if not strange:
            level.hear(count, each)
    seen, strange_so_far = list(accumulate(past.counts, initial=0)), list(accumulate(odd, initial=0))
    means = [list(accumulate((x.mean * (x.holiday is kind) for x in expected), initial=0.0)) for kind in (False, True)]
    for end in range(A_WEEK + window, len(past.counts) + 1, max(1, window // 4)):
        begin = end - window
        if strange_so_far[end] == strange_so_far[begin]:
            both = zip(means, levels[begin], strict=True)
            yield _Look(end, seen[end] - seen[begin], sum(factor * (sums[end] - sums[begin]) for sums, factor in both))


def _rings(looks: Sequence[_Look], spread: Spread, window: int) -> int:
    """Times that an alarm would have begun."""
    number, calm = 0, 0
    for each in looks:
        if unlikely(each.seen, each.mean, spread) is not None:
            number += each.end >= calm
            calm = each.end + window + _CALM
    return number


def _fitted(looks: Sequence[_Look], alpha: float, least: float) -> Spread:
    """Least squares of the squared errors over the mean, on 1 and the mean."""
    n, x, xx, y, xy = _FEW, 0.0, 0.0, _FEW * _SCATTER, 0.0
    for each in looks:
        mean = each.mean
        error = (each.seen - mean) ** 2 / max(mean, 1e-6)
        n, x, xx, y, xy = n + 1, x + mean, xx + mean**2, y + error, xy + error * mean
    typical = x / n or 1.0
    xx, xy = xx + _FEW * typical**2, xy + _FEW * typical**2 * _DRIFT
    across = n * xx - x * x
    drift = (n * xy - x * y) / across if across > 0 else _DRIFT
    drift = max(least, drift)
    return Spread(max(1.0, (y - drift * x) / n), drift, alpha)
