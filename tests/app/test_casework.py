"""`diembao cases …` as a person calls it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from diembao.app.cli import app
from diembao.core.accounts import CONSOLE, Grant, Role
from diembao.core.errors import Refused, WrongUse
from diembao.core.settings import load
from diembao.pipeline.wiring import open_installation
from tests.dashboard import entering, published, seed

Call = Callable[..., Result]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    home = tmp_path_factory.mktemp("desk")
    with open_installation(seed.home_at(home)) as house:
        ids = seed.fill(house, published.LEADING).ids
        accounts = entering.door_of(house).accounts
        for name, role in (("lan", Role.OFFICER), ("xem", Role.VIEWER)):
            accounts.add(name, f"Cán bộ {name.title()}", [Grant(role)], by=CONSOLE, now=seed.NOW)
        return home, ids


@pytest.fixture
def call(made: tuple[Path, dict[str, str]]) -> Call:
    return lambda *words: CliRunner().invoke(app, ["cases", *words, "--home", str(made[0])])


def data(result: Result) -> Any:
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def test_a_case_is_opened_noted_listed_and_shown(call: Call, made: tuple[Path, dict[str, str]]) -> None:
    opened = data(call("open", made[1]["waste"], "--priority", "urgent", "--by", "lan", "--json"))
    assert (opened["state"], opened["unit"], opened["articles"]) == ("new", "so-nnmt", 3)
    number = opened["number"]
    assert call("note", number, "Đã gọi xã.", "--by", "lan").exit_code == 0
    listed = data(call("list", "--unit", "so-nnmt", "--state", "new", "--json"))
    assert [case["number"] for case in listed["cases"]] == [number]
    for query, total in (("sông Côn", 1), ("chuyến bay thẳng", 0)):
        assert data(call("list", "--query", query, "--json"))["total"] == total
    told = data(call("show", number, "--json"))
    assert (told["opened_by"], told["notes"][0]["text"]) == ("person:1", "Đã gọi xã.")
    assert told["log"][0]["facts"]["where"] == "console"
    assert len(told["coverage"]) == 3
    assert [line["act"] for line in told["log"]] == ["opened", "added", "joined", "noted"]
    shown = call("show", number).stdout
    assert "Sở Nông nghiệp và Môi trường" in shown
    assert "Cán bộ Lan: Đã gọi xã." in shown
    assert "Cán bộ Lan (dòng lệnh): mở vụ việc" in shown
    assert "máy: 2 bài cùng chuyện tự vào vụ việc" in shown
    assert "so-" not in shown
    with open_installation(load(made[0])) as house:
        assert {row.where for row in house.store.audit() if row.act == "case.noted"} == {"console"}
    assert "1 vụ việc" in call("list").stdout
    assert "0 vụ việc" in call("list", "--late").stdout


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("show", "VV-2026-0099"), "Không có vụ việc 'VV-2026-0099'"),
        (("note", "VV-2026-0099", "gì đó"), "There is no case 'VV-2026-0099'"),
        (("open", "không-phải-địa-chỉ"), "không phải số của bài"),
        (("open", "0" * 16), "Không có bài"),
        (("list", "--state", "lost"), "--state là một trong: new, taken"),
        (("list", "--unit", "so-cu"), "Không có đơn vị 'so-cu'"),
    ],
)
def test_what_cannot_be_is_one_sentence(call: Call, words: tuple[str, ...], told: str) -> None:
    result = call(*words)
    assert isinstance(result.exception, WrongUse)
    assert told in str(result.exception)


def test_a_priority_that_is_none_is_refused(call: Call, made: tuple[Path, dict[str, str]]) -> None:
    result = call("open", made[1]["port"], "--priority", "soon")
    assert "--priority là một trong: urgent, high, normal" in str(result.exception)


@pytest.mark.parametrize("name", ["1", "person:1", "minh", "console", "lan lan"])
def test_nobody_acts_under_a_name_that_is_no_account(call: Call, made: tuple[Path, dict[str, str]], name: str) -> None:
    result = call("open", made[1]["port"], "--by", name)
    assert isinstance(result.exception, WrongUse)
    assert "Không có tài khoản" in str(result.exception)


def test_an_account_does_on_the_command_line_what_it_may_do(call: Call, made: tuple[Path, dict[str, str]]) -> None:
    assert isinstance(call("open", made[1]["port"], "--by", "xem").exception, Refused)
    number = data(call("open", made[1]["port"], "--json"))["number"]
    assert isinstance(call("note", number, "giả danh", "--by", "xem").exception, Refused)
    assert "người dùng máy này (dòng lệnh): mở vụ việc" in call("show", number).stdout


def test_an_article_is_named_by_its_address_and_opened_twice_only_knowingly(
    call: Call, made: tuple[Path, dict[str, str]]
) -> None:
    with open_installation(load(made[0])) as house:
        item = house.store.article(made[1]["road"])
        assert item is not None
    first = data(call("open", item.article.url, "--json"))["number"]
    again = call("open", made[1]["road"])
    assert isinstance(again.exception, WrongUse)
    assert first in str(again.exception)
    assert data(call("open", made[1]["road"], "--another", "--json"))["number"] != first
