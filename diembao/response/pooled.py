"""What coverage did after many answers, as one figure: each answer in its own span, and the answer is what is counted.

Of each answer the share of texts that came after it is taken, of as many days before as after, so that a span of three
days and one of four weeks may stand together. Shares differ from answer to answer by more than chance (one matter was
over, another had only begun): how much is estimated from the shares (moments), and weighs (Kleinman 1973): an answer of
n texts weighs n / (1 + (n - 1) φ), by its texts where all answers are alike (φ = 0), all the same where they are not.
The interval is that of the shares' own spread, by Student's t with one degree fewer than there are answers, on the
logarithm of the ratio; never narrower than chance alone would have it. Adding all texts up and taking the interval of
one great share, as if one answer had brought them all, misses the truth far more often than it says where answers
differ (docs/quality.md).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

from diembao.response.effect import LEAST, Ratio, share

ANSWERS: Final = 5  # with texts: the spread of fewer says nothing (of three the interval goes to a hundredfold)
_ROUNDS: Final = 50  # of weighing anew; it settles within ten
_SETTLED: Final = 1e-6
_Z: Final = 1.959964  # 97.5 % of the normal distribution

Counted = tuple[int, int]  # texts in both periods (more than none), and those of them that came after


def pooled(counts: Sequence[tuple[int, int]]) -> Ratio | None:
    """Of answers with so many texts (before, after); None: too few answers or texts to say."""
    given = [(before + after, after) for before, after in counts if before + after]
    n, after = sum(each for each, _ in given), sum(each for _, each in given)
    if len(given) < ANSWERS or n < LEAST:
        return None
    middle, low, high = _spread(given) if 0 < after < n else (after / n, *share(after, n))
    return Ratio(n - after, after, _odds(middle), _odds(low) or 0.0, _odds(high))


def _odds(p: float) -> float | None:
    """After for each one before; None: nothing was before."""
    return p / (1 - p) if p < 1 else None


def _spread(given: Sequence[Counted]) -> tuple[float, float, float]:
    """The mean share with its interval; some came before and some after."""
    weights, p = _weighed(given)
    whole, odd = sum(weights), p * (1 - p)
    parts = [weight / whole for weight in weights]
    # What an answer adds is counted fuller the more it weighs: the mean has leaned towards it.
    seen = sum((w * (after / n - p)) ** 2 / (1 - w) for w, (n, after) in zip(parts, given, strict=True))
    error = math.sqrt(max(seen, odd / whole)) / odd
    reach, middle = student(len(given) - 1) * error, math.log(p / (1 - p))
    return p, _logistic(middle - reach), _logistic(middle + reach)


def _weighed(given: Sequence[Counted]) -> tuple[list[float], float]:
    """The weights, and the mean share that they give."""
    alike = 0.0  # φ: how much alike texts of one answer are, 0 to 1
    for _ in range(_ROUNDS):
        weights = [n / (1 + (n - 1) * alike) for n, _ in given]
        whole = sum(weights)
        p = sum(w * after / n for w, (n, after) in zip(weights, given, strict=True)) / whole
        before, alike = alike, _alike(given, weights, p)
        if abs(alike - before) < _SETTLED:
            break
    return weights, p


def _alike(given: Sequence[Counted], weights: Sequence[float], p: float) -> float:
    """φ, by which the shares differ as much as they do: what chance alone brings of it is taken off."""
    whole, odd = sum(weights), p * (1 - p)
    each = [(w, w * (1 - w / whole), n, after) for w, (n, after) in zip(weights, given, strict=True)]
    seen = sum(w * (after / n - p) ** 2 for w, _, n, after in each)
    chance = odd * sum(free / n for _, free, n, _ in each)
    more = odd * sum(free * (1 - 1 / n) for _, free, n, _ in each)
    return min(1.0, max(0.0, (seen - chance) / more)) if more > 0 else 0.0


def student(degrees: int) -> float:
    """97.5 % of Student's t, from 4 degrees on to three places (Abramowitz and Stegun 26.7.5)."""
    z, v = _Z, degrees
    return (
        z
        + (z**3 + z) / (4 * v)
        + (5 * z**5 + 16 * z**3 + 3 * z) / (96 * v**2)
        + (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / (384 * v**3)
        + (79 * z**9 + 776 * z**7 + 1482 * z**5 - 1920 * z**3 - 945 * z) / (92160 * v**4)
    )


def _logistic(x: float) -> float:
    return 1 / (1 + math.exp(-x))
