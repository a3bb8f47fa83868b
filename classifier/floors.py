"""What a head must reach on the project's own gold set before it is used: figures, floors and a digest.

The set lies in tests/quality (no example of the training, no line of any other set). ``floors.json`` holds the floors
and the digest of the set: another set asks for other floors, and lowering one asks for a decision (docs/decisions).
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from classifier import example, quality
from classifier.example import Example
from classifier.features import Reading, read_text
from classifier.head import Head
from diembao.core.errors import Misconfigured

_INSTALLED = Path(__file__).with_name("held")
# Where set and floors lie: beside this file where the program was installed from a package, else among the tests.
FOLDER = _INSTALLED if _INSTALLED.is_dir() else Path(__file__).parent.with_name("tests") / "quality"
FILE = "floors.json"
SETS = "gold"
HOME = "vi"


def figures(
    gold: Sequence[Example], themes: Head, stance: Head, readings: Sequence[Reading] | None = None
) -> dict[str, float]:
    """How these heads do, told what each item is about: Vietnamese apart from all other languages together.
    ``readings`` of the set, where it was read before.
    """
    read = read_all(gold) if readings is None else readings
    found: dict[str, float] = {}
    for name, home in (("vi", True), ("others", False)):
        rows = [n for n, one in enumerate(gold) if (one.language == HOME) == home]
        told = _figures([gold[n] for n in rows], [read[n] for n in rows], themes, stance)
        found |= {f"{name}.{key}": value for key, value in told.items()}
    return found


def read_all(gold: Sequence[Example]) -> list[Reading]:
    return [read_text(f"{one.title}\n{one.summary}", one.language) for one in gold]


def _figures(gold: Sequence[Example], readings: Sequence[Reading], themes: Head, stance: Head) -> dict[str, float]:
    themed = [named(themes, reading) for reading in readings]
    about = [n for n, x in enumerate(gold) if x.stance != example.NOT_ABOUT]
    leaning = [chosen(stance, readings[n]) for n in about]
    true, said = [{gold[n].stance} for n in about], [{key} for key, _ in leaning]
    critical = quality.per_label(true, said)["critical"]
    shown = ["" if silent else key for key, silent in leaning]
    coverage, right = quality.covered([gold[n].stance for n in about], shown, "")
    return {
        "themes_micro_f1": quality.micro_f1([set(x.themes) for x in gold], themed),
        "stance_macro_f1": quality.macro_f1(true, said),
        "critical_recall": critical.recall,
        "critical_precision": critical.precision,
        "stance_coverage": coverage,
        "stance_right_of_covered": right,
    }


def named(head: Head, reading: Reading) -> set[str]:
    """The themes that a head names."""
    chances = head.chances(reading)
    return {label for label, chance in zip(head.labels, chances, strict=True) if chance >= head.threshold(reading)}


def chosen(head: Head, reading: Reading) -> tuple[str, bool]:
    """The likeliest stance, and whether it is too unlikely to be shown."""
    shares = head.chances(reading)
    shares = shares / shares.sum()
    best = int(np.argmax(shares))
    return head.labels[best], bool(shares[best] < head.threshold(reading))


def read(folder: Path, themes: Sequence[str]) -> tuple[list[Example], dict[str, float]]:
    """The gold set of a folder and its floors.

    Raises:
        Misconfigured: the set or the floors cannot be read, or the set is not the one that the floors were set for.
    """
    gold = example.load(folder / SETS, themes)
    try:
        kept = json.loads((folder / FILE).read_text(encoding="utf-8"))
        floors = {str(name): float(value) for name, value in kept["floors"].items()}
        digest = kept["digest"]
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise Misconfigured(f"{folder / FILE}: floors and digest cannot be read: {error}") from error
    if digest != example.digest(folder / SETS):
        raise Misconfigured(f"{folder / SETS}: not the set that the floors in {FILE} were set for")
    return gold, floors


def below(found: Mapping[str, float], floors: Mapping[str, float]) -> list[str]:
    """One sentence for each floor that is not held."""
    return [
        f"{name} is {found.get(name, 0.0):.3f}, the floor is {floor:.3f}"
        for name, floor in sorted(floors.items())
        if found.get(name, 0.0) < floor
    ]
