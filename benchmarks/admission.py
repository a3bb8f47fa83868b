"""How often heads taught with right corrections, and with corrections turned round, are kept aside:
``python -m benchmarks.admission GOLD [--draws N]``.

GOLD is JSON lines as `diembao eval judge` reads them. For each kind and number of corrections N draws are taught, and
counted is how many themes heads and stance heads of them are kept aside. Prints one JSON object.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import random
import sys
from collections.abc import Sequence
from pathlib import Path

from benchmarks.datasets import lines
from classifier import admission, example, floors, head, kept
from classifier.features import read_text
from classifier.teaching import Lesson, Pair, names, teach
from diembao.core.faults import PARTS
from diembao.plan.reader import themes

UNSEEN = floors.FOLDER / "headlines" / "headlines.jsonl"
FEW, MANY = (5, 10, 20, 40), (10, 20, 40, 80)
TURNED = {"positive": "critical", "critical": "neutral", "neutral": "positive"}
_Said = tuple[str, str, frozenset[str], str]  # text, language, themes, stance


def said(path: Path) -> list[_Said]:
    return [
        (f"{one['title']}\n{one['summary']}", one.get("language", "vi"), frozenset(one["themes"]), one["stance"])
        for one in lines(path)
        if one["stance"] in example.STANCES
    ]


def lessons(shipped: Pair, found: Sequence[_Said]) -> list[Lesson]:
    rows = kept.rows([(text, language) for text, language, _, _ in found], names(shipped))
    return [Lesson(row, named, stance) for row, (_, _, named, stance) in zip(rows, found, strict=True)]


def wrong_ones(shipped: Pair, found: Sequence[_Said]) -> list[int]:
    """Of which the machine has a theme or the stance wrong."""
    readings = [read_text(text, language) for text, language, _, _ in found]
    return [
        n
        for n, (reading, (_, _, named, stance)) in enumerate(zip(readings, found, strict=True))
        if floors.named(shipped[0], reading) != named or floors.chosen(shipped[1], reading)[0] != stance
    ]


def turned(one: Lesson, rng: random.Random) -> Lesson:
    """Other themes, as many, and another stance."""
    named = one.themes or frozenset()
    others = rng.sample(sorted(set(themes()) - named), max(1, len(named)))
    return dataclasses.replace(one, themes=frozenset(others), stance=TURNED[one.stance or "neutral"])


def counted(shipped: Pair, pool: Sequence[Lesson], sizes: Sequence[int], *, draws: int, turn: bool) -> dict[str, str]:
    gold, asked = floors.read(floors.FOLDER, tuple(themes()))
    found = {}
    for size in sizes:
        aside = dict.fromkeys(PARTS, 0)
        for seed in range(draws):
            rng = random.Random(seed)
            chosen = rng.sample(list(pool), min(size, len(pool)))
            given = [turned(one, rng) for one in chosen] if turn else chosen
            _, faults = admission.faults(gold, asked, shipped, teach(shipped, given, {}), given)
            for part in {fault.part for fault in faults}:
                aside[part] += 1
        found[str(size)] = ", ".join(f"{part} {n} of {draws}" for part, n in aside.items())
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--draws", type=int, default=10)
    asked = parser.parse_args()
    shipped = head.load(head.FOLDER / "themes.npz"), head.load(head.FOLDER / "stance.npz")
    told = said(asked.gold)
    right, mixed = lessons(shipped, told), lessons(shipped, said(UNSEEN))
    kinds: dict[str, tuple[Sequence[Lesson], Sequence[int], bool]] = {
        "right": (right, FEW, False),
        "right, machine wrong": ([right[n] for n in wrong_ones(shipped, told)], FEW, False),
        "right, neutral only": ([one for one in right if one.stance == "neutral"], FEW, False),
        "right, six languages": (mixed, FEW, False),
        "turned round": (right, MANY, True),
        "turned round, six languages": (mixed, (20, 40), True),
    }
    found = {
        name: counted(shipped, pool, sizes, draws=asked.draws, turn=turn) for name, (pool, sizes, turn) in kinds.items()
    }
    sys.stdout.write(json.dumps(found, ensure_ascii=False, indent=1) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
