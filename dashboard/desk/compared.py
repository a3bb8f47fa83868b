"""Statements of a period with what coverage did after each: the page that is shown, and all of them for one figure."""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from dashboard import newsroom
from dashboard.desk import effects
from diembao.core.statement_list import StatementLine, StatementQuery
from diembao.pipeline.wiring import Installation
from diembao.response.effect import MOST as WEEKS
from diembao.response.effect import Effect, Ratio, Side
from diembao.response.pooled import pooled

MEASURES: Final[Mapping[str, str]] = {"coverage": "texts", "critical": "critical", "repeats": "repeats"}  # what counts
POOLED: Final = 1_000  # statements in one figure, the newest: some milliseconds each, once an hour at most
# Both periods are over, with as long again for what is matched late: from then on a day is soon enough.
_OVER: Final = timedelta(weeks=2 * WEEKS)


@dataclass(frozen=True, slots=True)
class Page:
    """``total`` statements were issued in the period; these are shown. None: nothing is known of its case."""

    total: int
    lines: tuple[tuple[StatementLine, Effect | None], ...]


@dataclass(frozen=True, slots=True)
class Tally:
    """Of one statement: the length of either period in days (0: not a day old yet), and what was counted in each."""

    days: int
    before: Mapping[str, int]
    after: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Pool:
    """Of ``of`` statements that were asked for, ``ready`` were compared, each over ``shortest`` to ``longest`` days."""

    of: int
    ready: int
    shortest: int
    longest: int
    before: int
    after: int
    with_texts: int
    ratio: Ratio | None


def page(asked: StatementQuery, first: int, most: int, hour: datetime) -> Page:
    memory = newsroom.house().store.memory_position()
    total, lines = newsroom.read(_lines, asked, first, most)
    return Page(total, tuple((line, newsroom.read(effects.effect, line.case, hour, memory)) for line in lines))


def _lines(house: Installation, asked: StatementQuery, first: int, most: int) -> tuple[int, Sequence[StatementLine]]:
    return house.store.statement_lines(asked, offset=first, limit=most)


def pool(asked: StatementQuery, measure: str, hour: datetime) -> Pool:
    """The newest `POOLED` of them together, as of this hour."""
    issued = newsroom.read(_issued, asked)
    found = _tallies.of(newsroom.house(), issued, hour)
    ready = [each for each in found if each.days]
    counts = [(each.before[measure], each.after[measure]) for each in ready]
    days = [each.days for each in ready] or [0]
    before, after = (sum(each[side] for each in counts) for side in (0, 1))
    return Pool(len(issued), len(ready), min(days), max(days), before, after, sum(map(any, counts)), pooled(counts))


def _issued(house: Installation, asked: StatementQuery) -> tuple[tuple[str, datetime], ...]:
    return tuple((line.case, line.at) for line in house.store.statement_lines(asked, limit=POOLED)[1])


class _Tallies:
    """Each is reckoned once an hour, once a day where both its periods are long over: of all statements there ever were
    a few are due. They are nobody's but the record's: whoever asks may see the cases that they ask for. Each is
    reckoned by one of those who want it, and whoever wants a few does not wait for somebody's thousand.
    """

    def __init__(self) -> None:
        self._known = dict[tuple[str, str, str], tuple[tuple[datetime, datetime], Tally]]()
        self._lock, self._turns = threading.Lock(), dict[tuple[str, str, str], threading.Lock]()

    def of(self, house: Installation, issued: Sequence[tuple[str, datetime]], hour: datetime) -> Sequence[Tally]:
        return [self._one(house, number, at, hour) for number, at in issued]

    def _one(self, house: Installation, number: str, at: datetime, hour: datetime) -> Tally:
        # Another statement is the first one where that was retracted.
        due = at, hour.replace(hour=0) if hour - at > _OVER else hour
        this = str(house.settings.home), house.profile.id, number
        with self._lock:
            turn = self._turns.setdefault(this, threading.Lock())
        with turn:
            known = self._known.get(this)
            if known is None or known[0] != due:
                known = self._known[this] = due, _tally(effects.effect(house, number, hour, (0, 0)))
        return known[1]


_tallies: Final = _Tallies()


def _tally(found: Effect | None) -> Tally:
    return Tally(found.days, _counts(found.before), _counts(found.after)) if found else Tally(0, {}, {})


def _counts(side: Side) -> Mapping[str, int]:
    return {measure: count(side, measure) for measure in MEASURES}


def count(side: Side, measure: str) -> int:
    found: int = getattr(side, MEASURES[measure])
    return found


def ratio_of(effect: Effect, measure: str) -> Ratio | None:
    found: Ratio | None = getattr(effect, measure)
    return found
