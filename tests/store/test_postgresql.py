"""What only a server can do to us: turn us away, make us wait, go away and come back, be too old or somebody else's."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import psycopg
import pytest
from sqlalchemy import make_url

from diembao.core.article import Kind
from diembao.core.errors import Misconfigured, RecordAway, Retry, SetAside, WrongUse
from diembao.store import postgresql, tables
from diembao.store.record import SqlStore
from tests.parts import needs
from tests.store.making import NOW, article, id_of, keep, label
from tests.store.server import OFFICE, Server

pytestmark = needs("postgresql")

SECRET = "m@t:kh/ẩu%"  # noqa: S105 (as an office might choose it)


@pytest.fixture(scope="module")
def template(server: Server) -> str:
    """The name of a database with one article, to be copied."""
    opened = SqlStore(server.make("one_article"))
    keep(opened, article("a"), response=b"<html>")
    opened.close()
    return "one_article"


@pytest.fixture
def store(server: Server, template: str) -> Iterator[SqlStore]:
    """A store with one article, which does not wait long for others."""
    server.make("trouble", f"TEMPLATE {template}")
    opened = SqlStore(server.url("trouble", options="-c lock_timeout=50"))
    yield opened
    opened.close()


def refusal(url: str) -> str:
    with pytest.raises(Misconfigured) as caught:
        SqlStore(url)
    assert SECRET not in str(caught.value)
    assert "\n" not in str(caught.value)
    return str(caught.value)


class TestTheDoor:
    def test_a_short_address_will_do(self, server: Server) -> None:
        for scheme in ("postgres", "postgresql"):
            SqlStore(server.make("short").replace("postgresql+psycopg", scheme)).close()

    def test_a_role_with_a_password_opens_its_database(self, server: Server) -> None:
        with_password(server)
        opened = SqlStore(server.url("theirs", OFFICE, SECRET))
        assert opened.size() == 0
        opened.close()

    def test_a_wrong_password_is_named_and_not_shown(self, server: Server) -> None:
        with_password(server)
        wrong = "s3cret và sai"
        said = refusal(server.url("theirs", OFFICE, wrong))
        assert "password authentication failed" in said
        assert "'theirs'" in said
        assert wrong not in said
        assert "no password supplied" in refusal(server.url("theirs", OFFICE))

    @pytest.mark.parametrize("url", ["postgresql://office:s3cret@host/db", "postgresql://host/db?password=s3cret"])
    def test_a_password_is_left_out_of_whatever_the_other_side_says(self, url: str) -> None:
        dialect = postgresql.Postgres(make_url(url))
        told = dialect.fate(psycopg.OperationalError('FATAL: password authentication failed\nfor "s3cret"'))
        assert isinstance(told, Misconfigured)
        assert "s3cret" not in str(told)

    def test_a_database_a_role_or_an_option_that_does_not_exist_is_named(self, server: Server) -> None:
        assert '"not_there" does not exist' in refusal(server.url("not_there"))
        assert '"nobody_here" does not exist' in refusal(server.url(user="nobody_here"))
        assert "conect_timeout" in refusal(server.url(conect_timeout="3"))

    def test_a_server_that_is_not_there_may_come_back(self, server: Server) -> None:
        with pytest.raises(Retry, match="cannot be reached"):
            SqlStore(server.url(host=f"{server.folder}/nowhere"))
        with pytest.raises(Retry, match=r"at 127\.0\.0\.1:1 cannot be reached"):
            SqlStore("postgresql://office:s3cret@127.0.0.1:1/db")

    def test_a_role_that_may_not_make_tables_is_named(self, server: Server) -> None:
        server.make("ours")
        server.run("DROP ROLE IF EXISTS guest; CREATE ROLE guest LOGIN")
        assert "permission denied for schema public" in refusal(server.url("ours", "guest"))

    def test_a_server_that_is_too_old_is_named(self, server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(postgresql, "OLDEST_SERVER", 99)
        assert "it takes 99 or newer" in refusal(server.url())

    def test_a_database_that_cannot_hold_every_language_is_named(self, server: Server) -> None:
        url = server.make("latin", "ENCODING 'LATIN1' TEMPLATE template0 LOCALE 'C'")
        assert "LATIN1" in refusal(url)

    def test_a_database_of_another_program_is_left_alone(self, server: Server) -> None:
        url = server.make("foreign_tables")
        server.run("CREATE TABLE wp_posts (id integer)", "foreign_tables")
        assert "wp_posts" in refusal(url)
        assert server.run("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'", "foreign_tables") == [(1,)]

    def test_a_newer_database_asks_for_a_newer_program(self, server: Server, store: SqlStore) -> None:
        server.run("UPDATE alembic_version SET version_num = '9999'", "trouble")
        assert "newer version" in refusal(server.url("trouble"))


def with_password(server: Server) -> None:
    server.run("DROP DATABASE IF EXISTS theirs WITH (FORCE)")
    server.run(f"DROP ROLE IF EXISTS {OFFICE}")
    server.run(f"CREATE ROLE {OFFICE} LOGIN PASSWORD '{SECRET}'")
    server.make("theirs", f"OWNER {OFFICE}")


class TestTables:
    def test_the_tables_are_what_the_migrations_leave(self, store: SqlStore) -> None:
        from alembic.autogenerate import compare_metadata
        from alembic.migration import MigrationContext

        with store._database.reading() as connection:
            context = MigrationContext.configure(connection, opts={"compare_type": True})
            assert compare_metadata(context, tables.METADATA) == []

    def test_every_text_is_sorted_by_code_points(self, server: Server, store: SqlStore) -> None:
        query = "SELECT DISTINCT collation_name FROM information_schema.columns WHERE data_type = 'text'"
        assert server.run(f"{query} AND table_schema = 'public'", "trouble") == [("C",)]

    def test_moments_are_kept_with_their_zone(self, server: Server, store: SqlStore) -> None:
        query = "SELECT DISTINCT data_type FROM information_schema.columns WHERE data_type LIKE 'time%'"
        assert server.run(f"{query} AND table_schema = 'public'", "trouble") == [("timestamp with time zone",)]


class TestWaiting:
    def test_a_writer_that_waits_too_long_for_another_is_tried_again_later(
        self, store: SqlStore, server: Server
    ) -> None:
        other = SqlStore(server.url("trouble"))
        with other.writing() as writer:
            writer.set_labels(id_of("a"), [Kind.THEME], [label("a", Kind.THEME, "tourism")], now=NOW)
            with pytest.raises(Retry, match="lock timeout"):
                store.set_fact("a", "b")
            item = store.article(id_of("a"))  # reading does not wait, and sees nothing unfinished
            assert item is not None
            assert item.labels == ()
        other.close()
        store.set_fact("a", "b")

    def test_a_statement_that_takes_too_long_is_tried_again_later(self, store: SqlStore) -> None:
        with pytest.raises(Retry, match="statement timeout"), store._database.reading() as connection:
            connection.exec_driver_sql("SET LOCAL statement_timeout = 50; SELECT pg_sleep(60)")
        assert store.size() == 1

    def test_who_stops_in_the_midst_of_a_transaction_holds_up_nobody_for_ever(self, server: Server) -> None:
        SqlStore(server.make("idle")).close()
        stuck = SqlStore(server.url("idle", options="-c idle_in_transaction_session_timeout=500"))
        with pytest.raises(Retry):
            write_after(stuck, lambda: write_elsewhere(server.url("idle")))  # waits until the server ends our session
        stuck.set_fact("c", "d")
        assert stuck.fact("a") == "b"
        stuck.close()

    def test_a_server_with_its_hands_full_is_tried_again_later(self, server: Server) -> None:
        server.make("hands_full")
        server.run("DROP ROLE IF EXISTS guest")
        server.run("CREATE ROLE guest LOGIN")
        server.run("GRANT ALL ON SCHEMA public TO guest", "hands_full")
        first = SqlStore(server.url("hands_full", "guest"))
        with first._database.reading() as connection:
            connection.exec_driver_sql("SELECT 1")
            server.run("ALTER DATABASE hands_full CONNECTION LIMIT 1")  # not before: a session takes a while to leave
            with pytest.raises(Retry, match="too many connections"):
                SqlStore(server.url("hands_full", "guest"))
        first.close()

    def test_all_sessions_get_our_limits(self, store: SqlStore, server: Server) -> None:
        plain = SqlStore(server.url("trouble"))
        with plain._database.reading() as connection:
            limits = [
                connection.exec_driver_sql(f"SHOW {name}").scalar()
                for name in ("statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout", "timezone")
            ]
            assert limits == ["2min", "30s", "1min", "UTC"]
            asked = "SELECT reset_val FROM pg_settings WHERE name LIKE 'tcp_keepalives_%%' ORDER BY name"
            found = connection.exec_driver_sql(asked).scalars().all()
            assert found == ["3", "10", "5"], "count, seconds before the first, between two"
            asked = "SELECT reset_val FROM pg_settings WHERE name = 'tcp_user_timeout'"
            assert connection.exec_driver_sql(asked).scalar() == "25000"
            session = connection.connection.driver_connection
            assert session
            ours = session.info.get_parameters()
            assert {name: ours.get(name) for name in postgresql.LINK} == {
                name: str(value) for name, value in postgresql.LINK.items()
            }
        plain.close()

    def test_who_stops_while_it_writes_holds_up_others_for_less_than_they_wait(
        self, store: SqlStore, server: Server
    ) -> None:
        limit = "SHOW idle_in_transaction_session_timeout"
        with store._database.writing() as connection:
            assert connection.exec_driver_sql(limit).scalar() == "10s"
        with store._database.reading() as connection:
            assert connection.exec_driver_sql(limit).scalar() == "1min"
        told = SqlStore(server.url("trouble", options="-c idle_in_transaction_session_timeout=5000"))
        with told._database.writing() as connection:
            assert connection.exec_driver_sql(limit).scalar() == "5s"
        told.close()


class TestSnapshots:
    def test_a_reader_sees_one_state_however_much_is_written_meanwhile(self, store: SqlStore) -> None:
        count = tables.articles.select()
        with store._database.reading() as connection:
            assert len(connection.execute(count).all()) == 1
            keep(store, article("b"))
            assert len(connection.execute(count).all()) == 1
        assert store.size() == 2

    def test_a_writer_sees_what_the_one_before_it_wrote(self, server: Server, store: SqlStore) -> None:
        other = SqlStore(server.url("trouble"))
        for n in range(5):
            keep(other if n % 2 else store, article(f"n{n}"))
        assert store.head() == other.head() == 6
        other.close()


def write_after(store: SqlStore, happens: Callable[[], object]) -> None:
    """Something happens in the midst of a transaction."""
    with store._database.writing() as connection:
        connection.execute(tables.facts.insert().values(name="half", value="written"))
        happens()
        connection.execute(tables.facts.delete())


def write_elsewhere(url: str) -> None:
    other = SqlStore(url)
    other.set_fact("a", "b")
    other.close()


class TestGoingAndComing:
    @pytest.mark.parametrize("signal", ["INT", "QUIT"])
    def test_a_server_that_went_away_and_came_back_is_found_again(
        self, server: Server, store: SqlStore, signal: str
    ) -> None:
        try:
            with pytest.raises(Retry):
                write_after(store, lambda: server.stop(signal))
            with pytest.raises(Retry, match="cannot be reached"):
                store.size()
        finally:
            server.start()
        assert store.fact("half") is None
        assert list(store.article_ids()) == [id_of("a")]
        keep(store, article("b"))
        assert store.head() == 2

    def test_a_restart_between_two_questions_is_not_noticed(self, server: Server, store: SqlStore) -> None:
        server.stop()
        server.start()
        store.set_fact("a", "b")
        assert store.fact("a") == "b"

    def test_a_session_that_the_administrator_ends_is_tried_again_later(self, server: Server, store: SqlStore) -> None:
        others = "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE application_name LIKE 'diembao %'"
        with pytest.raises(Retry, match="terminating connection"):
            write_after(store, lambda: server.run(others))
        assert store.size() == 1


class TestFates:
    @pytest.mark.parametrize(
        ("failing", "fate"),
        [
            ("INSERT INTO facts VALUES ('a', NULL)", WrongUse),
            ("SELECT 9223372036854775807 + 1", SetAside),
            ("SELECT convert_from('\\xff', 'UTF8')", SetAside),
            ("SELECT repeat('x', 1100000000)", SetAside),
            ("SET LOCAL ROLE pg_monitor; CREATE ROLE boss", Misconfigured),
            ("SET LOCAL ROLE pg_monitor; TRUNCATE facts", Misconfigured),
            ("SET TRANSACTION READ ONLY; DELETE FROM facts", Misconfigured),
        ],
    )
    def test_what_happens_next_after_what_the_server_says(
        self, server: Server, store: SqlStore, failing: str, fate: type[Exception]
    ) -> None:
        with pytest.raises(fate) as caught, store._database.writing() as connection:
            connection.exec_driver_sql(failing)
        assert "'trouble'" in str(caught.value)
        store.set_fact("after", "that")

    def test_a_fault_of_ours_is_shown_as_it_is(self, store: SqlStore) -> None:
        from sqlalchemy.exc import ProgrammingError

        with pytest.raises(ProgrammingError), store._database.reading() as connection:
            connection.exec_driver_sql("SELEKT")

    @pytest.mark.parametrize("make", [psycopg.DataError, psycopg.InterfaceError, psycopg.ProgrammingError])
    def test_the_drivers_own_errors_have_a_fate(self, make: Callable[[str], psycopg.Error]) -> None:
        fates = {
            psycopg.DataError: SetAside,
            psycopg.InterfaceError: RecordAway,
            psycopg.ProgrammingError: Misconfigured,
        }
        dialect = postgresql.Postgres(make_url("postgresql://host/db"))
        assert type(dialect.fate(make("said so"))) is fates[make]  # type: ignore[index] # the three of them
