"""Lists of the API as 50 systems read them at the same time: milliseconds by the clock, and of the server's processor.

    python -m benchmarks.lists --home DIR [--clients 50] [--seconds 20] [--every 1.0]

Each client asks for a page of articles since some number, of a search, of stories or of outlets, by turns, once every
``--every`` seconds (0: again at once). The home is one with many articles (`benchmarks.search` makes them); it is read
only, but brought up to date. Prints one JSON object for each list, and for all, with the processor's time of the server
for a request, and the share of a core that the clients themselves took.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import ssl
import subprocess
import sys
import time
from contextlib import AsyncExitStack
from pathlib import Path
from random import Random

import httpx

from benchmarks.feed import processor

LISTS = {
    "articles": "/v1/articles?limit=20&since={}",
    "search": "/v1/search?limit=20&q=tỉnh&sort=newest",
    "stories": "/v1/stories?limit=20",
    "outlets": "/v1/outlets?limit=20",
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--home", type=Path, required=True)
    parser.add_argument("--clients", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--every", type=float, default=1.0)
    asked = parser.parse_args()
    server = subprocess.Popen(
        [sys.executable, "-m", "benchmarks.feed", "--serve", str(asked.home)], stdout=subprocess.PIPE, text=True
    )
    try:
        api = f"http://127.0.0.1:{int(server.stdout.readline() if server.stdout else 0)}"
        for path in LISTS.values():
            httpx.get(api + path.format(0), timeout=600).raise_for_status()
        before = processor(server.pid)
        times, asking = asyncio.run(_all(api, asked.clients, asked.seconds, asked.every))
        used = processor(server.pid) - before
    finally:
        server.terminate()
        server.wait()
    requests = sum(map(len, times.values()))
    told = {name: _told(found) for name, found in times.items()}
    told["all"] = _told([each for found in times.values() for each in found])
    of_server = {"cpu_ms_per_request": round(1000 * used / requests, 1)}
    print(json.dumps({**told, "requests": requests, **of_server, "client_share_of_a_core": round(asking, 2)}))


async def _all(api: str, clients: int, seconds: float, every: float) -> tuple[dict[str, list[float]], float]:
    """Milliseconds of each answer by list, and the share of a core that asking took.

    All clients are made before the clock starts: making one reads the certificates of the world, which takes longer
    than an answer, in the loop in which the others wait for theirs.
    """
    times: dict[str, list[float]] = {name: [] for name in LISTS}

    async def one(client: httpx.AsyncClient, number: int, end: float) -> None:
        random = Random(number)
        await asyncio.sleep(random.random() * every)
        for turn in range(1_000_000):
            name = list(LISTS)[(number + turn) % len(LISTS)]
            began = time.perf_counter()
            if began > end:
                return
            answer = await client.get(LISTS[name].format(random.randrange(100_000)))
            answer.raise_for_status()
            took = time.perf_counter() - began
            times[name].append(1000 * took)
            await asyncio.sleep(max(0.0, every - took))

    async with AsyncExitStack() as open_ones:
        trusted = ssl.create_default_context()
        asking = [
            await open_ones.enter_async_context(httpx.AsyncClient(base_url=api, timeout=60, verify=trusted))
            for _ in range(clients)
        ]
        began, used = time.perf_counter(), time.process_time()
        await asyncio.gather(*(one(client, n, began + seconds) for n, client in enumerate(asking)))
        return times, (time.process_time() - used) / (time.perf_counter() - began)


def _told(times: list[float]) -> dict[str, float]:
    found = sorted(times)
    return {
        "n": len(found),
        "p50_ms": round(found[len(found) // 2], 1),
        "p95_ms": round(found[len(found) * 95 // 100], 1),
    }


if __name__ == "__main__":
    main()
