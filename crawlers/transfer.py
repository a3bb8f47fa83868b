"""Scrapy's HTTP handler, with an end to the head of an answer.

Scrapy bounds bodies (packed and unpacked) and the time of a request; header lines without end would fill the
memory meanwhile.
"""

from __future__ import annotations

from typing import Any

from scrapy.core.downloader.handlers.http11 import (
    HTTP11DownloadHandler,
    _LenientHTTP11ClientFactory,
    _LenientHTTP11ClientProtocol,
)
from scrapy.crawler import Crawler
from twisted.web._newclient import BODY

MAX_HEAD = 256_000  # bytes; servers themselves rarely send more than 8,000


class _Protocol(_LenientHTTP11ClientProtocol):
    """One connection."""

    _head = 0

    def request(self, request: Any) -> Any:  # noqa: ANN401 (Twisted's are untyped to us)
        self._head = 0
        return super().request(request)

    def dataReceived(self, data: bytes) -> None:  # noqa: N802 (the name is Twisted's)
        if self._parser is not None and self._parser.state != BODY:
            self._head += len(data)
            if self._head > MAX_HEAD and self.transport is not None:
                self.transport.abortConnection()
                return
        super().dataReceived(data)  # type: ignore[no-untyped-call]  # Twisted's


class _Factory(_LenientHTTP11ClientFactory):
    def buildProtocol(self, addr: Any) -> _Protocol:  # noqa: ANN401, ARG002, N802 (the name is Twisted's)
        return _Protocol(self._quiescentCallback)  # type: ignore[no-untyped-call]  # Twisted's


class Transfer(HTTP11DownloadHandler):
    """For http and https."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._pool._factory = _Factory  # noqa: SLF001 (as Scrapy itself does: Twisted has no door for it)
