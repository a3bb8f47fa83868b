"""What one look at 250 outlets costs when nothing is new: bytes on the wire, requests, CPU seconds of the collector.

    python -m benchmarks.cycle [--outlets 250]

Each outlet is a host:port of its own on loopback with one feed of 40 entries that answers 304. The first run reads all
feeds (their entries are left out by the prefilter, so that no page is asked for), the second is the one that counts.
Bytes are those that the servers received and sent, heads included.
"""

from __future__ import annotations

import argparse
import json
import resource
import socketserver
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path

import yaml

from benchmarks.loopback import HOST, rss

ENTRIES = 40


@dataclass
class Counter:
    """Over all servers."""

    requests: int = 0
    received: int = 0
    sent: int = 0


class _Handler(socketserver.StreamRequestHandler):
    """A small server, so that every byte is counted; it keeps connections open as real ones do."""

    server: _Outlet

    def handle(self) -> None:
        while head := self._head():
            counter = self.server.counter
            counter.requests += 1
            counter.received += len(head)
            answer = self._answer(head)
            counter.sent += len(answer)
            self.wfile.write(answer)

    def _head(self) -> bytes:
        lines = b""
        while line := self.rfile.readline(65_536):
            lines += line
            if line == b"\r\n":
                return lines
        return b""

    def _answer(self, head: bytes) -> bytes:
        date = b"Server: nginx\r\nDate: Sat, 21 Nov 2026 08:00:00 GMT\r\nConnection: keep-alive\r\n"
        if head.startswith(b"GET /robots.txt"):
            body = b"User-agent: *\nDisallow: /admin/\n"
            return b"HTTP/1.1 200 OK\r\n" + date + b"Content-Length: %d\r\n\r\n" % len(body) + body
        tag = b'ETag: "5f1e-6438c2a1"\r\n'
        if b"if-none-match" in head.lower():
            return b"HTTP/1.1 304 Not Modified\r\n" + date + tag + b"\r\n"
        kind = b"Content-Type: application/rss+xml\r\nContent-Length: %d\r\n\r\n" % len(self.server.feed)
        return b"HTTP/1.1 200 OK\r\n" + date + tag + kind + self.server.feed


class _Outlet(socketserver.ThreadingTCPServer):
    daemon_threads = True
    request_queue_size = 64

    def __init__(self, counter: Counter) -> None:
        super().__init__((HOST, 0), _Handler)
        self.counter = counter
        self.port = self.server_address[1]
        links = ((f"http://{HOST}:{self.port}/{n}", f"Chuyện ở xa số {n}", "Không nhắc đến.") for n in range(ENTRIES))
        date = "Sat, 21 Nov 2026 06:00:00 +0700"
        self.feed = rss([(*link, date) for link in links])
        threading.Thread(target=self.serve_forever, daemon=True).start()


def _settle(home: Path, outlets: list[_Outlet]) -> None:
    entries = [
        {
            "id": f"bao-{n}",
            "name": f"Báo {n}",
            "country": "VN",
            "language": "vi",
            "home": f"http://{HOST}:{outlet.port}/",
            "feeds": [f"http://{HOST}:{outlet.port}/rss"],
        }
        for n, outlet in enumerate(outlets)
    ]
    (home / "catalogue.yaml").write_text(yaml.safe_dump(entries, allow_unicode=True), encoding="utf-8")
    hosts = json.dumps([f"{HOST}:{outlet.port}" for outlet in outlets])
    (home / "diembao.toml").write_text(
        f'[crawl]\ncontact = "https://so.example.vn/diem-bao"\ncatalogue = "catalogue.yaml"\nallow_private = {hosts}\n',
        encoding="utf-8",
    )


def _collect(home: Path) -> float:
    """One collection; CPU seconds of its process, its start included."""
    from diembao.core.settings import load
    from diembao.pipeline.wiring import open_installation
    from diembao.pipeline.worker import utc_now

    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    with open_installation(load(home)) as house:
        run = house.store.begin_run(utc_now())
        subprocess.run([sys.executable, "-m", "diembao.pipeline.collect", str(home), str(run), "{}"], check=True)
        counts = house.store.end_run(run, utc_now())
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    print("run", counts.as_json())
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    asked = argparse.ArgumentParser()
    asked.add_argument("--outlets", type=int, default=250)
    number = asked.parse_args().outlets
    counter = Counter()
    outlets = [_Outlet(counter) for _ in range(number)]
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        _settle(home, outlets)
        _collect(home)
        print("first", vars(counter))
        vars(counter).update(vars(Counter()))
        began = time.monotonic()
        cpu = _collect(home)
        took = time.monotonic() - began
    total = counter.received + counter.sent
    print(json.dumps({"outlets": number, **vars(counter), "bytes": total, "cpu_s": round(cpu, 2), "s": round(took, 1)}))


if __name__ == "__main__":
    main()
