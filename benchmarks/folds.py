"""The heads' five folds by story: ``python -m benchmarks.folds [--like .75]``.

As in training each example is judged by a head that was not trained on its fold, but lines that tell nearly the same
(the encoder's vectors are as like as that) and share a theme are in one fold, in whatever languages they are. Prints
one JSON object: for each head the figures of its card, by language; and what was put together.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Sequence

import numpy as np

from classifier import head
from classifier.example import Example
from classifier.static import StaticEncoder
from classifier.training import fold_of, train

LIKE = 0.75
BLOCK = 512  # lines compared at once


def stories(examples: Sequence[Example], like: float) -> list[int]:
    """For each line the first line of what it tells: near lines, and what is near those, are one."""
    vectors = StaticEncoder(head.FOLDER / "encoder").encode([f"{x.title}\n{x.summary}" for x in examples])
    first = list(range(len(examples)))

    def root(row: int) -> int:
        while first[row] != row:
            first[row] = first[first[row]]
            row = first[row]
        return row

    for start in range(0, len(examples), BLOCK):
        rows, others = np.nonzero(vectors[start : start + BLOCK] @ vectors.T >= like)
        for row, other in zip((rows + start).tolist(), others.tolist(), strict=True):
            if row < other and set(examples[row].themes) & set(examples[other].themes):
                first[root(row)] = root(other)
    return [root(row) for row in range(len(examples))]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--like", type=float, default=LIKE)
    like = parser.parse_args().like
    sizes: Counter[int] = Counter()

    def by_story(examples: Sequence[Example]) -> list[int]:
        told = stories(examples, like)
        sizes.update(told)
        return [fold_of(examples[first]) for first in told]

    trained = train(folds=by_story)
    found = {one.name: one.card["unseen"] for one in (trained.themes, trained.stance)}
    together = {"stories": sum(n > 1 for n in sizes.values()), "largest": max(sizes.values())}
    sys.stdout.write(json.dumps({"together": together, **found}) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
