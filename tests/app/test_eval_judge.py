"""`eval judge` on headlines written for the project: the product's own taggers, in their order."""

from __future__ import annotations

from typing import Any

import pytest

from tests.app.evaluating import Eval

PORT = {
    "title": "Cảng Quy Nhơn đón tàu hàng lớn nhất từ trước tới nay",
    "summary": "Tàu 70.000 tấn cập cảng Quy Nhơn, mở đường cho các dự án đầu tư bến mới.",
    "binhdinh": "yes",
    "gialai": "yes",
    "themes": ["trade-investment"],
    "stance": "positive",
}
PLEIKU = {
    "title": "Pleiku bắt nhóm trộm cắp xe máy liên tỉnh",
    "summary": "Công an bắt bốn người ở Pleiku, thu giữ 12 xe máy.",
    "binhdinh": "no",
    "gialai": "yes",
    "themes": ["security-order"],
    "stance": "neutral",
}
HANOI = {
    "title": "Hà Nội mở rộng đường Vành đai 3",
    "summary": "Dự án ở Hà Nội khởi công tháng sau.",
    "binhdinh": "no",
    "gialai": "no",
    "themes": [],
    "stance": "na",
}


def gold(*items: dict[str, Any], **changes: Any) -> list[dict[str, Any]]:
    shared = {"source": "VnExpress", "date": "2025-11-20"}
    return [{"url": f"https://bao.vn/{n}", **shared, **item, **changes} for n, item in enumerate(items)]


def judged(evaluate: Eval, items: list[dict[str, Any]], province: str) -> dict[str, Any]:
    return evaluate("judge", "--gold", evaluate.file("gold.jsonl", items), "--province", province).figures


@pytest.mark.parametrize(("province", "about"), [("gia-lai", 2), ("binh-dinh", 1)])
def test_each_province_has_its_own_gold_and_its_own_labels(evaluate: Eval, province: str, about: int) -> None:
    found = judged(evaluate, gold(PORT, PLEIKU, HANOI, PORT | {"stance": "na"}), province)
    right = {"precision": 1.0, "recall": 1.0, "f1": 1.0, "no_f1": 1.0, "accuracy_3way": 1.0, "kappa_3way": 1.0}
    assert {name: found["relevance"][name] for name in right} == right
    assert (found["n"], found["province"], found["stance"]["n"]) == (4, province, about)


def test_a_wrong_gold_lowers_what_it_touches(evaluate: Eval) -> None:
    items = gold(PORT, PLEIKU, HANOI)
    items[2] |= {"gialai": "yes", "themes": ["asean"], "stance": "critical"}
    found = judged(evaluate, items, "gia-lai")
    assert (found["relevance"]["recall"], found["relevance"]["no_f1"]) == (0.6667, 0.0)
    assert found["relevance"]["kappa_3way"] == 0.0
    assert found["themes"]["per_theme"]["asean"] == {"precision": 0.0, "recall": 0.0, "f1": 0.0, "n": 1}
    assert (found["stance"]["n"], found["stance"]["critical_recall"]) == (3, 0.0)
    assert found["stance"]["coverage"] <= 0.6667  # what the product hides, it does not answer


def test_every_figure_lies_in_its_interval(evaluate: Eval) -> None:
    items = gold(PORT, PLEIKU, HANOI, PORT | {"gialai": "no"}, HANOI | {"gialai": "part"})
    found = judged(evaluate, items, "gia-lai")
    for block in ("relevance", "themes", "stance"):
        for name, (low, high) in found[block]["interval"].items():
            assert 0 <= low <= found[block][name] <= high <= 1 or name == "kappa_3way", name
    assert found["relevance"]["interval"]["recall"] != [0.75, 0.75]


def test_a_theme_that_is_none_of_ours_is_named(evaluate: Eval) -> None:
    found = judged(evaluate, gold(PORT | {"themes": ["trade-invest"]}, HANOI), "gia-lai")
    assert found["themes"]["unknown"] == ["trade-invest"]
    assert found["themes"]["per_theme"]["trade-invest"]["recall"] == 0.0


def test_a_set_without_the_province_has_no_stance_but_is_measured(evaluate: Eval) -> None:
    found = judged(evaluate, gold(HANOI, HANOI), "binh-dinh")
    assert (found["stance"]["n"], found["stance"]["macro_f1"], found["relevance"]["no_f1"]) == (0, 0.0, 1.0)


def test_the_same_set_gives_the_same_answer_twice(evaluate: Eval) -> None:
    items = gold(PORT, PLEIKU, HANOI)
    assert judged(evaluate, items, "gia-lai") == judged(evaluate, items, "gia-lai")


def test_the_worst_errors_are_told_on_request(evaluate: Eval) -> None:
    items = gold(PORT, PLEIKU | {"stance": "critical", "themes": ["tourism"]}, HANOI | {"gialai": "yes"})
    asked = ("judge", "--gold", evaluate.file("gold.jsonl", items), "--province", "gia-lai")
    assert "worst" not in evaluate(*asked).figures
    worst = evaluate(*asked, "--worst", "20").figures["worst"]
    told = {(one["row"], one["kind"], one["true"], one["said"]) for one in worst}
    assert {
        (2, "stance", "critical", "neutral"),
        (2, "theme", "tourism", None),
        (2, "theme", None, "security-order"),
        (3, "relevance", "yes", "no"),
    } <= told
    assert not [one for one in worst if one["row"] == 1]
    assert [one["score"] for one in worst] == sorted((one["score"] for one in worst), reverse=True)
    assert len(evaluate(*asked, "--worst", "2").figures["worst"]) == 2


def test_tables_say_what_was_taken_for_what(evaluate: Eval) -> None:
    found = judged(evaluate, gold(PORT, PLEIKU | {"stance": "critical", "themes": ["tourism"]}, HANOI), "gia-lai")
    assert found["relevance"]["confusion"] == {"no": {"no": 1}, "yes": {"yes": 2}}
    assert found["stance"]["confusion"] == {"critical": {"neutral": 1}, "positive": {"positive": 1}}
    assert found["themes"]["confusion"] == {"tourism": {"security-order": 1}}
