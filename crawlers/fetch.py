"""One address to one answer: robots.txt, the guard, the host's turn, the request, redirects, in this order.

Every hop of a redirect goes through all of it again. What comes out is an answer, or `Refused` (will not change),
or `Retry` (may pass). The words of both stand in docs/outlets.md.
"""

from __future__ import annotations

import asyncio
import zlib
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

from crawlers.charset import decode
from crawlers.guard import Guard
from crawlers.identity import host_port, resolve
from crawlers.pace import MAX_REST, Pace, seconds_asked
from crawlers.proxy import proxy_of
from crawlers.robots import MAX_BYTES, Robots
from crawlers.timetable import Timetable
from crawlers.turns import Turns
from diembao.core.errors import Refused, Retry
from diembao.core.ledger import Hop
from diembao.core.settings_crawl import CrawlSettings

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.http import Response

    from crawlers.transfer import Heads

AT_ONCE = 16  # requests in flight, over all hosts
_REDIRECTS = frozenset((301, 302, 303, 307, 308))
_PASSING = frozenset((408, 425, 429))  # of the 4xx; all 5xx pass as well
_OVERLOADED = frozenset((429, 502, 503, 504))

Download = Callable[["Request"], Awaitable["Response"]]


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer of 2xx, or 304 where that was asked for. ``url`` is where the redirects ended; ``body`` is unpacked."""

    url: str
    status: int
    body: bytes
    content_type: str = ""
    etag: str = ""
    last_modified: str = ""
    fresh_for: float = 0.0  # seconds; what Cache-Control or Expires say
    hops: tuple[Hop, ...] = ()


class Answered(Refused):
    """A plain no of the server's, with what it sent along: that too may be evidence."""

    def __init__(self, reason: str, body: bytes, hops: tuple[Hop, ...]) -> None:
        super().__init__(reason, f"the server answers {reason.removeprefix('status-')}")
        self.body = body
        self.hops = hops


class Fetcher:
    """All requests of one run. ``download`` is Scrapy's; nothing else opens a connection."""

    def __init__(
        self,
        download: Download,
        guard: Guard,
        settings: CrawlSettings,
        now: Callable[[], datetime],
        timetable: Timetable,
    ) -> None:
        self._download = download
        self._guard = guard
        self._settings = settings
        self._now = now
        self.timetable = timetable
        self.pace = Pace(settings.delay, now, timetable)
        self.turns = Turns(timetable, self.pace)
        self._robots = Robots(self._robots_text, self.pace.ask, timetable)
        self._at_once = asyncio.Semaphore(AT_ONCE)

    async def get(self, url: str, *, max_bytes: int, headers: Mapping[str, str] | None = None) -> Reply:
        """The answer at an address, by way of its redirects.

        Raises:
            Refused: a rule of ours or a plain no of the server's (status-4xx, size, address, redirect, robots).
            Retry: time-outs, 5xx, 429, broken connections, a name server that does not answer.
        """
        return await self._follow(url, max_bytes, headers or {}, permit=self._robots.permit)

    async def sitemaps(self, url: str) -> list[str]:
        """What the robots.txt of this address's host names; none where it is not to be had.

        Raises:
            Refused: "address".
            Retry: the name could not be looked up.
        """
        await self._guard.admit(url)
        return await self._robots.sitemaps(url)

    async def _robots_text(self, url: str) -> str:
        try:
            reply = await self._follow(url, MAX_BYTES, {}, permit=None)
        except Refused as error:
            if error.reason.startswith("status-"):
                return ""
            raise
        return decode(reply.body, reply.content_type)

    async def _follow(
        self,
        url: str,
        max_bytes: int,
        headers: Mapping[str, str],
        *,
        permit: Callable[[str], Awaitable[None]] | None,
    ) -> Reply:
        hops: list[Hop] = []
        tried: list[str] = []
        while url not in tried and len(tried) <= self._settings.max_redirects:
            tried.append(url)
            await self._guard.admit(url)
            if permit:
                await permit(url)
            response, hop = await self._request(url, max_bytes, headers)
            hops.append(hop)
            if _refuses(response.status):
                raise Answered(f"status-{response.status}", response.body, tuple(hops))
            if response.status not in _REDIRECTS:
                return replace(_reply(response, url, self._now(), conditional=bool(headers)), hops=tuple(hops))
            url = resolve(url, _header(response, "Location") or url)
        raise Refused("redirect", f"redirects without end: {' → '.join([*tried, url])[:500]}")

    async def _request(self, url: str, max_bytes: int, headers: Mapping[str, str]) -> tuple[Response, Hop]:
        key = host_port(url)
        async with self.turns.shortly(key), self.pace.turn(key), self._at_once:
            self.timetable.spend(key)
            asked_at = self._now()
            response, heads = await self._answer(key, url, max_bytes, headers)
            asked = seconds_asked(_header(response, "Retry-After"), self._now())
            self.pace.reached(key, well=response.status not in _OVERLOADED)
            if response.status == 429:
                self.pace.rest(key, asked)
        if response.status in _PASSING or response.status >= 500:
            raise Retry(f"status-{response.status}", after=asked)
        return response, Hop(url, asked_at, self._now(), heads.peer, heads.request, bytes(heads.answer))

    async def _answer(self, key: str, url: str, max_bytes: int, headers: Mapping[str, str]) -> tuple[Response, Heads]:
        from scrapy import Request
        from scrapy import exceptions as failed
        from twisted.internet import error as lost

        from crawlers.transfer import HEADS, Heads

        meta = {"download_slot": key, "download_maxsize": max_bytes, "download_timeout": self._settings.timeout}
        through = proxy_of(self._settings.proxy)
        if through:
            meta["proxy"] = through.address
        request = Request(url, headers={**headers, **(through.headers if through else {})}, meta=meta, dont_filter=True)
        try:
            return await self._download(request), request.meta.get(HEADS) or Heads()
        except (failed.DownloadCancelledError, failed.IgnoreRequest) as error:
            raise Refused("size", f"more than {max_bytes} bytes at {url}") from error
        except failed.DownloadTimeoutError as error:
            self.pace.reached(key, well=False)
            raise Retry("timeout") from error
        except (
            failed.CannotResolveHostError,
            failed.DownloadConnectionRefusedError,
            lost.ConnectError,
        ) as error:
            self.pace.reached(key, well=False)
            raise Retry("unreachable") from error
        except failed.UnsupportedURLSchemeError as error:
            raise Refused("address", str(error)) from error
        except _broken_off() as error:
            raise Retry("certificate" if "certificate" in str(error) else "broken-off") from error


