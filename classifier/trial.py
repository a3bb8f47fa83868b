"""A head for any labels, learned on the spot: what a trial on a public set needs. Nothing of it is kept.

It reads as the product reads: the tokens of the index's analysis with their neighbours, characters in their form for
comparing, the seeds of the themes where the language has them, and an encoder's vectors where one is given. The heads
that the product itself uses are learned by ``training``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse

from classifier import seeds
from classifier.features import CHAR_GRAMS, SEED_WEIGHT, Floats, read_text
from classifier.words import settled
from diembao.core import analysis
from diembao.core.errors import WrongUse
from diembao.core.ports import Encoder
from diembao.plan.reader import themes

if TYPE_CHECKING:
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression

COST = 10.0  # liblinear's C, as in training
AROUND = 60  # characters on either side of a target that are read once more by themselves
TARGET = " xxtargetxx "  # stands for the target: what is said of it, not who it is

_Matrix = sparse.csr_array[np.float64]


@dataclass(frozen=True, slots=True)
class Text:
    """One item: its views have features of their own each; ``language`` chooses the seeds, "" has none."""

    views: tuple[str, ...]
    language: str = ""


@dataclass(frozen=True)
class Trial:
    """A head learned from some items; ``labels`` in the order of its columns."""

    labels: tuple[str, ...]
    _features: _Features
    _models: tuple[LogisticRegression, ...]

    def chances(self, items: Sequence[Text]) -> Floats:
        """(items, labels), rows of sum 1."""
        found = self._features.of(items)
        chances = np.column_stack([model.predict_proba(found)[:, 1] for model in self._models])
        return np.asarray(chances / np.maximum(chances.sum(axis=1, keepdims=True), 1e-12), dtype=np.float64)


def learn(items: Sequence[Text], labels: Sequence[str], *, encoder: Encoder | None = None) -> Trial:
    """One label against the rest, rare ones weighing as much as common ones.

    Raises:
        WrongUse: there is nothing to tell apart, or no word in it.
    """
    from sklearn.linear_model import LogisticRegression

    names = sorted(set(labels))
    if len(names) < 2:
        raise WrongUse(f"to learn from, there must be two labels at least, not only {names}")
    features = _Features.learned(items, encoder)
    found, given = features.of(items), np.array(labels)
    if not found.nnz:
        raise WrongUse("there is no word in what is to be learned from")
    shape = {"solver": "liblinear", "dual": True, "C": COST, "max_iter": 3000, "random_state": 0}
    models = (LogisticRegression(**shape, class_weight="balanced").fit(found, given == name) for name in names)
    return Trial(tuple(names), features, tuple(models))


def around(text: str, target: str) -> tuple[str, ...]:
    """A text as it is read for one of its names: whole, and the words before and behind the name."""
    name = re.escape(target)
    found = target and (
        re.search(rf"(?<!\w){name}(?!\w)", text)
        or re.search(rf"(?<!\w){name}(?!\w)", text, re.IGNORECASE)
        or re.search(name, text, re.IGNORECASE)  # scripts without spaces
    )
    if not found:
        return text, "", ""
    before, behind = text[: found.start()], text[found.end() :]
    return f"{before}{TARGET}{behind}", f"{before[-AROUND:]}{TARGET}", f"{TARGET}{behind[:AROUND]}"


# -- numbers ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Features:
    """``blocks`` weighs n-grams: words and characters of each view."""

    blocks: tuple[tuple[TfidfVectorizer, TfidfVectorizer], ...]
    encoder: Encoder | None

    @classmethod
    def learned(cls, items: Sequence[Text], encoder: Encoder | None) -> _Features:
        columns = zip(*(item.views for item in items), strict=True)
        return cls(tuple((_fitted(_words, column), _fitted(_characters, column)) for column in columns), encoder)

    def of(self, items: Sequence[Text]) -> _Matrix:
        columns = list(zip(*(item.views for item in items), strict=True))
        parts = [block.transform(column) for pair, column in zip(self.blocks, columns, strict=True) for block in pair]
        parts.append(sparse.csr_array(np.array([_seeded(item) for item in items])))
        if self.encoder is not None:
            parts.append(sparse.csr_array(self.encoder.encode(columns[0]).astype(np.float64)))
        return sparse.csr_array(sparse.hstack(parts))


def _fitted(analyser: Callable[[str], list[str]], column: Sequence[str]) -> TfidfVectorizer:
    from sklearn.feature_extraction.text import TfidfVectorizer

    found = TfidfVectorizer(analyzer=analyser, sublinear_tf=True)
    return found.fit([*column, TARGET])  # never without a word, which sklearn refuses


def _words(text: str) -> list[str]:
    found = [token.exact for token in analysis.tokens(text)]
    return [*found, *(f"{first} {second}" for first, second in pairwise(found))]


def _characters(text: str) -> list[str]:
    return list(_grams(settled(text)[1]))


def _grams(compared: str) -> Iterator[str]:
    """Runs of characters inside words, each word with a space on either side."""
    for word in compared.split():
        padded = f" {word} "
        for size in CHAR_GRAMS:
            for start in range(len(padded) - size + 1):
                yield padded[start : start + size]


def _seeded(item: Text) -> list[float]:
    order = list(themes())
    if seeds.lexicon(item.language) is None:
        return [0.0] * len(order)
    hits = read_text(item.views[0], item.language).hits
    return [SEED_WEIGHT * score for score in seeds.said(hits, [1.0] * len(hits)).scores(order)]
