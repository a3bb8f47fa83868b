"""Many generated requests to the API, by every role, keys and strangers; ends at the first fault.

    python -m benchmarks.api [--requests 20000] [--seed 1]

Prints one JSON object: requests, by status, holes (none is expected), CPU seconds.
"""

from __future__ import annotations

import argparse
import json
import logging
import sys
import tempfile
import time
from itertools import count
from pathlib import Path

import structlog

from tests.api.asking import asking_at
from tests.api.generated import Storm

# Examples of each kind for each address in one round; each round has a seed of its own.
ROUND = 50


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--requests", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    # Thousands of refusals are what is asked for here.
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    with tempfile.TemporaryDirectory() as home, asking_at(Path(home), api_per_minute=1_000_000) as ask:
        storm, began = Storm(ask), time.process_time()
        for seed in count(asked.seed):
            storm.blow(ROUND, seed=seed)
            print(f"{storm.requests} requests, holes: {storm.holes}", file=sys.stderr, flush=True)
            if storm.requests >= asked.requests:
                break
        told = {
            "requests": storm.requests,
            "server_errors": sum(n for status, n in storm.statuses.items() if status >= 500),
            "holes": storm.holes,
            "statuses": dict(sorted(storm.statuses.items())),
            "audit_rows": ask.house.store.check_audit().rows,
            "cpu_s": round(time.process_time() - began),
        }
    print(json.dumps(told))
    if storm.holes:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
