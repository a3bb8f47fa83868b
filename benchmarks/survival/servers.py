"""PostgreSQL and Elasticsearch stopped and started again under a whole office: several processes, jobs and all.

    python -m benchmarks.survival.servers [--rounds 6] [--seed 1] [--alone]

Real servers, as in the tests; `diembao crawl`, two `diembao worker`, `diembao web`. In each round two more articles are
printed, and one of the two servers, or both, is away for some seconds: stopped in order, or as by a crash. ``--alone``:
`diembao run` and `diembao web` on PostgreSQL with the embedded index. No process may end, every article must be there
once, be searchable and be told once. Prints one JSON object; ends with 1 if anything is wrong.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Final

from benchmarks.survival import office
from benchmarks.survival.handles import answers
from benchmarks.survival.trial import Running, Trial, begun, free_port
from diembao.core.ports import Event
from tests import servers
from tests.store import server

LONGEST: Final = 8.0  # seconds that a server is away
_SAID: Final = ("run-failed", "worker-waits", "job-waits", "index-away", "collector-failed", "job-handed-out-again")


@contextmanager
def without_postgresql(chance: random.Random) -> Iterator[None]:
    server.running().stop(chance.choice(("INT", "QUIT")))
    try:
        yield
    finally:
        server.running().start()


@contextmanager
def without_elasticsearch(chance: random.Random) -> Iterator[None]:
    (servers.running().kill if chance.random() < 0.5 else servers.running().stop)()
    try:
        yield
    finally:
        servers.running().start()


def processes(trial: Trial, held: ExitStack, port: int, *, alone: bool) -> list[Running]:
    words = [("run",)] if alone else [("crawl",), ("worker",), ("worker",)]
    return [held.enter_context(trial.running(*each)) for each in (*words, ("web", "--port", str(port)))]


def judged_twice(trial: Trial) -> list[str]:
    with office.opened(trial.home) as house:
        lease = house.store.lease("who", (Event.JUDGED,), worker="trial", now=office.now(), limit=100_000)
        told = Counter(each.article_id for each in lease.entries) if lease else Counter[str]()
    return [f"{article} was judged {n} times" for article, n in told.items() if n > 1]


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--rounds", type=int, default=6)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--alone", action="store_true")
    given = asked.parse_args()
    began, chance = time.perf_counter(), random.Random(given.seed)
    away = [without_postgresql] if given.alone else [without_postgresql, without_elasticsearch]
    with tempfile.TemporaryDirectory() as name, ExitStack() as held:
        if not given.alone:
            told = {"ENGINE": "elastic", "URL": servers.running().url, "ALIAS": "survival", "USER": servers.USER}
            os.environ |= {f"DIEMBAO_INDEX__{key}": value for key, value in told.items()}
            os.environ["DIEMBAO_INDEX__PASSWORD"] = servers.PASSWORD
        url = server.running().make("survival")
        trial = held.enter_context(begun(Path(name, "home"), Path(name, "logs"), url))
        trial.publish(4)
        with ExitStack() as working:
            port = free_port()
            every = processes(trial, working, port, alone=given.alone)
            trial.catch_up()
            trial.until(lambda: answers(port), "the web process answers")
            back = []
            for number in range(given.rounds):
                wanted = away if number % 3 == 2 else [away[number % len(away)]]
                trial.publish(2)
                time.sleep(chance.uniform(0, 6))  # somewhere in the reading and judging of these two
                with ExitStack() as gone:
                    for each in wanted:
                        gone.enter_context(each(chance))
                    time.sleep(chance.uniform(1, LONGEST))
                back.append(trial.catch_up())
            trial.until(lambda: answers(port), "the web process answers again")
            trial.wrong += [f"{' '.join(each.words)} ended by itself" for each in every if not each.alive]
        said = "".join(each.said() for each in every)
        trial.wrong += judged_twice(trial)
        found = trial.settled(most_twice=given.rounds)
    told_all = {"rounds": given.rounds, **found, "back_seconds": back, "said": {x: said.count(x) for x in _SAID}}
    print(json.dumps({**told_all, "wrong": trial.wrong, "seconds": round(time.perf_counter() - began)}, indent=1))
    sys.exit(bool(trial.wrong))


if __name__ == "__main__":
    main()
