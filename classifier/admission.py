"""Whether heads that corrections taught may judge, each of the two on its own.

    floor      a figure on the project's gold set lies farther below its floor than chance would explain
    worse      of the items of that set more turned wrong than right, beyond chance
    against    more corrections than honest ones contradict what the shipped head is all but sure of

The set is small: one figure of it moves by two items when nothing has become worse, so floors alone would throw most
small sets of right corrections away. And what a few dozen wrong corrections teach hardly shows on other articles: they
are known by themselves, since people mostly correct what the machine was unsure of.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np

from classifier import example, floors, teaching
from classifier.example import Example
from classifier.features import Reading
from classifier.head import Head
from classifier.teaching import Lesson, Pair
from diembao.core.faults import AGAINST, FLOOR, PARTS, STANCE, THEMES, WORSE, Fault

CHANCE = 0.1  # below a floor: of some fifty items, one figure's standard error and a half
LEVEL = 0.05  # of the paired test: how often heads that are no worse may be kept aside for it
UNLIKELY = 0.1  # a chance below which the shipped head contradicts what a person says
HONEST = 0.2  # share of honest corrections that are contradicted so, where the machine was wrong each time: .00–.20
LEVEL_AGAINST = 0.01  # how often that many are, by chance
ENOUGH = 10  # corrections; fewer say nothing of those who gave them


def faults(
    gold: Sequence[Example], asked: Mapping[str, float], shipped: Pair, taught: Pair, lessons: Sequence[Lesson]
) -> tuple[dict[str, float], list[Fault]]:
    """The figures of the taught heads, and what speaks against each; a head that learned nothing has no fault."""
    readings = floors.read_all(gold)
    found = floors.figures(gold, *taught, readings)
    learned = {THEMES: any(one.themed for one in lessons), STANCE: any(one.stance for one in lessons)}
    wrong = [_too_low(found, asked), _worse(gold, readings, shipped, taught), _against(shipped, lessons)]
    return found, [fault for each in wrong for fault in each if learned[fault.part]]


def _too_low(found: Mapping[str, float], asked: Mapping[str, float]) -> list[Fault]:
    return [
        Fault(THEMES if THEMES in name else STANCE, FLOOR, found[name], floor, name)
        for name, floor in asked.items()
        if found[name] < floor - CHANCE
    ]


def _worse(gold: Sequence[Example], readings: Sequence[Reading], shipped: Pair, taught: Pair) -> list[Fault]:
    before, after = (_errors(gold, readings, pair) for pair in (shipped, taught))
    found = []
    for part in PARTS:
        pairs = list(zip(before[part], after[part], strict=True))
        lost, won = sum(b < a for b, a in pairs), sum(b > a for b, a in pairs)
        if _at_least(lost, lost + won, 0.5) < LEVEL:
            found.append(Fault(part, WORSE, lost, won))
    return found


def _errors(gold: Sequence[Example], readings: Sequence[Reading], pair: Pair) -> dict[str, list[int]]:
    """Of each item: themes wrongly named or not named; is the likeliest stance another?"""
    return {
        THEMES: [len(floors.named(pair[0], r) ^ set(x.themes)) for x, r in zip(gold, readings, strict=True)],
        STANCE: [
            int(floors.chosen(pair[1], r)[0] != x.stance)
            for x, r in zip(gold, readings, strict=True)
            if x.stance != example.NOT_ABOUT
        ],
    }


def _against(shipped: Pair, lessons: Sequence[Lesson]) -> list[Fault]:
    given = {THEMES: [x for x in lessons if x.themed], STANCE: [x for x in lessons if x.stance]}
    counted = {THEMES: _themes_against, STANCE: _stances_against}
    found = []
    for part, head in zip(PARTS, shipped, strict=True):
        n = len(given[part])
        if n >= ENOUGH:
            against = counted[part](head, given[part], teaching.names(shipped))
            if _at_least(against, n, HONEST) < LEVEL_AGAINST:
                found.append(Fault(part, AGAINST, against, n))
    return found


def _stances_against(head: Head, given: Sequence[Lesson], order: Sequence[str]) -> int:
    said = teaching.chances(head, [one.row for one in given], order)
    shares = said / said.sum(axis=1, keepdims=True)
    chosen = [head.labels.index(one.stance) for one in given if one.stance]
    return int((shares[np.arange(len(given)), chosen] < UNLIKELY).sum())


def _themes_against(head: Head, given: Sequence[Lesson], order: Sequence[str]) -> int:
    """Articles with a theme contradicted, but for the one mistake that comes most often: a paper's column that no
    example has, corrected again and again, is what corrections are for.
    """
    said = teaching.chances(head, [one.row for one in given], order)
    flat = [
        {
            (label, word)
            for label, chance in zip(head.labels, row, strict=True)
            if (word := one.theme(label)) is not None and (chance if word else 1 - chance) < UNLIKELY
        }
        for one, row in zip(given, said, strict=True)
    ]
    commonest = {pair for pair, _ in Counter(pair for pairs in flat for pair in pairs).most_common(1)}
    return sum(bool(pairs - commonest) for pairs in flat)


def _at_least(hits: int, n: int, share: float) -> float:
    """How likely at least so many of n are, when each is so with this chance."""
    return sum(math.comb(n, k) * share**k * (1 - share) ** (n - k) for k in range(hits, n + 1))
