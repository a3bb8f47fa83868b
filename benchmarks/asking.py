"""Ways of asking for the same thing, side by side: this program, the bare engine, SQLite's own full text."""

from __future__ import annotations

import random
import sqlite3
import statistics
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any, Final

import tantivy

from benchmarks import newsprint
from benchmarks.newsprint import NOW
from diembao.core.analysis import streams, tokens
from diembao.core.document import Document
from diembao.core.ports import Index
from diembao.core.query import Bool, Phrase, Query, Range, Terms
from diembao.pipeline.wiring import Installation
from indexer.embedded import EmbeddedIndex, schema
from indexer.fields import Words, clauses

QUESTIONS: Final = 60
SINCE: Final = NOW - timedelta(days=180)
ABOUT: Final = Terms("relevance", ("yes", "part"))
PAGE: Final = 20
SCHEMA: Final = schema()
MUST: Final = tantivy.Occur.Must


def phrases(words: Sequence[newsprint.Words]) -> list[str]:
    """Two words that stand side by side in a headline."""
    chance, found = random.Random(3), list[str]()
    while len(found) < QUESTIONS:
        typed = [token.typed for token in tokens(chance.choice(words)[0])]
        if len(typed) > 4:
            at = chance.randrange(len(typed) - 1)
            found.append(" ".join(typed[at : at + 2]))
    return found


def narrowed(phrase: str) -> Query:
    filters = ABOUT, Terms("country", ("VN",)), Range("published", SINCE, None)
    return Bool(must=(Phrase("text", phrase), *filters))


def bundles(trees: Sequence[Query]) -> list[Query]:
    """Of all coverage of the province, of half a year, and of phrases."""
    return [ABOUT, Bool(must=(ABOUT, Range("published", SINCE, None))), *trees[:8]] * 3


# -- time -------------------------------------------------------------------------------------------


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
    the other, after one round of warming; another way begins each time, for the first one finds nothing at hand.
    """
    for ask in asks.values():
        for question in questions[:5]:
            ask(question)
    times: dict[str, list[Took]] = {name: [] for name in asks}
    names = list(asks)
    for number, question in enumerate(questions):
        first = number % len(names)
        for name in (*names[first:], *names[:first]):
            times[name].append(took(partial(asks[name], question)))
    return {
        name: middle([each.clock for each in found]) | {"processor": middle([each.processor for each in found])}
        for name, found in times.items()
    }


def middle(seconds: Sequence[float]) -> dict[str, Any]:
    ranked = statistics.quantiles(seconds, n=20)
    return {"p50": round(statistics.median(seconds) * 1000, 2), "p95": round(ranked[-1] * 1000, 2)}


# -- ways of asking ---------------------------------------------------------------------------------


def bare_page(index: EmbeddedIndex) -> Callable[[Query], Any]:
    """Tantivy's own call: the best twenty of the same query, as one writes it down for tantivy, and their ids."""

    def ask(query: Query) -> list[str]:
        with index._folder.reading() as searcher:  # noqa: SLF001 (the bare engine is what is compared with)
            return _best(searcher, plainly(query))

    return ask


def engine_page(index: EmbeddedIndex) -> Callable[[Query], Any]:
    """The engine's share of ours: the same call with the query as this program puts it."""

    def ask(query: Query) -> list[str]:
        with index._folder.reading() as searcher:  # noqa: SLF001
            return _best(searcher, index._compiler.compiled(query))  # noqa: SLF001

    return ask


def _best(searcher: tantivy.Searcher, query: tantivy.Query) -> list[str]:
    return [str(searcher.doc(where)["id"][0]) for _, where in searcher.search(query, PAGE).hits]


def plainly(query: Any) -> tantivy.Query:  # noqa: ANN401 (a tree of `narrowed`)
    """One of the trees of `narrowed`: what must be found, what adds to the score beside it, and three filters."""
    phrase, *filters = query.must
    found = clauses(phrase)
    parts = [*((MUST, each) for each in found.must), *((tantivy.Occur.Should, each) for each in found.adds)]
    words = tantivy.Query.boolean_query([(occur, _weighed(each)) for occur, each in parts])
    return tantivy.Query.boolean_query([(MUST, words), *((MUST, _filter(each)) for each in filters)])


