"""`eval judge --second-opinion`: a language model measured beside the product, on headlines written for the project."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.app.evaluating import Eval
from tests.app.test_eval_judge import HANOI, PLEIKU, PORT, gold
from tests.opinion.model_server import Reply, completion, serve


def says(body: dict[str, Any]) -> Reply:
    """About the province where its port is named; quotes the title, except of Hà Nội, of which it says nothing."""
    title = json.loads(body["messages"][1]["content"])["article"]["title"]
    if title == HANOI["title"]:
        return completion("không biết")
    answer = {
        "relevance": "yes" if title == PORT["title"] else "no",
        "relevance_quote": title,
        "themes": [],
        "stance": "positive",
        "stance_quote": "lời không có trong bài",
    }
    return completion(json.dumps(answer, ensure_ascii=False))


def test_it_is_scored_like_the_product_and_held_against_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    evaluate = Eval(tmp_path, monkeypatch, capsys)
    with serve(says) as model:
        (tmp_path / "diembao.toml").write_text(f'[opinion]\nurl = "{model.url}"\nmodel = "m"\nconcurrency = 2\n')
        asked = ("judge", "--gold", evaluate.file("gold.jsonl", gold(PORT, PLEIKU, HANOI)), "--province", "gia-lai")
        found = evaluate(*asked, "--second-opinion", "--home", tmp_path).figures
        again = evaluate(*asked, "--second-opinion", "--home", tmp_path).figures
        assert "second_opinion" not in evaluate(*asked).figures
    second = found["second_opinion"]
    assert (second["model"], second["n"], second["answered"]) == ("m", 3, 2)
    assert list(second["set_aside"].values()) == [1]
    assert second["quoted"] == {"second-relevance": 2, "second-stance": 0}
    assert second["relevance"]["confusion"]["yes"] == {"yes": 1, "no": 1}
    assert second["agreement"]["relevance"] == 0.5
    assert again == found
    assert len(model.asked) == 4  # what was answered is kept; what was set aside is asked again


def test_without_a_model_it_says_what_to_set(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    evaluate = Eval(tmp_path, monkeypatch, capsys)
    file = evaluate.file("gold.jsonl", gold(PORT))
    done = evaluate("judge", "--gold", file, "--province", "gia-lai", "--second-opinion", "--home", tmp_path)
    assert done.code == 3
    assert "opinion.url" in done.err
