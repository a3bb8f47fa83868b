"""Scrapy's HTTP handler, with an end to the head of an answer, and with both heads kept as they went over the wire.

Scrapy bounds bodies (packed and unpacked) and the time of a request; header lines without end would fill the
memory meanwhile. And what it hands out are headers as it understood them: evidence needs the bytes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from scrapy import Request
from scrapy.core.downloader.handlers.http11 import (
    HTTP11DownloadHandler,
    _LenientHTTP11ClientFactory,
    _LenientHTTP11ClientProtocol,
)
from scrapy.crawler import Crawler
from scrapy.http import Response
from twisted.web._newclient import BODY

MAX_HEAD = 256_000  # bytes; servers themselves rarely send more than 8,000
_INTERIM = re.compile(rb"HTTP/1\.\d 1\d\d")
_INTERIM_OR_LAST = re.compile(rb"(.*?)(\r\n\r\n|\n\n|\Z)(.*)", re.DOTALL)
_SECRET = b"proxy-authorization:"  # is between us and our proxy
HEADS = "diembao_heads"  # where a request's `meta` holds them afterwards


@dataclass(slots=True)
class Heads:
    """What went over the wire before the body, byte for byte; ``peer`` is the address at the other end."""

    request: bytes = b""
    answer: bytearray = field(default_factory=bytearray)
    peer: str = ""

    def writeSequence(self, lines: Iterable[bytes]) -> None:  # noqa: N802 (a transport's, to Twisted)
        """The head of the request, written here by the same code that writes it to the connection."""
        self.request = b"".join(line for line in lines if not line.lower().startswith(_SECRET))


class _Protocol(_LenientHTTP11ClientProtocol):
    """One connection."""

    note: Callable[[bytes, Heads], None]
    _heads = Heads()

    def request(self, request: Any) -> Any:  # noqa: ANN401 (Twisted's are untyped to us)
        connection: Any = self.transport  # Twisted's
        self._heads = Heads(peer=str(connection.getPeer().host))
        request._writeHeaders(self._heads, None)  # noqa: SLF001 (what it writes is written nowhere else)
        self.note(request.uri if request.uri.startswith(b"http") else request.absoluteURI, self._heads)
        return super().request(request)

    def dataReceived(self, data: bytes) -> None:  # noqa: N802 (the name is Twisted's)
        if self._parser is not None and self._parser.state != BODY:
            self._heads.answer += data
            if len(self._heads.answer) > MAX_HEAD and self.transport is not None:
                self.transport.abortConnection()
                return
        super().dataReceived(data)  # type: ignore[no-untyped-call]  # Twisted's


class _Factory(_LenientHTTP11ClientFactory):
    note: Callable[[bytes, Heads], None]

    def buildProtocol(self, addr: Any) -> _Protocol:  # noqa: ANN401, ARG002, N802 (the name is Twisted's)
        made = _Protocol(self._quiescentCallback)  # type: ignore[no-untyped-call]  # Twisted's
        made.note = self.note
        return made


class Transfer(HTTP11DownloadHandler):
    """For http and https."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._heads: dict[bytes, Heads] = {}
        pool: Any = self._pool  # Twisted's
        pool._factory = self._factory  # noqa: SLF001 (as Scrapy itself does: Twisted has no door for it)
        # Twisted would ask once more at once where a kept connection is reset: without the pause, and out of our books.
        pool.retryAutomatically = False

    def _factory(self, *arguments: Any) -> _Factory:  # noqa: ANN401 (Twisted's)
        made = _Factory(*arguments)  # type: ignore[no-untyped-call]  # Twisted's
        made.note = self._heads.__setitem__
        return made

    async def download_request(self, request: Request) -> Response:
        """One request at a time for each host (pace), so an address names its request."""
        key = request.url.partition("#")[0].encode()
        try:
            response = await super().download_request(request)
        finally:
            heads = self._heads.pop(key, None)
        if heads is not None:
            heads.answer[:] = _head_of(heads.answer)
            request.meta[HEADS] = heads
        return response


def _head_of(data: bytes | bytearray) -> bytes:
    """Up to the empty line, which belongs to it. Interim answers (1xx) come before the one that counts; servers that
    end lines with a bare line feed are read as well.
    """
    rest = bytes(data)
    while True:
        head, end, rest = _INTERIM_OR_LAST.match(rest).groups()  # type: ignore[union-attr]  # it matches anything
        if not end or not rest or not _INTERIM.match(head):
            return head + end
