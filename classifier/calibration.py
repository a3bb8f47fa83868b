"""From raw scores to chances, and from chances to what is said: fitted on folds that were not trained on.

Three steps: a line for each label (its raw score to log-odds), a line for each language over all its labels (a
language of few examples is judged by what others taught, and in a script of its own by little but seeds and signs, so
the same score says less or more there), and for each language the chance from which something is said.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from classifier import stance, themes
from classifier.example import LANGUAGES
from classifier.features import Floats

Answers = npt.NDArray[np.bool_]
_Chooser = Callable[[Floats, Answers], float]
Small = npt.NDArray[np.float32]

_CALM = 1.0  # C of the fits
_HOME = "vi"

# Real headlines are harder than written ones, and speak of fewer themes: (factor, shift) of the log-odds in
# Vietnamese, fitted on 127 real headlines about the province that are neither in the examples nor in the gold set.
# The chance from which something is said was chosen with them; for other languages there is nothing of the kind.
_REAL = {"themes": (1.0, -0.3), "stance": (0.75, 0.0)}
_SAID = {"themes": themes.THRESHOLD, "stance": stance.THRESHOLD}

_RIGHT = 0.8  # of the stances that are named: below it a suggestion costs a reader more than it gives
_GRID = np.arange(0.20, 0.81, 0.02)


@dataclass(frozen=True, slots=True)
class Unseen:
    """Raw scores (rows, labels) of rows by a head that was not trained on them, and what is true of them."""

    scores: Floats
    answers: Answers
    weights: Floats
    languages: npt.NDArray[np.str_]


@dataclass(frozen=True, slots=True)
class Calibration:
    """The arrays of a head; ``chances`` are those of the rows it was fitted on."""

    slope: Small
    shift: Small
    calm: Small
    least: Small
    chances: Floats


def calibrate(name: str, unseen: Unseen) -> Calibration:
    """``name`` is that of the head: themes are named each on its own, of the stances one."""
    lines = [
        _line(unseen.scores[:, [n]], unseen.answers[:, [n]], unseen.weights) for n in range(unseen.scores.shape[1])
    ]
    slope, shift = np.array(lines, dtype=np.float32).T
    odds = slope * unseen.scores + shift
    calm = np.array([_of_language(name, odds, unseen, language) for language in LANGUAGES], dtype=np.float32)
    of_row = calm[[LANGUAGES.index(language) for language in unseen.languages]]
    chances = np.asarray(1 / (1 + np.exp(-(of_row[:, [0]] * odds + of_row[:, [1]]))), dtype=np.float64)
    choose = _best_f1 if name == "themes" else _right_enough
    least = np.array([_from(name, choose, chances, unseen, language) for language in LANGUAGES], dtype=np.float32)
    return Calibration(slope, shift, calm, least, chances)


def _line(scores: Floats, answers: Answers, weights: Floats) -> tuple[float, float]:
    from sklearn.linear_model import LogisticRegression

    if one_sided(answers):
        return 1.0, 0.0
    model = LogisticRegression(C=_CALM, max_iter=1000)
    model.fit(scores.reshape(-1, 1), answers.ravel(), sample_weight=np.repeat(weights, scores.shape[1]))
    return float(model.coef_[0][0]), float(model.intercept_[0])


def one_sided(answers: npt.NDArray[Any]) -> bool:
    """No example has the label (or, in the smallest sets, all have): nothing can be learned of it."""
    return bool(not answers.size or answers.all() == answers.any())


def _of_language(name: str, odds: Floats, unseen: Unseen, language: str) -> tuple[float, float]:
    at = unseen.languages == language
    factor, more = _line(odds[at], unseen.answers[at], unseen.weights[at])
    real, shift = _REAL[name] if language == _HOME else (1.0, 0.0)
    return factor * real, more * real + shift


def _from(
    name: str, choose: Callable[[Floats, Answers], float], chances: Floats, unseen: Unseen, language: str
) -> float:
    at = unseen.languages == language
    if language == _HOME or one_sided(unseen.answers[at]):
        return _SAID[name]
    return choose(chances[at], unseen.answers[at])


def _best_f1(chances: Floats, answers: Answers) -> float:
    f1 = [2 * (answers & (chances >= t)).sum() / (answers.sum() + (chances >= t).sum()) for t in _GRID]
    return float(_GRID[int(np.argmax(f1))])


def _right_enough(chances: Floats, answers: Answers) -> float:
    """The lowest chance at which enough of what is named is right."""
    shares = chances / chances.sum(axis=1, keepdims=True)
    best, right = shares.max(axis=1), answers[np.arange(len(answers)), shares.argmax(axis=1)]
    held = (t for t in _GRID if (best >= t).any() and right[best >= t].mean() >= _RIGHT)
    return float(next(held, _GRID[-1]))
