"""A running installation moves to another record; retention says first what would go."""

from __future__ import annotations

import io
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import pytest

from diembao.core.case import CaseQuery
from diembao.core.settings import load
from diembao.pipeline import moving
from diembao.pipeline.wiring import open_installation
from diembao.store import copying
from diembao.store.database import Database
from diembao.store.record import SqlStore
from tests.app.drilling import Command, answers, work
from tests.parts import needs
from tests.store.making import NOW, article, keep
from tests.store.server import Server, running


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
