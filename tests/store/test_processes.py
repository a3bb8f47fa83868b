"""Several processes on one database, and processes that are killed while they write."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections import Counter
from itertools import islice
from pathlib import Path

from sqlalchemy import select

from diembao.core.ledger import Outcome
from diembao.core.ports import Event, LogEntry, Store
from diembao.store.record import SqlStore
from diembao.store.tables import runs
from tests.store.making import NOW, article, entry, id_of, keep, later

HERE = Path(__file__).parents[2]
ENOUGH = 120  # seconds after which another process counts as hanging


def start(url: str, work: str, name: str, rounds: int, hour: int = 0) -> subprocess.Popen[str]:
    command = [
        sys.executable,
        "-W",
        "error",
        "-m",
        "tests.store.other_process",
        url,
        work,
        name,
        str(rounds),
        str(hour),
    ]
    return subprocess.Popen(command, cwd=HERE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def wait_for(*processes: subprocess.Popen[str]) -> list[list[list[str]]]:
    """What each of them told, line by line, in words."""
    told = []
    for process in processes:
        out, errors = process.communicate(timeout=ENOUGH)
        assert (process.returncode, errors) == (0, "")
        told.append([line.split() for line in out.splitlines()])
    return told


def kill_after(process: subprocess.Popen[str], lines: int) -> list[list[str]]:
    """Kill it without warning when it has told so much; it is in the midst of the next thing by then."""
    assert process.stdout is not None
    told = [line.split() for line in islice(process.stdout, lines)]
    process.kill()
    rest, errors = process.communicate(timeout=ENOUGH)
    assert errors == ""
    return told + [line.split() for line in rest.splitlines() if line.count(" ") == 1]


def whole_log(store: Store) -> tuple[LogEntry, ...]:
    lease = store.lease("whoever asks", tuple(Event), worker="w", now=NOW, limit=100_000)
    return () if lease is None else lease.entries


class TestKilled:
    def test_a_killed_writer_loses_nothing_and_does_nothing_twice(self, url: str) -> None:
        told: list[list[str]] = []
        for life, lines in enumerate((4, 11, 2)):
            told += kill_after(start(url, "both", f"life {life}", 10_000, hour=life), lines)
        wait_for(start(url, "judge", "the last", 200, hour=9))
        store = SqlStore(url)
        ids = list(store.article_ids())
        assert {rest[0] for word, *rest in told if word == "stored"} <= set(ids)
        log = whole_log(store)
        assert [each.number for each in log] == list(range(1, len(log) + 1))
        assert Counter(each.article_id for each in log if each.event is Event.JUDGED) == dict.fromkeys(ids, 1)
        assert all(len(item.labels) == 1 for item in store.articles(ids))
        store.begin_run(later(hours=10))  # closes the books of the one that was killed
        with store._database.reading() as connection:
            before = connection.scalars(select(runs.c.id).where(runs.c.ended_at.is_not(None))).all()
        assert before
        assert all(store.counts(run).balanced for run in before)
        assert store.unbalanced_runs() == []
        store.close()

    def test_a_writer_killed_in_a_transaction_leaves_nothing_and_holds_up_nobody(self, url: str) -> None:
        store = SqlStore(url)
        keep(store, article("a"))
        store.set_fact("before", "written")
        told = kill_after(start(url, "hold", "one", 0), 2)
        assert told == [["open"], ["holding", "2"]]
        store.set_fact("after", "written")
        item = store.article(id_of("a"))
        assert item is not None
        assert (item.labels, store.head()) == ((), 1)
        assert (store.fact("before"), store.fact("after")) == ("written", "written")
        store.close()


class TestTogether:
    def test_crawlers_workers_and_screens_write_at_once(self, url: str) -> None:
        store = SqlStore(url)
        keep(store, article("a"))
        store.close()
        crawls = [start(url, "crawl", name, 20) for name in ("one", "two")]
        others = [start(url, "judge", "three", 30), start(url, "correct", "four", 20)]
        told = wait_for(*crawls, *others)
        wait_for(start(url, "judge", "five", 20, hour=1))
        store = SqlStore(url)
        stored = {line[1] for lines in told for line in lines if line[0] == "stored"}
        assert len(stored) == 40
        assert set(store.article_ids()) == stored | {id_of("a")}
        log = whole_log(store)
        assert [each.number for each in log] == list(range(1, len(log) + 1))
        counted = Counter(each.event for each in log)
        assert counted == {Event.ARTICLE: 41, Event.JUDGED: 41, Event.PERSON_LABEL: 20}
        store.begin_run(later(hours=2))
        assert store.unbalanced_runs() == []
        store.close()

    def test_processes_that_make_a_new_database_at_once_agree(self, url: str) -> None:
        wait_for(*(start(url, "open", name, 0) for name in "ab"))
        store = SqlStore(url)
        assert keep(store, article("a")) == [Outcome.STORED]
        store.close()

    def test_threads_of_one_process_write_at_once(self, url: str) -> None:
        store = SqlStore(url)
        run = store.begin_run(NOW)

        def write(name: str) -> None:
            for n in range(20):
                slug = f"{name}-{n}"
                store.page_stored(run, entry(slug), article(slug), now=NOW, response=None)
                assert store.article(id_of(slug)) is not None

        threads = [threading.Thread(target=write, args=(name,)) for name in "abcd"]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(ENOUGH)
        assert (store.size(), store.head()) == (80, 80)
        assert store.end_run(run, NOW).outcomes == {Outcome.STORED: 80}
        store.close()
