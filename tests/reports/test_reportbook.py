"""`diembao report list|open|sign`: as at the screen, by an account that may."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from typer.testing import CliRunner, Result

from diembao.app.cli import app
from diembao.core.accounts import CONSOLE, Grant, NewAccount, Role
from diembao.core.article import Kind
from diembao.core.errors import DiembaoError, Outdated, WrongUse
from diembao.core.reports import Written
from diembao.pipeline.wiring import Installation
from diembao.reports import keeping
from diembao.reports.keeping import Making
from diembao.reports.period import Period
from tests.dashboard import seed
from tests.reports.coverage import NOW

Call = Callable[..., Any]


@pytest.fixture
def number(house: Installation, period: Period) -> int:
    made = keeping.make(house, Making(period, "gia-lai", CONSOLE), NOW).report.number
    house.store.write_paragraph(made, Written("overview", "Tuần có bão."), CONSOLE, NOW)
    return made


@pytest.fixture
def call(house: Installation) -> Call:
    """What it prints; the error where it is one."""

    def calling(*words: str) -> Any:
        result: Result = CliRunner().invoke(app, ["report", *words, "--home", str(house.settings.home)])
        if isinstance(result.exception, DiembaoError):
            raise result.exception
        assert result.exit_code == 0, result.output
        return json.loads(result.stdout) if "--json" in words else result.stdout

    return calling


def account(house: Installation, name: str, role: Role) -> str:
    number = house.store.add_account(NewAccount(name, name, name.title(), (Grant(role),)), by=CONSOLE, now=NOW)
    return f"person:{number}"


def test_reports_are_listed_under_one_another(house: Installation, call: Call, number: int, period: Period) -> None:
    keeping.make(house, Making(period.before(1), "gia-lai", CONSOLE), NOW + timedelta(hours=1))
    head, last, before = call("list").splitlines()
    assert "13/11/2026  19/11/2026" in last
    assert "06/11/2026  12/11/2026" in before
    assert {line.index(word) for line, word in ((head, "Từ"), (last, "13/11"), (before, "06/11"))} == {head.index("Từ")}
    told = call("list", "--json", "--year", "2026", "--kind", "weekly")["reports"]
    assert (len(told), told[0]["number"]) == (2, number)
    assert "Chưa có báo cáo nào" in call("list", "--kind", "annual")
    with pytest.raises(WrongUse, match="--kind"):
        call("list", "--kind", "daily")


def test_a_report_is_read_and_written_to_files(house: Installation, call: Call, number: int, tmp_path: Path) -> None:
    said = call("open", str(number), "--out", str(tmp_path / "out"))
    assert "bản nháp" in said
    assert said.index("I. TỔNG QUAN") < said.index("Tuần có bão.") < said.index("ghi nhận 10 bài [S1]")
    assert sorted(x.suffix for x in (tmp_path / "out").iterdir()) == [".docx", ".json"]
    told = call("open", str(number), "--json")
    assert (told["paragraphs"][0]["text"], told["edition"]) == ("Tuần có bão.", 2)
    with pytest.raises(WrongUse, match="report 99"):
        call("open", "99")


def test_a_figure_is_opened_with_what_has_changed(
    house: Installation, call: Call, number: int, ids: dict[str, str]
) -> None:
    house.store.correct(ids["waste"], Kind.STANCE, "gia-lai", ["neutral"], by="person:lan", why="", now=NOW)
    seed.index(house)
    said = call("open", str(number), "--figure", "6")
    assert "S6 Bài phê phán. Lúc lập: 2; nay: 1" in said
    assert "Nước thải trại heo chảy ra sông Côn (Báo Sông Côn): nhãn đã đổi" in said
    told = call("open", str(number), "--figure", "1", "--json")
    assert (told["listed"], len(told["articles"])) == (10, 10)
    with pytest.raises(WrongUse, match="S999"):
        call("open", str(number), "--figure", "999")


def test_who_may_signs_the_edition_that_was_read_and_it_is_written_down(
    house: Installation, call: Call, number: int, tmp_path: Path
) -> None:
    head = account(house, "truong-phong", Role.APPROVER)
    with pytest.raises(Outdated):
        call("sign", str(number), "--edition", "1", "--by", "truong-phong")  # somebody has written in it since
    told = call("sign", str(number), "--edition", "2", "--number", "8", "--by", "truong-phong", "--json")
    assert (told["state"], told["signed_by"], told["registered"]) == ("signed", head, 8)
    assert house.store.audit(limit=1)[0].act == "report.sign"
    call("open", str(number), "--out", str(tmp_path))
    (signed,) = tmp_path.glob("*.docx")
    assert signed.read_bytes() == house.store.response(told["document"])
    assert Document(str(signed)).tables[0].rows[1].cells[0].text == "Số: 08/BC-SVHTTDL"
    with pytest.raises(WrongUse, match="signed"):
        call("sign", str(number), "--edition", "3", "--by", "truong-phong")


def test_nobody_in_particular_and_nobody_who_may_not_signs(house: Installation, call: Call, number: int) -> None:
    officer = account(house, "lan", Role.OFFICER)
    with pytest.raises(WrongUse, match="--by"):
        call("sign", str(number), "--edition", "2")
    with pytest.raises(WrongUse, match="no account 'minh'"):
        call("sign", str(number), "--edition", "2", "--by", "minh")
    with pytest.raises(DiembaoError):
        call("sign", str(number), "--edition", "2", "--by", "lan")
    row = house.store.audit(limit=1)[0]
    assert (row.actor, row.act) == (officer, "access.refused")
    report = house.store.report(number)
    assert report is not None
    assert (report.state, report.signed_by) == ("draft", "")
