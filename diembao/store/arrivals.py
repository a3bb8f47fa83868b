"""Entries counted by source and quarter of a day, and the books checked against themselves."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Connection, and_, delete, func, insert, select

from diembao.core.arrivals import Arrival, SourceState, slot_of
from diembao.store import books
from diembao.store.kept_tables import arrivals
from diembao.store.room import Room
from diembao.store.tables import entries, owed, runs, sightings, sources, tallies

# The first count of an older record goes so far back; left-out entries are kept for 90 days.
BACK: Final = timedelta(days=85)
KEPT: Final = timedelta(days=400)  # silence looks back for sixteen weeks; people, for a year
CHECKED: Final = 3  # latest runs whose lines are counted one by one


class Arrivals(Room):
    """The part of the store that health is judged by."""

    def count_arrivals(self, now: datetime) -> None:
        with self._database.writing() as connection:
            count(connection, now)

    def arrivals(self, since: datetime) -> Sequence[Arrival]:
        query = select(arrivals).where(arrivals.c.slot >= since).order_by(arrivals.c.slot, arrivals.c.source)
        with self._database.reading() as connection:
            return [Arrival(row.slot, row.source, row.outlet, row.n) for row in connection.execute(query)]

    def arrival_spans(self) -> Mapping[str, tuple[datetime, datetime]]:
        spans = select(arrivals.c.outlet, func.min(arrivals.c.slot), func.max(arrivals.c.slot))
        with self._database.reading() as connection:
            rows = connection.execute(spans.group_by(arrivals.c.outlet)).all()
        return {outlet: (first, last) for outlet, first, last in rows}

    def collected(self, since: datetime) -> Sequence[datetime]:
        query = select(runs.c.ended_at).where(runs.c.ended_at >= since).order_by(runs.c.id)
        with self._database.reading() as connection:
            return connection.scalars(query).all()

    def source_states(self) -> Sequence[SourceState]:
        with self._database.reading() as connection:
            rows = connection.execute(select(sources).order_by(sources.c.source)).all()
        return [
            SourceState(row.source, row.outlet, row.read_at, row.failures, row.failed_at, row.failure) for row in rows
        ]

    def faults(self) -> Sequence[str]:
        with self._database.reading() as connection:
            return [*_sums(connection), *_lines(connection), *_lost(connection), *_debts(connection)]


def count(connection: Connection, now: datetime) -> None:
    """The slot that was counted last is counted again: it may have been half over."""
    last: datetime | None = connection.scalar(select(func.max(arrivals.c.slot)))
    since = slot_of(max(last or now - BACK, now - BACK))
    seen = select(entries.c.first_seen, entries.c.source, entries.c.outlet).where(entries.c.first_seen >= since)
    counted = Counter((slot_of(row.first_seen), row.source, row.outlet) for row in connection.execute(seen))
    rows = [{"slot": slot, "source": source, "outlet": outlet, "n": n} for (slot, source, outlet), n in counted.items()]
    connection.execute(delete(arrivals).where((arrivals.c.slot >= since) | (arrivals.c.slot < now - KEPT)))
    if rows:
        connection.execute(insert(arrivals), _of_one_outlet(rows))


def _of_one_outlet(rows: list[dict[str, object]]) -> list[dict[str, object]]:
    """A source that moved to another outlet of the catalogue within a slot counts for the one."""
    merged: dict[tuple[object, object], dict[str, object]] = {}
    for row in rows:
        first = merged.setdefault((row["slot"], row["source"]), row)
        if first is not row:
            first["n"] = int(str(first["n"])) + int(str(row["n"]))
    return list(merged.values())


def _sums(connection: Connection) -> Iterator[str]:
    counted = func.coalesce(func.sum(tallies.c.n), 0)
    query = (
        select(runs.c.id, runs.c.seen, counted.label("outcomes"))
        .outerjoin(tallies, tallies.c.run == runs.c.id)
        .where(runs.c.ended_at.is_not(None))
        .group_by(runs.c.id, runs.c.seen)
        .having(counted != runs.c.seen)
        .order_by(runs.c.id)
    )
    for row in connection.execute(query):
        yield f"run {row.id}: {row.seen} seen, {row.outcomes} with an outcome"


def _lines(connection: Connection) -> Iterator[str]:
    latest = select(runs.c.id).where(runs.c.ended_at.is_not(None)).order_by(runs.c.id.desc()).limit(CHECKED)
    for run in connection.scalars(latest).all():
        lines = connection.scalar(select(func.count()).where(sightings.c.run == run)) or 0
        told = sum(books.counts(connection, run).outcomes.values())
        if lines != told:
            yield f"run {run}: {lines} lines, {told} counted"


def _lost(connection: Connection) -> Iterator[str]:
    nowhere = and_(entries.c.outcome.is_(None), entries.c.pending.is_(False))
    lost = connection.scalar(select(func.count()).select_from(entries).where(nowhere)) or 0
    if lost:
        example = connection.scalar(select(entries.c.url).where(nowhere).limit(1))
        yield f"{lost} entries have no outcome and wait for nothing, such as {example}"


def _debts(connection: Connection) -> Iterator[str]:
    query = (
        select(owed.c.run, func.count())
        .join(runs, runs.c.id == owed.c.run)
        .where(runs.c.ended_at.is_not(None))
        .group_by(owed.c.run)
    )
    for run, n in connection.execute(query):
        yield f"run {run} is over and owes {n} answers"
