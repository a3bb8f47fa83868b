"""How long the steps take, and that a process is alive: told to the record now and then, for whoever watches from
another process (`gauges`).
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from diembao.core.ports import Store
from diembao.pipeline.work import Work

# Names of the facts under which processes tell of themselves.
WORKER, COLLECTOR = "process-worker", "process-crawl"
# Between two tellings: what watches looks every quarter of a minute or less often.
EVERY: Final = timedelta(seconds=10)


@dataclass
class Meter:
    """Of one process since its start. Only passes that found something to do are counted: looks are many and empty."""

    clock: Callable[[], float] = time.monotonic
    passes: dict[str, int] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)
    told_at: datetime | None = None

    def timed(self, step: str, work: Callable[[], Work]) -> Work:
        begun = self.clock()
        done = work()
        if done:
            self.passes[step] = self.passes.get(step, 0) + 1
            self.seconds[step] = self.seconds.get(step, 0.0) + self.clock() - begun
        return done

    def tell(self, store: Store, name: str, now: datetime) -> None:
        """At most every ten seconds."""
        if self.told_at is not None and self.told_at <= now < self.told_at + EVERY:  # a clock may be set back
            return
        self.told_at = now
        steps = {step: {"passes": n, "seconds": round(self.seconds[step], 3)} for step, n in self.passes.items()}
        told = {"at": now.isoformat(), "pid": os.getpid(), "resident": resident(), "steps": steps}
        store.set_fact(name, json.dumps(told))


def resident() -> int:
    """Bytes of memory this process holds now; 0 where the system does not say."""
    with suppress(OSError, ValueError, IndexError):
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
        return pages * os.sysconf("SC_PAGESIZE")
    return 0
