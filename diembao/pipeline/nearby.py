"""Articles that are like one article: by what they say, whichever words and language they say it in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Final

from diembao.core.article import Kind, Labelled, Role
from diembao.core.ports import Hit
from diembao.pipeline.wiring import Installation

SHOWN: Final = 5
# Days before and after the article in which others are looked for: what is older is another year's news.
WINDOW: Final = timedelta(days=365)
# The nearest that are looked at to find one article of each of so many stories.
LOOKED_AT: Final = 200


class Likeness(StrEnum):
    """How near, in words: a product of vectors says nothing to a reader."""

    VERY = "very"
    CLOSE = "close"
    RELATED = "related"


# The least product of each (docs/quality.md, "Similar articles"); what is farther is not shown.
LEAST: Final = ((Likeness.VERY, 0.8), (Likeness.CLOSE, 0.65), (Likeness.RELATED, 0.5))


# An article of the same story from this product on is the same text again, whatever its role is called.
SAME_TEXT: Final = 0.995


@dataclass(frozen=True, slots=True)
class Near:
    """``same_story``: it tells of the event of the article itself."""

    item: Labelled
    likeness: Likeness
    score: float
    same_story: bool


def similar(house: Installation, article_id: str, limit: int = SHOWN) -> Sequence[Near] | None:
    """The articles about the province that are nearest, no copies of this one, one of each story, the nearest first.

    None: nothing can be said (yet), for the article has no vector.
    """
    vector = house.kept_vectors.vector(article_id)
    here = house.store.article(article_id)
    if vector is None or here is None or not vector.any():
        return None
    start, end = here.article.when - WINDOW, here.article.when + WINDOW
    about = [each for each in house.store.published_between(start, end, about=house.profile.id) if each != article_id]
    found = house.kept_vectors.search(vector, LOOKED_AT, among=about)
    return tuple(_told(house, here, found, limit))


def _told(house: Installation, here: Labelled, found: Sequence[Hit], limit: int) -> Iterator[Near]:
    scores = {hit.id: hit.score for hit in found}
    told: set[str] = set()
    for item in house.store.articles([hit.id for hit in found]):
        likeness = _likeness(scores[item.article.id])
        if likeness is None or len(told) == limit:
            return
        story = item.key(Kind.STORY) or item.article.id
        same = story == here.key(Kind.STORY)
        if story in told or (same and _is_copy(item, here, scores[item.article.id])):
            continue
        told.add(story)
        yield Near(item, likeness, scores[item.article.id], same)


def _is_copy(item: Labelled, here: Labelled, score: float) -> bool:
    return score >= SAME_TEXT or Role.COPY in {item.key(Kind.ROLE), here.key(Kind.ROLE)}


def _likeness(score: float) -> Likeness | None:
    return next((likeness for likeness, least in LEAST if score >= least), None)
