"""The alarm at spikes tried on generated years: false alarms, and how soon a tripling is found.

    python -m benchmarks.spikes [--searches 12] [--trials 120] [--seed 1]

Each search has a level (1 to 500 articles a day), hours and weekends of its own, a drift over weeks, days that are
busier by chance, hours that are, stories that come with copies, Tết (longer or shorter than the calendar says) and a
trend over the year. A look at every quarter of an hour, as the worker does; learned anew every week (the worker does so
daily). A tripling begins at a random quarter, and is looked for at each of the next twelve. Prints one JSON object.
"""

from __future__ import annotations

import argparse
import json
import math
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from itertools import pairwise
from typing import Final

from benchmarks.silence import poisson
from diembao.reports.silence import TET
from diembao.reports.spikes import REPLAYED, Spike, spikes
from diembao.reports.usual import A_DAY, HISTORY, HOUR, Hours, Usual, learned

START: Final = datetime(2026, 4, 30, 17, tzinfo=UTC)  # midnight in Việt Nam
QUARTER: Final = HOUR / 4
ZONE: Final = "Asia/Ho_Chi_Minh"
DAYS: Final = HISTORY // A_DAY + 365
LEVELS: Final = (1, 10, 50, 200, 500, 1500)  # articles a day
# How unruly days and hours are: shapes of gamma distributions (coefficients of variation of .15 and .25 for days). Days
# of nine searches in 25 weeks of three newspapers stray by .14 to .41, most by less than .25.
UNRULY: Final = {"ordinary": (44.0, 30.0), "unruly": (16.0, 12.0)}
# Days after which it is learned anew. The worker does so every day; seven times the years in the same time.
RELEARNED: Final = 7
AT_ONCE: Final = 3  # hours in which a tripling is to be found
COPYING: Final = 24  # quarters within which a story's copies come


@lru_cache(maxsize=5000)
def holiday(day: date) -> bool:
    return any(timedelta(days=-3) <= day - tet <= timedelta(days=7) for tet in TET)


@dataclass(frozen=True, slots=True)
class Year:
    """Rates are articles a quarter of an hour, before chance has its say; each story has ``copies``."""

    rates: tuple[float, ...]
    counts: tuple[int, ...]
    copies: float

    def hours(self, first: int, last: int, last_counts: Sequence[int] = ()) -> Hours:
        """Of these quarters, the whole hours that end with the last; ``last_counts`` stand for the last of them."""
        first += (last - first) % 4
        quarters = [*self.counts[first : last - len(last_counts)], *last_counts]
        return Hours(START + first * QUARTER, [sum(quarters[n : n + 4]) for n in range(0, len(quarters), 4)])


def year(chance: random.Random, level: float, kind: str) -> Year:
    days_shape, hours_shape = UNRULY[kind]
    peak, weekend, copies = chance.uniform(8, 16), chance.uniform(0.3, 1.0), chance.choice((0.0, 0.3, 1.0))
    clock = [0.15 + math.exp(-(((hour - peak + 12) % 24 - 12) ** 2) / chance.uniform(20, 50)) for hour in range(A_DAY)]
    tet, before, after = chance.uniform(0.05, 0.6), chance.randint(0, 4), chance.randint(4, 9)
    growth, drift = chance.uniform(-0.5, 0.7), 0.0
    rates = []
    for day in range(DAYS):
        at = (START + timedelta(days=day, hours=7)).date()
        drift = 0.95 * drift + chance.gauss(0, 0.04)
        of_day = level * math.exp(drift + growth * day / DAYS) * chance.gammavariate(days_shape, 1 / days_shape)
        of_day *= weekend if at.weekday() >= 5 else 1.0
        of_day *= tet if any(timedelta(days=-before) <= at - new <= timedelta(days=after) for new in TET) else 1.0
        rates += [of_day * share / sum(clock) * chance.gammavariate(hours_shape, 1 / hours_shape) for share in clock]
    quarters = [rate / 4 for rate in rates for _ in range(4)]
    return Year(tuple(quarters), tuple(_came(chance, quarters, copies)), copies)


def _came(chance: random.Random, rates: Sequence[float], copies: float) -> list[int]:
    """Stories by chance, each with copies within the six hours after it."""
    found = [0] * (len(rates) + COPYING + 1)
    for quarter, rate in enumerate(rates):
        for _ in range(poisson(chance, rate / (1 + copies))):
            found[quarter] += 1
            for _ in range(poisson(chance, copies)):
                found[quarter + chance.randrange(COPYING + 1)] += 1
    return found[: len(rates)]


