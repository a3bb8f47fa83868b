"""Ten thousand sign-in tries from one address, by several processes on one store at once; and what a refusal costs.

    python -m benchmarks.tries [--tries 10000] [--processes 2]

Prints one JSON object: how many passwords were looked at in all (`of_address` are allowed), how many tries were turned
away unread, rows of the audit log, microseconds of a refused request's own row.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

from diembao.api.accounts import OF_ADDRESS, Accounts, Caller, Locked
from diembao.api.passwords import Hasher
from diembao.api.tally import Tally
from diembao.core.accounts import CONSOLE, Grant, Role, TurnedAway
from diembao.core.errors import Refused
from diembao.store.record import SqlStore

NOW = datetime.now(UTC)
PASSWORD = "một câu khó đoán"  # noqa: S105 (of a benchmark)
REFUSALS = 100_000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tries", type=int, default=10_000)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--store", default="")
    asked = parser.parse_args()
    if asked.store:
        print(json.dumps(tried(asked.store, asked.tries)))
        return
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'a.db'}"
        store = SqlStore(url)
        Accounts(store, Hasher()).add("lan", "Lan", [Grant(Role.OFFICER)], password=PASSWORD, by=CONSOLE, now=NOW)
        began = time.perf_counter()
        told = Counter[str]()
        for each in at_once(url, asked.tries, asked.processes):
            told.update(each)
        took, rows = time.perf_counter() - began, len(store.audit(act="session.", limit=1000))
        print(
            json.dumps({**told, "of_address": OF_ADDRESS, "audit_rows": rows, "s": round(took, 1), **refusing(store)})
        )
        store.close()
    if told["read"] > OF_ADDRESS:
        raise SystemExit(1)


def at_once(url: str, tries: int, processes: int) -> list[dict[str, int]]:
    command = [sys.executable, "-m", "benchmarks.tries", "--store", url, "--tries", str(tries // processes)]
    started = [subprocess.Popen(command, stdout=subprocess.PIPE) for _ in range(processes)]
    return [json.loads(each.communicate()[0]) for each in started]


def tried(url: str, tries: int) -> dict[str, int]:
    """Wrong passwords, each for another name."""
    store = SqlStore(url)
    accounts, told = Accounts(store, Hasher(passes=1, memory=64)), {"read": 0, "unread": 0}
    for n in range(tries):
        try:
            accounts.sign_in(f"name{n}", "sai", Caller("192.0.2.7"), now=NOW)
        except Locked:
            told["unread"] += 1
        except Refused:
            told["read"] += 1
    store.close()
    return told


def refusing(store: SqlStore) -> dict[str, float]:
    tally = Tally(store, lambda: NOW, time.monotonic)
    seen = TurnedAway("stranger", "", "key", "case.read", "192.0.2.7", "/api/v1/cases")
    began = time.perf_counter()
    for _ in range(REFUSALS):
        tally.note(seen)
    took = time.perf_counter() - began
    tally.settle(at_end=True)
    rows = len(store.audit(act="access.refused", limit=1000))
    return {"refusals": REFUSALS, "refusal_us": round(took / REFUSALS * 1e6, 2), "refusal_rows": rows}


if __name__ == "__main__":
    main()
