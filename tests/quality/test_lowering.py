"""No floor is moved without a decision: the newest line on floors in docs/decisions names the digest of them all."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from pathlib import Path

HERE = Path(__file__).parent
DECISIONS = HERE.parents[1] / "docs" / "decisions"
# "Floors of tests/quality: `0123456789abcdef`", in a decision that says which were moved and why.
LINE = re.compile(r"^Floors of tests/quality: `([0-9a-f]{16})`", re.MULTILINE)


def digest(floors: Mapping[str, Mapping[str, float]]) -> str:
    return hashlib.sha256(json.dumps(floors, sort_keys=True).encode()).hexdigest()[:16]


def standing() -> dict[str, dict[str, float]]:
    found = sorted(HERE.rglob("floors.json"))
    return {path.relative_to(HERE).as_posix(): json.loads(path.read_text(encoding="utf-8"))["floors"] for path in found}


def decided() -> str:
    """The newest decision is the one with the highest number, in it the last line."""
    texts = (path.read_text(encoding="utf-8") for path in sorted(DECISIONS.glob("*.md")))
    return [found[1] for text in texts for found in LINE.finditer(text)][-1]


def test_the_newest_decision_on_floors_names_those_that_stand() -> None:
    now = digest(standing())
    assert now == decided(), f"a floor was moved: a decision that says why ends with: Floors of tests/quality: `{now}`"


def test_lowering_any_floor_changes_what_the_decision_has_to_name() -> None:
    floors = standing()
    assert sum(map(len, floors.values())) >= 20
    for file, asked in floors.items():
        for name, floor in asked.items():
            lowered = floors | {file: asked | {name: floor - 0.01}}
            assert digest(lowered) != decided()
