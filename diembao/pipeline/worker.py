"""Runs: collect in a process of its own, and judge, group, index and alert beside it as pages arrive.

On the embedded default one worker works on one home at a time; a second one is told so.
"""

from __future__ import annotations

import json
import subprocess
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import structlog
from filelock import FileLock, Timeout

from diembao.core.background import Background
from diembao.core.errors import Misconfigured, Retry, WrongUse
from diembao.core.ledger import RunCounts
from diembao.core.ports import Event
from diembao.pipeline import children, discovering, verify
from diembao.pipeline.collect import MISCONFIGURED
from diembao.pipeline.home import make_home
from diembao.pipeline.opiner import Opiner
from diembao.pipeline.preparing import Preparer
from diembao.pipeline.pruning import prune_once_a_day
from diembao.pipeline.sourcing import ASKED
from diembao.pipeline.steps import INDEX_READS, advance, documents, encode
from diembao.pipeline.teaching import Teacher
from diembao.pipeline.wiring import Installation
from diembao.pipeline.work import NOTHING, Work

log = structlog.get_logger()

WORKER = "worker"
# Seconds between two looks at what a collection has brought.
LOOK = 0.3
# For one look outside of the catalogue: thirty questions with their pauses take two minutes.
LOOKING = timedelta(minutes=20)
# Seconds a failing loop waits before it tries again.
BACK_OFF = 30.0
# The step that reads the log for a new index, and how many entries it reads at a time.
REBUILD, REBUILT = "rebuild", 2000
# Articles announced in one transaction when everything is judged anew.
ANNOUNCED = 2000
# What a run of the loop reads: sources whose time has come.
BY_RHYTHM = {"all_sources": False}
# And what it reads at once when somebody has asked for a page.
ASKED_FOR = {"sources": False}


def utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass
class Progress:
    """Where a run stands; told to whoever shows it, after every batch."""

    counts: RunCounts
    work: Work = field(default=NOTHING)
    collecting: bool = True

    def as_json(self) -> dict[str, int]:
        return self.counts.as_json() | {
            "judged": self.work.judged,
            "indexed": self.work.indexed,
            "alerts": self.work.alerts,
        }


Show = Callable[[Progress], None]


@contextmanager
def only_worker(home: Path) -> Iterator[None]:
    """One worker a home.

    Raises:
        WrongUse: another one is at work here.
    """
    make_home(home)
    lock = FileLock(home / "worker.lock")
    try:
        lock.acquire(timeout=0)
    except Timeout:
        msg = f"another diembao is already at work on {home}; stop it first, or use another home"
        raise WrongUse(msg) from None
    try:
        yield
    finally:
        lock.release()


def run_once(
    house: Installation,
    show: Show,
    now: Callable[[], datetime] = utc_now,
    stop: threading.Event | None = None,
    *,
    by: str,
    plan: Mapping[str, Any] | None = None,
) -> Progress:
    """One collection of all outlets (or what ``plan`` says, the fields of `rounds.Plan`), and every step to the end of
    the log; ``stop`` ends the collection early. ``by``: what this is and who asked for it, as the books have it.

    Raises:
        Misconfigured: the collection could not start; a file must change.
        Retry: the collection broke off; what it had is kept, the next run goes on.
        Refused: the machine may not.
    """
    house.asks(Background.COLLECT)
    announce_changes(house, now)
    house.reread_outlets()
    verify.checked(house, now())
    _ = house.crawled  # a catalogue that cannot be read is told before the collector starts
    run = house.store.begin_run(now(), by=by)
    progress = Progress(house.store.counts(run))
    collectors = _start(house, run, plan or {})
    try:
        while (working := _first_working(collectors)) and not (stop and stop.is_set()):
            if not _work_beside(house, progress, show, now):
                _pause(working)
    finally:
        for collector in collectors:
            children.stop(collector)
    for collector in collectors:
        _check(collector.returncode)
    progress.counts = house.store.end_run(run, now())
    prune_once_a_day(house, now())
    progress.collecting = False
    _work_to_end(house, progress, show, now)
    return progress


def _start(house: Installation, run: int, plan: Mapping[str, Any]) -> list[subprocess.Popen[bytes]]:
    """The collectors, each with its share of the outlets."""
    number = house.settings.crawl.processes
    plans = (json.dumps({**plan, "share": [n, number]}) for n in range(number))
    return [
        children.start("diembao.pipeline.collect", [str(house.settings.home), str(run), its_plan]) for its_plan in plans
    ]


def _first_working(collectors: Sequence[subprocess.Popen[bytes]]) -> subprocess.Popen[bytes] | None:
    return next((collector for collector in collectors if collector.poll() is None), None)


def _work_beside(house: Installation, progress: Progress, show: Show, now: Callable[[], datetime]) -> Work:
    done = advance(house, now, WORKER)
    progress.work += done
    progress.counts = house.store.counts(progress.counts.run)
    show(progress)
    return done


