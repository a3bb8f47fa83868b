from __future__ import annotations

import io
import json
import re
import socket
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from diembao.api.keys import READING
from diembao.app import cli
from diembao.app.peopling import open_at
from diembao.core.settings import load
from diembao.store.record import SqlStore
from tests.api.doors import start_empty
from tests.dashboard.entering import PASSWORD, cheap

Run = Callable[..., tuple[int, str]]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    monkeypatch.setattr("diembao.api.door.Hasher", cheap)
    start_empty(tmp_path)

    def running(*words: str, typed: str = "") -> tuple[int, str]:
        monkeypatch.setattr(sys, "argv", ["diembao", *words, "--home", str(tmp_path)])
        monkeypatch.setattr(sys, "stdin", io.StringIO(typed))
        with pytest.raises(SystemExit) as ended:
            cli.main()
        told = capsys.readouterr()
        return int(ended.value.code or 0), told.out + told.err

    return running


def as_json(told: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(told)
    return found


def test_a_link_leads_to_the_port_where_the_pages_are_served_now(run: Run, tmp_path: Path) -> None:
    here = ("127.0.0.1", 0)
    with socket.create_server(here) as first, socket.create_server(here) as last:
        port, later = first.getsockname()[1], last.getsockname()[1]
        with open_at(tmp_path, port):
            _, told = run("accounts", "add", "lan")
            assert f"http://127.0.0.1:{port}/dat-mat-khau" in told
            with open_at(tmp_path, later):
                assert f":{later}/" in run("accounts", "reset", "lan")[1]
    assert ":8501/" in run("accounts", "reset", "lan")[1]
    assert not (tmp_path / "web.port").exists()


def test_a_port_that_a_killed_process_left_behind_is_not_believed(run: Run, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as gone:
        port = gone.getsockname()[1]
    (tmp_path / "web.port").write_text(str(port))
    assert ":8501/" in run("accounts", "add", "lan")[1]
    (tmp_path / "web.port").write_text("99999999")
    assert ":8501/" in run("accounts", "reset", "lan")[1]


def test_an_account_is_added_listed_changed_disabled_and_erased(run: Run) -> None:
    code, told = run(
        "accounts",
        "add",
        "lan",
        "--shown",
        "Nguyễn Thị Lan",
        "--role",
        "administrator",
        "--password",
        typed=f"{PASSWORD}\n",
    )
    assert (code, "số 1" in told) == (0, True)
    code, told = run("accounts", "add", "minh", "--role", "unit-officer@so-y-te", "--role", "viewer@/gia-lai", "--json")
    made = as_json(told)
    assert made["roles"] == ["unit-officer@so-y-te", "viewer@/gia-lai"]
    assert re.fullmatch(r"http://127\.0\.0\.1:8501/dat-mat-khau\?ma=[\w-]{40,}", made["link"])
    assert run("accounts", "roles", "minh", "--role", "officer")[0] == 0
    assert "/dat-mat-khau?ma=" in run("accounts", "reset", "2")[1]
    assert run("accounts", "disable", "minh")[0] == 0
    rows = as_json(run("accounts", "list", "--json")[1])["accounts"]
    assert [(row["name"], row["roles"], row["state"]) for row in rows] == [
        ("lan", ["administrator"], "active"),
        ("minh", ["officer"], "disabled"),
    ]
    assert run("accounts", "erase", "minh", "--yes")[0] == 0
    assert "#2" in run("accounts", "list")[1]
    assert as_json(run("audit", "verify", "--json")[1])["broken"] is None


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("accounts", "add", "Lan Nguyễn"), "a–z"),
        (("accounts", "add", "minh", "--role", "chief"), "unit-officer"),
        (("accounts", "add", "minh", "--role", "unit-officer"), "unit-officer@so-y-te"),
        (("accounts", "add", "minh", "--role", "unit-officer@nowhere"), "nowhere"),
        (("accounts", "add", "minh", "--role", "officer@/khong-co"), "khong-co"),
        (("accounts", "roles", "nobody"), "accounts list"),
        (("accounts", "disable", "nobody"), "accounts list"),
        (("audit", "verify", "--expect", "x"), "NUMBER:SEAL"),
    ],
)
def test_what_cannot_be_is_said_in_one_line_and_changes_nothing(run: Run, words: tuple[str, ...], said: str) -> None:
    code, told = run(*words)
    assert (code, said in told, len(told.strip().splitlines())) == (2, True, 1)
    assert as_json(run("accounts", "list", "--json")[1]) == {"accounts": []}


