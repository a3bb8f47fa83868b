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
from diembao.core.accounts import CONSOLE, Grant, Role
from diembao.core.case import Details
from diembao.core.opinion import Asked, QueueState, Task
from diembao.core.settings import load
from diembao.opinion.address import Place
from diembao.pipeline import sending
from diembao.pipeline.wiring import Installation, open_installation
from diembao.response.acts import Actor
from diembao.response.cases import Desk
from tests.app.evaluating import Ended
from tests.dashboard import entering
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


def test_another_outline_is_asked_for_anew_its_price_said_first_and_written_down(
    diembao: Diembao, house: Installation, model: ModelServer
) -> None:
    keep(house.store, lao())
    opened = Desk(house.store, house.profile).open(Details("Tàu", "so-y-te"), [lao().id], Actor("person:1", NOW, ""))
    said = iter(("Tàu đến.", "Tàu cập cảng.", "Cảng đón tàu."))
    model.say = lambda _: completion(outline((next(said), 1, PASSAGE)))
    assert "Tàu đến." in diembao("outline", opened.number).out
    assert "Tàu đến." in diembao("outline", opened.number).out
    again = diembao("outline", opened.number, "--again")
    assert "Tàu cập cảng." in again.out
    assert "Nhiều nhất" in again.err
    assert "Tàu cập cảng." in diembao("outline", opened.number).out
    assert "Cảng đón tàu." in diembao("outline", opened.number, "--again").out
    kept = house.store.outline(opened.number)
    assert kept is not None
    assert kept.lines[0].text == "Cảng đón tàu."
    rows = [row for row in house.store.audit() if row.act == "opinion.ask"]
    assert {(row.actor, row.subject) for row in rows} == {("person:local", f"case:{opened.number}")}
    assert len(rows) == 5
    assert house.store.opinion_counts()[QueueState.DONE] == 1


def test_who_may_not_draft_the_answer_asks_for_no_outline(
    diembao: Diembao, house: Installation, model: ModelServer
) -> None:
    keep(house.store, lao())
    opened = Desk(house.store, house.profile).open(Details("Tàu", "so-y-te"), [lao().id], Actor("person:1", NOW, ""))
    door = entering.door_of(house)
    door.accounts.add("xem", "", [Grant(Role.VIEWER)], by=CONSOLE, now=NOW)
    done = diembao("outline", opened.number, "--by", "xem")
    assert (done.code, model.asked) == (1, [])
    assert house.store.audit(limit=1)[0].act == "access.refused"


def test_an_outline_that_cannot_be_used_stands_in_the_queue_with_its_reason(
    diembao: Diembao, house: Installation, model: ModelServer
) -> None:
    keep(house.store, lao())
    opened = Desk(house.store, house.profile).open(Details("Tàu", "so-y-te"), [lao().id], Actor("person:1", NOW, ""))
    model.say = lambda _: completion("Xin lỗi.")
    assert diembao("outline", opened.number).code == 1
    (aside,) = house.store.opinion_asides()
    assert "không phải JSON" in aside.why


def test_where_articles_go_is_kept_for_the_address_that_was_asked(
    diembao: Diembao, house: Installation, tmp_path: Path
) -> None:
    assert not sending.leaves(house)
    keep(house.store, lao())
    diembao("check")
    chosen = house.settings.opinion
    other = chosen.model_copy(update={"url": "https://llm.example.vn/v1", "outside": True})
    house.settings = house.settings.model_copy(update={"opinion": other})
    assert sending.leaves(house)  # nobody has looked it up yet: as is allowed
    place = Place("https", "llm.example.vn", 443, "/v1", "10.0.0.5", outside=False)
    sending.note(house, place)
    assert not sending.leaves(house)
    sending.note(house, replace(place, address="93.184.216.34", outside=True))  # the name has moved
    assert sending.leaves(house)


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
