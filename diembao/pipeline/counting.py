"""How much a search brought, hour by hour, from the index: the same questions on every engine, each of bounded size."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property, lru_cache
from typing import Any, Final, Protocol
from zoneinfo import ZoneInfo

from diembao.core.arrivals import SLOT, slot_of
from diembao.core.query import Bool, Query, Range
from diembao.pipeline.wiring import Installation
from diembao.plan.workdays import work_days
from diembao.reports.silence import HISTORY as SILENCE_HISTORY
from diembao.reports.silence import TET, Fall, Series, fallen
from diembao.reports.silence import WINDOWS as SILENCE_WINDOWS
from diembao.reports.spike_text import SHOWN
from diembao.reports.spikes import REPLAYED, Point, Spike, points, spikes
from diembao.reports.usual import ENOUGH, HISTORY, HOUR, Hours, Usual, learned

QUARTER: Final = timedelta(minutes=15)
# Around the first day of Tết newspapers are thin for longer than offices are closed.
BEFORE_TET, AFTER_TET = timedelta(days=-3), timedelta(days=7)
# What is published is collected some hours later: a slot is looked at for silence when it is so long over.
COLLECTED: Final = timedelta(hours=3)
SILENCE_SLOTS: Final = SILENCE_HISTORY + max(SILENCE_WINDOWS)  # looked back at for a silence
MOST_LEARNED: Final = 1000  # searches whose usual is kept in memory


@dataclass(frozen=True, slots=True)
class Learned:
    """What is usual for a search; ``usual`` is None where there are fewer than `usual.ENOUGH` ``days`` of history."""

    query: Query
    days: int
    usual: Usual | None


@lru_cache(maxsize=5000)
def is_holiday(day: date) -> bool:
    """A day off of the state bodies, or one of the days around Tết."""
    return day in work_days().off or any(BEFORE_TET <= day - first <= AFTER_TET for first in TET)


@dataclass(frozen=True, slots=True)
class Standing:
    """How a search stands now against what is usual: the hours of the chart (none: its history is too short, of so many
    ``days``), and the ``spikes`` of the last nine days, the earliest first.
    """

    days: int
    points: tuple[Point, ...] = ()
    spikes: tuple[Spike, ...] = ()

    @property
    def spike(self) -> Spike | None:
        """The one that goes on."""
        return self.spikes[-1] if self.spikes and self.spikes[-1].until is None else None


def standing_of(house: Installation, query: Query, now: datetime) -> Standing:
    counting = Counting(house, now)
    learned = counting.learned(query)
    if learned.usual is None:
        return Standing(learned.days)
    hours = counting.recent(query)
    shown = points(hours, learned.usual)[-SHOWN:]
    return Standing(learned.days, tuple(shown), tuple(spikes(hours, learned.usual)))


class Source(Protocol):
    """Where counts come from: the index as it is, or as it stood at a moment of the last days (`replaying`)."""

    learned: dict[tuple[str, str, datetime], Learned]

    def counts(self, query: Query, start: datetime, end: datetime, width: timedelta) -> list[int]:
        """By the time of publication, in spans of ``width`` from ``start`` on."""

    def first_seen(self, midnight: datetime) -> datetime | None:
        """When collecting began: the day of the first article of all; before the twelve weeks is their beginning."""

    def collected(self, since: datetime) -> Sequence[datetime]:
        """When runs ended."""


class Live:
    """As it is ``now``."""

    def __init__(self, house: Installation, now: datetime) -> None:
        self._house, self._now = house, now
        self.learned = house.whole.learned

    def counts(self, query: Query, start: datetime, end: datetime, width: timedelta) -> list[int]:
        counts = [0] * ((end - start) // width)
        for at, inner in published(self._house, query, start, end, width):
            n = (at - start) // width
            if 0 <= n < len(counts):
                counts[n] += int(inner["doc_count"])
        return counts

    def first_seen(self, midnight: datetime) -> datetime | None:
        return first_seen(self._house, midnight - HISTORY * HOUR, self._now)

    def collected(self, since: datetime) -> Sequence[datetime]:
        return self._house.store.collected(since)


def published(
    house: Installation,
    query: Query,
    start: datetime,
    end: datetime,
    width: timedelta,
    within: Mapping[str, Any] | None = None,
) -> Iterator[tuple[datetime, Mapping[str, Any]]]:
    """What this query found by the time of publication: each span that had any, and what is counted ``within`` it."""
    by = {"date_histogram": _spans("published", start, width)} | ({"aggs": within} if within else {})
    found = house.index.aggregate(Bool(must=(query, Range("published", start, end))), {"spans": by})
    for each in found["spans"]["buckets"]:
        yield datetime.fromtimestamp(each["key"] / 1000, UTC), each


def _spans(field: str, start: datetime, width: timedelta) -> dict[str, Any]:
    seconds = int(width.total_seconds())
    offset = f"{int(start.timestamp()) % seconds}s"
    return {"field": field, "fixed_interval": f"{seconds}s", "offset": offset, "min_doc_count": 1}


def first_seen(house: Installation, start: datetime, now: datetime) -> datetime | None:
    """The day (UTC) on which the first article was seen; ``start``, where it was before."""
    if house.index.count(Range("seen", None, start)):
        return start
    asked = {"days": {"date_histogram": {"field": "seen", "fixed_interval": "1d", "min_doc_count": 1}}}
    days = house.index.aggregate(Range("seen", start, now), asked)["days"]["buckets"]
    return datetime.fromtimestamp(min(each["key"] for each in days) / 1000, UTC) if days else None


def midnight_of(house: Installation, now: datetime) -> datetime:
    """The last one on the province's clock."""
    zone = ZoneInfo(house.profile.timezone)
    return datetime.combine(now.astimezone(zone).date(), time(), zone).astimezone(UTC)


