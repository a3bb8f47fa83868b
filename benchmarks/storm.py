"""Many outlets, many entries, faults, several collectors, and kill -9: is everything there once, and was it polite?

    python -m benchmarks.storm [--outlets 200] [--entries 100] [--kills 20] [--faults 0.05] [--seed 1]

Outlets are of the demo newsroom's kinds, each a server of its own on loopback; every twentieth answer is a fault (500,
a reset, half an answer, a pause). The program and its two collectors are killed at random moments, spread over the
whole: after so many requests, counted at the servers, one of the three is killed and the others with it. Then it runs
until nothing waits. Prints one JSON object; ends with 1 if anything is lost, doubled,
unbalanced or impolite.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import yaml

from benchmarks.press import Outlet, Server, printed
from benchmarks.scales import Scales
from diembao.store.record import SqlStore

DELAY = 0.02  # seconds that are asked for between two requests to a host
LOOK = 0.02  # seconds between two looks whether the moment to kill has come
LONGEST_RUNS = 40  # after the kills; each tries again what failed


def furnish(home: Path, outlets: list[Outlet]) -> None:
    """An installation that reads them all, two processes at a time."""
    catalogue = [each.entry() for each in outlets]
    (home / "outlets.yaml").write_text(yaml.safe_dump(catalogue, allow_unicode=True), encoding="utf-8")
    private = ", ".join(f'"127.0.0.1:{each.port}"' for each in outlets)
    settings = (
        f"delay = {DELAY}\nprocesses = 2\ntimeout = 5\ncontact = 'storm@example.org'\nallow_private = [{private}]"
    )
    (home / "diembao.toml").write_text(f"[crawl]\ncatalogue = 'outlets.yaml'\n{settings}\n", encoding="utf-8")


def started(home: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "diembao.app.cli", "run", "--once", "--json", "--home", str(home)]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def family(pid: int) -> list[int]:
    """A process and those it started."""
    found = [pid]
    for path in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            if int(path.read_text().rpartition(")")[2].split()[1]) == pid:
                found.append(int(path.parent.name))
    return found


def storm(home: Path, outlets: list[Outlet], kills: int, chance: random.Random) -> Counter[str]:
    """Kill at random moments; how often the program or a collector was running then."""
    done: Counter[str] = Counter()
    between = 2 * sum(len(each.pages) for each in outlets) // max(1, kills)
    for _ in range(kills):
        run = started(home)
        until = requests(outlets) + chance.randrange(1, max(2, between))
        while run.poll() is None and requests(outlets) < until:
            time.sleep(LOOK)
        if run.poll() is None:
            hit = chance.choice(family(run.pid))
            with suppress(ProcessLookupError):
                os.kill(hit, signal.SIGKILL)
                done["program" if hit == run.pid else "collector"] += 1
        try:
            run.wait(0.2)
        except subprocess.TimeoutExpired:
            run.kill()
        run.wait()
    return done


def collected(home: Path) -> None:
    """One run, up to the end of its collecting."""
    before, run = latest(home)[0], started(home)
    while run.poll() is None:
        number, over = latest(home)
        if over and number > before:
            run.terminate()
            break
        time.sleep(10 * LOOK)
    run.wait()


def latest(home: Path) -> tuple[int, bool]:
    """The number of the latest run, and whether its books are closed."""
    with closing(SqlStore(f"sqlite:///{home / 'diembao.db'}")) as store:
        return next(((run.counts.run, run.ended_at is not None) for run in store.runs(1)), (0, False))


def requests(outlets: list[Outlet]) -> int:
    return sum(each.asked for each in outlets)


def at_last(home: Path, whole: int) -> int:
    """Runs until everything is stored. What failed would wait for minutes by the clock: its time is brought near. A run
    is over when its books are closed: that 20,000 articles are judged is no question of this one.
    """
    for number in range(1, LONGEST_RUNS + 1):
        collected(home)
        with closing(SqlStore(f"sqlite:///{home / 'diembao.db'}")) as store:
            if store.size() >= whole:
                return number
            with store._database.writing() as connection:  # noqa: SLF001 (the clock of the machine is not ours)
                connection.exec_driver_sql("UPDATE entries SET not_before = NULL WHERE not_before IS NOT NULL")
                connection.exec_driver_sql("UPDATE polls SET next_at = NULL, rests_until = NULL")
                connection.exec_driver_sql("UPDATE hosts SET rests_until = NULL")
    return LONGEST_RUNS


def weighed(home: Path, outlets: list[Outlet]) -> dict[str, Any]:
    """What is there, what is twice, what has another's title, whether the books hold."""
    with closing(SqlStore(f"sqlite:///{home / 'diembao.db'}")) as store:
        found = [item.article for item in store.articles(list(store.article_ids()))]
        faults = list(store.faults())
    urls = Counter(article.url for article in found)
    wanted = {url: title for each in outlets for url, title in each.pages.items()}
    other = [each for each in found if " ".join(wanted.get(each.url, each.title).split()) != each.title]
    return {
        "entries": len(wanted),
        "lost": len(wanted.keys() - urls.keys()),
        "not_asked_for": len(urls.keys() - wanted.keys()),
        "twice": sum(n > 1 for n in urls.values()),
        "with_another_title": len(other),
        "faults_in_the_books": faults,
        "impolite": sum(each.rude for each in outlets),
        "requests": requests(outlets),
        "faults": dict(sum((each.wrong for each in outlets), Counter())),
    }


BAD = ("lost", "not_asked_for", "twice", "with_another_title", "faults_in_the_books", "impolite")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--outlets", type=int, default=200)
    parser.add_argument("--entries", type=int, default=100)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--faults", type=float, default=0.05)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    chance = random.Random(asked.seed)
    how = {"faults": asked.faults, "delay": DELAY, "seed": asked.seed}
    outlets = [printed(f"nguon-{n}", n, asked.entries, **how) for n in range(asked.outlets)]
    servers = [Server(each) for each in outlets]
    began = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        furnish(home, outlets)
        scales = Scales(home)
        scales.start()
        killed = storm(home, outlets, asked.kills, chance)
        runs = at_last(home, asked.outlets * asked.entries)
        found = weighed(home, outlets) | scales.over()
    for server in servers:
        server.end()
    told = {"kills": dict(killed), "runs_after": runs, "seconds": round(time.perf_counter() - began), **found}
    print(json.dumps(told))
    sys.exit(any(found[name] for name in BAD))


if __name__ == "__main__":
    main()
