"""`eval stance`: how well the house's features tell what a text says of one name in it, once they have learned it.

A trial of the features, not of the product's own head: that one knows the province alone (`eval judge`).
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from classifier import quality, trial
from classifier.stance import THRESHOLD
from diembao.app.evaluation.records import Name, Record, Step, Text, Words, read, refuse_one_label
from diembao.app.evaluation.surest import wrong_labels
from diembao.core.article import Stance
from diembao.core.ports import Encoder


class Aimed(Record):
    text: Text
    target: Words
    label: Name


def load(train: Path, test: Path) -> tuple[list[Aimed], list[Aimed]]:
    learned, asked = read(train, Aimed), read(test, Aimed)
    refuse_one_label(train, (one.label for one in learned))
    return learned, asked


def measure(
    train: Sequence[Aimed], test: Sequence[Aimed], encoder: Encoder | None, step: Step, worst: int = 0
) -> dict[str, Any]:
    """``coverage`` is the share of items for which the likeliest label is as likely as the product asks for."""
    head = trial.learn(_texts(train), [one.label for one in train], encoder=encoder)
    step(len(train))
    chances = head.chances(_texts(test))
    step(len(test))
    said = [head.labels[column] for column in chances.argmax(axis=1)]
    best = chances.max(axis=1).tolist()
    silent = [key if chance >= THRESHOLD else Stance.ABSTAIN for key, chance in zip(said, best, strict=True)]
    true = [one.label for one in test]
    coverage, right = quality.covered(true, silent, Stance.ABSTAIN)
    sets = [frozenset([key]) for key in true], [frozenset([key]) for key in said]
    return {
        "n": len(test),
        "trained_on": len(train),
        "macro_f1": quality.macro_f1(*sets),
        "accuracy": quality.accuracy(true, said),
        "coverage": coverage,
        "accuracy_covered": right,
        "by_label": {name: score.f1 for name, score in quality.per_label(*sets).items()},
        "confusion": quality.confusion(true, said),
        **({"worst": wrong_labels([_about(x) for x in test], true, said, best, worst)} if worst else {}),
    }


def _about(one: Aimed) -> str:
    return f"{one.target}: {one.text}"


def _texts(items: Sequence[Aimed]) -> list[trial.Text]:
    return [trial.Text(trial.around(one.text, one.target)) for one in items]
