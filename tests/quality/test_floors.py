"""The shipped heads hold the floors; what a floor is for, see classifier/floors.py and docs/decisions."""

from __future__ import annotations

import dataclasses
import shutil
from pathlib import Path

import pytest

from classifier import example, floors, head
from diembao.core.errors import Misconfigured
from diembao.plan.reader import themes

HERE = Path(__file__).parent
THEMES = tuple(themes())


@pytest.fixture(scope="module")
def heads() -> tuple[head.Head, head.Head]:
    return head.load(head.FOLDER / "themes.npz"), head.load(head.FOLDER / "stance.npz")


def test_the_shipped_heads_hold_every_floor(heads: tuple[head.Head, head.Head]) -> None:
    gold, asked = floors.read(HERE, THEMES)
    assert not floors.below(floors.figures(gold, *heads), asked)


def test_every_figure_has_a_floor_that_a_constant_answer_would_miss(heads: tuple[head.Head, head.Head]) -> None:
    gold, asked = floors.read(HERE, THEMES)
    assert set(asked) == set(floors.figures(gold, *heads))
    themes_head, stance_head = heads
    dumb = [
        dataclasses.replace(h, seeds=h.seeds * 0, words=h.words * 0, chars=h.chars * 0)
        for h in (themes_head, stance_head)
    ]
    missed = floors.below(floors.figures(gold, dumb[0], dumb[1]), asked)
    assert {line.split()[0] for line in missed} >= {
        f"{who}.{what}"
        for who in ("vi", "others")
        for what in ("themes_micro_f1", "stance_macro_f1", "critical_recall")
    }


def test_the_gold_set_is_in_every_language_and_every_theme() -> None:
    gold, _ = floors.read(HERE, THEMES)
    assert {one.language for one in gold} == set(example.LANGUAGES)
    assert {theme for one in gold for theme in one.themes} == set(THEMES)
    shipped = {one.title for one in example.load(example.FOLDER, THEMES)}
    assert not shipped & {one.title for one in gold}


def test_another_set_asks_for_other_floors(tmp_path: Path) -> None:
    copied = shutil.copytree(HERE, tmp_path / "quality")
    floors.read(copied, THEMES)
    with (copied / floors.SETS / "vi.jsonl").open("a", encoding="utf-8") as file:
        file.write(
            (copied / floors.SETS / "vi.jsonl").read_text(encoding="utf-8").splitlines()[0].replace("chợ", "bến")
        )
    with pytest.raises(Misconfigured, match="not the set"):
        floors.read(copied, THEMES)


@pytest.mark.parametrize("text", ["{", "[]", '{"floors": {"vi.x": "high"}, "digest": ""}', "{}"])
def test_floors_that_cannot_be_read_are_told(tmp_path: Path, text: str) -> None:
    copied = shutil.copytree(HERE, tmp_path / "quality")
    (copied / floors.FILE).write_text(text, encoding="utf-8")
    with pytest.raises(Misconfigured, match=r"floors\.json"):
        floors.read(copied, THEMES)


def test_a_floor_that_is_missed_is_told_in_a_sentence() -> None:
    assert floors.below({"vi.a": 0.5}, {"vi.a": 0.6, "vi.b": 0.1}) == [
        "vi.a is 0.500, the floor is 0.600",
        "vi.b is 0.000, the floor is 0.100",
    ]
