"""What tests of commands share: `diembao eval`, and an installation worth a backup."""

from __future__ import annotations

import json
import os
import shutil
import sys
from pathlib import Path
from typing import Any

import pytest

from diembao.app.cli import main
from diembao.core.settings import load
from diembao.pipeline.wiring import open_installation
from diembao.store.record import SqlStore
from tests.app.drilling import SETTINGS, Command, work
from tests.app.evaluating import Eval
from tests.response.packing import whole_case
from tests.store.making import NOW, article, keep


@pytest.fixture
def evaluate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Eval:
    return Eval(tmp_path, monkeypatch, capsys)


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


@pytest.fixture(scope="module")
def backup(filled: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    from diembao.pipeline import backup as backups

    made = tmp_path_factory.mktemp("made") / "backup"
    backups.write(load(filled), made, now=lambda: NOW, show=lambda *_: None)
    return made
