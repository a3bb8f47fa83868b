"""One process at a host at a time, also where a redirect or somebody's command leads there, and its pause on arrival.

Whoever comes to a host cannot know who left it a moment ago, perhaps killed and without a word: so the first request
waits for the host's pause, like any other.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from crawlers.pace import Pace
from crawlers.timetable import Timetable
from diembao.core.errors import Retry

LOOK = 0.2  # seconds between two looks whether another process has left a host
PATIENCE = 30.0  # seconds; two processes that each wait for the other's host must not do so for ever


class Turns:
    """The hosts that this process is at. Within it they may be taken by several, who take turns by `Pace`."""

    def __init__(self, timetable: Timetable, pace: Pace) -> None:
        self._timetable = timetable
        self._pace = pace
        self._taken: Counter[str] = Counter()

    @asynccontextmanager
    async def at(self, host: str) -> AsyncIterator[None]:
        """Be there for as long as the block takes; wait for it as long as it takes."""
        await self._take(host)
        try:
            yield
        finally:
            self._give_back(host)

    @asynccontextmanager
    async def shortly(self, host: str) -> AsyncIterator[None]:
        """The same for one request of somebody who may be at another host meanwhile.

        Raises:
            Retry: "busy": another process does not leave.
        """
        try:
            async with asyncio.timeout(PATIENCE):
                await self._take(host)
        except TimeoutError:
            raise Retry("busy") from None
        try:
            yield
        finally:
            self._give_back(host)

    async def _take(self, host: str) -> None:
        while not self._taken[host]:
            if self._timetable.hold(host):
                self._pace.arrive(host)
                break
            await asyncio.sleep(LOOK)
        self._taken[host] += 1

    def _give_back(self, host: str) -> None:
        self._taken[host] -= 1
        if not self._taken[host]:
            del self._taken[host]
            self._timetable.let_go(host)
