"""What each job does, in the process that has been handed it (`jobs` says which there are and what follows them).

Each queue has an installation of its own: its jobs run in threads beside each other. The articles of a step come from
the log; a step's lease bears the name of the job's lock.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final, Protocol

import structlog

from diembao.core import garbage
from diembao.core.background import Background
from diembao.core.errors import Retry
from diembao.pipeline import children, discovering, fact_feeds, steps, waiting
from diembao.pipeline.alarming import Alarming
from diembao.pipeline.beside import Beside
from diembao.pipeline.fact_feeds import FactFetching
from diembao.pipeline.jobs import CARE, CRAWL, KINDS, SEND, STEPS, STORIES, Wish
from diembao.pipeline.looping import ASKED_FOR, BY_RHYTHM, look_outside
from diembao.pipeline.preparing import Preparer
from diembao.pipeline.sourcing import ASKED
from diembao.pipeline.teaching import Teacher
from diembao.pipeline.watching import watch
from diembao.pipeline.wiring import Installation
from diembao.pipeline.work import Work
from diembao.pipeline.worker import LOOK, check, collector, look_after, pause

log = structlog.get_logger()

# Facts of the record: the run that is open, when sources are read next, the latest page asked for that has been read.
OPEN, DUE, ANSWERED = "round-open", "round-due", "round-asked"
# Seconds between two looks whether all collectors of a run have ended.
CLOSING: Final = 2.0
# These wait while the searchable copy is away.
_SEARCHABLE: Final = frozenset({"index", "alert", "encode"})
# These tell how many articles they did: none, where the log went on with what other steps have written.
_COUNTED: Final = frozenset({"judge", "group", "index"})


class Job(Protocol):
    """What a queue's part of the process knows to do."""

    def do(self, wish: Wish) -> Sequence[Wish]:
        """Done to the end; what follows.

        Raises:
            Retry: later. Any other: a file or a person must change something first.
        """


class Steps:
    """Queues "steps" and "stories": the path of an article."""

    def __init__(self, house: Installation, now: Callable[[], datetime]) -> None:
        self._house, self._now = house, now
        self._reread = now()

    def do(self, wish: Wish) -> Sequence[Wish]:
        self._follow_the_catalogue()
        if wish.kind == "care":
            self._house.renewed()
            look_after(self._house, self._now)
            return ()
        if wish.kind == "judge":
            self._house.asks(Background.JUDGE)
            self._house.renewed()  # by heads that another process has taught
        done = self._step(wish)
        if done is None:
            return [Wish(wish.kind, wish.lane, self._wait())]
        if not done or (wish.kind in _COUNTED and not (done.judged or done.grouped or done.indexed)):
            return ()  # of a range that it does not read nothing follows; what came meanwhile the foreman sees
        garbage.settle_once()
        following = [Wish(name) for name in KINDS[wish.kind].follows]
        more = self._house.store.bookmark(wish.kind) < self._house.store.head()
        return [Wish(wish.kind, wish.lane), *following] if more else following

    def _step(self, wish: Wish) -> Work | None:
        """None: the searchable copy is away."""
        step = {
            "judge": steps.judge,
            "group": steps.group,
            "join": steps.join,
            "index": steps.index,
            "alert": alert,
            "remember": steps.remember,
            "encode": steps.encode,
        }[wish.kind]

        def work() -> Work:
            return steps.timed(step, self._house, self._now, wish.lock)

        if wish.kind not in _SEARCHABLE:
            return work()
        done = steps.searchable(self._house, self._now, work)
        if done is not None and wish.kind == "index":
            waiting.over(self._house.store)
        return done

    def _wait(self) -> float:
        waits = waiting.waiting(self._house.store)
        return max(1.0, (waits.until - self._now()).total_seconds()) if waits else 1.0

    def _follow_the_catalogue(self) -> None:
        """Somebody may have added an outlet."""
        if self._now() >= self._reread + timedelta(seconds=self._house.settings.crawl.interval):
            self._reread = self._now()
            self._house.reread_outlets()


def alert(house: Installation, now: Callable[[], datetime], worker: str) -> Work:
    """Who is told of articles, and who of their number."""
    done = steps.alert(house, now, worker)
    watch(house, now())
    return done


class Post:
    """Queue "send": one pass over the outbox, which a slow server may make long."""

    def __init__(self, house: Installation, now: Callable[[], datetime]) -> None:
        self._house, self._now = house, now

    def do(self, wish: Wish) -> Sequence[Wish]:
        done = steps.timed(steps.send, self._house, self._now, wish.lock)
        return [Wish("send")] if done else ()


