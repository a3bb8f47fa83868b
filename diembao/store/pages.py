"""Pages: what becomes of an entry once its page was read, or could not be.

An article that is known gets, by what its page says now:

- other words: a new revision (unless they are the feed's and we have the page's);
- less of it (a stub before a paywall, a page of several missing) than is there: nothing;
- the same words: nothing, but what was missing is filled in without a new revision: a time of
  publication (logged as ``revision``, so that index and alerts follow), the page's own bytes where
  only the feed's words were kept.

A time of publication once known stays: outlets move theirs to look fresh.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, and_, bindparam, insert, select, update

from diembao.core.article import Article, TextFrom
from diembao.core.errors import WrongUse
from diembao.core.ledger import Entry, Hop, Outcome
from diembao.core.ports import Event
from diembao.core.reading import PLAIN, Extent, Reading
from diembao.store import books
from diembao.store.books import Seen
from diembao.store.columns import offset_of, storable
from diembao.store.entries import Answer, Aside, answered, set_aside, take_back_page
from diembao.store.exchanges import keep_hops, pack_hops
from diembao.store.log import announce
from diembao.store.readings import is_part, keep_reading
from diembao.store.responses import Packed, is_kept, keep, pack
from diembao.store.room import Room
from diembao.store.tables import articles, entries, revisions
from diembao.store.withdrawn import came_back

# Failed tries after which a person has a look. With growing pauses they span days; what still fails
# then does not pass by itself.
TRIES = 6

# Statements of the hot path are built once: building one costs as much as running it.
_KNOWN = (
    select(articles, revisions.c.words)
    .join(revisions, and_(revisions.c.article_id == articles.c.id, revisions.c.number == articles.c.revision))
    .where(articles.c.id == bindparam("the"))
)
_TWIN = (
    select(articles.c.id)
    .where(articles.c.outlet == bindparam("of_outlet"), articles.c.twin == bindparam("same"))
    .order_by(articles.c.number)
    .limit(1)
)
_ATTEMPTS = select(entries.c.attempts).where(entries.c.id == bindparam("the"))
_ADD_ARTICLE = insert(articles)
_ADD_REVISION = insert(revisions)

_SETTLED = (Outcome.REFUSED, Outcome.RETRY, Outcome.QUARANTINED, Outcome.DUPLICATE_URL)


class Pages(Room):
    """The part of the store that keeps articles."""

    def page_stored(  # noqa: PLR0913 (all that is known of one page)
        self,
        run: int,
        entry: Entry,
        article: Article,
        *,
        now: datetime,
        response: bytes | None,
        hops: Sequence[Hop] = (),
        reading: Reading = PLAIN,
    ) -> Outcome:
        kept = Kept.of(response, hops, reading)
        with self._database.writing() as connection:
            outcome, article_id = keep_page(connection, article, kept, now)
            answered(connection, entry, Answer(outcome, article_id=article_id), now=now)
            take_back_page(connection, entry.id)
            if article.text_from is TextFrom.PAGE:
                came_back(connection, article_id, now)
            books.answer(connection, run, Seen(entry.source, entry.id, outcome, now, article_id=article_id))
        return outcome

    def page_settled(  # noqa: PLR0913 (the door's)
        self,
        run: int,
        entry: Entry,
        outcome: Outcome,
        *,
        now: datetime,
        reason: str = "",
        not_before: datetime | None = None,
        response: bytes | None = None,
        hops: Sequence[Hop] = (),
    ) -> None:
        """The sixth ``retry`` in a row is written as ``quarantined``: somebody has to look."""
        if outcome not in _SETTLED:
            raise WrongUse(f"a page that was not kept is not '{outcome}'")
        packed, sent = pack(response) if outcome in {Outcome.RETRY, Outcome.QUARANTINED} else None, pack_hops(hops)
        with self._database.writing() as connection:
            answer = _after(connection, entry, Answer(outcome, reason, not_before=not_before))
            answered(connection, entry, answer, now=now)
            if answer.outcome is Outcome.QUARANTINED:
                kept = keep(connection, packed)
                keep_hops(connection, entry.id, kept, sent, now)
                aside = Aside(entry.id, entry.source, entry.outlet, entry.url, answer.reason, kept)
                set_aside(connection, aside, now=now)
            books.answer(connection, run, Seen(entry.source, entry.id, answer.outcome, now, answer.reason))


def _after(connection: Connection, entry: Entry, answer: Answer) -> Answer:
    """The answer with the failed tries counted."""
    if answer.outcome is not Outcome.RETRY:
        return answer
    before = connection.scalar(_ATTEMPTS, {"the": entry.id}) or 0
    if before + 1 < TRIES:
        return Answer(Outcome.RETRY, answer.reason, attempts=before + 1, not_before=answer.not_before)
    return Answer(Outcome.QUARANTINED, f"gave up after {TRIES} tries: {answer.reason}")


@dataclass(frozen=True, slots=True)
class Kept:
    """What came over the wire, packed before the writer's lock is taken, and what was read from it. ``further`` are
    the answers with the article's other pages.
    """

    response: Packed | None
    sent: bytes | None
    reading: Reading = PLAIN
    further: tuple[tuple[Packed | None, bytes | None], ...] = ()

    @classmethod
    def of(cls, response: bytes | None, hops: Sequence[Hop], reading: Reading = PLAIN) -> Kept:
        further = tuple((pack(each.body), pack_hops(each.hops)) for each in reading.further)
        return cls(pack(response), pack_hops(hops), reading, further)


def keep_page(connection: Connection, article: Article, kept: Kept, now: datetime) -> tuple[Outcome, str]:
    """An article as its page says now, with how the page was asked for wherever its bytes are kept."""
    became = _keep_article(connection, article, kept, now)
    outcome = became.outcome
    if became.id != article.id or became.poorer:
        return outcome, became.id
    stored = outcome is Outcome.STORED  # with its bytes, then
    if kept.response is not None and (stored or is_kept(connection, kept.response.digest)):
        keep_hops(connection, article.id, kept.response.digest, kept.sent, now)
    if stored:
        for packed, sent in kept.further:
            keep_hops(connection, article.id, keep(connection, packed), sent, now)
    if stored and became.revision == 1 and replace(kept.reading, further=()) == PLAIN:
        return outcome, became.id  # a new article, and nothing to say of it: nearly all
    if keep_reading(connection, article.id, became.revision, kept.reading, now) and not stored:
        announce(connection, Event.LABELLED, [article.id], now=now)
    return outcome, became.id


@dataclass(frozen=True, slots=True)
class _Became:
    """``id`` is of the article that the entry leads to. ``poorer``: less was read than is there."""

    outcome: Outcome
    id: str
    revision: int
    poorer: bool = False


def _keep_article(connection: Connection, article: Article, kept: Kept, now: datetime) -> _Became:
    known = connection.execute(_KNOWN, {"the": article.id}).first()
    if known is not None:
        poorer = _is_poorer(connection, known, article, kept.reading)
        outcome = _keep_known(connection, known, article, kept.response, now, poorer=poorer)
        return _Became(outcome, article.id, known.revision + (outcome is Outcome.STORED), poorer)
    twin = _twin_of(connection, article)
    if twin is not None:
        return _Became(Outcome.DUPLICATE_TEXT, twin, 1)
    _keep_new(connection, article, kept.response, now)
    return _Became(Outcome.STORED, article.id, 1)


def _is_poorer(connection: Connection, known: Row[Any], article: Article, reading: Reading) -> bool:
    """The feed's words where we have the page's; a part of an article that is here whole."""
    if article.text_from is TextFrom.FEED and known.text_from == TextFrom.PAGE:
        return True
    return reading.extent is not Extent.WHOLE and not is_part(connection, article.id)


def _twin_of(connection: Connection, article: Article) -> str | None:
    """The first article of this outlet with the same title and text. No text is no evidence."""
    twin = _twin(article)
    if not twin:
        return None
    return connection.scalar(_TWIN, {"of_outlet": article.outlet, "same": twin})


def _keep_new(connection: Connection, article: Article, response: Packed | None, now: datetime) -> None:
    row = {
        "id": article.id,
        "url": article.url,
        "outlet": article.outlet,
        "language": article.language,
        "text_from": article.text_from,
        "seen_at": article.seen_at,
        "stored_at": now,
        "revision": 1,
        "twin": _twin(article),
    }
    connection.execute(_ADD_ARTICLE, row | _time(article, article.seen_at))
    _add_revision(connection, article, 1, article.seen_at, _evidence(connection, article, response))
    announce(connection, Event.ARTICLE, [article.id], now=now)


def _keep_known(
    connection: Connection, known: Row[Any], article: Article, response: Packed | None, now: datetime, *, poorer: bool
) -> Outcome:
    if poorer or known.words == _words(article):
        _fill_in(connection, known, article, response, now)
        return Outcome.UNCHANGED
    number = known.revision + 1
    _add_revision(connection, article, number, now, _evidence(connection, article, response))
    changes = {
        "revision": number,
        "revised_at": now,
        "text_from": article.text_from,
        "language": article.language,
        "twin": _twin(article),
    }
    if known.published_at is None:
        changes |= _time(article, known.seen_at)
    connection.execute(update(articles).where(articles.c.id == article.id).values(changes))
    announce(connection, Event.REVISION, [article.id], now=now)
    return Outcome.STORED


def _fill_in(connection: Connection, known: Row[Any], article: Article, response: Packed | None, now: datetime) -> None:
    this = articles.c.id == article.id
    if known.text_from == TextFrom.FEED and article.text_from is TextFrom.PAGE:
        connection.execute(update(articles).where(this).values(text_from=TextFrom.PAGE))
        kept = _evidence(connection, article, response)
        if kept is not None:
            current = (revisions.c.article_id == article.id) & (revisions.c.number == known.revision)
            connection.execute(update(revisions).where(current).values(response=kept))
    if known.published_at is None and article.published_at is not None:
        connection.execute(update(articles).where(this).values(_time(article, known.seen_at)))
        announce(connection, Event.REVISION, [article.id], now=now)


def _add_revision(
    connection: Connection, article: Article, number: int, seen_at: datetime, response: str | None
) -> None:
    row = {
        "article_id": article.id,
        "number": number,
        "title": article.title,
        "lead": article.lead,
        "text": article.text,
        "words": _words(article),
        "seen_at": seen_at,
        "response": response,
    }
    connection.execute(_ADD_REVISION, row)


def _evidence(connection: Connection, article: Article, response: Packed | None) -> str | None:
    """The address of the bytes at hand, or of those the article names, if they are kept."""
    if response is not None or article.response is None:
        return keep(connection, response)
    return article.response if is_kept(connection, article.response) else None


def _time(article: Article, seen_at: datetime) -> dict[str, Any]:
    return {
        "published_at": article.published_at,
        "published_offset": offset_of(article.published_at),
        "published_from": article.published_from,
        "sorted_at": article.published_at or seen_at,
    }


def _words(article: Article) -> str:
    return _digest([article.title, article.lead, article.text])


def _twin(article: Article) -> str:
    return _digest([article.title, article.text]) if article.text.strip() else ""


def _digest(texts: Sequence[str]) -> str:
    """Equal for texts that differ only in white space or in how accents are composed."""
    cleaned = (" ".join(unicodedata.normalize("NFC", storable(text)).split()) for text in texts)
    return hashlib.blake2b("\x1f".join(cleaned).encode(), digest_size=16).hexdigest()
