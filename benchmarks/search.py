"""Search, counts and matching at scale, beside the bare engine, SQLite's own full text, and Elasticsearch.

    python -m benchmarks.search --articles 50000 --home DIR [--headlines FILE] [--elastic http://127.0.0.1:9200]

One JSON object on standard output. Times are milliseconds unless named otherwise; what is compared is asked in turn,
question by question, so that a busy machine slows both.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import sqlite3
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any, Final

from benchmarks.newsprint import NOW, articles, wording
from benchmarks.newsroom import filled
from benchmarks.sameness import ZONE, same
from diembao.core.analysis import streams, tokens
from diembao.core.counts import asked, counted
from diembao.core.document import Document
from diembao.core.ports import Event, Index
from diembao.core.query import Bool, Phrase, Query, Range, Terms, Text
from diembao.pipeline import steps, worker
from diembao.pipeline.wiring import Installation
from indexer.aggregations import prepared
from indexer.elastic import ElasticIndex
from indexer.embedded import EmbeddedIndex
from indexer.matching import Matcher

QUESTIONS: Final = 60
SINCE: Final = NOW - timedelta(days=180)
ABOUT: Final = Terms("relevance", ("yes", "part"))
PAGE: Final = 20
RELABELLED: Final = 10_000
# In a process of its own: seconds from the first import of ours to the first answer.
_FIRST: Final = """
import sys, time
start, used = time.perf_counter(), time.process_time()
from pathlib import Path
from diembao.core.query import Phrase
from indexer.embedded import EmbeddedIndex
found = EmbeddedIndex(Path(sys.argv[1]), read_only=True).search(Phrase("text", sys.argv[2]))
print(time.perf_counter() - start, time.process_time() - used, found.total)
"""


def phrases(made: Sequence[Document]) -> list[str]:
    """Two words that stand side by side in a headline."""
    chance, found = random.Random(3), list[str]()
    while len(found) < QUESTIONS:
        words = [token.typed for token in tokens(chance.choice(made).title)]
        if len(words) > 4:
            at = chance.randrange(len(words) - 1)
            found.append(" ".join(words[at : at + 2]))
    return found


def narrowed(phrase: str) -> Query:
    filters = ABOUT, Terms("country", ("VN",)), Range("published", SINCE, None)
    return Bool(must=(Phrase("text", phrase), *filters))


@dataclass(frozen=True)
class Took:
    """Seconds, by the clock and of a processor: on a busy machine the first says little."""

    clock: float
    processor: float


def took(work: Callable[[], Any]) -> Took:
    start, used = time.perf_counter(), time.process_time()
    work()
    return Took(time.perf_counter() - start, time.process_time() - used)


def side_by_side(asks: dict[str, Callable[[Any], Any]], questions: Sequence[Any]) -> dict[str, Any]:
    """p50 and p95 of each way of asking, by the clock and of the processor. Every question is asked each way, one after
    the other, after one round of warming.
    """
    for ask in asks.values():
        for question in questions[:5]:
            ask(question)
    times: dict[str, list[Took]] = {name: [] for name in asks}
    for question in questions:
        for name, ask in asks.items():
            times[name].append(took(partial(ask, question)))
    return {
        name: middle([each.clock for each in found]) | {"processor": middle([each.processor for each in found])}
        for name, found in times.items()
    }


def middle(seconds: Sequence[float]) -> dict[str, Any]:
    ranked = statistics.quantiles(seconds, n=20)
    return {"p50": round(statistics.median(seconds) * 1000, 2), "p95": round(ranked[-1] * 1000, 2)}


# -- the ways of asking -------------------------------------------------------------------------------


def bare_page(index: EmbeddedIndex) -> Callable[[Query], Any]:
    """Tantivy's own call for the same query: the best twenty and their ids."""

    def ask(query: Query) -> list[str]:
        with index._folder.reading() as searcher:  # noqa: SLF001 (the bare engine is what is compared with)
            found = searcher.search(index._compiler.compiled(query), PAGE)  # noqa: SLF001
            return [str(searcher.doc(where)["id"][0]) for _, where in found.hits]

    return ask


