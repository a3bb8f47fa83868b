"""Everybody at one SQLite file: the collector, the worker, the web process and people, for minutes.

    python -m benchmarks.survival.crowd [--minutes 3] [--people 4]

`diembao crawl`, `diembao worker` and `diembao web` are at work, the outlet prints an article every second, and so many
people, each with a connection of their own, correct labels and read, again and again. No write may fail, nobody may
hear that the database is locked. Prints one JSON object, times in milliseconds; ends with 1 if anything is wrong.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Final

from benchmarks.survival import office
from benchmarks.survival.handles import answers
from benchmarks.survival.trial import Trial, begun, free_port
from diembao.core.article import Kind, Stance
from diembao.core.errors import DiembaoError

PAUSE: Final = 0.05  # seconds between two acts of a person: far more than anybody does


class Person(threading.Thread):
    """``took`` are the times of the corrections, in milliseconds."""

    def __init__(self, trial: Trial, number: int, stop: threading.Event) -> None:
        super().__init__()
        self._trial, self._number, self._ends = trial, number, stop
        self.took: list[float] = []
        self.failed: list[str] = []
        self.read = 0

    def run(self) -> None:
        chance = random.Random(self._number)
        with office.opened(self._trial.home) as house:
            articles = sorted(house.store.article_ids())
            while not self._ends.wait(PAUSE):
                article, said = chance.choice(articles), chance.choice(list(Stance)).value
                began = time.perf_counter()
                try:
                    about = house.profile.id
                    by = f"person:{self._number}"
                    house.store.correct(article, Kind.STANCE, about, [said], by=by, why="", now=office.now())
                    self.took.append(1000 * (time.perf_counter() - began))
                    self.read += len(house.store.articles(articles[:20]))
                except DiembaoError as error:
                    self.failed.append(str(error))


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--minutes", type=float, default=3)
    asked.add_argument("--people", type=int, default=4)
    given = asked.parse_args()
    began = time.perf_counter()
    with tempfile.TemporaryDirectory() as name, begun(Path(name, "home"), Path(name, "logs")) as trial:
        trial.publish(10)
        port, stop = free_port(), threading.Event()
        words = [("crawl",), ("worker",), ("web", "--port", str(port))]
        with trial.running(*words[0]) as crawl, trial.running(*words[1]) as worker, trial.running(*words[2]) as web:
            trial.catch_up()
            people = [Person(trial, number, stop) for number in range(1, given.people + 1)]
            for person in people:
                person.start()
            end, asked_for, answered = time.monotonic() + 60 * given.minutes, 0, 0
            while time.monotonic() < end:
                trial.publish(1)
                asked_for, answered = asked_for + 1, answered + answers(port)
                time.sleep(1)
            stop.set()
            for person in people:
                person.join()
            back = trial.catch_up()
            alive = [crawl.alive, worker.alive, web.alive]
            waits = sum(each.said().count("run-failed") for each in (crawl, worker))
        trial.wrong += [f"{each[:200]} (a person)" for person in people for each in person.failed]
        trial.wrong += [] if all(alive) else ["a process ended by itself"]
        trial.wrong += [f"the loops failed {waits} times"] if waits else []
        found = trial.settled(most_twice=0)
    took = sorted(each for person in people for each in person.took)
    told = {
        **found,
        "corrections": len(took),
        "p50": round(took[len(took) // 2], 1),
        "p99": round(took[int(len(took) * 0.99)], 1),
        "longest": round(took[-1], 1),
        "web_asked": asked_for,
        "web_answered": answered,
        "caught_up_after_seconds": back,
    }
    print(json.dumps({**told, "wrong": trial.wrong, "seconds": round(time.perf_counter() - began)}, indent=1))
    sys.exit(bool(trial.wrong))


if __name__ == "__main__":
    main()
