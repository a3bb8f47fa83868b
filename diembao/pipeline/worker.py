"""One run: collect in a process of its own, and judge, group, index and alert beside it as pages arrive.

One worker works on one home at a time; a second one is told so. The loops that make runs are in `looping`.
"""

from __future__ import annotations

import json
import subprocess
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from diembao.core.background import Background
from diembao.core.errors import Misconfigured, Retry, WrongUse
from diembao.core.ledger import RunCounts
from diembao.core.ports import Event
from diembao.pipeline import children, settled, verify
from diembao.pipeline.collect import MISCONFIGURED
from diembao.pipeline.holding import who_holds
from diembao.pipeline.home import fate_of, make_home
from diembao.pipeline.outgoing import sender
from diembao.pipeline.pruning import prune_once_a_day
from diembao.pipeline.steps import INDEX_READS, advance, documents, encode
from diembao.pipeline.wiring import Installation
from diembao.pipeline.work import NOTHING, Work

WORKER = "worker"
# Seconds between two looks at what a collection has brought.
LOOK = 0.3
# The two kinds of work at a home: reading sources, and all that follows from what they brought.
COLLECTING, WORKING = "collector.lock", "worker.lock"
BESIDE = "index-beside.lock"  # whoever fills the index of another engine than the one that is set
# The step that reads the log for a new index, and how many entries it reads at a time.
REBUILD, REBUILT = "rebuild", 2000
# Articles announced in one transaction when everything is judged anew.
ANNOUNCED = 2000


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
def only_worker(home: Path, *kinds: str) -> Iterator[None]:
    """One worker a home, of each of these kinds (none named: of both).

    Raises:
        WrongUse: another one is at work here.
        Misconfigured: the home cannot be written. Retry: not now.
    """
    make_home(home)
    with ExitStack() as held:
        for kind in kinds or (COLLECTING, WORKING):
            lock = FileLock(home / kind)
            try:
                lock.acquire(timeout=0)
            except Timeout:
                vi, en = who_holds(home / kind)
                raise WrongUse(
                    f"một diembao khác đang làm việc trên {home}{vi}: dừng nó trước, hoặc dùng thư mục khác"
                    f" (another diembao is already at work on {home}{en}; stop it first, or use another home)"
                ) from None
            except OSError as error:
                raise fate_of(home, error) from error
            held.callback(lock.release)
        yield


def run_once(  # noqa: PLR0913 (a clock, a stop, and what the books say)
    house: Installation,
    show: Show,
    now: Callable[[], datetime] = utc_now,
    stop: threading.Event | None = None,
    *,
    by: str,
    plan: Mapping[str, Any] | None = None,
    works: bool = True,
    last: bool = False,
) -> Progress:
    """One collection of all outlets (or what ``plan`` says, the fields of `rounds.Plan`), and every step to the end of
    the log (not ``works``: another process sees to that); ``stop`` ends it early. ``by``: what this is and who asked
    for it, as the books have it. ``last``: the program ends with it, so that a storm is not left half gathered.

    Raises:
        Misconfigured: the collection could not start; a file must change.
        Retry: the collection broke off; what it had is kept, the next run goes on.
        Refused: the machine may not.
    """
    house.asks(Background.COLLECT)
    house.reread_outlets()
    if works:
        look_after(house, now)
    _ = house.crawled  # a catalogue that cannot be read is told before the collector starts
    run = house.store.begin_run(now(), by=by)
    progress = Progress(house.store.counts(run))
    collectors = _start(house, run, plan or {})
    try:
        while (working := _first_working(collectors)) and not (stop and stop.is_set()):
            done = works and _work_beside(house, progress, show, now)
            if not works:
                _tell(house, progress, show)
            if not done:
                pause(working)
    finally:
        for collector in collectors:
            children.stop(collector)
    for collector in collectors:
        if not (stop and stop.is_set()):  # what was told to end may end in any way
            check(collector.returncode)
    progress.counts = house.store.end_run(run, now())
    progress.collecting = False
    while works and not (stop and stop.is_set()) and (done := advance(house, now, WORKER)):
        progress.work += done
        show(progress)
    if last and works and not (stop and stop.is_set()):
        progress.work += Work(alerts=sender(house, now).send_rest(WORKER))
    show(progress)
    return progress


def look_after(house: Installation, now: Callable[[], datetime]) -> None:
    """What is done once in a while beside the steps: changes of what judges, the index's files, what may go."""
    announce_changes(house, now)
    settled.note(house, now())
    verify.checked(house, now())
    prune_once_a_day(house, now())


def _start(house: Installation, run: int, plan: Mapping[str, Any]) -> list[subprocess.Popen[bytes]]:
    """The collectors, each with its share of the outlets."""
    number = house.settings.crawl.processes
    return [collector(house, run, {**plan, "share": [n, number]}) for n in range(number)]


def collector(house: Installation, run: int, plan: Mapping[str, Any]) -> subprocess.Popen[bytes]:
    """Started: the process that reads what ``plan`` says, for this run."""
    return children.start("diembao.pipeline.collect", [str(house.settings.home), str(run), json.dumps(plan)])


def _first_working(collectors: Sequence[subprocess.Popen[bytes]]) -> subprocess.Popen[bytes] | None:
    return next((collector for collector in collectors if collector.poll() is None), None)


def _work_beside(house: Installation, progress: Progress, show: Show, now: Callable[[], datetime]) -> Work:
    done = advance(house, now, WORKER)
    progress.work += done
    _tell(house, progress, show)
    return done


def _tell(house: Installation, progress: Progress, show: Show) -> None:
    progress.counts = house.store.counts(progress.counts.run)
    show(progress)


def pause(collector: subprocess.Popen[bytes]) -> None:
    """`LOOK` seconds, or until it ends."""
    try:
        collector.wait(LOOK)
    except subprocess.TimeoutExpired:
        return


def check(returncode: int) -> None:
    """How a collector ended.

    Raises:
        Misconfigured: a file must change. Retry: it broke off.
    """
    if returncode == MISCONFIGURED:
        msg = "không bắt đầu thu thập được, xem dòng trên (the collection could not start: see the line above)"
        raise Misconfigured(msg)
    if returncode != 0:
        msg = (
            f"lượt thu thập đứt giữa chừng, mã {returncode}; cái đã có vẫn giữ, lượt sau làm tiếp"
            f" (the collection broke off with exit code {returncode}; what it had is kept, the next run goes on)"
        )
        raise Retry(msg)


def rebuild_index(
    house: Installation, step: Callable[[int], None], now: Callable[[], datetime] = utc_now, *, beside: bool = False
) -> int:
    """Make the searchable copy anew while the old one answers; ``step`` is told of each batch. How many articles.
    ``beside``: that of an engine to come, while a worker goes on with another; it makes the vectors once it is set.

    What a worker writes meanwhile goes into the old copy; the new one stands at the number where the rebuild began,
    so the next `catch_up` writes that again.
    """
    end = house.store.bookmark("index")
    reads = BESIDE if beside else REBUILD
    house.store.rewind(reads, 0)
    done: set[str] = set()
    with house.index.renewed() as fresh:
        while lease := house.store.lease(reads, INDEX_READS, worker=reads, now=now(), limit=REBUILT, until=end):
            ids = [each for each in lease.article_ids if each not in done]
            step(fresh.put(documents(house, ids)))
            done.update(ids)
            with house.store.writing() as write:
                write.finish(lease)
        fresh.mark(end)
    if not beside:
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
