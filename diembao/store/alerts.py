"""Alerts that were queued (`outbox` sends them), and small facts that outlive a process."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, fields
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Connection, Row, delete, select, update

from diembao.core.alert import Alert, HeardOf, News
from diembao.store.asked_tables import heard_articles
from diembao.store.case_tables import cases
from diembao.store.desk_tables import case_issues
from diembao.store.room import Room, chunks, kept
from diembao.store.standing import fallen
from diembao.store.tables import alerts, facts, outbox
from diembao.store.upsert import upsert

# Longer than any story goes on.
HEARD: Final = timedelta(days=30)


# Statements of the hot path are built once: building one costs as much as running it.
_ONCE: Final = upsert(alerts).or_nothing(["province", "subscription", "story", "news", "turn"]).returning(alerts.c.id)
_HEARD = upsert(heard_articles)
_HEAR: Final = _HEARD.or_update(["province", "subscription", "article_id"], {"revision": _HEARD.excluded("revision")})


def add_alert(connection: Connection, alert: Alert) -> int | None:
    """Its id, given by the record; None: the subscription was told this turn of the story. An article without a story
    stands for itself.
    """
    row = {
        "province": alert.province,
        "subscription": alert.subscription,
        "story": alert.story or alert.article_id,
        "article_id": alert.article_id,
        "title": alert.title,
        "url": alert.url,
        "outlet": alert.outlet,
        "why": alert.why,
        "at": alert.at,
        "sent_at": alert.sent_at,
        "sentence": alert.sentence,
        "published_at": alert.published_at,
        "articles": alert.articles,
        "texts": alert.texts,
        "news": alert.news,
        "turn": alert.turn,
        "stance": alert.stance,
        "language": alert.language,
    }
    number: int | None = connection.scalar(_ONCE, row)
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
        news=News(row.news),
        turn=row.turn,
        stance=row.stance,
        language=row.language,
    )


def grow(connection: Connection, sizes: Mapping[str, tuple[int, int]]) -> None:
    """What was told of these stories and has not left tells their size of now."""
    waiting = select(outbox.c.alert_id).where(outbox.c.state == "waiting", outbox.c.held, outbox.c.bundle.is_(None))
    for story, (articles, texts) in sizes.items():
        its = alerts.c.story == story, alerts.c.sent_at.is_(None), alerts.c.articles < articles
        connection.execute(update(alerts).where(*its, alerts.c.id.in_(waiting)).values(articles=articles, texts=texts))


def hear(connection: Connection, heard: Sequence[HeardOf], province: str, now: datetime) -> None:
    """The story of the first time stays: it is the one that was told."""
    if heard:
        connection.execute(_HEAR, [{"province": province, **asdict(each), "at": now} for each in heard])


def prune_heard(connection: Connection, now: datetime) -> None:
    connection.execute(delete(heard_articles).where(heard_articles.c.at < now - HEARD))


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

    def told_of(self, articles: Iterable[str], stories: Iterable[str]) -> Sequence[Alert]:
        """What was told by these articles, or of these stories, in the order in which it was."""
        found: dict[int, Alert] = {}
        with self._database.reading() as connection:
            for column, values in ((alerts.c.article_id, articles), (alerts.c.story, stories)):
                for some in chunks(sorted(set(values))):
                    query = select(alerts).where(column.in_(some), self._own(alerts.c.province))
                    found |= {row.id: read_alert(row) for row in connection.execute(query)}
        return [found[number] for number in sorted(found)]

    def heard_of(self, articles: Iterable[str]) -> Sequence[HeardOf]:
        its = heard_articles.c
        columns = [its[each.name] for each in fields(HeardOf)]
        found: list[HeardOf] = []
        with self._database.reading() as connection:
            for some in chunks(sorted(set(articles))):
                rows = select(*columns).where(its.article_id.in_(some), self._own(its.province))
                found += [HeardOf(*row) for row in connection.execute(rows)]
        return found

    def answered_since(self, since: datetime) -> Sequence[tuple[str, int]]:
        """Statements that were issued from then on and stand: (case, number), the earliest first."""
        query = (
            select(case_issues.c.case, case_issues.c.number)
            .join(cases, cases.c.number == case_issues.c.case)
            .where(case_issues.c.at >= since, case_issues.c.retracted_at.is_(None), ~fallen(case_issues.c.case))
            .where(self._own(cases.c.province))
            .order_by(case_issues.c.at, case_issues.c.case, case_issues.c.number)
        )
        with self._database.reading() as connection:
            return [(row.case, row.number) for row in connection.execute(query)]


class Facts(Room):
    """The part of the store that remembers versions and digests."""

    @kept
    def fact(self, name: str) -> str | None:
        with self._database.reading() as connection:
            return connection.scalar(select(facts.c.value).where(facts.c.name == name))

    def set_fact(self, name: str, value: str) -> None:
        adding = upsert(facts).values(name=name, value=value)
        with self._database.writing() as connection:
            connection.execute(adding.or_update(["name"], {"value": value}))

    def change_fact(self, name: str, change: Callable[[str | None], str]) -> str:
        with self._database.writing() as connection:
            value = change(connection.scalar(select(facts.c.value).where(facts.c.name == name)))
            connection.execute(upsert(facts).values(name=name, value=value).or_update(["name"], {"value": value}))
            return value
