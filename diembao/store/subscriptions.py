"""Who asked to be told, besides those of the settings."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, time
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, delete, not_, or_, select, update

from diembao.core.accounts import CONSOLE, Hand
from diembao.core.alert import FOLDER, Channel, Recipient
from diembao.core.errors import Outdated, WrongUse
from diembao.core.subscription import Priority, Quiet, Rhythm, Subject, Subscription
from diembao.store.asked_tables import subscriptions
from diembao.store.audit import append
from diembao.store.bundles import WAITING
from diembao.store.channel_tables import stopped
from diembao.store.outbox import DROPPED
from diembao.store.room import Room, kept
from diembao.store.tables import alerts, outbox
from diembao.store.upsert import upsert


class Subscriptions(Room):
    """The part of the store that `diembao alerts`, the screen *Cảnh báo* and the API change."""

    @kept
    def subscriptions(self) -> Sequence[Subscription]:
        asked = select(subscriptions).where(self._own(subscriptions.c.province))
        with self._database.reading() as connection:
            rows = connection.execute(asked.order_by(subscriptions.c.name, subscriptions.c.province)).all()
        return [_read(row) for row in rows]

    def add_subscription(self, subscription: Subscription, *, now: datetime, by: Hand = CONSOLE) -> Subscription:
        adding = upsert(subscriptions).values(province=self._scope.province, at=now, **_values(subscription))
        once = adding.or_nothing(["province", "name"]).returning(subscriptions.c.id)
        with self._database.writing() as connection:
            number = connection.scalar(once)
            if number is None:
                raise WrongUse(
                    f"Đã có cảnh báo tên “{subscription.name}”; bỏ nó trước, hoặc chọn tên khác"
                    f" (there is an alert '{subscription.name}' already; remove it first, or choose another name)"
                )
            added = replace(subscription, id=number, province=self._scope.province, since=now)
            append(connection, by.actor, "alert.add", added.subject_told, where=by.where, now=now)
        return added

    def change_subscription(
        self, subscription: Subscription, *, now: datetime, by: Hand = CONSOLE, version: str = ""
    ) -> int:
        its = subscriptions.c.id == subscription.id, self._own(subscriptions.c.province)
        with self._database.writing() as connection:
            before = connection.execute(select(subscriptions).where(*its)).one_or_none()
            if before is None:
                raise _missing(subscription.name)
            if version and version != _read(before).version:
                raise _outdated(before.name)
            given = _values(replace(subscription, name=before.name))
            watched = before.query, before.subject, before.key
            if watched != (subscription.query, subscription.subject, subscription.key) or before.paused:
                given["at"] = now  # what was seen until now is not told
            connection.execute(update(subscriptions).where(*its).values(**given))
            act = "alert.change" if before.paused == subscription.paused else _pausing(subscription)
            append(connection, by.actor, act, _read(before).subject_told, where=by.where, now=now)
            self._take_up(connection, before.name, set(subscription.to) - set(_to(before)))
            kept = () if subscription.paused else subscription.to or (FOLDER,)
            return self._drop(connection, before.name, kept, now)

    def remove_subscription(self, name: str, *, now: datetime, by: Hand = CONSOLE) -> int:
        named = subscriptions.c.name == name, self._own(subscriptions.c.province)
        with self._database.writing() as connection:
            before = connection.execute(select(subscriptions).where(*named)).one_or_none()
            if before is None:
                raise _missing(name)
            connection.execute(delete(subscriptions).where(*named))
            ended = stopped.c.subscription == name, self._own(stopped.c.province)
            connection.execute(delete(stopped).where(*ended))
            append(connection, by.actor, "alert.remove", _read(before).subject_told, where=by.where, now=now)
            return self._drop(connection, name, (), now)

    def _take_up(self, connection: Connection, name: str, added: Iterable[Recipient]) -> None:
        """Whoever is put in again gets it again, though they had stopped."""
        for each in added:
            its = stopped.c.subscription == name, stopped.c.channel == each.channel, stopped.c.address == each.address
            connection.execute(delete(stopped).where(*its, self._own(stopped.c.province)))

    def _drop(self, connection: Connection, name: str, but: Iterable[Recipient], now: datetime) -> int:
        """What waits for this subscription and goes to none of these any more."""
        its = select(alerts.c.id).where(alerts.c.subscription == name, self._own(alerts.c.province))
        kept: list[ColumnElement[bool]] = [
            (outbox.c.channel == each.channel) & (outbox.c.address == each.address) for each in but
        ]
        others = [not_(or_(*kept))] if kept else []
        waiting = outbox.c.state == WAITING, outbox.c.alert_id.in_(its), *others
        dropped = update(outbox).where(*waiting).values(state=DROPPED, settled_at=now)
        return connection.execute(dropped).rowcount


def subject_told(connection: Connection, province: str, name: str) -> str:
    """How the audit log names a subscription, also one of the settings."""
    asked = subscriptions.c.province == province, subscriptions.c.name == name
    row = connection.execute(select(subscriptions).where(*asked)).one_or_none()
    return _read(row).subject_told if row else Subscription(name).subject_told


def _pausing(subscription: Subscription) -> str:
    return "alert.pause" if subscription.paused else "alert.resume"


def _missing(name: str) -> WrongUse:
    return WrongUse(
        f"Không có cảnh báo nào tên “{name}” đã được thêm; xem `diembao alerts list`"
        f" (there is no alert '{name}' that was added)"
    )


def _outdated(name: str) -> Outdated:
    return Outdated(
        f"Người khác vừa sửa cảnh báo “{name}”: xem bản của họ rồi lưu lại nếu cần; chưa ghi gì"
        f" (somebody has just changed the alert '{name}': look at theirs, then save again; nothing was written)"
    )


def _values(given: Subscription) -> dict[str, Any]:
    quiet = given.quiet
    plain = ("name", "query", "subject", "key", "rhythm", "hour", "weekday", "language", "priority", "threshold")
    return {
        **{name: getattr(given, name) for name in (*plain, "owner", "paused")},
        "recipients": json.dumps([[each.channel, each.address] for each in given.to]),
        "quiet": f"{quiet.start:%H:%M}-{quiet.end:%H:%M}" if quiet else "",
    }


def _read(row: Row[Any]) -> Subscription:
    return Subscription(
        name=row.name,
        query=row.query,
        to=_to(row),
        province=row.province,
        subject=Subject(row.subject),
        key=row.key,
        rhythm=Rhythm(row.rhythm),
        hour=row.hour,
        weekday=row.weekday,
        language=row.language,
        quiet=_quiet(row.quiet),
        priority=Priority(row.priority),
        threshold=row.threshold,
        owner=row.owner,
        paused=row.paused,
        id=row.id,
        since=row.at,
    )


def _to(row: Row[Any]) -> tuple[Recipient, ...]:
    return tuple(Recipient(Channel(channel), address) for channel, address in json.loads(row.recipients))


def _quiet(text: str) -> Quiet | None:
    start, _, end = text.partition("-")
    return Quiet(time.fromisoformat(start), time.fromisoformat(end)) if text else None
