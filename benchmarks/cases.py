"""The list of 5,000 cases as *Vụ việc* asks for it, beside a bare SELECT of the same 50 rows, in one run.

    python -m benchmarks.cases [--cases 5000] [--store postgresql+psycopg://…]

Prints one JSON object: for each list the median and the 95th percentile in milliseconds, by the clock and of the
process, and its ratio to the bare SELECT.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from diembao.api.casework import counted, listed
from diembao.api.rights import Sight
from diembao.core.case import Case, CaseQuery, CaseState, Covered, Details, Priority
from diembao.core.settings import load
from diembao.pipeline.wiring import Installation, open_installation
from tests.store.making import NOW, article, keep

ARTICLES, PAGE, TIMES = 400, 50, 40
BY = "person:1"
OPEN = tuple(state for state in CaseState if not state.ended)


def fill(house: Installation, cases: int) -> None:
    """Cases of all units and states, two thirds of them ended, each with up to five articles."""
    chance = random.Random(7)
    outlets = sorted(house.outlets)
    made = [article(f"a{n}", outlet=chance.choice(outlets)) for n in range(ARTICLES)]
    keep(house.store, *made)
    units, ids = list(house.profile.units), [each.id for each in made]
    with house.store.writing() as write:
        for n in range(cases):
            opened = NOW - timedelta(hours=n)
            state = chance.choice(OPEN) if chance.random() < 1 / 3 else CaseState.CLOSED
            helping = tuple(chance.sample(units, 2))
            details = Details(f"Vụ việc {n}", chance.choice(units), helping=helping, priority=Priority.NORMAL)
            due = opened + timedelta(days=chance.randint(1, 60))
            case = write.open_case(opened.year, Case("", details, opened, BY, due_at=due))
            write.put_case(replace(case, state=state, holder=f"person:{n % 9}"))
            write.cover(case.number, [Covered(each, BY, opened) for each in chance.sample(ids, chance.randint(0, 5))])


def measured(ask: Callable[[], object]) -> dict[str, float]:
    ask()
    clock, cpu = [], []
    for _ in range(TIMES):
        began, worked = time.perf_counter(), time.process_time()
        ask()
        clock.append((time.perf_counter() - began) * 1000)
        cpu.append((time.process_time() - worked) * 1000)
    late = sorted(clock)[int(TIMES * 0.95)]
    return {"p50": round(statistics.median(clock), 2), "p95": round(late, 2), "cpu": round(statistics.median(cpu), 2)}


def lists(house: Installation) -> dict[str, Callable[[], object]]:
    everybody, unit = Sight(everything=True), next(iter(house.profile.units))
    mine, abroad = Sight(units=frozenset({unit})), Sight(units=frozenset({unit}), foreign=True)
    asked = CaseQuery(OPEN)

    def page(query: CaseQuery, seen: Sight, offset: int = 0) -> Callable[[], object]:
        return lambda: listed(house, query, seen, offset=offset, limit=PAGE)

    def screen(seen: Sight) -> Callable[[], object]:
        """As the screen asks: the counts of every choice, and a page."""

        def both() -> None:
            counted(house, CaseQuery(), seen, NOW)
            listed(house, asked, seen, offset=0, limit=PAGE)

        return both

    return {
        "open": page(asked, everybody),
        "ended, page 40": page(CaseQuery((CaseState.CLOSED,)), everybody, 40 * PAGE),
        "a unit's, late": page(CaseQuery(units=(unit,), late_at=NOW), everybody),
        "as a unit officer sees it": page(asked, mine),
        "as foreign affairs sees it": page(asked, abroad),
        "counts": lambda: counted(house, CaseQuery(), everybody, NOW),
        "the screen: counts and page": screen(everybody),
        "the screen of foreign affairs": screen(abroad),
    }


def bare(house: Installation) -> Callable[[], object]:
    """The same rows with nothing around them: no order, no count, no objects."""
    database = house.store._database  # type: ignore[attr-defined]  # noqa: SLF001 (what stands below the store)

    def ask() -> object:
        with database.reading() as connection:
            return connection.exec_driver_sql(f"SELECT * FROM cases WHERE NOT ended LIMIT {PAGE}").all()  # noqa: S608 (a number)

    return ask


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=5_000)
    parser.add_argument("--store", default="")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as home:
        settings = load(Path(home))
        if asked.store:
            settings = settings.model_copy(update={"store": settings.store.model_copy(update={"url": asked.store})})
        with open_installation(settings) as house:
            fill(house, asked.cases)
            below = measured(bare(house))
            told: dict[str, object] = {"cases": asked.cases, "bare": below}
            for name, ask in lists(house).items():
                found = measured(ask)
                told[name] = {**found, "ratio": round(found["p50"] / below["p50"], 1)}
    print(json.dumps(told, ensure_ascii=False, indent=1))


if __name__ == "__main__":
    main()
