"""Politeness, kept for each host:port: one request at a time, a pause between two, and rest where it is asked for.

The pause is the longest of the setting's, the outlet's and the one that robots.txt asks for (up to a minute: an
hour would mean that nobody reads the outlet at all). It begins when the answer is in, so that a slow host gets
more of it. A host that says 429 or 503, or that cannot be reached several times in a row, is left alone until
the time it named, or for ten minutes, in later runs too: its entries stay pending.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Protocol

from diembao.core.errors import Retry

MAX_ASKED_DELAY = 60.0  # seconds; the longest pause that a robots.txt can ask for
REST = timedelta(minutes=10)  # where a host asks for a pause and does not say how long
MAX_REST = timedelta(days=1)
UNREACHED = 3  # connections in a row that failed; the next dozens would fail as well


@dataclass(slots=True)
class _Host:
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    left_at: float | None = None  # by the clock of the loop; the pause is counted from here, whatever it is by then
    delay: float = 0.0
    rests_until: datetime | None = None
    unreached: int = 0


class Memory(Protocol):
    """Which hosts rest, from run to run."""

    def rests_until(self, host: str) -> datetime | None: ...

    def rest(self, host: str, until: datetime) -> None: ...


class Pace:
    """The hosts of one run. ``delay`` is in seconds, ``now`` the wall clock; ``memory`` keeps rests for later runs."""

    def __init__(self, delay: float, now: Callable[[], datetime], memory: Memory | None = None) -> None:
        self._delay = delay
        self._now = now
        self._memory = memory
        self._hosts: dict[str, _Host] = {}

    def ask(self, key: str, *delays: float | None) -> None:
        """Make the pause at a host at least so long."""
        host = self._host(key)
        host.delay = max(host.delay, *(min(delay, MAX_ASKED_DELAY) for delay in delays if delay and delay > 0), 0.0)

    @asynccontextmanager
    async def turn(self, key: str) -> AsyncIterator[None]:
        """Wait for this host's next turn.

        Raises:
            Retry: "resting": the host wants to be left alone.
        """
        host = self._host(key)
        async with host.turn:
            self._refuse_rest(host)
            loop = asyncio.get_running_loop()
            if host.left_at is not None:
                await asyncio.sleep(max(0.0, host.left_at + max(host.delay, self._delay) - loop.time()))
            try:
                yield
            finally:
                host.left_at = loop.time()

    def rest(self, key: str, asked: float | None) -> None:
        """Leave a host alone: for so many seconds, or for as long as is polite."""
        pause = REST if asked is None else timedelta(seconds=asked)
        until = self._now() + min(pause, MAX_REST)
        self._host(key).rests_until = until
        if self._memory:
            self._memory.rest(key, until)

    def reached(self, key: str, *, well: bool) -> None:
        """A connection was answered, or not."""
        host = self._host(key)
        host.unreached = 0 if well else host.unreached + 1
        if host.unreached >= UNREACHED:
            self.rest(key, None)

    def arrive(self, key: str) -> None:
        """Another process may have been there until now: a pause first, and ask again whether the host rests."""
        host = self._host(key)
        host.left_at = asyncio.get_running_loop().time()
        if self._memory:
            host.rests_until = self._memory.rests_until(key)

    def _host(self, key: str) -> _Host:
        if key not in self._hosts:
            self._hosts[key] = _Host(rests_until=self._memory.rests_until(key) if self._memory else None)
        return self._hosts[key]

    def _refuse_rest(self, host: _Host) -> None:
        if host.rests_until and host.rests_until > self._now():
            raise Retry("resting", after=(host.rests_until - self._now()).total_seconds())


def seconds_asked(retry_after: str, now: datetime) -> float | None:
    """What a Retry-After header says: seconds, or a date."""
    text = retry_after.strip()
    if text.isascii() and text.isdigit():
        return min(float(text[:9]), MAX_REST.total_seconds())
    try:
        until = parsedate_to_datetime(text)
    except (ValueError, OverflowError):
        return None
    if until.tzinfo is None:
        return None
    return min(max((until - now).total_seconds(), 0.0), MAX_REST.total_seconds())
