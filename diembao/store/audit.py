"""The audit log: rows are added under the writers' lock, each sealed with the one before; none is ever changed.

Triggers of the database refuse updates and deletions (migration 0004). Who may alter the database's own schema can
take those away: then the chain tells, down to the row.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, insert, select, true

from diembao.core.accounts import CONSOLE, number_of
from diembao.core.audit import START, AuditCheck, AuditRow, detail_of, seal
from diembao.store.columns import in_utc, storable
from diembao.store.people_tables import audit
from diembao.store.room import Room

# Rows read at once while checking: some megabytes.
AT_ONCE: Final = 5000

_LAST: Final = select(audit.c.number, audit.c.digest).order_by(audit.c.number.desc()).limit(1)
_ADD: Final = insert(audit)
_ROWS: Final = select(
    audit.c.number,
    audit.c.at,
    audit.c.actor,
    audit.c.act,
    audit.c.subject,
    audit.c.detail,
    audit.c.place,
    audit.c.digest,
)
_NEXT: Final = _ROWS.order_by(audit.c.number).limit(AT_ONCE)


def append(
    connection: Connection, actor: str, act: str, subject: str = "", *, where: str, now: datetime, **detail: object
) -> int:
    """The row of an act, in the act's own transaction (one that writes); its number."""
    last = connection.execute(_LAST).first()
    number, previous = (last.number + 1, last.digest) if last else (1, START)
    # As the record keeps them: what is sealed must be what is read again.
    fields = [storable(text) for text in (_moment(now), actor, act, subject, detail_of(detail), where)]
    names = ("at", "actor", "act", "subject", "detail", "place")
    row = dict(zip(names, fields, strict=True))
    connection.execute(_ADD, {"number": number, **row, "digest": seal(previous, number, fields)})
    return number


def actor_of(by: str) -> str:
    """As the log names whoever typed a command under the name of the machine's own account: it holds no names."""
    return by if number_of(by) is not None else CONSOLE.actor


def _moment(now: datetime) -> str:
    return in_utc(now).isoformat(timespec="microseconds")


class Audit(Room):
    """The part of the store that shows what was done (`core.audit.AuditLog`)."""

    def note(self, actor: str, act: str, subject: str = "", *, where: str, now: datetime, **detail: object) -> None:
        with self._database.writing() as connection:
            append(connection, actor, act, subject, where=where, now=now, **detail)

    @contextmanager
    def noted(
        self, actor: str, act: str, subject: str = "", *, where: str, now: datetime, **detail: object
    ) -> Iterator[None]:
        with self._database.writing() as connection:
            append(connection, actor, act, subject, where=where, now=now, **detail)
            yield

    def audit(
        self, *, before: int | None = None, limit: int = 100, actor: str = "", act: str = "", subject: str = ""
    ) -> Sequence[AuditRow]:
        asked = (
            audit.c.number < before if before is not None else true(),
            audit.c.actor == actor if actor else true(),
            audit.c.act.startswith(act, autoescape=True) if act else true(),
            audit.c.subject == subject if subject else true(),
        )
        query = _ROWS.where(*asked).order_by(audit.c.number.desc()).limit(limit)
        with self._database.reading() as connection:
            return [AuditRow(*row) for row in connection.execute(query)]

    def audit_acts(self) -> Sequence[str]:
        with self._database.reading() as connection:
            return list(connection.scalars(select(audit.c.act).distinct().order_by(audit.c.act)))

    def check_audit(self) -> AuditCheck:
        rows, previous = 0, START
        for row in self._in_order():
            number, fields, digest = row[0], row[1:-1], row[-1]
            if number != rows + 1:
                why = f"thiếu dòng {rows + 1}; dòng sau là {number} / row {rows + 1} is missing; the next is {number}"
                return AuditCheck(rows, rows, previous, rows + 1, why)
            if seal(previous, number, fields) != digest:
                why = f"dòng {number} không như lúc ghi / row {number} is not as it was written"
                return AuditCheck(rows, rows, previous, number, why)
            rows, previous = number, digest
        return AuditCheck(rows, rows, previous)

    def audit_in_order(self) -> Iterator[AuditRow]:
        for row in self._in_order():
            yield AuditRow(*row)

    def _in_order(self) -> Iterator[Sequence[Any]]:
        """All rows, some at a time, in one snapshot."""
        last: int | None = None
        with self._database.reading() as connection:
            while True:
                some = connection.execute(_NEXT if last is None else _NEXT.where(audit.c.number > last)).all()
                yield from some
                if len(some) < AT_ONCE:
                    return
                last = some[-1].number
