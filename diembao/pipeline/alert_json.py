"""Subscriptions and what they would have sent, as commands and the API tell them."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, Final

from diembao.core.alert import Recipient
from diembao.core.subscription import Subscription
from diembao.pipeline.previewing import Preview
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
    }


def previewed(shown: Preview, most: int = 100) -> dict[str, Any]:
    """The latest messages, ``most`` of them, the earliest first."""
    messages = [
        {
            "at": at,
            "stories": [
                {"article": each.alert.article_id, "title": each.alert.title, "news": each.alert.news.value}
                for each in going
            ],
        }
        for at, going in shown.messages[-most:]
    ]
    counts = {"days": shown.days, "articles": shown.articles, "looked": shown.looked, "stories": shown.stories}
    return {**counts, "messages_in_all": len(shown.messages), "messages": messages}
