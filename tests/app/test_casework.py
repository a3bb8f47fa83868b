"""`diembao cases …` as a person calls it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from diembao.app.cli import app
from diembao.core.errors import WrongUse
from diembao.pipeline.wiring import open_installation
from tests.dashboard import seed

Call = Callable[..., Result]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    home = tmp_path_factory.mktemp("desk")
    with open_installation(seed.home_at(home)) as house:
        return home, seed.fill(house, seed.LEADING).ids


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
    told = data(call("show", number, "--json"))
    assert (told["opened_by"], told["notes"][0]["text"]) == ("person:lan", "Đã gọi xã.")
    assert len(told["coverage"]) == 3
    assert [line["act"] for line in told["log"]] == ["opened", "added", "joined", "noted"]
    shown = call("show", number).stdout
    assert "Sở Nông nghiệp và Môi trường" in shown
    assert "person:lan: Đã gọi xã." in shown
    assert "1 vụ việc" in call("list").stdout
    assert "0 vụ việc" in call("list", "--late").stdout


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("show", "VV-2026-0099"), "no case 'VV-2026-0099'"),
        (("note", "VV-2026-0099", "gì đó"), "There is no case VV-2026-0099"),
        (("open", "0" * 16), "no article"),
        (("list", "--state", "lost"), "--state is one of new, taken"),
        (("list", "--unit", "so-cu"), "no unit 'so-cu'"),
    ],
)
def test_what_cannot_be_is_one_sentence(call: Call, words: tuple[str, ...], told: str) -> None:
    result = call(*words)
    assert isinstance(result.exception, WrongUse)
    assert told in str(result.exception)


def test_a_priority_that_is_none_is_refused(call: Call, made: tuple[Path, dict[str, str]]) -> None:
    result = call("open", made[1]["port"], "--priority", "soon")
    assert "--priority is one of urgent, high, normal" in str(result.exception)
