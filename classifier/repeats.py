"""Does an article say again what an issued statement has answered? In any language, with what a person can check.

    1. the claim and its answer are read once, the article sentence by sentence (`said`)
    2. the nearest few sentences are looked at closely: what they share with the claim, what contradicts it, whether
       they deny it (`denials`) or tell the answer instead is weighed: the chance that the claim is said again
       (``models/repeats.json``, learned by `classifier.train_repeats` from claims written for the project)
    3. a pair that shares neither a figure, a place nor a name, nor most of its words, is never matched, however near in
       meaning: a reader could not check it

The encoder of the settings is not asked: the weights belong to the vectors they were learned with.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

import numpy as np

from classifier.denials import denies
from classifier.facts import Facts
from classifier.places import Gazetteer
from classifier.said import Coverage, Passage, Reader, Rows, Said
from classifier.sharing import MOST_FIGURES, Shared, differences, same_figures, shared, told
from classifier.trees import Trees
from diembao.core.article import Article
from diembao.core.memory import Answered, Repeat

MODEL: Final = Path(__file__).with_name("models") / "repeats.json"
# What is weighed, in this order; more of the first ones never makes a match less likely, of the last never more.
MORE: Final = ("meaning", "covered", "weakest", "words", "figures", "figures_told", "places", "towns", "names")
EITHER: Final = ("across",)
LESS: Final = ("figures_differ", "places_differ", "denied", "answer_meaning", "answer_covers", "answer_figures",
               "other_year")  # fmt: skip
SIGNS: Final = (*MORE, *EITHER, *LESS)
LOOKED: Final = 4  # windows of an article that are looked at closely
CHOSEN: Final = 6  # claims that are, for one article
KEPT: Final = 2_000  # claims that stay read: about 20 MB when full
# Product of vectors from which a claim in another language is looked at closely: whatever it shares; with a town or a
# figure; with a narrow place or a name; with figures that tell. Then, from which one in the same language is.
_NEAR, _TOWN, _NAMED, _FAR, _SAME_LANGUAGE = 0.5, 0.25, 0.1, -0.1, 0.4
_TELLING, _SAYING = 1.0, 0.3  # weight of shared figures that is enough; that is, with a place or a name
_MOST: Final = 3
# Share of a claim that has a counterpart, from which it is looked at; of the taught ones that are said again nearly all
# have more, in one language and across.
_COVERED, _COVERED_ACROSS = 0.5, 0.2
_WORDS: Final = 0.5  # of the claim's words, that make a pair checkable


@dataclass(frozen=True, slots=True)
class Compared:
    """The passage nearest to the claim, what they share, and the signs in the order of `SIGNS`."""

    passage: Passage
    shared: Shared
    signs: tuple[float, ...]

    @property
    def checkable(self) -> bool:
        both = self.shared
        return bool(both.places or both.towns or both.names) or both.weight >= _SAYING or both.words >= _WORDS


class Repeats:
    """`core.memory.Memory`. Safe to share between threads."""

    def __init__(self, gazetteers: Sequence[Gazetteer], path: Path = MODEL) -> None:
        """Raises:
        Misconfigured: the model, or the encoder that comes with the program, cannot be read.
        """
        self._reader = Reader(gazetteers)
        self._trees = Trees.read(path, SIGNS)
        self.least, self.version = self._trees.least, self._trees.version
        self._said = lru_cache(maxsize=KEPT)(self._reader.said)

    def repeats(self, article: Article, claims: Sequence[Answered]) -> Sequence[tuple[Answered, Repeat]]:
        asked = [claim for claim in claims if claim.article_id != article.id]
        if not asked:
            return ()
        found = self._compared(article, [self._said(c.quote, c.language, c.said_at, c.answer) for c in asked])
        matched = [(asked[at], self._repeat(said, article, pair, score)) for at, said, pair, score in found]
        return sorted(matched, key=lambda each: (-each[1].score, each[0].case, each[0].claim))

    def chances(self, article: Article, said: Sequence[Said]) -> list[float]:
        """Of each claim that the article says it again; 0 where it was not looked at."""
        every = [0.0] * len(said)
        for at, _, _, score in self._compared(article, said, least=0.0):
            every[at] = score
        return every

    def _compared(
        self, article: Article, claims: Sequence[Said], *, least: float | None = None
    ) -> list[tuple[int, Said, Compared, float]]:
        coverage = self._reader.coverage(article)
        if not coverage.spans:
            return []
        near = coverage.vectors @ np.array([said.claim.vector for said in claims]).T
        windows = Windows(coverage)
        looked = [
            at
            for at in _chosen(claims, coverage, near.max(axis=0))
            if _has_counterpart(claims[at], windows, near[:, at])
        ]
        pairs = [compared(claims[at], windows, near[:, at]) for at in looked]
        scores = self._trees.chances([pair.signs for pair in pairs])
        wanted = self.least if least is None else least
        each = zip(looked, pairs, scores, strict=True)
        return [(at, claims[at], pair, score) for at, pair, score in each if score >= wanted and pair.checkable]

    def _repeat(self, said: Said, article: Article, pair: Compared, score: float) -> Repeat:
        passage = " ".join(pair.passage.text.split())
        return Repeat(
            round(score, 4), passage, told(said, pair.shared), differences(said, pair.passage, article.language)
        )


class Windows:
    """The windows of an article, each read closely once."""

    def __init__(self, coverage: Coverage) -> None:
        self.coverage = coverage
        self._read: dict[int, Passage] = {}

    def __getitem__(self, at: int) -> Passage:
        if at not in self._read:
            self._read[at] = self.coverage.window(at)
        return self._read[at]


def _chosen(claims: Sequence[Said], coverage: Coverage, near: Rows) -> list[int]:
    """The claims that are worth a close look: an article says a few of them at most. In one language whoever says a
    claim again is near to it; across languages, the more they share, the less near they have to be.
    """
    found = []
    for at, (said, nearness) in enumerate(zip(claims, near.tolist(), strict=True)):
        if said.language == coverage.language:
            if nearness >= _SAME_LANGUAGE:
                found.append((nearness, at))
        elif nearness >= _FAR:
            weight = sum(weight for mark, weight in said.marks if mark in coverage.marks)
            narrow = not said.narrow.isdisjoint(coverage.places.narrow)
            if _worth(said, coverage, nearness, weight, narrow=narrow):
                found.append((nearness + 0.2 * min(_MOST, weight) + 0.2 * narrow, at))
    return sorted(at for _, at in sorted(found, reverse=True)[:CHOSEN])


def _worth(said: Said, coverage: Coverage, near: float, weight: float, *, narrow: bool) -> bool:
    if near >= _NEAR:
        return True
    named = narrow or not said.claim.facts.names.isdisjoint(coverage.facts.names)
    if (named and near >= _NAMED) or weight >= _TELLING or (named and weight >= _SAYING):
        return True
    towns = said.claim.places.towns
    return near >= _TOWN and (weight >= _SAYING or not towns.isdisjoint(coverage.places.towns))


def _nearest(windows: Windows, near: Rows) -> list[Passage]:
    near = near.copy()
    near[: int(len(near) > 1)] = -1  # a headline alone says little: it is read with the sentence behind it
    return [windows[int(at)] for at in np.argsort(-near, kind="stable")[:LOOKED]]


def _has_counterpart(said: Said, windows: Windows, near: Rows) -> bool:
    """Is enough of the claim there, piece by piece? It costs little beside reading its facts."""
    least = _COVERED if said.language == windows.coverage.language else _COVERED_ACROSS
    return max(covered(said.claim, each) for each in _nearest(windows, near)) >= least


def compared(said: Said, windows: Windows, near: Rows) -> Compared:
    looked = _nearest(windows, near)
    found = [(passage, shared(said, passage), covered(said.claim, passage)) for passage in looked]
    passage, both, part = max(found, key=lambda each: _nearness(said, *each))
    return Compared(passage, both, _signs(said, windows.coverage, passage, both, part, looked))


def _nearness(said: Said, passage: Passage, both: Shared, part: float) -> float:
    """Which passage is meant: by meaning first, facts decide among those that are near."""
    return float(passage.vector @ said.claim.vector) + part + 0.3 * both.weight + 0.1 * len(both.places)


def _best(one: Passage, other: Passage) -> Rows:
    """How near each piece of the one has a counterpart in the other, 0 to 1."""
    if not one.units.size or not other.units.size:
        return np.zeros(max(1, len(one.units)), dtype=np.float32)
    return np.asarray(np.maximum((one.units @ other.units.T).max(axis=1), 0), dtype=np.float32)


def covered(one: Passage, other: Passage) -> float:
    """How much of the one has a counterpart in the other, 0 to 1."""
    return float((_best(one, other) * one.weights).sum() / one.weights.sum()) if one.weights.sum() else 0.0


def weakest(one: Passage, other: Passage) -> float:
    """The same, of the half of the pieces that have the least of one."""
    best = np.sort(_best(one, other))
    return float(best[: (len(best) + 1) // 2].mean())


def _signs(
    said: Said, coverage: Coverage, passage: Passage, both: Shared, part: float, looked: Sequence[Passage]
) -> tuple[float, ...]:
    claim, answer = said.claim, said.answer
    across = said.language != coverage.language
    narrow = claim.places.narrow or answer.places.narrow
    near = float(passage.vector @ claim.vector)
    return (
        near,
        part,
        weakest(claim, passage),
        0.0 if across else both.words,
        both.weight,
        _told_share(claim, both),
        min(_MOST, len(narrow & coverage.places.narrow)),
        float(not claim.places.towns.isdisjoint(coverage.places.towns)),
        min(_MOST, len(both.names)),
        float(across),
        float(bool(claim.facts.figures and passage.facts.figures and not both.figures)),
        float(bool(narrow and coverage.places.narrow and not narrow & coverage.places.narrow)),
        float(bool(denies(passage.text) or denies(coverage.title))),
        float((said.answer_vectors @ passage.vector).max()) - near,
        covered(passage, answer) - covered(passage, claim),
        _of_answer(said, looked),
        float(bool(passage.years - claim.years)),
    )


def _told_share(claim: Passage, both: Shared) -> float:
    """How much of the claim's figures the passage has, by what they tell; 0 where it has none."""
    every = sum(claim.facts.figures.values())
    return sum(weight for _, weight in both.figures) / every if every else 0.0


def _of_answer(said: Said, looked: Sequence[Passage]) -> float:
    """How telling the figures are that the coverage has from the answer, and the claim has not."""
    claimed = said.claim.facts.figures
    its = {figure: weight for figure, weight in said.answer.facts.figures.items() if figure not in claimed}
    theirs = {figure: weight for each in looked for figure, weight in each.facts.figures.items()}
    none = frozenset[str]()
    both = same_figures(Facts(its, frozenset(), none), Facts(theirs, frozenset(), none))
    return min(MOST_FIGURES, sum(weight for _, weight in both))
