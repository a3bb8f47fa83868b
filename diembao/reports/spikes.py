"""Is far more written than usual? Counts of a search against what its own history makes likely.

Three windows that end now (1, 3 and 24 hours) are compared with `usual`. One spike is one: it goes on until all windows
have been calm for six hours, and what comes meanwhile is counted to it; hours of a spike do not raise the level that
it is measured against. After a week it is no spike any more but what is usual now.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from itertools import accumulate
from typing import Any, Final

from diembao.reports.silence import at_most
from diembao.reports.usual import (
    A_WEEK,
    FEWEST,
    HOUR,
    LOWEST,
    QUIETEST,
    TIMES,
    WINDOWS,
    Hours,
    Level,
    Usual,
    factors_for,
    unlikely,
)

REPLAYED: Final = 9 * 24  # hours that are gone through to know what goes on: the longest spike, and a day or two before
CALM_TIMES: Final = 1.5  # of the usual
CALM_HOURS: Final = 6
LONGEST: Final = A_WEEK  # hours
GROWN: Final = 10  # times the articles of the first alarm: told again


@dataclass(frozen=True, slots=True)
class Spike:
    """The alarm: ``seen`` articles in ``window`` hours from ``since`` on, where ``expected`` are usual and so many
    would come with a probability of ``likelihood``; found when the hour that ends at ``found`` was counted.
    ``articles`` came since; ``usual`` of them would have. ``until`` is when the last hour above the usual ended; None
    while it goes on.
    """

    since: datetime
    found: datetime
    window: int
    seen: int
    expected: float
    likelihood: float
    articles: int
    usual: float
    until: datetime | None = None

    @property
    def times(self) -> float:
        return self.seen / max(self.expected, 0.1)

    @property
    def grown(self) -> bool:
        """Tenfold since the first alarm."""
        return self.articles >= GROWN * self.seen


@dataclass(frozen=True, slots=True)
class Point:
    """One hour of a chart: what came, what is usual, and the bounds between which nine of ten hours lie."""

    at: datetime
    seen: int
    expected: float
    low: float
    high: float


def spikes(hours: Hours, usual: Usual, *, fewest: int = FEWEST) -> list[Spike]:
    """Those of the last days, the earliest first. ``hours`` are `REPLAYED` or more up to now."""
    going = _Going(hours, usual, fewest)
    return going.through() if going.may_ring() else []


class _Going:
    """Hour by hour through the counts. ``levels[n]`` is what was known of the level when hour n began."""

    def __init__(self, hours: Hours, usual: Usual, fewest: int) -> None:
        self.hours, self.usual, self.fewest = hours, usual, fewest
        self.expected = usual.expected(hours)
        self.sums = list(accumulate(hours.counts, initial=0))
        self.means = [
            list(accumulate((x.mean * (x.holiday is kind) for x in self.expected), initial=0.0))
            for kind in (False, True)
        ]
        self.level, self.levels = Level.unknown(), [(1.0, 1.0)]
        self.open: Spike | None = None
        self.began = self.above = 0  # hours: where the spike begins, and the end of its last hour above the usual

    def may_ring(self) -> bool:
        """By the lowest level that there is. Nearly all looks end with this."""
        return any(
            self.sums[end] - self.sums[end - window] >= max(self.fewest, TIMES * self._least(end - window, end))
            for window in WINDOWS
            for end in range(window, len(self.sums))
        )

    def _least(self, begin: int, end: int) -> float:
        ordinary, holidays = (each[end] - each[begin] for each in self.means)
        return LOWEST * ordinary + QUIETEST * holidays

    def through(self) -> list[Spike]:
        found: list[Spike] = []
        for end in range(1, len(self.hours.counts) + 1):
            if self.open is None:
                self._look(end)
            elif self._is_over(end):
                found.append(replace(self.open, until=self._at(self.above), **self._since(self.above)))
                self.open = None
            if self.open is None:
                self.level.hear(self.hours.counts[end - 1], self.expected[end - 1])
            self.levels.append(self.level.factors())
        if self.open is None:
            return found
        return [*found, replace(self.open, **self._since(len(self.hours.counts)))]

    def _look(self, end: int) -> None:
        """An alarm in any window that ends there: the least likely one."""
        for window, spread in zip(WINDOWS, self.usual.spreads, strict=True):
            begin = end - window
            if begin < 0:
                continue
            seen = self.sums[end] - self.sums[begin]
            if seen < self.fewest:  # nearly all of a small search
                continue
            mean = self._mean(begin, end, begin)
            likelihood = unlikely(seen, mean, spread, fewest=self.fewest)
            if likelihood is not None and (self.open is None or likelihood < self.open.likelihood):
                self.began, self.above = begin, end
                self.open = Spike(self._at(begin), self._at(end), window, seen, mean, likelihood, seen, mean)

    def _is_over(self, end: int) -> bool:
        if self._is_above(end, WINDOWS[0]) or self._is_above(end, WINDOWS[1]):
            self.above = end
        calm = end - self.above >= CALM_HOURS and not self._is_above(end, WINDOWS[-1])
        return calm or end - self.began >= LONGEST

    def _is_above(self, end: int, window: int) -> bool:
        begin = max(0, end - window)
        return self.sums[end] - self.sums[begin] > CALM_TIMES * self._mean(begin, end, self.began) + 1

    def _since(self, end: int) -> dict[str, Any]:
        """What came in all, and would have."""
        return {"articles": self.sums[end] - self.sums[self.began], "usual": self._mean(self.began, end, self.began)}

    def _mean(self, begin: int, end: int, known: int) -> float:
        """What is usual from ``begin`` to ``end``, by the level that was known at ``known``."""
        ordinary, holiday = factors_for(end - begin, self.levels[known])
        means = [each[end] - each[begin] for each in self.means]
        return means[0] * ordinary + means[1] * holiday

    def _at(self, hour: int) -> datetime:
        return self.hours.start + hour * HOUR


def expectations(hours: Hours, usual: Usual) -> list[float]:
    """What is usual in each hour, by the level that was known before it."""
    going = _Going(hours, usual, FEWEST)
    going.through()
    return [
        expected.mean * (level[1] if expected.holiday else level[0])
        for expected, level in zip(going.expected, going.levels, strict=False)  # the last level is of the next hour
    ]


def points(hours: Hours, usual: Usual) -> list[Point]:
    """Each hour with what is usual in it, by the level that was known before it."""
    found = []
    for n, (count, expected) in enumerate(zip(hours.counts, expectations(hours, usual), strict=True)):
        mean = max(1e-6, expected)
        low, high = between(mean, usual.spreads[0].variance(mean))
        found.append(Point(hours.start + n * HOUR, count, mean, low, high))
    return found


def between(mean: float, variance: float) -> tuple[int, int]:
    """The bounds between which nine counts of ten lie."""
    low = high = 0
    while at_most(low, mean, variance) < 0.05:
        low += 1
    high = low
    while at_most(high, mean, variance) < 0.95:
        high += 1
    return low, high
