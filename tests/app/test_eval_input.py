"""Input that cannot be measured: one line that says what and where, exit code 2, nothing on standard output."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from tests.app.evaluating import Ended, Eval

GOOD: dict[str, Any] = {"lang": "vi", "text": "Bãi biển Quy Nhơn đông khách"}


def refused(ended: Ended, *words: str) -> None:
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.count("\n") == 1
    assert all(word in ended.err for word in words), ended.err


def commands(path: Path) -> dict[str, tuple[object, ...]]:
    """Every measure, with all its input at one place."""
    return {
        "judge": ("--gold", path, "--province", "gia-lai"),
        "extract": ("--pages", path),
        "language": ("--texts", path),
        "stories": ("--docs", path),
        "topics": ("--train", path, "--test", path),
        "stance": ("--train", path, "--test", path),
        "search": ("--passages", path, "--queries", path),
        "dates": ("--cases", path),
        "feeds": ("--files", path),
    }


MEASURES = tuple(commands(Path()))


@pytest.mark.parametrize("name", MEASURES)
def test_input_that_is_not_there_is_named(evaluate: Eval, name: str) -> None:
    missing = evaluate.folder / "nowhere"
    refused(evaluate(name, *commands(missing)[name]), str(missing))


@pytest.mark.parametrize("name", [name for name in MEASURES if name != "feeds"])
def test_a_record_without_a_key_is_named_by_its_line(evaluate: Eval, name: str) -> None:
    path = evaluate.file("ground_truth.jsonl", [{"nothing": 1}])
    given = path.parent if name == "extract" else path
    refused(evaluate(name, *commands(given)[name]), f"{path}, line 1", "is missing")


@pytest.mark.parametrize("name", [name for name in MEASURES if name != "feeds"])
def test_an_empty_set_is_no_set(evaluate: Eval, name: str) -> None:
    path = evaluate.file("ground_truth.jsonl", [])
    given = path.parent if name == "extract" else path
    refused(evaluate(name, *commands(given)[name]), str(path), "nothing")


def test_a_folder_without_feeds_is_no_set(evaluate: Eval) -> None:
    (evaluate.folder / "LICENSE").write_text("MIT", encoding="utf-8")
    refused(evaluate("feeds", "--files", evaluate.folder), "no file")


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (b'{"lang": "vi", "text": ', ("line 2", "JSON")),
        (b"[1, 2]", ("line 2", "object")),
        (b'{"lang": "vi", "text": "\xff\xfe"}', ("line 2", "JSON")),
        (b'{"lang": "vi", "text": 5}', ("line 2", "text")),
        (b'{"lang": "vi", "text": null}', ("line 2", "text")),
        (b'{"lang": "vi"}', ("line 2", "'text': is missing")),
        (b"[" * 100_000, ("line 2", "JSON")),
    ],
)
def test_a_broken_line_is_named_by_its_number(evaluate: Eval, line: bytes, words: tuple[str, ...]) -> None:
    path = evaluate.folder / "texts.jsonl"
    path.write_bytes(json.dumps(GOOD).encode() + b"\n" + line + b"\n")
    refused(evaluate("language", "--texts", path), *words)


def test_blank_lines_count_but_say_nothing(evaluate: Eval) -> None:
    path = evaluate.folder / "texts.jsonl"
    path.write_bytes(b"\xef\xbb\xbf" + json.dumps(GOOD).encode() + b"\n\n  \n{\n")
    refused(evaluate("language", "--texts", path), "line 4")


def test_a_packed_set_is_read_and_one_that_breaks_off_is_not(evaluate: Eval) -> None:
    packed = gzip.compress(json.dumps(GOOD).encode())
    path = evaluate.folder / "texts.jsonl.gz"
    path.write_bytes(packed)
    assert evaluate("language", "--texts", path).figures["n"] == 1
    path.write_bytes(packed[:-9])
    refused(evaluate("language", "--texts", path), str(path))
    path.write_bytes(b"not packed at all")
    refused(evaluate("language", "--texts", path), str(path))


def test_signs_that_no_file_can_hold_do_not_break_the_answer(evaluate: Eval) -> None:
    path = evaluate.folder / "texts.jsonl"
    path.write_text('{"lang": "v\\ud800", "text": "\\udfff Quy Nhơn"}\n', encoding="utf-8")
    assert evaluate("language", "--texts", path).figures["n"] == 1


def test_two_documents_of_one_name_are_refused(evaluate: Eval) -> None:
    told = {"cluster_id": 1, "doc_id": 7, "title": "Bão số 13", "body": "Bão đổ bộ."}
    refused(evaluate("stories", "--docs", evaluate.file("docs.jsonl", [told, told])), "'7'", "twice")


def test_a_question_whose_passage_is_not_there_is_refused(evaluate: Eval) -> None:
    passages = evaluate.file("p.jsonl", [{"pid": 1, "text": "Tháp Đôi ở Quy Nhơn."}])
    queries = evaluate.file("q.jsonl", [{"qid": "a", "query": "Tháp Đôi ở đâu?", "relevant_pid": 2}])
    refused(evaluate("search", "--passages", passages, "--queries", queries), "'2'", "'a'")


def test_an_engine_that_is_not_known_is_refused_before_anything_is_read(evaluate: Eval) -> None:
    given = ("--passages", "x", "--queries", "x", "--engine", "grep")
    refused(evaluate("search", *given), "'grep'", "embedded")


def test_a_province_without_gold_is_refused(evaluate: Eval) -> None:
    one = {"url": "", "source": "", "date": "2026-01-02", "title": "A", "summary": ""}
    one |= {"binhdinh": "no", "gialai": "no", "themes": [], "stance": "na"}  # type: ignore[dict-item]  # as in a set
    gold = evaluate.file("gold.jsonl", [one])
    refused(evaluate("judge", "--gold", gold, "--province", "hue"), "'hue'", "binh-dinh")
    gold = evaluate.file("gold.jsonl", [one | {"gialai": "perhaps"}])
    refused(evaluate("judge", "--gold", gold, "--province", "gia-lai"), "line 1", "'gialai'")
    gold = evaluate.file("gold.jsonl", [one | {"date": "hôm nào đó"}])
    refused(evaluate("judge", "--gold", gold, "--province", "gia-lai"), "line 1", "no date")


def test_a_page_that_the_truth_names_must_be_there(evaluate: Eval) -> None:
    evaluate.file("ground_truth.jsonl", [{"id": "a", "url": "https://a.vn/1", "html": "a.html", "articleBody": "x"}])
    refused(evaluate("extract", "--pages", evaluate.folder), "'a.html'")


@pytest.mark.parametrize("name", ["topics", "stance"])
def test_one_label_alone_can_not_be_learned(evaluate: Eval, name: str) -> None:
    one = {"label": "a", "lang": "vi", "text": "Quy Nhơn", "target": "Quy Nhơn"}
    path = evaluate.file("train.jsonl", [one])
    refused(evaluate(name, "--train", path, "--test", path), "two labels")
