"""A large record on both engines: ``python -m benchmarks.grown --home DIR [--articles 1000000] [--minutes 60]``.

The home is one that `benchmarks.search` has filled, with its embedded index. Its articles are put into Elasticsearch (a
node of the tests; ``ES_JAVA_OPTS=-Xmx3g`` for its heap), as many as asked for or as come to be within the minutes. Then
both are asked in turn: pages of searches, the figures of a screen, a page deep in a list, what *Hôm nay* reads; at last
each counts a week's summary. Prints one JSON object, milliseconds by the clock; the processor's are those of the asking
process, ``server`` those of Elasticsearch, in the mean.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from itertools import islice
from pathlib import Path
from typing import Any, Final

from benchmarks.asking import ABOUT, PAGE, bundles, narrowed, page, phrases, side_by_side
from benchmarks.newsprint import NOW, wording
from benchmarks.sameness import ZONE
from benchmarks.workers import elasticsearch, spent
from dashboard import views
from diembao.core.counts import counted
from diembao.core.errors import IndexAway
from diembao.core.ports import Index, SortBy
from diembao.core.query import Query
from diembao.core.settings import load
from diembao.pipeline import steps
from diembao.pipeline.wiring import Installation, open_installation
from diembao.reports import weekly
from tests import servers
from tests.reports.coverage import THE_WEEK

PUT: Final = 2000  # articles at a time
DEEP: Final = 9_900  # articles before a page that is asked for
QUESTIONS: Final = 20
WARMING: Final = 5  # questions that `side_by_side` asks before it counts
TODAY: Final = views.Window("published", NOW - timedelta(hours=24), NOW)


def put(house: Installation, most: int, seconds: float) -> dict[str, Any]:
    """A part that finds the server too busy to answer is put again, as the program would."""
    began, worked, server, n, again = time.monotonic(), time.process_time(), spent([elasticsearch()]), 0, 0
    ids = islice(house.store.article_ids(), most)
    with house.searchable.renewed() as fresh:
        while (part := list(islice(ids, PUT))) and time.monotonic() - began < seconds:
            while True:
                try:
                    n += fresh.put(steps.documents(house, part))
                    break
                except IndexAway:
                    again += 1
            if n % (10 * PUT) == 0:
                print(n, round(time.monotonic() - began), os.getloadavg(), file=sys.stderr, flush=True)
        fresh.mark(house.store.head())
    took = time.monotonic() - began
    return {
        "articles": n,
        "seconds": round(took),
        "articles_per_s": round(n / took),
        "put_again": again,
        "ms_of_a_processor": {
            "builder": round(1000 * (time.process_time() - worked) / n, 2),
            "elasticsearch": round(1000 * (spent([elasticsearch()]) - server) / n, 2),
        },
        "bytes_an_article": round(on_disk() / n),
        "load": round(os.getloadavg()[0], 1),
    }


def on_disk() -> int:
    """Bytes of the server's data, once it has settled what it merges."""
    with servers.running().client() as client:
        client.indices.refresh(index="*")
        client.indices.flush(index="*")
    return sum(path.stat().st_size for path in (servers.running().folder / "data").rglob("*") if path.is_file())


def figures(index: Index) -> Callable[[Query], Any]:
    return lambda query: counted(index, query, zone=ZONE, near=NOW)


def deep(index: Index) -> Callable[[Query], Any]:
    return lambda query: index.search(query, sort=SortBy.NEWEST, limit=PAGE, offset=DEEP).hits


def today(house: Installation) -> Callable[[Query], Any]:
    """What the first screen asks the index for; the question is not heard."""

    def ask(_: Query) -> Any:  # noqa: ANN401 (only timed)
        return (
            views.numbers(house, TODAY, 7),
            views.first_stories(house, TODAY),
            views.days_by_stance(house, NOW),
        )

    return ask


def asked(houses: dict[str, Installation], headlines: Path | None) -> dict[str, Any]:
    trees = [narrowed(phrase) for phrase in phrases(wording(headlines))[:QUESTIONS]]
    ways: dict[str, tuple[Callable[[Installation], Callable[[Query], Any]], list[Query]]] = {
        "page": (lambda house: page(house, house.searchable), trees),
        "figures": (lambda house: figures(house.searchable), bundles(trees)[:QUESTIONS]),
        "deep": (lambda house: deep(house.searchable), [ABOUT] * 5),
        "today": (today, [ABOUT] * 7),
    }
    told: dict[str, Any] = {}
    for name, (way, questions) in ways.items():
        before = spent([elasticsearch()])
        told[name] = side_by_side({engine: way(house) for engine, house in houses.items()}, questions)
        asked_for = len(questions) + min(WARMING, len(questions))
        told[name]["elasticsearch"]["server"] = round(1000 * (spent([elasticsearch()]) - before) / asked_for, 1)
    return told | {"totals": {engine: house.searchable.count(ABOUT) for engine, house in houses.items()}}


def weeks(houses: dict[str, Installation]) -> dict[str, Any]:
    """The last whole week counted once on each engine: seconds, and how many articles it had there."""
    told: dict[str, Any] = {}
    for engine, house in houses.items():
        began, worked = time.monotonic(), time.process_time()
        found = weekly.weekly(house, THE_WEEK, province=house.profile.id, now=NOW)
        took = {"clock": time.monotonic() - began, "processor": time.process_time() - worked}
        told[engine] = {"articles": len(found.items), **{name: round(each, 1) for name, each in took.items()}}
        print(engine, told[engine], file=sys.stderr, flush=True)
    return told


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--home", type=Path, required=True)
    parser.add_argument("--headlines", type=Path)
    parser.add_argument("--articles", type=int, default=1_000_000)
    parser.add_argument("--minutes", type=float, default=60)
    given = parser.parse_args()
    node = {"engine": "elastic", "url": servers.running().url, "user": servers.USER, "password": servers.PASSWORD}
    embedded = load(given.home)
    os.environ.update({f"DIEMBAO_INDEX__{name.upper()}": value for name, value in node.items()})
    with open_installation(embedded) as small, open_installation(load(given.home)) as grown:
        told = {"put": put(grown, given.articles, given.minutes * 60)}
        print(json.dumps(told), file=sys.stderr, flush=True)
        both = {"embedded": small, "elasticsearch": grown}
        told |= asked(both, given.headlines)
        print(json.dumps(told), file=sys.stderr, flush=True)
        told["weeks"] = weeks(both)
    print(json.dumps(told, indent=1))


if __name__ == "__main__":
    main()
