"""A record that is damaged is found to be, and one that is not is read through as far as there is time."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import make_url, text

from diembao.core.errors import RecordDamaged
from diembao.store import soundness
from diembao.store.dialects import Sqlite
from diembao.store.postgresql import Postgres
from diembao.store.record import SqlStore
from diembao.store.soundness import Sound, examine
from tests.parts import needs
from tests.store.making import article, keep
from tests.store.server import Server
from tests.store.spoiling import spoil

TIME = 60.0  # seconds; a small record takes none


@pytest.fixture
def path(tmp_path: Path) -> Path:
    with closing(SqlStore(f"sqlite:///{tmp_path}/a.db")) as store:
        keep(store, article("a"))
    return tmp_path / "a.db"


def test_a_whole_record_is_read_to_its_last_table_also_while_it_is_open(path: Path) -> None:
    with closing(SqlStore(f"sqlite:///{path}")):
        found = examine(f"sqlite:///{path}", TIME)
    assert (found.tables > 70, found.left) == (True, ())


@pytest.mark.parametrize("where", ["articles", "index", "responses"])
def test_a_damaged_page_is_found_whether_or_not_anybody_would_read_it(path: Path, where: str) -> None:
    if where == "index":
        where = an_index(path)
    spoil(path, where)
    with pytest.raises(RecordDamaged, match=r"a\.db") as told:
        examine(f"sqlite:///{path}", TIME)
    assert "khôi phục bản sao lưu" in str(told.value)


def an_index(path: Path) -> str:
    import sqlite3

    with closing(sqlite3.connect(path)) as record:
        asked = "SELECT name FROM sqlite_master WHERE type = 'index' AND name LIKE 'articles%' LIMIT 1"
        return str(record.execute(asked).fetchone()[0])


def test_what_there_was_no_time_for_is_named_the_largest_last(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert len(examine(f"sqlite:///{path}", 0.0).left) == examine(f"sqlite:///{path}", TIME).tables
    monkeypatch.setattr(soundness, "_is_read", lambda _kind, _found, name: name != "log")
    with closing(SqlStore(f"sqlite:///{path}")) as store:
        keep(store, *(article(f"b{n}") for n in range(20)))
    assert "log" in examine(f"sqlite:///{path}", TIME).left[:1]
    assert len(examine(f"sqlite:///{path}", TIME).left) < 10


def test_a_disk_too_slow_for_the_list_of_tables_is_no_fault_of_ours(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n WHERE i < 0"
    monkeypatch.setattr(soundness, "_TABLES", endless)
    found = examine(f"sqlite:///{path}", 0.2)
    assert (found.tables, found.left) == (1, ("sqlite_master",))


def test_rows_that_hold_no_text_are_damage_and_no_fault_of_ours(path: Path) -> None:
    import sqlite3

    with closing(sqlite3.connect(path)) as record:
        record.execute("UPDATE articles SET url = CAST(x'ff' AS TEXT)")
        record.commit()
    with closing(SqlStore(f"sqlite:///{path}")) as store, pytest.raises(RecordDamaged, match="UTF-8"):
        store.articles(list(store.article_ids()))


def test_a_file_system_that_is_broken_is_not_asked_again_for_ever() -> None:
    error = OSError()
    error.sqlite_errorname = "SQLITE_IOERR_CORRUPTFS"  # type: ignore[attr-defined] # as sqlite3 has it
    assert type(Sqlite.of(Path("a.db")).fate(error)) is RecordDamaged


class TestServer:
    pytestmark = needs("postgresql")

    def test_a_server_is_asked_what_it_has_met(self, server: Server) -> None:
        with closing(SqlStore(server.make("sound"))):
            found = examine(server.url("sound"), TIME)
        assert (found.tables, found.left) == (0, ())

    def test_pages_whose_checksum_was_wrong_are_damage(self, server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(soundness, "_COUNTED", text("SELECT 2"))
        with pytest.raises(RecordDamaged, match="2 pages"):
            examine(server.url("postgres"), TIME)
        monkeypatch.setattr(soundness, "_COUNTED", text("SELECT NULL"))
        assert examine(server.url("postgres"), TIME) == Sound(counts=False)

    def test_what_the_server_calls_damaged_is(self) -> None:
        import psycopg

        dialect = Postgres(make_url("postgresql://host/db"))
        for error in (psycopg.errors.DataCorrupted("invalid page in block 3"), psycopg.errors.IndexCorrupted("x")):
            assert type(dialect.fate(error)) is RecordDamaged