def bare_bundle(index: EmbeddedIndex) -> Callable[[Query], Any]:
    aggs = prepared(asked(ZONE, NOW), keeps_all="segment_size")

    def ask(query: Query) -> Any:  # noqa: ANN401 (what tantivy answers)
        with index._folder.reading() as searcher:  # noqa: SLF001
            return searcher.aggregate(index._compiler.compiled(query), aggs)  # noqa: SLF001

    return ask


def page(house: Installation, index: Index) -> Callable[[Query], Any]:
    """A page of a list as a screen has it: ids, then rows with their labels."""

    def ask(query: Query) -> Any:  # noqa: ANN401 (only timed)
        return house.store.articles([hit.id for hit in index.search(query, limit=PAGE).hits])

    return ask


def fts5(path: Path, made: Sequence[Document]) -> sqlite3.Connection:
    """SQLite's full text over the same tokens."""
    database = sqlite3.connect(path)
    if database.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
        return database
    database.execute("CREATE VIRTUAL TABLE words USING fts5(text, content='')")
    database.execute("CREATE TABLE news (n INTEGER PRIMARY KEY, id, title, relevance, country, published)")
    for number, each in enumerate(made):
        text = streams(each.title, each.lead, each.text).folded
        database.execute("INSERT INTO words(rowid, text) VALUES (?, ?)", (number, text))
        values = each.keywords["relevance"][0], each.keywords["country"][0], each.published.timestamp()
        database.execute("INSERT INTO news VALUES (?, ?, ?, ?, ?, ?)", (number, each.id, each.title, *values))
    database.execute("INSERT INTO words(words) VALUES ('optimize')")
    database.commit()
    return database


def fts5_page(database: sqlite3.Connection) -> Callable[[Query], Any]:
    statement = (
        "SELECT id, title FROM words JOIN news ON n = words.rowid WHERE words MATCH ? "
        "AND relevance IN ('yes', 'part') AND country = 'VN' AND published >= ? ORDER BY rank LIMIT 20"
    )

    def ask(query: Any) -> Any:  # noqa: ANN401 (the trees of `narrowed`)
        words = " ".join(token.folded for token in tokens(query.must[0].text))
        return database.execute(statement, (f'"{words}"', SINCE.timestamp())).fetchall()

    return ask


# -- what is measured ---------------------------------------------------------------------------------


def writing(house: Installation, made: Sequence[Document]) -> dict[str, Any]:
    """Rebuilt from the record; and the engine alone, of articles that are at hand."""
    index = house.index

    def put() -> None:
        with index.renewed() as fresh:
            for at in range(0, RELABELLED, 500):
                fresh.put(made[at : at + 500])

    return {
        "put": rate(took(put), min(RELABELLED, len(made))),
        "rebuild": rate(took(lambda: worker.rebuild_index(house, lambda _: None, lambda: NOW)), len(made)),
    }


def rate(time_taken: Took, count: int) -> dict[str, Any]:
    return {
        "seconds": round(time_taken.clock, 1),
        "processor_seconds": round(time_taken.processor, 1),
        "articles_per_s": round(count / time_taken.clock),
        "articles_per_processor_s": round(count / time_taken.processor),
    }


def relabelled(house: Installation, made: Sequence[Document]) -> dict[str, Any]:
    """Until new labels of 10,000 articles can be searched."""
    names = [each.id for each in made[:RELABELLED]]
    with house.store.writing() as write:
        write.announce(Event.GROUPED, names, now=NOW)

    def work() -> None:
        while steps.index(house, lambda: NOW, "bench").leases:
            pass

    return rate(took(work), len(names))


def matched(index: Index, made: Sequence[Document]) -> dict[str, Any]:
    """1,000 articles against saved searches, beside asking the index about these articles search by search."""
    batch, chance = made[-1000:], random.Random(5)
    figures: dict[str, Any] = {}
    for count in (300, 5000):
        searches = [_saved(made, chance) for _ in range(count)]
        matcher = Matcher()
        among = Terms("id", tuple(each.id for each in batch))
        asked_each = [Bool(must=(tree, among)) for tree in searches]
        figures[str(count)] = {
            "first": asdict(took(partial(matcher.matching, batch, searches))),
            "again": asdict(took(partial(matcher.matching, batch, searches))),
            "loop": asdict(took(partial(asked_one_by_one, index, asked_each))),
            "found": sum(map(len, matcher.matching(batch, searches))),
        }
    return figures


