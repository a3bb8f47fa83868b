"""The order of work of one run: pages that were put off, then every source, then articles that are visited again, then
the pages that sources name.

Each host:port has a queue and one worker, so that one request at a time is how it is built, not a rule to keep; a
worker waits until no other process is at its host (`crawlers.turns`).
A run that is over (its time, a signal) stops where it stands: what it has not settled stays pending, and
`Ledger.end_run` puts it on the books as `retry`.
"""

from __future__ import annotations

import asyncio
import zlib
from collections import deque
from collections.abc import Awaitable, Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from crawlers.backfill import Period, lists_of, read_list
from crawlers.desk import Desk
from crawlers.fetch import Fetcher
from crawlers.identity import host_port
from crawlers.pages import read_page
from crawlers.sources import read_source
from crawlers.visits import visit_page
from diembao.core.article import Outlet
from diembao.core.errors import Refused, Retry
from diembao.core.ledger import Entry, Outcome, Pending

DUE_AT_ONCE = 500  # entries in one transaction
MAX_DUE = 10_000  # of one run; the rest is due in the next
MAX_VISITS = 500  # of one run: a handful for each host
DEEPEST = 2  # indexes of indexes
STOPPED, NO_TIME = "stopped", "time limit"  # why a run ends before its end, as the books have it

