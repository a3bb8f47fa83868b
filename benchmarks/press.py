"""Many outlets of the demo's kind, each a server of its own on loopback: pages, feeds, encodings and addresses are
those of the demo newsroom's outlets, articles as many as are asked for. Some answers go wrong, and every server notes
whether it was asked politely.
"""

from __future__ import annotations

import random
import socket
import struct
import threading
import time
from collections import Counter
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import cached_property
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Final

from demo.desk import Answer, Desk
from demo.edition import Edition, Item
from demo.masthead import OUTLETS
from demo.newsroom import sources
from demo.outlet import Outlet as Masthead

SLACK: Final = 0.005  # seconds; of clocks and threads
PAUSE: Final = 0.5  # seconds; of an answer that is late
FAULTS: Final = ("500", "reset", "half", "pause")


class Press:
    """What one outlet has printed: articles of the demo's with a number and a sentence of their own each."""

    def __init__(self, masthead: Masthead, name: str, entries: int, pieces: tuple[Item, ...], start: datetime) -> None:
        self.items = tuple(
            _printed(pieces[n % len(pieces)], masthead, f"{name} {n}", n, start - timedelta(minutes=5 * n))
            for n in range(entries)
        )

    def visible(self, outlet: str, now: datetime) -> tuple[Item, ...]:  # noqa: ARG002 (as an edition's)
        return self.items


def _printed(item: Item, masthead: Masthead, mark: str, number: int, at: datetime) -> Item:
    piece = replace(item.piece, slug=f"{item.piece.slug}-{number}", fault="", edit=None)
    address = masthead.path.format(slug=piece.slug, number=100_000 + number, date=f"{at:%Y/%m/%d}")
    return replace(
        item,
        piece=piece,
        outlet=masthead,
        at=at,
        changed=at,
        address=address,
        listed=(address,),
        picture=str(number),
        title=f"{item.title} ({mark})",
        body=(*item.body, f"{mark}: {item.title}."),
    )


def mastheads() -> list[tuple[Masthead, tuple[Item, ...]]]:
    """Outlets of the demo, each with one source that works and no pause of its own, and with what it has written."""
    now = datetime.now(UTC)
    edition = Edition(seed=1, start=now - timedelta(hours=1))
    found = []
    for masthead in OUTLETS:
        feeds = tuple(replace(each, section="") for each in masthead.feeds if not each.fault)
        plain = replace(masthead, feeds=feeds[:1], crawl_delay=None)
        items = tuple(x for x in edition.visible(masthead.id, now) if x.piece.fault in {"", "forbidden", "gone"})
        found.append((plain, items))
    return found


@dataclass
class Outlet:
    """One server: what it was asked, and whether that was polite. ``delay`` is the pause that is owed to it."""

    name: str
    desk: Desk
    press: Press
    chance: random.Random
    faults: float
    delay: float
    port: int = 0
    rude: int = 0
    asked: int = 0
    wrong: Counter[str] = field(default_factory=Counter)
    lock: threading.Lock = field(default_factory=threading.Lock)
    busy: int = 0
    free_at: float = 0.0

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def entry(self) -> dict[str, Any]:
        """As `outlets.yaml` writes it; every page is read."""
        masthead = self.desk.outlet
        found: dict[str, Any] = {
            "id": self.name,
            "name": self.name,
            "country": masthead.country,
            "language": masthead.language,
        }
        found |= {"fetch": "all", "home": f"{self.base}/", "timezone": masthead.timezone}
        return (
            found
            | sources(masthead, self.base)
            | ({"date_formats": list(masthead.date_formats)} if masthead.date_formats else {})
        )

    @cached_property
    def pages(self) -> Mapping[str, str]:
        """Every article's address, with its title."""
        return {self.base + item.address: item.title for item in self.press.items}

    def enter(self, *, back: bool = False) -> None:
        with self.lock:
            now = time.monotonic()
            self.rude += not back and (bool(self.busy) or now < self.free_at + self.delay - SLACK)
            self.busy += 1

    def leave(self) -> None:
        with self.lock:
            self.busy -= 1
            self.free_at = time.monotonic()

    def fault(self, path: str) -> str:
        """What goes wrong with this answer; mostly nothing, and never what has no article or list."""
        with self.lock:
            self.asked += 1
            if path == "/robots.txt" or self.chance.random() >= self.faults:
                return ""
            found = self.chance.choice(FAULTS)
            self.wrong[found] += 1
            return found


def printed(name: str, number: int, entries: int, *, faults: float, delay: float, seed: int) -> Outlet:
    masthead, pieces = _kinds()[number % len(OUTLETS)]
    press = Press(masthead, name, entries, pieces, datetime.now(UTC).replace(microsecond=0) - timedelta(minutes=10))
    desk = Desk(masthead, press, "")  # type: ignore[arg-type]  # a press stands in for an edition: it says what is visible
    return Outlet(name, desk, press, random.Random(f"{seed}:{number}"), faults, delay)


_KINDS: list[tuple[Masthead, tuple[Item, ...]]] = []


def _kinds() -> list[tuple[Masthead, tuple[Item, ...]]]:
    if not _KINDS:
        _KINDS.extend(mastheads())
    return _KINDS


class _Handler(BaseHTTPRequestHandler):
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
        fault = outlet.fault(self.path)
        if fault == "reset":
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self.connection.close()
            raise OSError
        if fault == "pause":  # whoever asked may be killed meanwhile: for the next one, this one is over
            outlet.leave()
            time.sleep(PAUSE)
            outlet.enter(back=True)
        self._send(outlet.desk.answer(self.path, datetime.now(UTC)), fault)

    def _send(self, answer: Answer, fault: str) -> None:
        self.send_response(500 if fault == "500" else answer.status)
        self.send_header("Content-Type", answer.type)
        self.send_header("Content-Length", str(len(answer.body)))
        self.end_headers()
        half = fault == "half"
        self.wfile.write(answer.body[: len(answer.body) // 2] if half else answer.body)
        self.close_connection = half

    def log_message(self, *_: object) -> None:
        """Quiet."""


class Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, outlet: Outlet) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.outlet = outlet
        outlet.port = self.server_address[1]
        outlet.desk._base = outlet.base  # noqa: SLF001 (its port is known only now)
        threading.Thread(target=self.serve_forever, args=(0.1,), daemon=True).start()

    def handle_error(self, *_: object) -> None:
        """A client that was killed hangs up."""

    def end(self) -> None:
        with suppress(OSError):
            self.shutdown()
            self.server_close()
