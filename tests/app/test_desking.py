"""`diembao cases quote … issue`: from a claim to its outcome as people type it."""

from __future__ import annotations

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
from diembao.core.settings import load
from diembao.pipeline.wiring import open_installation
from tests.dashboard import entering, published, seed

Call = Callable[..., Result]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    home = tmp_path_factory.mktemp("desking")
    with open_installation(seed.home_at(home)) as house:
        ids = seed.fill(house, published.LEADING).ids
        accounts = entering.door_of(house).accounts
        for name, role in (("lan", Role.APPROVER), ("minh", Role.APPROVER), ("xem", Role.VIEWER)):
            accounts.add(name, f"Cán bộ {name.title()}", [Grant(role)], by=CONSOLE, now=seed.NOW)
        return home, ids


@pytest.fixture
def call(made: tuple[Path, dict[str, str]]) -> Call:
    return lambda *words: CliRunner().invoke(app, ["cases", *words, "--home", str(made[0])])


def data(result: Result) -> Any:
    assert result.exit_code == 0, (result.output, result.exception)
    return json.loads(result.stdout)


def test_a_claim_goes_to_its_outcome(call: Call, made: tuple[Path, dict[str, str]], tmp_path: Path) -> None:
    home, ids = made
    with open_installation(load(home)) as house:
        item = house.store.article(ids["waste"])
        assert item is not None
        sentence = item.article.title
    number = data(call("open", ids["waste"], "--by", "lan", "--json"))["number"]
    assert call("note", number, "Đã gọi xã.", "--by", "lan").exit_code == 0
    for state in ("taken", "verifying", "drafting"):
        assert data(call("move", number, state, "--by", "lan", "--json"))["state"] == state
    assert data(call("quote", number, ids["waste"], sentence, "--by", "lan", "--json"))["claim"] == 1
    proof, text, english = (tmp_path / name for name in ("mau.txt", "vi.txt", "en.txt"))
    proof.write_text("Kết quả mẫu nước", encoding="utf-8")
    text.write_text("Mẫu nước trong ngưỡng. [#1]", encoding="utf-8")
    english.write_text("Within limits. [#1]", encoding="utf-8")
    assert data(call("attach", number, "1", "--file", str(proof), "--by", "lan", "--json"))["exhibit"] == 1
    assert isinstance(call("mark", number, "1", "incomplete", "--why", "x").exception, WrongUse)
    assert call("mark", number, "1", "incomplete", "--why", "Mẫu đạt", "--by", "lan").exit_code == 0
    words = ("--form", "written", "--speaker", "Giám đốc Sở", "--other", f"en={english}", "--by", "lan", "--json")
    assert data(call("draft", number, str(text), *words))["version"] == 1
    hand_in = ("move", number, "awaiting-approval", "--by", "lan")
    assert "chưa có tiêu đề của riêng nó" in str(call(*hand_in).exception)
    assert data(call("draft", number, str(text), "--title", sentence, "--by", "lan", "--json"))["version"] == 2
    assert "Bản English còn thiếu: tiêu đề, người phát ngôn" in str(call(*hand_in).exception)
    whole = ("--other-title", "en=Water within limits", "--other-speaker", "en=The director", "--by", "lan", "--json")
    assert data(call("draft", number, str(text), *whole))["version"] == 3
    assert "trùng với tít" in call(*hand_in).stderr
    told = call("show", number).stdout
    for said in ("Thông cáo báo chí", "Giám đốc Sở", "English · Water within limits", "The director", "Within limits."):
        assert said in told
    assert f"Tiếng Việt · {sentence}" in told
    assert isinstance(call("approve", number, "--version", "3", "--by", "lan").exception, NotAllowed)
    out = ("--to", "Báo Gia Lai", "--out", str(tmp_path / "out"), "--by", "lan", "--json")
    assert "Chưa có người thứ hai" in str(call("issue", number, *out).exception)
    assert data(call("approve", number, "--version", "3", "--by", "minh", "--json"))["approved"] == 3
    issued = data(call("issue", number, *out))
    files = {Path(path).suffix: Path(path) for path in issued["files"]}
    assert files[".txt"].read_text(encoding="utf-8").endswith("Information provided by: The director\n")
    shown = data(call("show", number, "--json"))
    assert shown["state"] == "issued"
    assert shown["statements"][0]["texts"] == {"vi": "Mẫu nước trong ngưỡng.", "en": "Within limits."}
    assert (shown["claims"][0]["verdict"], shown["claims"][0]["why"]) == ("incomplete", "Mẫu đạt")
    told = call("show", number).stdout
    assert "chưa đầy đủ" in told
    assert "Cán bộ Minh (dòng lệnh): phê duyệt bản 3" in told
    assert call("move", number, "followed", "--by", "lan").exit_code == 0
    assert (
        call(
            "move", number, "closed", "--reason", "Báo đã đính chính", "--outcome", "corrected", "--by", "lan"
        ).exit_code
        == 0
    )
    assert "kết quả: báo đã đính chính: Báo đã đính chính" in call("show", number).stdout


def test_who_may_not_is_refused_and_the_audit_log_says_so(call: Call, made: tuple[Path, dict[str, str]]) -> None:
    number = data(call("open", made[1]["road"], "--by", "lan", "--json"))["number"]
    assert isinstance(call("move", number, "taken", "--by", "xem").exception, NotAllowed)
    with open_installation(load(made[0])) as house:
        row = house.store.audit(act="access.refused")[0]
        assert (row.actor, row.where) == ("person:3", "console")


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("move", "{n}", "gone"), "STATE là một trong"),
        (("move", "VV-2026-9999", "taken"), "Không có vụ việc"),
        (("attach", "{n}", "1"), "Chọn một"),
        (("attach", "{n}", "1", "--file", "/nowhere"), "không đọc được"),
        (("mark", "{n}", "1", "false", "--why", "x"), "VERDICT là một trong"),
        (("draft", "{n}", "/nowhere"), "không đọc được"),
        (("quote", "{n}", "0000000000000000", "x"), "Không có bài"),
    ],
)
def test_what_cannot_be_is_said(
    call: Call, made: tuple[Path, dict[str, str]], words: tuple[str, ...], why: str
) -> None:
    listed = data(call("list", "--json"))["cases"] or [data(call("open", made[1]["road"], "--json"))]
    number = listed[0]["number"]
    result = call(*(word.format(n=number) for word in words))
    assert isinstance(result.exception, WrongUse)
    assert why in str(result.exception)


def test_the_forms_are_listed_with_their_source(call: Call) -> None:
    told = data(call("forms", "--json"))
    assert {"press-conference", "portal", "direct", "written", "briefing", "correction-request"} <= set(told["forms"])
    assert "09/2017" in told["source"]


def test_a_call_opens_a_case_and_a_note_calls_an_account(call: Call) -> None:
    said = ("--title", "Bãi rác", "--unit", "so-nnmt", "--said", "Báo gọi hỏi.", "--by", "lan", "--json")
    opened = data(call("open", *said))
    assert (opened["origin"], opened["articles"]) == ("phone", 0)
    assert "Name an article" in str(call("open", "--title", "Bãi rác").exception)
    assert call("note", opened["number"], "@minh xem", "--by", "lan").exit_code == 0
    assert "Không có tài khoản @khong-co" in str(call("note", opened["number"], "@khong-co", "--by", "lan").exception)
    notes = data(call("show", opened["number"], "--json"))["notes"]
    assert [len(each["mentions"]) for each in notes] == [0, 1]
