"""What subscriptions are told that no article brings: the office has answered, a note calls somebody."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from diembao.core.accounts import number_of
from diembao.core.alert import Alert, Channel, Message, News
from diembao.core.article import Kind
from diembao.core.desk import Mention
from diembao.core.subscription import Rhythm, Subject, Subscription
from diembao.pipeline.hearing import hearing
from diembao.pipeline.telling import ALERT_AGE, standing
from diembao.pipeline.wiring import Installation
from diembao.response.alert_words import say
from diembao.response.alerts import Going, Telling, recipients
from diembao.response.release import held_until, next_digest

_PERIOD: Final = {Rhythm.DAILY: timedelta(days=1), Rhythm.WEEKLY: timedelta(days=7)}
# A digest of mentions that could not be made for so long is left out: the next one is soon.
_LATE: Final = timedelta(hours=6)


def tell(house: Installation, now: datetime) -> int:
    """Queue it, for one province; how much that was. What was told once is never told again."""
    asked = [each for each in standing(house) if not each.paused]
    return _answers(house, asked, now) + sum(_mentions(house, each, now) for each in asked)


# -- the office has answered ----------------------------------------------------------------------


def _answers(house: Installation, asked: Sequence[Subscription], now: datetime) -> int:
    found = [
        each
        for case, issue in house.store.answered_since(now - ALERT_AGE)
        for each in _answered(house, asked, (case, issue), now)
    ]
    if not found:
        return 0
    with house.store.writing() as write:
        return sum(write.add_alert(each.alert, each.to, held_until=each.held_until) for each in found)


def _answered(
    house: Installation, asked: Sequence[Subscription], answer: tuple[str, int], now: datetime
) -> Iterator[Going]:
    """To whoever was told of a story of this case: by what they were told last."""
    case, issue = answer
    file = house.store.case_file(case)
    ids = [each.article_id for each in file.coverage] if file else []
    stories = [story for item in house.store.rows(ids) if (story := item.key(Kind.STORY))]
    told = house.store.told_of(ids, stories)
    turn = f"{case}:{issue}"
    telling = Telling(house.profile.id, house.profile.timezone)
    for subscription in asked:
        heard = [each for each in told if each.subscription == subscription.name]
        if heard and not any(each.turn == turn for each in heard):
            yield telling.going(subscription, _alert(subscription, heard[-1], turn, now))


def _alert(subscription: Subscription, last: Alert, turn: str, now: datetime) -> Alert:
    case, _, issue = turn.partition(":")
    language = subscription.language
    why = say(language, "why.answered", case=case, n=issue)
    return replace(
        last, id=0, news=News.ANSWERED, turn=turn, why=why, at=now, sent_at=None, language=language, sentence=""
    )


# -- a note calls somebody ------------------------------------------------------------------------


def _mentions(house: Installation, subscription: Subscription, now: datetime) -> int:
    to = [each for each in recipients(subscription) if each.channel is not Channel.PAGE]  # it shows them already
    if subscription.subject is not Subject.MENTIONS or not subscription.owner or not to:
        return 0
    hears = hearing(house)
    unseen = [each for each in house.store.mentions_of(subscription.owner)[1] if hears(subscription.owner, each.case)]
    if subscription.rhythm in _PERIOD:
        messages = _digest(house, subscription, unseen, now)
    else:
        recent = [each for each in unseen if each.at >= now - ALERT_AGE]
        key = f"mention:{subscription.id}"
        messages = [_message(house, subscription, [each], f"{key}:{each.number}", now) for each in recent]
    known = house.store.posted([each.key for each in messages])
    new = [each for each in messages if each.key not in known]
    if not new:
        return 0
    with house.store.writing() as write:
        return sum(write.post(each, to) for each in new)


def _digest(house: Installation, subscription: Subscription, unseen: Sequence[Mention], now: datetime) -> list[Message]:
    """The one that was due last, of what came since the one before."""
    period, zone = _PERIOD[subscription.rhythm], house.profile.timezone
    due = next_digest(subscription, now - period, zone)
    its = [each for each in unseen if due - period < each.at <= due]
    if not its or now > due + _LATE or due > now:
        return []
    return [_message(house, subscription, its, f"mentions:{subscription.id}:{due.isoformat()}", now)]


def _message(
    house: Installation, subscription: Subscription, its: Sequence[Mention], key: str, now: datetime
) -> Message:
    language, first = subscription.language, its[0]
    one = len(its) == 1
    subject = say(language, "mentions.one", title=first.title) if one else say(language, "mentions.more", n=len(its))
    paragraphs = [say(language, "mentions.intro")]
    paragraphs += [part for each in its for part in _paragraphs(house, each, language)]
    at = held_until(replace(subscription, rhythm=Rhythm.INSTANT), "", now, house.profile.timezone) or now
    page = f"/ho-so-vu-viec?id={first.case}" if len({each.case for each in its}) == 1 else ""
    return Message(key, subject, "\n\n".join(paragraphs), at, page=page, province=house.profile.id)


def _paragraphs(house: Installation, each: Mention, language: str) -> list[str]:
    number = number_of(each.by)
    account = house.store.account(number) if number is not None else None
    who = account.shown if account else each.by
    text = " ".join(each.text.split())
    return [say(language, "mentions.line", who=who, case=each.case), each.title, f"> {text}"]
