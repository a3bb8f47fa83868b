"""`diembao units …`: who has not answered, and where units have their mail."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from diembao.app.case_text import _ACTS
from diembao.app.cli import app
from diembao.core.case import Act, Details
from diembao.core.errors import WrongUse
from diembao.core.requests import Through
from diembao.core.settings import load
from diembao.pipeline.wiring import open_installation
from diembao.response.acts import Actor
from diembao.response.asking import Answer, Asking
from diembao.response.cases import Desk
from diembao.response.reminding import Reminding
from diembao.response.requests import Requests
from tests.api.doors import start_empty


@pytest.fixture
def home(tmp_path: Path) -> Path:
    start_empty(tmp_path)
    now = datetime.now(UTC) - timedelta(days=3)
    with open_installation(load(tmp_path)) as house:
        case = Desk(house.store, house.profile).open(Details("Nước thải", "so-nnmt"), [], Actor("person:1", now))
        asking = Asking("so-y-te", "Gì?", due_at=now + timedelta(hours=1))
        Requests(house.store, house.profile).ask(case.number, asking, Actor("person:1", now))
    return tmp_path


def call(home: Path, *words: str) -> Result:
    return CliRunner().invoke(app, ["units", *words, "--home", str(home)])


def test_who_owes_is_told_and_written_to_sheets(home: Path, tmp_path: Path) -> None:
    csv, xlsx = tmp_path / "no.csv", tmp_path / "no.xlsx"
    done = call(home, "owing", "--csv", str(csv), "--xlsx", str(xlsx))
    assert (done.exit_code, "Sở Y tế: còn nợ 1, trễ 1" in done.stdout) == (0, True)
    assert '"Sở Y tế","1","1","1"' in csv.read_text(encoding="utf-8-sig")
    assert xlsx.read_bytes().startswith(b"PK")
    (unit,) = json.loads(call(home, "owing", "--json").stdout)["units"]
    assert (unit["unit"], unit["late"], unit["open"][0]["case"]) == ("so-y-te", 1, "VV-2026-0001")


def test_a_week_in_which_nobody_was_asked_is_empty(home: Path) -> None:
    assert json.loads(call(home, "owing", "--week", "2026-W02", "--json").stdout)["units"] == []
    wrong = call(home, "owing", "--week", "tuần này")
    assert isinstance(wrong.exception, WrongUse)
    assert isinstance(call(home, "owing", "--csv", str(home)).exception, WrongUse)


def test_addresses_are_kept_and_forgotten(home: Path) -> None:
    assert call(home, "address", "so-y-te", " VanThu@SoYTe.Example ").exit_code == 0
    assert call(home, "address", "approver", "tp@svhttdl.example").exit_code == 0
    kept = json.loads(call(home, "addresses", "--json").stdout)["addresses"]
    assert kept == {"so-y-te": "VanThu@soyte.example", "approver": "tp@svhttdl.example"}
    assert "Sở Y tế" in call(home, "addresses").stdout
    for who, mail in (("so-vu-tru", "a@x.example"), ("so-y-te", "không phải thư"), ("so-y-te", "a@b\nBcc: c@d")):
        assert isinstance(call(home, "address", who, mail).exception, WrongUse)
    assert call(home, "address", "so-y-te", "").exit_code == 0
    assert "so-y-te" not in call(home, "addresses").stdout


def test_a_case_tells_its_requests_and_every_act_of_its_log(home: Path) -> None:
    now = datetime.now(UTC)
    with open_installation(load(home)) as house:
        room, by = Requests(house.store, house.profile), Actor("person:1", now)
        room.remind("VV-2026-0001", 1, by)
        room.renew_link("VV-2026-0001", 1, by)
        room.answer("VV-2026-0001", 1, Answer("Đạt chuẩn."), by, Through.DESK)
        room.ask("VV-2026-0001", Asking("so-nnmt", "Gì?"), by)
        room.withdraw("VV-2026-0001", 2, "Nhầm", by)
        Reminding(house.store, house.profile).look(now + timedelta(days=30))
    told = CliRunner().invoke(app, ["cases", "show", "VV-2026-0001", "--home", str(home)])
    assert told.exit_code == 0, told.exception
    for words in ("hỏi Sở Y tế", "nhắc Sở Y tế", "ghi trả lời của Sở Y tế", "rút lại yêu cầu", "báo hạn", "Đạt chuẩn."):
        assert words in told.stdout
    assert set(_ACTS) == set(Act)
