"""What the figures cannot know: outlets that were not read, said nothing, or wait for a person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from diembao.core.ports import Index, OutletState
from diembao.core.query import All, Bool, Range, Terms
from diembao.reports.house import House
from diembao.reports.period import Period

UNREAD: Final = timedelta(hours=24)  # an outlet that was not read for so long has left a hole
FAILING: Final = 3  # failures in a row: one or two pass by themselves
QUARANTINE: Final = 1000  # entries that are counted; more is "more than"
_FIRST: Final = date(2000, 1, 1)  # nothing of ours was seen before


@dataclass(frozen=True, slots=True)
class Quiet:
    """An outlet that may be missing from the figures. ``since``: last read, or last article; None: never."""

    name: str
    since: datetime | None
    failures: int = 0
    why: str = ""


@dataclass(frozen=True, slots=True)
class Sources:
    """The state of the collection when a report is made. ``began`` is the day of the first article seen, ``behind`` the
    log entries that are not searchable yet.
    """

    began: date | None
    listed: int
    read: int
    never: tuple[Quiet, ...]
    unread: tuple[Quiet, ...]
    silent: tuple[Quiet, ...]
    run_ended: datetime | None
    quarantined: int
    unjudged: int
    behind: int


def sources(house: House, period: Period, now: datetime) -> Sources:
    last = house.store.last_run()
    states = {state.outlet: state for state in house.store.outlet_states()}
    # When nothing at all was collected after the latest run, that is no fault of every outlet.
    upto = min(period.end, now, (last[2] or last[1]) if last else now)
    sorted_ = _Sorted.of(house, states, period.start, upto)
    return Sources(
        began=began(house.index, now, period.zone),
        listed=len(house.crawled),
        read=len(house.crawled) - len(sorted_.never) - len(sorted_.unread),
        never=sorted_.never,
        unread=sorted_.unread,
        silent=sorted_.silent,
        run_ended=last[2] if last else None,
        quarantined=len(house.store.quarantine(QUARANTINE)),
        unjudged=house.index.count(Bool(must=(All(),), must_not=(Terms("relevance", ("yes", "part", "no")),))),
        behind=max(0, house.store.head() - house.index.position()),
    )


@dataclass(frozen=True, slots=True)
class _Sorted:
    never: tuple[Quiet, ...]
    unread: tuple[Quiet, ...]
    silent: tuple[Quiet, ...]

    @classmethod
    def of(cls, house: House, states: Mapping[str, OutletState], start: datetime, upto: datetime) -> _Sorted:
        """Each outlet in one list at most; in the order of the catalogue."""
        never, unread, silent = [], [], []
        for outlet in house.crawled:
            state = states.get(outlet.id)
            if state is None or state.last_reached is None:
                never.append(_quiet(outlet.name, state, None))
            elif state.last_reached < upto and (state.failures >= FAILING or upto - state.last_reached > UNREAD):
                unread.append(_quiet(outlet.name, state, state.last_reached))
            elif state.last_stored is None or state.last_stored < start:
                silent.append(Quiet(outlet.name, state.last_stored))
        return cls(tuple(never), tuple(unread), tuple(silent))


def _quiet(name: str, state: OutletState | None, since: datetime | None) -> Quiet:
    return Quiet(name, since, state.failures if state else 0, state.last_failure if state else "")


def began(index: Index, now: datetime, zone: str) -> date | None:
    """The day on which the first article was seen."""
    here = ZoneInfo(zone)
    low, high = 0, (now.astimezone(here).date() - _FIRST).days + 1
    if not index.count(Range("seen", None, _start(high, here))):
        return None
    while high - low > 1:  # nothing before day `low`, something before day `high`
        middle = (low + high) // 2
        low, high = (low, middle) if index.count(Range("seen", None, _start(middle, here))) else (middle, high)
    return _FIRST + timedelta(days=low)


def _start(days: int, zone: ZoneInfo) -> datetime:
    day = _FIRST + timedelta(days=days)
    return datetime(day.year, day.month, day.day, tzinfo=zone).astimezone(UTC)