def asked_one_by_one(index: Index, trees: Sequence[Query]) -> None:
    for tree in trees:
        index.search(tree, limit=1000)


def _saved(made: Sequence[Document], chance: random.Random) -> Query:
    """What people save: a phrase or two words of a headline, half of them about the province, some of one outlet."""
    words = [token.typed for token in tokens(chance.choice(made).title)]
    at = chance.randrange(max(1, len(words) - 1))
    typed = " ".join(words[at : at + 2])
    parts: list[Query] = [Phrase("text", typed) if chance.random() < 0.5 else Text("text", typed)]
    if chance.random() < 0.5:
        parts.append(ABOUT)
    if chance.random() < 0.2:
        parts.append(Terms("outlet", chance.choice(made).keywords["outlet"]))
    return Bool(must=tuple(parts))


def first_query(path: Path, phrase: str) -> dict[str, float]:
    """The middle of five processes."""
    command = [sys.executable, "-c", _FIRST, str(path), phrase]
    found = [subprocess.run(command, capture_output=True, text=True, check=True).stdout.split() for _ in range(5)]
    clock, processor = (statistics.median(float(each[at]) * 1000 for each in found) for at in (0, 1))
    return {"clock": round(clock, 1), "processor": round(processor, 1)}


def on_elastic(url: str, house: Installation, made: Sequence[Document], trees: Sequence[Query]) -> dict[str, Any]:
    with closing(ElasticIndex(url, "diembao-bench")) as index:
        start = time.perf_counter()
        index.wipe()
        for at in range(0, len(made), 500):
            index.put(made[at : at + 500])
        seconds = time.perf_counter() - start
        asks = {"page": page(house, index), "bundle": lambda query: counted(index, query, zone=ZONE, near=NOW)}
        figures = {
            "put_articles_per_s": round(len(made) / seconds),
            "page": side_by_side({"elastic": asks["page"]}, trees)["elastic"],
            "bundle": side_by_side({"elastic": asks["bundle"]}, bundles(trees))["elastic"],
            **same(index, house.index, trees, bundles(trees)[:10]),
        }
        index.wipe()
    return figures


def bundles(trees: Sequence[Query]) -> list[Query]:
    """Of all coverage of the province, of half a year, and of phrases."""
    return [ABOUT, Bool(must=(ABOUT, Range("published", SINCE, None))), *trees[:8]] * 3


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=50_000)
    parser.add_argument("--headlines", type=Path)
    parser.add_argument("--home", type=Path, required=True, help="kept: a second run finds the articles there")
    parser.add_argument("--elastic", default="", help="a server without a password")
    given = parser.parse_args()
    made = list(articles(wording(given.headlines), given.articles))
    trees = [narrowed(phrase) for phrase in phrases(made)]
    with filled(given.home, made) as house, closing(fts5(given.home / "fts5.db", made)) as database:
        figures: dict[str, Any] = {"articles": given.articles, **writing(house, made)}
        index = EmbeddedIndex(house.settings.index_path, read_only=True)
        ours, bare = page(house, index), bare_page(index)
        figures["page"] = side_by_side({"ours": ours, "bare": bare, "fts5": fts5_page(database)}, trees)
        whole: dict[str, Callable[[Any], Any]] = {
            "ours": lambda query: counted(index, query, zone=ZONE, near=NOW),
            "bare": bare_bundle(index),
        }
        figures["bundle"] = side_by_side(whole, bundles(trees))
        figures["first_query_ms"] = first_query(house.settings.index_path, "quy nhơn")
        figures["relabel"] = relabelled(house, made)
        figures["matching"] = matched(index, made)
        if given.elastic:
            figures["elastic"] = on_elastic(given.elastic, house, made, trees)
    figures["peak_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(json.dumps(figures, indent=1))


if __name__ == "__main__":
    main()
