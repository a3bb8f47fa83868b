"""`diembao opinion …` as a person types it, with a model on loopback."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from diembao.app.cli import main
from diembao.core.case import Details
from diembao.core.opinion import Asked, QueueState, Task
from diembao.core.settings import load
from diembao.pipeline.wiring import Installation, open_installation
from diembao.response.acts import Actor
from diembao.response.cases import Desk
from tests.app.evaluating import Ended
from tests.opinion.articles import PASSAGE, lao, outline
from tests.opinion.model_server import ModelServer, Reply, completion, serve
from tests.store.contract_opinions import gist
from tests.store.making import NOW, keep

Diembao = Callable[..., Ended]


@pytest.fixture
def model() -> Iterator[ModelServer]:
    with serve(lambda _: completion('{"ready": true}')) as server:
        yield server


@pytest.fixture
def diembao(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], model: ModelServer
) -> Diembao:
    (tmp_path / "diembao.toml").write_text(
        f'[opinion]\nurl = "{model.url}"\nmodel = "m"\nprice_in = 1\ndaily_cost = 9\n'
    )

    def run(*words: str) -> Ended:
        monkeypatch.setattr(sys, "argv", ["diembao", "opinion", *words, "--home", str(tmp_path)])
        with pytest.raises(SystemExit) as ended:
            main()
        out, err = capsys.readouterr()
        code = ended.value.code
        return Ended(code if isinstance(code, int) else 0, out, err)

    return run


@pytest.fixture
def house(diembao: Diembao, tmp_path: Path) -> Iterator[Installation]:
    with open_installation(load(tmp_path)) as opened:
        yield opened


def test_check_says_that_it_works_and_where_articles_go(diembao: Diembao) -> None:
    found = diembao("check", "--json").figures
    assert (found["works"], found["outside"], found["model"], found["address"]) == (True, False, "m", "127.0.0.1")
    assert "trong mạng nội bộ" in diembao("check").out


@pytest.mark.parametrize(
    ("reply", "code", "said"),
    [
        (completion("Sẵn sàng."), 1, "no JSON"),
        (Reply(b"{}", 401), 3, "key_file"),
        (Reply(b"{}", 503), 1, "503"),
        (Reply(b"<html>", kind="text/html"), 3, "not JSON"),
    ],
)
def test_check_says_what_does_not_work(
    diembao: Diembao, model: ModelServer, reply: Reply, code: int, said: str
) -> None:
    model.say = lambda _: reply
    done = diembao("check")
    assert (done.code, said in done.err) == (code, True)


def test_without_a_model_check_says_what_to_set(diembao: Diembao, tmp_path: Path) -> None:
    (tmp_path / "diembao.toml").write_text('province = "gia-lai"\n')
    done = diembao("check")
    assert done.code == 3
    assert "opinion.url" in done.err
    assert done.err.count("\n") == 1


def test_an_address_outside_is_refused_before_anything_is_sent(diembao: Diembao, tmp_path: Path) -> None:
    (tmp_path / "diembao.toml").write_text('[opinion]\nurl = "https://203.0.113.7/v1"\nmodel = "m"\n')
    done = diembao("check")
    assert done.code == 3
    assert "opinion.outside = true" in done.err


def test_the_cost_of_each_day_is_told(diembao: Diembao) -> None:
    assert "Chưa hỏi" in diembao("cost").out
    assert diembao("cost", "--json").figures == {"currency": "VND", "daily_cost": 9, "days": []}


def test_what_was_set_aside_is_told_and_asked_again(diembao: Diembao, house: Installation) -> None:
    keep(house.store, lao())
    one = Asked(lao().id, Task.SECOND, "gia-lai", 1, QueueState.ASIDE, why="không phải JSON (no JSON)")
    with house.store.writing() as write:
        write.want_opinions([one], now=NOW)
    assert "không phải JSON" in diembao("queue").out
    found = diembao("queue", "--again", "--json").figures
    assert (found["waiting"], found["aside"], found["asked_again"]) == (1, 0, 1)


def test_a_gist_is_told_with_who_wrote_it(diembao: Diembao, house: Installation) -> None:
    keep(house.store, lao())
    assert "chưa có tóm tắt" in diembao("gist", lao().id).out
    with house.store.writing() as write:
        write.put_gist(replace(gist("a"), article_id=lao().id))
    assert "máy viết (m), chưa ai duyệt" in diembao("gist", lao().id).out
    assert diembao("gist", lao().id, "--json").figures["gists"][0]["verdict"] is None
    assert diembao("gist", "no-such").code == 2


def test_an_outline_is_asked_for_and_kept_with_its_price(
    diembao: Diembao, house: Installation, model: ModelServer
) -> None:
    keep(house.store, lao())
    opened = Desk(house.store, house.profile).open(Details("Tàu", "so-y-te"), [lao().id], Actor("person:1", NOW, ""))
    model.say = lambda _: completion(outline(("Tàu đến.", 1, PASSAGE), ("Không nguồn.", 1, "không có trong bài")))
    found = diembao("outline", opened.number, "--json").figures
    assert found["lines"] == [{"text": "Tàu đến.", "article": lao().id, "quote": PASSAGE}]
    assert found["dropped"] == 1
    kept = house.store.outline(opened.number)
    assert kept is not None
    assert "bỏ 1 câu" in diembao("outline", opened.number).out
    assert [day["questions"] for day in diembao("cost", "--json").figures["days"]] == [1]
    assert "1 câu hỏi, 1 đã có sẵn, 400 + 100 token, 0.40 VND" in diembao("cost").out
    assert diembao("outline", "VV-2026-9999").code == 2


def shown(body: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(body["messages"][1]["content"])
    return found


def test_no_note_no_officer_and_no_label_leaves_with_an_outline(
    diembao: Diembao, house: Installation, model: ModelServer
) -> None:
    keep(house.store, lao())
    desk, lan = Desk(house.store, house.profile), Actor("person:1", NOW, "")
    opened = desk.open(Details("Tàu", "so-y-te"), [lao().id], lan)
    desk.note(opened.number, "Đã gọi riêng ông An.", lan)
    model.say = lambda _: completion(outline(("Tàu đến.", 1, PASSAGE)))
    diembao("outline", opened.number)
    assert shown(model.asked[0]).keys() == {"matter", "articles"}
    assert shown(model.asked[0])["articles"][0].keys() == {"source", "title", "lead", "text"}
    assert "ông An" not in json.dumps(model.asked, ensure_ascii=False)
