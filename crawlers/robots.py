"""robots.txt: read once a day for each host:port, obeyed for our own name.

None there (4xx): everything is allowed. Not reachable (5xx, no answer): nothing is, until a later run finds
out (RFC 9309).
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Protocol
from urllib.parse import urlsplit

from crawlers.identity import host_port
from crawlers.limit import time_limit
from diembao.core.errors import DiembaoError, Refused, Retry, SetAside

if TYPE_CHECKING:
    from protego import Protego

MAX_BYTES = 512_000  # RFC 9309 asks for at least 500 KiB
MATCH_TIME = 2.0  # seconds; patterns may be made to be slow
NAME = "DiemBao"  # what a robots.txt calls us

Fetch = Callable[[str], Awaitable[str]]
"""The text of a robots.txt; "" where there is none. Raises Retry or Refused."""


class Memory(Protocol):
    """What was read of a host today, in this run or an earlier one."""

    def robots(self, host: str) -> str | None: ...

    def keep_robots(self, host: str, text: str) -> None: ...


class Robots:
    """The rules of every host of one run."""

    def __init__(
        self, fetch: Fetch, ask: Callable[[str, float | None, float | None], None], memory: Memory | None = None
    ) -> None:
        self._fetch = fetch
        self._ask = ask
        self._memory = memory
        self._reading: dict[str, asyncio.Lock] = {}
        self._found: dict[str, Protego | DiembaoError] = {}

    async def permit(self, url: str) -> None:
        """Go on if the host's rules let us read this address.

        Raises:
            Refused: "robots".
            Retry: the rules could not be read.
        """
        key = host_port(url)
        async with self._reading.setdefault(key, asyncio.Lock()):
            if key not in self._found:
                self._found[key] = await self._read(key, url)
        found = self._found[key]
        if isinstance(found, DiembaoError):
            raise found.with_traceback(None)
        with time_limit(MATCH_TIME, "a robots.txt"):
            allowed = found.can_fetch(url, NAME)
        if not allowed:
            raise Refused("robots", f"robots.txt of {key} does not let {NAME} read {url}")

    async def sitemaps(self, url: str) -> list[str]:
        """What the host's robots.txt names; none where it cannot be read."""
        with suppress(Retry, SetAside, Refused):
            await self.permit(url)
        found = self._found.get(host_port(url))
        return [] if found is None or isinstance(found, DiembaoError) else [str(each) for each in found.sitemaps]

    async def _read(self, key: str, url: str) -> Protego | DiembaoError:
        from protego import Protego

        parts = urlsplit(url)
        try:
            text = self._memory.robots(key) if self._memory else None
            if text is None:
                text = await self._fetch(f"{parts.scheme}://{parts.netloc}/robots.txt")
                if self._memory:
                    self._memory.keep_robots(key, text)
            with time_limit(MATCH_TIME, "a robots.txt"):
                rules = Protego.parse(text)
        except Retry as error:
            return Retry(f"robots: {error}", after=error.after)
        except Refused as error:
            return error if error.reason == "address" else Refused("robots", f"robots.txt of {key}: {error}")
        except SetAside as error:
            return error
        rate = rules.request_rate(NAME)
        self._ask(key, rules.crawl_delay(NAME), rate.seconds / rate.requests if rate and rate.requests else None)
        return rules
