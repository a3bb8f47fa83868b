"""A real HTTP server on this machine, that takes webhooks and answers as a test wants."""

from __future__ import annotations

import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

TAKEN = b"HTTP/1.1 204 No Content\r\n\r\n"


def answer(status: str, kind: str = "text/plain", body: str = "", **headers: str) -> bytes:
    more = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in headers.items())
    length = len(body.encode())
    return f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {length}\r\n{more}\r\n{body}".encode()


@dataclass
class Hooks:
    """What arrived: path, headers and body. Answers are used up in order; where none is left, all is taken. ``seen`` is
    called at each request, before it is answered.
    """

    arrived: list[tuple[str, Message, bytes]] = field(default_factory=list)
    answers: list[bytes] = field(default_factory=list)
    seen: Callable[[], None] = lambda: None


@contextmanager
def serving(hooks: Hooks, *, tls: ssl.SSLContext | None = None) -> Iterator[int]:
    """The port it listens on."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            hooks.arrived.append((self.path, self.headers, body))
            hooks.seen()
            self.wfile.write(hooks.answers.pop(0) if hooks.answers else TAKEN)

        def log_message(self, *_: object) -> None:
            """Tests look at what arrived."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    if tls:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
