"""Is what the screens show complete and fresh? Which outlets are silent is asked of `pipeline.health`."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from diembao.core.errors import IndexAway
from diembao.pipeline.verify import remade
from diembao.pipeline.waiting import waiting
from diembao.pipeline.wiring import Installation

# A run is late after three intervals, and never within the first hour.
LATE_INTERVALS, LATE_AT_LEAST = 3, timedelta(hours=1)
# A run that has not ended this long after its time is up was cut off.
GRACE: Final = timedelta(minutes=10)
# Log entries: less than a batch behind is the ordinary second or two.
BEHIND: Final = 500


class State(StrEnum):
    """What a reader has to know first; in the order in which they outrank each other."""

    NEVER = "never"
    FIRST = "first"
    CUT = "cut"
    STALE = "stale"
    AWAY = "away"
    HELD = "held"
    NO_INDEX = "no_index"
    REMADE = "remade"
    BEHIND = "behind"
    FINE = "fine"


@dataclass(frozen=True, slots=True)
class Freshness:
    state: State
    articles: int
    behind: int
    started: datetime | None
    ended: datetime | None
    why: str = ""  # the searchable copy's words, where it is away or takes nothing in
    held_since: datetime | None = None

    @property
    def searchable(self) -> bool:
        """Can articles be searched and counted at all?"""
        return self.state is not State.AWAY

    @property
    def running(self) -> bool:
        return self.started is not None and self.ended is None


def freshness(house: Installation, now: datetime) -> Freshness:
    """What a reader has to know first; that nothing can be searched outranks all else."""
    noted = waiting(house.store)
    try:
        found = _fresh(house, now)
    except IndexAway as error:
        counts = house.store.size(), max(0, house.store.head() - house.store.bookmark("index"))
        _, started, ended = house.store.last_run() or (None, None, None)
        return Freshness(State.AWAY, *counts, started, ended, str(error), noted.since if noted else None)
    if noted:
        return replace(found, state=State.HELD, why=noted.why, held_since=noted.since)
    return found


def _fresh(house: Installation, now: datetime) -> Freshness:
    last = house.store.last_run()
    articles, behind = house.store.size(), max(0, house.store.head() - house.index.position())
    if last is None:
        state = State.NEVER if not articles else _index_state(house, articles, behind)
        return Freshness(state, articles, behind, None, None)
    counts, started, ended = last
    state = _run_state(house, started, ended, now)
    if state is State.FINE and ended is None and counts.run == 1:
        state = State.FIRST
    if state is State.FINE:
        state = _index_state(house, articles, behind)
    return Freshness(state, articles, behind, started, ended)


def _run_state(house: Installation, started: datetime, ended: datetime | None, now: datetime) -> State:
    crawl = house.settings.crawl
    if ended is None:
        return State.CUT if now - started > timedelta(seconds=crawl.run_time) + GRACE else State.FINE
    late = max(LATE_AT_LEAST, LATE_INTERVALS * timedelta(seconds=crawl.interval))
    return State.STALE if now - ended > late else State.FINE


def _index_state(house: Installation, articles: int, behind: int) -> State:
    if articles and not house.index.size():
        return State.NO_INDEX
    if remade(house):
        return State.REMADE
    return State.BEHIND if behind > BEHIND else State.FINE
