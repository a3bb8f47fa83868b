"""Visits to articles we have: which are due, what they found, and what was taken down.

A visit is a line of the ledger like any other (source ``revisit``), but says nothing of the entry that a feed
listed: its digest and outcome stay.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, and_, exists, func, or_, select, update

from diembao.core.article import Article, Relevance, TextFrom
from diembao.core.errors import WrongUse
from diembao.core.ledger import Entry, Hop, Outcome, Pending
from diembao.core.reading import PLAIN, Reading
from diembao.core.revisits import DAYS_APART, GONE, PLAN, REVISIT, TOO_LATE, reached
from diembao.store import books
from diembao.store.articles import IS_TOP, TOP
from diembao.store.books import Seen
from diembao.store.columns import at_offset
from diembao.store.entries import Aside, set_aside, take_back_page
from diembao.store.exchanges import keep_hops, pack_hops
from diembao.store.kept_tables import revisits
from diembao.store.pages import TRIES, Kept, keep_page
from diembao.store.responses import Packed, keep, pack
from diembao.store.room import Room, kept
from diembao.store.tables import articles, entries
from diembao.store.tables import revisions as words
from diembao.store.upsert import upsert
from diembao.store.withdrawn import came_back, taken_down


class Revisits(Room):
    """The part of the store that knows what is still there."""

    def revisits_due(self, run: int, now: datetime, *, about: Sequence[str], limit: int) -> Sequence[Pending]:
        with self._database.writing() as connection:
            rows = connection.execute(_due(now, about).limit(max(limit, 0))).all()
            owed = books.owed_among(connection, run, [row.id for row in rows])
            rows = [row for row in rows if row.id not in owed]
            books.count_seen(connection, run, len(rows))
            books.owe(connection, run, [(REVISIT, row.id) for row in rows])
        return [Pending(_as_entry(row), row.attempts or 0, row.not_before) for row in rows]

    def page_revisited(  # noqa: PLR0913 (all that is known of one page)
        self,
        run: int,
        entry: Entry,
        article: Article,
        *,
        now: datetime,
        response: bytes,
        hops: Sequence[Hop] = (),
        reading: Reading = PLAIN,
    ) -> Outcome:
        kept = Kept.of(response, hops, reading)
        with self._database.writing() as connection:
            outcome, article_id = keep_page(connection, article, kept, now)
            _visited(connection, entry.id, now)
            connection.execute(update(revisits).where(revisits.c.article_id == entry.id).values(gone_at=None))
            came_back(connection, entry.id, now)
            take_back_page(connection, entry.id)
            books.answer(connection, run, Seen(REVISIT, entry.id, outcome, now, article_id=article_id))
        return outcome

    def revisit_failed(  # noqa: PLR0913 (the door's)
        self,
        run: int,
        entry: Entry,
        outcome: Outcome,
        *,
        now: datetime,
        reason: str,
        not_before: datetime | None = None,
        response: bytes | None = None,
        hops: Sequence[Hop] = (),
    ) -> None:
        if outcome not in (Outcome.REFUSED, Outcome.RETRY, Outcome.QUARANTINED, Outcome.DUPLICATE_URL):
            raise WrongUse(f"a visit that failed is not '{outcome}'")
        packed, sent = pack(response), pack_hops(hops)
        with self._database.writing() as connection:
            if outcome is Outcome.RETRY:
                _put_off(connection, entry.id, not_before, now)
            else:
                _visited(connection, entry.id, now)
            if outcome is Outcome.REFUSED and reason in GONE:
                _gone(connection, entry.id, reason, packed, sent, now)
            if outcome is Outcome.QUARANTINED:
                digest = keep(connection, packed)
                keep_hops(connection, entry.id, digest, sent, now)
                set_aside(connection, Aside(entry.id, REVISIT, entry.outlet, entry.url, reason, digest), now=now)
            books.answer(connection, run, Seen(REVISIT, entry.id, outcome, now, reason, entry.id))

    @kept
    def last_visit(self, article_id: str) -> datetime | None:
        query = select(revisits.c.visited_at).where(revisits.c.article_id == article_id)
        with self._database.reading() as connection:
            at: datetime | None = connection.scalar(query)
            return at


def _due(now: datetime, about: Sequence[str]) -> Select[Any]:
    """Articles about these provinces whose page was read, in the order in which their turn came."""
    planned = [
        and_(articles.c.seen_at <= now - after, func.coalesce(revisits.c.step, 0) <= number)
        for number, after in enumerate(PLAN)
    ]
    return (
        select(articles, words.c.title, words.c.lead, words.c.text, revisits.c.attempts, revisits.c.not_before)
        .join(words, and_(words.c.article_id == articles.c.id, words.c.number == articles.c.revision))
        .outerjoin(revisits, revisits.c.article_id == articles.c.id)
        .where(
            articles.c.text_from == TextFrom.PAGE,
            or_(and_(articles.c.seen_at >= now - TOO_LATE, or_(*planned)), revisits.c.gone_at <= now - DAYS_APART),
            or_(revisits.c.not_before.is_(None), revisits.c.not_before <= now),
            ~exists().where(entries.c.id == articles.c.id, entries.c.pending),
            _is_about(about),
        )
        .order_by(articles.c.seen_at, articles.c.id)
    )


def _is_about(about: Sequence[str]) -> ColumnElement[bool]:
    return exists().where(
        TOP.c.article_id == articles.c.id,
        TOP.c.ended_at.is_(None),
        TOP.c.kind == "relevance",
        TOP.c.about.in_(about),
        TOP.c.key.in_((Relevance.YES, Relevance.PART)),
        IS_TOP,
    )


def _as_entry(row: Row[Any]) -> Entry:
    """With the words we have: a notice that stands in their place is no edit (`crawlers.pages`)."""
    published = at_offset(row.published_at, row.published_offset)
    return Entry(row.id, row.url, row.outlet, REVISIT, row.title, row.lead, row.text, published)


def _seen_at(connection: Connection, article_id: str) -> datetime:
    at: datetime | None = connection.scalar(select(articles.c.seen_at).where(articles.c.id == article_id))
    if at is None:
        raise WrongUse(f"there is no article {article_id} to visit")
    return at


def _visited(connection: Connection, article_id: str, now: datetime) -> None:
    step = reached(now - _seen_at(connection, article_id))
    visit = {"step": step, "visited_at": now, "not_before": None, "attempts": 0}
    adding = upsert(revisits).values(visit | {"article_id": article_id, "gone_at": None})
    connection.execute(adding.or_update(["article_id"], visit))


def _put_off(connection: Connection, article_id: str, not_before: datetime | None, now: datetime) -> None:
    """After `TRIES` the visit counts as made: the next one of the plan comes in its turn."""
    tried = connection.scalar(select(revisits.c.attempts).where(revisits.c.article_id == article_id)) or 0
    if tried + 1 >= TRIES:
        _visited(connection, article_id, now)
        return
    wait = {"not_before": not_before, "attempts": tried + 1}
    first = {"article_id": article_id, "step": 0, "visited_at": now, "gone_at": None}
    connection.execute(upsert(revisits).values(first | wait).or_update(["article_id"], wait))


def _gone(
    connection: Connection, article_id: str, status: str, packed: Packed | None, sent: bytes | None, now: datetime
) -> None:
    """The answer is kept each time; what was taken down is written when it was so twice, days apart."""
    keep_hops(connection, article_id, keep(connection, packed), sent, now)
    this = revisits.c.article_id == article_id
    first = connection.scalar(select(revisits.c.gone_at).where(this))
    if first is None:
        connection.execute(update(revisits).where(this).values(gone_at=now))
    elif now - first >= DAYS_APART:
        connection.execute(update(revisits).where(this).values(gone_at=None, step=len(PLAN)))
        taken_down(connection, article_id, first, status, now)
