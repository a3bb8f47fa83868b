"""How accounts come in, and who was turned away: sessions, links, failed tries, refusals (`core.accounts`)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import astuple
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Row, delete, func, insert, or_, select, update

from diembao.core.accounts import Account, Hand, Link, NewSession, Purpose, Session, Tries, TurnedAway
from diembao.store.audit import append
from diembao.store.people import read_account
from diembao.store.people_tables import accounts, links, refusals, sessions, tries
from diembao.store.room import Room

# How long what is over is kept: long enough to look into a misuse (docs/accounts.md).
TRIES_KEPT: Final = timedelta(days=30)
SESSIONS_KEPT: Final = timedelta(days=90)
LINKS_KEPT: Final = timedelta(days=30)
# Characters of a path that are kept with a refusal.
PATH: Final = 200


class Doors(Room):
    """Each method is one transaction."""

    def open_session(self, new: NewSession, *, limit: int, by: Hand, now: datetime) -> int:
        values = {"account_id": new.account, "digest": new.digest, "made_at": now, "seen_at": now, "until": new.until}
        more = {"address": new.address, "agent": new.agent, "how": new.how}
        with self._database.writing() as connection:
            number = connection.scalar(insert(sessions).values(**values, **more).returning(sessions.c.id))
            open_ones = sessions.c.account_id == new.account, sessions.c.ended_at.is_(None)
            newest = select(sessions.c.id).where(*open_ones).order_by(sessions.c.id.desc()).limit(limit)
            kept = list(connection.scalars(newest))
            connection.execute(update(sessions).where(*open_ones, sessions.c.id < min(kept)).values(ended_at=now))
            connection.execute(update(accounts).where(accounts.c.id == new.account).values(seen_at=now))
            append(connection, by.actor, "session.open", f"session:{number}", where=by.where, now=now, how=new.how)
        return int(number or 0)

    def session(self, digest: str) -> tuple[Session, Account] | None:
        with self._database.reading() as connection:
            its = sessions.c.digest == digest, sessions.c.ended_at.is_(None)
            row = connection.execute(select(sessions).where(*its)).first()
            account = read_account(connection, row.account_id) if row else None
        if row is None or account is None or account.disabled or account.erased:
            return None
        return _as_session(row), account

    def session_used(self, number: int, *, now: datetime) -> None:
        with self._database.writing() as connection:
            connection.execute(update(sessions).where(sessions.c.id == number).values(seen_at=now))

    def end_session(self, number: int, *, by: Hand, now: datetime) -> None:
        its = sessions.c.id == number, sessions.c.ended_at.is_(None)
        with self._database.writing() as connection:
            if connection.execute(update(sessions).where(*its).values(ended_at=now)).rowcount:
                append(connection, by.actor, "session.end", f"session:{number}", where=by.where, now=now)

    def sessions(self, account: int, since: datetime) -> Sequence[Session]:
        its = sessions.c.account_id == account, or_(sessions.c.ended_at.is_(None), sessions.c.ended_at >= since)
        with self._database.reading() as connection:
            rows = connection.execute(select(sessions).where(*its).order_by(sessions.c.id.desc())).all()
        return [_as_session(row) for row in rows]

    def make_link(
        self, purpose: Purpose, account: int | None, digest: str, *, until: datetime, by: Hand, now: datetime
    ) -> None:
        same = links.c.account_id.is_(None) if account is None else links.c.account_id == account
        older = links.c.purpose == purpose, same, links.c.used_at.is_(None)
        with self._database.writing() as connection:
            connection.execute(update(links).where(*older).values(used_at=now))
            connection.execute(
                insert(links).values(digest=digest, purpose=purpose, account_id=account, until=until, used_at=None)
            )
            subject = f"account:{account}" if account else ""
            append(connection, by.actor, "link.make", subject, where=by.where, now=now, purpose=purpose.value)

    def link(self, digest: str, now: datetime) -> Link | None:
        usable = links.c.digest == digest, links.c.used_at.is_(None), links.c.until > now
        with self._database.reading() as connection:
            row = connection.execute(select(links).where(*usable)).first()
        return Link(row.id, Purpose(row.purpose), row.account_id, row.until) if row else None

    def use_link(self, number: int, *, now: datetime) -> bool:
        once = update(links).where(links.c.id == number, links.c.used_at.is_(None)).values(used_at=now)
        with self._database.writing() as connection:
            return connection.execute(once).rowcount == 1

    def tries(self, name: str, address: str, since: datetime) -> Tries:
        with self._database.reading() as connection:
            return _tries(connection, name, address, since)

    def attempt(self, name: str, address: str, since: datetime, *, most: Tries, now: datetime) -> int | None:
        adding = insert(tries).values(at=now, name=name, address=address).returning(tries.c.id)
        with self._database.writing() as connection:
            before = _tries(connection, name, address, since)
            if any(count >= limit for count, limit in zip(astuple(before), astuple(most), strict=True)):
                return None
            return int(connection.scalar(adding) or 0)

    def give_back(self, attempt: int) -> None:
        with self._database.writing() as connection:
            connection.execute(delete(tries).where(tries.c.id == attempt))

    def failed(self, attempt: int, *, locked: bool, now: datetime) -> None:
        with self._database.writing() as connection:
            act = "session.locked" if locked else "session.failed"
            append(connection, "stranger", act, "", where=f"attempt:{attempt}", now=now)

    def forget_tries(self, name: str, address: str) -> None:
        with self._database.writing() as connection:
            connection.execute(delete(tries).where(tries.c.name == name, tries.c.address == address))

    def turned_away(self, seen: TurnedAway, *, now: datetime) -> None:
        kept = {"at": now, "address": seen.address[:64], "path": seen.path[:PATH], "times": seen.times}
        told = {"why": seen.why, "wanted": seen.act, "times": seen.times}
        with self._database.writing() as connection:
            number = connection.scalar(insert(refusals).values(kept).returning(refusals.c.id))
            where = seen.where or "door"
            append(connection, seen.who, "access.refused", f"refusal:{number}", where=where, now=now, **told)

    def refusals(self, numbers: Sequence[int]) -> Mapping[int, tuple[str, str]]:
        asked = select(refusals).where(refusals.c.id.in_(numbers))
        with self._database.reading() as connection:
            return {row.id: (row.address, row.path) for row in connection.execute(asked)}

    def prune_people(self, now: datetime) -> int:
        over = (
            (refusals, refusals.c.at < now - TRIES_KEPT),
            (tries, tries.c.at < now - TRIES_KEPT),
            (sessions, func.coalesce(sessions.c.ended_at, sessions.c.until) < now - SESSIONS_KEPT),
            (links, links.c.until < now - LINKS_KEPT),
        )
        with self._database.writing() as connection:
            return sum(connection.execute(delete(table).where(condition)).rowcount for table, condition in over)


def _tries(connection: Connection, name: str, address: str, since: datetime) -> Tries:
    same_name, same_address = tries.c.name == name, tries.c.address == address
    query = select(_count(same_name & same_address), _count(same_name), _count(same_address))
    row = connection.execute(query.where(tries.c.at > since, same_name | same_address)).one()
    return Tries(*(int(each or 0) for each in row))


def _count(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.count().filter(condition)


def _as_session(row: Row[Any]) -> Session:
    return Session(
        number=row.id,
        account=row.account_id,
        made_at=row.made_at,
        seen_at=row.seen_at,
        until=row.until,
        address=row.address,
        agent=row.agent,
        how=row.how,
        ended_at=row.ended_at,
    )
