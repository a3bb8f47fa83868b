"""Whole judgements of unread headlines hold their floors: relevance, themes, and stance as it is shown."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from classifier import quality
from diembao.core.article import Article, DateFrom, Kind, Labelled, TextFrom, article_id
from diembao.core.settings import load
from diembao.pipeline.steps import judged_labels
from diembao.pipeline.wiring import open_installation
from tests.store.making import NOW

FOLDER = Path(__file__).parent / "headlines"
SET = FOLDER / "headlines.jsonl"
KEPT = json.loads((FOLDER / "floors.json").read_text(encoding="utf-8"))
LINES: list[dict[str, Any]] = [json.loads(line) for line in SET.read_text(encoding="utf-8").splitlines()]
PROVINCES = ("gia-lai", "binh-dinh")
HOME = "gia-lai"


@pytest.fixture(scope="module")
def judged(tmp_path_factory: pytest.TempPathFactory) -> list[Labelled]:
    with open_installation(load(tmp_path_factory.mktemp("home"))) as house:
        items = [Labelled(_article(n, line)) for n, line in enumerate(LINES)]
        return [Labelled(item.article, tuple(judged_labels(item, house.taggers))) for item in items]


def _article(number: int, line: Mapping[str, Any]) -> Article:
    url = f"https://bao.invalid/{number}"
    return Article(
        id=article_id(url),
        url=url,
        outlet="bao",
        title=line["title"],
        lead=line["summary"],
        text="",
        text_from=TextFrom.FEED,
        language=line["language"],
        published_at=NOW,
        published_from=DateFrom.FEED,
        seen_at=NOW,
    )


def figures(judged: Sequence[Labelled]) -> dict[str, float]:
    found: dict[str, float] = {}
    for province in PROVINCES:
        true, said = [x["relevance"][province] for x in LINES], [x.key(Kind.RELEVANCE, province) or "" for x in judged]
        found[f"{province}.kappa"] = quality.kappa(true, said)
        found[f"{province}.no_f1"] = quality.per_label([{x} for x in true], [{x} for x in said])["no"].f1
    about = [(line["stance"], x.key(Kind.STANCE, HOME) or "abstain") for line, x in zip(LINES, judged, strict=True)]
    asked = [(true, said) for true, said in about if true != "na"]
    coverage, right = quality.covered([true for true, _ in asked], [said for _, said in asked], "abstain")
    themed = [set(x.keys(Kind.THEME, HOME)) for x in judged]
    return found | {
        "themes_micro_f1": quality.micro_f1([set(x["themes"]) for x in LINES], themed),
        "stance_coverage": coverage,
        "stance_right_of_covered": right,
    }


def test_the_set_is_the_one_the_floors_were_set_for() -> None:
    assert hashlib.sha256(SET.read_bytes()).hexdigest() == KEPT["digest"]


def test_judgements_of_unread_headlines_hold_every_floor(judged: list[Labelled]) -> None:
    found = figures(judged)
    assert found.keys() == KEPT["floors"].keys()
    assert {name: value for name, value in found.items() if value < KEPT["floors"][name]} == {}


def test_saying_nothing_holds_no_floor_of_what_is_said() -> None:
    silent = [Labelled(_article(n, line)) for n, line in enumerate(LINES)]
    missed = {name for name, value in figures(silent).items() if value < KEPT["floors"][name]}
    assert missed >= KEPT["floors"].keys() - {"stance_right_of_covered"}
