"""The restore drill: an installation is backed up while a worker writes, and stands again from its backup alone.

What a backup holds, and a restore that was broken off.
"""

from __future__ import annotations

import json
import re
import shutil
import threading
from pathlib import Path

import pytest
from sqlalchemy import create_engine

from diembao.core.case import CaseQuery
from diembao.core.settings import load
from diembao.pipeline import restore as restoring
from diembao.pipeline.evidence import packer_of, packet_of
from diembao.pipeline.storage import last_backup, last_check
from diembao.pipeline.wiring import open_installation
from diembao.response.verifying import verify
from diembao.store import schema, snapshot
from tests.app.drilling import Command, answers, no_room, work
from tests.parts import needs
from tests.store import dumping
from tests.store.making import NOW, article, id_of, keep
from tests.store.server import running
from tests.store.test_older import of_version


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
