"""What every store promises of the audit log."""

from __future__ import annotations

import pytest
from sqlalchemy.exc import DBAPIError

from diembao.core.accounts import CONSOLE, Grant, NewAccount, Role
from diembao.core.article import Kind
from diembao.core.audit import seal
from diembao.core.case import Act, Case, CaseLine, Details
from diembao.core.errors import DiembaoError, WrongUse
from diembao.store.audit import append
from diembao.store.people_tables import audit
from diembao.store.record import SqlStore
from tests.store.making import NOW, OFFICER, PROVINCE, article, id_of, keep, later

REPLACING = {
    "sqlite": "INSERT OR REPLACE INTO audit SELECT * FROM audit WHERE number = 5",
    "postgresql": "INSERT INTO audit SELECT * FROM audit WHERE number = 5"
    " ON CONFLICT (number) DO UPDATE SET actor = 'person:9'",
}
TAMPERING = (
    "UPDATE audit SET actor = 'person:9' WHERE number = 3",
    "UPDATE audit SET detail = '{}' WHERE number = 3",
    "UPDATE audit SET digest = 'x' WHERE number = 3",
    "UPDATE audit SET at = '2026-01-01T00:00:00+00:00' WHERE number = 3",
    "DELETE FROM audit WHERE number = 3",
    "UPDATE audit SET number = 99 WHERE number = 3",
)


def five(store: SqlStore) -> None:
    for n in range(5):
        store.note(f"person:{n}", "audit.read", f"case:{n}", where="session:1", now=later(hours=n), n=n, why="“Đọc”")


class AuditContract:
    def test_an_act_is_told_whole_the_newest_first(self, store: SqlStore) -> None:
        five(store)
        rows = store.audit(limit=2)
        assert [row.number for row in rows] == [5, 4]
        assert rows[0].at == "2026-11-20T12:00:00.000000+00:00"
        assert (rows[0].actor, rows[0].act, rows[0].subject, rows[0].where) == (
            "person:4",
            "audit.read",
            "case:4",
            "session:1",
        )
        assert rows[0].detail == '{"n":4,"why":"“Đọc”"}'
        assert [row.number for row in store.audit(before=4, limit=2)] == [3, 2]
        assert [row.number for row in store.audit(actor="person:1")] == [2]
        assert [row.number for row in store.audit(subject="case:0")] == [1]
        assert store.audit(act="account.") == []
        assert list(store.audit_in_order()) == list(reversed(store.audit()))
        assert store.audit_acts() == ["audit.read"]

    def test_an_untouched_chain_is_whole(self, store: SqlStore) -> None:
        assert store.check_audit().rows == 0
        five(store)
        found = store.check_audit()
        assert (found.rows, found.head, found.broken) == (5, 5, None)
        assert found.digest == store.audit(limit=1)[0].digest

    @pytest.mark.parametrize("statement", [*TAMPERING, "DELETE FROM audit"])
    def test_the_database_refuses_to_change_it(self, store: SqlStore, statement: str) -> None:
        five(store)
        with pytest.raises((DBAPIError, DiembaoError), match="never changed"), store._database.writing() as connection:
            connection.exec_driver_sql(statement)
        assert store.check_audit() == store.check_audit()
        assert store.check_audit().rows == 5

    def test_no_row_takes_the_place_of_another(self, store: SqlStore) -> None:
        five(store)
        replacing = REPLACING["sqlite" if "sqlite" in repr(store._database._engine.url) else "postgresql"]
        with pytest.raises((DBAPIError, DiembaoError), match="never changed"), store._database.writing() as connection:
            connection.exec_driver_sql(replacing)

    @pytest.mark.parametrize("statement", TAMPERING)
    def test_a_change_past_the_databases_guard_is_found_to_the_row(self, store: SqlStore, statement: str) -> None:
        five(store)
        without_guard(store, statement)
        assert store.check_audit().broken == 3

    def test_a_row_put_in_is_found(self, store: SqlStore) -> None:
        five(store)
        fields = ["2026-11-21T00:00:00.000000+00:00", "person:1", "audit.read", "", "{}", ""]
        forged = seal("not the last", 6, fields)
        names = ("at", "actor", "act", "subject", "detail", "place")
        row = dict(zip(names, fields, strict=True))
        with store._database.writing() as connection:
            connection.execute(audit.insert().values(number=6, **row, digest=forged))
        assert store.check_audit().broken == 6

    def test_an_act_that_fails_leaves_no_row_and_no_row_no_act(self, store: SqlStore) -> None:
        with pytest.raises(WrongUse):
            failing(store)
        assert store.check_audit().rows == 0

    def test_what_no_database_holds_does_not_break_the_chain(self, store: SqlStore) -> None:
        store.note("person:1", "x.y", "a\x00b\ud800", where="", now=NOW, why="\x00\ud83d")
        assert store.check_audit().broken is None

    def test_a_correction_and_its_row_are_one(self, store: SqlStore) -> None:
        keep(store, article("a"))
        put = id_of("a")
        store.correct(put, Kind.STANCE, PROVINCE, ["neutral"], by=OFFICER, why="đọc lại", now=NOW, where="session:3")
        store.retract(put, Kind.STANCE, PROVINCE, by=OFFICER, now=NOW, where="session:3")
        store.retract(put, Kind.STANCE, PROVINCE, by=OFFICER, now=NOW, where="session:3")
        rows = store.audit()
        assert [(row.act, row.subject, row.where) for row in rows] == [
            ("label.retract", f"article:{put}", "session:3"),
            ("label.correct", f"article:{put}", "session:3"),
        ]
        assert '"keys":["neutral"]' in rows[1].detail

    def test_an_act_on_a_case_has_its_row(self, store: SqlStore) -> None:
        line = CaseLine(Act.NOTED, OFFICER, NOW, {"n": "1"})
        with store.writing() as writer:
            opened = writer.open_case(2026, Case("", Details("Vụ việc", "so-y-te"), NOW, OFFICER))
            writer.add_line(opened.number, line)
        (row,) = store.audit()
        assert (row.actor, row.act, row.subject) == (OFFICER, "case.noted", f"case:{opened.number}")
        assert row.detail == '{"facts":{"n":"1"}}'

    def test_accounts_and_their_roles_are_told_before_and_after(self, store: SqlStore) -> None:
        new = NewAccount("lan", "lan", "Nguyễn Thị Lan", (Grant(Role.VIEWER),))
        number = store.add_account(new, by=CONSOLE, now=NOW)
        store.set_grants(number, [Grant(Role.UNIT_OFFICER, unit="so-y-te")], by=CONSOLE, now=NOW)
        store.set_grants(number, [Grant(Role.UNIT_OFFICER, unit="so-y-te")], by=CONSOLE, now=NOW)
        rows = store.audit()
        assert [row.act for row in rows] == ["account.roles", "account.add"]
        assert rows[0].detail == '{"after":[["unit-officer","","so-y-te"]],"before":[["viewer","",""]]}'
        assert "Lan" not in repr(rows)


def failing(store: SqlStore) -> None:
    """An act that cannot be, after its row was written."""
    with store._database.writing() as connection:
        append(connection, "person:1", "x.y", where="", now=NOW)
        raise WrongUse("no such thing")


def without_guard(store: SqlStore, statement: str) -> None:
    """As somebody who may change the database's own schema."""
    with store._database.writing() as connection:
        if connection.dialect.name == "sqlite":
            for trigger in ("audit_no_UPDATE", "audit_no_DELETE"):
                connection.exec_driver_sql(f"DROP TRIGGER {trigger}")
        else:
            connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
        connection.exec_driver_sql(statement)
