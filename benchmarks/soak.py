"""`make soak`: the demo newsroom collected again and again, the program killed -9 at random moments.

    python -m benchmarks.soak [--kills 20] [--seed 1]

After every kill and at the end: books balance, no article is stored twice, and the last state is that of an
undisturbed run. Prints one JSON object; takes minutes.
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
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from demo import newsroom
from diembao.core.settings import load
from diembao.pipeline.wiring import open_installation

PORT = 27100


def command(home: Path, *words: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "diembao.app.cli", *words],
        env=os.environ | {"DIEMBAO_HOME": str(home)},
        stdout=subprocess.PIPE,
        text=True,
    )


def finished(home: Path, *words: str) -> str:
    child = command(home, *words)
    out, _ = child.communicate()
    if child.returncode:
        raise SystemExit(child.returncode)
    return out


def state(home: Path) -> dict[str, Any]:
    with open_installation(load(home)) as house:
        items = house.store.articles(sorted(house.store.article_ids()))
        unbalanced = [counts.run for counts in house.store.unbalanced_runs()]
        labels = {
            item.article.id: sorted(f"{x.kind} {x.key} {x.about} {x.score:.4f}" for x in item.labels) for item in items
        }
        return {"labels": labels, "unbalanced": unbalanced, "indexed": house.index.size()}


def storm(home: Path, kills: int, chance: random.Random, longest: float) -> int:
    """Runs killed at a random moment; how many were still running when they were killed."""
    done = 0
    for _ in range(kills):
        child = command(home, "run", "--once", "--json")
        time.sleep(chance.uniform(0.5, longest))
        done += child.poll() is None
        child.send_signal(signal.SIGKILL)
        child.communicate()
    return done


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    start = datetime.now(UTC) - timedelta(hours=1)
    room = newsroom.serve(PORT, seed=1, start=start, clock=lambda: start + timedelta(minutes=30))
    with tempfile.TemporaryDirectory() as folder:
        calm, stormy = Path(folder, "calm"), Path(folder, "stormy")
        for home in (calm, stormy):
            finished(home, "demo", "init", "--port", str(PORT))
        began = time.perf_counter()
        finished(calm, "run", "--once", "--json")
        seconds = time.perf_counter() - began
        killed = storm(stormy, asked.kills, random.Random(asked.seed), seconds)
        last = json.loads(finished(stormy, "run", "--once", "--json"))
        one, other = state(calm), state(stormy)
    room.close()
    print(
        json.dumps(
            {
                "kills": killed,
                "undisturbed_seconds": round(seconds, 1),
                "articles": len(other["labels"]),
                "same_articles_and_labels": one["labels"] == other["labels"],
                "same_index_size": one["indexed"] == other["indexed"],
                "unbalanced_runs": other["unbalanced"],
                "last_run": last,
            },
            indent=1,
        )
    )
    sys.exit(one != other)


if __name__ == "__main__":
    main()
