"""Learn how much each sign says that coverage repeats an answered claim: `python -m classifier.train_repeats` writes
``models/repeats.json``.

Learned from `classifier/answered` alone: passages of a claim, and passages of other claims. A small forest, each of
whose signs may only speak for a match or only against it (`repeats.MORE`, `repeats.LESS`). The chance from which there
is a match is the lowest at which no more than `WRONG` of the matches on unseen claims are wrong.
"""

from __future__ import annotations

import hashlib
import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from classifier import answered, encoder, repeats
from classifier.places import Gazetteer
from classifier.said import Reader
from classifier.versions import version
from diembao.plan.reader import profile

WRONG: Final = 0.06
FOLDS: Final = 10  # of claims: no pair is judged by a forest that saw its claim or its passage
_STRANGERS: Final = 0.1  # weight of a passage of another claim: there are thirty times as many
_GRID: Final = np.arange(0.3, 0.95, 0.01)
_DIGITS: Final = 5

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Pairs:
    signs: Floats
    again: Flags
    own: Flags  # the passage is of this claim, not of another
    claim: npt.NDArray[np.int64]
    of: npt.NDArray[np.int64]  # the claim whose passage it is
    checkable: Flags


def pairs_of(claims: list[answered.Claimed]) -> Pairs:
    reader = Reader([Gazetteer(profile("gia-lai"))])
    said = [reader.said(each.quote, each.language, each.said_at, each.answer) for each in claims]
    found: list[tuple[repeats.Compared, bool, bool, int, int]] = []
    for of, claim in enumerate(claims):
        for told in claim.passages:
            windows = repeats.Windows(reader.coverage(told.article))
            for at, each in enumerate(said):
                near = windows.coverage.vectors @ each.claim.vector
                found.append((repeats.compared(each, windows, near), at == of and told.again, at == of, at, of))
    pairs, again, own, claim_at, of_at = zip(*found, strict=True)
    return Pairs(
        np.array([each.signs for each in pairs]),
        np.array(again),
        np.array(own),
        np.array(claim_at),
        np.array(of_at),
        np.array([each.checkable for each in pairs]),
    )


def learned(path: Path) -> dict[str, Any]:
    given = pairs_of(answered.load(path))
    weight = np.where(given.own, 1.0, _STRANGERS)
    unseen = np.zeros(len(given.again))
    for held in range(FOLDS):
        mine = (given.claim % FOLDS != held) & (given.of % FOLDS != held)
        asked = given.of % FOLDS == held
        forest = _forest().fit(given.signs[mine], given.again[mine], weight[mine])
        unseen[asked] = forest.predict_proba(given.signs[asked])[:, 1]
    unseen = np.where(given.checkable, unseen, 0.0)
    least = _least(unseen, given.again)
    whole = _forest().fit(given.signs, given.again, weight)
    named = unseen >= least
    return {
        "signs": list(repeats.SIGNS),
        "base": round(float(whole._baseline_prediction[0, 0]), _DIGITS),  # noqa: SLF001 (kept nowhere else)
        "trees": [_tree(each[0].nodes) for each in whole._predictors],  # noqa: SLF001 (kept nowhere else)
        "least": least,
        "answered": hashlib.sha256(path.read_bytes()).hexdigest(),
        "encoder": version(str(encoder.SHIPPED), 0),
        "unseen": {
            "pairs": int(given.own.sum()),
            "again": int(given.again.sum()),
            "precision": round(float(given.again[named].mean()), 3),
            "recall": round(float(named[given.again].mean()), 3),
        },
    }


def _forest() -> Any:  # noqa: ANN401 (scikit-learn publishes no types)
    from sklearn.ensemble import HistGradientBoostingClassifier

    sides = [*(1 for _ in repeats.MORE), *(0 for _ in repeats.EITHER), *(-1 for _ in repeats.LESS)]
    return HistGradientBoostingClassifier(
        max_depth=4,
        max_iter=80,
        min_samples_leaf=5,
        l2_regularization=1.0,
        monotonic_cst=sides,
        early_stopping=False,
        random_state=0,
    )


def _tree(nodes: Any) -> list[list[float]]:  # noqa: ANN401 (a structured array)
    return [
        [round(float(node["value"]), _DIGITS)]
        if node["is_leaf"]
        else [int(node["feature_idx"]), float(node["num_threshold"]), int(node["left"]), int(node["right"])]
        for node in nodes
    ]


def _least(chances: Floats, again: Flags) -> float:
    fine = [least for least in _GRID if not (chances >= least).any() or again[chances >= least].mean() >= 1 - WRONG]
    return round(float(min(fine)), 2)


def main() -> int:
    card = learned(answered.FOLDER / "taught.jsonl")
    written = json.dumps(card, sort_keys=True)
    card["digest"] = hashlib.sha256(written.encode()).hexdigest()
    repeats.MODEL.write_text(json.dumps(card, sort_keys=True, separators=(",", ":")) + "\n", encoding="utf-8")
    sys.stdout.write(f"{json.dumps(card['unseen'])}, from {card['least']}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
