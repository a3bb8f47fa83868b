"""“Send me one now”: a message as a subscription would send it, about the newest article that matches."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from diembao.core.alert import Alert, Channel, Message, Parcel, Recipient
from diembao.core.errors import DiembaoError, Misconfigured, Refused, Retry
from diembao.core.ports import Notifier, SortBy
from diembao.core.subscription import Subscription
from diembao.pipeline.bounds import kept_in
from diembao.pipeline.wiring import Installation
from diembao.response.alert_words import say
from diembao.response.alerts import alert_of, asked, read, recipients, story_of
from diembao.response.lines import one_line


@dataclass(frozen=True, slots=True)
class Tried:
    """``said`` is the other side's answer, or why there was none; ``error`` what went wrong."""

    to: Recipient
    said: str
    error: DiembaoError | None = None


def trials(house: Installation, subscription: Subscription, now: datetime) -> list[Parcel]:
    """One message for each recipient."""
    told = _newest(house, subscription, now) or _nothing(subscription, now)
    return [Parcel(0, to, subscription.name, (told,), trial=True) for to in recipients(subscription)]


def tried(parcel: Parcel, notifiers: Mapping[Channel, Notifier]) -> Tried:
    """Hand it over now, past the outbox: whoever asked waits for the answer."""
    notifier = notifiers[parcel.to.channel]
    try:
        return Tried(parcel.to, notifier.deliver(parcel))
    except (Refused, Retry, Misconfigured) as error:
        return Tried(parcel.to, str(error), error)
    finally:
        notifier.close()


def tried_by(
    house: Installation,
    parcel: Parcel,
    notifiers: Mapping[Channel, Notifier],
    stopped: Collection[Recipient],
    now: datetime,
) -> Tried:
    """As `tried`; whoever has stopped gets none, nor does an address that is out of bounds, and on the page it is shown
    like any other.
    """
    if parcel.to in stopped:
        error = Refused("stopped", "đã thôi nhận, không gửi (they have stopped; nothing was sent)")
        return Tried(parcel.to, str(error), error)
    if why := kept_in(house, parcel):
        return Tried(parcel.to, why, Refused("bounds", why))
    found = tried(parcel, notifiers)
    if parcel.to.channel is Channel.PAGE and found.error is None:
        language = parcel.alerts[0].language
        subject = say(language, "trial_subject", subject=f"{parcel.subscription}: {parcel.alerts[0].title}")
        message = Message(
            f"trial:{house.profile.id}:{parcel.subscription}:{now.isoformat()}",
            one_line(subject),
            say(language, "trial"),
            now,
            province=house.profile.id,
        )
        with house.store.writing() as write:
            write.post(message, [parcel.to])
    return found


def _newest(house: Installation, subscription: Subscription, now: datetime) -> Alert | None:
    query = read(subscription, now, house.vocabulary)
    if query is None:
        case = house.store.case_file(subscription.key)
        ids = [each.article_id for each in case.coverage][-1:] if case else []
    else:
        ids = [hit.id for hit in house.index.search(query, sort=SortBy.NEWEST, limit=1).hits]
    for item in house.store.articles(ids):
        size = house.store.story_sizes([story_of(item)]).get(story_of(item), (1, 1))
        return alert_of(subscription, item, house.profile.id, now, size=size, query=query)
    return None


def _nothing(subscription: Subscription, now: datetime) -> Alert:
    language = subscription.language
    title, why = say(language, "nothing"), asked(subscription)
    return Alert(0, subscription.name, "", "", title, "", "", why, now, language=language)
