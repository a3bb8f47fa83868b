"""Many articles with their labels put into a record at once, where the way in is not what is measured."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from typing import Any, Final

from sqlalchemy import insert

from diembao.core.article import Article, Label
from diembao.core.document import document
from diembao.core.ports import Event
from diembao.pipeline.wiring import Installation
from diembao.store.log import announce
from diembao.store.tables import articles, labels, revisions

TOGETHER: Final = 1000

Judged = tuple[Article, list[Label]]


def load(house: Installation, found: Iterable[Judged]) -> int:
    """Stored, judged and searchable; how many. Every article is its own first revision, and new to the record."""
    database = house.store._database  # type: ignore[attr-defined]  # noqa: SLF001 (what stands below the store)
    loaded, rest = 0, iter(found)
    while part := list(islice(rest, TOGETHER)):
        with database.writing() as connection:
            connection.execute(insert(articles), [_article(each) for each, _ in part])
            connection.execute(insert(revisions), [_revision(each) for each, _ in part])
            connection.execute(insert(labels), [_label(label, each) for each, given in part for label in given])
            announce(connection, Event.ARTICLE, [each.id for each, _ in part], now=part[0][0].seen_at)
        items = house.store.articles([each.id for each, _ in part])
        house.index.put(document(x, provinces=[house.viewed], country=house.country(x.article.outlet)) for x in items)
        loaded += len(part)
    house.index.mark(house.store.head())
    return loaded


def _article(its: Article) -> dict[str, Any]:
    offset = its.published_at.utcoffset() if its.published_at else None
    return {
        **{name: getattr(its, name) for name in ("id", "url", "outlet", "language", "text_from", "published_at")},
        **{name: getattr(its, name) for name in ("published_from", "seen_at", "revision", "revised_at")},
        "published_offset": offset.total_seconds() if offset is not None else None,
        "sorted_at": its.when,
        "stored_at": its.seen_at,
        "twin": "",
    }


def _revision(its: Article) -> dict[str, Any]:
    told = {name: getattr(its, name) for name in ("title", "lead", "text", "seen_at", "response")}
    return {"article_id": its.id, "number": its.revision, "words": its.id, **told}


def _label(label: Label, its: Article) -> dict[str, Any]:
    told = {name: getattr(label, name) for name in ("article_id", "kind", "key", "about", "revision", "score", "why")}
    return {**told, "given_by": label.by, "by_person": label.by_person, "at": its.seen_at, "ended_at": None}
