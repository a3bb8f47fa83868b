"""Ten times the load: ten of the demo's days at once, on the default engines.

    python -m benchmarks.survival.load [--day 240] [--times 10]

Articles of a generated stream are stored, a day's and then, in a home of its own, so many times as many, each in a
process of its own; the steps work until nothing is left. Told: articles per second of processor, peak memory, and that
nothing was told late because of something less urgent: where `alert` stood when `remember` and `encode` first moved.
Prints one JSON object; ends with 1 if the queue did not drain, or memory grew more than half as much as the load.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any, Final

from benchmarks.workers import coming
from diembao.core.logs import to_standard_error
from diembao.core.settings import load
from diembao.core.settings_channels import AlertSettings
from diembao.core.settings_log import LogSettings
from diembao.pipeline import steps
from diembao.pipeline.verify import verify
from diembao.pipeline.wiring import open_installation
from diembao.pipeline.worker import utc_now
from tests.store.making import keep

MOST: Final = 1.5  # of memory, ten times the load against one


def worked(home: Path, count: int) -> dict[str, Any]:
    """In this process: all of them stored, then worked on to the end."""
    to_standard_error(LogSettings(level="warning"))
    settings = load(home).model_copy(update={"alerts": (AlertSettings(name="Tỉnh", query="liên_quan:yes"),)})
    with open_installation(settings) as house:
        articles = coming(count)
        for start in range(0, count, 100):
            keep(house.store, *articles[start : start + 100], now=utc_now())
        stored, began = _peak(), time.process_time()
        order = [
            {name: house.store.bookmark(name) for name in ("alert", "remember", "encode")}
            for _ in steps.advance_to_end(house, utc_now, "load")
        ]
        took = time.process_time() - began
        looked = verify(house)
        ahead = all(each["alert"] >= max(each["remember"], each["encode"]) for each in order)
        return {
            "articles": house.store.size(),
            "passes": len(order),
            "articles_per_cpu_second": round(count / took, 1),
            "stored_mb": stored,
            "peak_mb": _peak(),
            "alerts_first": ahead,
            "drained": looked.same and not looked.waiting and house.store.bookmark("encode") == house.store.head(),
        }


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--day", type=int, default=240)
    asked.add_argument("--times", type=int, default=10)
    asked.add_argument("--alone", nargs=2, metavar=("HOME", "COUNT"), help=argparse.SUPPRESS)
    given = asked.parse_args()
    if given.alone:
        print(json.dumps(worked(Path(given.alone[0]), int(given.alone[1]))))
        return
    rows = [_elsewhere(count) for count in (given.day, given.day * given.times)]
    wrong = [] if all(row["drained"] and row["alerts_first"] for row in rows) else ["not drained, or not alerts first"]
    wrong += [] if rows[1]["peak_mb"] <= MOST * rows[0]["peak_mb"] else ["memory grows with the load"]
    print(json.dumps({"rows": rows, "wrong": wrong}, indent=1))
    sys.exit(bool(wrong))


def _elsewhere(count: int) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as home:
        command = [sys.executable, "-m", "benchmarks.survival.load", "--alone", home, str(count)]
        done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    row: dict[str, Any] = json.loads(done.stdout)
    return row


if __name__ == "__main__":
    main()
