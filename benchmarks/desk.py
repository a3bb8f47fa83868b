"""Thousands of acts at the desk by people of every role, in any order; ends at the first rule that is broken.

    python -m benchmarks.desk [--steps 10000] [--seed 1] [--postgresql | --store postgresql+psycopg://…]

With `--postgresql` on a server of its own, as the tests start it. Prints one JSON object: steps, what was done how
often, what was refused, how often a case came into each state, rows of the audit log.
"""

from __future__ import annotations

import argparse
import json
import random
import tempfile
import time
from pathlib import Path

from diembao.pipeline.wiring import open_installation
from tests.response.test_desk_walk import on_server, two_provinces
from tests.response.walking import Walk
from tests.store.making import NOW
from tests.store.server import running


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--steps", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    where = parser.add_mutually_exclusive_group()
    where.add_argument("--store", default="")
    where.add_argument("--postgresql", action="store_true")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as home:
        settings = two_provinces(Path(home))
        url = running().make("walk") if asked.postgresql else asked.store
        if url:
            settings = on_server(settings, url)
        with open_installation(settings) as house:
            walk = Walk(house, NOW, random.Random(asked.seed), asking=0.25)
            began, clock = time.process_time(), time.monotonic()
            for _ in range(asked.steps):
                walk.step()
            walk.check_all()
            checked = house.store.check_audit()
    reached = dict(sorted(walk.reached.items()))
    told = {"steps": asked.steps, **dict(sorted(walk.told.items())), "reached": reached, "cases": len(walk.files)}
    spent = {"cpu_s": round(time.process_time() - began), "clock_s": round(time.monotonic() - clock)}
    print(json.dumps({**told, "audit_rows": checked.rows, "audit_broken": checked.broken, **spent}))
    if checked.broken is not None:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
