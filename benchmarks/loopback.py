"""A web server on loopback for measurements: each outlet on a port of its own, answers from memory."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar
from xml.sax.saxutils import escape

HOST = "127.0.0.1"
Answers = Mapping[str, tuple[str, bytes]]  # path → content type and body


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    answers: ClassVar[Answers] = {}

    def do_GET(self) -> None:
        kind, body = self.answers.get(self.path, ("", b""))
        self.send_response(200 if kind else 404)
        self.send_header("Content-Type", kind or "text/plain")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        return


class Site:
    """One outlet. Its port is known from the start, so that its answers can name it."""

    def __init__(self) -> None:
        self._server = ThreadingHTTPServer((HOST, 0), type("Handler", (_Handler,), {}))
        self.port: int = self._server.server_address[1]
        self.address = f"http://{HOST}:{self.port}"

    def serve(self, answers: Answers) -> None:
        self._server.RequestHandlerClass.answers = answers  # type: ignore[attr-defined]  # our own class
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


def rss(items: list[tuple[str, str, str, str]]) -> bytes:
    """A feed of (link, title, summary, RFC 822 date or "")."""
    parts = [
        f"<item><title>{escape(title)}</title><link>{escape(link)}</link><description>{escape(summary)}</description>"
        + (f"<pubDate>{date}</pubDate>" if date else "")
        + "</item>"
        for link, title, summary, date in items
    ]
    head = '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>feed</title>'
    return f"{head}{''.join(parts)}</channel></rss>".encode()
