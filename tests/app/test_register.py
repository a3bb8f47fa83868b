"""`diembao questions|briefings|calendar …` and the papers of a case, as people type them."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from diembao.api.rights import NotAllowed
from diembao.app.cli import app
from diembao.core.accounts import CONSOLE, Grant, Role
from diembao.core.errors import WrongUse
from diembao.pipeline.wiring import open_installation
from diembao.response.verifying import verify
from tests.dashboard import entering, published, seed

Call = Callable[..., Result]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    home = tmp_path_factory.mktemp("register")
    with open_installation(seed.home_at(home)) as house:
        ids = seed.fill(house, published.LEADING).ids
        accounts = entering.door_of(house).accounts
        for name, role in (("lan", Role.APPROVER), ("minh", Role.APPROVER), ("xem", Role.VIEWER)):
            accounts.add(name, f"Cán bộ {name.title()}", [Grant(role)], by=CONSOLE, now=seed.NOW)
    return home, ids


@pytest.fixture
def call(made: tuple[Path, dict[str, str]]) -> Call:
    return lambda *words: CliRunner().invoke(app, [*words, "--home", str(made[0])])


def data(result: Result) -> Any:
    assert result.exit_code == 0, (result.output, result.exception)
    return json.loads(result.stdout)


def test_a_question_goes_from_its_receipt_to_the_press(
    call: Call, made: tuple[Path, dict[str, str]], tmp_path: Path
) -> None:
    asked = ("=Nước có sạch không?", "--outlet", "bao-song-con", "--name", "Trần Văn An", "--contact", "an@bao.example")
    assert isinstance(call("questions", "add", *asked, "--by", "xem").exception, NotAllowed)
    number = data(call("questions", "add", *asked, "--by", "lan", "--json"))["number"]
    assert data(call("questions", "assign", number, "so-nnmt", "--by", "lan", "--json"))["state"] == "assigned"
    assert call("questions", "answer", number, "--text", "Mẫu đạt.", "--by", "lan").exit_code == 0
    assert isinstance(call("questions", "answer", number, "--approve", "--by", "lan").exception, NotAllowed)
    assert data(call("questions", "answer", number, "--approve", "--by", "minh", "--json"))["state"] == "answered"
    published = call("questions", "publish", number, "--article", made[1]["waste"], "--by", "lan", "--json")
    assert data(published)["state"] == "published"
    case = data(call("questions", "case", number, "--by", "lan", "--json"))["case"]
    told = data(call("questions", "show", number, "--json"))
    assert (told["case"], told["asker"]["name"], told["articles"]) == (case, "Trần Văn An", [made[1]["waste"]])
    assert [x["act"] for x in told["history"]][-1] == "question.case"
    assert call("questions", "forget", number, "--by", "lan").exit_code == 0
    assert data(call("questions", "show", number, "--json"))["asker"] == {"name": "", "function": "", "contact": ""}
    out = tmp_path / "so.csv"
    assert call("questions", "export", "--out", str(out)).exit_code == 0
    _, row = csv.reader(out.read_text(encoding="utf-8-sig").splitlines())
    assert (row[0], row[1], row[2]) == (number, "'=Nước có sạch không?", "Báo Sông Côn")
    assert isinstance(call("questions", "export", "--out", str(out)).exception, WrongUse)
    assert call("questions", "export", "--out", str(tmp_path / "so.xlsx")).exit_code == 0
    assert "kết thúc bằng" in str(call("questions", "export", "--out", str(tmp_path / "so.ods")).exception)


def test_a_question_that_is_not_answered_says_why_and_the_list_says_it(call: Call) -> None:
    number = data(call("questions", "add", "Hỏi gì?", "--outlet", "Báo lạ", "--how", "phone", "--json"))["number"]
    assert data(call("questions", "end", number, "--reason", "Ngoài thẩm quyền", "--json"))["state"] == "refused"
    assert f"{number} · không trả lời · Báo lạ" in call("questions", "list", "--state", "refused").stdout
    assert data(call("questions", "list", "--text", "hoi gi", "--json"))["total"] == 1
    for wrong in (("--state", "x"), ("--how", "fax")):
        words = ("list",) if wrong[0] == "--state" else ("add", "a", "--outlet", "b")
        assert isinstance(call("questions", *words, *wrong).exception, WrongUse)
    naive = call("questions", "add", "a", "--outlet", "b", "--received", "2026-11-20T08:00")
    assert "múi giờ" in str(naive.exception)


def test_a_briefing_leads_to_a_result(call: Call) -> None:
    at = ("--at", "2026-11-01T08:00+07:00", "--item", "so-nnmt=Nước sông Côn", "--json")
    number = str(data(call("briefings", "add", "Giao ban", *at))["number"])
    assert data(call("briefings", "held", number, "--json"))["state"] == "held"
    point = str(data(call("briefings", "point", number, "Công bố", "--unit", "so-nnmt", "--json"))["point"])
    later = ("--at", "2026-12-01T08:00+07:00", "--json")
    second = str(data(call("briefings", "add", "Giao ban tháng 12", *later))["number"])
    carried = data(call("briefings", "show", second, "--json"))["carried"]
    assert [x["text"] for x in carried] == ["Công bố"]
    assert call("briefings", "tell", point, "Đã công bố", "--done").exit_code == 0
    assert "xong: Đã công bố" in call("briefings", "show", number).stdout
    assert "Giao ban tháng 12" in call("briefings", "list").stdout


def test_what_is_foreseen_is_prepared(call: Call, tmp_path: Path) -> None:
    proposed = data(call("calendar", "proposals", "--json"))["proposals"]
    key = next(x["key"] for x in proposed if x["title"] == "Tết Nguyên đán")
    number = str(data(call("calendar", "add", key, "--task", "20=Lịch trực Tết", "--json"))["number"])
    assert key not in call("calendar", "proposals").stdout
    assert data(call("calendar", "done", number, "1", "--json"))["done"] is True
    assert data(call("calendar", "list", "--json"))["matters"][0]["tasks"][0]["done"] is True
    assert call("calendar", "ics", "--out", str(tmp_path / "lich.ics")).exit_code == 0
    assert "SUMMARY:Tết Nguyên đán\r\n" in (tmp_path / "lich.ics").read_bytes().decode()
    assert call("calendar", "end", number).exit_code == 0
    assert data(call("calendar", "list", "--json"))["matters"] == []
    for words in (("x", "--start", "mai"), ("x", "--start", "2026-12-01", "--kind", "x")):
        assert isinstance(call("calendar", "add", *words).exception, WrongUse)


def test_a_case_is_packed_and_told_on_a_page(call: Call, made: tuple[Path, dict[str, str]], tmp_path: Path) -> None:
    number = data(call("cases", "open", made[1]["waste"], "--by", "lan", "--another", "--json"))["number"]
    out = tmp_path / "ho-so.zip"
    assert isinstance(call("cases", "packet", number, "--out", str(out), "--by", "xem").exception, NotAllowed)
    packed = call("cases", "packet", number, "--out", str(out), "--by", "lan", "--outside", "--json")
    assert (data(packed)["outside"], verify(out).problems, verify(out).url) == (True, [], number)
    assert isinstance(call("cases", "packet", number, "--out", str(out)).exception, WrongUse)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["ho-so.zip"]
    told = data(call("cases", "brief", number, "--out", str(tmp_path / "tom-tat"), "--json"))
    assert sorted(Path(path).suffix for path in told["files"]) == [".docx", ".txt"]
    assert f"Đầy đủ: hồ sơ vụ việc {number}" in told["left_out"]