def usual_at(made: Year, quarter: int) -> Usual | None:
    """As it was learned at the last midnight of `RELEARNED` days."""
    last = quarter - quarter % (RELEARNED * A_DAY * 4)
    return learned(made.hours(max(0, last - 4 * HISTORY), last), zone=ZONE, is_holiday=holiday)


def false_alarms(made: Year) -> int:
    """What was learned looks at every quarter until it is learned again; a spike that goes on meanwhile is one."""
    step, found = RELEARNED * A_DAY * 4, []
    for midnight in range(4 * HISTORY, len(made.counts) - step - 4, step):
        usual, begins = usual_at(made, midnight), START + midnight * QUARTER
        for shift in range(4):
            hours = made.hours(midnight - 4 * REPLAYED, midnight + step + shift)
            found += [each for each in spikes(hours, usual) if each.found > begins] if usual else []
    return _apart(found)


def _apart(found: list[Spike]) -> int:
    """Those that begin while another goes on are the same."""
    number, latest = 0, START
    for each in sorted(found, key=lambda spike: spike.found):
        number += each.since >= latest
        latest = max(latest, each.until or each.found)
    return number


@dataclass(frozen=True, slots=True)
class Trial:
    expected: float  # articles that the three hours would have brought without it
    found: bool


def trials(chance: random.Random, years: list[Year], n: int) -> Iterator[Trial]:
    for _ in range(n):
        made = chance.choice(years)
        onset = chance.randrange(4 * HISTORY, len(made.counts) - 4 * A_DAY)
        rates = made.rates[onset : onset + 4 * AT_ONCE]
        # Articles are threefold from the onset on, copies of what came before it with them.
        extra = [2 * rate for rate in made.rates[onset - COPYING : onset + 4 * AT_ONCE]]
        more = _came(chance, extra, made.copies)[COPYING:]
        counts = [made.counts[onset + n] + each for n, each in enumerate(more)]
        usual = usual_at(made, onset)
        yield Trial(sum(rates), usual is not None and _is_found(made, usual, onset, counts))


def _is_found(made: Year, usual: Usual, onset: int, counts: Sequence[int]) -> bool:
    """An alarm that is rung within the time, or rang shortly before and goes on."""
    for end in range(onset + 1, onset + len(counts) + 1):
        found = spikes(made.hours(end - 4 * REPLAYED, end, counts[: end - onset]), usual)
        if found and found[-1].until is None:
            return True
    return False


def measured(searches: int, tried: int, seed: int, levels: tuple[float, ...] = LEVELS) -> dict[str, object]:
    kinds: dict[str, object] = {}
    for kind in UNRULY:
        rows: dict[str, object] = {}
        pooled: list[Trial] = []
        for level in levels:
            chance = random.Random(f"{seed}:{kind}:{level}")
            years = [year(chance, level, kind) for _ in range(searches)]
            alarms = [false_alarms(each) * 60 / 365 for each in years]
            these = list(trials(chance, years, tried))
            pooled += these
            rows[str(level)] = {
                "false_alarms_in_60_days": round(sum(alarms) / searches, 2),
                "the_worst_search": round(max(alarms), 2),
                "found_within_3_h": round(sum(each.found for each in these) / tried, 3),
            }
        kinds[kind] = {"by_articles_a_day": rows, "by_usual_articles_in_these_3_h": _by_expected(pooled)}
    return {"searches_at_each_level": searches, "triplings_at_each_level": tried, "seed": seed, "days": kinds}


def _by_expected(pooled: list[Trial]) -> dict[str, object]:
    bounds = (0, 2, 4, 8, 16, 32, 64, 128, 1_000_000)
    rows: dict[str, object] = {}
    for low, high in pairwise(bounds):
        part = [each.found for each in pooled if low <= each.expected < high]
        if part:
            rows[f"{low}+"] = {"n": len(part), "found": round(sum(part) / len(part), 3)}
    return rows


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--searches", type=int, default=12)
    parser.add_argument("--trials", type=int, default=120)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--levels", type=float, nargs="*", default=LEVELS)
    asked = parser.parse_args()
    print(json.dumps(measured(asked.searches, asked.trials, asked.seed, tuple(asked.levels)), indent=1))


if __name__ == "__main__":
    main()
