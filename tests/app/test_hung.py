"""Workers that neither work nor die: real processes on a real PostgreSQL are stopped, and go on after a while."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from diembao.core.ports import Event
from diembao.core.settings import Settings, load
from diembao.pipeline.foreman import PLACE
from diembao.pipeline.jobs import STORIES_PLACE
from diembao.pipeline.places import Places
from diembao.pipeline.steps import JUDGE_READS
from diembao.pipeline.wiring import Installation, open_installation
from diembao.pipeline.worker import announce_changes, utc_now
from diembao.store.turns import LOOKS, number_of
from tests.parts import needs
from tests.store import server
from tests.store.making import article, keep

pytestmark = needs("postgresql")

PATIENCE = 300.0  # seconds on a busy machine
NOBODY = "http://127.0.0.1:9"  # Elasticsearch is away: articles are judged and stories made all the same


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Installation]:
    told = {"STORE__URL": server.running().make("hung"), "INDEX__ENGINE": "elastic", "INDEX__URL": NOBODY}
    for name, value in told.items():
        monkeypatch.setenv(f"DIEMBAO_{name}", value)
    with open_installation(load(tmp_path)) as opened:
        announce_changes(opened, utc_now)  # of whatever is there later, nothing is to be judged anew
        yield opened


class Worker:
    """A process of the program; what it says is in a file of the home."""

    def __init__(self, settings: Settings, number: int, words: Sequence[str]) -> None:
        self._log = settings.home / f"{number}.log"
        with self._log.open("wb") as said:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "diembao.app.cli", "worker", *words],
                env=os.environ | {"DIEMBAO_HOME": str(settings.home)},
                stdout=said,
                stderr=said,
            )

    def is_(self, number: signal.Signals) -> None:
        self.process.send_signal(number)

    def said(self, words: str) -> bool:
        return words in self._log.read_text(encoding="utf-8")


@contextmanager
def worker(house: Installation, number: int, *words: str) -> Iterator[Worker]:
    made = Worker(house.settings, number, words)
    try:
        yield made
    finally:
        made.process.kill()
        made.process.wait()


def until(holds: Callable[[], bool]) -> None:
    pause, end = threading.Event(), time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < end
        pause.wait(0.2)


def holders(place: str) -> list[tuple[int]]:
    """The sessions in it."""
    held = f"SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND granted AND objid = {number_of(place)}"  # noqa: S608 (a number)
    return server.running().run(held, "hung")


def heard() -> frozenset[str]:
    """When the sessions in the place of stories said last that they are alive."""
    sessions = {pid for (pid,) in holders(STORIES_PLACE)}
    told = server.running().run("SELECT pid, state_change::text FROM pg_stat_activity", "hung")
    return frozenset(when for pid, when in told if pid in sessions)


def test_a_batch_that_leaves_the_processor_to_nobody_is_not_taken_for_one_that_hangs(house: Installation) -> None:
    def batch() -> None:
        seen: frozenset[str] = frozenset()
        while len(seen) <= LOOKS:
            sum(range(10**7))  # never lets another thread in by itself
            seen |= heard()

    async def go() -> None:
        places = Places(house.record, steps=True)
        await places.take()
        beating = asyncio.create_task(places.beat())
        await asyncio.to_thread(batch)
        beating.cancel()

    asyncio.run(asyncio.wait_for(go(), PATIENCE))


class Articles:
    def __init__(self, house: Installation) -> None:
        self._house, self._printed = house, 0

    def are_made_stories_of(self) -> bool:
        """More of them, at once."""
        more = range(self._printed, self._printed + 5)
        keep(self._house.store, *(article(f"a{n}", outlet="thanh-nien", published_at=utc_now()) for n in more))
        self._printed += 5
        every = frozenset(self._house.store.article_ids())
        until(lambda: self._house.store.with_entry(Event.GROUPED, sorted(every)) == every)
        return True

    def are_judged_once(self) -> bool:
        lease = self._house.store.lease("who", (*JUDGE_READS, Event.JUDGED), worker="test", now=utc_now(), limit=10_000)
        assert lease
        told = Counter((each.article_id, each.event) for each in lease.entries)
        once = ((each, event) for each in self._house.store.article_ids() for event in (Event.ARTICLE, Event.JUDGED))
        assert told == Counter(once)
        return True


@pytest.mark.parametrize("first", [("--only", "steps"), ("--only", "send")], ids=["makes stories and leads", "leads"])
def test_a_stopped_process_loses_its_places_and_is_a_worker_like_others_when_it_goes_on(
    house: Installation, first: Sequence[str]
) -> None:
    articles = Articles(house)
    with ExitStack() as stack:
        stopped = stack.enter_context(worker(house, 1, *first))
        until(lambda: bool(holders(PLACE)))
        other = stack.enter_context(worker(house, 2, "--only", "steps"))
        assert articles.are_made_stories_of()
        (leading,) = holders(PLACE)
        stopped.is_(signal.SIGSTOP)
        assert articles.are_made_stories_of()
        until(lambda: holders(PLACE) not in ([], [leading]))
        assert other.said("place-taken-over")
        stopped.is_(signal.SIGCONT)
        until(lambda: stopped.said("worker-waits"))
        assert articles.are_made_stories_of()
        other.process.kill()  # the one that was stopped is at it again
        third = stack.enter_context(worker(house, 3, "--only", "steps"))
        until(lambda: bool(holders(PLACE)))
        assert articles.are_made_stories_of()
        assert stopped.process.poll() is third.process.poll() is None
        assert not stopped.said("place-taken-over")
    assert articles.are_judged_once()