class Care:
    """Queue "care": what takes a process of its own, and how long it takes."""

    def __init__(self, house: Installation, now: Callable[[], datetime], stop: threading.Event) -> None:
        self._house, self._now, self._stop = house, now, stop
        self._alarming = Alarming(house)
        _ = fact_feeds.named(house)  # what is wrong there is told at the start

    def do(self, wish: Wish) -> Sequence[Wish]:
        does = {
            "prepare": lambda: self._beside(Preparer),
            "facts": lambda: self._beside(FactFetching),
            "teach": self._teach,
            "discover": self._discover,
            "alarm": self._alarm,
        }
        does[wish.kind]()
        return ()

    def _alarm(self) -> None:
        self._alarming.look(self._now())

    def _beside(self, kind: type[Preparer | FactFetching]) -> None:
        with kind(self._house) as beside:
            self._to_the_end(beside)

    def _teach(self) -> None:
        with Teacher(self._house) as teacher:
            self._to_the_end(teacher)

    def _to_the_end(self, beside: Beside | Teacher) -> None:
        beside.look(self._now())
        while beside.child is not None and not self._stop.wait(LOOK):
            beside.look(self._now())

    def _discover(self) -> None:
        following = discovering.next_look(self._house, self._now())
        if following is not None and following <= self._now():
            look_outside(self._house, self._stop, self._now, "loop", works=False)


class Crawl:
    """Queue "crawl": one run at a time, in as many collectors as `crawl.processes` says, on any machines. A host is
    read by one of them at a time: they take turns by locks of the database (`store.turns`).
    """

    def __init__(self, house: Installation, now: Callable[[], datetime], stop: threading.Event, by: str) -> None:
        self._house, self._now, self._stop, self._by = house, now, stop, by

    def do(self, wish: Wish) -> Sequence[Wish]:
        does = {"round": self._round, "collect": self._collect, "books": self._books}
        return does[wish.kind](wish)

    def _round(self, wish: Wish) -> Sequence[Wish]:
        """``wish.told``: ``collecting``, is anybody still at work on the run before?"""
        store, now = self._house.store, self._now()
        plan = due_plan(self._house, now)
        if plan is None or wish.told["collecting"]:
            return ()
        self._house.asks(Background.COLLECT)
        self._house.reread_outlets()
        _ = self._house.crawled  # a catalogue that cannot be read is told before the collectors start
        asked = store.fact(ASKED) or ""
        if plan == BY_RHYTHM:
            store.set_fact(DUE, (now + timedelta(seconds=self._house.settings.crawl.interval)).isoformat())
        run = store.begin_run(now, by=self._by)
        store.set_fact(OPEN, str(run))
        store.set_fact(ANSWERED, asked)
        number = self._house.settings.crawl.processes if plan == BY_RHYTHM else 1
        shares = ({**plan, "share": [n, number]} for n in range(number))
        collecting = [Wish("collect", n, told={"run": run, "plan": share}) for n, share in enumerate(shares)]
        return [*collecting, Wish("books", after=CLOSING)]

    def _collect(self, wish: Wish) -> Sequence[Wish]:
        """That it breaks off is a line in the log: what it had is kept, the next run goes on."""
        run = wish.told["run"]
        if not self._is_open(run):
            return ()
        child = collector(self._house, run, wish.told["plan"])
        try:
            while child.poll() is None and not self._stop.is_set():
                pause(child)
        finally:
            children.stop(child)
        if self._stop.is_set():  # another machine takes it up, and the next round what was begun
            self._house.store.set_fact(DUE, "")
            return [wish]
        try:
            check(child.returncode)
        except Retry as error:
            log.warning("collector-failed", run=run, why=str(error))
        return ()

    def _books(self, wish: Wish) -> Sequence[Wish]:
        if wish.told["collecting"]:
            return [Wish("books", after=CLOSING)]
        run = int(self._house.store.fact(OPEN) or 0)
        if run:
            self._house.store.end_run(run, self._now())
            self._house.store.set_fact(OPEN, "")
        return ()

    def _is_open(self, run: int) -> bool:
        return self._house.store.fact(OPEN) == str(run)


def due_plan(house: Installation, now: datetime) -> Mapping[str, Any] | None:
    """What sources are to be read now; None: nothing, or a run is open."""
    store = house.store
    if store.fact(OPEN):
        return None
    due = store.fact(DUE)
    if not due or now >= datetime.fromisoformat(due):
        return BY_RHYTHM
    return ASKED_FOR if (store.fact(ASKED) or "") != (store.fact(ANSWERED) or "") else None


def stations(
    queues: Sequence[str],
    house: Callable[[], Installation],
    now: Callable[[], datetime],
    stop: threading.Event,
    by: str,
) -> dict[str, Job]:
    """Whoever does the jobs of these queues, each with an installation of its own; of steps and stories one is done at
    a time.
    """
    makes: dict[str, Callable[[], Job]] = {
        STEPS: lambda: Steps(house(), now),
        SEND: lambda: Post(house(), now),
        CARE: lambda: Care(house(), now, stop),
        CRAWL: lambda: Crawl(house(), now, stop, by),
    }
    made = {queue: makes[queue]() for queue in queues}
    return made | {STORIES: made[STEPS]} if STEPS in made else made
