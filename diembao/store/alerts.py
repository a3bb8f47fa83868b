"""Alerts that were queued and sent, and small facts that outlive a process."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, func, select, update

from diembao.core.errors import WrongUse
from diembao.core.ports import Alert
from diembao.store.room import Room
from diembao.store.tables import alerts, facts
from diembao.store.upsert import upsert


def add_alert(connection: Connection, alert: Alert) -> bool:
    """Its id is given by the record. An article without a story stands for itself."""
    adding = upsert(alerts).values(
        subscription=alert.subscription,
        story=alert.story or alert.article_id,
        article_id=alert.article_id,
        title=alert.title,
        url=alert.url,
        outlet=alert.outlet,
        why=alert.why,
        at=alert.at,
        sent_at=alert.sent_at,
    )
    once = adding.or_nothing(["subscription", "story"]).returning(alerts.c.id)
    return connection.scalar(once) is not None


def _alert(row: Row[Any]) -> Alert:
    return Alert(
        id=row.id,
        subscription=row.subscription,
        story=row.story,
        article_id=row.article_id,
        title=row.title,
        url=row.url,
        outlet=row.outlet,
        why=row.why,
        at=row.at,
        sent_at=row.sent_at,
    )


class Alerts(Room):
    """The part of the store that the delivery reads."""

    def unsent_alerts(self, limit: int = 100) -> Sequence[Alert]:
        """Oldest first."""
        query = select(alerts).where(alerts.c.sent_at.is_(None)).order_by(alerts.c.id).limit(limit)
        with self._database.reading() as connection:
            return [_alert(row) for row in connection.execute(query)]

    def alert_sent(self, alert_id: int, *, now: datetime) -> None:
        """The first time counts."""
        sent = update(alerts).where(alerts.c.id == alert_id).values(sent_at=func.coalesce(alerts.c.sent_at, now))
        with self._database.writing() as connection:
            if connection.execute(sent).rowcount != 1:
                raise WrongUse(f"there is no alert {alert_id}")

    def alerts_since(self, since: datetime, limit: int = 100) -> Sequence[Alert]:
        """Newest first, sent or not."""
        query = select(alerts).where(alerts.c.at >= since).order_by(alerts.c.at.desc(), alerts.c.id.desc()).limit(limit)
        with self._database.reading() as connection:
            return [_alert(row) for row in connection.execute(query)]


class Facts(Room):
    """The part of the store that remembers versions and digests."""

    def fact(self, name: str) -> str | None:
        with self._database.reading() as connection:
            return connection.scalar(select(facts.c.value).where(facts.c.name == name))

    def set_fact(self, name: str, value: str) -> None:
        adding = upsert(facts).values(name=name, value=value)
        with self._database.writing() as connection:
            connection.execute(adding.or_update(["name"], {"value": value}))
