"""The network between a worker and PostgreSQL is cut, and the worker is stopped: what is neither alive nor dead.

    python -m benchmarks.survival.cable [--rounds 6] [--seed 1]

Needs root and iproute2. A real PostgreSQL and one `diembao worker` here, another one in a network of its own, behind
a router; that one has the places (it leads, and makes the stories). In each round some articles are printed and, in the
midst of them, by turns

- `switch`: the router drops everything in both directions, and tells nobody;
- `cable`: the far worker's link goes down;
- `stop`: the far worker gets SIGSTOP.

Articles must be judged and grouped all the same, by the near worker in the places of the far one; the server must end
what sessions the far one had, whose worker must notice, and work again when all is mended: it makes the stories alone
while the near one is started anew. No process may end by itself, and no article may be judged twice. Nothing of it asks
Elasticsearch, which is away. Prints one JSON object with seconds; ends with 1 if anything is wrong.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, Final

from diembao.core.ports import Event
from diembao.core.settings import load
from diembao.pipeline.foreman import PLACE
from diembao.pipeline.jobs import STORIES_PLACE
from diembao.pipeline.wiring import Installation, open_installation
from diembao.pipeline.worker import announce_changes, utc_now
from diembao.store.turns import BEATS, number_of
from tests.store.making import article, keep
from tests.store.server import Server

PATIENCE: Final = 300.0  # seconds
# What the session settings promise (`store.postgresql`), with as much again for a busy machine.
PROMISED: Final = 60.0
ROUTER, FAR = "diembao-router", "diembao-far"
HERE, THERE = "10.213.7.1", "10.213.7.6"
NEAR_LINK: Final = "diembao0"
_NETWORK: Final = f"""
netns add {ROUTER}
netns add {FAR}
link add {NEAR_LINK} type veth peer name near netns {ROUTER}
-n {ROUTER} link add far type veth peer name out netns {FAR}
addr add {HERE}/30 dev {NEAR_LINK}
-n {ROUTER} addr add 10.213.7.2/30 dev near
-n {ROUTER} addr add 10.213.7.5/30 dev far
-n {FAR} addr add {THERE}/30 dev out
link set {NEAR_LINK} up
-n {ROUTER} link set near up
-n {ROUTER} link set far up
-n {FAR} link set lo up
-n {FAR} link set out up
route add 10.213.7.4/30 via 10.213.7.2
-n {FAR} route add default via 10.213.7.5
"""
_IP: Final = shutil.which("ip") or "ip"
_BAD: Final = ("Traceback", "Segmentation fault")


def ip(*words: str) -> None:
    subprocess.run([_IP, *words], check=True)


@contextmanager
def network() -> Iterator[None]:
    try:
        for line in _NETWORK.strip().splitlines():
            ip(*line.split())
        forwards(yes=True)
        yield
    finally:
        for words in (("netns", "del", FAR), ("netns", "del", ROUTER), ("link", "del", NEAR_LINK)):
            subprocess.run([_IP, *words], check=False, stderr=subprocess.DEVNULL)


def forwards(*, yes: bool) -> None:
    ip("netns", "exec", ROUTER, "sh", "-c", f"echo {int(yes)} > /proc/sys/net/ipv4/ip_forward")


class Worker:
    """A process of the program. ``log`` is a file."""

    def __init__(self, log: Path, before: Sequence[str] = ()) -> None:
        self._log = log
        command = [*before, sys.executable, "-m", "diembao.app.cli", "worker", "--only", "steps"]
        with log.open("ab") as said:
            self.process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=said, stderr=said)

    def said(self) -> str:
        return self._log.read_text(encoding="utf-8", errors="replace")

    def end(self) -> None:
        self.process.kill()
        self.process.wait()


class Trial:
    def __init__(self, server: Server, house: Installation, logs: Path) -> None:
        self.server, self.house, self.logs = server, house, logs
        self.printed, self.wrong = 0, list[str]()

    def publish(self, number: int) -> None:
        """So many articles at once."""
        more = range(self.printed, self.printed + number)
        self.printed += number
        keep(self.house.store, *(article(f"a{n}", outlet="thanh-nien", published_at=utc_now()) for n in more))

    def all_grouped(self) -> bool:
        every = frozenset(self.house.store.article_ids())
        return len(every) == self.printed and self.house.store.with_entry(Event.GROUPED, sorted(every)) == every

    def judged_twice(self) -> list[str]:
        lease = self.house.store.lease("who", (Event.JUDGED,), worker="trial", now=utc_now(), limit=100_000)
        told = Counter(each.article_id for each in lease.entries) if lease else Counter[str]()
        return [f"{each} was judged {n} times" for each, n in told.items() if n > 1]

    def sessions(self, place: str = "") -> set[tuple[int, bool]]:
        """Those in a place (or all), and whether they are the far worker's."""
        held = f"JOIN pg_locks USING (pid) WHERE locktype = 'advisory' AND granted AND objid = {number_of(place)}"
        asked = f"SELECT pid, client_addr = '{THERE}' FROM pg_stat_activity {held if place else ''}"  # noqa: S608 (ours)
        return {(int(pid), bool(far)) for pid, far in self.server.run(asked, "cable")}

    def is_far_in(self) -> bool:
        """In both places."""
        return all(any(far for _, far in self.sessions(each)) for each in (PLACE, STORIES_PLACE))

    def is_near_in(self) -> bool:
        return all(any(not far for _, far in self.sessions(each)) for each in (PLACE, STORIES_PLACE))

    def until(self, holds: Callable[[], bool], what: str) -> None:
        """Too long is noted."""
        began = time.monotonic()
        while not holds():
            if time.monotonic() > began + PATIENCE:
                self.wrong.append(f"in vain for {PATIENCE:.0f} s: {what}")
                break
            time.sleep(0.1)

    def when(self, waits: Mapping[str, Callable[[], bool]], since: float) -> dict[str, float]:
        """Seconds since then until each of them held for the first time."""
        found: dict[str, float] = {}

        def all_of_them() -> bool:
            found.update({name: _since(since) for name, holds in waits.items() if name not in found and holds()})
            return found.keys() == waits.keys()

        self.until(all_of_them, ", ".join(waits))
        return {name: found.get(name, math.inf) for name in waits}


