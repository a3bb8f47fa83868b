"""Would ranks by meaning help words? Ranks of both, put together by reciprocal ranks, at several weights.

    python -m benchmarks.hybrid --passages FILE --queries FILE

As `eval search` (JSON lines `pid, text` and `qid, query, relevant_pid`); the two may be of different languages. An
article's share is 1 / (60 + its rank by words) + weight / (60 + its rank by meaning). One JSON object: for each weight,
and for meaning alone, how often the right passage comes first and among the first ten; for each floor, the same for the
weight of `pipeline.meaning` where passages without its words that are less like the question are left out, and how many
of 200 are as like it.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from diembao.app.evaluation.records import read
from diembao.app.evaluation.searching import Question, load
from diembao.core.document import Document
from diembao.core.question import any_word
from diembao.core.settings import Settings
from diembao.pipeline.encoding import ENCODED
from diembao.pipeline.meaning import WEIGHT
from diembao.pipeline.wiring import Installation, open_installation

WEIGHTS: Final = (0.0, 0.1, 0.25, 0.5, 1.0)
DAMPED: Final = 60  # added to each rank, as in the paper that proposed it (Cormack and others, 2009)
LOOKED_AT: Final = 200  # of each ranking
TEN: Final = 10
FLOORS: Final = (-1.0, 0.1, 0.15, 0.2, 0.25)
Ranked = Sequence[str]
Scored = Mapping[str, float]


def together(words: Ranked, meaning: Ranked, of_words: float, of_meaning: float) -> list[str]:
    shares: defaultdict[str, float] = defaultdict(float)
    for ranked, weight in ((words, of_words), (meaning, of_meaning)):
        for rank, name in enumerate(ranked, 1):
            shares[name] += weight / (DAMPED + rank)
    return [name for name in sorted(shares, key=lambda name: (-shares[name], name)) if name and shares[name]][:TEN]


def rankings(house: Installation, names: Sequence[str], queries: Sequence[Question]) -> list[tuple[Ranked, Scored]]:
    """By words and by meaning, for each question, the best first."""
    if house.encoder is None or house.vectors is None:
        return []
    asked = [(any_word(one.query), house.encoder.encode([one.query])[0]) for one in queries]
    plain = {f"{number:016x}": name for number, name in enumerate(names)}
    return [
        (
            [hit.id for hit in house.index.search(tree, limit=LOOKED_AT).hits] if tree.should else [],
            {plain[hit.id]: hit.score for hit in house.vectors.search(vector, LOOKED_AT)},
        )
        for tree, vector in asked
    ]


def share(found: Sequence[Ranked], queries: Sequence[Question]) -> dict[str, float]:
    first = sum(one.relevant_pid in ranked[:1] for ranked, one in zip(found, queries, strict=True))
    ten = sum(one.relevant_pid in ranked for ranked, one in zip(found, queries, strict=True))
    return {"r_at_1": round(first / len(queries), 3), "r_at_10": round(ten / len(queries), 3)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--passages", type=Path, required=True)
    parser.add_argument("--queries", type=Path, required=True)
    given = parser.parse_args()
    passages, _ = load(given.passages, given.queries)
    queries, now = read(given.queries, Question), datetime.now(UTC)
    with tempfile.TemporaryDirectory() as folder, open_installation(Settings(home=Path(folder))) as house:
        house.index.put(Document(one.pid, "", "", one.text, now, now) for one in passages)
        if house.encoder is not None and house.vectors is not None:
            ids = [f"{number:016x}" for number in range(len(passages))]
            house.vectors.put(ids, house.encoder.encode([one.text[:ENCODED] for one in passages]))
        pairs = rankings(house, [one.pid for one in passages], queries)
    ranked = [(words, list(meaning)) for words, meaning in pairs]
    figures = {str(weight): share([together(*pair, 1, weight) for pair in ranked], queries) for weight in WEIGHTS}
    alone = share([together(*pair, 0, 1) for pair in ranked], queries)
    floors = {str(floor): _over(floor, pairs, queries) for floor in FLOORS}
    print(json.dumps({"n": len(queries), "weights": figures, "meaning": alone, "floors": floors}, indent=1))


def _over(floor: float, pairs: Sequence[tuple[Ranked, Scored]], queries: Sequence[Question]) -> dict[str, float]:
    """What is left out leaves its rank empty."""
    left = [
        (words, [name if score >= floor or name in words else "" for name, score in meaning.items()])
        for words, meaning in pairs
    ]
    found = share([together(*pair, 1, WEIGHT) for pair in left], queries)
    like = sum(score >= floor for _, meaning in pairs for score in meaning.values())
    return found | {"as_like": round(like / len(pairs), 1)}


if __name__ == "__main__":
    main()
