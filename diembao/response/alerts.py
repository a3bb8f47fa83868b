"""Who asked to be told, and of what.

A subscription is a name, a query and addresses. An article that matches becomes one alert for its story:
copies and follow-ups of a story already told do not ring again. `outbox` delivers it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import lru_cache
from typing import Final

from diembao.core.alert import FOLDER, Alert, Channel, Recipient
from diembao.core.article import Kind, Labelled
from diembao.core.errors import Misconfigured, QueryError
from diembao.core.query import Query, parse
from diembao.core.quotes import telling_sentence, words_of
from diembao.core.settings import Subscription
from diembao.core.text import snippet
from diembao.core.vocabulary import NOTHING_SAID, Vocabulary
from diembao.plan.reader import themes

Find = Callable[[Sequence[Query]], Sequence[Sequence[str]]]

# No day, month or year of the one is the other's.
_FAR_APART: Final = datetime(2001, 2, 3, 4, tzinfo=UTC), datetime(2027, 11, 21, 22, tzinfo=UTC)
_LEAD: Final = 300  # characters of an article's beginning, where no sentence of it settled a label


def all_subscriptions(settled: Sequence[Subscription], added: Sequence[Subscription]) -> list[Subscription]:
    """Those of the settings, and those that were added; where two have one name, the settings win."""
    names = {subscription.name for subscription in settled}
    return [*settled, *(each for each in added if each.name not in names)]


def recipients(subscription: Subscription) -> tuple[Recipient, ...]:
    return tuple(Recipient(Channel.MAIL, address) for address in subscription.to) or (FOLDER,)


def alerts_for(
    subscriptions: Sequence[Subscription],
    items: Sequence[Labelled],
    find: Find,
    province: str,
    now: datetime,
    *,
    words: Vocabulary = NOTHING_SAID,
) -> list[tuple[Alert, Sequence[Recipient]]]:
    """The alerts that these articles, already indexed, give rise to, and who gets them. The store drops the ones
    sent before. ``find`` gives for each query the ids of these articles that match, the oldest first: of a story that
    is new it is the one that is told. ``words`` are those that queries may use.
    """
    by_id = {item.article.id: item for item in items}
    if not by_id:
        return []
    found = find([_tree(subscription, now, words) for subscription in subscriptions])
    return [
        (alert_of(subscription, by_id[article_id], province, now), recipients(subscription))
        for subscription, ids in zip(subscriptions, found, strict=True)
        for article_id in ids
    ]


def sized(alert: Alert, sizes: Mapping[str, tuple[int, int]]) -> Alert:
    """``sizes``: articles and distinct texts of stories."""
    articles, texts = sizes.get(alert.story, (1, 1))
    return replace(alert, articles=max(1, articles), texts=max(1, texts))


def _tree(subscription: Subscription, now: datetime, words: Vocabulary) -> Query:
    try:
        return _lasting(subscription.query) or parse(subscription.query, now=now, words=words)
    except QueryError as error:
        msg = f"alert '{subscription.name}': its query cannot be read: {error}"
        raise Misconfigured(msg) from error


@lru_cache(maxsize=20_000)
def _lasting(query: str) -> Query | None:
    """Its tree, where that depends neither on the time nor on the installation's words: of thousands of
    subscriptions most are read once.
    """
    try:
        one, other = (parse(query, now=moment) for moment in _FAR_APART)
    except QueryError:
        return None
    return one if one == other else None


def alert_of(subscription: Subscription, item: Labelled, province: str, now: datetime) -> Alert:
    article = item.article
    return Alert(
        id=0,
        subscription=subscription.name,
        story=item.key(Kind.STORY) or article.id,
        article_id=article.id,
        title=article.title,
        url=article.url,
        outlet=article.outlet,
        why=_why(subscription, item, province),
        at=now,
        sentence=telling_sentence(item, province) or snippet(words_of(item), length=_LEAD),
        published_at=article.published_at,
        province=province,
    )


# What a reader of the mail sees for a label; an abstaining machine says nothing.
_SAID = {
    (Kind.RELEVANCE, "yes"): "về tỉnh",
    (Kind.RELEVANCE, "part"): "có nhắc tới tỉnh",
    (Kind.STANCE, "positive"): "gợi ý: tích cực",
    (Kind.STANCE, "neutral"): "gợi ý: trung tính",
    (Kind.STANCE, "critical"): "gợi ý: phê phán",
}


def _why(subscription: Subscription, item: Labelled, province: str) -> str:
    """The query, and what the machine or a person saw in the article."""
    seen = [
        f"{_SAID[label.kind, label.key]} ({label.why})"
        for label in item.labels
        if label.about == province and (label.kind, label.key) in _SAID
    ]
    chosen = [themes()[key].vi if key in themes() else key for key in item.keys(Kind.THEME, province)]
    if chosen:
        seen.append(f"gợi ý chủ đề: {', '.join(chosen)}")
    return " · ".join([f"khớp “{subscription.query}”", *seen])
