"""Articles, what became of them, their revisions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any, Final

from fastapi import FastAPI, Query

from diembao.api import cursors, frame, shapes
from diembao.api.cursors import Cursor, Limit
from diembao.api.following import Mark, now_at
from diembao.api.frame import ArticleId, Frame
from diembao.core.article import Labelled, Revision
from diembao.core.bulk import Followed
from diembao.core.opinion import Gist
from diembao.core.ports import LogEntry
from diembao.core.reading import DateSaid

# Entries of the log that are read for one article of a page: most have three, stored, judged and grouped.
ENTRIES: Final = 4

Since = Annotated[
    int,
    Query(ge=0, le=cursors.LARGEST, description="`position` of an earlier answer: only what has changed since"),
]
WithText = Annotated[bool, Query(description="With the whole lead and text")]


def add(app: FastAPI, its: Frame) -> None:
    _add_changes(app, its)
    _add_one(app, its)


def _add_changes(app: FastAPI, its: Frame) -> None:
    house = its.house

    @app.get(
        "/v1/articles",
        summary="Articles in the order in which something became of them; one comes again when it has changed again",
        response_model=shapes.Changes,
    )
    def articles(
        since: Since = 0,
        mark: Mark = "",
        text: WithText = False,  # noqa: FBT002 (a parameter of the address)
        limit: Limit = 20,
        cursor: Cursor = "",
    ) -> dict[str, Any]:
        question = f"articles:{since}:{mark}:{text}"
        place = cursors.read(question, cursor, "i")
        after = int(place[0]) if place else since
        now_at(house.store, Followed.ARTICLES, after, mark)
        window = limit * ENTRIES
        entries = house.store.changes(after, window)
        last, position = _changed(entries, limit, after)
        read = house.store.articles if text else house.store.heads
        items, gone = read(list(last)), house.store.gone_since(list(last))
        more = len(entries) == window or bool(entries and entries[-1].number > position)
        return {
            "articles": [
                _change(its, item, last[item.article.id], with_text=text) | {"withdrawn_at": gone.get(item.article.id)}
                for item in items
            ],
            "position": position,
            "record": reached.mark if (reached := house.store.place_followed(Followed.ARTICLES, position)) else "",
            "next": cursors.write(question, [position]) if more else None,
        }


def _add_one(app: FastAPI, its: Frame) -> None:
    house = its.house

    @app.get(
        "/v1/articles/{article_id}",
        summary="An article, its labels with their reasons, its revisions by name",
        response_model=shapes.Whole,
    )
    def article(article_id: ArticleId) -> Any:  # noqa: ANN401 (an article or a problem)
        item = house.store.article(article_id)
        return _whole(its, item) if item else frame.no_article(article_id)

    @app.get("/v1/articles/{article_id}/revisions", summary="Its revisions in full", response_model=shapes.Revisions)
    def revisions(article_id: ArticleId, limit: Limit = 20, cursor: Cursor = "") -> Any:  # noqa: ANN401 (or a problem)
        question = f"revisions:{article_id}"
        place = cursors.read(question, cursor, "i")
        found = [each for each in house.store.revisions(article_id) if not place or each.number > int(place[0])]
        if not found and not place:
            return frame.no_article(article_id)
        page = found[:limit]
        following = cursors.write(question, [page[-1].number]) if len(found) > limit else None
        return {"article": article_id, "revisions": [_revision(each) for each in page], "next": following}

    @app.get(
        "/v1/articles/{article_id}/machine-gists",
        summary="What a language model wrote of it and nobody has accepted; what was accepted stands with the article",
        response_model=shapes.Gists,
    )
    def machine_gists(article_id: ArticleId) -> Any:  # noqa: ANN401 (or a problem)
        if house.store.article(article_id) is None:
            return frame.no_article(article_id)
        found = [frame.gist(each) for each in _gists(its, article_id) if not each.accepted]
        return {"article": article_id, "gists": found}


def _gists(its: Frame, article_id: str) -> Sequence[Gist]:
    """None where no language model is set."""
    return its.house.store.gists([article_id]) if its.house.settings.opinion.on else ()


def _changed(entries: Sequence[LogEntry], limit: int, after: int) -> tuple[dict[str, LogEntry], int]:
    """The last entry of each of the first ``limit`` articles, and the number up to which these tell everything."""
    last: dict[str, LogEntry] = {}
    for entry in entries:
        if entry.article_id not in last and len(last) == limit:
            break
        last.pop(entry.article_id, None)
        last[entry.article_id] = entry
        after = entry.number
    return last, after


def _change(its: Frame, item: Labelled, entry: LogEntry, *, with_text: bool) -> dict[str, Any]:
    told = frame.article(its.house, item) | {"change": entry.event.value, "log": entry.number}
    return told | {"lead": item.article.lead, "text": item.article.text} if with_text else told


def _whole(its: Frame, item: Labelled) -> dict[str, Any]:
    article = item.article
    return frame.article(its.house, item) | {
        "lead": article.lead,
        "text": article.text,
        "text_from": article.text_from,
        "revised_at": article.revised_at,
        "withdrawn_at": its.house.store.gone_since([article.id]).get(article.id),
        "response": article.response,
        "dates": [_said(each) for each in its.house.store.dates_said(article.id)],
        "twins": [{"article": x.other, "language": x.language} for x in its.house.store.twins([article.id])],
        "gists": [frame.gist(each) for each in _gists(its, article.id) if each.accepted],
        "revisions": [_name(each) for each in its.house.store.revisions(article.id)],
    }


def _said(said: DateSaid) -> dict[str, Any]:
    return {"place": said.where, "at": said.at, "raw": said.raw, "refused": said.refused}


def _name(revision: Revision) -> dict[str, Any]:
    return {"number": revision.number, "title": revision.title, "seen_at": revision.seen_at}


def _revision(revision: Revision) -> dict[str, Any]:
    return _name(revision) | {"lead": revision.lead, "text": revision.text, "response": revision.response}