def test_a_bad_password_is_refused_before_there_is_an_account(run: Run) -> None:
    code, told = run("accounts", "add", "lan", "--password", typed="ngắn\n")
    assert (code, "12" in told) == (2, True)
    assert run("accounts", "add", "lan", "--password", typed="\n")[0] == 2
    assert as_json(run("accounts", "list", "--json")[1]) == {"accounts": []}


def test_a_changed_row_and_a_cut_end_are_found(run: Run, tmp_path: Path) -> None:
    for name in ("lan", "minh", "hoa"):
        run("accounts", "add", name)
    noted = as_json(run("audit", "verify", "--json")[1])
    expect = f"{noted['head']}:{noted['seal']}"
    assert run("audit", "verify", "--expect", expect)[0] == 0
    tamper(tmp_path, "DELETE FROM audit WHERE number = (SELECT max(number) FROM audit)")
    assert run("audit", "verify")[0] == 0  # what is left fits together
    code, told = run("audit", "verify", "--expect", expect)
    assert (code, "dòng 6" in told) == (1, True)
    tamper(tmp_path, "UPDATE audit SET actor = 'person:9' WHERE number = 2")
    code, told = run("audit", "verify")
    assert (code, "dòng 2" in told) == (1, True)


def test_the_export_is_what_the_seals_were_made_of(run: Run, tmp_path: Path) -> None:
    from diembao.core.audit import START, detail_of, seal

    for name in ("lan", "minh"):
        run("accounts", "add", name)
    assert run("audit", "export", "--out", str(tmp_path / "audit.jsonl"))[0] == 0
    previous = START
    rows = [as_json(line) for line in (tmp_path / "audit.jsonl").read_text(encoding="utf-8").splitlines()]
    for row in rows:
        fields = [row["at"], row["actor"], row["act"], row["subject"], detail_of(row["detail"]), row["where"]]
        previous = seal(previous, row["number"], fields)
        assert previous == row["digest"]
    assert [row["actor"] for row in rows] == ["console"] * 4
    assert run("audit", "export", "--out", str(tmp_path / "no" / "such"))[0] == 2


def tamper(home: Path, statement: str) -> None:
    store = SqlStore(load(home).store_url)
    with store._database.writing() as connection:
        for trigger in ("audit_no_UPDATE", "audit_no_DELETE"):
            connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {trigger}")
        connection.exec_driver_sql(statement)
    store.close()


def test_a_key_is_made_shown_once_listed_and_revoked(run: Run) -> None:
    code, told = run("keys", "add", "trung-tam", "--json")
    made = as_json(told)
    assert (code, made["number"], made["key"][:4]) == (0, 1, "dbk_")
    assert made["scopes"] == list(READING)
    assert run("accounts", "add", "lan", "--role", "officer")[0] == 0
    assert "dbk_" in run("keys", "add", "cong-cu", "--account", "lan", "--scope", "label.correct", "--days", "9")[1]
    rows = as_json(run("keys", "list", "--json")[1])["keys"]
    assert [(row["name"], row["account"], row["scopes"], row["state"]) for row in rows] == [
        ("cong-cu", "lan", ["label.correct"], "on"),
        ("trung-tam", "trung-tam", made["scopes"], "on"),
    ]
    code, told = run("keys", "add", "may", "--scope", "label.correct")
    assert (code, "label.correct" in told, "--account" in told) == (2, True, True)
    assert run("accounts", "add", "mai", "--role", "unit-officer@so-y-te")[0] == 0
    assert as_json(run("keys", "add", "so", "--account", "mai", "--json")[1])["scopes"] == list(READING[:-1])
    assert run("keys", "add", "so", "--account", "mai", "--scope", "report.read")[0] == 2
    assert run("keys", "revoke", "1")[0] == 0
    told = run("keys", "list")[1]
    assert "[revoked]" in told
    assert made["key"] not in told


@pytest.mark.parametrize(
    "words",
    [
        ("add", "x-y", "--scope", "answer.approve"),
        ("add", "x-y", "--days", "0"),
        ("add", "x-y", "--account", "nobody"),
        ("add", "Trung Tâm"),
        ("revoke", "7"),
    ],
)
def test_a_key_that_cannot_be_is_wrong_use(run: Run, words: tuple[str, ...]) -> None:
    assert run("keys", *words)[0] == 2
