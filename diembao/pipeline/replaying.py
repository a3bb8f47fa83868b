"""What a spike or silence subscription would have sent in the last days: `watching` gone through again, look by look.

Every quarter of an hour counts as it did: an article from the moment on at which it was seen, what is usual as it was
learned at the midnight before. Labels, stories and the words of the query are those of today.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from diembao.core.arrivals import SLOT, slot_of
from diembao.core.query import Bool, Query, Range
from diembao.core.subscription import Rhythm, Subscription
from diembao.pipeline.counting import (
    COLLECTED,
    QUARTER,
    SILENCE_SLOTS,
    Counting,
    Learned,
    first_seen,
    midnight_of,
    published,
)
from diembao.pipeline.ringing import Next, Ring, Told, Turn, going_since, of_silence, of_spikes
from diembao.pipeline.watching import fewest_of, watched
from diembao.pipeline.wiring import Installation
from diembao.reports.silence import Fall
from diembao.reports.spikes import REPLAYED, expectations, spikes
from diembao.reports.usual import HISTORY, HOUR
from diembao.response.release import held_until

# Articles of these days (and of the nine before, which a spike is found in); of more no moment of the past is made.
WIDEST: Final = 200_000
BAR: Final = timedelta(hours=6)  # of the chart
_DAY: Final = timedelta(days=1)
# Before the first look: what a spike is found in, and a day.
_BEGAN_BEFORE: Final = REPLAYED * HOUR + _DAY


@dataclass(frozen=True, slots=True)
class Bar:
    """Six hours (the last fewer): what came, and what was usual by what was known that day (None: too little was)."""

    at: datetime
    end: datetime
    seen: int
    usual: float | None


@dataclass(frozen=True, slots=True)
class Rung:
    """A message that would have left ``at`` this moment, in the words of `letter`."""

    at: datetime
    ring: Ring

    def letter(self, house: Installation, subscription: Subscription) -> tuple[str, str]:
        """Subject, and what stands below it."""
        told = self.ring.letter(watched(house, subscription))
        return told.subject, told.text.removeprefix(told.subject).strip()


@dataclass(frozen=True, slots=True)
class Counted:
    """``history``: days of it today; with fewer than `reports.usual.ENOUGH` nothing rings. ``going_on``: the last that
    was told has not ended. ``too_wide``: more than `WIDEST` articles, nothing was gone through.
    """

    history: int
    rings: tuple[Rung, ...] = ()
    bars: tuple[Bar, ...] = ()
    going_on: bool = False
    too_wide: bool = False


def replay(house: Installation, subscription: Subscription, query: Query, now: datetime, days: int) -> Counted:
    """From a midnight on, so many whole days before today.

    Raises:
        IndexAway: the searchable copy does not answer.
    """
    now = now.astimezone(UTC)
    start = midnight_of(house, midnight_of(house, now) - days * _DAY + _DAY / 2)
    fine = start - _BEGAN_BEFORE
    if house.index.count(Bool(must=(query, Range("published", fine, now)))) > WIDEST:
        return Counted(Counting(house, now).learned(query).days, too_wide=True)
    past = Past(house, query, fine, now)
    return _Replay(house, subscription, query, past).through(start, now)


class Past:
    """Counts as they stood `at` a moment; moments only go forward."""

    def __init__(self, house: Installation, query: Query, fine: datetime, now: datetime) -> None:
        self.learned: dict[tuple[str, str, datetime], Learned] = {}
        back = max(HISTORY * HOUR, (SILENCE_SLOTS + 1) * SLOT)
        self._start = slot_of(fine - back)
        self._counts = [0] * ((now - self._start) // QUARTER + 1)
        for at, inner in published(house, query, self._start, fine, QUARTER):
            self._counts[self._turn(at)] += int(inner["doc_count"])
        self._coming = _coming(house, query, fine, now)
        self._first = first_seen(house, self._start, now)
        self._collected = _first_of_slots(house.store.collected(self._start))
        self._now = self._start

    def at(self, moment: datetime) -> Past:
        """What was seen by then is known from then on."""
        self._now = moment
        while self._coming and self._coming[-1][0] <= moment:
            _, published_at, n = self._coming.pop()
            self._counts[self._turn(published_at)] += n
        return self

    @property
    def known(self) -> int:
        """Grows whenever something more is known."""
        return bisect_right(self._collected, self._now) - len(self._coming)

    def counts(self, query: Query, start: datetime, end: datetime, width: timedelta) -> list[int]:  # noqa: ARG002 (as at birth)
        step, first, last = width // QUARTER, self._turn(start), self._turn(end)
        return [sum(self._counts[n : n + step]) for n in range(first, last - step + 1, step)]

    def first_seen(self, midnight: datetime) -> datetime | None:
        first = self._first
        return None if first is None or first > self._now else max(first, midnight - HISTORY * HOUR)

    def collected(self, since: datetime) -> Sequence[datetime]:
        return [each for each in self._collected[: bisect_right(self._collected, self._now)] if each >= since]

    def _turn(self, at: datetime) -> int:
        return (at - self._start) // QUARTER


def _coming(house: Installation, query: Query, fine: datetime, now: datetime) -> list[tuple[datetime, datetime, int]]:
    """(known from, published, articles) by quarters of an hour, what is known first at the end. Asked day by day: an
    engine answers with so many buckets and no more.
    """
    seen = {"date_histogram": {"field": "seen", "fixed_interval": "900s", "min_doc_count": 1}}
    found: Counter[tuple[datetime, datetime]] = Counter()
    day = fine
    while day < now:
        for at, inner in published(house, query, day, min(day + _DAY, now), QUARTER, {"seen": seen}):
            for each in inner["seen"]["buckets"]:
                found[datetime.fromtimestamp(each["key"] / 1000, UTC) + QUARTER, at] += int(each["doc_count"])
        day += _DAY
    return sorted(((known, at, n) for (known, at), n in found.items()), reverse=True)


def _first_of_slots(ended: Sequence[datetime]) -> list[datetime]:
    """Of the runs of each quarter of a day the first: that anything was collected is all that is asked."""
    first: dict[datetime, datetime] = {}
    for each in sorted(ended):
        first.setdefault(slot_of(each), each)
    return sorted(first.values())


class _Replay:
    def __init__(self, house: Installation, subscription: Subscription, query: Query, past: Past) -> None:
        self._house, self._subscription, self._query, self._past = house, subscription, query, past
        self._told: Told | None = None
        self._fallen: tuple[tuple[datetime, int], Fall | None] | None = None

    def through(self, start: datetime, now: datetime) -> Counted:
        rings: list[Rung] = []
        usual: dict[datetime, float] = {}
        learned, day = Learned(self._query, 0, None), start
        for moment in _moments(start, now):
            counting = Counting(self._house, moment, self._past.at(moment))
            if moment - day >= _DAY:
                usual |= self._usual(counting, learned, day)
                day = moment
            learned = counting.learned(self._query)
            if moment == start:
                self._begin(counting, learned, moment)
            elif (ring := self._look(counting, learned, moment)) is not None:
                rings.append(Rung(moment, ring))
        hour = start + (now - start) // HOUR * HOUR
        usual |= self._usual(Counting(self._house, hour, self._past.at(now)), learned, day)
        bars = tuple(self._bars(start, now, usual))
        return Counted(learned.days, tuple(rings), bars, self._told is not None and self._told.ended is None)

    def _begin(self, counting: Counting, learned: Learned, moment: datetime) -> None:
        """What had begun before the first look was told before."""
        for _ in (Turn.SPIKE, Turn.GROWN, Turn.ENDED):
            self._told, _ring = self._next(counting, learned, moment)

    def _look(self, counting: Counting, learned: Learned, moment: datetime) -> Ring | None:
        """What it says at this moment; in quiet hours nobody looks."""
        if held_until(self._subscription, "", moment, self._house.profile.timezone):
            return None
        self._told, ring = self._next(counting, learned, moment)
        return ring

    def _next(self, counting: Counting, learned: Learned, moment: datetime) -> Next:
        if self._subscription.rhythm is Rhythm.SILENCE:
            return of_silence(self._told, self._fall(counting, moment), moment)
        if (since := going_since(self._told, moment)) is not None:
            learned = counting.learned(self._query, since)
        if learned.usual is None:
            return self._told, None
        hours = counting.recent(self._query)
        return of_spikes(self._told, spikes(hours, learned.usual, fewest=fewest_of(self._subscription)), moment)

    def _fall(self, counting: Counting, moment: datetime) -> Fall | None:
        """Looked at anew only where something is known that was not."""
        known = slot_of(moment - COLLECTED), self._past.known
        if self._fallen is None or self._fallen[0] != known:
            self._fallen = known, counting.fall(self._query)
        return self._fallen[1]

    def _usual(self, counting: Counting, learned: Learned, day: datetime) -> dict[datetime, float]:
        """Of each hour of the ``day`` that ends now, by what was learned before it."""
        if learned.usual is None:
            return {}
        hours = counting.recent(self._query)
        means = enumerate(expectations(hours, learned.usual))
        return {at: mean for n, mean in means if (at := hours.start + n * HOUR) >= day}

    def _bars(self, start: datetime, now: datetime, usual: Mapping[datetime, float]) -> Iterator[Bar]:
        at = start
        while at + HOUR <= now:
            end = min(at + BAR, start + (now - start) // QUARTER * QUARTER)
            known = [usual[hour] for n in range((end - at) // HOUR) if (hour := at + n * HOUR) in usual]
            seen = sum(self._past.counts(self._query, at, end, QUARTER))
            yield Bar(at, end, seen, sum(known) if len(known) == (end - at) // HOUR else None)
            at += BAR


def _moments(start: datetime, now: datetime) -> Iterator[datetime]:
    at = start
    while at <= now:
        yield at
        at += QUARTER
