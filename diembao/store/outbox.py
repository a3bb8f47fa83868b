"""What leaves: one row for each alert or message and recipient, from the transaction that queued it to the answer it
got.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, func, insert, null, or_, select, update

from diembao.core.alert import AT_ONCE, Alert, Channel, Message, Parcel, Recipient, Undelivered
from diembao.core.errors import WrongUse
from diembao.store.alerts import read_alert
from diembao.store.bundles import SENT, WAITING, bundle
from diembao.store.enclosed import enclose, with_enclosed
from diembao.store.request_tables import messages
from diembao.store.room import Room
from diembao.store.tables import alerts, outbox
from diembao.store.upsert import upsert

REFUSED, DROPPED = "refused", "dropped"

# How long what a worker took is its own: more than a pass over the slowest server. Only a dead worker, which does
# not come back under its name, holds mail up for so long.
TAKEN: Final = timedelta(minutes=10)

# A row alone is its own parcel.
_PARCEL: Final = func.coalesce(outbox.c.bundle, outbox.c.id)
_RELEASED: Final = {"taken_by": None, "taken_until": None}
# A message of the desk is named by its subject where an alert is by its subscription.
_NAMED: Final = func.coalesce(alerts.c.subscription, messages.c.subject).label("subscription")


def queue(
    connection: Connection, alert_id: int, to: Sequence[Recipient], *, at: datetime, held_until: datetime | None = None
) -> None:
    """In the transaction that made the alert. ``held_until``: it leaves then, with all that is held until then too."""
    _queue(connection, {"alert_id": alert_id, "held": held_until is not None}, to, held_until or at)


def post(connection: Connection, message: Message, to: Sequence[Recipient], *, province: str) -> bool:
    """In the transaction of the act that it tells of; False: there was one of this key already."""
    case, request, link = message.link or ("", 0, 0)
    kept = {name: getattr(message, name) for name in ("key", "subject", "text", "at", "page")}
    row = {"province": message.province or province, **kept, "case": case, "request": request, "link": link}
    once = upsert(messages).values(row).or_nothing(["province", "key"]).returning(messages.c.id)
    number: int | None = connection.scalar(once)
    if number is not None:
        enclose(connection, number, message)
        _queue(connection, {"message_id": number, "held": False}, to, message.at)
    return number is not None


def _queue(connection: Connection, what: dict[str, int], to: Sequence[Recipient], at: datetime) -> None:
    rows = [
        what
        | {
            "channel": recipient.channel,
            "address": recipient.address,
            "state": WAITING,
            "attempts": 0,
            "not_before": at,
            "error": "",
        }
        for recipient in dict.fromkeys(to)
    ]
    if rows:
        connection.execute(insert(outbox), rows)


class Outbox(Room):
    """The part of the store that the delivery reads and writes. Each method is one transaction."""

    def take_parcels(
        self, *, worker: str, now: datetime, storm: int, limit: int = 100, gather: timedelta = AT_ONCE
    ) -> Sequence[Parcel]:
        due = _due(worker, now)
        with self._database.reading() as connection:  # most looks find nothing, and take no lock
            if connection.scalar(select(outbox.c.id).where(due).limit(1)) is None:
                return []
        with self._database.writing() as connection:
            bundle(connection, due, storm, now=now, gather=gather)
            first = (
                select(_PARCEL.label("parcel"))
                .where(due)
                .group_by(_PARCEL)
                .order_by(func.max(outbox.c.attempts), _PARCEL)
                .limit(limit)
            )
            order = list(connection.scalars(first))
            mine = outbox.c.state == WAITING, _PARCEL.in_(order)
            connection.execute(update(outbox).where(*mine).values(taken_by=worker, taken_until=now + TAKEN))
            found = {parcel.id: parcel for parcel in _parcels(connection, *mine)}
        return [found[parcel] for parcel in order]

    def parcel_sent(self, parcel: Parcel, *, now: datetime) -> None:
        told = [alert.id for alert in parcel.alerts]
        with self._database.writing() as connection:
            _settle(connection, parcel, state=SENT, settled_at=now, **_RELEASED)
            sent = {"sent_at": func.coalesce(alerts.c.sent_at, now)}
            if told:
                connection.execute(update(alerts).where(alerts.c.id.in_(told)).values(sent))

    def parcel_refused(self, parcel: Parcel, why: str, *, now: datetime) -> None:
        with self._database.writing() as connection:
            _settle(connection, parcel, state=REFUSED, error=why, settled_at=now, **_tried())

    def parcel_waits(self, parcel: Parcel, why: str, *, until: datetime) -> None:
        with self._database.writing() as connection:
            _settle(connection, parcel, error=why, not_before=until, **_tried())

    def channel_waits(self, channel: Channel, why: str, *, until: datetime) -> None:
        alike = outbox.c.state == WAITING, outbox.c.channel == channel, outbox.c.not_before < until
        with self._database.writing() as connection:
            connection.execute(update(outbox).where(*alike).values(error=why, not_before=until, **_tried()))

    def undelivered(self, since: datetime) -> Sequence[Undelivered]:
        failed = (outbox.c.state == WAITING) & (outbox.c.attempts > 0)
        refused = (outbox.c.state == REFUSED) & (outbox.c.settled_at >= since)
        rows = (
            select(_NAMED, outbox.c.channel, outbox.c.address, outbox.c.state, outbox.c.error)
            .add_columns(func.coalesce(alerts.c.at, messages.c.at).label("at"))
            .join_from(outbox, alerts, isouter=True)
            .join(messages, isouter=True)
            .where(failed | refused, self._own(func.coalesce(alerts.c.province, messages.c.province)))
            .order_by(_NAMED, outbox.c.channel, outbox.c.address, outbox.c.state, outbox.c.id)
        )
        with self._database.reading() as connection:
            found = connection.execute(rows).all()
        return [_undelivered(list(group)) for _, group in groupby(found, key=lambda row: row[:4])]


def _due(worker: str, now: datetime) -> ColumnElement[bool]:
    taker = outbox.c.taken_by
    free = or_(taker.is_(None), taker == worker, outbox.c.taken_until <= now)
    return (outbox.c.state == WAITING) & (outbox.c.not_before <= now) & free


def _parcels(connection: Connection, *which: ColumnElement[bool]) -> list[Parcel]:
    rows = (
        select(_PARCEL.label("parcel"), outbox.c.channel, outbox.c.address, outbox.c.attempts)
        .add_columns(alerts)
        .join_from(outbox, alerts)
        .where(*which)
        .order_by(_PARCEL, outbox.c.id)
    )
    found = connection.execute(rows).all()
    return _letters(connection, *which) + [
        _parcel(number, list(group)) for number, group in groupby(found, key=lambda row: row.parcel)
    ]


def _letters(connection: Connection, *which: ColumnElement[bool]) -> list[Parcel]:
    rows = (
        select(_PARCEL.label("parcel"), outbox.c.channel, outbox.c.address, outbox.c.attempts, messages)
        .join_from(outbox, messages)
        .where(*which)
    )
    return [_letter(connection, row) for row in connection.execute(rows).all()]


def _letter(connection: Connection, row: Any) -> Parcel:  # noqa: ANN401 (a row)
    link = (row.case, row.request, row.link) if row.case else None
    told = Message(row.key, row.subject, row.text, row.at, link, row.page, row.province, row.id)
    message = with_enclosed(connection, told)
    return Parcel(row.parcel, Recipient(Channel(row.channel), row.address), "", (), row.attempts, message=message)


def _parcel(number: int, rows: list[Any]) -> Parcel:
    to = Recipient(Channel(rows[0].channel), rows[0].address)
    told: tuple[Alert, ...] = tuple(read_alert(row) for row in rows)
    return Parcel(number, to, told[0].subscription, told, max(row.attempts for row in rows))


def _settle(connection: Connection, parcel: Parcel, **values: Any) -> None:  # noqa: ANN401 (of any column)
    alone = (outbox.c.id == parcel.id) & (outbox.c.bundle == null())
    its = (outbox.c.state == WAITING) & (alone | (outbox.c.bundle == parcel.id))
    if connection.execute(update(outbox).where(its).values(**values)).rowcount == 0:
        _still_there(connection, parcel)


def _still_there(connection: Connection, parcel: Parcel) -> None:
    """It was dropped or settled meanwhile; that stands.

    Raises:
        WrongUse: there never was such a parcel.
    """
    if connection.scalar(select(outbox.c.id).where(outbox.c.id == parcel.id)) is None:
        raise WrongUse(f"there is no parcel {parcel.id} in the outbox")


def _tried() -> dict[str, Any]:
    return {"attempts": outbox.c.attempts + 1, **_RELEASED}


def _undelivered(rows: list[Any]) -> Undelivered:
    last = rows[-1]
    to = Recipient(Channel(last.channel), last.address)
    since = min(row.at for row in rows)
    return Undelivered(last.subscription, to, last.state == REFUSED, len(rows), last.error, since)
