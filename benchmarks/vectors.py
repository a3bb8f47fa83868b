"""Would the encoder's vectors help the heads? ``python -m benchmarks.vectors [--gold FILE] [--weight 0.3 1.0]``.

Trains the heads on the project's own examples as `classifier.training` does, without vectors and with those of the
shipped encoder as further features of so much length, and asks each for the folds it was not taught and for a gold
set (JSON lines as `diembao eval judge` reads them), which nothing is fitted on. Prints one JSON object.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import sparse
from sklearn.linear_model import LogisticRegression

from classifier import example, quality, seeds
from classifier.calibration import Calibration, Unseen, calibrate
from classifier.example import Example
from classifier.features import Floats, read_text
from classifier.rows import features, seed_scores
from classifier.static import StaticEncoder
from classifier.training import COST, FOLDS, WEIGHTS, fold_of, idf_of
from diembao.plan.reader import themes

ENCODER = Path(example.__file__).with_name("models") / "encoder"


class Course:
    """Examples as they are learned from, once for all weights of the vectors."""

    def __init__(self, examples: Sequence[Example], answers: npt.NDArray[np.bool_], names: Sequence[str]) -> None:
        texts = [f"{x.title}\n{x.summary}" for x in examples]
        self.readings = [read_text(text, x.language) for text, x in zip(texts, examples, strict=True)]
        self.vectors = np.asarray(StaticEncoder(ENCODER).encode(texts), dtype=np.float64)
        self.seeds, self.answers = seed_scores(self.readings, names), answers
        self.weights = np.array([WEIGHTS.get(x.source, 1.0) for x in examples])
        self.folds = np.array([fold_of(x) for x in examples])
        self.languages = np.array([x.language for x in examples])

    def rows(self, idf: npt.NDArray[np.float32], at: npt.NDArray[np.int64], weight: float) -> Any:  # noqa: ANN401 (sparse)
        whole = features([self.readings[n] for n in at], self.seeds[at], idf)
        if not weight:
            return whole
        both = sparse.csr_array(sparse.hstack([whole, sparse.csr_array(weight * self.vectors[at])]))
        both.indices, both.indptr = both.indices.astype(np.int32), both.indptr.astype(np.int32)
        return both

    def raw(self, taught: npt.NDArray[np.int64], asked: Course, at: npt.NDArray[np.int64], weight: float) -> Floats:
        """Raw scores of ``asked``'s items by a fit on these of ours."""
        idf = idf_of([self.readings[n] for n in taught])
        known, wanted = self.rows(idf, taught, weight), asked.rows(idf, at, weight)
        scores = np.zeros((len(at), self.answers.shape[1]))
        for column in range(self.answers.shape[1]):
            model = LogisticRegression(solver="liblinear", dual=True, C=COST, max_iter=3000, random_state=0)
            model.fit(known, self.answers[taught, column], sample_weight=self.weights[taught])
            scores[:, column] = model.decision_function(wanted)
        return scores

    def unseen(self, weight: float) -> Floats:
        scores = np.zeros(self.answers.shape)
        for fold in range(FOLDS):
            taught, asked = np.flatnonzero(self.folds != fold), np.flatnonzero(self.folds == fold)
            scores[asked] = self.raw(taught, self, asked, weight)
        return scores


def judged(name: str, course: Course, gold: Course | None, weight: float) -> dict[str, float]:
    """By language micro-F1 of themes, macro-F1 of the likeliest stance; ``gold``: the same of the gold set."""
    raw = course.unseen(weight)
    found = calibrate(name, Unseen(raw, course.answers, course.weights, course.languages))
    figures = {}
    for language in example.LANGUAGES:
        at = course.languages == language
        least = float(found.least[example.LANGUAGES.index(language)])
        figures[language] = _figure(name, found.chances[at], course.answers[at], least)
    if gold is not None:
        every = np.arange(len(course.readings))
        scores = course.raw(every, gold, np.arange(len(gold.readings)), weight)
        figures["gold"] = _figure(name, _chances(found, scores), gold.answers, float(found.least[0]))
    return {key: round(value, 3) for key, value in figures.items()}


def _chances(found: Calibration, scores: Floats) -> Floats:
    home = example.LANGUAGES.index("vi")
    odds = found.calm[home, 0] * (found.slope * scores + found.shift) + found.calm[home, 1]
    return np.asarray(1 / (1 + np.exp(-odds)), dtype=np.float64)


def _figure(name: str, chances: Floats, answers: npt.NDArray[np.bool_], least: float) -> float:
    if name == "themes":
        said = chances >= least
        return float(2 * (said & answers).sum() / max(1, said.sum() + answers.sum()))
    best = chances.argmax(axis=1)
    true = [{str(n)} for n in answers.argmax(axis=1)]
    return quality.macro_f1(true, [{str(n)} for n in best])


def read(path: Path) -> list[Example]:
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [
        Example("gold", n, "vi", x["title"], x["summary"], tuple(x["themes"]), x["stance"], "", x["gialai"])
        for n, x in enumerate(lines, start=1)
        if x["gialai"] != "no"
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", type=Path)
    parser.add_argument("--weight", type=float, nargs="*", default=[0.3, 1.0])
    asked = parser.parse_args()
    order = tuple(themes())
    examples = example.load(example.FOLDER, order)
    gold = read(asked.gold) if asked.gold else []
    found: dict[str, Any] = {}
    for name in ("themes", "stance"):
        names = order if name == "themes" else (*order, *seeds.SIGNS)
        courses = []
        for items in (examples, gold):
            kept = [x for x in items if name == "themes" or x.stance in example.STANCES]
            answers = [
                [theme in x.themes for theme in order] if name == "themes" else [x.stance == s for s in example.STANCES]
                for x in kept
            ]
            courses.append(Course(kept, np.array(answers, dtype=np.bool_), names) if kept else None)
        taught, held = courses
        assert taught is not None  # noqa: S101 (the examples are never none)
        found[name] = {weight: judged(name, taught, held, weight) for weight in (0.0, *asked.weight)}
        print(name, json.dumps(found[name]), flush=True)
    print(json.dumps(found, indent=1))


if __name__ == "__main__":
    main()
