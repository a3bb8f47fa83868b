"""A server on loopback that speaks the chat protocol: whole or streamed, slow, broken, refusing, as a test says."""

from __future__ import annotations

import json
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar


@dataclass(frozen=True)
class Reply:
    """``drip``: one byte at a time until the test lets go; ``stops``: the connection is closed early."""

    body: bytes
    status: int = 200
    kind: str = "application/json"
    head: dict[str, str] = field(default_factory=dict)
    drip: bool = False
    stops: bool = False


Say = Callable[[dict[str, Any]], Reply]


def completion(text: str | None, *, end: str = "stop", usage: bool = True, **message: object) -> Reply:
    choice = {"index": 0, "finish_reason": end, "message": {"role": "assistant", "content": text, **message}}
    told: dict[str, Any] = {"id": "x", "object": "chat.completion", "choices": [choice]}
    if usage:
        told["usage"] = {"prompt_tokens": 400, "completion_tokens": 100, "total_tokens": 500}
    return Reply(json.dumps(told).encode())


def streamed(text: str, *, done: bool = True) -> Reply:
    """In pieces of seven characters."""
    events = [{"choices": [{"delta": {"content": text[n : n + 7]}}]} for n in range(0, len(text), 7)]
    lines = [f"data: {json.dumps(each)}\n\n" for each in events]
    if done:
        lines += [f"data: {json.dumps({'choices': [{'delta': {}, 'finish_reason': 'stop'}]})}\n\n", "data: [DONE]\n\n"]
    return Reply("".join(lines).encode(), kind="text/event-stream; charset=utf-8")


@dataclass
class ModelServer:
    """``asked`` are the bodies of the questions, ``heads`` their headers."""

    url: str
    say: Say
    asked: list[dict[str, Any]] = field(default_factory=list)
    heads: list[dict[str, str]] = field(default_factory=list)
    let_go: threading.Event = field(default_factory=threading.Event)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    of: ClassVar[ModelServer]

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.of.asked.append(body | {"path": self.path})
        self.of.heads.append(dict(self.headers.items()))
        reply = self.of.say(body)
        self.close_connection = True
        try:
            self._send(reply)
        except (BrokenPipeError, ConnectionResetError):
            return  # the client has had enough

    def _send(self, reply: Reply) -> None:
        self.send_response(reply.status)
        for name, value in ({"Content-Type": reply.kind} | reply.head).items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(reply.body) + (10 if reply.stops else 0)))
        self.end_headers()
        if not reply.drip:
            self.wfile.write(reply.body)
            return
        for byte in reply.body:
            self.wfile.write(bytes([byte]))
            if self.of.let_go.wait(0.05):
                return

    def log_message(self, *_: object) -> None:
        return


class _Quiet(ThreadingHTTPServer):
    def handle_error(self, request: object, client_address: object) -> None:
        """A client that goes away is no fault of a test's."""


@contextmanager
def serve(say: Say, tls: ssl.SSLContext | None = None) -> Iterator[ModelServer]:
    handler = type("Handler", (_Handler,), {})
    server = _Quiet(("127.0.0.1", 0), handler)
    if tls is not None:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    server.daemon_threads = True
    found = ModelServer(f"http://127.0.0.1:{server.server_address[1]}/v1", say)
    handler.of = found  # type: ignore[attr-defined]  # our own class, made above
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield found
    finally:
        found.let_go.set()
        server.shutdown()
        thread.join()
        server.server_close()
