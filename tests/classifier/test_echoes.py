from __future__ import annotations

import json
from pathlib import Path

import pytest

from classifier import echoes, example
from classifier.example import Example
from diembao.plan.reader import themes

TEXT = "Cầu Bình Lập nối hai xã ven sông được thông xe sau ba năm chờ đợi"


def _example(title: str, summary: str = "Tin.") -> Example:
    return Example("vi", 7, "vi", title, summary, (), "neutral", "yes", "yes")


def test_ten_words_in_a_row_are_found_whatever_marks_and_capitals() -> None:
    same = _example("CẦU BINH LAP NOI HAI XA VEN SONG DUOC THONG XE")
    (found,) = echoes.echoes([same, _example("Cầu Bình Lập nối hai xã ven sông được làm mới")], [TEXT])
    assert found == (same, "cau binh lap noi hai xa ven song duoc thong")


def test_scripts_without_spaces_are_compared_by_longer_runs_of_signs() -> None:
    text = "快讯：归仁堤防扛住台风，居民点赞施工队提前两周完成修缮工程"
    assert list(echoes.echoes([_example("归仁堤防扛住台风，居民点赞施工队提前两周完成", "讯。")], [text]))
    assert not list(echoes.echoes([_example("归仁堤防扛住台风，居民点赞", "讯。")], [text]))


def test_no_example_repeats_the_gold_set_of_the_project() -> None:
    gold = Path(__file__).parent.parent / "quality" / "gold"
    texts = [f"{one.title}\n{one.summary}" for one in example.load(gold, tuple(themes()))]
    assert len(texts) > 100
    assert not list(echoes.echoes(example.load(example.FOLDER, tuple(themes())), texts))


@pytest.fixture
def written(tmp_path: Path) -> Path:
    folder = tmp_path / "examples"
    folder.mkdir()
    line = {"lang": "vi", "title": TEXT, "summary": "Tin.", "themes": [], "stance": "neutral"}
    line |= {"binhdinh": "yes", "gialai": "yes"}
    (folder / "vi.jsonl").write_text(json.dumps(line) + "\n", encoding="utf-8")
    return folder


def _ask(written: Path, gold: str) -> int:
    path = written.parent / "gold.jsonl"
    path.write_text(gold, encoding="utf-8")
    return echoes.main([str(path), str(written)])


def test_the_command_names_the_line_and_fails(written: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert _ask(written, json.dumps({"title": "Mới", "summary": TEXT})) == 1
    assert capsys.readouterr().out.startswith("vi.jsonl:1: cau binh lap")
    assert _ask(written, json.dumps({"title": "Mới", "summary": "Khác."})) == 0


@pytest.mark.parametrize("gold", ["{", '{"title": "x"}', "[]"])
def test_the_command_says_what_it_cannot_read(written: Path, gold: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert _ask(written, gold) == 2
    assert "gold.jsonl" in capsys.readouterr().err
    assert echoes.main([]) == 2
