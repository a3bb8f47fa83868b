"""`diembao doctor`: each thing that can be wrong is told with what to do; nothing hangs, nothing is changed."""

from __future__ import annotations

import json
import socket
import sqlite3
import subprocess
import sys
import threading
import time
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from diembao.app.checkup import doors, machine
from diembao.app.checkup.finding import Check, Finding, State, good, run
from diembao.app.cli import app
from diembao.core.settings import load
from diembao.pipeline.measuring import WORKER, Meter
from diembao.pipeline.wiring import open_installation
from diembao.store.looking import Looked
from diembao.store.schema import HEAD
from diembao.store.soundness import Sound
from tests.api.doors import start_empty
from tests.response.mailserver import Mailbox, serving
from tests.store.making import NOW, article, keep
from tests.store.spoiling import spoil

CATALOGUE = (
    "- {id: bao, name: Báo, country: VN, language: vi, home: 'http://127.0.0.1/', feeds: ['http://127.0.0.1/rss']}\n"
)


def settle(home: Path, more: str = "") -> None:
    home.mkdir(exist_ok=True, mode=0o700)
    (home / "nguon.yaml").write_text(CATALOGUE, encoding="utf-8")
    settings = '[crawl]\ncontact = "x@example.org"\ncatalogue = "nguon.yaml"\n'
    (home / "diembao.toml").write_text(settings + more, encoding="utf-8")


def examined(home: Path, code: int = 0) -> dict[str, Any]:
    done = CliRunner().invoke(app, ["doctor", "--json", "--home", str(home)])
    assert done.exit_code == code, done.output
    told = {each["name"]: each for each in json.loads(done.stdout)["checks"]}
    assert all(each["says"] and each["says_en"] for each in told.values())
    assert all(each["do"] and each["do_en"] for each in told.values() if each["state"] != "good")
    return told