Job = Callable[[], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Plan:
    """What a run is to do. ``sources`` False: only the pages that were put off. ``all_sources`` False: only those whose
    time has come, by their rhythm. ``share`` is (n, of how many): with several processes, each reads its outlets.
    ``backfill`` is a period, first and last day as ISO 8601; ``only`` are ids of outlets.
    """

    sources: bool = True
    all_sources: bool = True
    share: tuple[int, int] = (0, 1)
    backfill: tuple[str, str] | None = None
    only: tuple[str, ...] = ()

    @classmethod
    def of(cls, fields: Mapping[str, Any]) -> Plan:
        """As it comes out of JSON."""
        found: dict[str, Any] = {name: tuple(x) if isinstance(x, list) else x for name, x in fields.items()}
        return cls(**found)

    def is_mine(self, outlet: str) -> bool:
        wanted = not self.only or outlet in self.only
        return wanted and zlib.crc32(outlet.encode()) % self.share[1] == self.share[0]


def _raise_one(done: Iterable[asyncio.Task[None]]) -> None:
    """Of the errors in it, if there are any. A record that goes away is missed at every host at once: each error is
    taken, or asyncio tells of the others one by one.
    """
    errors = [worker.exception() for worker in done if not worker.cancelled()]
    for error in filter(None, errors):
        raise error


class Round:
    """Everything one run does. `go` once."""

    def __init__(self, desk: Desk, fetcher: Fetcher) -> None:
        self._desk = desk
        self._fetcher = fetcher
        self._queues: dict[str, deque[Job]] = {}
        self._workers: set[asyncio.Task[None]] = set()
        self._unread: dict[str, Outlet] = {}
        self._stopped = ""

    async def go(self, plan: Plan) -> None:
        """Work until nothing is left, or `stop`; errors of the ledger end the run and come out here."""
        timer = asyncio.get_running_loop().call_later(self._desk.settings.run_time, self.stop, NO_TIME)
        try:
            self._take_up_due()
            if plan.sources:
                self._list_sources(plan)
                self._take_up_visits()
            if plan.backfill:
                self._open_archives(plan, Period(*map(date.fromisoformat, plan.backfill)))
            while self._workers:
                done, _ = await asyncio.wait(self._workers, return_when=asyncio.FIRST_COMPLETED)
                self._workers -= done
                _raise_one(done)
        finally:
            timer.cancel()
            await self._cancel()
        self._put_off_sources()

    def stop(self, reason: str) -> None:
        """End the run where it stands."""
        self._stopped = self._stopped or reason
        for worker in self._workers:
            worker.cancel()

    async def _cancel(self) -> None:
        for worker in self._workers:
            worker.cancel()
        await asyncio.gather(*self._workers, return_exceptions=True)

    def _take_up_due(self) -> None:
        """Entries of earlier runs whose time has come."""
        desk, taken = self._desk, 0
        while taken < MAX_DUE:
            batch = desk.ledger.due(desk.run, desk.now(), DUE_AT_ONCE)
            for pending in batch:
                desk.handled.add(pending.entry.id)
                self._add_page(pending)
            taken += len(batch)
            if len(batch) < DUE_AT_ONCE:
                return

    def _take_up_visits(self) -> None:
        """Articles whose page is looked at again; behind the sources, for news comes first."""
        desk = self._desk
        if not desk.about:
            return
        for pending in desk.ledger.revisits_due(desk.run, desk.now(), about=desk.about, limit=MAX_VISITS):
            entry, outlet = pending.entry, desk.outlets.get(pending.entry.outlet)
            if outlet is None:
                refused = Outcome.REFUSED
                desk.ledger.revisit_failed(desk.run, entry, refused, now=desk.now(), reason="outlet")
            else:
                self._add(entry.url, outlet, partial(visit_page, desk, self._fetcher, outlet, pending))

    def _list_sources(self, plan: Plan) -> None:
        timetable = self._fetcher.timetable
        listed = [(outlet, source) for outlet in self._desk.outlets.values() for source in outlet.sources]
        mine = [(outlet, source) for outlet, source in listed if plan.is_mine(outlet.id)]
        timetable.look_up([source for _, source in mine])
        for outlet, source in mine:
            if plan.all_sources or timetable.is_due(source):
                self._unread[source] = outlet
                self._add(source, outlet, partial(self._read_source, outlet, source))

    def _open_archives(self, plan: Plan, period: Period) -> None:
        for outlet in self._desk.outlets.values():
            if plan.is_mine(outlet.id):
                self._add(outlet.home, outlet, partial(self._open_archive, outlet, period))

    async def _open_archive(self, outlet: Outlet, period: Period) -> None:
        lists = lists_of(outlet, period)
        if not lists:
            with suppress(Refused, Retry):  # nothing to go by: no list is read, and the next backfill asks again
                lists = await self._fetcher.sitemaps(outlet.home)
        done = self._fetcher.timetable.backfilled(outlet.id, period.since, period.until)
        for url in lists:
            self._add_list(outlet, period, url, done, 0)

    def _add_list(self, outlet: Outlet, period: Period, url: str, done: frozenset[str], depth: int) -> None:
        if url not in done and depth <= DEEPEST:
            self._add(url, outlet, partial(self._read_list, outlet, period, url, done, depth))

    async def _read_list(self, outlet: Outlet, period: Period, url: str, done: frozenset[str], depth: int) -> None:
        found = await read_list(self._desk, self._fetcher, outlet, url, period)
        for each in found.lists:
            self._add_list(outlet, period, each, done, depth + 1)
        for entry in found.entries:
            self._add_page(Pending(entry, 0, None))

    async def _read_source(self, outlet: Outlet, source: str) -> None:
        entries = await read_source(self._desk, self._fetcher, outlet, source)
        del self._unread[source]
        for entry in entries:
            self._add_page(Pending(entry, 0, None))

    def _add_page(self, pending: Pending) -> None:
        outlet = self._desk.outlets.get(pending.entry.outlet)
        if outlet is None:
            self._drop(pending.entry)
        else:
            self._desk.reading.add(pending.entry.id)
            self._add(pending.entry.url, outlet, partial(read_page, self._desk, self._fetcher, outlet, pending))

    def _drop(self, entry: Entry) -> None:
        """Its outlet is no longer read."""
        desk = self._desk
        desk.ledger.page_settled(desk.run, entry, Outcome.REFUSED, now=desk.now(), reason="outlet")

    def _add(self, url: str, outlet: Outlet, job: Job) -> None:
        key = host_port(url)
        self._fetcher.pace.ask(key, outlet.delay)
        if key in self._queues:
            self._queues[key].append(job)
        elif not self._stopped:
            self._queues[key] = deque([job])
            self._workers.add(asyncio.create_task(self._work(key)))

    async def _work(self, key: str) -> None:
        queue = self._queues[key]
        async with self._fetcher.turns.at(key):
            while queue:
                await queue.popleft()()
            del self._queues[key]

    def _put_off_sources(self) -> None:
        """That there was no time for it somebody should see; that we were told to end is no source's doing."""
        for source, outlet in self._unread.items():
            self._desk.source_put_off(outlet.id, source, self._stopped, asked=self._stopped != STOPPED)
