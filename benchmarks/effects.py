"""Made-up coverage around answers, of which the truth is known: spans, sizes and effects differ from one to the next.

python -m benchmarks.effects      # the table of docs/quality.md: how often the truth lies in the 95 % interval
"""

from __future__ import annotations

import math
import random
from collections.abc import Iterator, Sequence
from itertools import product

from diembao.response.pooled import pooled

SPANS = (1, 3, 6, 7, 14, 21, 28, 28)  # days before, and as many after
_USUAL = 10  # days, in which so many texts come before an answer on average
_SIZES = 1.0  # standard deviation of the logarithm of an answer's size


def world(drawn: random.Random, *, answers: int, texts: float, truth: float, differ: float) -> list[tuple[int, int]]:
    """(before, after) of each answer. ``truth`` is the ratio in the middle, ``differ`` the standard deviation of its
    logarithm.
    """
    return [_answer(drawn, texts, truth, differ) for _ in range(answers)]


def _answer(drawn: random.Random, texts: float, truth: float, differ: float) -> tuple[int, int]:
    size = texts * math.exp(drawn.gauss(0, _SIZES) - _SIZES**2 / 2) * drawn.choice(SPANS) / _USUAL
    return _poisson(drawn, size), _poisson(drawn, size * truth * math.exp(drawn.gauss(0, differ)))


def _poisson(drawn: random.Random, mean: float) -> int:
    """By the waiting times; great ones in halves, that no product vanishes."""
    if mean > 200:
        return _poisson(drawn, mean / 2) + _poisson(drawn, mean / 2)
    n, left, over = 0, drawn.random(), math.exp(-mean)
    while left > over:
        n, left = n + 1, left * drawn.random()
    return n


def middle(truth: float, differ: float) -> float:
    """The ratio at the mean share of texts after: what is estimated. It is a little nearer to 1 than ``truth``."""
    drawn = random.Random(1)
    shares = [1 / (1 + math.exp(-drawn.gauss(math.log(truth), differ))) for _ in range(20_000)]
    mean = sum(shares) / len(shares)
    return mean / (1 - mean)


def covered(drawn: random.Random, worlds: int, truth: float, **of: float) -> tuple[float, float]:
    """In what part of the worlds in which something can be said the interval holds the truth: the pooled one, and that
    of all texts added up. ``of``: as `world` takes it.
    """
    real = middle(truth, of["differ"])
    told = [(found, counts) for counts in _worlds(drawn, worlds, truth, **of) if (found := pooled(counts)) is not None]
    held = sum(found.low <= real <= (found.high or math.inf) for found, _ in told)
    return held / len(told), sum(_added_up(counts, real) for _, counts in told) / len(told)


def _worlds(
    drawn: random.Random, n: int, truth: float, *, answers: float, texts: float, differ: float
) -> Iterator[list[tuple[int, int]]]:
    for _ in range(n):
        yield world(drawn, answers=int(answers), texts=texts, truth=truth, differ=differ)


def _added_up(counts: Sequence[tuple[int, int]], real: float) -> bool:
    """Is it in the interval of two sums, as if each text had come by itself?"""
    before, after = (sum(side) for side in zip(*counts, strict=True))
    if not before or not after:
        return False
    return abs(math.log(after / before / real)) <= 1.96 * math.sqrt(1 / before + 1 / after)


def main() -> None:
    drawn = random.Random(22)
    for truth, differ, answers in product((1.0, 0.5), (0.0, 0.4, 0.9), (5, 10, 30)):
        told = [f"{truth:g}", f"{differ:g}", str(answers)]
        for texts in (5, 30):
            held = covered(drawn, 1_000, truth, answers=answers, texts=texts, differ=differ)
            told += [f"{each:.2f}" for each in held]
        print("|", " | ".join(told), "|", flush=True)


if __name__ == "__main__":
    main()
