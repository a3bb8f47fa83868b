"""The books as people look at them: runs, outlets, what waits for a person; and the pruning of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from threading import Lock
from typing import Any

from sqlalchemy import Connection, Row, Select, bindparam, delete, func, literal, select

from diembao.core.ledger import Outcome, Run, RunCounts
from diembao.core.ports import OutletState
from diembao.store import books
from diembao.store.alerts import prune_heard
from diembao.store.enclosed import prune_enclosed
from diembao.store.room import Room, kept
from diembao.store.tables import articles, entries, runs, sightings, sources, tallies

# Days that left-out entries are kept after they were last seen, so that a new profile can look again
# (the design's figure); sightings go at the same age, their counts stay.
LEFT_OUT_DAYS = 90

# Days that "nothing new" is kept line by line. It is nearly all there is (every entry of every feed in
# every run), and a week answers every question one has about it; the counts stay.
UNCHANGED_DAYS = 7

# All of them by the index, those that came since by their numbers: no engine finds that by itself.
_STORED = select(
    articles.c.outlet, func.count(), func.max(articles.c.stored_at), func.max(articles.c.number).label("number")
).group_by(articles.c.outlet)
_STORED_FROM = (
    select(articles.c.outlet, literal(1), articles.c.stored_at, articles.c.number)
    .where(articles.c.number >= bindparam("last"))
    .order_by(articles.c.number)
)


class StoredByOutlet:
    """How many articles each outlet has, and when the last was stored. None is ever taken away or given to another,
    and their numbers are given under the writer lock: so those up to one are counted once, then only what came since.
    Where the last that was counted is no longer there, the record is another one, and all are counted.
    """

    def __init__(self) -> None:
        self._lock, self._last = Lock(), 0
        self._found: dict[str, tuple[int, datetime]] = {}

    def read(self, connection: Connection) -> dict[str, tuple[int, datetime]]:
        with self._lock:
            for outlet, n, stored_at, last in self._uncounted(connection):
                before, at = self._found.get(outlet, (0, stored_at))
                self._found[outlet] = before + n, max(at, stored_at)
                self._last = max(self._last, last)
            return dict(self._found)

    def _uncounted(self, connection: Connection) -> Sequence[Row[*tuple[Any, ...]]]:
        if self._last:
            known = connection.execute(_STORED_FROM, {"last": self._last}).all()
            if known and known[0].number == self._last:
                return known[1:]
        self._found, self._last = {}, 0
        return connection.execute(_STORED).all()


_COUNTED_FROM = select(func.count(), func.min(articles.c.number), func.max(articles.c.number)).where(
    articles.c.number >= bindparam("last")
)


class StoredInAll:
    """How many articles there are. None is ever taken away, and their numbers are given under the writer lock: those up
    to one are counted once, then only what came since. Where that one is no longer there, the record is another one,
    and all are counted.
    """

    def __init__(self) -> None:
        self._lock, self._counted, self._last = Lock(), 0, 0

    def read(self, connection: Connection) -> int:
        with self._lock:
            n, first, last = connection.execute(_COUNTED_FROM, {"last": self._last}).one()
            if self._last and first == self._last:
                n += self._counted - 1  # that one itself was counted before
            elif self._last:
                n, _, last = connection.execute(_COUNTED_FROM, {"last": 0}).one()
            self._counted, self._last = n, last or 0
            return self._counted


class Overview(Room):
    """The part of the store that screens and `doctor` read."""

    _stored: StoredByOutlet

    @kept
    def last_run(self) -> tuple[RunCounts, datetime, datetime | None] | None:
        with self._database.reading() as connection:
            row = connection.execute(select(runs).order_by(runs.c.id.desc()).limit(1)).first()
            return None if row is None else (books.counts(connection, row.id), row.started_at, row.ended_at)

    @kept
    def runs(self, limit: int = 20) -> Sequence[Run]:
        with self._database.reading() as connection:
            rows = connection.execute(select(runs).order_by(runs.c.id.desc()).limit(limit)).all()
            return [Run(row.by, row.started_at, row.ended_at, books.counts(connection, row.id)) for row in rows]

    def unbalanced_runs(self) -> Sequence[RunCounts]:
        """Runs that are over and do not add up. A run that is going on may still owe answers."""
        counted = func.coalesce(func.sum(tallies.c.n), 0)
        query = (
            select(runs.c.id)
            .outerjoin(tallies, tallies.c.run == runs.c.id)
            .where(runs.c.ended_at.is_not(None))
            .group_by(runs.c.id, runs.c.seen)
            .having(counted != runs.c.seen)
            .order_by(runs.c.id)
        )
        with self._database.reading() as connection:
            return [books.counts(connection, run) for run in connection.scalars(query).all()]

    @kept
    def outlet_states(self) -> Sequence[OutletState]:
        """By outlet. ``failures`` is that of the source that has failed most often since it was last read well;
        ``last_failure`` is the latest of any, also where all are well again.
        """
        with self._database.reading() as connection:
            kept: Mapping[str, tuple[int, datetime | None]] = self._stored.read(connection)
            rows = connection.execute(select(sources).order_by(sources.c.source)).all()
        of_outlet: dict[str, list[Row[Any]]] = {outlet: [] for outlet in kept}
        for row in rows:
            of_outlet.setdefault(row.outlet, []).append(row)
        return [_state(outlet, *kept.get(outlet, (0, None)), of_outlet[outlet]) for outlet in sorted(of_outlet)]

    def prune(self, now: datetime) -> int:
        """Also drops old sightings one by one (their runs keep the counts) and files of messages that left long ago."""
        old, older = now - timedelta(days=UNCHANGED_DAYS), now - timedelta(days=LEFT_OUT_DAYS)
        left_out = (
            (entries.c.outcome == Outcome.NOT_ABOUT)
            & (entries.c.last_seen < older)
            & entries.c.pending.is_(False)
            & entries.c.article_id.is_(None)
        )
        nothing_new = (sightings.c.outcome == Outcome.UNCHANGED) & sightings.c.run.in_(_ended_before(old))
        with self._database.writing() as connection:
            prune_enclosed(connection, now)
            prune_heard(connection, now)
            connection.execute(delete(sightings).where(nothing_new))
            connection.execute(delete(sightings).where(sightings.c.run.in_(_ended_before(older))))
            return connection.execute(delete(entries).where(left_out)).rowcount


def _ended_before(moment: datetime) -> Select[int]:
    return select(runs.c.id).where(runs.c.ended_at < moment)


def _state(outlet: str, stored: int, last_stored: datetime | None, rows: Sequence[Row[Any]]) -> OutletState:
    failed = max((row for row in rows if row.failed_at is not None), key=lambda row: row.failed_at, default=None)
    return OutletState(
        outlet=outlet,
        articles=stored,
        last_reached=max((row.read_at for row in rows if row.read_at is not None), default=None),
        last_stored=last_stored,
        failures=max((row.failures for row in rows), default=0),
        last_failure="" if failed is None else failed.failure,
    )
