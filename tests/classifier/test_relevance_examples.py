"""Relevance of headlines written for it, by the rules that come with the program.

In each file a province of today and its former one are judged. Those in ``relevance/`` were looked at where the rules
erred, and the rules and places mended; of those in ``relevance/held/`` only the figures were looked at. Whoever reads
a held one to mend something moves its file's lines to the others, and writes new ones to hold.
"""

import json
import unicodedata
from itertools import islice
from pathlib import Path

import pytest

from tests.classifier.places_judged import relevance

HERE = Path(__file__).parent / "relevance"
EXAMPLES = Path(__file__).parents[2] / "classifier" / "examples"
PAIRS = [("bac-ninh", "bac-giang"), ("quang-tri", "quang-binh"), ("dong-nai", "binh-phuoc"), ("phu-tho", "vinh-phuc")]
F1_FLOOR, KAPPA_FLOOR = 0.93, 0.75
KINDS = {"place", "merger", "incident", "list", "origin", "route", "namesake", "club", "word", "elsewhere", "language"}


def f1(pairs: list[tuple[str, str]]) -> float:
    """Of yes and part together, against no; (true, said)."""
    both = sum(true != "no" and said != "no" for true, said in pairs)
    either = sum(true != "no" for true, _ in pairs) + sum(said != "no" for _, said in pairs)
    return 2 * both / either


def kappa(pairs: list[tuple[str, str]]) -> float:
    """Cohen's, over yes, part and no."""
    size = len(pairs)
    agreed = sum(true == said for true, said in pairs) / size
    by_chance = sum(
        sum(true == key for true, _ in pairs) * sum(said == key for _, said in pairs) / size**2
        for key in ("yes", "part", "no")
    )
    return (agreed - by_chance) / (1 - by_chance)


def written(path: Path) -> list[dict[str, str]]:
    """``title``, perhaps ``lead``, yes, part or no for each of two provinces, and what ``kind`` of case it is."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


@pytest.mark.parametrize("folder", [HERE, HERE / "held"], ids=["looked-at", "held"])
@pytest.mark.parametrize(("today", "former"), PAIRS)
def test_the_written_headlines_of_a_province_are_judged_within_the_floors(
    folder: Path, today: str, former: str
) -> None:
    lines = written(folder / f"{today}.jsonl")
    for province in (today, former):
        judged = [(line[province], relevance(province, line["title"], line.get("lead", ""))) for line in lines]
        wrong = [(line["title"], *pair) for line, pair in zip(lines, judged, strict=True) if pair[0] != pair[1]]
        assert f1(judged) >= F1_FLOOR, wrong
        assert kappa(judged) >= KAPPA_FLOOR, wrong


@pytest.mark.parametrize(("today", "former"), PAIRS)
def test_a_province_has_headlines_enough_of_each_kind(today: str, former: str) -> None:
    seen, held = written(HERE / f"{today}.jsonl"), written(HERE / "held" / f"{today}.jsonl")
    assert len(seen) + len(held) >= 150
    assert len(held) >= 80
    assert len({line["title"] for line in (*seen, *held)}) == len(seen) + len(held)
    for province in (today, former):
        assert {line[province] for line in held} == {"yes", "part", "no"}
    assert {line["kind"] for line in (*seen, *held)} >= KINDS
    assert len({scripts(line["title"]) for line in (*seen, *held)}) >= 8  # Latin letters with marks and without are two


def scripts(text: str) -> str:
    """The script that a headline's language is known by."""
    found = {unicodedata.name(letter, "").split()[0] for letter in text if letter.isalpha()}
    kana = found & {"HIRAGANA", "KATAKANA"}
    other = kana or found - {"LATIN"}
    return min(other) if other else "marks" if not text.isascii() else "plain"


def test_every_fourth_vietnamese_example_is_judged_within_the_floors() -> None:
    with (EXAMPLES / "vi.jsonl").open(encoding="utf-8") as file:
        lines = [json.loads(line) for line in islice(file, 0, None, 4)]
    assert len(lines) >= 400
    for province in ("gia-lai", "binh-dinh"):
        field = province.replace("-", "")
        judged = [(line[field], relevance(province, line["title"], line["summary"])) for line in lines]
        wrong = [(line["title"], *pair) for line, pair in zip(lines, judged, strict=True) if pair[0] != pair[1]]
        assert f1(judged) >= F1_FLOOR, wrong[:20]
        assert kappa(judged) >= KAPPA_FLOOR, wrong[:20]
