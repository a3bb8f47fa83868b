"""The alarm at silence tried on generated years: false alarms, and how long a dead source goes unnoticed.

    python -m benchmarks.silence [--outlets 60] [--seed 1]

Each outlet has a level (0.1 to 200 entries a day), hours of its own, weekends, a drift from week to week, days that
are busier by chance, summer, Tết or its own country's new year (longer or shorter than the calendar of the test says)
and days on which nothing was collected. Prints one JSON object.
"""

from __future__ import annotations

import argparse
import json
import math
import random
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from statistics import median

from diembao.core.arrivals import SLOT
from diembao.reports.silence import TET, Series, fallen

START = datetime(2026, 6, 1, tzinfo=UTC)
DAYS = 126 + 365  # a history first, then the year that is measured
HISTORY_SLOTS = 126 * 4
LEVELS = (0.15, 0.5, 1, 3, 10, 30, 100, 200)  # entries a day


def year(chance: random.Random, level: float) -> list[int | None]:
    """One outlet's counts, slot by slot."""
    hours = [chance.uniform(0.05, 0.3), chance.uniform(0.6, 1.4), chance.uniform(0.8, 1.6), chance.uniform(0.3, 1.2)]
    weekend, tet = chance.uniform(0.2, 1.0), chance.uniform(0.02, 0.5)
    before, after = chance.randint(0, 3), chance.randint(4, 8)
    drift, found = 0.0, []
    for day in range(DAYS):
        at = START + timedelta(days=day)
        drift = 0.9 * drift + chance.gauss(0, 0.08)
        busy = chance.gammavariate(6, 1 / 6)  # a day's own news
        rate = level / sum(hours) * math.exp(drift) * busy * (weekend if at.weekday() >= 5 else 1.0)
        rate *= tet if _at_tet(at.date(), before, after) else 1.0
        rate *= 0.85 if at.month in (6, 7) else 1.0
        collected = chance.random() > 0.005
        found += [poisson(chance, rate * share) if collected else None for share in hours]
    return found


def _at_tet(day: date, before: int, after: int) -> bool:
    return any(timedelta(days=-before) <= day - tet <= timedelta(days=after) for tet in TET)


def poisson(chance: random.Random, mean: float) -> int:
    if mean > 50:
        return max(0, round(chance.gauss(mean, math.sqrt(mean))))
    limit, product, n = math.exp(-mean), chance.random(), 0
    while product > limit:
        product *= chance.random()
        n += 1
    return n


def false_alarms(counts: Sequence[int | None]) -> int:
    """Times that an alarm began, looking four times a day for a year."""
    began, ringing = 0, False
    for end in range(HISTORY_SLOTS, len(counts) + 1):
        first = max(0, end - 2 * 224)
        now = fallen(Series(START + first * SLOT, counts[first:end], "vi")) is not None
        began += now and not ringing
        ringing = now
    return began


def delay(counts: Sequence[int | None], chance: random.Random, kept: float) -> float | None:
    """Days until it is noticed that only this share still comes; None: not within eighty days."""
    died = chance.randrange(HISTORY_SLOTS, len(counts) - 80 * 4)
    rest = [None if n is None else sum(chance.random() < kept for _ in range(n)) for n in counts[died:]]
    dead = [*counts[:died], *rest]
    for end in range(died + 1, died + 80 * 4):
        first = max(0, end - 2 * 224)
        if fallen(Series(START + first * SLOT, dead[first:end], "vi")):
            return (end - died) / 4
    return None


def measured(outlets: int, seed: int) -> dict[str, object]:
    rows = {}
    for level in LEVELS:
        chance = random.Random(f"{seed}:{level}")
        years = [year(chance, level) for _ in range(outlets)]
        dead = [delay(each, chance, 0.0) for each in years]
        fewer = [delay(each, chance, 0.2) for each in years]
        rows[str(level)] = {
            "false_alarms_per_year": round(sum(map(false_alarms, years)) / outlets, 3),
            "days_until_dead_is_noticed": _told(dead),
            "days_until_a_fall_to_a_fifth_is_noticed": _told(fewer),
        }
    return {"outlets_at_each_level": outlets, "seed": seed, "by_entries_a_day": rows}


def _told(days: Sequence[float | None]) -> dict[str, float | None]:
    known = sorted(math.inf if each is None else each for each in days)
    half, most = median(known), known[math.ceil(0.95 * len(known)) - 1]
    return {"p50": None if half == math.inf else half, "p95": None if most == math.inf else most}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--outlets", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    print(json.dumps(measured(asked.outlets, asked.seed), indent=1))


if __name__ == "__main__":
    main()
