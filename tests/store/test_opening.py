"""Opening, making and bringing up to date; files that are not ours; what a full or busy disk means."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from diembao.core.errors import Misconfigured, RecordDamaged, Retry
from diembao.core.ports import Store
from diembao.store import schema, tables
from diembao.store.record import SqlStore
from tests.store.making import NOW, article, entry, id_of, keep, read_source

pytestmark = pytest.mark.usefixtures("migrated_tables")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "diembao.db"


@pytest.fixture
def store(path: Path) -> Iterator[SqlStore]:
    """A store with one article, which does not wait long for others."""
    opened = SqlStore(f"sqlite:///{path}?timeout=0.05")
    keep(opened, article("a"), response=b"<html>")
    yield opened
    opened.close()


def refusal(url: str) -> str:
    with pytest.raises((Misconfigured, RecordDamaged)) as caught:
        SqlStore(url)
    return str(caught.value)


class TestAddresses:
    @pytest.mark.parametrize(
        "url",
        [
            "",
            "diembao.db",
            "sqlit:///a.db",
            "sqlite://",
            "sqlite:///:memory:",
            "sqlite:///file:a?uri=true",
            "redis://a",
            "postgresql+asyncpg://office:s3cret@host/db",
            "postgresql://host:port/db",
        ],
    )
    def test_an_address_that_is_none_is_refused_with_an_example(self, url: str) -> None:
        assert "sqlite:////path/to/diembao.db" in refusal(url)

    @pytest.mark.parametrize(
        "url",
        [
            "mysql://office:s3cret@host/db",
            "postgres//office:s3cret@host/db",
            "postgresql://office:my@s3cret@host/db",
            "postgresql://office:s3cret",
        ],
    )
    def test_a_password_is_not_repeated(self, url: str) -> None:
        assert "s3cret" not in refusal(url)

    def test_a_folder_that_is_missing_is_made(self, tmp_path: Path) -> None:
        SqlStore(f"sqlite:///{tmp_path}/mới/sâu/a.db").close()
        assert (tmp_path / "mới" / "sâu" / "a.db").exists()

    def test_a_folder_that_cannot_be_made_is_named(self, path: Path) -> None:
        path.write_text("a file, not a folder")
        assert str(path) in refusal(f"sqlite:///{path}/a.db")

    def test_a_folder_in_place_of_the_file_is_named(self, tmp_path: Path) -> None:
        assert str(tmp_path) in refusal(f"sqlite:///{tmp_path}")


class TestFiles:
    def test_what_was_kept_is_there_after_opening_again(self, path: Path, store: SqlStore) -> None:
        store.close()
        again = SqlStore(f"sqlite:///{path}")
        assert list(again.article_ids()) == [id_of("a")]
        again.close()

    def test_a_file_that_is_no_database_is_named_and_left_alone(self, path: Path) -> None:
        path.write_text("Kính gửi: Sở Văn hóa, Thể thao và Du lịch\n" * 100)
        before = path.read_bytes()
        assert str(path) in refusal(f"sqlite:///{path}")
        assert path.read_bytes() == before

    def test_an_empty_file_becomes_a_database(self, path: Path) -> None:
        path.touch()
        SqlStore(f"sqlite:///{path}").close()
        assert path.stat().st_size > 0

    def test_a_database_of_another_program_is_left_alone(self, path: Path) -> None:
        with closing(sqlite3.connect(path)) as other:
            other.execute("CREATE TABLE moz_places (id INTEGER)")
        before = path.read_bytes()
        assert "moz_places" in refusal(f"sqlite:///{path}")
        assert path.read_bytes() == before

    def test_a_damaged_file_is_named(self, path: Path, store: SqlStore) -> None:
        store.close()
        whole = path.read_bytes()
        page = 4096  # bytes; the first one holds the list of tables, which is left whole
        path.write_bytes(whole[:page] + b"\xa5" * (len(whole) - page))
        with pytest.raises(RecordDamaged, match=path.name):
            read_everything(path)

    def test_a_newer_database_asks_for_a_newer_program(self, path: Path, store: SqlStore) -> None:
        store.close()
        with closing(sqlite3.connect(path)) as other:
            other.execute("UPDATE alembic_version SET version_num = '9999'")
            other.commit()
        message = refusal(f"sqlite:///{path}")
        assert "newer version" in message
        assert str(path) in message


def read_everything(path: Path) -> None:
    opened = SqlStore(f"sqlite:///{path}")
    try:
        opened.articles(list(opened.article_ids()))
    finally:
        opened.close()


class TestSchema:
    def test_the_tables_are_what_the_migrations_leave(self, store: SqlStore) -> None:
        from alembic.autogenerate import compare_metadata
        from alembic.migration import MigrationContext

        with store._database.reading() as connection:
            context = MigrationContext.configure(connection, opts={"compare_type": True})
            assert compare_metadata(context, tables.METADATA) == []

    def test_the_version_written_in_the_code_is_the_last_migration(self) -> None:
        from alembic.script import ScriptDirectory

        assert ScriptDirectory(str(schema.MIGRATIONS)).get_heads() == [schema.HEAD]

    def test_opening_a_current_database_does_not_pay_for_alembic(self, path: Path, store: SqlStore) -> None:
        store.close()
        code = (
            "import sys; from diembao.store.record import SqlStore; "
            f"SqlStore('sqlite:///{path}').close(); sys.exit('alembic' in sys.modules)"
        )
        assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0

    def test_the_file_is_in_wal_mode_and_holds_references(self, store: SqlStore) -> None:
        with store._database.reading() as connection:
            pragmas = [connection.exec_driver_sql(f"PRAGMA {x}").scalar() for x in ("journal_mode", "foreign_keys")]
        assert pragmas == ["wal", 1]

    def test_turning_wal_on_waits_for_a_writer(self, path: Path, store: SqlStore) -> None:
        store.close()
        with closing(sqlite3.connect(path, isolation_level=None)) as other:
            other.execute("PRAGMA journal_mode = DELETE")
            other.execute("BEGIN IMMEDIATE")
            opened: list[SqlStore] = []
            opening = threading.Thread(target=lambda: opened.append(SqlStore(f"sqlite:///{path}")))
            opening.start()
            opening.join(0.2)  # seconds; long enough to meet the lock
            assert not opened
            other.execute("ROLLBACK")
            opening.join(60)
        (again,) = opened
        again.close()


class TestTrouble:
    def test_a_store_that_stays_busy_is_tried_again_later(self, path: Path, store: Store) -> None:
        with closing(sqlite3.connect(path, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            with pytest.raises(Retry, match="locked"):
                store.set_fact("a", "b")
            assert store.size() == 1  # reading does not wait
        store.set_fact("a", "b")

    def test_a_full_disk_is_tried_again_later_and_nothing_is_half_written(self, store: SqlStore) -> None:
        run = store.begin_run(NOW)
        read_source(store, run, pending=[entry("b")])
        with store._database.reading() as connection:
            pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
            connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
        big = bytes(range(256)) * 4
        noise = b"".join(bytes([n]) + big[n:] + big[:n] for n in range(256)) + b"%d" * 100_000
        with pytest.raises(Retry, match="full"):
            keep_page(store, run, noise)
        with store._database.reading() as connection:
            connection.exec_driver_sql("PRAGMA max_page_count = 1000000")
        assert (store.size(), store.head()) == (1, 1)
        keep_page(store, run, noise)
        assert store.end_run(run, NOW).balanced

    def test_a_file_that_turns_read_only_stops_the_program(self, path: Path, store: SqlStore) -> None:
        with store._database.reading() as connection:
            connection.exec_driver_sql("PRAGMA query_only = ON")
        with pytest.raises(Misconfigured, match=path.name):
            store.set_fact("a", "b")

    def test_damaged_bytes_are_not_handed_out(self, store: SqlStore) -> None:
        item = store.article(id_of("a"))
        assert item is not None
        with store._database.writing() as connection:
            connection.execute(tables.responses.update().values(packed=b"not zstd"))
        with pytest.raises(Misconfigured, match="damaged"):
            store.response(item.article.response or "")


def keep_page(store: Store, run: int, response: bytes) -> None:
    store.page_stored(run, entry("b"), article("b", text="Rất dài. " * 20_000), now=NOW, response=response)


class TestBooksThatDoNotAddUp:
    def test_a_run_that_does_not_add_up_is_named(self, store: SqlStore) -> None:
        run = store.begin_run(NOW)
        read_source(store, run, left_out=[entry("b")])
        store.end_run(run, NOW)
        assert store.unbalanced_runs() == []
        with store._database.writing() as connection:
            connection.execute(tables.runs.update().where(tables.runs.c.id == run).values(seen=5))
        assert [(x.run, x.seen, x.balanced) for x in store.unbalanced_runs()] == [(run, 5, False)]
        assert store.faults() == [f"run {run}: 5 seen, 1 with an outcome"]

    def test_a_line_that_is_missing_an_entry_without_an_outcome_and_a_debt_are_named(self, store: SqlStore) -> None:
        run = store.begin_run(NOW)
        read_source(store, run, left_out=[entry("b"), entry("c")])
        store.end_run(run, NOW)
        assert store.faults() == []
        with store._database.writing() as connection:
            this = tables.sightings.c.entry == entry("b").id
            connection.execute(tables.sightings.delete().where(this))
            connection.execute(tables.entries.update().where(tables.entries.c.id == entry("c").id).values(outcome=None))
            connection.execute(tables.owed.insert().values(run=run, entry="x", source="y"))
        assert store.faults() == [
            f"run {run}: 1 lines, 2 counted",
            f"1 entries have no outcome and wait for nothing, such as {entry('c').url}",
            f"run {run} is over and owes 1 answers",
        ]

    def test_tallies_are_the_sightings_counted(self, store: SqlStore) -> None:
        run = store.begin_run(NOW)
        read_source(store, run, left_out=[entry("b"), entry("b")], pending=[entry("c"), entry("c")])
        store.end_run(run, NOW)
        with store._database.reading() as connection:
            rows = connection.exec_driver_sql(
                "SELECT run, outcome, count(*) FROM sightings GROUP BY 1, 2 EXCEPT SELECT run, outcome, n FROM tallies"
            ).all()
            total = connection.exec_driver_sql("SELECT count(*) FROM sightings").scalar()
        assert (rows, total) == ([], 1 + 4)
