"""What corrections teach, and what teaching costs: ``python -m benchmarks.teaching [--gold FILE]``.

Cost: 2,000 of the program's own examples as corrections, processor seconds of one retraining. Worth: the head is taught
with four fifths of a gold set (JSON lines as `diembao eval judge` reads them) and asked for the fifth it was not shown.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from classifier import example, floors, head, quality
from classifier.features import Reading, read_text
from classifier.head import Head
from classifier.teaching import Lesson, teach
from diembao.plan.reader import themes

MOST, FOLDS = 2000, 5
Pair = tuple[Head, Head]


def cost(shipped: Pair) -> dict[str, float]:
    """Processor seconds of reading the corrected articles, and of the two heads."""
    written = example.load(example.FOLDER, tuple(themes()))
    chosen = [written[n] for n in np.random.default_rng(0).permutation(len(written))[:MOST]]
    teach(*shipped, _lessons([_read(x.title, x.summary, x.language) for x in chosen[:10]], chosen[:10]), {})  # imports
    began = time.process_time()
    readings = [_read(x.title, x.summary, x.language) for x in chosen]
    read = time.process_time()
    teach(*shipped, _lessons(readings, chosen), {})
    return {"examples": len(written), "corrections": MOST, "read": read - began, "teach": time.process_time() - read}


def _lessons(readings: Sequence[Reading], chosen: Sequence[example.Example]) -> list[Lesson]:
    """As if a theme had been taken away from each, so that there is something to learn."""
    return [
        Lesson(reading, frozenset(x.themes[1:]), x.stance if x.stance in example.STANCES else None)
        for reading, x in zip(readings, chosen, strict=True)
    ]


def worth(shipped: Pair, gold: Path) -> dict[str, dict[str, float]]:
    """Figures before and after, each article asked of heads that were not shown it."""
    lines = [json.loads(line) for line in gold.read_text(encoding="utf-8").splitlines()]
    about = [one for one in lines if one["stance"] in example.STANCES]
    readings = [_read(one["title"], one["summary"], "vi") for one in about]
    lessons = [Lesson(r, frozenset(x["themes"]), x["stance"]) for r, x in zip(readings, about, strict=True)]
    before, after = [shipped] * len(about), [shipped] * len(about)
    order = np.random.default_rng(0).permutation(len(about))
    for fold in np.array_split(order, FOLDS):
        taught = teach(*shipped, [lessons[n] for n in sorted(set(order) - set(fold))], {})
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


def _read(title: str, summary: str, language: str) -> Reading:
    return read_text(f"{title}\n{summary}", language)


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
