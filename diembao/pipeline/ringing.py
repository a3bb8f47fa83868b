"""When a subscription that is told by a count rings: what follows from its counts of now and from what it was told.

Nothing is asked or kept here: `watching` does both every quarter of an hour, `replaying` goes through the last days.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from diembao.reports.silence import Fall
from diembao.reports.spike_text import Letter, Watched, alarm, ended, grown, silent
from diembao.reports.spikes import GROWN, LONGEST, Spike

# A spike that was over before anybody could be told (the worker stood still, quiet hours) is told for so long.
STILL_NEWS: Final = timedelta(hours=12)
AGAIN: Final = timedelta(days=3)  # between two alarms at silence


@dataclass(frozen=True, slots=True)
class Told:
    """What a subscription was told last: when it was found, how many articles that told of, what followed, and when it
    was said (None: kept before that was noted).
    """

    found: datetime
    seen: int
    grown: bool = False
    ended: datetime | None = None
    at: datetime | None = None

    def written(self) -> str:
        return json.dumps(asdict(self), default=datetime.isoformat)

    @classmethod
    def read(cls, written: str | None) -> Told | None:
        if not written:
            return None
        kept = json.loads(written)
        moments = {name: datetime.fromisoformat(kept[name]) for name in ("found", "ended", "at") if kept.get(name)}
        return cls(**{**kept, **moments})


class Turn(StrEnum):
    """Why it rings; keys of messages begin with it (`core.outgoing.BY_NAME`)."""

    SPIKE = "spike"
    GROWN = "spike-grown"
    ENDED = "spike-ended"
    SILENCE = "silence"


@dataclass(frozen=True, slots=True)
class Ring:
    """A message. ``at`` tells it from others of its kind; ``of`` is what it tells of."""

    turn: Turn
    at: datetime
    of: Spike | Fall

    def letter(self, watched: Watched) -> Letter:
        """In words alone: the chart of a spike is drawn by whoever sends it."""
        if isinstance(self.of, Fall):
            return silent(watched, self.of)
        return {Turn.GROWN: grown, Turn.ENDED: ended}.get(self.turn, alarm)(watched, self.of)


def going_since(told: Told | None, now: datetime) -> datetime | None:
    """When what it was told of and has not ended was found; None: nothing goes on."""
    return told.found if told is not None and told.ended is None and now <= _at_most(told) else None


def _at_most(told: Told) -> datetime:
    """No spike lasts longer, and its end is news for some hours: whoever comes later (the program stood still) looks as
    if nothing had been told.
    """
    return told.found + timedelta(hours=LONGEST) + STILL_NEWS


# What it has been told from now on, and the message that tells it.
Next = tuple[Told | None, Ring | None]


def of_spikes(told: Told | None, found: Sequence[Spike], now: datetime) -> Next:
    """``found`` are those of the last days, the earliest first."""
    spike = found[-1] if found else None
    if told and not told.ended:
        another = spike.since if spike and spike.since >= told.found else None  # nobody looked when the told one ended
        if going_since(told, now) and not another:
            return _following(told, spike, now)
        told = replace(told, ended=another or _at_most(told))
    if spike is None or (told and spike.since < (told.ended or told.found)):
        return told, None
    if spike.until and spike.until < now - STILL_NEWS:
        return told, None
    return Told(spike.found, spike.seen, at=now), Ring(Turn.SPIKE, spike.found, spike)


def _following(told: Told, spike: Spike | None, now: datetime) -> Next:
    """The spike that was told goes on, has grown tenfold, or is over."""
    if spike is None or (spike.until and spike.until < told.found):  # later counts say that it was none
        return replace(told, ended=now), None
    if spike.until:
        return replace(told, ended=spike.until), Ring(Turn.ENDED, told.found, spike)
    if told.grown or spike.articles < GROWN * told.seen:
        return told, None
    return replace(told, grown=True), Ring(Turn.GROWN, told.found, spike)


def of_silence(told: Told | None, fall: Fall | None, now: datetime) -> Next:
    if fall is None:
        return (replace(told, ended=now) if told and not told.ended else told), None
    if told and (not told.ended or now < told.found + AGAIN):
        return told, None
    return Told(now, fall.seen, at=now), Ring(Turn.SILENCE, now, fall)
