"""The restore drill: an installation is backed up while a worker writes, and stands again from its backup alone.

Then what a backup refuses to be: half, changed, of the future, with secrets in it, over something that is there.
"""

from __future__ import annotations

import base64
import hashlib
import io
import json
import os
import re
import shutil
import sqlite3
import sys
import threading
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock
from sqlalchemy import create_engine

from diembao.app.cli import main
from diembao.core.case import CaseQuery
from diembao.core.errors import Misconfigured
from diembao.core.query import parse
from diembao.core.settings import load
from diembao.pipeline import moving, steps
from diembao.pipeline import restore as restoring
from diembao.pipeline.evidence import packer_of, packet_of
from diembao.pipeline.storage import last_backup, last_check
from diembao.pipeline.wiring import Installation, open_installation
from diembao.response.signing import signer
from diembao.response.verifying import verify
from diembao.store import copying, schema, snapshot
from diembao.store.database import Database
from diembao.store.record import SqlStore
from tests.parts import needs
from tests.response.test_packet import whole_case
from tests.store import dumping
from tests.store.making import NOW, article, id_of, keep
from tests.store.server import Server, running
from tests.store.test_older import of_version

Command = Callable[..., tuple[int, Any, str]]
SETTINGS = """\
province = "gia-lai"

[mail]
# của tỉnh
host = "smtp.example.vn"
password = "rất bí mật"

[channels.phong-bao-chi]
kind = "chat"
url = "https://hook.example/T0/rat-bi-mat"
"""
QUERIES = ("cảng Quy Nhơn", "tau", '"hai nghìn tấn"', "NOT tàu")


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with a case, issued, its articles searchable, and files of each kind."""
    home = tmp_path_factory.mktemp("drill") / "home"
    home.mkdir()
    (home / "diembao.toml").write_text(SETTINGS, encoding="utf-8")
    for name in ("plan/drafts/a.yaml", "templates/all.docx", "models/0001/version.json", "alerts/new/1.vm", "la.txt"):
        (home / name).parent.mkdir(parents=True, exist_ok=True)
        (home / name).write_text(name, encoding="utf-8")
    Path(os.fsdecode(bytes(home / "templates") + b"/m\xe3u.docx")).write_text("of a ZIP of long ago")
    (home.parent / "shared").mkdir()
    (home.parent / "shared" / "b.docx").write_text("on another disk")
    (home / "templates" / "linked").symlink_to(home.parent / "shared")
    (home.parent / "shared" / "back").symlink_to(home / "templates")  # and round again
    with open_installation(load(home)) as house:
        assert isinstance(house.record, SqlStore)
        whole_case(house.record)
        for n in range(5):
            keep(house.record, article(f"tàu {n}"), response=b"<p>Quy Nhon %d</p>" % n)
        work(house)
    return home


@pytest.fixture
def home(filled: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(filled, tmp_path / "home", symlinks=True))


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    """`diembao … --json`: exit code, what it printed, what it complained of."""

    def run(*words: str | Path) -> tuple[int, Any, str]:
        monkeypatch.setattr(sys, "argv", ["diembao", *map(str, words), "--json"])
        with pytest.raises(SystemExit) as ended:
            main()
        out, complaint = capsys.readouterr()
        return int(ended.value.code or 0), json.loads(out) if out else None, complaint

    return run


def work(house: Installation) -> None:
    for _ in steps.advance_to_end(house, lambda: NOW, "drill"):
        pass


class Worker(threading.Thread):
    """Brings articles, judges and indexes them, as fast as it can until it is told to end."""

    def __init__(self, home: Path) -> None:
        super().__init__()
        self._home, self.enough, self.brought = home, threading.Event(), 0

    def run(self) -> None:
        with open_installation(load(self._home)) as house:
            while not self.enough.is_set():
                self.brought += 1
                coffee = f"Giá cà phê ở Pleiku tăng lần thứ {self.brought}"  # no story of the case
                keep(house.record, article(f"mới {self.brought}", title=coffee, lead="", text=coffee), response=b"<p>")
                work(house)


def answers(house: Installation, among: set[str]) -> list[set[str]]:
    """To each query, of these articles."""
    asked = (house.index.search(parse(each, now=datetime.now(UTC)), limit=500) for each in QUERIES)
    return [{hit.id for hit in found.hits} & among for found in asked]


def test_an_installation_stands_again_from_a_backup_that_was_taken_while_a_worker_wrote(
    home: Path, tmp_path: Path, command: Command
) -> None:
    backup, again = tmp_path / "backup", tmp_path / "again"
    worker = Worker(home)
    worker.start()
    try:
        assert command("backup", "--home", home, "--out", backup)[0] == 0
    finally:
        worker.enough.set()
        worker.join()
    code, told, _ = command("backup", "verify", backup, "--note", "--home", home)
    assert (code, told["good"], told["problems"]) == (0, True, [])

    shutil.move(home, tmp_path / "gone")
    code, restored, _ = command("restore", backup, "--home", again)
    assert code == 0
    with open_installation(load(tmp_path / "gone")) as old, open_installation(load(again)) as new:
        # counts
        there = set(new.record.article_ids())
        assert (len(there), new.record.head()) == (told["rows"]["articles"], told["head"])
        assert restored["indexed"] >= 8
        # one case
        number = old.store.cases(CaseQuery())[1][0].number
        assert new.store.case_file(number) == old.store.case_file(number)
        # one packet of it, and one of an article, prove themselves
        found = new.store.case_file(number)
        assert found is not None
        for name, data in (
            ("case.zip", b"".join(packer_of(new).stream(found, NOW))),
            ("article.zip", packet_of(new, id_of("a"), NOW)),
        ):
            (tmp_path / name).write_bytes(data)
            assert verify(tmp_path / name).good
        # search answers the same, of what was there then
        work(old)
        work(new)
        assert answers(new, there) == answers(old, there)
        assert any(answers(new, there))
        assert new.record.check_audit().broken is None
        assert new.record.audit(limit=1)[0].act == "backup.restore"
        assert [row.act for row in old.record.audit(limit=2)] == ["backup.verify", "backup.make"]
        last, checked = last_backup(old), last_check(old)
        assert last is not None
        assert checked is not None
        assert (last.folder, last.bytes) == (checked.folder, told["bytes"])
        assert (last.at.isoformat(), checked.problems) == (checked.made_at, 0)


@pytest.fixture(scope="module")
def backup(filled: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    from diembao.pipeline import backup as backups

    made = tmp_path_factory.mktemp("made") / "backup"
    backups.write(load(filled), made, now=lambda: NOW, show=lambda *_: None)
    return made


class TestWhatIsInIt:
    def test_files_that_the_program_knows_are_and_what_is_secret_or_made_anew_is_not(self, backup: Path) -> None:
        held = {path.relative_to(backup / "files").as_posix() for path in backup.rglob("files/**/*") if path.is_file()}
        assert {"diembao.toml", "plan/drafts/a.yaml", "templates/all.docx", "models/0001/version.json"} < held
        assert {"alerts/new/1.vm", "templates/linked/b.docx", "templates/m\udce3u.docx"} < held
        assert not [each for each in held if each.startswith(("keys", "index", "vectors", "la.txt", "diembao.db"))]

    def test_settings_are_as_they_were_without_their_secrets(self, backup: Path) -> None:
        text = (backup / "files" / "diembao.toml").read_text(encoding="utf-8")
        assert "# của tỉnh" in text
        assert not re.search("bí mật|rat-bi-mat", text)
        told = json.loads((backup / "manifest.json").read_text(encoding="utf-8"))
        assert told["secrets"] == ["channels.phong-bao-chi.url", "mail.password"]

    def test_with_keys_a_packet_of_later_is_signed_by_the_same_office(
        self, home: Path, tmp_path: Path, command: Command
    ) -> None:
        _, before, _ = command("evidence", "key", "--home", home)
        assert command("backup", "--home", home, "--out", tmp_path / "b", "--with-keys")[0] == 0
        for path in (tmp_path / "b/files/keys").iterdir():
            path.chmod(0o644)  # as after a way over a disk that knows no rights
        code, _, _ = command("restore", tmp_path / "b", "--home", tmp_path / "c", "--no-index")
        assert (code, command("evidence", "key", "--home", tmp_path / "c")[1]) == (0, before)
        assert {path.stat().st_mode & 0o777 for path in (tmp_path / "c/keys").iterdir()} == {0o600}


class TestWhatIsRefused:
    @pytest.mark.parametrize(
        ("spoil", "told"),
        [
            (lambda b: (b / "record.db").write_bytes((b / "record.db").read_bytes()[:-1]), "record.db"),
            (lambda b: (b / "files/plan/drafts/a.yaml").unlink(), "a.yaml"),
            (lambda b: (b / "files/more.yaml").write_text("x"), "more.yaml"),
            (lambda b: edit(b, '"made_by": "', '"made_by": "not '), "manifest.json"),
            (lambda b: (b / "manifest.sig").unlink(), "manifest.sig"),
            (lambda b: instead(b / "files/plan/drafts/a.yaml", Path("/dev/zero")), "a.yaml"),
            (lambda b: instead(b / "files/plan/drafts/a.yaml", b.parent / "home/plan/drafts/a.yaml"), "a.yaml"),
        ],
        ids=["cut", "missing", "added", "told otherwise", "unsigned", "endless", "the same outside"],
    )
    def test_a_backup_that_is_not_as_it_was_written(
        self, backup: Path, home: Path, tmp_path: Path, command: Command, spoil: Callable[[Path], Any], told: str
    ) -> None:
        assert home.is_relative_to(tmp_path)
        spoilt = Path(shutil.copytree(backup, tmp_path / "b"))
        spoil(spoilt)
        code, found, _ = command("backup", "verify", spoilt)
        assert (code, found["good"], len(found["problems"])) == (1, False, 1)
        assert told in found["problems"][0]
        assert command("restore", spoilt, "--home", tmp_path / "c")[0] == 1
        assert not (tmp_path / "c").exists()

    @pytest.mark.parametrize(
        "name", ["../../etc/x", "/etc/x", "files/../../x", "files", "files/a\\..\\b", "files/diembao.db-wal"]
    )
    def test_a_manifest_that_names_files_elsewhere(
        self, backup: Path, tmp_path: Path, command: Command, name: str
    ) -> None:
        spoilt = Path(shutil.copytree(backup, tmp_path / "b"))
        edit(spoilt, '"files/alerts/new/1.vm"', json.dumps(name))
        code, _, complaint = command("backup", "verify", spoilt)
        assert (code, "is no file of a backup" in complaint) == (2, True)

    @pytest.mark.parametrize(
        ("name", "value"),
        [
            ("files", [0] * 9),
            ("files", {"record.db": {"sha256": "x", "bytes": "y"}}),
            ("files", {"record.db": {"sha256": "x", "bytes": None}}),
            ("files", {"files/" + "a" * 5000 + "/../x": {"sha256": "x", "bytes": 1}}),
            ("made_at", "\x1b[31mnow"),
            ("schema", 99),
            ("rows", {"a": {}}),
            ("keys", "yes"),
            ("more", 1),
            ("format", "\x1b[31m"),
        ],
    )
    def test_a_manifest_that_is_none_in_one_sentence(
        self, backup: Path, tmp_path: Path, command: Command, name: str, value: object
    ) -> None:
        spoilt = Path(shutil.copytree(backup, tmp_path / "b"))
        told = json.loads((spoilt / "manifest.json").read_bytes())
        (spoilt / "manifest.json").write_text(json.dumps(told | {name: value}), encoding="utf-8")
        code, _, complaint = command("backup", "verify", spoilt)
        assert (code, len(complaint.splitlines()), "\x1b" in complaint) == (2, 1, False)
        assert len(complaint) < 700

    def test_a_manifest_without_an_end_in_one_sentence(self, tmp_path: Path, command: Command) -> None:
        (tmp_path / "manifest.json").write_text("[" * 200_000)
        code, _, complaint = command("backup", "verify", tmp_path)
        assert (code, len(complaint.splitlines())) == (2, 1)

    @pytest.mark.parametrize("text", ["[[[", "[store]\nurl = 'sqlite:////tmp/elsewhere.db'\n"])
    def test_settings_that_cannot_be_read_or_name_another_record(
        self, backup: Path, tmp_path: Path, command: Command, text: str
    ) -> None:
        spoilt = Path(shutil.copytree(backup, tmp_path / "b"))
        (spoilt / "files/diembao.toml").write_text(text)
        sealed(spoilt, tmp_path / "another office", "files/diembao.toml")
        assert command("backup", "verify", spoilt)[0] == 0
        code, _, complaint = command("restore", spoilt, "--home", tmp_path / "c")
        assert (code in {2, 3}, len(complaint.splitlines())) == (True, 1)
        assert not (tmp_path / "c/diembao.db").exists()

    def test_one_that_finds_no_room_and_two_at_a_time(
        self, backup: Path, tmp_path: Path, command: Command, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        with monkeypatch.context() as once:
            once.setattr(shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(10, 9, 1))
            code, _, complaint = command("restore", backup, "--home", tmp_path / "c")
            assert (code, "it takes 1 MB" in complaint or "it takes 2 MB" in complaint) == (3, True)
        with FileLock(tmp_path / "c/restoring.lock"):
            code, _, complaint = command("restore", backup, "--home", tmp_path / "c")
            assert (code, "a restore is at work" in complaint) == (2, True)

    def test_one_that_another_office_signed(self, backup: Path, command: Command) -> None:
        code, found, _ = command("backup", "verify", backup, "--key", "SHA256:" + "0" * 64)
        assert (code, "another key" in found["problems"][0]) == (1, True)

    def test_one_that_was_broken_off(self, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        from diembao.pipeline import backup as backups

        monkeypatch.setattr(snapshot, "look", no_room)
        with pytest.raises(Misconfigured, match="No space left"):
            backups.write(load(home), tmp_path / "b", now=lambda: NOW, show=lambda *_: None)
        assert [each.name for each in tmp_path.iterdir()] == ["home"]

    def test_leftovers_of_one_that_was_killed_are_no_backup_and_in_nobodys_way(
        self, home: Path, tmp_path: Path, command: Command
    ) -> None:
        half = tmp_path / "b.unfinished"
        (half / "files").mkdir(parents=True)
        (half / "record.db").write_bytes(b"half")
        assert command("backup", "verify", half)[0] == 2
        assert command("backup", "--home", home, "--out", tmp_path / "b")[0] == 0
        assert (command("backup", "verify", tmp_path / "b")[0], half.exists()) == (0, False)

    def test_a_place_that_holds_something(self, home: Path, backup: Path, command: Command) -> None:
        for words in (("backup", "--out", backup), ("restore", backup)):
            code, _, complaint = command(*words, "--home", home)
            assert (code, "name another folder" in complaint or "is not empty" in complaint) == (2, True)

    def test_one_of_a_newer_program(
        self, backup: Path, tmp_path: Path, command: Command, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(schema, "HEAD", "0001")
        code, _, complaint = command("restore", backup, "--home", tmp_path / "c")
        assert (code, "newer version" in complaint, (tmp_path / "c").exists()) == (3, True, False)


def instead(path: Path, other: Path) -> None:
    path.unlink()
    path.symlink_to(other)


def edit(backup: Path, old: str, new: str) -> None:
    told = (backup / "manifest.json").read_text(encoding="utf-8")
    assert old in told
    (backup / "manifest.json").write_text(told.replace(old, new), encoding="utf-8")


def sealed(backup: Path, by: Path, name: str) -> None:
    """As another installation would have written it, with this file as it is now."""
    key, told = signer(by), json.loads((backup / "manifest.json").read_bytes())
    data = (backup / name).read_bytes()
    told["files"][name] = {"sha256": hashlib.sha256(data).hexdigest(), "bytes": len(data)}
    told["key"] = key.fingerprint
    text = json.dumps(told).encode()
    (backup / "manifest.json").write_bytes(text)
    (backup / "manifest.sig").write_bytes(base64.b64encode(key.sign(text)))
    (backup / "key.pem").write_bytes(key.public_pem)


class PlugPulledError(BaseException):
    """Nothing of ours hears of it."""


def broken_off(name: str, once: pytest.MonkeyPatch, *, after: bool) -> None:
    """A restore ends before this step of it, or right after it."""
    step = getattr(restoring, name)

    def pulled(*given: object) -> None:
        if after:
            step(*given)
        raise PlugPulledError

    once.setattr(restoring, name, pulled)


@pytest.mark.parametrize("where", ["inside", "outside", pytest.param("server", marks=needs("postgresql"))])
def test_a_restore_that_was_broken_off_is_no_home_and_is_run_again(
    backup: Path, tmp_path: Path, command: Command, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    again, outside = tmp_path / "again", tmp_path / "outside"
    if where != "inside":
        url = running().make("again") if where == "server" else f"sqlite:///{outside}/record.db"
        monkeypatch.setenv("DIEMBAO_STORE__URL", url)
    steps_of_it = [("_enter", False), ("_bring_record", True)]
    for name, after in steps_of_it if where != "server" else steps_of_it[1:]:
        with monkeypatch.context() as once:
            broken_off(name, once, after=after)
            with pytest.raises(PlugPulledError):
                restoring.restore(backup, again, now=lambda: NOW, show=lambda *_: None)
        code, _, complaint = command("audit", "verify", "--home", again)
        assert (code, "is not whole yet" in complaint) == (3, True)
    with monkeypatch.context() as once:
        once.setattr(shutil, "copyfile", no_room)
        code, _, complaint = command("restore", backup, "--home", again)
        assert (code, "No space left" in complaint) == (3, True)
    assert command("restore", backup, "--home", again, "--no-index")[0] == 0
    assert command("audit", "verify", "--home", again)[0] == 0
    assert sorted(path.name for path in outside.glob("*")) == (["record.db"] if where == "outside" else [])
    assert not list(again.glob("restoring*"))
    if where == "outside":  # it is the record of an installation now
        code, _, complaint = command("restore", backup, "--home", tmp_path / "another")
        assert (code, "is there already" in complaint) == (2, True)


def no_room(*_: object, **__: object) -> None:
    raise OSError(28, "No space left on device")


def test_a_record_of_before_is_backed_up_as_it_is_and_brought_up_to_date_where_it_is_restored(
    tmp_path: Path, command: Command
) -> None:
    home, again = tmp_path / "home", tmp_path / "again"
    home.mkdir()
    of_version(home / "diembao.db", "0016")
    rows = json.loads((dumping.FOLDER / "0016.json").read_text(encoding="utf-8"))
    engine = create_engine(f"sqlite:///{home}/diembao.db")
    with engine.begin() as connection:
        dumping.load(connection, rows)
    engine.dispose()
    assert command("backup", "--home", home, "--out", tmp_path / "b")[1]["schema"] == "0016"
    assert snapshot.version_of(f"sqlite:///{home}/diembao.db") == "0016"
    assert command("restore", tmp_path / "b", "--home", again, "--no-index")[0] == 0
    assert snapshot.version_of(f"sqlite:///{again}/diembao.db") == schema.HEAD
    with open_installation(load(again)) as new:
        assert list(new.record.article_ids()) == [row["id"] for row in rows["articles"]]


def test_where_there_is_nothing_nothing_is_made(tmp_path: Path, command: Command) -> None:
    for words in (("backup", "--out", tmp_path / "b"), ("move", "--to", f"sqlite:///{tmp_path}/c.db")):
        code, _, complaint = command(*words, "--home", tmp_path / "typo")
        assert (code, "there is nothing to" in complaint) == (3, True)
    assert list(tmp_path.iterdir()) == []


@needs("postgresql")
def test_a_running_installation_moves_to_a_server_and_its_backup_comes_back_from_there(
    home: Path, tmp_path: Path, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    server: Server = running()
    url = server.make("moved")
    (home / "worker.lock").unlink(missing_ok=True)
    monkeypatch.setattr(sys, "stdin", io.StringIO(f"{url}\n"))
    code, told, _ = command("move", "--home", home, "--to", "-")
    assert (code, told["running"], told["tables"]["articles"]["rows"]) == (0, False, 8)
    with open_installation(load(home)) as old:
        case, head = old.store.cases(CaseQuery())[1][0].number, old.record.head()
        before = old.store.case_file(case), answers(old, set(old.record.article_ids()))
    monkeypatch.setenv("DIEMBAO_STORE__URL", url)  # the switch
    with open_installation(load(home)) as new:
        assert (new.store.case_file(case), answers(new, set(new.record.article_ids()))) == before
        assert new.index.position() == new.record.bookmark("index")  # the searchable copy is still right
        keep(new.record, article("sau khi chuyển"))
        work(new)
        assert new.record.head() > head
        assert command("backup", "--home", home, "--out", tmp_path / "b")[0] == 0
    monkeypatch.delenv("DIEMBAO_STORE__URL")
    assert command("restore", tmp_path / "b", "--home", tmp_path / "c", "--no-index")[0] == 0
    here, there = f"sqlite:///{tmp_path}/c/diembao.db", server.url("moved")
    assert _told(here) == _told(there)


def _told(url: str) -> dict[str, copying.Tally]:
    with closing(Database(url)) as opened, opened.snapshot() as connection:
        found = copying.tallies(connection, lambda _: None)
    return {name: tally for name, tally in found.items() if name not in {"audit", "facts"}}  # where a restore is told


def test_a_dry_run_of_retention_says_what_would_go_and_nothing_goes(home: Path, command: Command) -> None:
    with closing(sqlite3.connect(home / "diembao.db")) as record:
        record.execute("UPDATE articles SET stored_at = '2020-01-01 00:00:00.000000', revised_at = NULL")
        record.commit()
    first = command("retention", "--dry-run", "--home", home)[1]
    assert (first["dry_run"], sum(each["pages"] for each in first["kinds"].values())) == (True, 5)
    assert command("retention", "--dry-run", "--home", home)[1] == first
    assert command("retention", "--home", home)[1]["kinds"] == first["kinds"]
    assert command("retention", "--home", home)[1]["kinds"] != first["kinds"]


def test_what_came_while_the_record_was_copied_is_counted(home: Path, tmp_path: Path) -> None:
    with closing(SqlStore(f"sqlite:///{home}/diembao.db")) as officer:

        def show(_: str, done: int, of: int) -> None:
            if done == of:
                keep(officer, article("mới"))
                officer.note("person:1", "case.open", "case:VV-2026-0002", where="web", now=NOW)

        moved = moving.move(load(home), f"sqlite:///{tmp_path}/there.db", now=lambda: NOW, show=show)
    assert moved.behind >= 2


@pytest.mark.parametrize("to", ["sqlite:///{home}/diembao.db", "mysql://a/b", ""])
def test_a_place_that_is_none_is_refused(home: Path, command: Command, to: str) -> None:
    assert command("move", "--home", home, "--to", to.format(home=home))[0] in {2, 3}
