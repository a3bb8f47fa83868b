"""Many outlets, many entries, faults, several collectors, and kill -9: is everything there once, and was it polite?

    python -m benchmarks.storm [--outlets 200] [--entries 100] [--kills 20] [--faults 0.05] [--seed 1]

Outlets are small servers on loopback, a port each; every twentieth answer is a fault (500, a reset, half a page, a
pause). The collector (two processes) is killed at random moments, itself or one of its processes; then it runs until
nothing waits. Prints one JSON object; ends with 1 if anything is lost, doubled, unbalanced or impolite.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from contextlib import closing, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import yaml

from diembao.store.record import SqlStore

DELAY = 0.02  # seconds that are asked for between two requests to a host
SLACK = 0.005  # of clocks and threads
LONGEST_RUNS = 40  # after the kills; each tries again what failed


@dataclass
class Outlet:
    """One server: what it was asked, and whether that was polite."""

    name: str
    entries: int
    chance: random.Random
    faults: float
    port: int = 0
    rude: int = 0
    fetched: Counter[str] = field(default_factory=Counter)
    lock: threading.Lock = field(default_factory=threading.Lock)
    busy: int = 0
    free_at: float = 0.0

    def enter(self, *, back: bool = False) -> None:
        with self.lock:
            now = time.monotonic()
            self.rude += not back and (bool(self.busy) or now < self.free_at + DELAY - SLACK)
            self.busy += 1

    def leave(self) -> None:
        with self.lock:
            self.busy -= 1
            self.free_at = time.monotonic()

    def body(self, path: str) -> bytes | None:
        if path == "/rss":
            items = "".join(
                f"<item><title>{self.name}: tin {n}</title><link>/{n}.html</link></item>" for n in range(self.entries)
            )
            return f"<rss version='2.0'><channel><title>x</title>{items}</channel></rss>".encode()
        if not path.endswith(".html"):
            return None
        number = path[1:-5]
        words = f"Bài số {number} của {self.name} kể một chuyện riêng về Quy Nhơn, không giống bài nào khác. " * 6
        title = f"{self.name} {number}"
        head = f"<html><head><title>{title}</title></head>"
        return f"{head}<body><h1>{title}</h1><p>{words}</p></body></html>".encode()


class Desk(BaseHTTPRequestHandler):
    """Answers for one outlet."""

    protocol_version = "HTTP/1.1"
    server: Any

    def do_GET(self) -> None:
        outlet: Outlet = self.server.outlet
        outlet.enter()
        try:
            self._answer(outlet)
        except OSError:
            self.close_connection = True
        finally:
            outlet.leave()

    def _answer(self, outlet: Outlet) -> None:
        body = outlet.body(self.path)
        with outlet.lock:
            outlet.fetched[self.path] += 1
            fault = body is not None and outlet.chance.random() < outlet.faults
            kind = outlet.chance.choice(("500", "reset", "half", "pause")) if fault else ""
        if kind == "reset":
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self.connection.close()
            raise OSError
        if kind == "pause":  # whoever asked may be killed meanwhile: for the next one, this one is over
            outlet.leave()
            time.sleep(0.5)
            outlet.enter(back=True)
        found = body if body is not None else b""
        self.send_response(500 if kind == "500" else 200 if body is not None else 404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(found)))
        self.end_headers()
        self.wfile.write(found[: len(found) // 2] if kind == "half" else found)
        self.close_connection = kind == "half"

    def log_message(self, *_: object) -> None:
        """Quiet."""


class Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, outlet: Outlet) -> None:
        super().__init__(("127.0.0.1", 0), Desk)
        self.outlet = outlet
        outlet.port = self.server_address[1]
        threading.Thread(target=self.serve_forever, args=(0.1,), daemon=True).start()

    def handle_error(self, *_: object) -> None:
        """A client that was killed hangs up."""


def furnish(home: Path, outlets: list[Outlet]) -> None:
    """An installation that reads them all, two processes at a time."""
    catalogue = [
        {
            "id": each.name,
            "name": each.name,
            "country": "VN",
            "language": "vi",
            "fetch": "all",
            "home": f"http://127.0.0.1:{each.port}/",
            "feeds": [f"http://127.0.0.1:{each.port}/rss"],
        }
        for each in outlets
    ]
    (home / "outlets.yaml").write_text(yaml.safe_dump(catalogue), encoding="utf-8")
    private = ", ".join(f'"127.0.0.1:{each.port}"' for each in outlets)
    settings = (
        f"delay = {DELAY}\nprocesses = 2\ntimeout = 5\ncontact = 'storm@example.org'\nallow_private = [{private}]"
    )
    (home / "diembao.toml").write_text(f"[crawl]\ncatalogue = 'outlets.yaml'\n{settings}\n", encoding="utf-8")


def started(home: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "diembao.app.cli", "run", "--once", "--json", "--home", str(home)]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def family(pid: int) -> list[int]:
    """A process and those it started."""
    found = [pid]
    for path in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            if int(path.read_text().rpartition(")")[2].split()[1]) == pid:
                found.append(int(path.parent.name))
    return found


class Scales(threading.Thread):
    """Weighs what the programs of this home take at most: the largest collector alone, and all that run together.

    MB of resident memory (pages that several share count for each); looked at four times a second.
    """

    def __init__(self, home: Path) -> None:
        super().__init__(daemon=True)
        self._home = str(home).encode()
        self._over = threading.Event()
        self.largest = self.together = 0.0

    def run(self) -> None:
        while not self._over.wait(0.25):
            found = [resident(path) for path in self._ours()]
            self.largest = max(self.largest, *found, 0.0)
            self.together = max(self.together, sum(found))

    def _ours(self) -> list[Path]:
        found = []
        for path in Path("/proc").glob("[0-9]*"):
            with suppress(OSError):
                if self._home in (path / "cmdline").read_bytes():
                    found.append(path)
        return found

    def over(self) -> dict[str, float]:
        self._over.set()
        self.join()
        return {"largest_process_mb": round(self.largest), "all_processes_mb": round(self.together)}


def resident(process: Path) -> float:
    """Its memory in MB; 0 for one that is gone."""
    with suppress(OSError):
        for line in (process / "status").read_text().splitlines():
            if line.startswith("VmRSS:"):
                return int(line.split()[1]) / 1024
    return 0.0


def storm(home: Path, kills: int, chance: random.Random, longest: float) -> int:
    """Kill at random moments; how often something was running then."""
    done = 0
    for _ in range(kills):
        run = started(home)
        time.sleep(chance.uniform(1.0, longest))
        if run.poll() is None:
            with suppress(ProcessLookupError):
                os.kill(chance.choice(family(run.pid)), signal.SIGKILL)
                done += 1
        try:
            run.wait(0.2)
        except subprocess.TimeoutExpired:
            run.kill()
        run.wait()
    return done


def at_last(home: Path, whole: int) -> int:
    """Runs until everything is stored. What failed would wait for minutes by the clock: its time is brought near."""
    for number in range(1, LONGEST_RUNS + 1):
        started(home).wait()
        with closing(SqlStore(f"sqlite:///{home / 'diembao.db'}")) as store:
            if store.size() >= whole:
                return number
            with store._database.writing() as connection:  # noqa: SLF001 (the clock of the machine is not ours)
                connection.exec_driver_sql("UPDATE entries SET not_before = NULL WHERE not_before IS NOT NULL")
                connection.exec_driver_sql("UPDATE polls SET next_at = NULL, rests_until = NULL")
                connection.exec_driver_sql("UPDATE hosts SET rests_until = NULL")
    return LONGEST_RUNS


def weighed(home: Path, outlets: list[Outlet]) -> dict[str, Any]:
    """What is there, what is twice, whether the books hold."""
    with closing(SqlStore(f"sqlite:///{home / 'diembao.db'}")) as store:
        urls = Counter(item.article.url for item in store.articles(list(store.article_ids())))
        faults = list(store.faults())
    wanted = {f"http://127.0.0.1:{each.port}/{n}.html" for each in outlets for n in range(each.entries)}
    return {
        "entries": len(wanted),
        "lost": len(wanted - set(urls)),
        "not_asked_for": len(set(urls) - wanted),
        "twice": sum(n > 1 for n in urls.values()),
        "faults_in_the_books": faults,
        "impolite": sum(each.rude for each in outlets),
        "requests": sum(sum(each.fetched.values()) for each in outlets),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--outlets", type=int, default=200)
    parser.add_argument("--entries", type=int, default=100)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--faults", type=float, default=0.05)
    parser.add_argument("--longest", type=float, default=20.0, help="seconds before a kill, at most")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    chance = random.Random(asked.seed)
    outlets = [
        Outlet(f"nguon-{n}", asked.entries, random.Random(f"{asked.seed}:{n}"), asked.faults)
        for n in range(asked.outlets)
    ]
    servers = [Server(each) for each in outlets]
    began = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        furnish(home, outlets)
        scales = Scales(home)
        scales.start()
        killed = storm(home, asked.kills, chance, asked.longest)
        runs = at_last(home, asked.outlets * asked.entries)
        found = weighed(home, outlets) | scales.over()
    for server in servers:
        server.shutdown()
        server.server_close()
    print(json.dumps({"kills": killed, "runs_after": runs, "seconds": round(time.perf_counter() - began), **found}))
    sys.exit(any(found[name] for name in ("lost", "not_asked_for", "twice", "faults_in_the_books", "impolite")))


if __name__ == "__main__":
    main()
