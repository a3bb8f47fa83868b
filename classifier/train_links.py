"""Learn how much each shared fact says that two articles in different languages tell of one event:
`python -m classifier.train_links` writes ``models/links.json``.

Learned from `classifier/events` alone: pairs of one event, pairs of two events of a family, and strangers. The chance
from which two are linked is the lowest at which no more than `WRONG` of the pairs that were named on unseen families
are wrong; a wrong link costs a reader more than a missing one.
"""

from __future__ import annotations

import hashlib
import json
import sys
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt

from classifier import encoder, events, links
from classifier.growing import WINDOW
from classifier.places import Gazetteer
from classifier.versions import version
from diembao.plan.reader import profile

WRONG: Final = 0.02
FOLDS: Final = 7  # of families: no pair is judged by weights that saw its family
_PENALTY: Final = 3.0  # inverse; between 1 and 10 the figures are the same
_STRANGERS: Final = 0.3  # weight of a pair of strangers against one of a family: there are twenty times as many
_GRID: Final = np.arange(0.5, 0.99, 0.01)

Floats = npt.NDArray[np.float64]


def learned(path: Path) -> dict[str, object]:
    from sklearn.linear_model import LogisticRegression

    told, reader = events.load(path), links.Reader([Gazetteer(profile("gia-lai"))])
    read = {one.article.id: reader.read(one.article) for one in told}
    found = list(events.pairs(told, WINDOW))
    both = [links.shared(read[pair.one.article.id], read[pair.other.article.id]) for pair in found]
    given = np.array(
        [links.signs(read[p.one.article.id], read[p.other.article.id], b) for p, b in zip(found, both, strict=True)]
    )
    same = np.array([pair.same for pair in found])
    weight = np.where(same | np.array([pair.hard for pair in found]), 1.0, _STRANGERS)
    families = sorted({one.family for one in told})
    fold = np.array([families.index(pair.one.family) % FOLDS for pair in found])
    checkable = np.array([one.checkable for one in both])

    def head() -> LogisticRegression:
        return LogisticRegression(C=_PENALTY, max_iter=1000)

    unseen = np.zeros(len(found))
    for held in range(FOLDS):
        mine = fold != held
        unseen[~mine] = head().fit(given[mine], same[mine], weight[mine]).predict_proba(given[~mine])[:, 1]
    unseen = np.where(checkable, unseen, 0.0)
    least = _least(unseen, same)
    whole = head().fit(given, same, weight)
    named = unseen >= least
    return {
        "weights": dict(zip(links.SIGNS, np.round(whole.coef_[0], 4).tolist(), strict=True)),
        "bias": round(float(whole.intercept_[0]), 4),
        "least": least,
        "events": hashlib.sha256(path.read_bytes()).hexdigest(),
        "encoder": version(str(encoder.SHIPPED), 0),
        "unseen": {
            "pairs": len(found),
            "same": int(same.sum()),
            "precision": round(float(same[named].mean()), 3),
            "recall": round(float(named[same].mean()), 3),
        },
    }


def _least(chances: Floats, same: npt.NDArray[np.bool_]) -> float:
    fine = [least for least in _GRID if not (chances >= least).any() or same[chances >= least].mean() >= 1 - WRONG]
    return round(float(min(fine)), 2)


def main() -> int:
    card = learned(events.FOLDER / "events.jsonl")
    written = json.dumps(card, ensure_ascii=False, indent=1, sort_keys=True)
    card["digest"] = hashlib.sha256(written.encode()).hexdigest()
    links.MODEL.write_text(json.dumps(card, ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    sys.stdout.write(f"{json.dumps(card['unseen'])}, from {card['least']}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
