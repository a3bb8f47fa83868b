"""What an article costs where several workers share the work: ``python -m benchmarks.workers [--articles 1200]``.

For 1, 2 and 4 processes of ``diembao worker``, on a real PostgreSQL and Elasticsearch (those of the tests): articles of
a generated stream are stored, and judged, grouped, joined, indexed, matched, remembered and encoded. CPU seconds are
those of the workers and what they start, of PostgreSQL and of Elasticsearch together, from /proc, from the first
article after a warm-up to the last. The warm-up is the same for each number: an article is compared with those of the
days around it, and costs more the more there are. Also: how long a person's correction takes until the step `alert` has
seen it, and what waiting costs. `alone` is what so many processes take for a calculation of which they share nothing,
beside what one takes: caches and a busy neighbour make that dearer too. Prints one JSON object.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import signal
import statistics
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from subprocess import Popen
from typing import Any

from benchmarks.grouping import stream
from diembao.core.analysis import tokens
from diembao.core.article import Article, Kind
from diembao.core.ports import Event
from diembao.core.settings import load
from diembao.pipeline.jobs import READING
from diembao.pipeline.wiring import Installation, open_installation
from tests import servers
from tests.store import server
from tests.store.making import keep

TICKS = os.sysconf("SC_CLK_TCK")
LOOK, PATIENCE = 0.05, 1800.0
AT_ONCE = 100  # articles stored in one run of the ledger
IDLE = 20.0  # seconds
ALONE, ROUNDS = 5, 3  # times each text is read, times that is measured
LOADED = 4.0  # seconds of a processor after which a worker has judged: its start takes two and a half


def coming(count: int) -> list[Article]:
    """The newest was published a minute ago, the oldest a day before."""
    now = datetime.now(UTC)
    step = timedelta(days=1) / count
    return [
        replace(each, id=f"{n:016x}", published_at=now - timedelta(minutes=1) - step * (count - n), seen_at=now)
        for n, each in enumerate(stream(count))
    ]


def family(pid: int) -> Iterator[int]:
    """A process and all that it started, now."""
    yield pid
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in task.read_text().split():
            yield from family(int(child))


def spent(pids: Iterable[int]) -> float:
    """CPU seconds of these and of what they started and have ended; who has ended meanwhile counts with its parent."""
    total = 0
    for pid in pids:
        for each in list(family(pid)):
            try:
                fields = Path(f"/proc/{each}/stat").read_text().rpartition(")")[2].split()
            except FileNotFoundError:
                continue
            total += sum(map(int, fields[11:15]))
    return total / TICKS


def until(holds: Callable[[], bool], working: Sequence[Popen[bytes]]) -> None:
    pause, end = threading.Event(), time.monotonic() + PATIENCE
    while not holds():
        if any(each.poll() is not None for each in working):
            raise SystemExit("a worker has ended: what it said stands above")
        if time.monotonic() > end:
            raise SystemExit("it does not come to an end")
        pause.wait(LOOK)


def caught_up(house: Installation) -> bool:
    head = house.store.head()
    return all(house.store.bookmark(kind.name) == head for kind in READING)


@contextmanager
def workers(home: Path, number: int) -> Iterator[Sequence[Popen[bytes]]]:
    with ExitStack() as stack:
        started = [
            stack.enter_context(Popen([sys.executable, "-m", "diembao.app.cli", "worker"], env=env(home)))
            for _ in range(number)
        ]
        try:
            yield started
        finally:
            for each in started:
                each.send_signal(signal.SIGTERM)


def env(home: Path) -> dict[str, str]:
    return os.environ | {"DIEMBAO_HOME": str(home)}


def settle(home: Path, number: int) -> None:
    told = {
        "STORE__URL": server.running().make(f"workers_{number}"),
        "INDEX__ENGINE": "elastic",
        "INDEX__URL": servers.running().url,
        "INDEX__ALIAS": f"workers-{number}",
        "INDEX__USER": servers.USER,
        "INDEX__PASSWORD": servers.PASSWORD,
    }
    os.environ.update({f"DIEMBAO_{name}": value for name, value in told.items()})
    (home / "diembao.toml").write_text('[crawl]\ncontact = "x@example.org"\n', encoding="utf-8")


def measured(number: int, count: int, warm: int) -> dict[str, Any]:
    articles = coming(count + warm)
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        settle(home, number)
        with open_installation(load(home)) as house, workers(home, number) as working:
            pids = [each.pid for each in working]
            warmed(house, articles[:warm], working)
            parts = {"workers": pids, "postgresql": [postgresql()], "elasticsearch": [elasticsearch()]}
            before, began = {name: spent(of) for name, of in parts.items()}, time.monotonic()
            store(house, articles[warm : warm + count])
            until(lambda: caught_up(house), working)
            seconds = time.monotonic() - began
            cost = {name: spent(of) - before[name] for name, of in parts.items()}
            waiting = idle(pids)
            return {
                "workers": number,
                "warmed_by": warm,
                "articles": count,
                "cpu_ms_per_article": round(1000 * sum(cost.values()) / count, 2),
                "without_waiting": round(1000 * (sum(cost.values()) - seconds * sum(waiting.values())) / count, 2),
                "of": {name: round(1000 * value / count, 2) for name, value in cost.items()},
                "articles_per_second": round(count / seconds, 1),
                "load": round(os.getloadavg()[0], 1),
                "judged_twice": twice(house, {each.id for each in articles[warm : warm + count]}),
                "correction_to_alert_s": corrections(house, articles[:8], working),
                "idle_cpu_of_a_core": waiting,
            }


def store(house: Installation, articles: Sequence[Article]) -> None:
    for first in range(0, len(articles), AT_ONCE):
        keep(house.store, *articles[first : first + AT_ONCE], now=datetime.now(UTC))


def warmed(house: Installation, articles: Sequence[Article], working: Sequence[Popen[bytes]]) -> None:
    """Until each worker has loaded what it works with: what that takes is no article's."""
    for first in range(0, len(articles), AT_ONCE):
        store(house, articles[first : first + AT_ONCE])
        until(lambda: caught_up(house), working)
    if any(spent([each.pid]) < LOADED for each in working):
        raise SystemExit("not every worker has had something to do: more --warm")


