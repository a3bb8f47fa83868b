"""Accounts, in figures: a rights check, a sign-in's argon2, the audit log written and read.

python -m benchmarks.accounts
"""

from __future__ import annotations

import json
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from diembao.api.passwords import Hasher
from diembao.api.rights import Act, Standing, Thing, Visitor, may
from diembao.core.accounts import Grant, Role
from diembao.store.audit import append
from diembao.store.record import SqlStore

CHECKS, ROWS, HASHES = 200_000, 100_000, 5


def main() -> None:
    print(json.dumps({**rights(), **hashing(), **audit()}))


def rights() -> dict[str, float]:
    """The slowest case: every role, none of which may."""
    who = Visitor("person:7", "", (Standing.SIGNED_IN,), tuple(Grant(role, "gia-lai", "so-y-te") for role in Role))
    thing = Thing("gia-lai", ("so-tai-chinh",), authors=("person:7",))
    started = time.process_time()
    for _ in range(CHECKS):
        may(who, Act.APPROVE_ANSWER, thing)
    return {"rights_cpu_us": round((time.process_time() - started) / CHECKS * 1e6, 2)}


def hashing() -> dict[str, float]:
    hasher = Hasher()
    hashed = hasher.hash("một câu khó đoán")
    started = time.process_time()
    for _ in range(HASHES):
        hasher.fits(hashed, "một câu khó đoán")
    known = (time.process_time() - started) / HASHES
    started = time.process_time()
    for _ in range(HASHES):
        hasher.fits("", "một câu khó đoán")
    return {
        "sign_in_cpu_ms": round(known * 1e3),
        "unknown_name_cpu_ms": round((time.process_time() - started) / HASHES * 1e3),
    }


def audit() -> dict[str, float]:
    with tempfile.TemporaryDirectory() as folder:
        store = SqlStore(f"sqlite:///{Path(folder) / 'a.db'}")
        now = datetime.now(UTC)
        with store._database.writing() as connection:  # noqa: SLF001 (rows as acts write them, without the acts)
            for n in range(ROWS):
                detail = {"kind": "stance", "keys": ["neutral"], "why": "Bài chỉ thuật lại"}
                append(
                    connection, "person:7", "label.correct", f"article:{n:016x}", where="session:12", now=now, **detail
                )
        started, cpu = time.perf_counter(), time.process_time()
        found = store.check_audit()
        took, worked = time.perf_counter() - started, time.process_time() - cpu
        store.close()
    return {
        "audit_rows": found.rows,
        "audit_rows_per_s": round(found.rows / took),
        "audit_rows_per_cpu_s": round(found.rows / worked),
    }


if __name__ == "__main__":
    main()
