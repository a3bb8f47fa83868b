"""Runs and sources: the ledger's side that the crawler writes before any page is read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, or_, select, update

from diembao.core.ledger import Entry, Hop, KnownEntry, Outcome, Pending, RunCounts, Sighting, Validators
from diembao.store import books
from diembao.store.arrivals import count
from diembao.store.books import Seen
from diembao.store.entries import Aside, as_known, as_pending, leave_out, put_off, set_aside, settle, take_back_source
from diembao.store.exchanges import keep_hops, pack_hops
from diembao.store.responses import keep, pack
from diembao.store.room import Room, chunks
from diembao.store.tables import entries, owed, runs, sources
from diembao.store.upsert import upsert

# Reasons of the sightings that close a run's books.
INTERRUPTED = "interrupted"  # the run was cut off
RUN_ENDED = "the run ended first"  # its time was over before the page was read


_IN_TURN = (entries.c.first_seen, entries.c.turn, entries.c.id)


class Ledger(Room):
    """The part of the store that counts what sources bring."""

    def begin_run(self, now: datetime, *, by: str = "", beside: bool = False) -> int:
        with self._database.writing() as connection:
            cut_off = select(runs.c.id).where(runs.c.ended_at.is_(None)).union(select(owed.c.run))
            for run in () if beside else connection.scalars(cut_off).all():
                books.close(connection, run, INTERRUPTED, now=now)
            opened = connection.execute(insert(runs).values(started_at=now, seen=0, by=by).returning(runs.c.id))
            return int(opened.scalar_one())

    def end_run(self, run: int, now: datetime) -> RunCounts:
        """Pages that were not reached are on the books as ``retry`` and stay pending."""
        with self._database.writing() as connection:
            books.close(connection, run, RUN_ENDED, now=now)
            count(connection, now)
            return books.counts(connection, run)

    def counts(self, run: int) -> RunCounts:
        with self._database.reading() as connection:
            return books.counts(connection, run)

    def validators(self, source: str) -> Validators:
        query = select(sources.c.etag, sources.c.last_modified).where(sources.c.source == source)
        with self._database.reading() as connection:
            row = connection.execute(query).first()
        return Validators() if row is None else Validators(row.etag, row.last_modified)

    def known(self, ids: Sequence[str]) -> Mapping[str, KnownEntry]:
        found: dict[str, KnownEntry] = {}
        with self._database.reading() as connection:
            for part in chunks(ids):
                rows = connection.execute(select(entries).where(entries.c.id.in_(part)))
                found.update((row.id, as_known(row)) for row in rows)
        return found

    def due(self, run: int, now: datetime, limit: int) -> Sequence[Pending]:
        """First seen first, and of one source in its own order, as crawlers read them: which of two twins is kept
        must not depend on whether a run was cut off. What this run has tried, or lists itself, is not handed out
        again in it.
        """
        ready = (
            entries.c.pending,
            or_(entries.c.not_before.is_(None), entries.c.not_before <= now),
            or_(entries.c.run.is_(None), entries.c.run < run),
        )
        query = select(entries).where(*ready).order_by(*_IN_TURN).limit(max(limit, 0))
        with self._database.writing() as connection:
            rows = connection.execute(query).all()
            books.count_seen(connection, run, len(rows))
            books.owe(connection, run, [(row.source, row.id) for row in rows])
            for part in chunks([row.id for row in rows]):
                connection.execute(update(entries).where(entries.c.id.in_(part)).values(run=run))
        return [as_pending(row) for row in rows]

    def source_read(  # noqa: PLR0913 (the door's)
        self,
        run: int,
        source: str,
        outlet: str,
        *,
        settled: Sequence[Sighting],
        left_out: Sequence[Entry],
        pending: Sequence[Entry],
        validators: Validators,
        now: datetime,
        kept_at: datetime | None = None,
    ) -> None:
        with self._database.writing() as connection:
            books.count_seen(connection, run, len(settled) + len(left_out) + len(pending))
            fresh, again = _split(pending, books.owed_among(connection, run, [entry.id for entry in pending]))
            seen = [Seen(source, entry.id, Outcome.NOT_ABOUT, now) for entry in left_out]  # before their duplicates
            seen += [_seen(each, source, now) for each in settled]
            seen += [Seen(source, entry.id, Outcome.DUPLICATE_URL, now) for entry in again]
            settle(connection, settled, now=now)
            leave_out(connection, left_out, now=now, first=kept_at)
            put_off(connection, run, fresh, now=now, first=kept_at)
            books.write(connection, run, seen)
            books.owe(connection, run, [(source, entry.id) for entry in fresh])
            _set_entries_aside(connection, settled, now)
            if kept_at is None:
                _read_well(connection, source, outlet, validators, now)
            take_back_source(connection, source)

    def source_failed(
        self,
        sighting: Sighting,
        *,
        now: datetime,
        response: bytes | None = None,
        hops: Sequence[Hop] = (),
        asked: bool = True,
    ) -> None:
        packed, sent = pack(response) if sighting.outcome is Outcome.QUARANTINED else None, pack_hops(hops)
        with self._database.writing() as connection:
            books.count_seen(connection, sighting.run, 1)
            seen = _seen(sighting, sighting.source, now)
            books.write(connection, sighting.run, [seen], repeats=sighting.outcome)
            if asked:
                _read_badly(connection, sighting, now)
            if sighting.outcome is Outcome.QUARANTINED:
                kept = keep(connection, packed)
                keep_hops(connection, sighting.entry, kept, sent, now)
                set_aside(connection, _aside(sighting, kept, of_source=True), now=now)


def _split(pending: Sequence[Entry], owed_before: set[str]) -> tuple[list[Entry], list[Entry]]:
    """Those this run has to answer for, and those it has to already: once more in this list, or in another source."""
    fresh: list[Entry] = []
    again: list[Entry] = []
    taken = set(owed_before)
    for entry in pending:
        (again if entry.id in taken else fresh).append(entry)
        taken.add(entry.id)
    return fresh, again


def _seen(sighting: Sighting, source: str, now: datetime) -> Seen:
    return Seen(source, sighting.entry, sighting.outcome, sighting.at or now, sighting.reason, sighting.article_id)


def _aside(sighting: Sighting, response: str | None, *, of_source: bool) -> Aside:
    return Aside(sighting.entry, sighting.source, sighting.outlet, sighting.url, sighting.reason, response, of_source)


def _set_entries_aside(connection: Connection, settled: Sequence[Sighting], now: datetime) -> None:
    for sighting in settled:
        if sighting.outcome is Outcome.QUARANTINED:
            set_aside(connection, _aside(sighting, None, of_source=False), now=now)


def _read_well(connection: Connection, source: str, outlet: str, validators: Validators, now: datetime) -> None:
    row = {
        "source": source,
        "outlet": outlet,
        "etag": validators.etag,
        "last_modified": validators.last_modified,
        "read_at": now,
        "failures": 0,
    }
    _note(connection, row | {"failed_at": None, "failure": ""}, row)


def _read_badly(connection: Connection, sighting: Sighting, now: datetime) -> None:
    what = {
        "outlet": sighting.outlet,
        "failed_at": now,
        "failure": (sighting.reason or sighting.outcome)[: books.REASON],
    }
    row = what | {"source": sighting.source, "etag": "", "last_modified": "", "read_at": None, "failures": 1}
    _note(connection, row, what | {"failures": sources.c.failures + 1})


def _note(connection: Connection, row: dict[str, Any], changes: dict[str, Any]) -> None:
    adding = upsert(sources).values(row)
    connection.execute(adding.or_update(["source"], changes))
