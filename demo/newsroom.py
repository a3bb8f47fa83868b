"""The demo newsroom: one small HTTP server for each made-up outlet, on ports in a row.

The same seed, start and clock time give the same bytes, headers included.
"""

from __future__ import annotations

import gzip
import hashlib
import socketserver
import sys
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from email.message import Message
from email.utils import format_datetime, parsedate_to_datetime
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler
from typing import Any, Final, Self

from demo.copydesk import neighbours
from demo.desk import Answer, Desk
from demo.edition import Edition
from demo.masthead import OUTLETS
from demo.outlet import Outlet

Clock = Callable[[], datetime]

IDLE: Final = 15.0  # seconds; a client that says nothing for so long is dropped
_BACKLOG: Final = 64  # connections waiting to be accepted; a crawler opens several at once


def ports_needed() -> int:
    return len(OUTLETS)


def catalogue(port: int, *, host: str = "127.0.0.1") -> list[dict[str, Any]]:
    """The outlets as crawlers/outlets.yaml writes them, the first one on `port`."""
    return [_entry(outlet, _base(host, port + n)) for n, outlet in enumerate(OUTLETS)]


def _entry(outlet: Outlet, base: str) -> dict[str, Any]:
    entry: dict[str, Any] = {
        "id": outlet.id,
        "name": outlet.name,
        "country": outlet.country,
        "language": outlet.language,
        "home": f"{base}/",
        **sources(outlet, base),
        "timezone": outlet.timezone,
        "fetch": outlet.fetch,
        "kind": outlet.kind,
    }
    if outlet.date_formats:
        entry["date_formats"] = list(outlet.date_formats)
    if outlet.note:
        entry["note"] = outlet.note
    return entry


def sources(outlet: Outlet, base: str) -> dict[str, list[str]]:
    """What the catalogue says of where an outlet lists its articles."""
    feeds = [feed.path for feed in outlet.feeds]
    named = {"feeds": feeds, "sitemaps": outlet.sitemaps, "listings": outlet.listings}
    found = {name: [base + path for path in paths] for name, paths in named.items() if paths}
    example = base + outlet.path.format(slug="mot-bai-lam-mau", number=123_456, date="2026/11/21")
    return found | ({"articles": [example]} if outlet.listings else {})


def _base(host: str, port: int) -> str:
    return f"http://{host}:{port}"


def serve(
    port: int, *, seed: int, start: datetime, clock: Clock, host: str = "127.0.0.1", several: bool = False
) -> Newsroom:
    """Open the newsroom on `port` and the ports after it (`ports_needed`). `several`: with the articles about other
    provinces.

    Raises:
        OSError: a port is taken; none stays open then.
    """
    return Newsroom(port, Edition(seed=seed, start=start, more=neighbours() if several else ()), clock, host)


class Newsroom:
    """The running servers. `outlets` maps an outlet's id to its address, without a slash at its end."""

    def __init__(self, port: int, edition: Edition, clock: Clock, host: str) -> None:
        self.edition = edition
        self.outlets: dict[str, str] = {}
        self._servers: list[_Server] = []
        try:
            for number, outlet in enumerate(OUTLETS):
                base = _base(host, port + number)
                self._servers.append(_Server((host, port + number), Desk(outlet, edition, base), clock))
                self.outlets[outlet.id] = base
        except OSError:
            self.close()
            raise
        for server in self._servers:
            server.begin()

    def close(self) -> None:
        """Stop every server and free the ports; may be called again."""
        for server in self._servers:
            server.end()
        self._servers.clear()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    request_queue_size = _BACKLOG

    def __init__(self, address: tuple[str, int], desk: Desk, clock: Clock) -> None:
        self.desk = desk
        self.clock = clock
        self._thread: threading.Thread | None = None
        super().__init__(address, _Handler)

    def begin(self) -> None:
        self._thread = threading.Thread(target=self.serve_forever, args=(0.05,), daemon=True)
        self._thread.start()

    def handle_error(self, request: Any, client_address: Any) -> None:  # noqa: ANN401 - socketserver's signature
        """A client that hung up is its own business; anything else is a fault of ours and is printed."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)

    def end(self) -> None:
        if self._thread is not None:  # shutdown() waits for a loop that must be running
            self.shutdown()
            self._thread.join()
        self.server_close()


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    server_version = "diembao-demo"
    sys_version = ""
    protocol_version = "HTTP/1.1"
    timeout = IDLE

    def do_GET(self) -> None:
        now = self.server.clock()
        answer = self.server.desk.answer(self.path, now)
        self._send(answer, now, with_body=self.command == "GET")

    do_HEAD = do_GET  # noqa: N815 - the name that http.server looks for

    def _send(self, answer: Answer, now: datetime, *, with_body: bool) -> None:
        headers = {"Content-Type": answer.type, "Connection": "close", **answer.headers}
        status, body = answer.status, answer.body
        if status == HTTPStatus.OK:
            headers |= _validators(answer)
            if _unchanged(answer, headers["ETag"], self.headers):
                status, body = HTTPStatus.NOT_MODIFIED, b""
        if self.server.desk.outlet.compressed and body and "gzip" in self.headers.get("Accept-Encoding", ""):
            body = gzip.compress(body, mtime=0)
            headers["Content-Encoding"] = "gzip"
        self.send_response_only(status)
        self.send_header("Server", self.server_version)
        self.send_header("Date", format_datetime(now.astimezone(UTC), usegmt=True))
        for name, value in headers.items():
            self.send_header(name, value)
        if status != HTTPStatus.NOT_MODIFIED:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if with_body:
            self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002, ANN401 - http.server's signature
        """Quiet: the program that reads the newsroom keeps the books."""


def _validators(answer: Answer) -> dict[str, str]:
    validators = {"ETag": f'"{hashlib.sha256(answer.body).hexdigest()[:20]}"', "Vary": "Accept-Encoding"}
    if answer.changed:
        validators["Last-Modified"] = format_datetime(answer.changed.astimezone(UTC), usegmt=True)
    return validators


def _unchanged(answer: Answer, etag: str, asked: Message) -> bool:
    """RFC 9110: If-None-Match goes before If-Modified-Since; a date that cannot be read is passed over."""
    if known := asked.get("If-None-Match"):
        return known.strip() == "*" or etag in {tag.strip().removeprefix("W/") for tag in known.split(",")}
    since = asked.get("If-Modified-Since")
    if not since or answer.changed is None:
        return False
    try:
        return answer.changed.replace(microsecond=0) <= parsedate_to_datetime(since).astimezone(UTC)
    except ValueError:
        return False
