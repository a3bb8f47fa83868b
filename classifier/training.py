"""Learns the heads for themes and stance from the examples: ``python -m classifier.training [examples] [models]``.

The same examples, seeds and libraries give the same files. Examples of `WEIGHTS` count more: they were
written to the mix of real coverage (storms, crime, projects, welfare, sport without a theme), the
others evenly over the themes, so alone they would teach too much of what is rare. The chance a head
gives is fitted on folds it was not trained on.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import sparse

from classifier import example, head, seeds, stories
from classifier.calibration import Calibration, Unseen, calibrate, one_sided
from classifier.example import Example
from classifier.features import BUCKETS, FORM, Floats, Ints, Reading, read_text
from classifier.head import Head
from classifier.rows import features, seed_scores, stepped
from diembao.plan.reader import themes as fixed_themes

WEIGHTS = {"vi-coverage": 3.0}
COST = 10.0  # liblinear's C; 3–30 differ by less than .01 micro-F1 across folds
FOLDS = 5
_NEVER = -12.0  # log-odds of a label that no example has


@dataclass(frozen=True, slots=True)
class _Sheet:
    """Examples as numbers: counts of n-grams (rows, buckets), seed scores, answers (rows, labels), weights, folds."""

    readings: Sequence[Reading]
    seeds: Floats
    answers: npt.NDArray[np.bool_]
    weights: Floats
    folds: Ints
    languages: npt.NDArray[np.str_]

    def part(self, rows: Ints) -> _Sheet:
        chosen = [self.readings[row] for row in rows]
        return _Sheet(
            chosen, self.seeds[rows], self.answers[rows], self.weights[rows], self.folds[rows], self.languages[rows]
        )


Folds = Callable[[Sequence[Example]], Sequence[int]]


@dataclass(frozen=True, slots=True)
class Trained:
    """Everything learned from one set of examples."""

    themes: Head
    stance: Head
    rarity: npt.NDArray[np.float32]
    card: Mapping[str, Any]

    def save(self, folder: Path) -> list[Path]:
        folder.mkdir(parents=True, exist_ok=True)
        words = head.pack(folder / "stories.npz", {"idf": self.rarity}, {**self.card, "name": "stories"})
        return [head.save(self.themes, folder), head.save(self.stance, folder), words]


def train(examples_dir: Path = example.FOLDER, folds: Folds | None = None) -> Trained:
    """The heads for themes and stance, and how rare words are. ``folds`` gives each example the fold that it is judged
    in; without, `fold_of`.

    Raises:
        Misconfigured: an example is not as it should be (file and line).
    """
    order = tuple(fixed_themes())
    examples = example.load(examples_dir, order)
    readings = [read_text(f"{x.title}\n{x.summary}", x.language, x.text) for x in examples]
    parts = folds(examples) if folds else [fold_of(x) for x in examples]
    themed = _sheet(readings, [[theme in x.themes for theme in order] for x in examples], order, examples, parts)
    leaning = (*order, *seeds.SIGNS)
    about = np.array([row for row, x in enumerate(examples) if x.stance != example.NOT_ABOUT])
    stances = [[x.stance == stance for stance in example.STANCES] for x in examples]
    judged = _sheet(readings, stances, leaning, examples, parts).part(about)
    card = _card(examples_dir, examples)
    return Trained(
        themes=_head("themes", order, order, themed, card),
        stance=_head("stance", example.STANCES, leaning, judged, card),
        rarity=_rarity(examples),
        card=card,
    )


def _rarity(examples: Sequence[Example]) -> npt.NDArray[np.float32]:
    """How rare the words of stories are: idf by bucket, the highest for what no example says."""
    counts = np.zeros(BUCKETS)
    for one in examples:
        said = stories.terms(f"{one.title}\n{one.summary}")
        counts[np.unique([stories.place(term) for term in said])] += 1
    return (np.log((1 + len(examples)) / (1 + counts)) + 1).astype(np.float32)


def _card(folder: Path, examples: Sequence[Example]) -> dict[str, Any]:
    counted: dict[str, int] = {}
    for one in examples:
        counted[one.source] = counted.get(one.source, 0) + 1
    return {
        "form": FORM,
        "buckets": BUCKETS,
        "seeds": seeds.digest(),
        "examples": example.digest(folder),
        "lines": counted,
    }


def _sheet(
    readings: Sequence[Reading],
    answers: Sequence[Sequence[bool]],
    names: Sequence[str],
    examples: Sequence[Example],
    folds: Sequence[int],
) -> _Sheet:
    scores = seed_scores(readings, names)
    weights = np.array([WEIGHTS.get(x.source, 1.0) for x in examples])
    return _Sheet(
        readings, scores, np.array(answers), weights, np.array(folds), np.array([x.language for x in examples])
    )


def fold_of(one: Example) -> int:
    """The fold of a line: by its text, so that a new line elsewhere moves no other."""
    return hashlib.sha256(f"{one.title}\n{one.summary}".encode()).digest()[0] % FOLDS


def _head(name: str, labels: Sequence[str], names: Sequence[str], sheet: _Sheet, card: dict[str, Any]) -> Head:
    found = calibrate(name, Unseen(_unseen(sheet), sheet.answers, sheet.weights, sheet.languages))
    idf = idf_of(sheet.readings)
    weights, bias = _fit(sheet, idf)
    words, word_scale = stepped(weights[:BUCKETS])
    chars, char_scale = stepped(weights[BUCKETS : 2 * BUCKETS])
    return Head(
        name=name,
        labels=tuple(labels),
        names=tuple(names),
        languages=example.LANGUAGES,
        words=words,
        chars=chars,
        scale=np.stack([word_scale, char_scale]),
        idf=idf,
        seeds=weights[2 * BUCKETS :].astype(np.float32),
        bias=bias.astype(np.float32),
        slope=found.slope,
        shift=found.shift,
        calm=found.calm,
        least=found.least,
        card=card | {"unseen": _figures(found, sheet)},
    )


def _unseen(sheet: _Sheet) -> Floats:
    """Raw scores (rows, labels), each from a fit on the other folds."""
    scores = np.zeros(sheet.answers.shape)
    for fold in range(FOLDS):
        taught, asked = np.flatnonzero(sheet.folds != fold), np.flatnonzero(sheet.folds == fold)
        idf = idf_of(sheet.part(taught).readings)
        weights, bias = _fit(sheet.part(taught), idf)
        if asked.size:
            scores[asked] = _features(sheet.part(asked), idf) @ weights + bias
    return scores


def idf_of(readings: Sequence[Reading]) -> npt.NDArray[np.float32]:
    """(2, buckets); an n-gram never seen weighs nothing, or new words would drown the known ones."""
    rows = [[reading.words for reading in readings], [reading.chars for reading in readings]]
    seen = [np.bincount(np.concatenate([np.unique(b.places) for b in row]), minlength=BUCKETS) for row in rows]
    counts = np.array(seen)
    return np.where(counts > 0, np.log((1 + len(readings)) / (1 + counts)) + 1, 0).astype(np.float32)


def _features(sheet: _Sheet, idf: npt.NDArray[np.float32]) -> sparse.csr_array[np.float64]:
    return features(sheet.readings, sheet.seeds, idf)


def _fit(sheet: _Sheet, idf: npt.NDArray[np.float32]) -> tuple[Floats, Floats]:
    """Weights (features, labels) and bias, one against the rest."""
    from sklearn.linear_model import LogisticRegression

    features = _features(sheet, idf)
    weights, bias = np.zeros((features.shape[1], sheet.answers.shape[1])), np.zeros(sheet.answers.shape[1])
    for column in range(sheet.answers.shape[1]):
        if one_sided(sheet.answers[:, column]):
            bias[column] = _NEVER
            continue
        model = LogisticRegression(solver="liblinear", dual=True, C=COST, max_iter=3000, random_state=0)
        model.fit(features, sheet.answers[:, column], sample_weight=sheet.weights)
        weights[:, column], bias[column] = model.coef_[0], model.intercept_[0]
    return weights, bias


def _figures(found: Calibration, sheet: _Sheet) -> dict[str, dict[str, float]]:
    """How the head did on the folds it had not seen, by language, for the card."""
    least = found.least[[example.LANGUAGES.index(language) for language in sheet.languages]]
    groups = {language: sheet.languages == language for language in sorted(set(sheet.languages.tolist()))}
    groups["all"] = np.ones(len(sheet.readings), dtype=np.bool_)
    return {name: _figures_of(found.chances[at], sheet.answers[at], least[at]) for name, at in groups.items()}


def _figures_of(chances: Floats, answers: npt.NDArray[np.bool_], least: Floats) -> dict[str, float]:
    """``micro_f1`` counts what is named as the product names it; ``best_right``: the likeliest label is right;
    ``answered``: the share of rows whose likeliest label, of all labels together, is likely enough to be named alone,
    and ``answered_right`` of these.
    """
    said = chances >= least[:, np.newaxis]
    right = float((said & answers).sum())
    first = answers[np.arange(len(answers)), chances.argmax(axis=1)]
    named = chances.max(axis=1) / chances.sum(axis=1) >= least
    return {
        "rows": len(answers),
        "micro_f1": round(2 * right / max(1.0, float(said.sum() + answers.sum())), 3),
        "best_right": round(float(first.mean()), 3),
        "answered": round(float(named.mean()), 3),
        "answered_right": round(float(first[named].mean()) if named.any() else 0.0, 3),
    }


def main(arguments: Sequence[str]) -> int:
    """Train and write the models beside this file, or where the second argument says."""
    source = Path(arguments[0]) if arguments else example.FOLDER
    target = Path(arguments[1]) if len(arguments) > 1 else head.FOLDER
    trained = train(source)
    for path in trained.save(target):
        sys.stdout.write(f"{path}: {path.stat().st_size:,} bytes\n")
    for one in (trained.themes, trained.stance):
        sys.stdout.write(f"{one.name}, on folds it had not seen: {one.card['unseen']['all']}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
