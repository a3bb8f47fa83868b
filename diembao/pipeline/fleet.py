"""One process of several that share a record on PostgreSQL and an index on Elasticsearch: it takes jobs (`jobs`) from
the database, does them at its `stations`, and may be the `foreman`. procrastinate hands out and wakes (LISTEN/NOTIFY).

A worker that has not been heard of for `STALLED` seconds is dead: its jobs are handed out again. That it may be alive
is no harm: the end of a lease is taken once, and whoever comes second takes back all it wrote.
"""

from __future__ import annotations

import asyncio
import logging
import threading
import time
from collections.abc import Callable, Coroutine, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import structlog
from procrastinate import App, PsycopgConnector
from procrastinate.exceptions import AlreadyEnqueued, UniqueViolation
from procrastinate.jobs import DeleteJobCondition, Status

from diembao.core.background import Asks
from diembao.core.errors import Retry
from diembao.core.settings import Settings
from diembao.core.shortage import passes
from diembao.pipeline import jobbook
from diembao.pipeline.foreman import Foreman
from diembao.pipeline.jobbook import connection, furnish
from diembao.pipeline.jobs import CARE, CRAWL, KINDS, QUEUES, SEND, STEPS, STORIES, Kind, Wish
from diembao.pipeline.measuring import COLLECTOR, SENDER, WORKER, Meter
from diembao.pipeline.opiner import Opiner
from diembao.pipeline.places import Places
from diembao.pipeline.stations import Job, stations
from diembao.pipeline.wiring import Installation, open_installation
from diembao.pipeline.worker import LOOK
from diembao.store.turns import BEAT, LOOKS

log = structlog.get_logger()

# Seconds: a worker says so often that it is alive, and is dead to the others after so long without a word.
HEARTBEAT, STALLED = BEAT, BEAT * LOOKS
# Seconds between two looks of the foreman for jobs of the dead.
RESCUE_EVERY: Final = 5.0
# Seconds after which the same wish is said again where the log has not moved: a job may wait for a lease.
AGAIN: Final = 1.0
# Seconds until a job that failed in passing is tried again, twice as many each time.
FIRST, LONGEST = 1.0, 60.0
# Seconds until a process that has lost the database asks for it again; and its connections for jobs.
BACK_OFF, CONNECTIONS = 5.0, 4
# Hours that jobs are kept that could not be done.
KEPT_FAILED: Final = 7 * 24
# Which queues a process serves beside the steps, and how many of their jobs at a time: these wait for somebody else,
# steps want the processor, one at a time.
_PARTS: Final = (((SEND, CARE), 5), ((CRAWL,), 1))


