"""Stories: articles about one event."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Annotated, Any, Final

from fastapi import FastAPI, Path
from fastapi.responses import JSONResponse

from diembao.api import cursors, frame, problems, shapes
from diembao.api.cursors import Cursor, Limit, Place
from diembao.api.frame import Frame
from diembao.api.routes.search import Typed, by_time, place_after, place_in
from diembao.core.headlines import Headline, headlines, language
from diembao.core.ports import SortBy
from diembao.core.query import All, Bool, Query, Terms

# Articles looked at for one page at most: a story stands where its newest article does, and is shown once.
ROUNDS, AT_ONCE = 3, 100
# Articles of a story that are counted by outlet and role.
COUNTED: Final = 2000

StoryId = Annotated[str, Path(pattern="^[0-9A-Za-z][0-9A-Za-z-]{0,63}$", examples=["0f8b1c2d3e4a5b6c"])]


def add(app: FastAPI, its: Frame) -> None:
    store = its.house.store

    @app.get(
        "/v1/stories",
        summary="Stories by their newest article that matches a query, newest first",
        response_model=shapes.Stories,
    )
    def stories(q: Typed = "", limit: Limit = 20, cursor: Cursor = "") -> dict[str, Any]:
        question = f"stories:{q}" if q.strip() else "stories"
        place = place_in(question, cursor, SortBy.NEWEST)
        found, place = _page(its, its.house.query(q, its.now()), limit, place)
        return {"stories": found, "next": cursors.write(question, place) if place else None}

    @app.get("/v1/stories/{story}", summary="A story, its texts and outlets counted", response_model=shapes.StoryWhole)
    def story(story: StoryId) -> Any:  # noqa: ANN401 (a story or a problem)
        members = store.story_members([story])[story]
        told = _told(its, {story: members}, {}).get(story)
        if told is None:
            return _no_story(story)
        items = store.rows(members[:COUNTED])
        return told | {"outlets": sorted({item.article.outlet for item in items})}

    @app.get(
        "/v1/stories/{story}/articles", summary="Its articles, earliest first", response_model=shapes.StoryArticles
    )
    def articles(story: StoryId, limit: Limit = 20, cursor: Cursor = "") -> Any:  # noqa: ANN401 (or a problem)
        question = f"story:{story}"
        place = cursors.read(question, cursor, "s")
        members = store.story_members([story])[story]
        if not members:
            return _no_story(story)
        if place and place[0] not in members:  # regrouped since
            raise cursors.wrong()
        left = members[members.index(str(place[0])) + 1 :] if place else members
        page = store.rows(left[:limit])
        return {
            "story": story,
            "articles": [frame.article(its.house, item) for item in page],
            "next": cursors.write(question, [left[limit - 1]]) if len(left) > limit else None,
        }


def _page(its: Frame, query: Query, limit: int, place: Place | None) -> tuple[list[dict[str, Any]], Place | None]:
    """As many stories as were asked for, or as `ROUNDS` pages of articles have."""
    found: dict[str, Sequence[str]] = {}
    stands: dict[str, tuple[datetime, str]] = {}
    for _ in range(ROUNDS):
        read, place = _read_on(its, query, limit - len(found), place, stands)
        found |= read
        if place is None or len(found) == limit:
            break
    told = _told(its, found, stands)
    return [told[story] for story in found if story in told], place


def _read_on(
    its: Frame, query: Query, wanted: int, place: Place | None, stands: dict[str, tuple[datetime, str]]
) -> tuple[dict[str, Sequence[str]], Place | None]:
    """The stories, with their articles, whose newest article that matches is among the next ones; and where the list
    goes on, behind the last that was wanted. ``stands`` gets the places of all that were looked at.
    """
    hits = by_time(its, query, SortBy.NEWEST, AT_ONCE, place)
    read = its.house.store.story_places([hit.id for hit in hits.hits])
    stands |= read
    members = its.house.store.story_members(list(dict.fromkeys(story for _, story in read.values() if story)))
    found: dict[str, Sequence[str]] = {}
    times: list[datetime] = []
    for article_id, (when, story) in ((hit.id, stands[hit.id]) for hit in hits.hits):
        if len(found) == wanted:
            break
        times.append(when)
        # The first of a story in the whole list is its newest.
        is_first = place is None and query != All() and story not in found
        if story and (is_first or article_id == _newest(its, query, story, members[story])):
            found[story] = members[story]
    shown, total = (int(place[1]), int(place[2])) if place else (0, hits.total)
    return found, place_after(times, place, total) if times and shown + len(times) < hits.total else None


def _newest(its: Frame, query: Query, story: str, members: Sequence[str]) -> str:
    """Asked of the index only where an article of the story may not match."""
    if len(members) < 2 or query == All():
        return members[-1] if members else ""
    narrowed = Bool(must=(query, Terms("story", (story,))))
    return next((hit.id for hit in its.house.index.search(narrowed, sort=SortBy.NEWEST, limit=1).hits), "")


def _told(
    its: Frame, members: Mapping[str, Sequence[str]], stands: Mapping[str, tuple[datetime, str]]
) -> dict[str, dict[str, Any]]:
    store, told = its.house.store, [story for story, ids in members.items() if ids]
    ends = {end for story in told for end in (members[story][0], members[story][-1])}
    unread = list(ends - stands.keys())
    stands = {**stands, **store.story_places(unread)} if unread else stands
    heads, sizes = headlines(store, told), store.sizes_of({story: members[story] for story in told})
    return {
        story: {
            "id": story,
            **_titled(heads[story]),
            "first_at": stands[members[story][0]][0],
            "last_at": stands[members[story][-1]][0],
            "articles": sizes[story][0],
            "texts": sizes[story][1],
        }
        for story in told
        if story in heads
    }


def _titled(headline: Headline) -> dict[str, Any]:
    original = headline.original
    return {
        "title": headline.title,
        "language": language(headline.item),
        "original": {"title": original.article.title, "language": language(original)} if original else None,
    }


def _no_story(story: str) -> JSONResponse:
    missing = f"Không có chuyện {story}.", f"There is no story {story}."
    return problems.problem(404, *missing, kind="urn:diembao:problem:story")
