"""A process of its own that works on a store, for tests that need several, or one to kill.

    python -m tests.store.other_process URL WORK NAME ROUNDS [HOUR]

Each line it prints tells what is committed: a killed process must not take it back.
"""

from __future__ import annotations

import sys
import threading
from datetime import datetime

from diembao.core.article import Kind
from diembao.core.ledger import Outcome
from diembao.core.ports import Event
from diembao.store.record import SqlStore
from tests.store.making import OFFICER, PROVINCE, article, entry, id_of, label, later, read_source


def tell(*words: object) -> None:
    print(*words, flush=True)  # noqa: T201 (the other side reads it)


def crawl(store: SqlStore, name: str, rounds: int, now: datetime) -> None:
    """Runs of three entries: one page is stored, one fails, one is left to the end of the run."""
    for n in range(rounds):
        run = store.begin_run(now)
        store.due(run, now, 5)
        slugs = [f"{name}-{n}-{k}" for k in range(3)]
        read_source(store, run, pending=[entry(slug) for slug in slugs])
        store.page_stored(run, entry(slugs[0]), article(slugs[0]), now=now, response=slugs[0].encode())
        tell("stored", id_of(slugs[0]))
        store.page_settled(run, entry(slugs[1]), Outcome.RETRY, now=now, reason="503")
        store.end_run(run, now)
        tell("run", run)


def judge(store: SqlStore, name: str, rounds: int, now: datetime) -> int:
    """Label every new article and say so in the log; how many."""
    done = 0
    for _ in range(rounds):
        lease = store.lease("judge", [Event.ARTICLE], worker=name, now=now, limit=5)
        if lease is None:
            continue
        with store.writing() as writer:
            for article_id in lease.article_ids:
                given = label("", Kind.THEME, "tourism", article_id=article_id)
                writer.set_labels(article_id, [Kind.THEME], [given], now=now)
            writer.announce(Event.JUDGED, lease.article_ids, now=now)
            writer.finish(lease)
        done += len(lease.article_ids)
        tell("judged", lease.last)
    return done


def correct(store: SqlStore, _name: str, rounds: int, now: datetime) -> None:
    """What an officer does, and what the screens ask meanwhile."""
    for _ in range(rounds):
        ids = list(store.article_ids())
        store.articles(ids[-50:])
        store.outlet_states()
        store.correct(ids[-1], Kind.STANCE, PROVINCE, ["critical"], by=OFFICER, why="", now=now)
        tell("corrected", ids[-1])


def crawl_and_judge(store: SqlStore, name: str, rounds: int, now: datetime) -> None:
    for n in range(rounds):
        crawl(store, f"{name}-{n}", 1, now)
        judge(store, name, 2, now)


def hold(store: SqlStore, _name: str, _rounds: int, now: datetime) -> None:
    """Write all kinds of things, and never come to the end of the transaction."""
    ids = list(store.article_ids())
    with store.writing() as writer:
        for article_id in ids:
            given = label("", Kind.THEME, "tourism", article_id=article_id)
            writer.set_labels(article_id, [Kind.THEME], [given], now=now)
        writer.announce(Event.JUDGED, ids, now=now)
        tell("holding", len(ids) + 1)
        threading.Event().wait()


def main(url: str, work: str, name: str, rounds: str, hour: str = "0") -> None:
    store = SqlStore(url)
    tell("open")
    works = {"crawl": crawl, "judge": judge, "correct": correct, "both": crawl_and_judge, "open": correct, "hold": hold}
    works[work](store, name, int(rounds), later(hours=float(hour)))
    store.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