class Fleet:
    """This process's place among the workers. `run` once."""

    def __init__(
        self, settings: Settings, asks: Asks, queues: Sequence[str], stop: threading.Event, now: Callable[[], datetime]
    ) -> None:
        self._settings, self._asks, self._stop, self._now = settings, asks, stop, now
        self._queues = [queue for queue in QUEUES if queue in queues]
        self._held = ExitStack()
        self._fatal: BaseException | None = None
        self._wished: dict[str, float] = {}
        self._meter = Meter()
        self._going_on: dict[str, tuple[Kind, float]] = {}
        self._hung: frozenset[str] = frozenset()

    def run(self, *, by: str, alive: Path | None = None) -> None:
        """Until told to end. ``by``: what the books say of the runs begun here; ``alive`` is a file whose time says
        when this process was last seen to be at work: it stays as it is while a job hangs.

        Raises:
            Misconfigured: a setting, or what the database lets its user do, must change, here; others go on.
        """
        for library in ("procrastinate", "psycopg"):  # what goes wrong is in our own lines
            logging.getLogger(library).setLevel(logging.CRITICAL)
        with self._held:
            house = self._house()
            self._record, self._foreman = house.record, Foreman(house, self._now)
            self._opiner = self._held.enter_context(Opiner(self._house()))
            self._stations = stations(self._queues, self._house, self._now, self._stop, by)
            log.info("worker", name=self._meter.name, queues=self._queues)
            while not self._stop.is_set():
                try:
                    furnish(self._settings)  # each time: somebody may have dropped or restored them
                    asyncio.run(self._work(alive))
                except Exception as error:
                    if not jobbook.passes(error):
                        raise
                    log.warning("worker-waits", why=str(error.__cause__ or error))
                    self._stop.wait(BACK_OFF)
        if self._fatal is not None:
            raise self._fatal

    def _house(self) -> Installation:
        house = self._held.enter_context(open_installation(self._settings, self._asks))
        house.meter = self._meter
        return house

    async def _work(self, alive: Path | None) -> None:
        """Until told to end.

        Raises:
            Retry, ConnectorException: the database is away, or a place was lost. Any other that `_passes`.
        """
        loop = asyncio.get_running_loop()
        loop.set_default_executor(ThreadPoolExecutor(max_workers=16))
        loop.set_exception_handler(_left_behind)
        self._app, self._places = self._made(), Places(self._record, steps=STEPS in self._queues)
        async with self._app.open_async():
            await self._places.take()  # a part need not begin anew because one is free
            placed = self._places.beat(), self._lead()
            parts: list[Coroutine[Any, Any, None]] = [*self._parts(), *placed, self._until_told(alive)]
            running = [asyncio.create_task(part) for part in parts]
            done, _ = await asyncio.wait(running, return_when=asyncio.FIRST_COMPLETED)
            for error in filter(None, (each.exception() for each in done)):  # now: what is in hand may take a while
                log.warning("worker-breaks-off", why=str(error.__cause__ or error))
            for each in running:
                each.cancel()
            ended = await asyncio.gather(*running, return_exceptions=True)
        if not self._stop.is_set():
            raise next((each for each in ended if isinstance(each, Exception)), Retry("PostgreSQL: lost"))

    async def _until_told(self, alive: Path | None) -> None:
        while not self._stop.is_set():
            await asyncio.to_thread(self._tell, alive)
            await asyncio.sleep(LOOK)

    def _tell(self, alive: Path | None) -> None:
        """That this process is at work, to whoever watches."""
        self._meter.tell(self._record, _kinds(self._queues), self._now())
        hanging = self._hanging(time.monotonic())
        for job in hanging - self._hung:
            log.error("job-hangs", job=job)
        self._hung = hanging
        if alive is not None and not hanging:
            alive.touch()

    def _hanging(self, now: float) -> frozenset[str]:
        return frozenset(lock for lock, (kind, begun) in tuple(self._going_on.items()) if now - begun > kind.patience)

    # -- jobs
    def _made(self) -> App:
        app = App(
            connector=PsycopgConnector(
                kwargs=connection(self._settings), min_size=1, max_size=CONNECTIONS, timeout=STALLED
            ),
            worker_defaults={
                "delete_jobs": DeleteJobCondition.SUCCESSFUL.value,
                "update_heartbeat_interval": HEARTBEAT,
                "stalled_worker_timeout": STALLED,
                "install_signal_handlers": False,
            },
        )
        for kind in KINDS.values():
            self._register(app, kind)
        return app

    def _register(self, app: App, kind: Kind) -> None:
        @app.task(name=kind.name, queue=kind.queue, priority=kind.priority, lock=kind.name, queueing_lock=kind.name)
        async def job(lane: int | None = None, told: dict[str, Any] | None = None, timestamp: int = 0) -> None:
            del timestamp  # of whoever was first to see that its time had come
            await self._do(Wish(kind.name, lane, told=told or {}))

        if kind.cron:
            app.periodic(cron=kind.cron)(job)

    def _parts(self) -> Sequence[Coroutine[Any, Any, None]]:
        served = (([queue for queue in queues if queue in self._queues], at_once) for queues, at_once in _PARTS)
        others = [self._serving(queues, at_once) for queues, at_once in served if queues]
        return [self._articles(), *others] if STEPS in self._queues else others

    def _serving(self, queues: Sequence[str], at_once: int = 1) -> Coroutine[Any, Any, None]:
        return self._app.run_worker_async(queues=queues, concurrency=at_once, name="-".join(queues))

    async def _articles(self) -> None:
        """Steps; and stories, from when this process has their place on."""
        serving = asyncio.create_task(self._serving([STEPS]))
        placed = asyncio.create_task(self._places.groups.wait())
        try:
            await asyncio.wait({serving, placed}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            placed.cancel()
            serving.cancel()  # after what it has in hand
            (outcome,) = await asyncio.gather(serving, return_exceptions=True)
        if isinstance(outcome, Exception):
            raise outcome
        if self._places.groups.is_set():
            await self._serving([STEPS, STORIES])

    async def _do(self, wish: Wish) -> None:
        """One job, and what follows it. What fails in passing is wished for again, later each time: not by
        procrastinate's own retries, which cannot be where another one of the same lock waits already.
        """
        try:
            following = await self._done(wish)
        except (asyncio.CancelledError, *jobbook.AWAY):  # another one will be wished for
            raise
        except BaseException as error:
            if not passes(error):
                self._fatal = error
                self._stop.set()
                raise
            tried = wish.told.get("tried", 0)
            log.warning("job-waits", job=wish.lock, why=str(error))
            again = {**wish.told, "tried": tried + 1}
            following = [replace(wish, after=min(LONGEST, FIRST * 2**tried), told=again)]
        await self._defer(following)

    async def _done(self, wish: Wish) -> Sequence[Wish]:
        if wish.kind == "tidy":
            await self._app.job_manager.delete_old_jobs(nb_hours=KEPT_FAILED, include_failed=True)
            return ()
        if KINDS[wish.kind].queue == CRAWL:
            wish = replace(wish, told={**wish.told, "collecting": await self._collecting()})
        if KINDS[wish.kind].queue == STORIES:
            await self._places.check()
        station: Job = self._stations[KINDS[wish.kind].queue]
        self._going_on[wish.lock] = KINDS[wish.kind], time.monotonic()
        try:
            return await asyncio.to_thread(station.do, wish)
        finally:
            del self._going_on[wish.lock]

    async def _collecting(self) -> bool:
        found = await self._app.job_manager.list_jobs_async(task="collect")
        return any(job.status in {Status.TODO.value, Status.DOING.value} for job in found)

    async def _defer(self, wishes: Sequence[Wish]) -> None:
        for wish in wishes:
            job = self._app.tasks[wish.kind].configure(
                lock=wish.lock,
                queueing_lock=wish.lock,
                priority=KINDS[wish.kind].priority,
                schedule_in={"milliseconds": int(wish.after * 1000)} if wish.after else None,
            )
            with suppress(AlreadyEnqueued):  # one that waits is enough
                await job.defer_async(lane=wish.lane, told=dict(wish.told))

    # -- the foreman
    async def _lead(self) -> None:
        """Nothing, while another process does."""
        clock = asyncio.get_running_loop().time
        following = 0.0
        while True:
            if self._places.leads and clock() >= following:
                following = clock() + RESCUE_EVERY
                await self._rescue()
            if self._places.leads:
                self._opiner.look(self._now())
                await self._wish(await asyncio.to_thread(self._foreman.wishes), clock())
            await asyncio.sleep(LOOK)

    async def _wish(self, wishes: Sequence[Wish], now: float) -> None:
        """But for what waits already, and what was wished for a moment ago."""
        new = [wish for wish in wishes if now >= self._wished.get(wish.lock, 0.0) + AGAIN]
        if not new:
            return
        there = list(await self._app.job_manager.list_jobs_async())
        waiting = {job.queueing_lock for job in there if job.status == Status.TODO.value}
        going_on = {job.lock for job in there if job.status == Status.DOING.value}
        self._wished.update((wish.lock, now) for wish in new)
        single = going_on & {"round", "books"}
        await self._defer([wish for wish in new if wish.lock not in waiting | single])

    async def _rescue(self) -> None:
        """Jobs of workers that are dead are handed out again; where the same waits already, they are dropped."""
        manager = self._app.job_manager
        for job in await manager.get_stalled_jobs(seconds_since_heartbeat=STALLED):
            log.warning("job-handed-out-again", job=job.lock)
            if job.task_name == "collect":
                await asyncio.to_thread(self._foreman.reads_again)
            try:
                await manager.retry_job(job)
            except UniqueViolation:
                await manager.finish_job(job, Status.FAILED, delete_job=True)


def _kinds(queues: Sequence[str]) -> Sequence[str]:
    """As what a process that serves these is told of (`measuring`)."""
    served = [fact for queue, fact in ((STEPS, WORKER), (CRAWL, COLLECTOR)) if queue in queues]
    return served or [SENDER]


def _left_behind(loop: asyncio.AbstractEventLoop, told: dict[str, Any]) -> None:
    """What procrastinate's own tasks ended with that nobody asks any more: one line where the database was away."""
    error = told.get("exception")
    if error is not None and jobbook.passes(error):
        log.warning("worker-waits", why=str(error.__cause__ or error))
    else:
        loop.default_exception_handler(told)
