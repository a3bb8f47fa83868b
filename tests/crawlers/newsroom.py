"""Outlets over HTTP on loopback: what each address answers is said in the test, what was asked is written down."""

from __future__ import annotations

import http.server
import socket
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Answer:
    """``body`` is sent piece by piece. ``length`` False: no Content-Length, the end of the connection is the end.
    ``raw``: the body is all that is sent, no head before it.
    """

    body: bytes | Iterator[bytes] | Callable[[], Iterator[bytes]] = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    length: bool = True
    raw: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """``at`` is in seconds of a clock that only goes forward."""

    path: str
    at: float
    headers: Mapping[str, str]


Answering = Answer | Callable[[Asked], Answer]


class Newsroom:
    """One host:port. ``answers`` may be changed while it runs; what is not in it is 404."""

    def __init__(self) -> None:
        self.answers: dict[str, Answering] = {}
        self.asked: list[Asked] = []
        self.closing = threading.Event()
        room = self

        class Desk(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                room._answer(self)

            def log_message(self, *args: Any) -> None:
                """Nothing to standard error."""

        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Desk)
        self._server.daemon_threads = True
        self.port = self._server.server_address[1]

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.port}"

    def url(self, path: str) -> str:
        return f"http://{self.host}{path}"

    def paths(self) -> list[str]:
        return [each.path for each in self.asked]

    def _answer(self, desk: http.server.BaseHTTPRequestHandler) -> None:
        asked = Asked(desk.path, time.monotonic(), dict(desk.headers.items()))
        self.asked.append(asked)
        answer = self.answers.get(desk.path, Answer(status=404, body=b"no such page"))
        if callable(answer):
            answer = answer(asked)
        try:
            self._send(desk, answer)
        except (BrokenPipeError, ConnectionResetError):
            desk.close_connection = True

    def _send(self, desk: http.server.BaseHTTPRequestHandler, answer: Answer) -> None:
        body = answer.body() if callable(answer.body) else answer.body
        whole = isinstance(body, bytes) and answer.length
        if not answer.raw:
            self._send_head(desk, answer, len(body) if isinstance(body, bytes) and whole else None)
        for piece in [body] if isinstance(body, bytes) else body:
            desk.wfile.write(piece)
        desk.close_connection = not whole

    def _send_head(self, desk: http.server.BaseHTTPRequestHandler, answer: Answer, length: int | None) -> None:
        desk.send_response(answer.status)
        for name, value in answer.headers.items():
            desk.send_header(name, value)
        if length is not None:
            desk.send_header("Content-Length", str(length))
        else:
            desk.send_header("Connection", "close")
        desk.end_headers()

    def drip(self) -> Iterator[bytes]:
        """A body that never ends, a byte now and then."""
        while not self.closing.wait(0.05):
            yield b"<p>"

    def flood(self) -> Iterator[bytes]:
        """A body that never ends, as fast as it can."""
        while not self.closing.is_set():
            yield b"<p>never</p>" * 5_000

    @contextmanager
    def open(self) -> Iterator[Newsroom]:
        thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        try:
            yield self
        finally:
            self.closing.set()
            self._server.shutdown()
            self._server.server_close()
            thread.join()


@contextmanager
def deaf() -> Iterator[int]:
    """A port that is bound and refuses every connection."""
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        yield closed.getsockname()[1]
