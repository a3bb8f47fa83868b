"""What an outlet shows of another one's text before its paywall is no text of its own, however short it is."""

from __future__ import annotations

import functools
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import replace
from typing import Final

from diembao.core.analysis import tokens
from diembao.core.article import Article, Kind, Labelled, Role
from diembao.core.ports import Placed
from diembao.core.reading import Extent

# Words of a beginning, the last one aside (it may be cut): fewer stand alike in texts of different hands.
LEAST: Final = 8
WHY: Final = "chỉ có phần đầu, và phần ấy nằm trong"


def stubs_of(items: Iterable[Labelled]) -> set[str]:
    return {item.article.id for item in items if item.key(Kind.EXTENT) == Extent.STUB}


def with_stubs(
    placed: Mapping[str, Placed], articles: Iterable[Article], stubs: Collection[str]
) -> Mapping[str, Placed]:
    """The same; a stub whose words stand in the whole text of another outlet, of the same story and language, is its
    copy. A story's first article stays its first, and a correction one.
    """
    of = {article.id: article for article in articles}
    found, line = dict(placed), functools.cache(_line)
    for place in placed.values():
        if place.article_id in stubs and place.role == Role.FOLLOW_UP:
            others = (of[x.article_id] for x in placed.values() if x.story == place.story and x.article_id not in stubs)
            whole = _holding(of[place.article_id], others, line)
            if whole:
                why = f"{WHY} “{whole.title[:120]}” ({whole.outlet})"
                found[place.article_id] = replace(place, role=Role.COPY, why=why)
    return found


def _holding(stub: Article, others: Iterable[Article], line: Callable[[Article], str]) -> Article | None:
    words = [token.folded for token in tokens(stub.text or stub.lead)][:-1]
    if len(words) < LEAST:
        return None
    beginning = f" {' '.join(words)} "
    alike = (x for x in others if x.outlet != stub.outlet and x.language == stub.language)
    return next((x for x in alike if beginning in line(x)), None)


def _line(article: Article) -> str:
    return f" {' '.join(token.folded for token in tokens(f'{article.lead} {article.text}'))} "
