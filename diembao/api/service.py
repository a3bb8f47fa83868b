"""The open API: read only, under /api/v1. Times are ISO 8601 with their offset, texts NFC.

It serves articles and cases, never people: there is no field, facet or search by journalist.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Annotated, Any, Final

from fastapi import FastAPI, Path, Query
from fastapi.responses import JSONResponse

from diembao.api import cases, problems
from diembao.core.article import Label, Labelled, Revision
from diembao.core.errors import IndexAway
from diembao.core.highlight import Sought, as_html, passage, sought
from diembao.core.ports import SortBy
from diembao.core.quotes import words_of
from diembao.pipeline.wiring import Installation

# Characters of a query, hits of one answer, hits that may be skipped: an index answers 10,000 deep at most.
QUERY_LENGTH, LIMIT, OFFSET = 2000, 100, 9_900
# Characters of a lead in a list.
LEAD: Final = 500
# Steps of the pipeline whose bookmarks are told.
STEPS: Final = ("judge", "group", "join", "index", "alert")

Typed = Annotated[str, Query(max_length=QUERY_LENGTH, description="As typed in the dashboard's search box; empty: all")]
Limit = Annotated[int, Query(ge=1, le=LIMIT)]
Offset = Annotated[int, Query(ge=0, le=OFFSET)]
Sort = Annotated[SortBy | None, Query(description="Best match for a query, newest for none, where it is not said")]
ArticleId = Annotated[str, Path(pattern="^[0-9a-f]{16}$")]


def create_app(installation: Installation, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> FastAPI:
    """The application to mount at /api."""
    app = FastAPI(
        title="Điểm Báo",
        version="1",
        description=__doc__ or "",
        # The pages that FastAPI offers for reading its description load scripts from elsewhere.
        docs_url=None,
        redoc_url=None,
        openapi_url="/v1/openapi.json",
    )
    problems.install(app)

    @app.get("/v1/health", summary="How much there is, and how fresh")
    def health() -> dict[str, Any]:
        return _health(installation)

    @app.get("/v1/search", summary="Articles that match a query, those not about the province too")
    def search(q: Typed = "", limit: Limit = 20, offset: Offset = 0, sort: Sort = None) -> dict[str, Any]:
        query = installation.query(q, now())
        order = sort or (SortBy.SCORE if q.strip() else SortBy.NEWEST)
        hits = installation.index.search(query, sort=order, offset=offset, limit=limit)
        items = installation.store.articles([hit.id for hit in hits.hits])
        asked = sought(query)
        answer = [_summary(installation, item) | {"passage": _passage(item, asked)} for item in items]
        return {"q": q, "sort": order, "total": hits.total, "offset": offset, "limit": limit, "articles": answer}

    @app.get("/v1/articles/{article_id}", summary="An article, its labels with their reasons, its revisions")
    def article(article_id: ArticleId) -> Any:  # noqa: ANN401 (an article or a problem)
        item = installation.store.article(article_id)
        if item is None:
            missing = f"Không có bài {article_id}.", f"There is no article {article_id}."
            return problems.problem(404, *missing, kind="urn:diembao:problem:article")
        return _whole(installation, item, installation.store.revisions(article_id))

    cases.add(app, installation, now)

    @app.api_route("/{rest:path}", methods=["GET", "HEAD"], include_in_schema=False)
    def nothing(rest: str) -> JSONResponse:  # noqa: ARG001
        return problems.problem(404, "Không có địa chỉ này.", "There is no such address.")

    return app


def _health(house: Installation) -> dict[str, Any]:
    last = house.store.last_run()
    run = None
    if last is not None:
        counts, started, ended = last
        run = {"run": counts.run, "started_at": started, "ended_at": ended, "counts": counts.as_json()}
    return {
        "status": "ok",
        "province": house.profile.id,
        "articles": house.store.size(),
        "log_head": house.store.head(),
        "bookmarks": {step: house.store.bookmark(step) for step in STEPS},
        "index": _index(house),
        "last_run": run,
    }


def _index(house: Installation) -> dict[str, Any]:
    """Null, and why: it cannot be asked now."""
    try:
        return {"articles": house.index.size(), "position": house.index.position(), "away": None}
    except IndexAway as error:
        return {"articles": None, "position": None, "away": str(error)}


def _passage(item: Labelled, asked: Sought) -> str | None:
    """What was asked for in the article's words, as safe HTML with <mark>."""
    return as_html(passage(words_of(item), asked)) or None


def _summary(house: Installation, item: Labelled) -> dict[str, Any]:
    article = item.article
    outlet = house.outlets.get(article.outlet)
    return {
        "id": article.id,
        "url": article.url,
        "outlet": {
            "id": article.outlet,
            "name": outlet.name if outlet else article.outlet,
            "country": outlet.country if outlet else None,
        },
        "title": article.title,
        "lead": article.lead[:LEAD],
        "language": article.language,
        "published_at": article.published_at,
        "published_from": article.published_from,
        "seen_at": article.seen_at,
        "revision": article.revision,
        "labels": [_label(item, label) for label in item.labels],
    }


def _whole(house: Installation, item: Labelled, revisions: Sequence[Revision]) -> dict[str, Any]:
    article = item.article
    return _summary(house, item) | {
        "lead": article.lead,
        "text": article.text,
        "text_from": article.text_from,
        "revised_at": article.revised_at,
        "response": article.response,
        "revisions": [_revision(revision) for revision in revisions],
    }


def _label(item: Labelled, label: Label) -> dict[str, Any]:
    return {
        "kind": label.kind,
        "key": label.key,
        "about": label.about,
        "revision": label.revision,
        "score": label.score,
        "by": label.by,
        "why": label.why,
        "at": label.at,
        "look_again": item.look_again(label),
    }


def _revision(revision: Revision) -> dict[str, Any]:
    return {
        "number": revision.number,
        "title": revision.title,
        "lead": revision.lead,
        "text": revision.text,
        "seen_at": revision.seen_at,
        "response": revision.response,
    }