@cache
def _broken_off() -> tuple[type[BaseException], ...]:
    """Ends of a connection inside an answer, and what Scrapy's unpackers, those that are installed, raise over it."""
    from scrapy import exceptions as failed
    from twisted.internet import error as lost

    found = [failed.DownloadFailedError, failed.ResponseDataLossError, lost.ConnectionLost, lost.ConnectionDone]
    found += [OSError, EOFError, zlib.error]
    for module, name in (("brotli", "error"), ("brotlicffi", "error"), ("zstandard", "ZstdError")):
        with suppress(ImportError):
            found.append(getattr(import_module(module), name))
    return tuple(found)


def _refuses(status: int) -> bool:
    return status >= 400 or (300 <= status < 400 and status not in _REDIRECTS and status != 304)


def _reply(response: Response, url: str, now: datetime, *, conditional: bool) -> Reply:
    if response.status == 304 and not conditional:
        raise Refused("status-304", "the server says unchanged to a request that set no condition")
    if _header(response, "Content-Encoding"):  # what Scrapy could unpack, it has
        raise Refused("type", "packed in a way that we did not ask for")
    return Reply(
        url,
        response.status,
        response.body,
        _header(response, "Content-Type"),
        _header(response, "ETag"),
        _header(response, "Last-Modified"),
        _fresh_for(_header(response, "Cache-Control"), _header(response, "Expires"), now),
    )


def _fresh_for(control: str, expires: str, now: datetime) -> float:
    """Seconds, up to a day; 0 where nothing is said, or where the answer is not to be kept."""
    found = {name.strip().lower(): value.strip(' "') for name, _, value in _pairs(control)}
    if "no-store" in found or "no-cache" in found:
        return 0.0
    age = found.get("max-age", "")
    if age.isascii() and age.isdigit():
        return min(float(age[:9]), MAX_REST.total_seconds())
    return seconds_asked(expires, now) or 0.0 if not expires.strip().isdigit() else 0.0


def _pairs(control: str) -> Iterator[tuple[str, str, str]]:
    return (part.partition("=") for part in control.split(","))


def _header(response: Response, name: str) -> str:
    value = response.headers.get(name)
    return decode(value) if value else ""
