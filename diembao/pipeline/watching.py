"""Subscriptions that are told by a count: far more than usual (a spike), far less (a silence).

Every quarter of an hour each of them costs one question to the index, and two more once a day, when what is usual is
learned anew (`reports.usual`, `reports.silence` say how). What was told is remembered as a fact of the record, and
every message has a key that is said once: a crash between the two repeats nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final
from urllib.parse import quote

import structlog

from diembao.core.alert import Message
from diembao.core.errors import Misconfigured
from diembao.core.subscription import Rhythm, Subscription
from diembao.pipeline.counting import Counting
from diembao.pipeline.ringing import Ring, Told, Turn, going_since, of_silence, of_spikes
from diembao.pipeline.telling import standing
from diembao.pipeline.wiring import Installation
from diembao.reports import spike_text
from diembao.reports.spike_text import Letter, Watched
from diembao.reports.spikes import points, spikes
from diembao.reports.usual import FEWEST
from diembao.response.alerts import recipients, tree_of
from diembao.response.desk_mail import PLACE
from diembao.response.release import held_until

log = structlog.get_logger()

EVERY: Final = timedelta(minutes=15)


def going_on(house: Installation) -> list[tuple[Subscription, Told]]:
    """The spikes of this province that were told and have not ended, with who asked for them."""
    asked = [each for each in standing(house) if each.rhythm is Rhythm.SPIKE and not each.paused]
    found = ((each, _told(house, each)) for each in asked)
    return [(each, told) for each, told in found if told is not None and told.ended is None]


def _told(house: Installation, subscription: Subscription) -> Told | None:
    """What it was told last, since it was asked for: not what one of its name was told, or it itself before a pause."""
    told = Told.read(house.store.fact(_fact_of(house, subscription)))
    before = told is not None and subscription.since is not None and (told.at or told.found) < subscription.since
    return None if before else told


def _fact_of(house: Installation, subscription: Subscription) -> str:
    return f"{subscription.rhythm}:{house.profile.id}:{subscription.name}"


def watched(house: Installation, subscription: Subscription) -> Watched:
    return Watched(subscription.name, subscription.query, house.profile.timezone, language=subscription.language)


def fewest_of(subscription: Subscription) -> int:
    """Articles below which nothing is a spike for whoever asked."""
    return max(FEWEST, subscription.threshold)


def watch(house: Installation, now: datetime) -> int:
    """Queue what is to be said, where it is time to look; how many messages that was."""
    whole = house.whole
    if whole.watched_at is not None and whole.watched_at <= now < whole.watched_at + EVERY:
        return 0
    whole.watched_at = now
    if not house.index.position():
        return 0  # it is being made: its "none" is no silence
    return sum(_Watch(each, now).look() for each in house.every)


class _Watch:
    """The subscriptions of one province at one moment."""

    def __init__(self, house: Installation, now: datetime) -> None:
        self._house, self._now = house, now
        self._counting = Counting(house, now)

    def look(self) -> int:
        asked = [each for each in standing(self._house) if each.query and not each.paused]
        by = {Rhythm.SPIKE: self._spike, Rhythm.SILENCE: self._silence}
        return sum(self._safely(by[each.rhythm], each) for each in asked if each.rhythm in by)

    def _safely(self, look: Callable[[Subscription], int], subscription: Subscription) -> int:
        """In quiet hours nobody looks: what still goes on when they are over is told then."""
        if held_until(subscription, "", self._now, self._house.profile.timezone):
            return 0
        try:
            return look(subscription)
        except Misconfigured as error:
            log.warning("alert-not-read", alert=subscription.name, why=str(error))
            return 0

    # -- spikes
    def _spike(self, subscription: Subscription) -> int:
        told = _told(self._house, subscription)
        query = tree_of(subscription, self._now, self._house.vocabulary.once())
        learned = self._counting.learned(query, going_since(told, self._now))
        if learned.usual is None:
            return 0
        hours = self._counting.recent(learned.query)
        found = spikes(hours, learned.usual, fewest=fewest_of(subscription))
        after, ring = of_spikes(told, found, self._now)
        if ring is not None and ring.turn is Turn.SPIKE:
            shown = points(hours, learned.usual)[-spike_text.SHOWN :]
            letter = spike_text.found(watched(self._house, subscription), found[-1], shown, place=PLACE)
            return self._rings(subscription, ring, letter, after)
        return self._said(subscription, ring, told, after)

    # -- silence
    def _silence(self, subscription: Subscription) -> int:
        query = tree_of(subscription, self._now, self._house.vocabulary.once())
        told = _told(self._house, subscription)
        after, ring = of_silence(told, self._counting.fall(query), self._now)
        return self._said(subscription, ring, told, after)

    # -- what was told
    def _said(self, subscription: Subscription, ring: Ring | None, before: Told | None, after: Told | None) -> int:
        if ring is not None:
            return self._rings(subscription, ring, ring.letter(watched(self._house, subscription)), after)
        if after is not None and after != before:
            self._keep(subscription, after)
        return 0

    def _rings(self, subscription: Subscription, ring: Ring, letter: Letter, after: Told | None) -> int:
        message = Message(
            key=f"{ring.turn}:{subscription.name}:{ring.at.isoformat()}",
            subject=letter.subject,
            text=letter.text,
            at=self._now,
            page=f"/xu-huong?q={quote(subscription.query, safe='')}",
            province=self._house.profile.id,
            html=letter.html,
            enclosed=letter.enclosed,
        )
        store = self._house.store
        ended = [each.to for each in store.stopped() if each.subscription == subscription.name]
        to = [each for each in recipients(subscription) if each not in ended]
        if to:
            with store.writing() as write:
                write.post(message, to)
        if after is not None:
            self._keep(subscription, after)
        return int(bool(to))

    def _keep(self, subscription: Subscription, told: Told) -> None:
        self._house.store.set_fact(_fact_of(self._house, subscription), told.written())
