"""Answers of the API: HEAD as GET without its body; unchanged ones are not sent again (ETag)."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Final

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from diembao.api.following import POSITION
from diembao.api.streams import HEAD_ONLY

_READING: Final = frozenset({"GET", "HEAD"})
_STREAM: Final = POSITION.lower().encode()


@dataclass(frozen=True)
class Answers:
    """ASGI middleware. Answers are short and whole; a file that nobody keeps (`Cache-Control: no-store`) and whose
    length is not known, and streams of the record, go on as they come.
    """

    app: ASGIApp

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] not in _READING:
            await self.app(scope, receive, send)
            return
        known = next((value for name, value in scope["headers"] if name == b"if-none-match"), b"")
        without = scope["method"] == "HEAD"
        start: Message = {}
        body = bytearray()

        async def collecting(message: Message) -> None:
            if message["type"] == "http.response.start":
                start.update(message)
                if _is_stream(message):
                    await send(message)
                return
            if _is_stream(start):
                await send(message if scope["method"] == "GET" else {**message, "body": b""})
                return
            body.extend(message.get("body", b""))
            if not message.get("more_body"):
                for each in _answer(start, bytes(body), known, without_body=without):
                    await send(each)

        await self.app({**scope, "method": "GET", HEAD_ONLY: without}, receive, collecting)


def _is_stream(start: Message) -> bool:
    headers = dict(start["headers"])
    return _STREAM in headers or (headers.get(b"cache-control") == b"no-store" and b"content-length" not in headers)


def _answer(start: Message, body: bytes, known: bytes, *, without_body: bool) -> tuple[Message, Message]:
    headers = [*start["headers"], (b"cache-control", b"private, no-cache")]
    if start["status"] == 200:
        tag = b'W/"' + hashlib.sha256(body).hexdigest()[:24].encode() + b'"'
        headers.append((b"etag", tag))
        if tag in {each.strip() for each in known[:2000].split(b",")}:
            kept = [pair for pair in headers if pair[0] not in {b"content-length", b"content-type"}]
            return {**start, "status": 304, "headers": kept}, {"type": "http.response.body", "body": b""}
    return {**start, "headers": headers}, {"type": "http.response.body", "body": b"" if without_body else body}
