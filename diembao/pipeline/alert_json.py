"""Subscriptions and what they would have sent, as commands and the API tell them."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, Final

from diembao.core.alert import Recipient
from diembao.core.subscription import Subscription
from diembao.pipeline.previewing import Preview
from diembao.pipeline.replaying import Counted
from diembao.pipeline.wiring import Installation
from diembao.reports.usual import ENOUGH
from diembao.response.subscribing import asked_of

_PLAIN: Final = (
    *("subject", "key", "rhythm", "hour", "weekday", "language", "quiet", "priority", "threshold", "owner"),
)


def told(asked: Subscription, stopped: Collection[Recipient] = ()) -> dict[str, Any]:
    """``from`` is "file" where it stands in `diembao.toml`; ``stopped`` are recipients that want no more."""
    typed = asked_of(asked)
    return {
        "id": asked.id or None,
        "name": asked.name,
        "query": asked.query,
        "channels": [
            {"kind": each.channel.value, "target": each.address} | ({"stopped": True} if each in stopped else {})
            for each in asked.to
        ],
        **{name: getattr(typed, name) for name in _PLAIN},
        "paused": asked.paused,
        "from": "store" if asked.id else "file",
        "version": asked.version,
    }


def previewed(house: Installation, asked: Subscription, shown: Preview, most: int = 100) -> dict[str, Any]:
    """The latest messages, ``most`` of them, the earliest first; what is told by a count with the counts."""
    counts = {"days": shown.days, "articles": shown.articles, "looked": shown.looked, "stories": shown.stories}
    messages = _rung(house, asked, shown.counted, most) if shown.counted else _messages(shown, most)
    counted = _counted(shown.counted) if shown.counted else None
    return {**counts, "messages_in_all": shown.number, "messages": messages, "counted": counted}


def _messages(shown: Preview, most: int) -> list[dict[str, Any]]:
    return [
        {
            "at": at,
            "stories": [
                {"article": each.alert.article_id, "title": each.alert.title, "news": each.alert.news.value}
                for each in going
            ],
        }
        for at, going in shown.messages[-most:]
    ]


def _rung(house: Installation, asked: Subscription, counted: Counted, most: int) -> list[dict[str, Any]]:
    told = [(each, *each.letter(house, asked)) for each in counted.rings[-most:]]
    return [{"at": each.at, "stories": [], "subject": subject, "text": text} for each, subject, text in told]


def _counted(found: Counted) -> dict[str, Any]:
    bars = [
        {"at": each.at, "seen": each.seen, "usual": None if each.usual is None else round(each.usual, 1)}
        for each in found.bars
    ]
    return {
        "history": found.history,
        "enough": ENOUGH,
        "too_wide": found.too_wide,
        "going_on": found.going_on,
        "counts": bars,
    }
