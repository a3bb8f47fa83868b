"""What the routes of the API share: the installation, the clock, and how articles and labels are told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any, Final

from fastapi import Path
from fastapi.responses import JSONResponse

from diembao.api import problems
from diembao.core.article import Label, Labelled
from diembao.core.opinion import SECOND_KINDS, Gist
from diembao.pipeline.wiring import Installation

# Characters of a lead in a list.
LEAD: Final = 500

ArticleId = Annotated[str, Path(pattern="^[0-9a-f]{16}$", examples=["0f8b1c2d3e4a5b6c"])]


@dataclass(frozen=True)
class Frame:
    house: Installation
    now: Callable[[], datetime]


def no_article(article_id: str) -> JSONResponse:
    missing = f"Không có bài {article_id}.", f"There is no article {article_id}."
    return problems.problem(404, *missing, kind="urn:diembao:problem:article")


def article(house: Installation, item: Labelled) -> dict[str, Any]:
    its = item.article
    outlet = house.outlets.get(its.outlet)
    return {
        "id": its.id,
        "url": its.url,
        "outlet": {
            "id": its.outlet,
            "name": outlet.name if outlet else its.outlet,
            "country": outlet.country if outlet else None,
        },
        "title": its.title,
        "lead": its.lead[:LEAD],
        "language": its.language,
        "published_at": its.published_at,
        "published_from": its.published_from,
        "seen_at": its.seen_at,
        "revision": its.revision,
        "labels": labels(house, item),
    }


def labels(house: Installation, item: Labelled) -> list[dict[str, Any]]:
    """Those in force that are told."""
    all_told = house.settings.opinion.on  # asked once: a list has hundreds of labels
    return [label(item, each) for each in item.labels if all_told or each.kind not in SECOND_KINDS]


def is_told(house: Installation, given: Label) -> bool:
    """A language model's opinions are told where one is set."""
    return house.settings.opinion.on or given.kind not in SECOND_KINDS


def label(item: Labelled, given: Label) -> dict[str, Any]:
    return judgement(given) | {"look_again": item.look_again(given)}


def judgement(given: Label) -> dict[str, Any]:
    return {
        "kind": given.kind,
        "key": given.key,
        "about": given.about,
        "revision": given.revision,
        "score": given.score,
        "by": given.by,
        "why": given.why,
        "at": given.at,
    }


def gist(one: Gist) -> dict[str, Any]:
    return {
        "language": one.language,
        "revision": one.revision,
        "text": one.words,
        "passage": one.passage,
        "told": one.told,
        "model": one.model,
        "at": one.at,
        "verdict": one.verdict.value if one.verdict else None,
        "by": one.by,
        "judged_at": one.judged_at,
    }
