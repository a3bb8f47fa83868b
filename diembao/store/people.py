"""Accounts, and what they were given (`core.accounts.AccountBook`)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, func, insert, select, update

from diembao.core.accounts import Account, Grant, Hand, NewAccount, Role
from diembao.core.errors import WrongUse
from diembao.store.audit import append
from diembao.store.forgetting import forget_alerts, forget_keys
from diembao.store.people_tables import accounts, grants, links, sessions
from diembao.store.room import Room, kept
from diembao.store.shift_tables import reader_memory
from diembao.store.upsert import upsert

_ENTERS = accounts.c.disabled.is_(False) & accounts.c.erased_at.is_(None)


class People(Room):
    """Each method that changes something is one transaction with its row in the audit log."""

    @kept
    def accounts(self) -> Sequence[Account]:
        with self._database.reading() as connection:
            rows = connection.execute(select(accounts).order_by(accounts.c.name)).all()
            given = _given(connection)
        return [as_account(row, given.get(row.id, ())) for row in rows]

    def account(self, number: int) -> Account | None:
        with self._database.reading() as connection:
            return read_account(connection, number)

    def account_named(self, name: str) -> tuple[Account, str] | None:
        with self._database.reading() as connection:
            row = connection.execute(select(accounts).where(accounts.c.name == name, _ENTERS)).first()
            return (as_account(row, _given(connection, row.id)[row.id]), row.password) if row else None

    def account_of(self, issuer: str, subject: str) -> Account | None:
        its = accounts.c.issuer == issuer, accounts.c.subject == subject, accounts.c.erased_at.is_(None)
        with self._database.reading() as connection:
            row = connection.execute(select(accounts).where(*its)).first()
            return as_account(row, _given(connection, row.id)[row.id]) if row else None

    def administrators(self) -> int:
        with self._database.reading() as connection:
            return _administrators(connection)

    def add_account(self, new: NewAccount, *, by: Hand, now: datetime) -> int:
        adding = upsert(accounts).values(
            name=new.name,
            likeness=new.likeness,
            shown=new.shown,
            password=new.password,
            issuer=new.issuer,
            subject=new.subject,
            made_at=now,
            disabled=False,
        )
        with self._database.writing() as connection:
            taken = connection.scalar(
                select(accounts.c.id).where((accounts.c.name == new.name) | (accounts.c.likeness == new.likeness))
            )
            if taken is not None:
                raise WrongUse(
                    f"tên “{new.name}” đã có, hoặc quá giống một tên đã có"
                    f" (the name '{new.name}' is taken, or looks too much like one that is)"
                )
            number = connection.scalar(adding.returning(accounts.c.id))
            if number is None:
                raise WrongUse(f"the account '{new.name}' was not kept")
            _give(connection, number, new.grants)
            _note(connection, "account.add", number, by, now, grants=told(new.grants), provider=bool(new.issuer))
        return int(number)

    def set_grants(self, account: int, given: Iterable[Grant], *, by: Hand, now: datetime) -> None:
        given = tuple(dict.fromkeys(given))
        with self._database.writing() as connection:
            before = _standing(connection, account)
            if before.grants == given:
                return
            connection.execute(delete(grants).where(grants.c.account_id == account))
            _give(connection, account, given)
            if Role.ADMINISTRATOR in before.roles:
                _still_administered(connection)
            _note(connection, "account.roles", account, by, now, before=told(before.grants), after=told(given))

    def set_password(self, account: int, password: str, *, keep: int | None, by: Hand, now: datetime) -> None:
        with self._database.writing() as connection:
            _standing(connection, account)
            connection.execute(update(accounts).where(accounts.c.id == account).values(password=password))
            ended = _end_sessions(connection, account, now, keep=keep)
            connection.execute(
                update(links).where(links.c.account_id == account, links.c.used_at.is_(None)).values(used_at=now)
            )
            _note(connection, "account.password", account, by, now, sessions_ended=ended)

    def rehash(self, account: int, password: str) -> None:
        with self._database.writing() as connection:
            connection.execute(update(accounts).where(accounts.c.id == account).values(password=password))

    def disable(self, account: int, disabled: bool, *, by: Hand, now: datetime) -> None:  # noqa: FBT001 (a state)
        with self._database.writing() as connection:
            before = _standing(connection, account)
            if before.disabled == disabled:
                return
            connection.execute(update(accounts).where(accounts.c.id == account).values(disabled=disabled))
            ended = _end_sessions(connection, account, now) if disabled else 0
            if disabled and Role.ADMINISTRATOR in before.roles:
                _still_administered(connection)
            act = "account.disable" if disabled else "account.enable"
            _note(connection, act, account, by, now, sessions_ended=ended)

    def erase(self, account: int, *, by: Hand, now: datetime) -> None:
        with self._database.writing() as connection:
            before = _standing(connection, account)
            connection.execute(delete(grants).where(grants.c.account_id == account))
            nobody = f"#{account}"  # no name may begin so
            connection.execute(
                update(accounts)
                .where(accounts.c.id == account)
                .values(
                    name=nobody,
                    likeness=nobody,
                    shown=nobody,
                    password="",
                    issuer="",
                    subject="",
                    seen_at=None,
                    disabled=True,
                    erased_at=now,
                )
            )
            _end_sessions(connection, account, now)
            blank = {"address": "", "agent": ""}
            connection.execute(update(sessions).where(sessions.c.account_id == account).values(**blank))
            connection.execute(delete(links).where(links.c.account_id == account))
            connection.execute(delete(reader_memory).where(reader_memory.c.actor == before.actor))
            forget_alerts(connection, before.actor, account, now)
            forget_keys(connection, account, now)
            if Role.ADMINISTRATOR in before.roles:
                _still_administered(connection)
            _note(connection, "account.erase", account, by, now)


def read_account(connection: Connection, number: int) -> Account | None:
    row = connection.execute(select(accounts).where(accounts.c.id == number)).first()
    return as_account(row, _given(connection, number)[number]) if row else None


def as_account(row: Row[Any], given: Sequence[Grant]) -> Account:
    return Account(
        number=row.id,
        name=row.name,
        shown=row.shown,
        grants=tuple(given),
        has_password=bool(row.password),
        issuer=row.issuer,
        subject=row.subject,
        made_at=row.made_at,
        seen_at=row.seen_at,
        disabled=row.disabled,
        erased=row.erased_at is not None,
    )


def told(given: Iterable[Grant]) -> list[list[str]]:
    """Grants as the audit log holds them."""
    return sorted([grant.role.value, grant.province, grant.unit] for grant in given)


def _given(connection: Connection, account: int | None = None) -> dict[int, list[Grant]]:
    query = select(grants).order_by(grants.c.role, grants.c.province, grants.c.unit)
    found: dict[int, list[Grant]] = {} if account is None else {account: []}
    for row in connection.execute(query if account is None else query.where(grants.c.account_id == account)):
        if row.role in _KNOWN:  # a role of a newer version gives nothing here
            found.setdefault(row.account_id, []).append(Grant(Role(row.role), row.province, row.unit))
    return found


_KNOWN = frozenset(role.value for role in Role)


def _give(connection: Connection, account: int, given: Sequence[Grant]) -> None:
    rows = [
        {"account_id": account, "role": grant.role, "province": grant.province, "unit": grant.unit}
        for grant in dict.fromkeys(given)
    ]
    if rows:
        connection.execute(insert(grants), rows)


def _standing(connection: Connection, number: int) -> Account:
    """Raises:
    WrongUse: there is no such account, or it was erased.
    """
    found = read_account(connection, number)
    if found is None or found.erased:
        raise WrongUse(f"không có tài khoản {number} (there is no account {number})")
    return found


def _administrators(connection: Connection) -> int:
    query = (
        select(func.count(accounts.c.id.distinct()))
        .join(grants, grants.c.account_id == accounts.c.id)
        .where(grants.c.role == Role.ADMINISTRATOR, _ENTERS, (accounts.c.password != "") | (accounts.c.issuer != ""))
    )
    return int(connection.scalar(query) or 0)


def _still_administered(connection: Connection) -> None:
    if not _administrators(connection):
        raise WrongUse(
            "sẽ không còn ai quản trị; giao vai trò quản trị cho người khác trước"
            " (nobody would be left to administer; give that role to somebody else first)"
        )


def _end_sessions(connection: Connection, account: int, now: datetime, *, keep: int | None = None) -> int:
    its = sessions.c.account_id == account, sessions.c.ended_at.is_(None)
    query = update(sessions).where(*its).values(ended_at=now)
    return connection.execute(query if keep is None else query.where(sessions.c.id != keep)).rowcount


def _note(connection: Connection, act: str, account: int, by: Hand, now: datetime, **detail: object) -> None:
    append(connection, by.actor, act, f"account:{account}", where=by.where, now=now, **detail)
