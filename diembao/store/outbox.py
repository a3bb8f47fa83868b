"""What leaves: one row for each alert or message and recipient, from the transaction that queued it to the answer it
got.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, FromClause, bindparam, func, insert, null, or_, select, update

from diembao.core.alert import AT_ONCE, Alert, Channel, Fate, Message, Parcel, Recipient, Undelivered, line_of
from diembao.core.errors import WrongUse
from diembao.store.alerts import read_alert
from diembao.store.bundles import GATHERING, bundle
from diembao.store.channel_tables import stopped
from diembao.store.enclosed import enclose, with_enclosed
from diembao.store.request_tables import messages
from diembao.store.room import Room
from diembao.store.tables import alerts, outbox
from diembao.store.upsert import upsert

WAITING, SENT, REFUSED, DROPPED, DEAD = Fate.WAITING, Fate.SENT, Fate.REFUSED, Fate.DROPPED, Fate.DEAD

# How long what a worker took is its own: more than a pass over the slowest server. Only a dead worker, which does
# not come back under its name, holds mail up for so long.
TAKEN: Final = timedelta(minutes=10)

# A row alone is its own parcel.
_PARCEL: Final = func.coalesce(outbox.c.bundle, outbox.c.id)
_RELEASED: Final = {"taken_by": None, "taken_until": None}
# A message of the desk is named by its subject where an alert is by its subscription.
_NAMED: Final = func.coalesce(alerts.c.subscription, messages.c.subject).label("subscription")
# Statements of the hot path are built once: building one costs as much as running it.
_ENDED: Final = select(stopped.c.channel, stopped.c.address).where(
    stopped.c.province == bindparam("of_province"), stopped.c.subscription == bindparam("of_subscription")
)
_QUEUE: Final = insert(outbox)


def queue(
    connection: Connection, alert: Alert, number: int, to: Sequence[Recipient], *, held_until: datetime | None = None
) -> None:
    """In the transaction that made the alert, whose id is ``number``. ``held_until``: it leaves then, with all that is
    held until then too. Whoever wants no more of it gets none.
    """
    rows = connection.execute(_ENDED, {"of_province": alert.province, "of_subscription": alert.subscription})
    ended = {Recipient(Channel(row.channel), row.address) for row in rows}
    wanted = [each for each in to if each not in ended]
    _queue(connection, {"alert_id": number, "held": held_until is not None}, wanted, held_until or alert.at)


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
        connection.execute(_QUEUE, rows)


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

    def end_storms(self, *, until: datetime, now: datetime) -> None:
        storms = outbox.c.state == WAITING, outbox.c.taken_by == GATHERING
        soon = outbox.c.not_before > now, outbox.c.not_before <= until
        with self._database.writing() as connection:
            connection.execute(update(outbox).where(*storms, *soon).values(not_before=now, **_RELEASED))

    def parcel_sent(self, parcel: Parcel, *, now: datetime, receipt: str = "") -> None:
        told = [alert.id for alert in parcel.alerts]
        with self._database.writing() as connection:
            _settle(connection, parcel, state=SENT, settled_at=now, receipt=receipt, **_RELEASED)
            sent = {"sent_at": func.coalesce(alerts.c.sent_at, now)}
            if told:
                connection.execute(update(alerts).where(alerts.c.id.in_(told)).values(sent))

    def parcel_refused(self, parcel: Parcel, why: str, *, now: datetime, dead: bool = False) -> None:
        state = DEAD if dead else REFUSED
        with self._database.writing() as connection:
            _settle(connection, parcel, state=state, error=why, settled_at=now, **_tried(1))

    def parcel_waits(self, parcel: Parcel, why: str, *, until: datetime, tries: int = 1) -> None:
        with self._database.writing() as connection:
            _settle(connection, parcel, error=why, not_before=until, **_tried(tries))

    def channel_waits(self, line: Recipient, why: str, *, until: datetime, alike: bool = False) -> None:
        waits = _on(line, until)
        tried = _tried(0)
        if alike:
            others = outbox.alias()
            most = select(func.max(others.c.attempts)).where(*_on(line, until, others))
            tried |= {"attempts": func.coalesce(most.scalar_subquery(), 0) + 1}
        with self._database.writing() as connection:
            connection.execute(update(outbox).where(*waits).values(error=why, not_before=until, **tried))

    def channel_rests(self, line: Recipient, *, until: datetime) -> None:
        with self._database.writing() as connection:
            connection.execute(update(outbox).where(*_on(line, until)).values(not_before=until, **_RELEASED))

    def handed_over(self, since: datetime) -> Sequence[tuple[Recipient, datetime]]:
        settled = outbox.c.settled_at > since, outbox.c.state.in_([SENT, REFUSED])
        rows = select(outbox.c.channel, outbox.c.address, func.max(outbox.c.settled_at).label("at")).where(*settled)
        with self._database.reading() as connection:
            found = connection.execute(rows.group_by(outbox.c.channel, outbox.c.address, _PARCEL)).all()
        return [(line_of(Recipient(Channel(row.channel), row.address)), row.at) for row in found]

    def undelivered(self, since: datetime) -> Sequence[Undelivered]:
        failed = (outbox.c.state == WAITING) & (outbox.c.attempts > 0)
        refused = outbox.c.state.in_([REFUSED, DEAD]) & (outbox.c.settled_at >= since)
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


def _on(line: Recipient, until: datetime, rows: FromClause = outbox) -> tuple[ColumnElement[bool], ...]:
    """What waits on this line, and would be tried before then."""
    its = rows.c.state == WAITING, rows.c.channel == line.channel, rows.c.not_before < until
    return (*its, rows.c.address == line.address) if line.address else its


def _parcels(connection: Connection, *which: ColumnElement[bool]) -> list[Parcel]:
    rows = (
        select(_PARCEL.label("parcel"), outbox.c.channel, outbox.c.address, outbox.c.attempts)
        .add_columns(outbox.c.tries, alerts)
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
        select(_PARCEL.label("parcel"), outbox.c.channel, outbox.c.address, outbox.c.attempts)
        .add_columns(outbox.c.tries, messages)
        .join_from(outbox, messages)
        .where(*which)
    )
    return [_letter(connection, row) for row in connection.execute(rows).all()]


def _letter(connection: Connection, row: Any) -> Parcel:  # noqa: ANN401 (a row)
    link = (row.case, row.request, row.link) if row.case else None
    told = Message(row.key, row.subject, row.text, row.at, link, row.page, row.province, row.id)
    message, to = with_enclosed(connection, told), Recipient(Channel(row.channel), row.address)
    return Parcel(row.parcel, to, "", (), row.attempts, message=message, tries=row.tries)


def _parcel(number: int, rows: list[Any]) -> Parcel:
    to = Recipient(Channel(rows[0].channel), rows[0].address)
    told: tuple[Alert, ...] = tuple(read_alert(row) for row in rows)
    attempts, tries = (max(getattr(row, name) for row in rows) for name in ("attempts", "tries"))
    return Parcel(number, to, told[0].subscription, told, attempts, tries=tries)


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


def _tried(own: int) -> dict[str, Any]:
    return {"attempts": outbox.c.attempts + 1, "tries": outbox.c.tries + own, **_RELEASED}


def _undelivered(rows: list[Any]) -> Undelivered:
    last = rows[-1]
    to = Recipient(Channel(last.channel), last.address)
    since = min(row.at for row in rows)
    ended, dead = last.state != WAITING, last.state == DEAD
    return Undelivered(last.subscription, to, ended, len(rows), last.error, since, dead)
