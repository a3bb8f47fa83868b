"""A record in another database: all of it, nothing twice, while others write; broken off and taken up again."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import update

from diembao.core.article import Kind
from diembao.core.errors import Misconfigured, RecordDamaged, WrongUse
from diembao.store import copying, snapshot
from diembao.store.copying import Tally, Target
from diembao.store.database import Database
from diembao.store.people_tables import accounts
from diembao.store.record import SqlStore
from tests.parts import needs
from tests.store.dumping import made_up
from tests.store.making import NOW, alert, article, judge, keep, label, later
from tests.store.server import Server


def nothing(_: int) -> None:
    """Nobody looks on."""


MANY = 2000  # pages, more than a small record has


class BrokenOffError(Exception):
    """Somebody pulled the plug."""


def filled(url: str) -> SqlStore:
    """Something of what has bytes, moments, floats, numbers of its own, and letters of every kind."""
    store = SqlStore(url)
    keep(store, *(article(f"bài {n} 𝒩 ខ្មែរ") for n in range(5)), response="<p>Quy Nhơn</p>".encode())
    judge(store, "bài 1 𝒩 ខ្មែរ", label("bài 1 𝒩 ខ្មែរ", Kind.THEME, "ports", score=0.1 + 0.2))
    with store.writing() as write:
        write.add_alert(alert("bài 2 𝒩 ខ្មែរ", "story"))
    with store._database.writing() as connection:
        for n, name in enumerate(("an", "binh"), start=901):
            connection.execute(made_up(accounts, id=n, name=name, likeness=name))
    store.note("person:1", "case.open", "case:VV-2026-0001", where="web", now=NOW, why="“chữ”")
    return store


def copied(source: str, target: str, step: copying.Step = nothing) -> dict[str, Tally]:
    with closing(Database(source)) as here, closing(Target(target, here.where)) as there:
        return copying.copy(here, there, step)


def told(source: str) -> dict[str, Tally]:
    """What a record holds."""
    with closing(Database(source)) as here, here.snapshot() as connection:
        return copying.tallies(connection, nothing)


def breaking_off(after: int) -> copying.Step:
    done = 0

    def step(more: int) -> None:
        nonlocal done
        done += more
        if done > after:
            raise BrokenOffError

    return step


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "source.db"
    filled(f"sqlite:///{path}").close()
    return path


@pytest.fixture
def source(tmp_path: Path, template: Path) -> str:
    """The address of a record that somebody works with."""
    return f"sqlite:///{shutil.copy(template, tmp_path / 'source.db')}"


@pytest.fixture
def url_of_server(server: Server) -> str:
    return server.make("a_copy")


@pytest.fixture
def target(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path}/target.db"


@needs("postgresql")
class TestOntoAServer:
    """As onto a file, and there rows are counted by the server."""

    def test_a_copy_holds_the_same_rows_and_goes_on_counting_after_them(self, source: str, url_of_server: str) -> None:
        tallies = copied(source, url_of_server)
        assert (tallies["articles"].rows, tallies["alerts"].rows, tallies["audit"].rows) == (5, 1, 1)
        with closing(SqlStore(url_of_server)) as there, closing(SqlStore(source)) as here:
            assert there.articles(list(here.article_ids())) == here.articles(list(here.article_ids()))
            assert there.check_audit() == here.check_audit()
            with there.writing() as write:
                write.add_alert(alert("bài 3 𝒩 ខ្មែរ", "another story"))
            assert [each.id for each in there.alerts_since(NOW)] == [2, 1]
            assert there.head() == here.head()
            with closing(Database(url_of_server)) as looking:
                assert looking.others() >= 1

    def test_a_copy_that_was_broken_off_goes_on_and_a_later_one_brings_what_came_went_and_changed_meanwhile(
        self, source: str, url_of_server: str
    ) -> None:
        with pytest.raises(BrokenOffError):
            copied(source, url_of_server, breaking_off(after=20))
        with pytest.raises(Misconfigured, match="unfinished copy"):
            SqlStore(url_of_server)
        assert copied(source, url_of_server) == told(source)
        with closing(SqlStore(source)) as store:
            keep(store, article("mới", text="x" * 10), now=later(hours=1))
            judge(store, "mới", label("mới", Kind.THEME, "ports"), now=later(hours=1))
            with store._database.writing() as connection:
                connection.exec_driver_sql("DELETE FROM outbox")
                connection.exec_driver_sql("DELETE FROM alerts")
                # what one was called another one is called now, which a server does not take in the midst of it
                for n, name in ((901, "chi"), (902, "an"), (901, "binh")):
                    values = {"name": name, "likeness": name}
                    connection.execute(update(accounts).where(accounts.c.id == n).values(values))
                connection.exec_driver_sql("UPDATE articles SET url = 'https://khac.example' WHERE number = 1")
        tallies = copied(source, url_of_server)
        assert tallies == told(source)
        assert (tallies["articles"].rows, tallies["alerts"].rows) == (6, 0)


class TestEveryKindOfDatabase:
    """``url`` is an empty one of each kind."""

    def test_a_snapshot_is_a_file_with_all_of_it_and_leaves_the_record_open(self, url: str, tmp_path: Path) -> None:
        store, path = filled(url), tmp_path / "taken.db"
        taken = snapshot.take(url, path, lambda *_: None)
        assert (taken.rows["articles"], taken.rows["audit"], taken.head) == (5, 1, store.head())
        assert sorted(each.name for each in tmp_path.iterdir() if each.name.startswith("taken")) == ["taken.db"]
        with closing(SqlStore(f"sqlite:///{path}")) as kept:
            assert kept.articles(list(kept.article_ids())) == store.articles(list(kept.article_ids()))
        store.close()


def test_a_record_a_copy_of_another_one_and_a_copy_that_was_opened_since_are_left_alone(
    source: str, target: str, template: Path
) -> None:
    another = f"sqlite:///{template}"
    copied(source, target)
    for here, there in ((another, source), (another, target)):
        with pytest.raises(WrongUse, match="holds something already"):
            copied(here, there)
    SqlStore(target).close()
    with pytest.raises(WrongUse, match="holds something already"):
        copied(source, target)


def test_a_row_that_changed_on_its_way_is_noticed(source: str, target: str) -> None:
    def meddling(_: int) -> None:
        with closing(Target(target, source.removeprefix("sqlite:///"))) as there, there.writing() as connection:
            connection.exec_driver_sql("UPDATE revisions SET title = 'Bịa' WHERE number = 1")

    with pytest.raises(copying.Differs, match="'revisions'"):
        copied(source, target, meddling)
    with pytest.raises(Misconfigured, match="unfinished copy"):
        SqlStore(target)


class TestWhileOthersWrite:
    def test_a_snapshot_of_many_pages_is_of_one_moment_and_is_not_begun_again(
        self, source: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(snapshot, "PAGES", 1)
        shown: list[int] = []
        with closing(SqlStore(source)) as store:

            def write(done: int, _: int) -> None:
                shown.append(done)
                assert len(shown) < MANY  # begun again and again, it would never end
                store.set_fact("pages", str(done))

            taken = snapshot.take(source, tmp_path / "taken.db", write)
            assert store.fact("pages") == str(shown[-1])
        assert shown == sorted(set(shown))  # page after page, none twice
        assert len(shown) > 20
        with closing(sqlite3.connect(tmp_path / "taken.db")) as kept:
            assert kept.execute("SELECT value FROM facts WHERE name = 'pages'").fetchall() == []
        assert taken.rows["articles"] == 5

    def test_what_is_written_during_a_copy_is_not_in_it(self, source: str, tmp_path: Path) -> None:
        with closing(SqlStore(source)) as store:
            tallies = copied(source, f"sqlite:///{tmp_path}/b.db", lambda n: store.set_fact("n", str(n)))
        assert tallies["facts"].rows == 0


def test_there_is_nothing_to_take_of_what_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(Misconfigured, match="nothing to back up"):
        snapshot.take(f"sqlite:///{tmp_path}/a.db", tmp_path / "b.db", lambda *_: None)
    assert list(tmp_path.iterdir()) == []


def test_a_damaged_record_is_told_while_a_good_backup_may_be_there(source: str, tmp_path: Path) -> None:
    path = Path(source.removeprefix("sqlite:///"))
    whole = path.read_bytes()
    path.write_bytes(whole[:4096] + b"\xa5" * 4096 + whole[8192:])
    with pytest.raises(RecordDamaged, match="damaged"):
        snapshot.take(source, tmp_path / "b.db", lambda *_: None)


@pytest.mark.parametrize(
    "spoil",
    [
        ["DELETE FROM alembic_version"],
        ["UPDATE alembic_version SET version_num = 'zzz'"],
        ["DROP TABLE log", "CREATE TABLE log (x)"],
        ["CREATE VIEW a AS SELECT 1"],
        ["CREATE TRIGGER a AFTER INSERT ON facts BEGIN DELETE FROM facts; END"],
    ],
)
def test_a_file_that_has_not_what_a_record_has_is_none(source: str, spoil: Sequence[str]) -> None:
    path = spoilt(source, *spoil)
    with pytest.raises(Misconfigured, match="is no record"):
        snapshot.look(path)


def test_a_strange_table_is_counted_by_its_name(source: str) -> None:
    assert snapshot.look(spoilt(source, 'CREATE TABLE "a""b" (x)')).rows['a"b'] == 0


@pytest.mark.parametrize("spoil", ["UPDATE alembic_version SET version_num = '0005'", "DROP TABLE shift_looks"])
def test_a_record_without_the_tables_of_its_schema_is_not_brought_up_to_date(source: str, spoil: str) -> None:
    with pytest.raises(Misconfigured, match="its tables are not those of its schema"):
        snapshot.bring_up_to_date(spoilt(source, spoil))


def spoilt(source: str, *statements: str) -> Path:
    path = Path(source.removeprefix("sqlite:///"))
    with closing(sqlite3.connect(path)) as record:
        for each in statements:
            record.execute(each)
        record.commit()
    return path