class Counting:
    """For one province at one moment."""

    def __init__(self, house: Installation, now: datetime, source: Source | None = None) -> None:
        self._house, self._now = house, now.astimezone(UTC)
        self._source = source or Live(house, now)
        self._midnight = midnight_of(house, now)

    def learned(self, query: Query, since: datetime | None = None) -> Learned:
        """Of the twelve weeks up to the midnight before; learned once a day, and remembered. ``since``: a spike goes on
        that was found then, and is measured to its end against what was usual before it.
        """
        midnight = midnight_of(self._house, since) if since else self._midnight
        kept, key = self._source.learned, (self._house.profile.id, repr(query), midnight)
        found = kept.get(key)
        if found is None:
            if len(kept) >= MOST_LEARNED:
                kept.clear()
            kept[key] = found = self._learn(query, midnight)
        return found

    def _learn(self, query: Query, midnight: datetime) -> Learned:
        start = max(midnight - HISTORY * HOUR, self._began)
        hours = self._hours(query, min(start, midnight), midnight)
        zone = self._house.profile.timezone
        usual = learned(hours, zone=zone, is_holiday=is_holiday) if hours.days >= ENOUGH else None
        return Learned(query, hours.days, usual)

    @cached_property
    def _began(self) -> datetime:
        """The first midnight after collecting began: what was published before is no history of a search."""
        first = self._source.first_seen(self._midnight)
        if first is None:
            return self._midnight
        return self._midnight - (self._midnight - first) // timedelta(days=1) * timedelta(days=1)

    def recent(self, query: Query) -> Hours:
        """The last nine days, in hours that end with this quarter of an hour."""
        end = self._now - timedelta(
            minutes=self._now.minute % 15, seconds=self._now.second, microseconds=self._now.microsecond
        )
        return self._hours(query, max(end - REPLAYED * HOUR, self._began_by(end)), end)

    def _began_by(self, end: datetime) -> datetime:
        began = self._began
        return end - (end - began) // HOUR * HOUR if began < end else end - HOUR

    def fall(self, query: Query) -> Fall | None:
        """Has it fallen silent?"""
        end = slot_of(self._now - COLLECTED)
        start = max(end - SILENCE_SLOTS * SLOT, slot_of(self._began) + SLOT)
        if start >= end:
            return None
        counts = self._source.counts(query, start, end, SLOT)
        ran = {slot_of(each) for each in self._source.collected(start)}
        known = [count if not ran or start + n * SLOT in ran else None for n, count in enumerate(counts)]
        return fallen(Series(start, known, "vi"))

    def _hours(self, query: Query, start: datetime, end: datetime) -> Hours:
        return Hours(start, self._source.counts(query, start, end, HOUR))
