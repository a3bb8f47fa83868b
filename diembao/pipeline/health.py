"""Which outlets, languages and kinds of source are silent or failing: one rule for the screens and for `status`.

The order of rules for an outlet, the first that fits: never read · one of its sources failed `FAILING` times in a row
· not read for `UNREACHED` · fewer entries than its own history makes likely (`reports.silence`). A language and a
kind of source know the last rule only. A source that fails is asked less and less often, and never given up.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from diembao.core.arrivals import SLOT, SourceState, slot_of
from diembao.core.article import Outlet
from diembao.pipeline.wiring import Installation
from diembao.reports.silence import HISTORY, WINDOWS, Fall, Series, fallen

# A source is failing after this many failures in a row: one or two pass by themselves.
FAILING: Final = 3
UNREACHED: Final = timedelta(hours=48)  # two of the longest pauses between two tries
# Slots that a source is new for: what it lists at first was written long before.
NEW: Final = 5
LOOKED: Final = HISTORY + max(WINDOWS)  # slots


class Silence(StrEnum):
    """In the order in which they outrank each other."""

    NEVER = "never"
    FAILING = "failing"
    UNREACHED = "unreached"
    QUIET = "quiet"


@dataclass(frozen=True, slots=True)
class SilentOutlet:
    """``failing`` of ``sources`` have failed too often in a row; ``fall`` says how few entries came."""

    outlet: str
    silence: Silence
    since: datetime | None
    failures: int = 0
    why: str = ""
    failing: int = 0
    sources: int = 0
    fall: Fall | None = None


@dataclass(frozen=True, slots=True)
class SilentGroup:
    """A language (``scope`` "language") or a kind of source ("source-kind"), over all outlets."""

    scope: str
    name: str
    fall: Fall


@dataclass(frozen=True, slots=True)
class Health:
    """Measured at the latest run, not now: when nothing is collected at all, that is one message of its own and not a
    fault of every outlet.
    """

    outlets: tuple[SilentOutlet, ...] = ()
    groups: tuple[SilentGroup, ...] = ()
    sources: int = 0  # of the outlets that are read
    failing: int = 0  # of them


def health_of(house: Installation, now: datetime) -> Health:
    last = house.store.last_run()
    if last is None:
        return Health()
    _, started, ended = last
    at = min(now, ended or started)
    states: dict[str, list[SourceState]] = defaultdict(list)
    for state in house.store.source_states():
        states[state.outlet].append(state)
    counts = _Counts(house, at)
    judged = (_judged(outlet, states[outlet.id], counts, at) for outlet in house.crawled)
    silent = sorted(filter(None, judged), key=lambda each: (list(Silence).index(each.silence), each.outlet))
    crawled = {source for outlet in house.crawled for source in outlet.sources}
    failing = sum(state.failures >= FAILING for found in states.values() for state in found if state.source in crawled)
    return Health(tuple(silent), tuple(counts.groups()), len(crawled), failing)


def _judged(outlet: Outlet, states: Sequence[SourceState], counts: _Counts, at: datetime) -> SilentOutlet | None:
    if not states:
        return None  # it is new in the catalogue: no run has come to it
    read = max((state.read_at for state in states if state.read_at), default=None)
    worst = max(states, key=lambda state: (state.failures, state.source))
    failing = sum(state.failures >= FAILING for state in states)
    told = (worst.failures, worst.failure, failing, len(outlet.sources))
    if read is None:
        return SilentOutlet(outlet.id, Silence.NEVER, None, *told) if worst.failures else None
    if failing:
        return SilentOutlet(outlet.id, Silence.FAILING, read, *told)
    if at - read > UNREACHED:
        return SilentOutlet(outlet.id, Silence.UNREACHED, read, *told)
    fall = counts.of([outlet])
    return SilentOutlet(outlet.id, Silence.QUIET, fall.since, *told, fall) if fall else None


class _Counts:
    """What came, slot by slot, of the sources that are read now."""

    def __init__(self, house: Installation, at: datetime) -> None:
        self._outlets = house.crawled
        self._end = slot_of(at)  # the slot that is not over yet is left out
        self._start = self._end - LOOKED * SLOT
        self._collected = {slot_of(ended) for ended in house.store.collected(self._start)}
        self._by_source: dict[str, dict[datetime, int]] = defaultdict(dict)
        for arrival in house.store.arrivals(self._start):
            self._by_source[arrival.source][arrival.slot] = arrival.n
        self._began = {source: min(slots) + NEW * SLOT for source, slots in self._by_source.items()}

    def of(self, outlets: Iterable[Outlet]) -> Fall | None:
        outlets = list(outlets)
        sources = [source for outlet in outlets for source in outlet.sources]
        return self._fall(sources, next((outlet.language for outlet in outlets), ""))

    def groups(self) -> Iterable[SilentGroup]:
        languages: dict[str, list[Outlet]] = defaultdict(list)
        kinds: dict[str, list[str]] = defaultdict(list)
        for outlet in self._outlets:
            languages[outlet.language].append(outlet)
            for kind, sources in by_kind(outlet).items():
                kinds[kind] += sources
        for language, outlets in sorted(languages.items()):
            if fall := self.of(outlets):
                yield SilentGroup("language", language, fall)
        for kind, sources in sorted(kinds.items()):
            if fall := self._fall(sources, "vi"):  # most of all outlets keep Tết
                yield SilentGroup("source-kind", kind, fall)

    def _fall(self, sources: Sequence[str], language: str) -> Fall | None:
        known = [source for source in sources if source in self._began]
        if not known:
            return None
        start = max(self._start, min(self._began[source] for source in known))
        counts: list[int | None] = []
        slot = start
        while slot < self._end:
            came = sum(self._by_source[each].get(slot, 0) for each in known if slot >= self._began[each])
            counts.append(came if came or slot in self._collected else None)
            slot += SLOT
        return fallen(Series(start, counts, language))


def by_kind(outlet: Outlet) -> Mapping[str, Sequence[str]]:
    """The addresses of each kind of source; what is no feed, sitemap or listing page is a channel."""
    named = {"feed": outlet.feeds, "sitemap": outlet.sitemaps, "listing": outlet.listings}
    others = [each for each in outlet.sources if not any(each in known for known in named.values())]
    return {kind: list(sources) for kind, sources in {**named, "channel": others}.items() if sources}
