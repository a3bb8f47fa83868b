"""How long the steps take, and which processes are alive: told to the record now and then, for whoever watches from
another process (`gauges`).
"""

from __future__ import annotations

import json
import os
import socket
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Final

from diembao.core.ports import Store
from diembao.pipeline.work import Work

# Names of the facts under which processes tell of themselves: whoever does the steps, whoever reads sources, whoever
# does neither (it sends and prepares).
WORKER, COLLECTOR, SENDER = "process-worker", "process-crawl", "process-send"
PROCESSES: Final = (WORKER, COLLECTOR, SENDER)
# Between two tellings: what watches looks every quarter of a minute or less often.
EVERY: Final = timedelta(seconds=10)
# A worker tells every ten seconds; on one machine a large batch may take a minute.
SILENT: Final = timedelta(minutes=5)
# One of several tells beside its work, however long a batch takes: who is silent for six tellings is gone.
SILENT_OF_SEVERAL: Final = timedelta(minutes=1)
# A process that has not been heard of for so long is no longer listed, once another one of its kind tells.
GONE: Final = timedelta(hours=1)


def _own_name() -> str:
    return f"{socket.gethostname()}:{os.getpid()}"


@dataclass
class Meter:
    """Of one process since its start, whichever of its threads works. Only passes that found something to do are
    counted: looks are many and empty.
    """

    clock: Callable[[], float] = time.monotonic
    name: str = field(default_factory=_own_name)
    passes: dict[str, int] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)
    told_at: datetime | None = None
    _told: dict[str, tuple[int, float]] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def timed(self, step: str, work: Callable[[], Work]) -> Work:
        begun = self.clock()
        done = work()
        if done:
            with self._lock:
                self.passes[step] = self.passes.get(step, 0) + 1
                self.seconds[step] = self.seconds.get(step, 0.0) + self.clock() - begun
        return done

    def tell(self, store: Store, facts: Sequence[str], now: datetime) -> None:
        """At most every ten seconds. That it is alive, as each of these kinds; what its steps took, to the first: added
        to what all processes have told since the record was begun.
        """
        if self.told_at is not None and self.told_at <= now < self.told_at + EVERY:  # a clock may be set back
            return
        with self._lock:
            reached = {step: (n, self.seconds[step]) for step, n in self.passes.items()}
        for nth, fact in enumerate(facts):
            steps = {} if nth else {step: _since(self._told.get(step), its) for step, its in reached.items()}
            store.change_fact(fact, partial(_added, its=Process(self.name, now, resident()), steps=steps))
        self._told, self.told_at = reached, now


def _since(told: tuple[int, float] | None, reached: tuple[int, float]) -> tuple[int, float]:
    return (reached[0] - told[0], reached[1] - told[1]) if told else reached


@dataclass(frozen=True, slots=True)
class Process:
    """``name`` is host:pid, ``at`` when it was heard last, ``resident`` bytes of memory that it held then."""

    name: str
    at: datetime
    resident: int


@dataclass(frozen=True, slots=True)
class Told:
    """Of one kind: the processes, those heard last first; passes and seconds of each step, of all there ever were."""

    processes: tuple[Process, ...]
    steps: Mapping[str, tuple[int, float]]

    def at_work(self, now: datetime, within: timedelta) -> Sequence[Process]:
        return [each for each in self.processes if now - each.at <= within]


def told(store: Store, fact: str) -> Told | None:
    """None: none of this kind has ever told of itself."""
    return _read(store.fact(fact))


def _read(fact: str | None) -> Told | None:
    found = json.loads(fact) if fact else {}
    if "processes" not in found:  # or as a program before this one told it
        return None
    processes = [
        Process(name, datetime.fromisoformat(its["at"]), its["resident"]) for name, its in found["processes"].items()
    ]
    steps = {step: (its["passes"], its["seconds"]) for step, its in found["steps"].items()}
    return Told(tuple(sorted(processes, key=lambda each: each.at, reverse=True)), steps)


def _added(before: str | None, its: Process, steps: Mapping[str, tuple[int, float]]) -> str:
    known = _read(before) or Told((), {})
    others = [each for each in known.at_work(its.at, GONE) if each.name != its.name]
    sums = dict(known.steps)
    for step, (passes, seconds) in steps.items():
        n, lasted = sums.get(step, (0, 0.0))
        sums[step] = n + passes, round(lasted + seconds, 3)
    return json.dumps(
        {
            "processes": {each.name: {"at": each.at.isoformat(), "resident": each.resident} for each in (its, *others)},
            "steps": {step: {"passes": n, "seconds": lasted} for step, (n, lasted) in sums.items()},
        }
    )


def resident() -> int:
    """Bytes of memory this process holds now; 0 where the system does not say."""
    with suppress(OSError, ValueError, IndexError):
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
        return pages * os.sysconf("SC_PAGESIZE")
    return 0
