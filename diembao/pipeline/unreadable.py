"""Subscriptions whose query cannot be read any more: a unit that the profile has no more, a saved search that is gone.

Nothing else waits for them; whoever made one is told once, and `status` and *Cảnh báo* say so until it is mended.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from diembao.core.alert import FOLDER, Channel, Message, Recipient
from diembao.core.errors import Misconfigured
from diembao.core.subscription import Subscription
from diembao.pipeline.telling import standing
from diembao.pipeline.wiring import Installation
from diembao.response.alert_words import say
from diembao.response.alerts import tree_of
from diembao.response.parcels import digest


def unreadable(house: Installation, asked: Iterable[Subscription], now: datetime) -> list[tuple[Subscription, str]]:
    """Each with the reason."""
    words, found = house.vocabulary.once(), []
    for each in asked:
        try:
            if each.query:
                tree_of(each, now, words)
        except Misconfigured as error:
            found.append((each, str(error)))
    return found


def tell(house: Installation, now: datetime) -> int:
    """Queue the word about each that is new; how many messages that was."""
    found = unreadable(house, [each for each in standing(house) if not each.paused], now)
    messages = {_key(each): (each, why) for each, why in found}
    known = house.store.posted(list(messages)) if messages else ()
    new = [(key, *told) for key, told in messages.items() if key not in known]
    if not new:
        return 0
    with house.store.writing() as write:
        return sum(write.post(_message(key, each, why, now), _whose(each)) for key, each, why in new)


def _key(subscription: Subscription) -> str:
    return f"not-read|{subscription.id}|{subscription.name}|{digest(subscription.query)}"


def _whose(subscription: Subscription) -> list[Recipient]:
    """The owner's page; of the office's, where they are told."""
    if subscription.owner:
        return [Recipient(Channel.PAGE, subscription.owner)]
    return [each for each in subscription.to if each.channel is not Channel.WEBHOOK] or [FOLDER]


def _message(key: str, subscription: Subscription, why: str, now: datetime) -> Message:
    language, name = subscription.language, subscription.name
    subject, text = say(language, "not-read", name=name), say(language, "not-read.text", query=subscription.query)
    return Message(key, subject, f"{text}\n\n> {why}", now, page="/canh-bao", province=subscription.province)
