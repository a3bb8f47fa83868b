"""Relevance of sentences written for it, by the rules that come with the program.

In each file a province of today and its former one are judged; the sentences were written after the rules and places
had been mended, and none was left out.
"""

import json
from itertools import islice
from pathlib import Path

import pytest

from tests.classifier.places_judged import relevance

HERE = Path(__file__).parent / "relevance"
EXAMPLES = Path(__file__).parents[2] / "classifier" / "examples"
PAIRS = [("bac-ninh", "bac-giang"), ("quang-tri", "quang-binh"), ("dong-nai", "binh-phuoc"), ("phu-tho", "vinh-phuc")]
F1_FLOOR, KAPPA_FLOOR = 0.93, 0.75


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


@pytest.mark.parametrize(("today", "former"), PAIRS)
def test_the_written_sentences_of_a_province_are_judged_within_the_floors(today: str, former: str) -> None:
    lines = [json.loads(line) for line in (HERE / f"{today}.jsonl").read_text("utf-8").splitlines()]
    for province in (today, former):
        judged = [(line[province], relevance(province, line["title"])) for line in lines]
        wrong = [(line["title"], *pair) for line, pair in zip(lines, judged, strict=True) if pair[0] != pair[1]]
        assert f1(judged) >= F1_FLOOR, wrong
        assert kappa(judged) >= KAPPA_FLOOR, wrong


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
