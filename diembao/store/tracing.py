"""The story of one page, and counts of all of them (`core.tracing`)."""

from __future__ import annotations

import zlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Connection, Row, bindparam, func, select

from diembao.core.alert import Channel, Fate, Recipient
from diembao.core.ledger import Outcome
from diembao.core.tracing import Cited, Known, Queue, Seen, Told
from diembao.store.case_tables import case_coverage
from diembao.store.desk_tables import case_claims
from diembao.store.entries import as_entry
from diembao.store.memory_tables import memory_matches
from diembao.store.report_tables import reports
from diembao.store.room import CHUNK, Room
from diembao.store.tables import alerts, articles, entries, log, outbox, quarantine, runs, sightings, tallies

# A report of longer than this is not opened to look for one article in it.
LARGEST: Final = 20_000_000  # bytes
# A report's days are the province's; an article's time is UTC.
ZONE: Final = timedelta(days=1)


_LINES: Final = (
    select(sightings, runs.c.by)
    .join(runs, runs.c.id == sightings.c.run)
    .where(
        sightings.c.run.in_(bindparam("runs", expanding=True)),
        sightings.c.entry == bindparam("entry"),
        sightings.c.outcome.not_in(bindparam("but", expanding=True)),
    )
    .order_by(sightings.c.id.desc())
    .limit(bindparam("most"))
)


class TracingRoom(Room):
    """Each method is one transaction that reads."""

    def known_entry(self, entry_id: str) -> Known | None:
        with self._database.reading() as connection:
            row = connection.execute(select(entries).where(entries.c.id == entry_id)).first()
        if row is None:
            return None
        outcome = Outcome(row.outcome) if row.outcome else None
        became = row.reason, row.pending, row.article_id
        return Known(as_entry(row), row.first_seen, row.last_seen, outcome, *became)

    def seen(self, entry_id: str, *, limit: int = 100, but: Collection[Outcome] = ()) -> Sequence[Seen]:
        """Run by run, the newest first: an index of lines by entry would be the record's largest, for this alone."""
        rows: list[Row[*tuple[Any, ...]]] = []
        with self._database.reading() as connection:
            numbers = connection.scalars(select(runs.c.id).order_by(runs.c.id.desc())).all()
            for first in range(0, len(numbers), CHUNK):
                some = numbers[first : first + CHUNK]
                asked = {"runs": some, "entry": entry_id, "most": limit - len(rows), "but": [*but]}
                rows += connection.execute(_LINES, asked).all()
                if len(rows) >= limit:
                    break
        return [Seen(row.run, row.by, row.source, Outcome(row.outcome), row.reason, row.at) for row in rows]

    def log_of(self, article_id: str) -> Sequence[tuple[int, str, datetime]]:
        query = select(log.c.number, log.c.event, log.c.at).where(log.c.article_id == article_id).order_by(log.c.number)
        with self._database.reading() as connection:
            return [(row.number, row.event, row.at) for row in connection.execute(query)]

    def messages_about(self, article_id: str) -> Sequence[Told]:
        query = (
            select(alerts.c.subscription, alerts.c.why, alerts.c.at)
            .add_columns(outbox.c.channel, outbox.c.address, outbox.c.state, outbox.c.settled_at, outbox.c.error)
            .join(outbox, outbox.c.alert_id == alerts.c.id)
            .where(alerts.c.article_id == article_id, self._own(alerts.c.province))
            .order_by(outbox.c.id)
        )
        with self._database.reading() as connection:
            rows = connection.execute(query).all()
        return [
            Told(
                row.subscription,
                row.why,
                Recipient(Channel(row.channel), row.address),
                Fate(row.state),
                row.at,
                row.settled_at,
                row.error,
            )
            for row in rows
        ]

    def cited(self, article_id: str) -> Sequence[Cited]:
        with self._database.reading() as connection:
            return sorted(_cited(connection, article_id), key=lambda each: (each.at, each.kind, each.what))

    def log_time(self, after: int) -> datetime | None:
        with self._database.reading() as connection:
            return connection.scalar(select(log.c.at).where(log.c.number > after).order_by(log.c.number).limit(1))

    def tallied(self) -> Mapping[Outcome, int]:
        query = select(tallies.c.outcome, func.sum(tallies.c.n)).group_by(tallies.c.outcome)
        with self._database.reading() as connection:
            found = {outcome: int(n) for outcome, n in connection.execute(query)}
        return {each: found.get(each, 0) for each in Outcome}

    def queues(self) -> Sequence[Queue]:
        query = (
            select(outbox.c.channel, outbox.c.state, func.count().label("n"))
            .add_columns(func.min(func.coalesce(outbox.c.settled_at, outbox.c.not_before)).label("oldest"))
            .group_by(outbox.c.channel, outbox.c.state)
            .order_by(outbox.c.channel, outbox.c.state)
        )
        with self._database.reading() as connection:
            rows = connection.execute(query).all()
        return [Queue(Channel(row.channel), Fate(row.state), row.n, row.oldest) for row in rows]

    def waiting_aside(self) -> int:
        waits = select(func.count()).select_from(quarantine).where(quarantine.c.settled.is_(None))
        with self._database.reading() as connection:
            return connection.scalar(waits) or 0


def _cited(connection: Connection, article_id: str) -> Iterator[Cited]:
    held = select(case_coverage).where(case_coverage.c.article_id == article_id, case_coverage.c.removed_at.is_(None))
    yield from (Cited("case", row.case, row.at) for row in connection.execute(held))
    quoted = select(case_claims).where(case_claims.c.article_id == article_id)
    yield from (Cited("claim", f"{row.case}/{row.number}", row.at) for row in connection.execute(quoted))
    repeats = select(memory_matches).where(memory_matches.c.article_id == article_id)
    yield from (Cited("answer", f"{row.case}/{row.claim}", row.at) for row in connection.execute(repeats))
    yield from _reports(connection, article_id)


def _reports(connection: Connection, article_id: str) -> Iterator[Cited]:
    """Those that name it among what they count. The content of a report is opened: those of its days alone."""
    at: datetime | None = connection.scalar(select(articles.c.sorted_at).where(articles.c.id == article_id))
    if at is None:
        return
    days = reports.c.first <= (at + ZONE).date().isoformat(), reports.c.last >= (at - ZONE).date().isoformat()
    for row in connection.execute(select(reports).where(*days).order_by(reports.c.number)):
        if article_id.encode() in zlib.decompressobj().decompress(row.content, LARGEST):
            yield Cited("report", f"{row.kind} {row.name} ({row.about}), {row.version}", row.made_at)
