"""Search, counts and matching at scale, beside the bare engine, SQLite's own full text, and Elasticsearch.

    python -m benchmarks.search --articles 50000 --home DIR [--headlines FILE] [--elastic http://127.0.0.1:9200]

One JSON object on standard output, and what is measured so far on standard error. Times are milliseconds unless named
otherwise; what is compared is asked in turn, question by question, so that a busy machine slows both. ``--without``
leaves out what takes long: ``rebuild`` (then the index in the home is asked as it stands), ``fts5``, ``relabel``.
What writes has a process of its own, as in the product, so that the memory of each can be told.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any, Final

from benchmarks.asking import (
    ABOUT,
    Took,
    bare_bundle,
    bare_page,
    bundles,
    engine_page,
    fts5,
    fts5_page,
    narrowed,
    page,
    phrases,
    side_by_side,
    took,
)
from benchmarks.newsprint import NOW, Words, articles, wording
from benchmarks.newsroom import filled
from benchmarks.sameness import ZONE, same
from diembao.core.analysis import tokens
from diembao.core.counts import counted
from diembao.core.document import Document
from diembao.core.ports import Event, Index
from diembao.core.query import Bool, Phrase, Query, Terms, Text
from diembao.pipeline import steps, worker
from diembao.pipeline.wiring import Installation
from indexer.elastic import ElasticIndex
from indexer.embedded import EmbeddedIndex
from indexer.matching import Matcher

RELABELLED: Final = 10_000
MATCHED: Final = 1000
SKIPPED: Final = ("rebuild", "fts5", "relabel")
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


@dataclass(frozen=True)
class Corpus:
    """Always the same articles, made again each time: a million do not fit beside what is measured."""

    words: Sequence[Words]
    count: int

    def all(self) -> Iterator[Document]:
        return articles(self.words, self.count)

    def first(self, count: int) -> list[Document]:
        return list(islice(self.all(), count))


# -- what is measured ---------------------------------------------------------------------------------


def writing(house: Installation, made: Corpus) -> dict[str, Any]:
    """The engine alone, of articles that are at hand; and all rebuilt from the record, with and without vectors."""
    index, few = house.index, made.first(RELABELLED)

    def put() -> None:
        with index.renewed() as fresh:
            for at in range(0, len(few), 500):
                fresh.put(few[at : at + 500])

    found = {"put": rate(took(put), len(few))}
    vectors, house.__dict__["vectors"] = house.vectors, None
    found["rebuild"] = rate(took(lambda: worker.rebuild_index(house, lambda _: None, lambda: NOW)), made.count)
    house.__dict__["vectors"] = vectors
    return found


def rate(time_taken: Took, count: int) -> dict[str, Any]:
    return {
        "seconds": round(time_taken.clock, 1),
        "processor_seconds": round(time_taken.processor, 1),
        "articles_per_s": round(count / time_taken.clock),
        "articles_per_processor_s": round(count / time_taken.processor),
    }


def relabelled(house: Installation, made: Corpus) -> dict[str, Any]:
    """Until new labels of 10,000 articles can be searched."""
    names = [each.id for each in made.first(RELABELLED)]
    with house.store.writing() as write:
        write.announce(Event.GROUPED, names, now=NOW)

    def work() -> None:
        while steps.index(house, lambda: NOW, "bench").leases:
            pass

    return rate(took(work), len(names))


def matched(index: Index, batch: Sequence[Document], words: Sequence[Words]) -> dict[str, Any]:
    """1,000 articles against saved searches, beside asking the index about these articles search by search."""
    chance = random.Random(5)
    figures: dict[str, Any] = {}
    for count in (300, 5000):
        searches = [_saved(batch, words, chance) for _ in range(count)]
        matcher = Matcher()
        among = Terms("id", tuple(each.id for each in batch))
        asked_each = [Bool(must=(tree, among)) for tree in searches]
        figures[str(count)] = {
            "first": asdict(took(partial(matcher.matching, batch, searches))),
            "again": asdict(took(partial(matcher.matching, batch, searches))),
            "loop of 300": asdict(took(partial(asked_one_by_one, index, asked_each[:300]))),
            "found": sum(map(len, matcher.matching(batch, searches))),
        }
    return figures


def asked_one_by_one(index: Index, trees: Sequence[Query]) -> None:
    for tree in trees:
        index.search(tree, limit=1000)


def _saved(batch: Sequence[Document], words: Sequence[Words], chance: random.Random) -> Query:
    """What people save: a phrase or two words of a headline, half of them about the province, some of one outlet."""
    title = [token.typed for token in tokens(chance.choice(words)[0])]
    at = chance.randrange(max(1, len(title) - 1))
    typed = " ".join(title[at : at + 2])
    parts: list[Query] = [Phrase("text", typed) if chance.random() < 0.5 else Text("text", typed)]
    if chance.random() < 0.5:
        parts.append(ABOUT)
    if chance.random() < 0.2:
        parts.append(Terms("outlet", chance.choice(batch).keywords["outlet"]))
    return Bool(must=tuple(parts))


def first_query(path: Path, phrase: str) -> dict[str, float]:
    """The middle of five processes."""
    command = [sys.executable, "-c", _FIRST, str(path), phrase]
    found = [subprocess.run(command, capture_output=True, text=True, check=True).stdout.split() for _ in range(5)]
    clock, processor = (statistics.median(float(each[at]) * 1000 for each in found) for at in (0, 1))
    return {"clock": round(clock, 1), "processor": round(processor, 1)}


def on_elastic(url: str, house: Installation, made: Corpus, trees: Sequence[Query]) -> dict[str, Any]:
    """The same articles put, the same questions asked of both in turn, and whether both answer alike."""
    ours = EmbeddedIndex(house.settings.index_path, read_only=True)
    with closing(ElasticIndex(url, "diembao-bench")) as index:
        start, stream = time.perf_counter(), made.all()
        with index.renewed() as fresh:
            while part := list(islice(stream, 500)):
                fresh.put(part)
        seconds = time.perf_counter() - start
        pages = {"elastic": page(house, index), "embedded": page(house, ours)}
        counts = {name: _counting(each) for name, each in (("elastic", index), ("embedded", ours))}
        figures = {
            "put_articles_per_s": round(made.count / seconds),
            "page": side_by_side(pages, trees),
            "bundle": side_by_side(counts, bundles(trees)),
            **same(index, ours, trees, bundles(trees)[:10]),
        }
        index.wipe()
    return figures


def _counting(index: Index) -> Callable[[Query], Any]:
    return lambda query: counted(index, query, zone=ZONE, near=NOW)


@contextmanager
def watched(figures: dict[str, Any]) -> Iterator[None]:
    """The most memory of this process at any second, as its proportional share (PSS), and how much of it is its own:
    the rest are pages of files that the system takes back when it needs them.
    """
    most, over = {"Pss": 0, "Pss_Anon": 0}, threading.Event()

    def look() -> None:
        while not over.wait(1):
            most.update({kind: max(before, pss(kind)) for kind, before in most.items()})

    looker = threading.Thread(target=look, daemon=True)
    looker.start()
    yield
    over.set()
    looker.join()
    figures["peak_pss_mb"], figures["peak_own_mb"] = most["Pss"], most["Pss_Anon"]


def in_its_own(measure: str) -> dict[str, Any]:
    """One measure of this command, in a process of its own, with the most memory that it took."""
    command = [sys.executable, "-m", "benchmarks.search", *sys.argv[1:], "--only", measure]
    found = json.loads(subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout)
    return {**found[measure], **{name: found[name] for name in ("peak_pss_mb", "peak_own_mb")}}


def pss(kind: str = "Pss") -> int:
    held = Path("/proc/self/smaps_rollup").read_text(encoding="ascii")
    found = re.search(rf"^{kind}:\s+(\d+)", held, re.MULTILINE)
    return int(found[1]) // 1024 if found else 0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=50_000)
    parser.add_argument("--headlines", type=Path)
    parser.add_argument("--home", type=Path, required=True, help="kept: a second run finds the articles there")
    parser.add_argument("--elastic", default="", help="a server without a password")
    parser.add_argument("--without", nargs="*", choices=SKIPPED, default=[])
    parser.add_argument("--only", default="", help="one measure by its name: what the command asks of itself")
    given = parser.parse_args()
    words = wording(given.headlines)
    made, trees = Corpus(words, given.articles), [narrowed(phrase) for phrase in phrases(words)]
    figures: dict[str, Any] = {"articles": given.articles}
    with filled(given.home, made.all(), given.articles) as house, watched(figures):
        for name, measure in measures(house, made, trees, given).items():
            if given.only not in {"", name}:
                continue
            figures[name] = measure()
            print(name, json.dumps(figures[name]), pss(), "MB", file=sys.stderr, flush=True)
    print(json.dumps(figures, indent=1))


def measures(
    house: Installation, made: Corpus, trees: Sequence[Query], given: argparse.Namespace
) -> dict[str, Callable[[], Any]]:
    index = EmbeddedIndex(house.settings.index_path, read_only=True)
    found: dict[str, Callable[[], Any]] = {}

    def own(name: str, measure: Callable[[], Any]) -> Callable[[], Any]:
        return measure if given.only else partial(in_its_own, name)

    if "rebuild" not in given.without:
        found["writing"] = own("writing", lambda: writing(house, made))
    asks = {"ours": page(house, index), "bare": bare_page(index), "engine": engine_page(index)}
    if "fts5" not in given.without and not given.only:
        asks["fts5"] = fts5_page(fts5(given.home / "fts5.db", made.all()))
    found["page"] = lambda: side_by_side(asks, trees)
    whole: dict[str, Callable[[Any], Any]] = {"ours": _counting(index), "bare": bare_bundle(index)}
    found["bundle"] = lambda: side_by_side(whole, bundles(trees))
    found["first_query_ms"] = lambda: first_query(house.settings.index_path, "quy nhơn")
    found["matching"] = lambda: matched(index, made.first(MATCHED), made.words)
    if "relabel" not in given.without:
        found["relabel"] = own("relabel", lambda: relabelled(house, made))
    if given.elastic:
        found["elastic"] = lambda: on_elastic(given.elastic, house, made, trees)
    return found


if __name__ == "__main__":
    main()
