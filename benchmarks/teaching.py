"""What corrections teach, and what teaching costs: ``python -m benchmarks.teaching [--gold FILE]``.

Cost: 2,000 of the program's own examples as corrections, processor seconds of the first retraining, which reads them
all, of the one after one more article was corrected in themes and stance, and of the one after a theme alone was
corrected; each with its heads saved. Worth: the head is taught with four fifths of a gold set (JSON lines as `diembao
eval judge` reads them) and asked for the fifth it was not shown.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from classifier import example, floors, head, kept, quality
from classifier.features import Reading, read_text
from classifier.teaching import Lesson, Pair, names, teach
from diembao.plan.reader import themes

MOST, FOLDS = 2000, 5


class Teaching:
    """Retrainings one after the other in a folder of their own."""

    def __init__(self, shipped: Pair, folder: Path) -> None:
        self._shipped, self._names, self._folder = shipped, names(shipped), folder
        self._last: Pair | None = None

    def again(self, chosen: Sequence[example.Example]) -> dict[str, float]:
        """Processor seconds of the rows, of the heads, and of saving them."""
        began = time.process_time()
        rows = kept.rows([_text(x) for x in chosen], self._names, self._folder / "rows.npz")
        read = time.process_time()
        self._last = teach(self._shipped, _lessons(rows, chosen), {}, self._last)
        taught = time.process_time()
        for one in self._last:
            head.save(one, self._folder, small=False)
        return {"read": read - began, "teach": taught - read, "save": time.process_time() - taught}


def cost(shipped: Pair) -> dict[str, Any]:
    written = example.load(example.FOLDER, tuple(themes()))
    order = np.random.default_rng(0).permutation(len(written))
    leaning = next(n for n in order[MOST:] if written[n].stance in example.STANCES and len(written[n].themes) > 1)
    chosen, one = [written[n] for n in order[:MOST]], written[leaning]
    with TemporaryDirectory() as first, TemporaryDirectory() as folder:
        Teaching(shipped, Path(first)).again(chosen[:10])  # imports
        house = Teaching(shipped, Path(folder))
        found = {"first": house.again(chosen), "one_more": house.again([one, *chosen[1:]])}
        less = dataclasses.replace(one, themes=one.themes[:-1])
        found["one_theme"] = house.again([less, *chosen[1:]])
    return {"examples": len(written), "corrections": MOST} | found


def _lessons(rows: Sequence[kept.KeptRow], chosen: Sequence[example.Example]) -> list[Lesson]:
    """As if a theme had been taken away from each, so that there is something to learn."""
    return [
        Lesson(row, frozenset(x.themes[1:]), x.stance if x.stance in example.STANCES else None)
        for row, x in zip(rows, chosen, strict=True)
    ]


def _text(one: example.Example) -> tuple[str, str]:
    return f"{one.title}\n{one.summary}", one.language


def worth(shipped: Pair, gold: Path) -> dict[str, dict[str, float]]:
    """Figures before and after, each article asked of heads that were not shown it."""
    lines = [json.loads(line) for line in gold.read_text(encoding="utf-8").splitlines()]
    about = [one for one in lines if one["stance"] in example.STANCES]
    texts = [(f"{one['title']}\n{one['summary']}", "vi") for one in about]
    readings = [read_text(*text) for text in texts]
    rows = kept.rows(texts, names(shipped))
    lessons = [Lesson(row, frozenset(x["themes"]), x["stance"]) for row, x in zip(rows, about, strict=True)]
    before, after = [shipped] * len(about), [shipped] * len(about)
    order = np.random.default_rng(0).permutation(len(about))
    for fold in np.array_split(order, FOLDS):
        taught = teach(shipped, [lessons[n] for n in sorted(set(order) - set(fold))], {})
        for n in fold:
            after[n] = taught
    return {"before": _figures(before, readings, about), "after": _figures(after, readings, about)}


def _figures(heads: Sequence[Pair], readings: Sequence[Reading], about: Sequence[dict[str, Any]]) -> dict[str, float]:
    named = [floors.named(pair[0], reading) for pair, reading in zip(heads, readings, strict=True)]
    said = [{floors.chosen(pair[1], reading)[0]} for pair, reading in zip(heads, readings, strict=True)]
    return {
        "themes_micro_f1": quality.micro_f1([set(one["themes"]) for one in about], named),
        "stance_macro_f1": quality.macro_f1([{one["stance"]} for one in about], said),
    }


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--gold", type=Path)
    asked = parser.parse_args()
    shipped = head.load(head.FOLDER / "themes.npz"), head.load(head.FOLDER / "stance.npz")
    found: dict[str, object] = {"cost": cost(shipped)}
    if asked.gold:
        found["worth"] = worth(shipped, asked.gold)
    sys.stdout.write(json.dumps(found, indent=1) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
