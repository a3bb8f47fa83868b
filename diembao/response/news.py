"""Is it worth telling? A story is told once, and again only when something about it changed.

| news | when |
|---|---|
| first | no article of the story was told of, it has as many as the subscription asks for, and one came since |
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
from datetime import datetime
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


def both(one: Told, other: Told) -> Told:
    return Told(
        one.turns | other.turns, one.stances | other.stances, one.by | other.by, max(one.articles, other.articles)
    )


def told(alerts: Iterable[Alert]) -> Told:
    heard = NOTHING_TOLD
    for alert in alerts:
        heard = heard.then(alert)
    return heard


@dataclass(frozen=True, slots=True)
class Asked:
    """What a subscription takes for news: a story of so many articles, by one that was seen ``since`` it was made.
    ``known``: it has heard of this article already, which only came back (with another story, with other labels).
    """

    threshold: int = 1
    since: datetime | None = None
    known: bool = False


def news_of(item: Labelled, heard: Told, asked: Asked, *, province: str, articles: int) -> tuple[News, str] | None:
    """What this article, of a story that has so many, tells a subscription; None: nothing worth a message."""
    if not heard.turns:
        old = asked.since is not None and item.article.seen_at < asked.since
        return None if old or articles < asked.threshold else (News.FIRST, "")
    stance = stance_of(item, province)
    corrects = item.key(Kind.ROLE) == Role.CORRECTION.value and not asked.known
    if corrects and item.article.id not in heard.by:
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
