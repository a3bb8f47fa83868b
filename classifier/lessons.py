"""What each example teaches: ``python -m classifier.lessons`` counts it by language.

The newer lines say it in words of their writer. Of the older ones it is read off their labels and the signs in their
text, by the rules below: what kind of case a line is, not what its writer meant.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Final

from classifier import example
from classifier.example import Example
from classifier.features import read_text
from classifier.seeds import SIGNS
from diembao.plan.reader import themes

WRITTEN: Final = "in its writer's words"
Signs = frozenset[str]
_RULES: Final[tuple[tuple[str, Callable[[Example, Signs], bool]], ...]] = (
    ("not about the province", lambda one, _: one.stance == example.NOT_ABOUT),
    ("no theme", lambda one, _: not one.themes),
    ("several themes", lambda one, _: len(one.themes) > 1),
    ("one theme", lambda one, _: len(one.themes) == 1),
    ("one of several places", lambda one, _: one.gialai == "part"),
    ("western side only", lambda one, _: one.gialai == "yes" and one.binhdinh == "no"),
    ("whole province, no place of a side", lambda one, _: one.gialai == "yes" and one.binhdinh == "part"),
    ("bad news without blame", lambda one, signs: one.stance == "neutral" and "misfortune" in signs),
    ("blame that was answered", lambda one, signs: one.stance == "neutral" and "answered" in signs),
    ("help in need", lambda one, signs: one.stance == "positive" and "help" in signs),
    ("praise", lambda one, signs: one.stance == "positive" and "praise" in signs),
    ("failing or complaint", lambda one, _: one.stance == "critical"),
)


def lessons(one: Example) -> tuple[str, ...]:
    """What its writer says, else every rule that fits: one at least."""
    if one.teaches:
        return (one.teaches,)
    scores = read_text(f"{one.title}\n{one.summary}", one.language).said.scores(SIGNS)
    signs = frozenset(name for name, score in zip(SIGNS, scores, strict=True) if score > 0)
    return tuple(name for name, fits in _RULES if fits(one, signs))


def counted(examples: Sequence[Example]) -> dict[str, Counter[str]]:
    """How many lines of each language teach each thing."""
    found: dict[str, Counter[str]] = {}
    for one in examples:
        found.setdefault(one.language, Counter()).update([WRITTEN] if one.teaches else lessons(one))
    return found


def main() -> int:
    for language, counts in counted(example.load(example.FOLDER, tuple(themes()))).items():
        sys.stdout.write(f"{language}: " + ", ".join(f"{name} {n}" for name, n in counts.most_common()) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
