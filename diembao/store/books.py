"""How the ledger is written: what a run owes, and the sightings that answer for it.

For every run, at any moment: seen = sightings + owed. An entry is owed from when a source lists it
(or `due` hands it out) until its page is settled; a run that ends or was cut off owes nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, delete, func, insert, select, update

from diembao.core.errors import WrongUse
from diembao.core.ledger import Outcome, RunCounts
from diembao.store.room import chunks
from diembao.store.tables import owed, runs, sightings, tallies
from diembao.store.upsert import upsert

# Characters of a reason; some errors carry a whole page with them.
REASON = 500

# Statements of the hot path are built once: building one costs as much as running it.
_COUNT = update(runs).where(runs.c.id == bindparam("of_run")).values(seen=runs.c.seen + bindparam("more"))
_THIS_DEBT = (owed.c.run == bindparam("of_run")) & (owed.c.entry == bindparam("of_entry"))
_DEBT = select(owed.c.source).where(_THIS_DEBT)
_PAY = delete(owed).where(_THIS_DEBT)
_SIGHT = insert(sightings)
_BEFORE = (
    select(sightings.c.source, sightings.c.entry, func.count())
    .where(sightings.c.run == bindparam("of_run"), sightings.c.entry.in_(bindparam("ids", expanding=True)))
    .group_by(sightings.c.source, sightings.c.entry)
)
_ADDING = upsert(tallies)
_TALLY = _ADDING.or_update(["run", "outcome"], {"n": tallies.c.n + _ADDING.excluded("n")})


@dataclass(frozen=True, slots=True)
class Seen:
    """A sighting about to be written."""

    source: str
    entry: str
    outcome: Outcome
    at: datetime
    reason: str = ""
    article_id: str | None = None


def count_seen(connection: Connection, run: int, number: int) -> None:
    if connection.execute(_COUNT, {"of_run": run, "more": number}).rowcount != 1:
        raise WrongUse(f"there is no run {run}")


def owe(connection: Connection, run: int, listed: Iterable[tuple[str, str]]) -> None:
    """Note (source, entry) pairs that this run has to answer for."""
    rows = [{"run": run, "source": source, "entry": entry} for source, entry in listed]
    if rows:
        connection.execute(insert(owed), rows)


def owed_among(connection: Connection, run: int, ids: Sequence[str]) -> set[str]:
    found: set[str] = set()
    for part in chunks(ids):
        found.update(connection.scalars(select(owed.c.entry).where(owed.c.run == run, owed.c.entry.in_(part))))
    return found


def answer(connection: Connection, run: int, seen: Seen) -> None:
    """The sighting of an entry whose page was read: it is no longer owed.

    One that this run did not owe (a run thought dead that goes on, a page read twice) is one more seen.
    """
    this = {"of_run": run, "of_entry": seen.entry}
    source = connection.scalar(_DEBT, this)
    if source is None:
        count_seen(connection, run, 1)
    else:
        connection.execute(_PAY, this)
        seen = replace(seen, source=source)
    write(connection, run, [seen], repeats=seen.outcome)


def write(connection: Connection, run: int, seen: Sequence[Seen], *, repeats: Outcome | None = None) -> None:
    """Write sightings and count them. What a source brings again in one run is ``duplicate-url``, unless
    ``repeats`` says what it is.
    """
    before = _before(connection, run, seen)
    rows = []
    for each in seen:
        n = before[each.source, each.entry]
        before[each.source, each.entry] += 1
        outcome = each.outcome if n == 0 else repeats or Outcome.DUPLICATE_URL
        rows.append(_values(run, each, outcome, n))
    if rows:
        counted = Counter(row["outcome"] for row in rows)
        connection.execute(_SIGHT, rows)
        connection.execute(_TALLY, [{"run": run, "outcome": outcome, "n": n} for outcome, n in counted.items()])


def _values(run: int, seen: Seen, outcome: Outcome, n: int) -> dict[str, Any]:
    return {
        "run": run,
        "entry": seen.entry,
        "source": seen.source,
        "n": n,
        "outcome": outcome,
        "reason": seen.reason[:REASON],
        "at": seen.at,
        "article_id": seen.article_id,
    }


def _before(connection: Connection, run: int, seen: Sequence[Seen]) -> Counter[tuple[str, str]]:
    """How often this run has sighted these entries in their sources so far."""
    found: Counter[tuple[str, str]] = Counter()
    for part in chunks(list({each.entry for each in seen})):
        counted = connection.execute(_BEFORE, {"of_run": run, "ids": part})
        found.update({(source, entry): n for source, entry, n in counted})
    return found


def close(connection: Connection, run: int, reason: str, *, now: datetime) -> None:
    """End a run: what it still owes is to be tried again, and stays pending."""
    mine = owed.c.run == run
    left = connection.execute(select(owed.c.source, owed.c.entry).where(mine)).all()
    unread = [Seen(source, entry, Outcome.RETRY, now, reason) for source, entry in left]
    write(connection, run, unread, repeats=Outcome.RETRY)
    connection.execute(delete(owed).where(mine))
    connection.execute(update(runs).where(runs.c.id == run, runs.c.ended_at.is_(None)).values(ended_at=now))


def counts(connection: Connection, run: int) -> RunCounts:
    seen = connection.scalar(select(runs.c.seen).where(runs.c.id == run))
    if seen is None:
        raise WrongUse(f"there is no run {run}")
    found = connection.execute(select(tallies.c.outcome, tallies.c.n).where(tallies.c.run == run))
    return RunCounts(run, seen, {Outcome(outcome): n for outcome, n in found})
