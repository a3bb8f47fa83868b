"""The loops: reading sources, working on what they brought, or both in one process.

The two halves meet in the record alone, so they may be processes of their own (`diembao crawl`, `diembao worker`).
A passing failure is logged and tried again; a misconfiguration ends a loop. ``stop`` ends it after what is in hand.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final, Self

import structlog

from diembao.core import garbage
from diembao.core.shortage import passes
from diembao.pipeline import children, discovering
from diembao.pipeline.alarming import Alarming
from diembao.pipeline.fact_feeds import FactFetching
from diembao.pipeline.measuring import COLLECTOR
from diembao.pipeline.measuring import WORKER as WORKER_FACT
from diembao.pipeline.opiner import Opiner
from diembao.pipeline.preparing import Preparer
from diembao.pipeline.sourcing import ASKED
from diembao.pipeline.steps import advance
from diembao.pipeline.teaching import Teacher
from diembao.pipeline.wiring import Installation
from diembao.pipeline.worker import LOOK, WORKER, Show, announce_changes, look_after, pause, run_once, utc_now

log = structlog.get_logger()

# For one look outside of the catalogue: thirty questions with their pauses take two minutes.
LOOKING: Final = timedelta(minutes=20)
# Seconds a failing loop waits before it tries again.
BACK_OFF: Final = 30.0
# What a run of the loop reads: sources whose time has come.
BY_RHYTHM: Final = {"all_sources": False}
# And what it reads at once when somebody has asked for a page.
ASKED_FOR: Final = {"sources": False}

# Is there more to do at once?
Turn = Callable[[], bool]


def run_forever(
    house: Installation,
    show: Show,
    stop: threading.Event,
    now: Callable[[], datetime] = utc_now,
    *,
    by: str,
    first_in: float = 0.0,
) -> None:
    """Both halves. The first run starts after ``first_in`` seconds."""
    rounds = _Rounds(house, show, stop, now, by, now() + timedelta(seconds=first_in))
    with _Bench(house, now) as bench:
        _loop(stop, [rounds.turn, bench.turn, _telling(house, WORKER_FACT, now)])


def crawl_forever(
    house: Installation, show: Show, stop: threading.Event, now: Callable[[], datetime] = utc_now, *, by: str
) -> None:
    """Sources whose time has come, at once a page that somebody asks for, now and then a look outside of the catalogue.
    What they bring waits in the record for whoever works on it.
    """
    _loop(stop, [_Rounds(house, show, stop, now, by, now(), works=False).turn, _telling(house, COLLECTOR, now)])


def work_forever(house: Installation, stop: threading.Event, now: Callable[[], datetime] = utc_now) -> None:
    """All that follows from what was collected, corrections by people, which also teach the heads, what is prepared at
    its hour.
    """
    with _Bench(house, now) as bench:
        _loop(stop, [_Care(house, now, now()).turn, bench.turn, _telling(house, WORKER_FACT, now)])


def _loop(stop: threading.Event, turns: Sequence[Turn]) -> None:
    while not stop.is_set():
        try:
            more = [turn() for turn in turns]
        except Exception as error:
            if not passes(error):
                raise
            log.warning("run-failed", why=str(error))
            stop.wait(BACK_OFF)
            continue
        if not any(more):
            stop.wait(LOOK)


def _telling(house: Installation, fact: str, now: Callable[[], datetime]) -> Turn:
    """That this process is alive, and how long its steps take."""

    def turn() -> bool:
        house.meter.tell(house.record, [fact], now())
        return False

    return turn


@dataclass
class _Rounds:
    """When sources are read: at the interval of the settings, and at once for a page that somebody asks for."""

    house: Installation
    show: Show
    stop: threading.Event
    now: Callable[[], datetime]
    by: str
    following: datetime
    works: bool = True
    answered: str | None = None

    def turn(self) -> bool:
        asked = self.house.store.fact(ASKED)
        if self.now() >= self.following:
            self.following = self.now() + timedelta(seconds=self.house.settings.crawl.interval)
            self._run(BY_RHYTHM)
        elif asked != self.answered:
            self._run(ASKED_FOR)
        self.answered = asked
        if not self.stop.is_set() and _looks_outside(self.house, self.now()):
            look_outside(self.house, self.stop, self.now, self.by, works=self.works)
        return False

    def _run(self, plan: dict[str, bool]) -> None:
        run_once(self.house, self.show, self.now, self.stop, by=self.by, plan=plan, works=self.works)


@dataclass
class _Bench:
    """The steps, and what learns, asks and prepares beside them."""

    house: Installation
    now: Callable[[], datetime]
    _held: ExitStack = field(default_factory=ExitStack)

    def __enter__(self) -> Self:
        enter = self._held.enter_context
        self._alarming = Alarming(self.house)
        learns = enter(Teacher(self.house)), enter(Opiner(self.house))
        self._beside = *learns, enter(Preparer(self.house)), enter(FactFetching(self.house))
        return self

    def __exit__(self, *_: object) -> None:
        self._held.close()

    def turn(self) -> bool:
        done = advance(self.house, self.now, WORKER)
        if done:
            garbage.settle_once()
        for each in self._beside:
            each.look(self.now())
        self._alarming.look(self.now())
        if self.house.renewed():
            announce_changes(self.house, self.now)
        return bool(done)


@dataclass
class _Care:
    """What `run_once` does besides, where runs are another process's."""

    house: Installation
    now: Callable[[], datetime]
    following: datetime

    def turn(self) -> bool:
        if self.now() >= self.following:
            self.following = self.now() + timedelta(seconds=self.house.settings.crawl.interval)
            self.house.reread_outlets()
            look_after(self.house, self.now)
        return False


def _looks_outside(house: Installation, now: datetime) -> bool:
    following = discovering.next_look(house, now)
    return following is not None and following <= now


def look_outside(
    house: Installation, stop: threading.Event, now: Callable[[], datetime], by: str, *, works: bool = True
) -> None:
    """For outlets that are not in the catalogue; the steps go on meanwhile (``works``). That it fails is a line in the
    log.
    """
    discovering.begin(house, now(), by)
    child = children.start("diembao.pipeline.discovering", [str(house.settings.home), by])
    until = now() + LOOKING
    try:
        while child.poll() is None and not stop.is_set() and now() < until:
            if not (works and advance(house, now, WORKER)):
                pause(child)
    finally:
        children.stop(child)
    if child.returncode:
        log.warning("discovery-failed", code=child.returncode)