@pytest.fixture(scope="module")
def settled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with a record, that no test changes."""
    home = tmp_path_factory.mktemp("doctor") / "home"
    settle(home)
    start_empty(home)
    return home


def test_an_empty_machine_is_told_what_to_do_first_and_nothing_is_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "nguon.yaml").write_text(CATALOGUE, encoding="utf-8")
    monkeypatch.setenv("DIEMBAO_CRAWL__CATALOGUE", str(tmp_path / "nguon.yaml"))
    home = tmp_path / "home"
    told = examined(home)
    assert {name: told[name]["state"] for name in ("settings", "home", "record", "smtp")} == dict.fromkeys(
        ("settings", "home", "record", "smtp"), "look"
    )
    assert "diembao init" in told["settings"]["do"]
    assert {told[name]["state"] for name in ("python", "time-zones", "dns")} == {"good"}
    assert not home.exists()


def test_a_home_at_work_is_looked_through_and_told_in_one_line_each(tmp_path: Path) -> None:
    home = tmp_path / "home"
    settle(home)
    start_empty(home)
    (home / "diembao.db").chmod(0o600)
    told = examined(home)
    assert {told[name]["state"] for name in ("settings", "home", "record", "province", "index", "model")} == {"good"}
    assert told["worker"]["says_en"] == "has never run"
    words = CliRunner().invoke(app, ["doctor", "--home", str(home)]).stdout
    assert f"tốt      record       {home / 'diembao.db'}, lược đồ {HEAD}; đã đọc hết " in words


def test_settings_that_cannot_be_read_are_bad_and_the_machine_is_looked_at_all_the_same(tmp_path: Path) -> None:
    settle(tmp_path, "delay = 'fast'\n")
    told = examined(tmp_path, code=1)
    assert (told["settings"]["state"], told["disk"]["state"]) == ("bad", "good")
    assert told["settings"]["says"].startswith("cài đặt sai: ")
    assert "crawl.delay" in told["settings"]["says"]


@pytest.mark.parametrize(
    ("given", "line", "says", "do"),
    [
        (("PROVINCE", "khong-co"), "province", "không mở được hồ sơ của tỉnh: ", "DIEMBAO_PROVINCE"),
        (("STORE__URL", "mysql://a:b@c/d"), "record", "không mở được kho: ", "store.url"),
        (("STORE__URL", "postgresql://a:mat-khau@127.0.0.1:9/d"), "record", "không hỏi được kho: ", "tường lửa"),
        (("INDEX__URL", "http://127.0.0.1:9"), "index", "không hỏi được elastic: ", "index.url"),
        (("CRAWL__CATALOGUE", "khong-co.yaml"), "outlets", "không đọc được danh mục nguồn tin: ", "crawl.catalogue"),
    ],
)
def test_what_cannot_be_opened_is_told_in_vietnamese_with_what_to_do_and_the_others_are_told_too(
    settled: Path, monkeypatch: pytest.MonkeyPatch, given: tuple[str, str], line: str, says: str, do: str
) -> None:
    name, value = given
    monkeypatch.setenv(f"DIEMBAO_{name}", value)
    if name.startswith("INDEX"):
        monkeypatch.setenv("DIEMBAO_INDEX__ENGINE", "elastic")
    told = examined(settled, code=1)
    assert (told[line]["state"], told[line]["says"][: len(says)], do in told[line]["do"]) == ("bad", says, True)
    assert "mat-khau" not in json.dumps(told, ensure_ascii=False)
    assert "libreoffice" in told


@pytest.mark.parametrize(("version", "state"), [("0016", "look"), ("9999", "bad")])
def test_a_record_of_another_version_is_told_and_left_as_it_is(tmp_path: Path, version: str, state: str) -> None:
    settle(tmp_path)
    start_empty(tmp_path)
    with closing(sqlite3.connect(tmp_path / "diembao.db")) as raw:
        raw.execute("UPDATE alembic_version SET version_num = ?", (version,))
        raw.commit()
    told = examined(tmp_path, code=1 if state == "bad" else 0)
    assert (told["record"]["state"], "index" in told) == (state, False)
    with closing(sqlite3.connect(tmp_path / "diembao.db")) as raw:
        assert raw.execute("SELECT version_num FROM alembic_version").fetchall() == [(version,)]


def test_a_damaged_record_and_one_of_another_program_are_bad(tmp_path: Path) -> None:
    settle(tmp_path)
    (tmp_path / "diembao.db").write_bytes(b"not a database at all" * 200)
    assert examined(tmp_path, code=1)["record"]["state"] == "bad"
    (tmp_path / "diembao.db").unlink()
    with closing(sqlite3.connect(tmp_path / "diembao.db")) as raw:
        raw.execute("CREATE TABLE guests (name TEXT)")
    assert "guests" in examined(tmp_path, code=1)["record"]["says"]


@pytest.mark.parametrize("table", ["articles", "facts", "tries"])
def test_a_damaged_page_is_told_as_one_of_the_record_wherever_it_is_met_with_what_to_do(
    tmp_path: Path, table: str
) -> None:
    settle(tmp_path)
    start_empty(tmp_path)
    spoil(tmp_path / "diembao.db", table)
    told = examined(tmp_path, code=1)
    assert (told["record"]["state"], "diembao backup verify" in told["record"]["do"]) == ("bad", True)
    bad = [each for each in told.values() if each["state"] == "bad" and "malformed" in each["says"]]
    assert all(each["says"].startswith("kho HỎNG: ") and "diembao restore" in each["do"] for each in bad)
    if table == "facts":  # the province is opened by what stands there
        assert "province" in {each["name"] for each in bad}


@pytest.mark.parametrize("command", ["status", "run --once", "web --port 0"])
def test_whoever_meets_a_damaged_page_says_so_in_a_sentence_and_ends(tmp_path: Path, command: str) -> None:
    settle(tmp_path)
    start_empty(tmp_path)
    spoil(tmp_path / "diembao.db", "log")
    done = run_command(*command.split(), "--home", str(tmp_path))
    last = done.stderr.strip().splitlines()[-1]
    assert done.returncode == 3
    assert last.startswith(f"diembao: {tmp_path / 'diembao.db'} bị hỏng")
    assert "Traceback" not in done.stderr


def run_command(*words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "diembao.app.cli", *words]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)


def test_how_far_a_large_record_was_read_is_said() -> None:
    looked = Looked("a.db", HEAD, current=True, newer=False)
    found = doors.record(looked, "", 20.0, examine=lambda *_: Sound(79, ("revisions", "labels")))
    assert found.state is State.GOOD
    assert "77 trên 79 bảng" in found.says[0]
    assert "revisions, labels" in found.says[1]
    alone = doors.record(looked, "", 20.0, examine=lambda *_: Sound(counts=False))
    assert "checksum" in alone.says[0]


def test_names_that_need_not_be_looked_up_are_not_counted(tmp_path: Path) -> None:
    settle(tmp_path)
    assert doors.names(load(tmp_path), ["http://127.0.0.1/"]).says[0] == "không có tên nào phải tìm"


def test_a_clock_that_was_set_back_is_known_by_the_record(tmp_path: Path) -> None:
    settle(tmp_path)
    with open_installation(load(tmp_path)) as house:
        keep(house.store, article("a"), now=NOW + timedelta(days=3650))
    assert "mà kho đã ghi" in examined(tmp_path, code=1)["clock"]["says"]
    assert machine.clock(machine.MADE - timedelta(days=1), None).state is State.BAD
    assert machine.clock(NOW + timedelta(days=5), NOW).state is not State.BAD


def test_a_home_that_others_can_read_or_that_is_no_folder_is_told(tmp_path: Path) -> None:
    home, secret = tmp_path / "home", tmp_path / "home" / "diembao.db"
    home.mkdir()
    secret.write_bytes(b"")
    secret.chmod(0o644)

    def found(mode: int, top: Path = home) -> State:
        home.chmod(mode)
        return machine.home(home, top).state

    assert found(0o755) is State.BAD
    assert str(secret) in machine.home(home, home).says[0]
    assert found(0o755, tmp_path) is (State.BAD if tmp_path.stat().st_mode & 0o001 else State.GOOD)
    assert found(0o700) is State.GOOD  # whatever is in it
    secret.chmod(0o600)
    assert found(0o755) is State.LOOK
    (tmp_path / "file").write_text("")
    assert machine.home(tmp_path / "file").state is State.BAD
    assert machine.home(tmp_path / "nothing").state is State.LOOK


def test_a_disk_that_is_nearly_full_is_told_before_it_is_full(tmp_path: Path) -> None:
    much = 10**18
    assert machine.disk(tmp_path / "not" / "there").state is State.GOOD
    assert machine.disk(tmp_path, little=much).state is State.LOOK
    assert machine.disk(tmp_path, little=much, too_little=much).state is State.BAD


def test_time_zones_that_are_missing_are_named() -> None:
    found = machine.time_zones(["Asia/Ho_Chi_Minh", "Asia/Quy_Nhon"])
    assert (found.state, "Asia/Quy_Nhon" in found.says[0]) == (State.BAD, True)


def test_the_mail_server_is_asked_as_far_as_the_first_line_of_a_mail(tmp_path: Path) -> None:
    box = Mailbox()
    with serving(box) as port:
        mail = f'[mail]\nhost = "127.0.0.1"\nport = {port}\nsecurity = "none"\nfrom = "a@example.org"\n'
        settle(tmp_path, mail)
        found = doors.mail(load(tmp_path))
    assert (found.state, box.arrived) == (State.GOOD, [])
    found = doors.mail(load(tmp_path))  # nobody listens there any more
    assert (found.state, "diembao alerts test" in found.do[0]) == (State.BAD, True)


def test_a_mail_server_that_says_nothing_does_not_hold_it_up(tmp_path: Path) -> None:
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        port = silent.getsockname()[1]
        mail = f'[mail]\nhost = "127.0.0.1"\nport = {port}\nsecurity = "none"\nfrom = "a@example.org"\ntimeout = 0.2\n'
        settle(tmp_path, mail)
        assert doors.mail(load(tmp_path)).state is State.BAD


def test_a_worker_that_is_silent_is_told_with_when_it_was_heard_last(tmp_path: Path) -> None:
    settle(tmp_path)
    start_empty(tmp_path)
    with open_installation(load(tmp_path)) as house:
        house.meter.tell(house.store, [WORKER], NOW)
        assert doors.worker(house, NOW + timedelta(minutes=1)).state is State.GOOD
        late = doors.worker(house, NOW + timedelta(hours=1))
        assert doors.crawler(house, NOW).state is State.LOOK
        Meter(name="may-2:7").tell(house.store, [WORKER], NOW)
        several = doors.worker(house, NOW)
    assert several.says[0] == "2 tiến trình đang chạy, 2026-11-20 08:00:00 UTC"
    assert (late.state, late.says[1]) == (State.LOOK, "silent since 2026-11-20 08:00:00 UTC")


def test_a_check_that_never_ends_or_falls_over_is_told_and_the_others_are_not_held_up() -> None:
    never = threading.Event()

    def hangs() -> Finding:
        never.wait()
        return good("hangs", "", "")

    def falls() -> Finding:
        raise ZeroDivisionError

    begun = time.monotonic()
    checks = [Check("hangs", hangs), Check("falls", falls), Check("well", lambda: good("well", "tốt", "well"))]
    found = list(run(checks, limit=0.3))
    never.set()
    assert time.monotonic() - begun < 5
    assert [(each.name, each.state) for each in found] == [
        ("hangs", State.BAD),
        ("falls", State.BAD),
        ("well", State.GOOD),
    ]
    assert "0.3" in found[0].says[0]
