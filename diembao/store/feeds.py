"""Saved searches as feeds (`core.outgoing`). A row is never deleted: the audit log names it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, insert, select, update

from diembao.core.accounts import Hand
from diembao.core.errors import WrongUse
from diembao.core.outgoing import Feed
from diembao.store.audit import append
from diembao.store.channel_tables import feeds
from diembao.store.room import Room, kept

# Feeds of one person that hold at a time, in one province.
MOST = 100


class Feeds(Room):
    """Each method is one transaction."""

    def make_feed(self, search: str, account: int, *, now: datetime, by: Hand) -> Feed:
        mine = self._standing(account)
        with self._database.writing() as connection:
            found = [_feed(row) for row in connection.execute(select(feeds).where(*mine))]
            same = next((each for each in found if each.search == search), None)
            if same:
                return same
            if len(found) >= MOST:
                raise WrongUse(
                    f"Mỗi người có nhiều nhất {MOST} nguồn RSS; thu hồi bớt (a person has {MOST} feeds at most)"
                )
            values = {"province": self._scope.province, "search": search, "account_id": account, "made_at": now}
            number = connection.scalar(insert(feeds).values(values).returning(feeds.c.id))
            append(connection, by.actor, "feed.make", f"feed:{number}", where=by.where, now=now, search=search)
            return _feed(connection.execute(select(feeds).where(feeds.c.id == number)).one())

    @kept
    def feeds_of(self, account: int) -> Sequence[Feed]:
        with self._database.reading() as connection:
            rows = connection.execute(select(feeds).where(*self._standing(account)).order_by(feeds.c.id))
            return [_feed(row) for row in rows]

    def feed(self, number: int) -> Feed | None:
        with self._database.reading() as connection:
            row = connection.execute(select(feeds).where(feeds.c.id == number, feeds.c.revoked_at.is_(None))).first()
        return _feed(row) if row else None

    def revoke_feed(self, number: int, account: int, *, now: datetime, by: Hand) -> None:
        mine = feeds.c.id == number, *self._standing(account)
        with self._database.writing() as connection:
            if connection.execute(update(feeds).where(*mine).values(revoked_at=now)).rowcount == 0:
                raise WrongUse("Không có nguồn RSS này, hoặc đã thu hồi (there is no such feed, or it was revoked)")
            append(connection, by.actor, "feed.revoke", f"feed:{number}", where=by.where, now=now)

    def _standing(self, account: int) -> tuple[Any, ...]:
        return feeds.c.account_id == account, feeds.c.revoked_at.is_(None), self._own(feeds.c.province)


def _feed(row: Row[Any]) -> Feed:
    return Feed(row.id, row.province, row.search, row.account_id, row.made_at, row.revoked_at)
