"""Measures of judgements against a gold set: plain functions of what was said and what is true.

Every measure takes sequences of the same length, one place for each item, and gives fractions 0–1.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

import numpy as np

Labels = Sequence[AbstractSet[str]]
Figures = Callable[[Sequence[int]], Mapping[str, float]]  # several measures of the items of these numbers
ROUNDS = 1000  # of the bootstrap; the ends of the interval move by about .003 between seeds


@dataclass(frozen=True, slots=True)
class Score:
    """Precision, recall, F1 and the number of items that truly have the label."""

    precision: float
    recall: float
    f1: float
    n: int


def _score(right: int, said: int, true: int) -> Score:
    precision = right / said if said else 0.0
    recall = right / true if true else 0.0
    f1 = 2 * right / (said + true) if said + true else 0.0
    return Score(precision, recall, f1, true)


def per_label(true: Labels, said: Labels) -> dict[str, Score]:
    """A score for each label that is true or said anywhere."""
    names = sorted(set().union(*true, *said))
    return {
        name: _score(
            sum(name in t and name in s for t, s in zip(true, said, strict=True)),
            sum(name in s for s in said),
            sum(name in t for t in true),
        )
        for name in names
    }


def micro_f1(true: Labels, said: Labels) -> float:
    """All (item, label) pairs in one pot."""
    right = sum(len(t & s) for t, s in zip(true, said, strict=True))
    return _score(right, sum(map(len, said)), sum(map(len, true))).f1


def macro_f1(true: Labels, said: Labels) -> float:
    """Mean F1 of the labels that are true somewhere."""
    scores = [score.f1 for score in per_label(true, said).values() if score.n]
    return float(np.mean(scores)) if scores else 0.0


def accuracy(true: Sequence[Hashable], said: Sequence[Hashable]) -> float:
    return sum(t == s for t, s in zip(true, said, strict=True)) / len(true) if true else 0.0


def kappa(true: Sequence[Hashable], said: Sequence[Hashable]) -> float:
    """Cohen's κ: agreement beyond chance; 0 for a constant answer."""
    if not true:
        return 0.0
    agreed = accuracy(true, said)
    of_true, of_said = Counter(true), Counter(said)
    chance = sum(of_true[name] * of_said[name] for name in of_true) / len(true) ** 2
    return (agreed - chance) / (1 - chance) if chance < 1 else 1.0


def confusion(true: Sequence[str], said: Sequence[str]) -> dict[str, dict[str, int]]:
    """For each true answer how often each was said."""
    pairs = Counter(zip(true, said, strict=True))
    return {name: {key: n for (t, key), n in sorted(pairs.items()) if t == name} for name in sorted(set(true))}


def instead(true: Labels, said: Labels) -> dict[str, dict[str, int]]:
    """For each label that was missed somewhere: what was wrongly said of those items, "" where nothing was."""
    counted: dict[str, Counter[str]] = {}
    for t, s in zip(true, said, strict=True):
        for missed in t - s:
            counted.setdefault(missed, Counter()).update((s - t) or ("",))
    return {name: dict(sorted(counted[name].items())) for name in sorted(counted)}


def covered(true: Sequence[str], said: Sequence[str], silent: str) -> tuple[float, float]:
    """Share of items that got an answer, and how many of those answers are right."""
    kept = [(t, s) for t, s in zip(true, said, strict=True) if s != silent]
    right = sum(t == s for t, s in kept)
    return len(kept) / len(true) if true else 0.0, right / len(kept) if kept else 0.0


def b_cubed(true: Sequence[Hashable], said: Sequence[Hashable]) -> Score:
    """B³ of two groupings (Bagga and Baldwin): for each item the share of its group that belongs there."""
    both = Counter(zip(true, said, strict=True))
    of_true, of_said = Counter(true), Counter(said)
    total = len(true)
    precision = sum(n * n / of_said[s] for (_, s), n in both.items()) / total if total else 0.0
    recall = sum(n * n / of_true[t] for (t, _), n in both.items()) / total if total else 0.0
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return Score(precision, recall, f1, total)


def pairs(true: Sequence[Hashable], said: Sequence[Hashable]) -> Score:
    """Of all pairs of items: which are put together, and which belong together."""
    both = Counter(zip(true, said, strict=True))
    return _score(_pairs(both), _pairs(Counter(said)), _pairs(Counter(true)))


def pairs_across(true: Sequence[Hashable], said: Sequence[Hashable], kinds: Sequence[Hashable]) -> Score:
    """As `pairs`, of pairs of items of two kinds (two languages) alone."""
    both = list(zip(true, said, strict=True))
    right, named, there = (
        _pairs(Counter(groups)) - _pairs(Counter(zip(groups, kinds, strict=True))) for groups in (both, said, true)
    )
    return _score(right, named, there)


def _pairs(groups: Counter[Hashable] | Counter[tuple[Hashable, Hashable]]) -> int:
    return sum(n * (n - 1) // 2 for n in groups.values())


def interval(measure: Callable[[Sequence[int]], float], n: int, *, seed: int = 0) -> tuple[float, float]:
    """95 % bootstrap interval: ``measure`` is asked for `ROUNDS` draws of ``n`` item numbers with repeats."""
    return intervals(lambda rows: {"": measure(rows)}, n, seed=seed)[""]


def intervals(figures: Figures, n: int, *, seed: int = 0) -> dict[str, tuple[float, float]]:
    """The same for several measures at once, all on the same draws."""
    draws = np.random.default_rng(seed).integers(0, n, size=(ROUNDS, n)) if n else np.zeros((1, 0), dtype=int)
    drawn = [figures(draw.tolist()) for draw in draws]
    ends = {name: np.quantile([one[name] for one in drawn], (0.025, 0.975)) for name in drawn[0]}
    return {name: (float(low), float(high)) for name, (low, high) in ends.items()}
