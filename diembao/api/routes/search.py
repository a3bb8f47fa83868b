"""Search, by page. It reads the searchable copy.

A page by time begins at a moment, not at a count: what is collected meanwhile neither repeats nor hides anything. A
page by score begins at a count, as far as an index answers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any, Final

from fastapi import FastAPI, Query

from diembao.api import cursors, frame, shapes
from diembao.api.cursors import Cursor, Limit, Place
from diembao.api.frame import Frame
from diembao.core.article import Labelled
from diembao.core.highlight import Sought, as_html, passage, sought
from diembao.core.ports import SortBy
from diembao.core.query import Bool, Range
from diembao.core.query import Query as Tree
from diembao.core.quotes import words_of
from diembao.core.searchable import Hits

# Characters of a query; an index answers 10,000 deep at most.
QUERY_LENGTH, DEEPEST = 2000, 9_900
# Moments in cursors are seconds since then, up to a time that every index can hold.
START: Final = datetime(1900, 1, 1, tzinfo=UTC)
END: Final = datetime(2200, 1, 1, tzinfo=UTC)

Typed = Annotated[
    str,
    Query(
        max_length=QUERY_LENGTH,
        description="As typed in the dashboard's search box; empty: all",
        examples=["nước thải", 'thái_độ:critical "sông Côn"'],
    ),
]
Sort = Annotated[SortBy | None, Query(description="Best match for a query, newest for none, where it is not said")]


@dataclass(frozen=True, slots=True)
class Page:
    """Ids of one page; ``place`` is where the next begins, None after the last."""

    ids: tuple[str, ...]
    items: Sequence[Labelled]
    total: int
    place: Place | None


def add(app: FastAPI, its: Frame) -> None:
    @app.get(
        "/v1/search",
        summary="Articles that match a query, those not about the province too",
        response_model=shapes.Search,
    )
    def search(q: Typed = "", sort: Sort = None, limit: Limit = 20, cursor: Cursor = "") -> dict[str, Any]:
        order = sort or (SortBy.SCORE if q.strip() else SortBy.NEWEST)
        question = f"search:{order}:{q}"
        query = its.house.query(q, its.now())
        page = read_page(its, query, order, limit, place_in(question, cursor, order))
        following = cursors.write(question, page.place) if page.place else None
        return told(its, query, page) | {"q": q, "sort": order, "limit": limit, "next": following}


def told(its: Frame, query: Tree, page: Page) -> dict[str, Any]:
    """The articles of a page, each with what was asked for in its words."""
    asked = sought(query)
    articles = [frame.article(its.house, each) | {"passage": _passage(each, asked)} for each in page.items]
    return {"total": page.total, "articles": articles}


def place_in(question: str, cursor: str, order: SortBy) -> Place | None:
    """Raises:
    WrongUse: the cursor was not given out for this.
    """
    place = cursors.read(question, cursor, "ii" if order is SortBy.SCORE else "iii")
    if place and order is SortBy.SCORE and int(place[0]) > DEEPEST:
        raise cursors.wrong()
    if place and order is not SortBy.SCORE and (int(place[0]) > _seconds(END) or int(place[1]) > DEEPEST):
        raise cursors.wrong()
    return place


def read_page(its: Frame, query: Tree, order: SortBy, limit: int, place: Place | None) -> Page:
    """``place`` holds the offset and the total (by score), or a second, how many of it were shown, and the total."""
    if order is SortBy.SCORE:
        return _by_score(its, query, limit, place)
    hits = by_time(its, query, order, limit, place)
    items = its.house.store.rows([hit.id for hit in hits.hits])
    shown, total = (int(place[1]), int(place[2])) if place else (0, hits.total)
    more = shown + len(hits.hits) < hits.total and items
    following = place_after([item.article.when for item in items], place, total) if more else None
    return Page(tuple(hit.id for hit in hits.hits), items, total, following)


def by_time(its: Frame, query: Tree, order: SortBy, limit: int, place: Place | None) -> Hits:
    """From a place on; their total is that of what is left and of the second that was begun."""
    narrowed = Bool(must=(query, _from(int(place[0]), order))) if place else query
    return its.house.index.search(narrowed, sort=order, offset=int(place[1]) if place else 0, limit=limit)


def _by_score(its: Frame, query: Tree, limit: int, place: Place | None) -> Page:
    offset, total = (int(part) for part in place) if place else (0, None)
    hits = its.house.index.search(query, sort=SortBy.SCORE, offset=offset, limit=limit)
    ids = tuple(hit.id for hit in hits.hits)
    end = offset + len(ids)
    total = hits.total if total is None else total
    following = [end, total] if ids and end < hits.total and end <= DEEPEST else None
    return Page(ids, its.house.store.rows(ids), total, following)


def _from(second: int, order: SortBy) -> Range:
    """From this second on, itself included."""
    begin = START + timedelta(seconds=second)
    if order is SortBy.NEWEST:
        return Range("published", None, begin + timedelta(seconds=1))
    return Range("published", begin, None)


def place_after(times: Sequence[datetime], place: Place | None, total: int) -> Place:
    """After articles of these times, in the order of the list, which began at ``place``."""
    last = _seconds(times[-1])
    of_it = sum(_seconds(each) == last for each in times)
    return [last, of_it + (int(place[1]) if place and place[0] == last else 0), total]


def _seconds(when: datetime) -> int:
    return int((min(max(when, START), END) - START).total_seconds())


def _passage(item: Labelled, asked: Sought) -> str | None:
    """What was asked for in the article's words, as safe HTML with <mark>."""
    return as_html(passage(words_of(item), asked)) or None
