"""What the ledger remembers of each entry, and what it sets aside for a person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, case, delete, null
from sqlalchemy.sql.expression import Executable

from diembao.core.ledger import Entry, KnownEntry, Outcome, Pending, Sighting
from diembao.store.books import REASON
from diembao.store.columns import at_offset, offset_of
from diembao.store.tables import entries, quarantine
from diembao.store.upsert import upsert

# Columns that change when an entry is listed again.
_LISTED = (
    *("url", "outlet", "source", "title", "summary", "text"),
    *("published_at", "published_offset", "digest", "last_seen"),
)

_TRIED = ("outcome", "reason", "pending", "attempts", "not_before")

# "Nothing new", "once more" and "still waiting" say nothing about the entry that was not known before.
_QUIET = (Outcome.UNCHANGED, Outcome.DUPLICATE_URL, Outcome.RETRY)


def put_off(
    connection: Connection, run: int, listed: Sequence[Entry], *, now: datetime, first: datetime | None = None
) -> None:
    """Their pages are to be read. One that was pending before keeps its tries and its time; others have none.
    ``first``: when a new one was first seen, where that is not now.
    """
    more = {"pending": True, "run": run, "first_seen": first or now}
    rows = [_listed(entry, now) | more | {"turn": n} for n, entry in enumerate(listed)]
    _remember(connection, rows, _PUT_OFF)


def ask_for(connection: Connection, entry: Entry, *, now: datetime) -> None:
    """Outside of any run: the next one takes it up first, whatever became of it before."""
    _remember(connection, [_listed(entry, now) | {"pending": True, "run": None}], _ASK_FOR)


def leave_out(connection: Connection, listed: Sequence[Entry], *, now: datetime, first: datetime | None = None) -> None:
    """Not about the province, by title and summary: the feed's text is not kept."""
    more = {"text": "", "outcome": Outcome.NOT_ABOUT, "first_seen": first or now}
    rows = [_listed(entry, now) | more for entry in listed]
    _remember(connection, rows, _LEAVE_OUT)


def settle(connection: Connection, settled: Sequence[Sighting], *, now: datetime) -> None:
    """Outcomes that a source's list alone decides. A page that is still to be read stays so."""
    told = [_sighted(each, now) for each in settled if each.outcome not in _QUIET]
    _remember(connection, told, _SETTLE)
    quiet = [_sighted(each, now) for each in settled if each.outcome in _QUIET]
    _remember(connection, quiet, _SEE_AGAIN)


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of an entry whose page was asked for."""

    outcome: Outcome
    reason: str = ""
    article_id: str | None = None
    attempts: int = 0
    not_before: datetime | None = None


def answered(connection: Connection, entry: Entry, answer: Answer, *, now: datetime) -> None:
    """Remember the answer; the feed's text is kept only for another try or for a person."""
    pending = answer.outcome is Outcome.RETRY
    row = _listed(entry, now) | {
        "text": entry.text if pending or answer.outcome is Outcome.QUARANTINED else "",
        "outcome": answer.outcome,
        "reason": answer.reason[:REASON],
        "article_id": answer.article_id,
        "pending": pending,
        "attempts": answer.attempts,
        "not_before": answer.not_before,
    }
    _remember(connection, [row], _ANSWER if answer.article_id is None else _LINK)


def _listed(entry: Entry, now: datetime) -> dict[str, Any]:
    """Every column of an entry that is new to us."""
    return {
        "id": entry.id,
        "url": entry.url,
        "outlet": entry.outlet,
        "source": entry.source,
        "title": entry.title,
        "summary": entry.summary,
        "text": entry.text,
        "published_at": entry.published_at,
        "published_offset": offset_of(entry.published_at),
        "digest": entry.digest,
        "outcome": None,
        "reason": "",
        "article_id": None,
        "first_seen": now,
        "last_seen": now,
        "pending": False,
        "turn": 0,
        "attempts": 0,
        "not_before": None,
        "run": None,
    }


def _sighted(sighting: Sighting, now: datetime) -> dict[str, Any]:
    entry = Entry(sighting.entry, sighting.url, sighting.outlet, sighting.source, title="")
    return _listed(entry, now) | {
        "outcome": sighting.outcome,
        "reason": sighting.reason[:REASON],
        "article_id": sighting.article_id,
    }


def _remembering(changing: Sequence[str]) -> Executable:
    """Adds an entry; of one that is known, changes these columns only."""
    adding = upsert(entries)
    return adding.or_update(["id"], {name: adding.excluded(name) for name in changing})


# Built once: building a statement costs as much as running it.
_PUT_OFF = _remembering((*_LISTED, "pending", "run", "turn"))
_ASK_FOR = _remembering(("source", "last_seen", "pending", "attempts", "not_before", "run"))
_LEAVE_OUT = _remembering((*_LISTED, "outcome", "reason"))
_SETTLE = _remembering(("last_seen", "outcome", "reason"))
_SEE_AGAIN = _remembering(("last_seen",))
_ANSWER = _remembering((*_LISTED, *_TRIED))
_LINK = _remembering((*_LISTED, *_TRIED, "article_id"))


def _remember(connection: Connection, rows: Sequence[dict[str, Any]], statement: Executable) -> None:
    distinct = list({row["id"]: row for row in rows}.values())
    if distinct:
        connection.execute(statement, distinct)


def as_entry(row: Row[Any]) -> Entry:
    published = at_offset(row.published_at, row.published_offset)
    return Entry(row.id, row.url, row.outlet, row.source, row.title, row.summary, row.text, published, row.digest)


def as_pending(row: Row[Any]) -> Pending:
    return Pending(as_entry(row), row.attempts, row.not_before)


def as_known(row: Row[Any]) -> KnownEntry:
    outcome = None if row.outcome is None else Outcome(row.outcome)
    facts = (row.reason, row.article_id, row.last_seen, row.pending, row.first_seen)
    return KnownEntry(row.id, row.digest, outcome, *facts)


@dataclass(frozen=True, slots=True)
class Aside:
    """What goes to a person: a page, or a feed (``of_source``)."""

    entry: str
    source: str
    outlet: str
    url: str
    reason: str
    response: str | None = None
    of_source: bool = False


def set_aside(connection: Connection, aside: Aside, *, now: datetime) -> None:
    """One line for each entry of a source: the time of the first, the reason and bytes of the latest. One that a
    person dropped waits again only for another reason.
    """
    latest = {"reason": aside.reason[:REASON], "response": aside.response}
    first = {"entry": aside.entry, "source": aside.source, "outlet": aside.outlet, "url": aside.url}
    adding = upsert(quarantine).values(first | latest | {"at": now, "of_source": aside.of_source})
    again = quarantine.c.reason != adding.excluded("reason")
    settled = case((again, null()), else_=quarantine.c.settled)
    connection.execute(adding.or_update(["entry", "source"], latest | {"settled": settled}))


_TAKE_BACK_PAGE = delete(quarantine).where(quarantine.c.entry == bindparam("the"), quarantine.c.of_source.is_(False))
_TAKE_BACK_SOURCE = delete(quarantine).where(quarantine.c.source == bindparam("the"), quarantine.c.of_source.is_(True))


def take_back_page(connection: Connection, entry: str) -> None:
    """It was stored after all: nobody has to look."""
    connection.execute(_TAKE_BACK_PAGE, {"the": entry})


def take_back_source(connection: Connection, source: str) -> None:
    """It could be read again: nobody has to look."""
    connection.execute(_TAKE_BACK_SOURCE, {"the": source})
