"""Keys of other systems (`core.keys.KeyBook`). A row is never deleted: the audit log names it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, insert, select, update

from diembao.core.accounts import Account, Hand
from diembao.core.errors import WrongUse
from diembao.core.keys import Key, NewKey
from diembao.store.audit import append
from diembao.store.people import read_account
from diembao.store.people_tables import keys
from diembao.store.room import Room, kept


class Keys(Room):
    """Each method is one transaction."""

    def add_key(self, new: NewKey, *, by: Hand, now: datetime) -> int:
        scopes = " ".join(new.scopes)
        values = {"account_id": new.account, "name": new.name, "digest": new.digest, "scopes": scopes}
        with self._database.writing() as connection:
            account = read_account(connection, new.account)
            if account is None or account.erased:
                raise WrongUse(f"không có tài khoản {new.account} (there is no account {new.account})")
            adding = insert(keys).values(**values, made_at=now, until=new.until).returning(keys.c.id)
            number = int(connection.scalar(adding) or 0)
            said = {"account": new.account, "scopes": scopes, "until": new.until.isoformat()}
            append(connection, by.actor, "key.add", f"key:{number}", where=by.where, now=now, **said)
        return number

    @kept
    def all_keys(self) -> Sequence[Key]:
        with self._database.reading() as connection:
            return [_as_key(row) for row in connection.execute(select(keys).order_by(keys.c.id.desc()))]

    def key(self, digest: str) -> tuple[Key, Account] | None:
        with self._database.reading() as connection:
            row = connection.execute(select(keys).where(keys.c.digest == digest, keys.c.revoked_at.is_(None))).first()
            account = read_account(connection, row.account_id) if row else None
        if row is None or account is None or account.disabled or account.erased:
            return None
        return _as_key(row), account

    def key_used(self, number: int, *, now: datetime) -> None:
        with self._database.writing() as connection:
            connection.execute(update(keys).where(keys.c.id == number).values(used_at=now))

    def revoke_key(self, number: int, *, by: Hand, now: datetime) -> Key:
        with self._database.writing() as connection:
            found = select(keys).where(keys.c.id == number)
            row = connection.execute(found).first()
            if row is None:
                raise WrongUse(f"không có khóa số {number} (there is no key {number})")
            if row.revoked_at is None:
                connection.execute(update(keys).where(keys.c.id == number).values(revoked_at=now))
                append(connection, by.actor, "key.revoke", f"key:{number}", where=by.where, now=now)
            return _as_key(connection.execute(found).one())


def _as_key(row: Row[Any]) -> Key:
    return Key(
        number=row.id,
        account=row.account_id,
        name=row.name,
        scopes=tuple(row.scopes.split()),
        made_at=row.made_at,
        until=row.until,
        used_at=row.used_at,
        revoked_at=row.revoked_at,
    )
