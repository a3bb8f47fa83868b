"""The record as a stream, over HTTP from a process of its own: rows a second, and the most memory it took.

    python -m benchmarks.feed [--articles 1000000] [--home DIR] [--table articles] [--format ndjson]

Without --home a record of so many made-up articles is written first, each with a lead of 150 characters and five
labels. Prints one JSON object: rows, seconds of the clock and of the server's processor, rows a second of each, bytes
a row, the server's resident memory before and at its highest (MB).
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any, Final

import httpx
from sqlalchemy import create_engine, insert

from diembao.core import garbage
from diembao.core.settings import load
from diembao.pipeline.wiring import open_installation
from diembao.store import tables
from diembao.store.record import SqlStore

BEGAN: Final = datetime(2026, 1, 1, tzinfo=UTC)
AT_ONCE: Final = 20_000
MB: Final = 1_000_000
GIVEN: Final = (("language", "vi"), ("relevance", "yes"), ("theme", "economy"), ("stance", "neutral"))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=1_000_000)
    parser.add_argument("--home", type=Path)
    parser.add_argument("--table", default="articles")
    parser.add_argument("--format", default="ndjson")
    parser.add_argument("--gzip", action="store_true")
    parser.add_argument("--serve", type=Path, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.serve:
        _serve(asked.serve)
        return
    with tempfile.TemporaryDirectory() as folder:
        home = asked.home or Path(folder)
        if asked.home is None:
            write(home, asked.articles)
        print(json.dumps(measured(home, f"/v1/bulk/{asked.table}?format={asked.format}", packed=asked.gzip)))


def write(home: Path, articles: int) -> None:
    """Straight into the tables: the way through the doors would take an hour."""
    store = SqlStore(load(home).store_url)
    store.close()
    engine, random = create_engine(f"sqlite:///{home / 'diembao.db'}"), Random(7)
    lead = " ".join(f"chuyện{n}" for n in range(20))[:150]
    for first in range(0, articles, AT_ONCE):
        numbers = range(first, min(first + AT_ONCE, articles))
        with engine.begin() as connection:
            for table, rows in _rows(numbers, lead, random).items():
                connection.execute(insert(tables.METADATA.tables[table]), rows)
    engine.dispose()


def _rows(numbers: range, lead: str, random: Random) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {name: [] for name in ("articles", "revisions", "labels", "log")}
    for n in numbers:
        key, at = f"{random.getrandbits(64):016x}", BEGAN + timedelta(seconds=20 * n)
        times = {"published_at": at, "published_offset": 25_200, "seen_at": at, "sorted_at": at, "stored_at": at}
        named = {"id": key, "url": f"https://bao-{n % 200}.example/{key}", "outlet": f"bao-{n % 200}"}
        kept = {"language": "vi", "text_from": "page", "published_from": "feed", "revision": 1, "twin": ""}
        found["articles"].append({**named, **times, **kept})
        words = {"title": f"Bài số {n} về tỉnh", "lead": lead, "text": lead, "words": ""}
        found["revisions"].append({"article_id": key, "number": 1, "seen_at": at, **words})
        for kind, label in (*GIVEN, ("story", key)):
            judged = {"kind": kind, "key": label, "about": "gia-lai", "revision": 1, "score": 0.9}
            by = {"given_by": "rules", "by_person": False, "why": "“tỉnh” trong tiêu đề", "at": at}
            found["labels"].append({"article_id": key, **judged, **by})
        found["log"].append({"number": n + 1, "event": "judged", "article_id": key, "at": at})
    return found


def measured(home: Path, path: str, *, packed: bool) -> dict[str, object]:
    server = subprocess.Popen(
        [sys.executable, "-m", "benchmarks.feed", "--serve", str(home)], stdout=subprocess.PIPE, text=True
    )
    try:
        api = f"http://127.0.0.1:{int(server.stdout.readline() if server.stdout else 0)}"
        httpx.get(f"{api}/v1/articles?limit=1", timeout=600).raise_for_status()  # it has begun
        before, cpu, began = _memory(server.pid, "VmRSS"), processor(server.pid), time.perf_counter()
        rows, size = _read(f"{api}{path}", "gzip" if packed else "identity")
        seconds, used = time.perf_counter() - began, processor(server.pid) - cpu
        return {
            "rows": rows,
            "seconds": round(seconds, 1),
            "rows_per_s": round(rows / seconds),
            "cpu_s": round(used, 1),
            "rows_per_cpu_s": round(rows / used),
            "bytes_per_row": round(size / max(rows, 1)),
            "memory_before_mb": before,
            "memory_highest_mb": _memory(server.pid, "VmHWM"),
        }
    finally:
        server.terminate()
        server.wait()


def _read(address: str, encoding: str) -> tuple[int, int]:
    """Rows, and bytes on the way."""
    rows = 0
    with httpx.stream("GET", address, headers={"Accept-Encoding": encoding}, timeout=600) as answer:
        answer.raise_for_status()
        for part in answer.iter_bytes(1 << 20):
            rows += part.count(b"\n")
        return rows, answer.num_bytes_downloaded


def _memory(pid: int, name: str) -> int:
    line = next(each for each in Path(f"/proc/{pid}/status").read_text().splitlines() if each.startswith(f"{name}:"))
    return round(int(line.split()[1]) * 1024 / MB)


def processor(pid: int) -> float:
    """Seconds that a process has had."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _serve(home: Path) -> None:
    """The API alone, without its gate: who may ask costs nothing of a stream."""
    import uvicorn

    from diembao.api.service import create_app
    from diembao.app.server import listen

    listening = listen("127.0.0.1", 0)  # the program's own: another one may hold small answers back for 40 ms
    with open_installation(load(home)) as house:
        print(listening.getsockname()[1], flush=True)
        app = create_app(house)
        garbage.settle()  # as the program does
        config = uvicorn.Config(app, log_level="error", access_log=False)
        uvicorn.Server(config).run(sockets=[listening])


if __name__ == "__main__":
    main()