def twice(house: Installation, measured: Collection[str]) -> int:
    """Of those that were measured: what came before may be judged anew when a worker starts."""
    lease = house.store.lease("counting", (Event.JUDGED,), worker="b", now=datetime.now(UTC), limit=1_000_000)
    counted = Counter(each.article_id for each in lease.entries) if lease else Counter()
    return sum(n > 1 for each, n in counted.items() if each in measured)


def corrections(house: Installation, articles: Sequence[Article], working: Sequence[Popen[bytes]]) -> dict[str, float]:
    """Seconds from a person's word to the step `alert` having read what followed from it."""
    took = []
    for each in articles:
        began = time.monotonic()
        province = house.profile.id
        house.store.correct(each.id, Kind.STANCE, province, ["critical"], by="person:1", why="", now=datetime.now(UTC))
        until(lambda: house.store.bookmark("alert") == house.store.head(), working)
        took.append(time.monotonic() - began)
    return {"median": round(statistics.median(took), 2), "longest": round(max(took), 2)}


def idle(pids: Sequence[int]) -> dict[str, float]:
    """What waiting takes, as parts of a core."""
    of = {"workers": pids, "postgresql": [postgresql()]}
    before = {name: spent(pids) for name, pids in of.items()}
    threading.Event().wait(IDLE)
    return {name: round((spent(pids) - before[name]) / IDLE, 4) for name, pids in of.items()}


def reading(texts: Sequence[str]) -> float:
    """Seconds of this process's processor."""
    began = time.process_time()
    for text in texts:
        tokens(text)
    return time.process_time() - began


def dearer_alone(number: int, articles: Sequence[Article]) -> float:
    """How many times as much a calculation takes of the processor where so many processes do it at once."""
    texts = [f"{each.title} {each.text}" for each in articles] * ALONE
    with multiprocessing.get_context("spawn").Pool(number) as pool:
        one = min(pool.apply(reading, (texts,)) for _ in range(ROUNDS))
        return min(statistics.mean(pool.map(reading, [texts] * number, chunksize=1)) for _ in range(ROUNDS)) / one


def postgresql() -> int:
    told = server.running().run("SHOW data_directory")[0][0]
    return int(Path(told, "postmaster.pid").read_text().splitlines()[0])


def elasticsearch() -> int:
    return int((servers.running().folder / "pid").read_text())


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--articles", type=int, default=1200)
    asked.add_argument("--warm", type=int, default=1200)
    asked.add_argument("--workers", type=int, nargs="+", default=[1, 2, 4])
    chosen = asked.parse_args()
    rows = [measured(number, chosen.articles, chosen.warm) for number in chosen.workers]
    articles = coming(chosen.articles)
    alone = {number: round(dearer_alone(number, articles), 3) for number in chosen.workers}
    ratios = {name: round(rows[-1][name] / rows[0][name], 3) for name in ("cpu_ms_per_article", "without_waiting")}
    print(json.dumps({"rows": rows, "last_to_first": ratios, "alone": alone}, indent=1))


if __name__ == "__main__":
    main()
