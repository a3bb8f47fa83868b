"""Articles that were taken down, and those that came back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, bindparam, insert, select, update

from diembao.core.ports import Event
from diembao.core.revisits import Withdrawal
from diembao.store.kept_tables import withdrawals
from diembao.store.log import announce
from diembao.store.room import Room, kept

_COME_BACK = (
    update(withdrawals)
    .where(withdrawals.c.article_id == bindparam("the"), withdrawals.c.returned_at.is_(None))
    .values(returned_at=bindparam("at_last"))
)


def taken_down(connection: Connection, article_id: str, first: datetime, status: str, now: datetime) -> None:
    row = {"article_id": article_id, "gone_at": first, "at": now, "status": status, "returned_at": None}
    connection.execute(insert(withdrawals).values(row))
    announce(connection, Event.WITHDRAWN, [article_id], now=now)


def came_back(connection: Connection, article_id: str, now: datetime) -> None:
    """Its page was read: if it was taken down, it is there again."""
    if connection.execute(_COME_BACK, {"the": article_id, "at_last": now}).rowcount:
        announce(connection, Event.RETURNED, [article_id], now=now)


class Withdrawals(Room):
    """The part of the store that says what was taken down."""

    @kept
    def withdrawals(self, article_id: str) -> Sequence[Withdrawal]:
        query = select(withdrawals).where(withdrawals.c.article_id == article_id).order_by(withdrawals.c.id.desc())
        with self._database.reading() as connection:
            return [
                Withdrawal(row.article_id, row.gone_at, row.at, row.status, row.returned_at)
                for row in connection.execute(query)
            ]
