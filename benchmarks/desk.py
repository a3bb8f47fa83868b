"""Thousands of acts at the desk by people of every role, in any order; ends at the first rule that is broken.

    python -m benchmarks.desk [--steps 10000] [--seed 1] [--store postgresql+psycopg://…]

Prints one JSON object: steps, what was done how often, what was refused, how often a case came into each state, rows of
the audit log.
"""

from __future__ import annotations

import argparse
import json
import random
import tempfile
import time
from pathlib import Path

from diembao.core.settings import load
from diembao.pipeline.wiring import open_installation
from tests.response.walking import Walk
from tests.store.making import NOW, article, keep


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--steps", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--store", default="")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as home:
        settings = load(Path(home))
        if asked.store:
            settings = settings.model_copy(update={"store": settings.store.model_copy(update={"url": asked.store})})
        with open_installation(settings) as house:
            keep(house.store, article("a"))
            chance = random.Random(asked.seed)
            walk, began = Walk(house, article("a").id, "tàu a cập cảng Quy Nhơn", NOW, chance), time.process_time()
            walk.asking = 0.25
            for _ in range(asked.steps):
                walk.step()
            checked = house.store.check_audit()
    reached = dict(sorted(walk.reached.items()))
    told = {"steps": asked.steps, **dict(sorted(walk.told.items())), "reached": reached, "audit_rows": checked.rows}
    print(json.dumps({**told, "audit_broken": checked.broken, "cpu_s": round(time.process_time() - began)}))
    if checked.broken is not None:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
