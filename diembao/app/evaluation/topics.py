"""`eval topics`: how well the house's features tell topics apart, in each language.

Each language has a head of its own where the training set has labels enough, and else one learned from all
languages. With an encoder its vectors stand beside the n-grams.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from classifier import quality, trial
from diembao.app.evaluation.records import Record, Step, Text, read, refuse_one_label
from diembao.app.evaluation.surest import wrong_labels
from diembao.core.ports import Encoder


class Topical(Record):
    label: Text
    lang: Text
    text: Text


def load(train: Path, test: Path) -> tuple[list[Topical], list[Topical]]:
    learned, asked = read(train, Topical), read(test, Topical)
    refuse_one_label(train, (one.label for one in learned))
    return learned, asked


def measure(
    train: Sequence[Topical], test: Sequence[Topical], encoder: Encoder | None, step: Step, worst: int = 0
) -> dict[str, Any]:
    """``macro_f1`` by language, over the labels that its test items have; ``mean`` of the languages."""
    macro, right = {}, {}
    answers: list[tuple[str, float]] = [("", 0.0)] * len(test)
    everything: trial.Trial | None = None
    for language in sorted({one.lang for one in test}):
        rows = [row for row, one in enumerate(test) if one.lang == language]
        asked = [test[row] for row in rows]
        own = [one for one in train if one.lang == language]
        if len({one.label for one in own}) > 1:
            head = _learned(own, encoder)
        else:
            head = everything = everything or _learned(train, encoder)
        chances = head.chances(_texts(asked))
        said = [head.labels[column] for column in chances.argmax(axis=1)]
        for row, key, best in zip(rows, said, chances.max(axis=1).tolist(), strict=True):
            answers[row] = key, best
        true = [one.label for one in asked]
        macro[language] = quality.macro_f1([frozenset([x]) for x in true], [frozenset([x]) for x in said])
        right[language] = quality.accuracy(true, said)
        step(len(own) + len(asked))
    true, said, sure = [one.label for one in test], [key for key, _ in answers], [best for _, best in answers]
    return {
        "n": len(test),
        "trained_on": len(train),
        "mean": sum(macro.values()) / len(macro),
        "macro_f1": macro,
        "accuracy": right,
        "confusion": quality.confusion(true, said),
        **({"worst": wrong_labels([one.text for one in test], true, said, sure, worst)} if worst else {}),
    }


def _learned(items: Sequence[Topical], encoder: Encoder | None) -> trial.Trial:
    return trial.learn(_texts(items), [one.label for one in items], encoder=encoder)


def _texts(items: Sequence[Topical]) -> list[trial.Text]:
    return [trial.Text((one.text,), one.lang) for one in items]
