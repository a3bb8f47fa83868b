"""Measures of what is done with texts: language, stories, search, and trials of the features."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest

from classifier.trial import TARGET, around
from diembao.app.evaluation.topics import Topical, measure
from diembao.core.query import Bool, Phrase, Text
from diembao.core.question import any_word
from indexer.elastic import ElasticIndex
from tests.app.evaluating import Eval
from tests.parts import needs
from tests.servers import LOGIN, PASSWORD, USER, running
from tests.servers import alias as node_alias


def test_languages_are_counted_each_and_together(evaluate: Eval) -> None:
    texts = [
        {"lang": "vi", "text": "Gió giật mạnh làm tốc mái nhiều căn nhà ở Quy Nhơn"},
        {"lang": "vi", "text": "Quy Nhon welcomes a record number of visitors this summer"},
        {"lang": "zh", "text": "歸仁市今年夏天迎來大量遊客，當地飯店全部客滿"},
        {"lang": "zh-TW", "text": "歸仁市迎來大量遊客，飯店全部客滿，當地政府說"},
    ]
    found = evaluate("language", "--texts", evaluate.file("texts.jsonl", texts), "--worst", 20).figures
    assert (found["n"], found["accuracy"]) == (4, 0.75)
    assert found["by_language"] == {"vi": 0.5, "zh": 1.0, "zh-TW": 1.0}
    assert found["confusion"]["vi"] == {"en": 1, "vi": 1}
    assert [(x["row"], x["true"], x["said"], x["text"]) for x in found["worst"]] == [(2, "vi", "en", texts[1]["text"])]
    assert found["us_per_text"] > 0


STORM = "Bão số 13 đổ bộ vào phường Quy Nhơn Đông trong đêm, gió giật cấp 14 làm tốc mái hàng trăm căn nhà ven biển."
PORT = "Cảng Quy Nhơn đón tàu hàng 70.000 tấn đầu tiên, sản lượng hàng hóa năm nay dự kiến vượt mười triệu tấn."


def docs(*records: tuple[int, str, str, str]) -> list[dict[str, Any]]:
    return [
        {"cluster_id": cluster, "doc_id": number, "title": title, "body": body, "outlet": outlet}
        for number, (cluster, title, body, outlet) in enumerate(records)
    ]


def test_stories_and_copies_are_counted(evaluate: Eval) -> None:
    again = f"{STORM} Chính quyền đã di dời dân đến nơi an toàn trước khi bão vào bờ."
    records = docs(
        (1, "Bão số 13 đổ bộ Quy Nhơn", again, "a"),
        (1, "Bão số 13 đổ bộ vào Quy Nhơn", again, "b"),
        (2, "Cảng Quy Nhơn đón tàu 70.000 tấn", PORT, "a"),
    )
    found = evaluate("stories", "--docs", evaluate.file("docs.jsonl", records)).figures
    assert found["b3"] == {"precision": 1.0, "recall": 1.0, "f1": 1.0, "n": 3}
    assert found["pairs"]["f1"] == 1.0
    assert (found["copies"], found["distinct_texts"], found["stories"], found["clusters"]) == (1, 2, 2, 2)


def test_a_wrong_gold_lowers_the_measure_of_stories(evaluate: Eval) -> None:
    records = docs((1, "Bão số 13 đổ bộ Quy Nhơn", STORM, ""), (2, "Bão số 13 đổ bộ vào Quy Nhơn", STORM, ""))
    found = evaluate("stories", "--docs", evaluate.file("docs.jsonl", records), "--worst", 1).figures
    assert found["confusion"] == {
        "same event": {"one story": 0, "apart": 0},
        "two events": {"one story": 1, "apart": 0},
    }
    (worst,) = found["worst"]
    assert (worst["row"], worst["title"], worst["strangers"], worst["missed"]) == (1, "Bão số 13 đổ bộ Quy Nhơn", 1, 0)
    assert (found["b3"]["precision"], found["b3"]["recall"]) == (0.5, 1.0)
    assert (found["pairs"]["precision"], found["copies"]) == (0.0, 1)


PASSAGES: list[dict[str, Any]] = [
    {"pid": 1, "text": "Tháp Đôi ở Quy Nhơn do người Chăm xây vào cuối thế kỷ 12."},
    {"pid": 2, "text": "Cảng Quy Nhơn đón hơn mười triệu tấn hàng mỗi năm."},
    {"pid": "3", "text": "平定省的归仁港每年接待许多船只。"},
    {"pid": 4, "text": "ท่าเรือกวีเญินรับเรือสินค้าจำนวนมากทุกปี"},
]


def question(text: str, right: object) -> dict[str, Any]:
    return {"qid": text, "query": text, "relevant_pid": right}


def test_questions_find_their_passages_in_any_script_and_without_marks(evaluate: Eval) -> None:
    passages = evaluate.file("p.jsonl", PASSAGES)
    queries = [
        question("Người Chăm xây Tháp Đôi khi nào?", 1),
        question("cang quy nhon don bao nhieu tan hang", 2),
        question("归仁的港口有多少船只？", 3),
        question("เรือสินค้าเข้าท่าเรือกี่ลำ", 4),
    ]
    given = ("--passages", passages, "--queries", evaluate.file("q.jsonl", queries))
    found = evaluate("search", *given, "--engine", "embedded").figures
    assert (found["n"], found["r_at_1"], found["mrr_at_10"]) == (4, 1.0, 1.0)
    assert 0 < found["p50_ms"] <= found["p95_ms"]


def test_a_question_in_another_language_finds_its_passage_by_meaning_only(evaluate: Eval) -> None:
    queries = [question("How much cargo does the harbour handle each year?", 2)]
    given = ("--passages", evaluate.file("p.jsonl", PASSAGES), "--queries", evaluate.file("q.jsonl", queries))
    words, both = (evaluate("search", *given, *more).figures for more in ((), ("--meaning",)))
    assert (words["r_at_10"], both["r_at_10"]) == (0.0, 1.0)


def test_a_question_asks_for_each_word_once_and_for_signs_side_by_side() -> None:
    assert any_word("Cảng, cảng 归仁 70.000") == Bool(
        should=(
            Text("text", "cảng"),
            Text("text", "归"),
            Text("text", "仁"),
            Phrase("text", "归仁"),
            Text("text", "70.000"),
        )
    )


def test_a_passage_in_second_place_counts_a_half_and_a_question_without_words_nothing(evaluate: Eval) -> None:
    passages = evaluate.file("p.jsonl", PASSAGES)
    queries = [question("Tháp Đôi của người Chăm ở Quy Nhơn", 2), question("???", 1)]
    found = evaluate("search", "--passages", passages, "--queries", evaluate.file("q.jsonl", queries)).figures
    assert (found["r_at_1"], found["r_at_10"], found["mrr_at_10"]) == (0.0, 0.5, 0.25)


@needs("elasticsearch")
def test_both_engines_answer_alike_and_nothing_stays_on_the_server(
    evaluate: Eval, monkeypatch: pytest.MonkeyPatch
) -> None:
    node, alias = running(), node_alias(evaluate.folder)
    ours = {"HOME": str(evaluate.folder), "INDEX__URL": node.url, "INDEX__ALIAS": alias}
    for name, value in (ours | {"INDEX__USER": USER, "INDEX__PASSWORD": PASSWORD}).items():
        monkeypatch.setenv(f"DIEMBAO_{name}", value)
    queries = [question("Người Chăm xây Tháp Đôi khi nào?", 1), question("归仁的港口", 3), question("Quy Nhơn", 2)]
    given = ("--passages", evaluate.file("p.jsonl", PASSAGES), "--queries", evaluate.file("q.jsonl", queries))
    one, other = (evaluate("search", *given, "--engine", name).figures for name in ("embedded", "elastic"))
    figures = ("n", "r_at_1", "r_at_10", "mrr_at_10")
    assert (other["engine"], [one[name] for name in figures]) == ("elastic", [other[name] for name in figures])
    left = ElasticIndex(node.url, f"eval-of-{alias}", LOGIN)
    with closing(left):
        assert left.size() == 0


# -- trials -----------------------------------------------------------------------------------------

SPORT, FOOD = ("đội bóng thắng trận", "cầu thủ ghi bàn"), ("món bún chả cá", "quán ăn ngon")


def topical(language: str = "vi") -> list[dict[str, str]]:
    return [
        {"label": label, "lang": language, "text": f"{text} {more}"}
        for label, texts in (("sport", SPORT), ("food", FOOD))
        for text in texts
        for more in ("hôm nay", "ở Quy Nhơn", "năm ngoái")
    ]


def test_topics_are_learned_in_each_language_and_from_all_where_one_is_new(evaluate: Eval) -> None:
    train = evaluate.file("train.jsonl", topical())
    test = evaluate.file(
        "test.jsonl",
        [
            {"label": "sport", "lang": "vi", "text": "trận này đội bóng lại thắng"},
            {"label": "food", "lang": "vi", "text": "bún chả cá ngon"},
            {"label": "food", "lang": "xx", "text": "quán bún chả cá"},
            {"label": "sport", "lang": "xx", "text": "quán ăn ngon"},
        ],
    )
    found = evaluate("topics", "--train", train, "--test", test, "--worst", 20).figures
    assert found["confusion"] == {"food": {"food": 2}, "sport": {"food": 1, "sport": 1}}
    (worst,) = found["worst"]
    assert (worst["row"], worst["true"], worst["said"], worst["text"]) == (4, "sport", "food", "quán ăn ngon")
    assert found["macro_f1"]["vi"] == 1.0
    assert found["macro_f1"]["xx"] == pytest.approx(1 / 3, abs=1e-4)
    assert found["mean"] == pytest.approx(2 / 3, abs=1e-4)
    assert found["accuracy"] == {"vi": 1.0, "xx": 0.5}


class TwoMeanings:
    """An encoder that knows which words of two languages mean football."""

    version, dimension = "two", 2
    _football = ("bóng", "cầu thủ", "футбол")

    def encode(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        about = [any(word in text for word in self._football) for text in texts]
        return np.array([[is_so, not is_so] for is_so in about], dtype=np.float32)

    def reads(self, text: str) -> bool:
        return bool(text)


def test_with_an_encoder_a_language_without_examples_is_understood() -> None:
    asked = [("sport", "футбол сегодня"), ("food", "лапша сегодня")] * 3
    train = [Topical.model_validate(one) for one in topical()]
    test = [Topical(label=label, lang="ru", text=text) for label, text in asked]
    found = [measure(train, test, encoder, lambda _: None)["mean"] for encoder in (None, TwoMeanings())]
    assert found == [pytest.approx(1 / 3), 1.0]


def test_stance_is_towards_the_target_not_of_the_text(evaluate: Eval) -> None:
    """Every text stands there twice, once for each of its names, with opposite labels."""
    names = ("An", "Bình", "Cường", "Dũng", "Em", "Giang")
    aimed = [
        {"text": f"{one} khen ngợi {other} hết lời", "target": target, "label": label}
        for one in names
        for other in names
        if one != other
        for target, label in ((one, "giver"), (other, "praised"))
    ]
    train, test = evaluate.file("train.jsonl", aimed[8:]), evaluate.file("test.jsonl", aimed[:8])
    wrong = evaluate.file("wrong.jsonl", [aimed[0] | {"label": "praised"}, aimed[1]])
    found = evaluate("stance", "--train", train, "--test", wrong, "--worst", 20).figures
    assert found["confusion"] == {"praised": {"giver": 1, "praised": 1}}
    assert [(x["row"], x["text"]) for x in found["worst"]] == [(1, "An: An khen ngợi Bình hết lời")]
    found = evaluate("stance", "--train", train, "--test", test).figures
    assert "worst" not in found
    assert (found["n"], found["macro_f1"], found["accuracy"]) == (8, 1.0, 1.0)
    assert 0 <= found["coverage"] <= 1
    assert set(found["by_label"]) == {"giver", "praised"}


def test_a_target_is_a_whole_word_where_there_are_words() -> None:
    whole, before, behind = around("The mayor said he was there", "He")
    assert whole == f"The mayor said {TARGET} was there"
    assert (before, behind) == (f"The mayor said {TARGET}", f"{TARGET} was there")
    assert around("The US buses were for us", "us")[0] == f"The US buses were for {TARGET}"
    assert around("平定省的归仁港", "归仁")[0] == f"平定省的{TARGET}港"
    assert around("Không có tên ấy", "Quy Nhơn") == around("Không có tên ấy", "") == ("Không có tên ấy", "", "")