def _pause(collector: subprocess.Popen[bytes]) -> None:
    try:
        collector.wait(LOOK)
    except subprocess.TimeoutExpired:
        return


def _work_to_end(house: Installation, progress: Progress, show: Show, now: Callable[[], datetime]) -> None:
    while done := advance(house, now, WORKER):
        progress.work += done
        show(progress)
    show(progress)


def _check(returncode: int) -> None:
    if returncode == MISCONFIGURED:
        msg = "the collection could not start (see the line above)"
        raise Misconfigured(msg)
    if returncode != 0:
        msg = f"the collection broke off (exit code {returncode}); what it had is kept, the next run goes on"
        raise Retry(msg)


def run_forever(
    house: Installation,
    show: Show,
    stop: threading.Event,
    now: Callable[[], datetime] = utc_now,
    *,
    by: str,
    first_in: float = 0.0,
) -> None:
    """Runs at the interval of the settings, each of the sources whose time has come, at once for a page that somebody
    asks for, and the steps in between (corrections by people, which also teach the heads; now and then a look outside
    of the catalogue; what is prepared at its hour), until ``stop``. The first one starts after ``first_in`` seconds.

    A passing failure is logged and tried again; a misconfiguration ends the loop.
    """
    following = now() + timedelta(seconds=first_in)
    answered: str | None = None
    with Teacher(house) as teacher, Opiner(house) as opiner, Preparer(house) as preparer:
        while not stop.is_set():
            try:
                asked = house.store.fact(ASKED)
                if now() >= following:
                    following = now() + timedelta(seconds=house.settings.crawl.interval)
                    run_once(house, show, now, stop, by=by, plan=BY_RHYTHM)
                elif asked != answered:
                    run_once(house, show, now, stop, by=by, plan=ASKED_FOR)
                answered = asked
                if not stop.is_set() and _looks_outside(house, now()):
                    look_outside(house, stop, now, by)
                done = advance(house, now, WORKER)
                teacher.look(now())
                opiner.look(now())
                preparer.look(now())
                if house.renewed():
                    announce_changes(house, now)
            except Retry as error:
                log.warning("run-failed", why=str(error))
                stop.wait(BACK_OFF)
                continue
            if not done:
                stop.wait(LOOK)


def _looks_outside(house: Installation, now: datetime) -> bool:
    following = discovering.next_look(house, now)
    return following is not None and following <= now


def look_outside(house: Installation, stop: threading.Event, now: Callable[[], datetime], by: str) -> None:
    """For outlets that are not in the catalogue; the steps go on meanwhile. That it fails is a line in the log."""
    discovering.begin(house, now(), by)
    child = children.start("diembao.pipeline.discovering", [str(house.settings.home), by])
    until = now() + LOOKING
    try:
        while child.poll() is None and not stop.is_set() and now() < until:
            if not advance(house, now, WORKER):
                _pause(child)
    finally:
        children.stop(child)
    if child.returncode:
        log.warning("discovery-failed", code=child.returncode)


def rebuild_index(house: Installation, step: Callable[[int], None], now: Callable[[], datetime] = utc_now) -> int:
    """Make the searchable copy anew while the old one answers; ``step`` is told of each batch. How many articles.

    What a worker writes meanwhile goes into the old copy; the new one stands at the number where the rebuild began,
    so the next `catch_up` writes that again.
    """
    end = house.store.bookmark("index")
    house.store.rewind(REBUILD, 0)
    done: set[str] = set()
    with house.index.renewed() as fresh:
        while lease := house.store.lease(REBUILD, INDEX_READS, worker=REBUILD, now=now(), limit=REBUILT, until=end):
            ids = [each for each in lease.article_ids if each not in done]
            step(fresh.put(documents(house, ids)))
            done.update(ids)
            with house.store.writing() as write:
                write.finish(lease)
        fresh.mark(end)
    _encode_again(house, now)
    return len(done)


def _encode_again(house: Installation, now: Callable[[], datetime]) -> None:
    """All vectors made anew, while the old ones answer; where there is no encoder there are none."""
    if house.vectors is not None:
        house.vectors.mark(0)
    while encode(house, now, WORKER):
        pass


def announce_changes(house: Installation, now: Callable[[], datetime]) -> None:
    """When what decides labels has changed since the last run, every article is judged again."""
    for fact, event, value in (
        ("judges", Event.MODEL, house.judges),
        ("profile", Event.PROFILE, house.profile_digest),
    ):
        if house.store.fact(fact) == value:
            continue
        # Said twice after a crash in between: judged twice, which changes nothing.
        _announce_all(house, event, now)
        house.store.set_fact(fact, value)


def _announce_all(house: Installation, event: Event, now: Callable[[], datetime]) -> None:
    ids = list(house.store.article_ids())
    for start in range(0, len(ids), ANNOUNCED):
        with house.store.writing() as write:
            write.announce(event, ids[start : start + ANNOUNCED], now=now())
