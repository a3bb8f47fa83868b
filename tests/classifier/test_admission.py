"""Right corrections are taken over, however few; those turned round are not."""

from __future__ import annotations

import dataclasses
import json
import random
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from classifier import admission, example, floors, head, kept
from classifier.example import Example
from classifier.features import read_text
from classifier.teaching import Lesson, Pair, names, teach
from diembao.core.faults import AGAINST, FLOOR, PARTS, STANCE, THEMES, WORSE
from diembao.plan.reader import themes

ORDER = tuple(themes())
UNSEEN = Path(__file__).parent.with_name("quality") / "headlines" / "headlines.jsonl"
TURNED = {"positive": "critical", "critical": "neutral", "neutral": "positive"}
DRAWS = 3


@pytest.fixture(scope="module")
def shipped() -> Pair:
    return head.load(head.FOLDER / "themes.npz"), head.load(head.FOLDER / "stance.npz")


@pytest.fixture(scope="module")
def gold() -> tuple[list[Example], dict[str, float]]:
    return floors.read(floors.FOLDER, ORDER)


@pytest.fixture(scope="module")
def right(shipped: Pair) -> list[Lesson]:
    """Headlines of six languages that no head was taught with, as their writer labelled them."""
    lines: list[dict[str, Any]] = [json.loads(line) for line in UNSEEN.read_text(encoding="utf-8").splitlines()]
    about = [one for one in lines if one["stance"] != example.NOT_ABOUT]
    rows = kept.rows([(f"{x['title']}\n{x['summary']}", x["language"]) for x in about], names(shipped))
    return [Lesson(row, frozenset(x["themes"]), x["stance"]) for row, x in zip(rows, about, strict=True)]


def turned(one: Lesson, rng: random.Random) -> Lesson:
    others = sorted(set(ORDER) - (one.themes or set()))
    return dataclasses.replace(
        one,
        themes=frozenset(rng.sample(others, max(1, len(one.themes or ())))),
        stance=TURNED[one.stance or "neutral"],
    )


@pytest.mark.parametrize("n", [5, 10, 20, 40])
def test_right_corrections_are_taken_over(
    shipped: Pair, gold: tuple[list[Example], dict[str, float]], right: list[Lesson], n: int
) -> None:
    for seed in range(DRAWS):
        lessons = random.Random(seed).sample(right, n)
        _, faults = admission.faults(*gold, shipped, teach(shipped, lessons, {}), lessons)
        assert faults == []


def test_ten_neutral_ones_are_taken_over(
    shipped: Pair, gold: tuple[list[Example], dict[str, float]], right: list[Lesson]
) -> None:
    lessons = [one for one in right if one.stance == "neutral"][:10]
    assert len(lessons) == 10
    _, faults = admission.faults(*gold, shipped, teach(shipped, lessons, {}), lessons)
    assert faults == []


def test_forty_that_are_turned_round_are_kept_aside_in_both_heads(
    shipped: Pair, gold: tuple[list[Example], dict[str, float]], right: list[Lesson]
) -> None:
    for seed in range(DRAWS):
        rng = random.Random(seed)
        lessons = [turned(one, rng) for one in rng.sample(right, 40)]
        _, faults = admission.faults(*gold, shipped, teach(shipped, lessons, {}), lessons)
        assert Counter(fault.part for fault in faults if fault.kind == AGAINST) == Counter(PARTS)


def test_each_head_answers_for_its_own_corrections(
    shipped: Pair, gold: tuple[list[Example], dict[str, float]], right: list[Lesson]
) -> None:
    rng = random.Random(0)
    lessons = [dataclasses.replace(turned(one, rng), themes=one.themes) for one in right[:40]]
    _, faults = admission.faults(*gold, shipped, teach(shipped, lessons, {}), lessons)
    assert {fault.part for fault in faults} == {STANCE}
    lessons = [dataclasses.replace(one, stance=None) for one in lessons]
    _, faults = admission.faults(*gold, shipped, teach(shipped, lessons, {}), lessons)
    assert faults == []


def test_one_mistake_corrected_again_and_again_is_no_contradiction(
    shipped: Pair, gold: tuple[list[Example], dict[str, float]]
) -> None:
    texts = [(f"Chuyện bên hiên: bác Tám kể chuyện số {n}", "vi") for n in range(12)]
    lessons = [Lesson(row, yes=frozenset({"asean"})) for row in kept.rows(texts, names(shipped))]
    taught = teach(shipped, lessons, {})
    assert admission.faults(*gold, shipped, taught, lessons)[1] == []
    reading = read_text(texts[0][0], "vi")
    before, after = (float(one.chances(reading)[one.labels.index("asean")]) for one in (shipped[0], taught[0]))
    assert after > 100 * before


@pytest.mark.parametrize(("part", "kinds"), [(THEMES, {FLOOR, WORSE}), (STANCE, {FLOOR, WORSE})])
def test_a_head_that_forgot_what_it_knew_is_kept_aside(
    shipped: Pair, gold: tuple[list[Example], dict[str, float]], right: list[Lesson], part: str, kinds: set[str]
) -> None:
    taught = [
        dataclasses.replace(one, words=one.words * 0, chars=one.chars * 0, seeds=one.seeds * 0) if name == part else one
        for name, one in zip(PARTS, shipped, strict=True)
    ]
    _, faults = admission.faults(*gold, shipped, (taught[0], taught[1]), right[:5])
    assert {(fault.part, fault.kind) for fault in faults} == {(part, kind) for kind in kinds}
