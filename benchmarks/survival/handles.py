"""No file handles left: the limit of the running program is lowered to what it has open, and lifted again.

    python -m benchmarks.survival.handles [--rounds 6] [--seed 1]

`diembao run` and `diembao web` are at work. In each round two more articles are printed, and for some seconds neither
process, nor what they start, may open more than a handful of files. In the end nothing may be missing, doubled, wrong
or made anew, and both must be alive. Prints one JSON object; ends with 1 if anything is wrong.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import sys
import tempfile
import time
from collections import Counter
from contextlib import suppress
from pathlib import Path
from typing import Final

import httpx

from benchmarks.survival.trial import Running, begun, free_port

SECONDS: Final = 12.0  # without handles; sources are read every five
FEW: Final = 3
# What the log may say meanwhile, counted.
_SAID: Final = ("run-failed", "index-away", "not-judged", "page-set-aside", "Too many open files", "unable to open")
# asyncio tells with a traceback that it cannot take in a connection now; it goes on a second later.
_ACCEPT: Final = ("Traceback",)
_ANEW: Final = ("index-behind",)


def limited(program: Running, more: int) -> None:
    """To as many as it has now, and ``more``."""
    pid = program.process.pid
    _, hard = resource.prlimit(pid, resource.RLIMIT_NOFILE)
    resource.prlimit(pid, resource.RLIMIT_NOFILE, (len(list(Path(f"/proc/{pid}/fd").iterdir())) + more, hard))


def lifted(program: Running) -> None:
    _, hard = resource.prlimit(program.process.pid, resource.RLIMIT_NOFILE)
    resource.prlimit(program.process.pid, resource.RLIMIT_NOFILE, (hard, hard))


def answers(port: int) -> bool:
    with suppress(httpx.HTTPError):
        return httpx.get(f"http://127.0.0.1:{port}/api/v1/health", timeout=5).status_code < 500
    return False


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--rounds", type=int, default=6)
    asked.add_argument("--seed", type=int, default=1)
    given = asked.parse_args()
    began, lot, back = time.perf_counter(), random.Random(given.seed), []
    with tempfile.TemporaryDirectory() as name, begun(Path(name, "home"), Path(name, "logs")) as trial:
        trial.publish(4)
        port = free_port()
        with trial.running("run") as loop, trial.running("web", "--port", str(port), may_say=_ACCEPT) as web:
            trial.catch_up()
            trial.until(lambda: answers(port), "the web process answers")
            for _ in range(given.rounds):
                for each in (loop, web):
                    limited(each, lot.randint(0, FEW))
                trial.publish(2)
                end = time.monotonic() + SECONDS
                while time.monotonic() < end:
                    answers(port)
                for each in (loop, web):
                    lifted(each)
                back.append(trial.catch_up())
                trial.until(lambda: answers(port), "the web process answers again")
            said = loop.said()
            trial.wrong += [] if loop.alive and web.alive else ["a process ended by itself"]
            trial.wrong += [f"made anew: {each}" for each in _ANEW if each in said]
        found = trial.settled(most_twice=0)
    told = {"rounds": given.rounds, **found, "back_seconds": back}
    told["said"] = Counter({each: said.count(each) for each in _SAID if each in said})
    print(json.dumps({**told, "wrong": trial.wrong, "seconds": round(time.perf_counter() - began)}, indent=1))
    sys.exit(bool(trial.wrong))


if __name__ == "__main__":
    main()
