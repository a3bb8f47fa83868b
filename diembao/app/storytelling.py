"""`diembao stories`: what is told, story by story: its headline, how many articles and distinct texts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Annotated, Any, Final
from zoneinfo import ZoneInfo

import typer

from diembao.app.finding import article_named
from diembao.app.options import AsJson, Home, opened, print_json
from diembao.core.article import Kind, Labelled
from diembao.core.errors import WrongUse
from diembao.core.headlines import Headline, headlines, language
from diembao.pipeline.wiring import Installation

stories_app = typer.Typer(help="Chuyện: các bài về một việc. Articles about one event.", no_args_is_help=True)

REACH: Final = timedelta(days=14)  # back from now
_AT_ONCE: Final = 200  # articles read at once


@stories_app.command("list")
def list_all(
    home: Home = None,
    limit: Annotated[int, typer.Option(min=1, max=500, help="Số chuyện. How many.")] = 20,
    as_json: AsJson = False,
) -> None:
    """Các chuyện hai tuần qua, bài mới nhất trước. Stories of two weeks, by their newest article."""
    from diembao.pipeline.worker import utc_now

    with opened(home) as house:
        found = told(house, newest(house, utc_now(), limit))
    if as_json:
        print_json({"stories": found})
        return
    for one in found:
        typer.echo(_line(one))


@stories_app.command("show")
def show(
    named: Annotated[str, typer.Argument(help="Số hoặc đường dẫn của một bài. An article of it.")],
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Chuyện của một bài: từng bài, vai của nó, vì sao. Its articles, their roles, and why each is in it."""
    with opened(home) as house:
        story = article_named(house, named).key(Kind.STORY)
        if story is None:
            raise WrongUse("Bài này chưa thuộc chuyện nào. / This article is in no story.")
        items = house.store.articles(house.store.story_members([story])[story])
        found = told(house, [story])[0] | {"members": [_member(house, item) for item in items]}
        zone = house.profile.timezone
    if as_json:
        print_json(found)
        return
    typer.echo(_line(found))
    for one in found["members"]:
        when = datetime.fromisoformat(one["published"]).astimezone(ZoneInfo(zone))
        typer.echo(f"    {when:%d/%m/%Y %H:%M} · {one['outlet']} · {one['title']}\n        {one['role']}: {one['why']}")


def newest(house: Installation, now: datetime, limit: int) -> list[str]:
    """Stories by their newest article, newest first."""
    ids = house.store.published_between(now - REACH, now, about=house.profile.id)[::-1]
    found: dict[str, None] = {}
    for start in range(0, len(ids), _AT_ONCE):
        newest_first = sorted(house.store.articles(ids[start : start + _AT_ONCE]), key=_when, reverse=True)
        found |= dict.fromkeys(_stories(newest_first))
        if len(found) >= limit:
            break
    return list(found)[:limit]


def _when(item: Labelled) -> tuple[datetime, str]:
    return item.article.when, item.article.id


def _stories(items: Iterable[Labelled]) -> Iterable[str]:
    return (story for item in items if (story := item.key(Kind.STORY)))


def told(house: Installation, stories: Sequence[str]) -> list[dict[str, Any]]:
    heads, sizes = headlines(house.store, stories), house.store.story_sizes(stories)
    return [_told(story, heads[story], sizes[story]) for story in stories if story in heads]


def _told(story: str, headline: Headline, size: tuple[int, int]) -> dict[str, Any]:
    original = headline.original
    return {
        "id": story,
        "title": headline.title,
        "language": language(headline.item),
        "original": original.article.title if original else None,
        "articles": size[0],
        "texts": size[1],
    }


def _member(house: Installation, item: Labelled) -> dict[str, Any]:
    label = next((label for label in item.labels if label.kind is Kind.ROLE), None)
    return {
        "id": item.article.id,
        "title": item.article.title,
        "outlet": house.outlet_name(item.article.outlet),
        "published": item.article.when.isoformat(),
        "language": language(item),
        "role": label.key if label else None,
        "why": label.why if label else "",
    }


def _line(one: dict[str, Any]) -> str:
    beside = f" (bản gốc: {one['original']})" if one["original"] else ""
    return f"{one['id']} · {one['title']}{beside}\n    {one['articles']} bài, {one['texts']} văn bản khác nhau"
