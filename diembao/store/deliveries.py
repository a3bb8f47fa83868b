"""What became of messages, what waits for a person on the dashboard, and who wants no more (`core.outgoing`)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Row, Select, and_, delete, func, not_, null, or_, select, update

from diembao.core.accounts import CONSOLE, Hand
from diembao.core.alert import Channel, Delivery, Fate, Recipient
from diembao.core.audit import unnamed
from diembao.core.errors import WrongUse
from diembao.core.outgoing import BY_NAME, OF_SUBSCRIPTIONS, Theirs, Unread, Wanted, named_in
from diembao.store.asked_tables import subscriptions
from diembao.store.audit import append
from diembao.store.channel_tables import stopped
from diembao.store.request_tables import messages
from diembao.store.room import Room, kept
from diembao.store.subscriptions import subject_told
from diembao.store.tables import alerts, outbox
from diembao.store.upsert import upsert

_PROVINCE: Final = func.coalesce(alerts.c.province, messages.c.province)
_AT: Final = func.coalesce(alerts.c.at, messages.c.at)
_FAILED: Final = (Fate.REFUSED, Fate.DEAD)


class Deliveries(Room):
    """Each method is one transaction."""

    @kept
    def deliveries(
        self, fates: Sequence[Fate] = (), *, before: int | None = None, limit: int = 50, seen: Theirs | None = None
    ) -> Sequence[Delivery]:
        others = outbox.alias()
        told = select(func.count()).where(others.c.bundle == outbox.c.id).scalar_subquery()
        first = or_(outbox.c.bundle == null(), outbox.c.bundle == outbox.c.id)
        rows = (
            _with_names(select(outbox, told.label("told")))
            .add_columns(_AT.label("at"))
            .where(first, self._own(_PROVINCE), *_among(seen))
        )
        if fates:
            rows = rows.where(outbox.c.state.in_(list(fates)))
        if before is not None:
            rows = rows.where(outbox.c.id < before)
        with self._database.reading() as connection:
            found = connection.execute(rows.order_by(outbox.c.id.desc()).limit(limit))
            return [_delivery(row) for row in found]

    def send_again(self, number: int, *, now: datetime, by: Hand = CONSOLE, seen: Theirs | None = None) -> None:
        failed = (outbox.c.state.in_(_FAILED)) & ((outbox.c.id == number) | (outbox.c.bundle == number))
        its = _with_names(select(outbox.c.id)).where(failed, self._own(_PROVINCE), *_among(seen))
        again = {"state": Fate.WAITING, "attempts": 0, "tries": 0, "not_before": now, "settled_at": None, "error": ""}
        with self._database.writing() as connection:
            ids = list(connection.scalars(its))
            if not ids:
                raise WrongUse(
                    f"Thư số {number} không phải thư bị từ chối hay đã thôi gửi"
                    f" (message {number} was neither refused nor given up)"
                )
            connection.execute(update(outbox).where(outbox.c.id.in_(ids)).values(again))
            append(connection, by.actor, "outbox.resend", f"outbox:{number}", where=by.where, now=now)

    # -- the dashboard as a channel
    @kept
    def unread(self, actor: str, *, limit: int = 50) -> tuple[int, Sequence[Unread]]:
        mine = (*_waits_for(actor), self._own(_PROVINCE))
        counted = _with_names(select(func.count())).with_only_columns(func.count()).where(*mine)
        newest = (
            _with_names(select(_AT.label("at"), alerts.c.article_id, alerts.c.outlet, messages.c.text))
            .where(*mine)
            .order_by(_AT.desc(), outbox.c.id.desc())
        )
        with self._database.reading() as connection:
            total = connection.scalar(counted) or 0
            rows = connection.execute(newest.limit(limit)).all() if total and limit else []
        return total, [
            Unread(row.name, row.title, row.at, row.article_id or "", row.outlet or "", row.text or "") for row in rows
        ]

    def saw_alerts(self, actor: str, *, until: datetime, now: datetime) -> int:
        told = _with_names(select(outbox.c.id)).with_only_columns(outbox.c.id)
        its = told.where(*_waits_for(actor), until >= _AT, self._own(_PROVINCE))
        with self._database.writing() as connection:
            seen = update(outbox).where(outbox.c.id.in_(its)).values(seen_at=now)
            return connection.execute(seen).rowcount

    # -- who wants no more
    def wanted(self, number: int, to: Recipient | None = None) -> Wanted | None:
        with self._database.reading() as connection:
            return _wanted(connection, number, to)

    def stop(self, number: int, *, now: datetime, by: Hand, to: Recipient | None = None) -> Wanted | None:
        with self._database.writing() as connection:
            found = _wanted(connection, number, to)
            if found and not found.stopped:
                connection.execute(upsert(stopped).values(at=now, **_row(found)).or_nothing(list(_row(found))))
                _drop(connection, found, now)
                about = {"channel": found.to.channel, "address": unnamed(found.to.address), "province": found.province}
                subject = subject_told(connection, found.province, found.subscription)
                append(connection, by.actor, "alert.stop", subject, where=by.where, now=now, **about)
        return found

    @kept
    def stopped(self) -> Sequence[Wanted]:
        rows = select(stopped).where(self._own(stopped.c.province)).order_by(stopped.c.subscription, stopped.c.address)
        with self._database.reading() as connection:
            return [
                Wanted(row.province, row.subscription, Recipient(Channel(row.channel), row.address), stopped=True)
                for row in connection.execute(rows)
            ]

    def take_up(self, subscription: str, to: Recipient, *, now: datetime, by: Hand = CONSOLE) -> None:
        its = stopped.c.subscription == subscription, stopped.c.channel == to.channel, stopped.c.address == to.address
        with self._database.writing() as connection:
            if connection.execute(delete(stopped).where(*its, self._own(stopped.c.province))).rowcount == 0:
                raise WrongUse(
                    f"{to.address[:100]} chưa thôi nhận “{subscription[:100]}”"
                    f" ({to.address[:100]} never stopped '{subscription[:100]}')"
                )
            about = {"channel": to.channel, "address": unnamed(to.address)}
            subject = subject_told(connection, self._scope.province, subscription)
            append(connection, by.actor, "alert.take-up", subject, where=by.where, now=now, **about)


def _with_names(query: Select[Any]) -> Select[Any]:
    """With the subscription or the subject, and the title, of what the rows tell."""
    name = func.coalesce(alerts.c.subscription, messages.c.subject).label("name")
    title = func.coalesce(alerts.c.title, messages.c.subject).label("title")
    joined = outbox.join(alerts, isouter=True).join(messages, isouter=True)
    return query.add_columns(name, title).select_from(joined)


def _among(seen: Theirs | None) -> list[ColumnElement[bool]]:
    """Alerts by their name; messages that a subscription brought by their key, which begins with its name or id."""
    if seen is None:
        return []
    key = messages.c.key
    of_one = or_(*(key.startswith(kind, autoescape=True) for kind in OF_SUBSCRIPTIONS))
    theirs = [key.startswith(start, autoescape=True) for start in begun(seen)]
    desk = and_(outbox.c.message_id != null(), or_(not_(of_one), *theirs))
    return [or_(alerts.c.subscription.in_(sorted(seen.names)), desk)]


def begun(seen: Theirs) -> Iterator[str]:
    """How the keys of these subscriptions' messages begin."""
    for kind in OF_SUBSCRIPTIONS:
        known = seen.names if kind in BY_NAME else map(str, seen.ids)
        yield from (f"{kind}{each}{kind[-1]}" for each in sorted(known))