def _since(then: float) -> float:
    return round(time.monotonic() - then, 1)


@contextmanager
def cut(kind: str, far: Worker) -> Iterator[None]:
    if kind == "switch":
        forwards(yes=False)
    elif kind == "cable":
        ip("-n", FAR, "link", "set", "out", "down")
    else:
        far.process.send_signal(signal.SIGSTOP)
    try:
        yield
    finally:
        if kind == "switch":
            forwards(yes=True)
        elif kind == "cable":
            ip("-n", FAR, "link", "set", "out", "up")
            ip("-n", FAR, "route", "replace", "default", "via", "10.213.7.5")
        else:
            far.process.send_signal(signal.SIGCONT)


def one_round(trial: Trial, kind: str, far: Worker, chance: random.Random) -> dict[str, Any]:
    told: dict[str, Any] = {"kind": kind}
    waited = far.said().count("worker-breaks-off")
    before = {pid for pid, is_far in trial.sessions() if is_far}
    trial.publish(20)
    time.sleep(chance.uniform(0, 4))  # somewhere in the judging and grouping of these
    began = time.monotonic()
    with cut(kind, far):
        trial.publish(5)
        waits: dict[str, Callable[[], bool]] = {"places_taken": trial.is_near_in, "stories_go_on": trial.all_grouped}
        if kind != "stop":
            waits["sessions_ended"] = lambda: not before & {pid for pid, _ in trial.sessions()}
            waits["worker_noticed"] = lambda: far.said().count("worker-breaks-off") > waited
        told |= trial.when(waits, began)
    trial.wrong += [f"{kind}: {name} after {told[name]} s" for name in told if _late(told[name])]
    back: dict[str, Callable[[], bool]] = {
        "told_it_was_silent": lambda: far.said().count("worker-breaks-off") > waited,
        "connected_again": lambda: any(is_far for _, is_far in trial.sessions()),
    }
    return told | trial.when(back, time.monotonic())


def _late(seconds: object) -> bool:
    return isinstance(seconds, float) and seconds > PROMISED


def far_takes_over(trial: Trial, near: Worker, held: ExitStack) -> tuple[Worker, float]:
    """The near worker is ended, and started when the far one has made stories alone."""
    near.end()
    trial.publish(5)
    alone: dict[str, Callable[[], bool]] = {"": lambda: trial.is_far_in() and trial.all_grouped()}
    took = trial.when(alone, time.monotonic())[""]
    return ready(trial, held), took


def ready(trial: Trial, held: ExitStack) -> Worker:
    """A near worker that has looked at the places."""
    near = started(trial, "near", held)
    looks = f"SELECT 1 FROM pg_stat_activity WHERE client_addr = '{HERE}' AND starts_with(application_name, '{BEATS} ')"  # noqa: S608
    trial.until(lambda: bool(trial.server.run(looks, "cable")), "the near worker is at work")
    return near


def started(trial: Trial, name: str, held: ExitStack, before: Sequence[str] = ()) -> Worker:
    made = Worker(trial.logs / f"{name}.log", before)
    held.callback(made.end)
    return made


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--rounds", type=int, default=6)
    asked.add_argument("--seed", type=int, default=1)
    given = asked.parse_args()
    began, chance = time.monotonic(), random.Random(given.seed)
    with tempfile.TemporaryDirectory() as name, network(), ExitStack() as held:
        server = Server(HERE)
        server.start()
        held.callback(server.stop)
        server.make("cable")
        os.environ |= {
            "DIEMBAO_HOME": name,
            "DIEMBAO_STORE__URL": f"postgresql+psycopg://postgres@{HERE}/cable",
            "DIEMBAO_INDEX__ENGINE": "elastic",
            "DIEMBAO_INDEX__URL": "http://127.0.0.1:9",
        }
        house = held.enter_context(open_installation(load(Path(name))))
        announce_changes(house, utc_now)  # of whatever is there later, nothing is to be judged anew
        trial = Trial(server, house, Path(name))
        far = started(trial, "far", held, [_IP, "netns", "exec", FAR])
        trial.until(trial.is_far_in, "the far worker has the places")
        near, rounds = ready(trial, held), []
        for number in range(given.rounds):
            kind = ("switch", "cable", "stop")[number % 3]
            rounds.append(one_round(trial, kind, far, chance))
            near, rounds[-1]["far_alone"] = far_takes_over(trial, near, held)
        trial.wrong += [
            f"{n} ended by itself" for n, x in (("far", far), ("near", near)) if x.process.poll() is not None
        ]
        trial.wrong += [f"{bad} in a log" for bad in _BAD if bad in far.said() + near.said()]
        trial.wrong += trial.judged_twice()
        if trial.wrong:
            sys.stderr.write(f"far:\n{far.said()[-6000:]}\nnear:\n{near.said()[-6000:]}\n")
    found = {"rounds": rounds, "articles": trial.printed, "wrong": trial.wrong}
    print(
        json.dumps(
            {**found, "load": round(os.getloadavg()[1], 1), "seconds": round(time.monotonic() - began)}, indent=1
        )
    )
    sys.exit(bool(trial.wrong))


if __name__ == "__main__":
    main()