def _weighed(words: Words) -> tantivy.Query:
    if len(words.words) > 1:
        found = tantivy.Query.phrase_query(SCHEMA, words.stream, list(words.words))
    else:
        found = tantivy.Query.term_query(SCHEMA, words.stream, words.words[0], "freq")
    return tantivy.Query.boost_query(found, words.weight)


def _filter(query: Query) -> tantivy.Query:
    if isinstance(query, Terms):
        found = tantivy.Query.term_set_query(SCHEMA, query.field, list(query.values))
    else:
        kind = tantivy.FieldType.Date
        found = tantivy.Query.range_query(SCHEMA, "published", kind, SINCE, None, include_upper=True)
    return tantivy.Query.const_score_query(found, 0.0)


def bare_bundle(index: EmbeddedIndex) -> Callable[[Query], Any]:
    """Tantivy's own call for the same figures, as one writes it down for tantivy: stories are estimated only."""

    def ask(query: Query) -> Any:  # noqa: ANN401 (what tantivy answers)
        with index._folder.reading() as searcher:  # noqa: SLF001
            return searcher.aggregate(index._compiler.compiled(query, ranked=False), BUNDLE)  # noqa: SLF001

    return ask


def _by_value(field: str) -> dict[str, Any]:
    return {"terms": {"field": field, "size": 1000}}


BUNDLE: Final[dict[str, Any]] = {
    "days": {
        "date_histogram": {"field": "published", "fixed_interval": "1d", "offset": "-7h", "min_doc_count": 1},
        "aggs": {"stance": _by_value("stance")},
    },
    "stories": {"cardinality": {"field": "story"}},
    **{field: _by_value(field) for field in ("stance", "theme", "outlet", "country", "language", "role")},
}


def page(house: Installation, index: Index) -> Callable[[Query], Any]:
    """A page of a list as a screen has it: ids, then rows with their labels."""

    def ask(query: Query) -> Any:  # noqa: ANN401 (only timed)
        return house.store.rows([hit.id for hit in index.search(query, limit=PAGE).hits])

    return ask


def fts5(path: Path, made: Iterable[Document]) -> sqlite3.Connection:
    """SQLite's full text over the same tokens; filled once."""
    database = sqlite3.connect(path)
    if database.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
        return database
    database.execute("CREATE VIRTUAL TABLE words USING fts5(text, content='')")
    database.execute("CREATE TABLE news (n INTEGER PRIMARY KEY, id, title, relevance, country, published)")
    numbered = enumerate(made)
    while part := list(islice(numbered, 2000)):
        texts = ((number, streams(each.title, each.lead, each.text).folded) for number, each in part)
        database.executemany("INSERT INTO words(rowid, text) VALUES (?, ?)", texts)
        database.executemany(
            "INSERT INTO news VALUES (?, ?, ?, ?, ?, ?)", (_news(number, each) for number, each in part)
        )
        database.commit()
    database.execute("INSERT INTO words(words) VALUES ('optimize')")
    database.commit()
    return database


def _news(number: int, each: Document) -> tuple[Any, ...]:
    values = each.keywords["relevance"][0], each.keywords["country"][0], each.published.timestamp()
    return (number, each.id, each.title, *values)


def fts5_page(database: sqlite3.Connection) -> Callable[[Query], Any]:
    statement = (
        "SELECT id, title FROM words JOIN news ON n = words.rowid WHERE words MATCH ? "
        "AND relevance IN ('yes', 'part') AND country = 'VN' AND published >= ? ORDER BY rank LIMIT 20"
    )

    def ask(query: Any) -> Any:  # noqa: ANN401 (the trees of `narrowed`)
        words = " ".join(token.folded for token in tokens(query.must[0].text))
        return database.execute(statement, (f'"{words}"', SINCE.timestamp())).fetchall()

    return ask