def _delivery(row: Row[Any]) -> Delivery:
    return Delivery(
        number=row.id,
        name=row.name,
        title=row.title,
        to=Recipient(Channel(row.channel), row.address),
        fate=Fate(row.state),
        told=row.told or 1,
        attempts=row.attempts,
        at=row.at,
        not_before=row.not_before,
        settled_at=row.settled_at,
        error=row.error,
        receipt=row.receipt,
    )


def _waits_for(actor: str) -> tuple[Any, ...]:
    return (
        outbox.c.channel == Channel.PAGE,
        outbox.c.address == actor,
        outbox.c.seen_at.is_(None),
        outbox.c.state == Fate.SENT,
    )


def _wanted(connection: Connection, number: int, to: Recipient | None) -> Wanted | None:
    found = _tried(connection, number, to) if to else _told(connection, number)
    if found is None:
        return None
    ended = select(stopped.c.at).where(*(stopped.c[name] == value for name, value in _row(found).items()))
    return Wanted(found.province, found.subscription, found.to, connection.scalar(ended) is not None)


def _tried(connection: Connection, number: int, to: Recipient) -> Wanted | None:
    its = select(subscriptions.c.province, subscriptions.c.name).where(subscriptions.c.id == number)
    row = connection.execute(its).first()
    return Wanted(row.province, row.name, to, stopped=False) if row else None


def _told(connection: Connection, number: int) -> Wanted | None:
    rows = select(_PROVINCE.label("province"), alerts.c.subscription, messages.c.key)
    joined = outbox.join(alerts, isouter=True).join(messages, isouter=True)
    its = rows.add_columns(outbox.c.channel, outbox.c.address).select_from(joined).where(outbox.c.id == number)
    row = connection.execute(its).first()
    name = row.subscription or named_in(row.key or "") if row else ""
    if row is None or not name:
        return None
    return Wanted(row.province, name, Recipient(Channel(row.channel), row.address), stopped=False)


def _row(found: Wanted) -> dict[str, str]:
    return {
        "province": found.province,
        "subscription": found.subscription,
        "channel": found.to.channel,
        "address": found.to.address,
    }


def _drop(connection: Connection, found: Wanted, now: datetime) -> None:
    named = alerts.c.province == found.province, alerts.c.subscription == found.subscription
    to = outbox.c.channel == found.to.channel, outbox.c.address == found.to.address
    brought = or_(*(messages.c.key.startswith(f"{kind}{found.subscription}:", autoescape=True) for kind in BY_NAME))
    its = or_(
        outbox.c.alert_id.in_(select(alerts.c.id).where(*named)),
        outbox.c.message_id.in_(select(messages.c.id).where(messages.c.province == found.province, brought)),
    )
    waits = outbox.c.state == Fate.WAITING, its
    connection.execute(update(outbox).where(*to, *waits).values(state=Fate.DROPPED, settled_at=now))
