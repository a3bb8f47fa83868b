"""The copied tables of the other tests are the ones that the migrations make."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from diembao.store import schema
from diembao.store.record import SqlStore
from tests import ready


def everything(path: Path) -> list[str]:
    SqlStore(f"sqlite:///{path}").close()
    with closing(sqlite3.connect(path)) as file:
        return sorted(file.iterdump())  # the migrations make the indexes of one table in any order


def test_a_database_of_copied_tables_is_one_of_the_migrations(
    migrated_tables: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = everything(tmp_path / "migrated.db")
    monkeypatch.setattr(schema, "bring_up_to_date", ready.copied)
    first, later = everything(tmp_path / "first.db"), everything(tmp_path / "later.db")
    assert made == first == later
    assert sum(statement.startswith("CREATE TRIGGER") for statement in later) == 3
