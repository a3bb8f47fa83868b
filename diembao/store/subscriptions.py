"""Who asked to be told, besides those of the settings."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, select, update

from diembao.core.accounts import CONSOLE, Hand
from diembao.core.errors import WrongUse
from diembao.core.settings import Subscription
from diembao.store.asked_tables import subscriptions
from diembao.store.audit import append
from diembao.store.outbox import DROPPED, WAITING
from diembao.store.room import Room
from diembao.store.tables import alerts, outbox
from diembao.store.upsert import upsert


class Subscriptions(Room):
    """The part of the store that `diembao alerts` changes."""

    def subscriptions(self) -> Sequence[Subscription]:
        asked = select(subscriptions).where(self._own(subscriptions.c.province))
        with self._database.reading() as connection:
            rows = connection.execute(asked.order_by(subscriptions.c.name, subscriptions.c.province)).all()
        return [
            Subscription(name=row.name, query=row.query, to=tuple(row.addresses.split()), province=row.province)
            for row in rows
        ]

    def add_subscription(self, subscription: Subscription, *, now: datetime, by: Hand = CONSOLE) -> None:
        adding = upsert(subscriptions).values(
            province=self._scope.province,
            name=subscription.name,
            query=subscription.query,
            addresses=" ".join(subscription.to),
            at=now,
        )
        once = adding.or_nothing(["province", "name"]).returning(subscriptions.c.name)
        with self._database.writing() as connection:
            if connection.scalar(once) is None:
                raise WrongUse(
                    f"Đã có cảnh báo tên “{subscription.name}”; bỏ nó trước, hoặc chọn tên khác"
                    f" (there is an alert '{subscription.name}' already; remove it first, or choose another name)"
                )
            append(connection, by.actor, "alert.add", f"alert:{subscription.name}", where=by.where, now=now)

    def remove_subscription(self, name: str, *, now: datetime, by: Hand = CONSOLE) -> int:
        its = select(alerts.c.id).where(alerts.c.subscription == name, self._own(alerts.c.province))
        named = subscriptions.c.name == name, self._own(subscriptions.c.province)
        waiting = outbox.c.state == WAITING, outbox.c.alert_id.in_(its)
        with self._database.writing() as connection:
            if connection.execute(delete(subscriptions).where(*named)).rowcount == 0:
                raise WrongUse(
                    f"Không có cảnh báo nào tên “{name}” đã được thêm; xem `diembao alerts list`"
                    f" (there is no alert '{name}' that was added)"
                )
            append(connection, by.actor, "alert.remove", f"alert:{name}", where=by.where, now=now)
            dropped = update(outbox).where(*waiting).values(state=DROPPED, settled_at=now)
            return connection.execute(dropped).rowcount
