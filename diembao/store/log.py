"""The log and its readers: numbers without gaps, ranges on lease, bookmarks.

A step's ranges follow each other without gaps: finished ones up to the bookmark, then those on
lease (finished or not), then what nobody has taken. A lease that was not finished in time is
handed out again, the same range, to whoever asks first. A worker has one range of a step at a
time: when it asks while one is open, it was killed or fell over in the midst of it, and gets that
range back at once. So a program that is started again does not wait for its own dead lease.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Connection, bindparam, delete, func, insert, literal, select, union_all, update

from diembao.core.errors import Retry, WrongUse
from diembao.core.ports import Event, Lease, LogEntry
from diembao.store.asked import asked_ids, asked_in
from diembao.store.room import Room, chunks, kept
from diembao.store.tables import bookmarks, leases, log
from diembao.store.upsert import upsert

# A batch of 200 articles is judged in a few seconds; a worker that is silent for a minute is dead or
# stuck, and a crash must not hold up alerts for longer than that.
LEASE_SECONDS = 60

_HEAD = select(func.max(log.c.number))
# Head and bookmarks in one statement: asked some times a second, by whoever waits for something to do.
_MARKS: Final = union_all(
    select(literal("").label("step"), func.coalesce(func.max(log.c.number), 0).label("number")),
    select(bookmarks.c.step, bookmarks.c.number),
)
_EVENTS: Final = {event.value: event for event in Event}  # looked up: calling an enum costs as much as the row
# Statements of the lists are built once: building one costs as much as running it.
_TOLD: Final = (
    select(log)
    .where(log.c.number > bindparam("after"), log.c.event.not_in([Event.MODEL, Event.PROFILE]))
    .order_by(log.c.number)
    .limit(bindparam("most"))
)
# To whom not everything is told: whose correction it is does not stand there; what came of it follows.
_TOLD_OF_OWN: Final = _TOLD.where(log.c.event != Event.PERSON_LABEL)
_TOLD_OF_THESE: Final = select(log.c.article_id).where(asked_in(log.c.article_id), log.c.event == bindparam("event"))
_ANNOUNCE = insert(log)
_HERE: Final = leases.c.step == bindparam("of_step")
_BOOKMARK: Final = select(bookmarks.c.number).where(bookmarks.c.step == bindparam("of_step"))
_MINE: Final = (
    update(leases)
    .where(_HERE, leases.c.first == bindparam("from_there"), leases.c.last == bindparam("to_there"))
    .where(leases.c.worker == bindparam("of_worker"), leases.c.finished.is_(False))
    .values(finished=True)
)
_RANGES: Final = select(leases.c.last, leases.c.finished).where(_HERE).order_by(leases.c.first)
_PASSED: Final = delete(leases).where(_HERE, leases.c.last <= bindparam("end"))
_DEAD: Final = (
    select(leases.c.first, leases.c.last)
    .where(_HERE, leases.c.finished.is_(False), leases.c.last <= bindparam("end"))
    .where((leases.c.until <= bindparam("at")) | (leases.c.worker == bindparam("of_worker")))
    .order_by(leases.c.first)
    .limit(1)
)
_LEASED: Final = select(func.max(leases.c.last)).where(_HERE)
_OF_THESE: Final = log.c.number.between(bindparam("from_there"), bindparam("to_there")) & log.c.event.in_(
    bindparam("events", expanding=True)
)
_NUMBERS: Final = select(log.c.number).where(_OF_THESE).order_by(log.c.number).limit(bindparam("most"))
_ENTRIES: Final = select(log).where(_OF_THESE).order_by(log.c.number)


def announce(connection: Connection, event: Event, article_ids: Iterable[str], *, now: datetime) -> None:
    """Give the next numbers. Only under the writer lock: so they commit in order, without gaps."""
    first = head(connection) + 1
    rows = [
        {"number": number, "event": event, "article_id": article_id, "at": now}
        for number, article_id in enumerate(article_ids, first)
    ]
    if rows:
        connection.execute(_ANNOUNCE, rows)


def head(connection: Connection) -> int:
    return connection.scalar(_HEAD) or 0


def bookmark(connection: Connection, step: str) -> int:
    return connection.scalar(_BOOKMARK, {"of_step": step}) or 0


def finish(connection: Connection, lease: Lease) -> None:
    """Close the range and move the bookmark over all that is finished without a gap.

    Raises:
        Retry: the lease died and went to another worker, or was dropped by a rewind. All that this
            transaction wrote is taken back, also where the caller goes on: work is not done twice.
    """
    it = {"of_step": lease.step, "from_there": lease.first, "to_there": lease.last, "of_worker": lease.worker}
    if connection.execute(_MINE, it).rowcount != 1:
        connection.rollback()
        raise Retry(f"{lease.step} {lease.first}–{lease.last} is no longer leased to {lease.worker}")
    _move_bookmark(connection, lease.step)


def _move_bookmark(connection: Connection, step: str) -> None:
    here = {"of_step": step}
    end = bookmark(connection, step)
    for last, finished in connection.execute(
        _RANGES, here
    ).all():  # the first begins after the bookmark, none leaves a gap
        if not finished:
            break
        end = last
    connection.execute(_PASSED, here | {"end": end})
    _set_bookmark(connection, step, end)


def _set_bookmark(connection: Connection, step: str, number: int) -> None:
    adding = upsert(bookmarks).values(step=step, number=number)
    connection.execute(adding.or_update(["step"], {"number": number}))


@dataclass(frozen=True, slots=True)
class _Range:
    first: int
    last: int
    taken_over: bool


@dataclass(frozen=True, slots=True)
class _Wish:
    """What a worker asks for."""

    step: str
    events: Sequence[Event]
    worker: str
    now: datetime
    limit: int
    until: int | None


def _next_range(connection: Connection, wish: _Wish) -> _Range | None:
    end = head(connection)
    if wish.until is not None:
        end = min(end, wish.until)
    return _dead_range(connection, wish, end) or _fresh_range(connection, wish, end)


def _dead_range(connection: Connection, wish: _Wish, end: int) -> _Range | None:
    asked = {"of_step": wish.step, "end": end, "at": wish.now, "of_worker": wish.worker}
    dead = connection.execute(_DEAD, asked).first()
    return None if dead is None else _Range(dead.first, dead.last, taken_over=True)


def _fresh_range(connection: Connection, wish: _Wish, end: int) -> _Range | None:
    """Up to the last entry of a full batch; where there are fewer, all the way, in one go."""
    leased = connection.scalar(_LEASED, {"of_step": wish.step}) or 0
    first = max(leased, bookmark(connection, wish.step)) + 1
    if first > end:
        return None
    asked = {"from_there": first, "to_there": end, "events": list(wish.events), "most": wish.limit}
    numbers = connection.scalars(_NUMBERS, asked).all()
    return _Range(first, numbers[-1] if len(numbers) == wish.limit else end, taken_over=False)


def _grant(connection: Connection, wish: _Wish, found: _Range) -> None:
    terms = {"worker": wish.worker, "until": wish.now + timedelta(seconds=LEASE_SECONDS)}
    if found.taken_over:
        this = (leases.c.step == wish.step) & (leases.c.first == found.first)
        connection.execute(update(leases).where(this).values(terms))
    else:
        place = {"step": wish.step, "first": found.first, "last": found.last, "finished": False}
        connection.execute(insert(leases).values(place | terms))


def _entries(connection: Connection, found: _Range, events: Sequence[Event]) -> tuple[LogEntry, ...]:
    rows = connection.execute(_ENTRIES, {"from_there": found.first, "to_there": found.last, "events": list(events)})
    return tuple(LogEntry(number, _EVENTS[event], article_id, at) for number, event, article_id, at in rows)


class Log(Room):
    """The part of the store that hands out work."""

    @kept
    def head(self) -> int:
        with self._database.reading() as connection:
            return head(connection)

    @kept
    def bookmark(self, step: str) -> int:
        with self._database.reading() as connection:
            return bookmark(connection, step)

    def marks(self) -> tuple[int, Mapping[str, int]]:
        with self._database.reading() as connection:
            found = {row.step: row.number for row in connection.execute(_MARKS)}
        return found.pop(""), found

    def changes(self, after: int, limit: int) -> Sequence[LogEntry]:
        told = _TOLD if self._scope.about is None else _TOLD_OF_OWN
        with self._database.reading() as connection:
            rows = connection.execute(told, {"after": after, "most": limit}).all()
        return [LogEntry(number, _EVENTS[event], article_id, at) for number, event, article_id, at in rows]

    def last_entries(self, events: Sequence[Event], *, until: int) -> Iterator[tuple[str, int]]:
        last = (
            select(log.c.article_id, func.max(log.c.number).label("number"))
            .where(log.c.event.in_(events), log.c.number <= until)
            .group_by(log.c.article_id)
            .order_by(log.c.article_id)
        )
        with self._database.reading() as connection:
            for row in connection.execute(last):
                yield row.article_id, row.number

    def with_entry(self, event: Event, ids: Sequence[str]) -> frozenset[str]:
        found: set[str] = set()
        with self._database.reading() as connection:
            for part in chunks(ids):
                found.update(connection.scalars(_TOLD_OF_THESE, {"event": event, **asked_ids(part)}))
        return frozenset(found)

    def rewind(self, step: str, number: int) -> None:
        """Only back: where the bookmark is not that far yet it stays, for moving it on would leave work undone."""
        if number < 0:
            raise WrongUse(f"the bookmark of {step} cannot be set to {number}")
        with self._database.writing() as connection:
            connection.execute(delete(leases).where(leases.c.step == step))
            _set_bookmark(connection, step, min(number, bookmark(connection, step)))

    def lease(
        self,
        step: str,
        events: Sequence[Event],
        *,
        worker: str,
        now: datetime,
        limit: int = 200,
        until: int | None = None,
    ) -> Lease | None:
        if limit < 1:
            raise WrongUse(f"a lease of {limit} entries")
        wish = _Wish(step, events, worker, now, limit, until)
        with self._database.reading() as connection:
            if _next_range(connection, wish) is None:  # a worker that waits takes no lock
                return None
        with self._database.writing() as connection:
            found = _next_range(connection, wish)
            if found is None:
                return None
            _grant(connection, wish, found)
            return Lease(step, worker, found.first, found.last, _entries(connection, found, events))
