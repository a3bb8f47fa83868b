"""Editions of one article in two languages: of one story, and one text, not two.

They are two articles (each is read, judged and shown in its own language); the later one counts as a copy.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from diembao.core.article import Article, Role
from diembao.core.ports import Placed
from diembao.core.reading import Twin
from diembao.core.ties import Tie

BY = "rules"
WHY = "bản ngôn ngữ khác của cùng một bài, trang tự khai (hreflang)"


def as_ties(twins: Iterable[Twin], now: datetime) -> list[Tie]:
    """For the grouper: a person's word that sets them apart still holds."""
    return [Tie(twin.article, twin.other, together=True, by=BY, why=WHY, at=now) for twin in twins]


def with_twins(placed: Iterable[Placed], articles: Iterable[Article], twins: Sequence[Twin]) -> Mapping[str, Placed]:
    """By article; one whose twin came before it in the same story is its copy."""
    found = {place.article_id: place for place in placed}
    of = {article.id: article for article in articles}
    for twin in twins:
        later, earlier = found.get(twin.article), found.get(twin.other)
        if later and earlier and later.story == earlier.story and _turn(of[twin.other]) < _turn(of[twin.article]):
            found[twin.article] = replace(later, role=Role.COPY, why=f"{WHY}: “{of[twin.other].title[:120]}”")
    return found


def _turn(article: Article) -> tuple[datetime, str]:
    return article.when, article.id
