"""What is refused: a backup that is not as it was written, or that does not belong here."""

from __future__ import annotations

import base64
import hashlib
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock

from diembao.core.errors import Misconfigured
from diembao.core.settings import load
from diembao.response.signing import signer
from diembao.store import schema, snapshot
from tests.app.drilling import Command, no_room
from tests.store.making import NOW


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
