"""Subscriptions that are told by a count: far more than usual (a spike), far less (a silence).

Every quarter of an hour each of them costs one question to the index, and two more once a day, when what is usual is
learned anew (`reports.usual`, `reports.silence` say how). What was told is remembered as a fact of the record, and
every message has a key that is said once: a crash between the two repeats nothing.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from typing import Final
from urllib.parse import quote

import structlog

from diembao.core.alert import Message
from diembao.core.errors import Misconfigured
from diembao.core.subscription import Rhythm, Subscription
from diembao.pipeline.counting import Counting, Learned
from diembao.pipeline.telling import standing
from diembao.pipeline.wiring import Installation
from diembao.reports import spike_text
from diembao.reports.spike_text import Letter, Watched
from diembao.reports.spikes import GROWN, Spike, points, spikes
from diembao.reports.usual import FEWEST
from diembao.response.alerts import recipients, tree_of
from diembao.response.desk_mail import PLACE
from diembao.response.release import held_until

log = structlog.get_logger()

EVERY: Final = timedelta(minutes=15)
# A spike that was over before anybody could be told (the worker stood still, quiet hours) is told for so long.
STILL_NEWS: Final = timedelta(hours=12)
AGAIN: Final = timedelta(days=3)  # between two alarms at silence


@dataclass(frozen=True, slots=True)
class Told:
    """What a subscription was told last: when it was found, how many articles that told of, and what followed."""

    found: datetime
    seen: int
    grown: bool = False
    ended: datetime | None = None

    def written(self) -> str:
        return json.dumps({**asdict(self), "found": self.found, "ended": self.ended}, default=datetime.isoformat)

    @classmethod
    def read(cls, written: str | None) -> Told | None:
        if not written:
            return None
        kept = json.loads(written)
        ended = datetime.fromisoformat(kept["ended"]) if kept["ended"] else None
        return cls(datetime.fromisoformat(kept["found"]), kept["seen"], kept["grown"], ended)


def going_on(house: Installation) -> list[tuple[Subscription, Told]]:
    """The spikes of this province that were told and have not ended, with who asked for them."""
    asked = [each for each in standing(house) if each.rhythm is Rhythm.SPIKE and not each.paused]
    found = ((each, Told.read(house.store.fact(_fact_of(house, each)))) for each in asked)
    return [(each, told) for each, told in found if told is not None and told.ended is None]


def _fact_of(house: Installation, subscription: Subscription) -> str:
    return f"{subscription.rhythm}:{house.profile.id}:{subscription.name}"


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
        learned = self._learned(subscription)
        if learned is None or learned.usual is None:
            return 0
        hours = self._counting.recent(learned.query)
        found = spikes(hours, learned.usual, fewest=max(FEWEST, subscription.threshold))
        told, spike = self._told(subscription), (found[-1] if found else None)
        if told and not told.ended:
            return self._follow(subscription, told, spike)
        if spike is None or (told and spike.since < (told.ended or told.found)):
            return 0
        if spike.until and spike.until < self._now - STILL_NEWS:
            return 0
        shown = points(hours, learned.usual)
        letter = spike_text.found(self._watched(subscription), spike, shown[-spike_text.SHOWN :], place=PLACE)
        self._say(subscription, "spike", spike.found, letter, Told(spike.found, spike.seen))
        return 1

    def _follow(self, subscription: Subscription, told: Told, spike: Spike | None) -> int:
        """The spike that was told goes on, has grown tenfold, or is over."""
        watched = self._watched(subscription)
        if spike is None or (spike.until and spike.until < told.found):  # later counts say that it was none
            self._keep(subscription, replace(told, ended=self._now))
            return 0
        if spike.until:
            ended = replace(told, ended=spike.until)
            self._say(subscription, "spike-ended", told.found, spike_text.ended(watched, spike), ended)
            return 1
        if told.grown or spike.articles < GROWN * told.seen:
            return 0
        self._say(subscription, "spike-grown", told.found, spike_text.grown(watched, spike), replace(told, grown=True))
        return 1

    def _learned(self, subscription: Subscription) -> Learned | None:
        query = tree_of(subscription, self._now, self._house.vocabulary.once())
        return self._counting.learned(query)

    # -- silence
    def _silence(self, subscription: Subscription) -> int:
        query = tree_of(subscription, self._now, self._house.vocabulary.once())
        fall, told = self._counting.fall(query), self._told(subscription)
        if fall is None:
            if told and not told.ended:
                self._keep(subscription, replace(told, ended=self._now))
            return 0
        if told and (not told.ended or self._now < told.found + AGAIN):
            return 0
        letter = spike_text.silent(self._watched(subscription), fall)
        self._say(subscription, "silence", self._now, letter, Told(self._now, fall.seen))
        return 1

    # -- what was told
    def _say(self, subscription: Subscription, kind: str, at: datetime, letter: Letter, told: Told) -> None:
        message = Message(
            key=f"{kind}:{subscription.name}:{at.isoformat()}",
            subject=letter.subject,
            text=letter.text,
            at=self._now,
            page=f"/xu-huong?q={quote(subscription.query, safe='')}",
            province=self._house.profile.id,
            html=letter.html,
            enclosed=letter.enclosed,
        )
        with self._house.store.writing() as write:
            write.post(message, recipients(subscription))
        self._keep(subscription, told)

    def _watched(self, subscription: Subscription) -> Watched:
        return Watched(
            subscription.name, subscription.query, self._house.profile.timezone, language=subscription.language
        )

    def _told(self, subscription: Subscription) -> Told | None:
        return Told.read(self._house.store.fact(_fact_of(self._house, subscription)))

    def _keep(self, subscription: Subscription, told: Told) -> None:
        self._house.store.set_fact(_fact_of(self._house, subscription), told.written())
