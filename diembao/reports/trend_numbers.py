"""How sure a count is: the arithmetic of trends, with intervals at 95 %.

Articles do not come one by one: a story brings several. A count of N articles in stories of n1, n2 … is taken as a
compound Poisson sum, whose variance is n1² + n2² + …; an interval is that of its logarithm. A share is a ratio of two
such sums, with the variance of ratio estimators over stories. So ten articles of one story are less sure than ten of
ten, and nothing is drawn at random. The intervals say what chance does to so few stories, not what a season does.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from statistics import NormalDist
from typing import Final

LEVEL: Final = 0.95
_Z: Final = NormalDist().inv_cdf((1 + LEVEL) / 2)
NONE_CAME: Final = 3.0  # stories: where none came, fewer than so many were to be expected (the rule of three)
ENOUGH: Final = 8  # stories in both periods together, below which nothing is said

Stories = Mapping[str, int]  # articles by story


class Verdict(StrEnum):
    """What may be said of two periods."""

    MORE = "more"
    LESS = "less"
    UNCLEAR = "unclear"  # chance alone may have done it
    FEW = "few"  # too few stories to say anything
    UNKNOWN = "unknown"  # the period before was not watched


@dataclass(frozen=True, slots=True)
class Interval:
    value: float
    low: float
    high: float


def interval(stories: Stories) -> Interval:
    """Of a count of articles."""
    count = sum(stories.values())
    if not count:
        return Interval(0, 0, NONE_CAME)
    factor = math.exp(_Z * math.sqrt(_variance(stories)) / count)
    return Interval(count, count / factor, count * factor)


def share(some: Stories, whole: Stories) -> Interval | None:
    """Of ``some`` in ``whole``, which has all of it; None: there is nothing."""
    total = sum(whole.values())
    if not total:
        return None
    value = sum(some.values()) / total
    error = _Z * _error_of_share(some, whole)
    return Interval(value, max(0.0, value - error), min(1.0, value + error))


def ratio(now: Stories, before: Stories) -> Interval | None:
    """Of two counts; None: one of them is nought, and no ratio says it."""
    ours, theirs = sum(now.values()), sum(before.values())
    if not ours or not theirs:
        return None
    factor = math.exp(_Z * _error_of_ratio(now, before))
    return Interval(ours / theirs, ours / theirs / factor, ours / theirs * factor)


def compared(now: Stories, before: Stories, looks: int) -> Verdict:
    """Is there more or less? ``looks`` is how many are asked about at once: of twenty, one would be "more" by chance,
    so that each has to be the surer (Bonferroni).
    """
    if len(now) + len(before) < ENOUGH:
        return Verdict.FEW
    ours, theirs = sum(now.values()), sum(before.values())
    if not ours or not theirs:  # eight stories against none
        return Verdict.MORE if ours else Verdict.LESS
    return _said(math.log(ours / theirs), _error_of_ratio(now, before), looks)


def shares_compared(now: tuple[Stories, Stories], before: tuple[Stories, Stories], looks: int) -> Verdict:
    """Has the share grown? Each is (some, whole)."""
    if min(len(now[1]), len(before[1])) < ENOUGH:
        return Verdict.FEW
    ours, theirs = (sum(some.values()) / sum(whole.values()) for some, whole in (now, before))
    return _said(ours - theirs, math.hypot(_error_of_share(*now), _error_of_share(*before)), looks)


def _said(change: float, error: float, looks: int) -> Verdict:
    if abs(change) <= NormalDist().inv_cdf(1 - (1 - LEVEL) / 2 / max(1, looks)) * error or not change:
        return Verdict.UNCLEAR
    return Verdict.MORE if change > 0 else Verdict.LESS


def _variance(stories: Stories) -> float:
    return float(sum(n * n for n in stories.values()))


def _error_of_ratio(now: Stories, before: Stories) -> float:
    """Of its logarithm."""
    return math.hypot(*(math.sqrt(_variance(each)) / sum(each.values()) for each in (now, before)))


def _error_of_share(some: Stories, whole: Stories) -> float:
    """With half an article of each kind more, so that a share of none or all is not taken for sure."""
    total = sum(whole.values())
    value = (sum(some.values()) + 0.5) / (total + 1)
    scatter = sum((some.get(story, 0) - value * n) ** 2 for story, n in whole.items())
    return math.sqrt(max(scatter, value * (1 - value) * total)) / total
