"""Alerts that were queued (`outbox` sends them), and small facts that outlive a process."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, select

from diembao.core.alert import Alert
from diembao.store.room import Room, chunks
from diembao.store.tables import alerts, facts
from diembao.store.upsert import upsert


def add_alert(connection: Connection, alert: Alert) -> int | None:
    """Its id, given by the record; None: the subscription had one about this story. An article without a story
    stands for itself.
    """
    adding = upsert(alerts).values(
        province=alert.province,
        subscription=alert.subscription,
        story=alert.story or alert.article_id,
        article_id=alert.article_id,
        title=alert.title,
        url=alert.url,
        outlet=alert.outlet,
        why=alert.why,
        at=alert.at,
        sent_at=alert.sent_at,
        sentence=alert.sentence,
        published_at=alert.published_at,
        articles=alert.articles,
        texts=alert.texts,
    )
    once = adding.or_nothing(["province", "subscription", "story"]).returning(alerts.c.id)
    number: int | None = connection.scalar(once)
    return number


def read_alert(row: Row[Any]) -> Alert:
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
        sentence=row.sentence,
        published_at=row.published_at,
        province=row.province,
        articles=row.articles,
        texts=row.texts,
    )


class Alerts(Room):
    """The part of the store that shows what was told."""

    def alerts_since(self, since: datetime, limit: int = 100) -> Sequence[Alert]:
        """Newest first, sent or not."""
        query = (
            select(alerts)
            .where(alerts.c.at >= since, self._own(alerts.c.province))
            .order_by(alerts.c.at.desc(), alerts.c.id.desc())
            .limit(limit)
        )
        with self._database.reading() as connection:
            return [read_alert(row) for row in connection.execute(query)]

    def told_of(self, articles: Iterable[str]) -> frozenset[tuple[str, str]]:
        """Which subscriptions were told by which of these articles: (subscription, article)."""
        found: set[tuple[str, str]] = set()
        with self._database.reading() as connection:
            for ids in chunks(sorted(set(articles))):
                query = select(alerts.c.subscription, alerts.c.article_id).where(
                    alerts.c.article_id.in_(ids), self._own(alerts.c.province)
                )
                found |= {(row.subscription, row.article_id) for row in connection.execute(query)}
        return frozenset(found)


class Facts(Room):
    """The part of the store that remembers versions and digests."""

    def fact(self, name: str) -> str | None:
        with self._database.reading() as connection:
            return connection.scalar(select(facts.c.value).where(facts.c.name == name))

    def set_fact(self, name: str, value: str) -> None:
        adding = upsert(facts).values(name=name, value=value)
        with self._database.writing() as connection:
            connection.execute(adding.or_update(["name"], {"value": value}))
