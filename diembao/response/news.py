"""Is it worth telling? A story is told once, and again only when something about it changed.

| news | when |
|---|---|
| first | the story was not told, and has as many articles as the subscription asks for |
| correction | an outlet corrects what it, or another, wrote |
| stance | an article is critical, or positive, and none that was told was |
| tenfold | the story has ten times the articles that were last told |
| answered | the office issued a statement about it (`pipeline.clocked`) |

Copies and follow-ups without any of these say nothing. Of several at once the first in this order is told. A turn of a
story is told once: what `turn` says is part of the record's key.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from diembao.core.alert import Alert, News
from diembao.core.article import Kind, Labelled, Role

TENFOLD: Final = 10
# Neutral is no news: nearly everything is.
TELLING: Final = frozenset(("critical", "positive"))


@dataclass(frozen=True, slots=True)
class Told:
    """What a subscription has heard of a story. ``articles`` is the largest number that it was told."""

    turns: frozenset[tuple[News, str]] = frozenset()
    stances: frozenset[str] = frozenset()
    by: frozenset[str] = frozenset()  # ids of articles
    articles: int = 0

    def then(self, alert: Alert) -> Told:
        return Told(
            self.turns | {(alert.news, alert.turn)},
            self.stances | {alert.stance},
            self.by | {alert.article_id},
            max(self.articles, alert.articles),
        )


NOTHING_TOLD: Final = Told()


def told(alerts: Iterable[Alert]) -> Told:
    heard = NOTHING_TOLD
    for alert in alerts:
        heard = heard.then(alert)
    return heard


def news_of(item: Labelled, heard: Told, *, province: str, articles: int, threshold: int) -> tuple[News, str] | None:
    """What this article, of a story that has so many, tells a subscription; None: nothing worth a message."""
    if not heard.turns:
        return (News.FIRST, "") if articles >= threshold else None
    stance = stance_of(item, province)
    if item.key(Kind.ROLE) == Role.CORRECTION.value and item.article.id not in heard.by:
        found = News.CORRECTION, item.article.id
    elif stance in TELLING - heard.stances:
        found = News.STANCE, stance
    elif articles >= TENFOLD * heard.articles:
        found = News.TENFOLD, str(heard.articles)
    else:
        return None
    return None if found in heard.turns else found


def stance_of(item: Labelled, province: str) -> str:
    """What is said of its stance towards the province; "" where nobody says."""
    key = item.key(Kind.STANCE, province)
    return key if key in TELLING | {"neutral"} else ""
