"""Several processes on one record: real PostgreSQL and Elasticsearch, the demo newsroom over HTTP, one of them killed.

What docker-compose.yml starts, without containers.
"""

from __future__ import annotations

import asyncio
import errno
import json
import logging
import signal
import sys
import threading
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
import pytest
from procrastinate.jobs import Job
from sqlalchemy import make_url

from demo import newsroom
from diembao.api.door import open_door
from diembao.api.keys import Wish as KeyWish
from diembao.app.cli import main
from diembao.app.setup import write_demo
from diembao.core.accounts import CONSOLE
from diembao.core.alert import Alert
from diembao.core.background import unasked
from diembao.core.errors import Misconfigured, Retry, WrongUse
from diembao.core.ports import Event
from diembao.core.settings import Settings, StoreSettings, load
from diembao.pipeline.fleet import Fleet
from diembao.pipeline.foreman import Foreman, alone
from diembao.pipeline.gauges import gauges
from diembao.pipeline.home import NAMED, same_home
from diembao.pipeline.jobbook import connection, counted, furnish
from diembao.pipeline.jobs import CARE, CRAWL, KINDS, LANES, READING, SEND, STEPS, STORIES, Wish, lanes
from diembao.pipeline.measuring import COLLECTOR, SENDER, WORKER, told
from diembao.pipeline.places import Places
from diembao.pipeline.stations import DUE, OPEN, Steps
from diembao.pipeline.steps import BATCH
from diembao.pipeline.verify import verify
from diembao.pipeline.wiring import Installation, open_installation
from diembao.pipeline.work import Work
from diembao.pipeline.worker import utc_now
from tests.app.machines import SOON, answers, asked, servers, started, until
from tests.parts import needs
from tests.store import server
from tests.store.making import NOW, article, keep
from tests.test_whole_path import free_block

OUTLETS = ["nhip-song-con", "toan-canh-ngay", "kinh-te-mo", "dong-truong-son", "tac-dat"]  # enough for two batches
ENOSPC = OSError(errno.ENOSPC, "No space left on device")
ALL = ("--only", "steps", "--only", "send", "--only", "care", "--only", "crawl")


@pytest.fixture(scope="module")
def room() -> Iterator[int]:
    """A newsroom whose clock stands still half an hour after its start."""
    start = datetime.now(UTC).replace(microsecond=0) - timedelta(hours=1)
    first = free_block(newsroom.ports_needed())
    opened = newsroom.serve(first, seed=1, start=start, clock=lambda: start + timedelta(minutes=30))
    yield first
    opened.close()


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, room: int) -> Settings:
    write_demo(tmp_path, room)
    told = {
        **servers("fleet", tmp_path),
        "CRAWL__PROCESSES": "2",
        "CRAWL__INTERVAL": "900",
        "CRAWL__OUTLETS": json.dumps(OUTLETS),
    }
    for name, value in told.items():
        monkeypatch.setenv(f"DIEMBAO_{name}", value)
    return load(tmp_path)


@pytest.fixture
def on_postgresql(tmp_path: Path) -> Settings:
    """A record on a server, and no index yet."""
    url = StoreSettings(url=server.running().make("foreman"))
    return load(tmp_path).model_copy(update={"store": url})


def caught_up(house: Installation) -> bool:
    """Nothing is open, and nothing is to be read at once."""
    head = house.store.head()
    read = house.store.fact(DUE) and not house.store.fact(OPEN)
    return bool(read) and all(house.store.bookmark(kind.name) == head for kind in READING)


def log_of(house: Installation, *events: Event) -> Counter[str]:
    """How often each article stands in the log with these."""
    lease = house.store.lease("whoever asks", events, worker="test", now=datetime.now(UTC), limit=100_000)
    return Counter(each.article_id for each in lease.entries) if lease else Counter()


def alerts(house: Installation) -> Sequence[Alert]:
    return house.store.alerts_since(datetime.now(UTC) - timedelta(hours=1), limit=1000)


def sent(home: Path) -> int:
    return len(list((home / "alerts" / "new").glob("*")))


@needs("postgresql")
@needs("elasticsearch")
def test_three_workers_one_of_them_killed_do_everything_once_and_two_web_processes_tell_the_same(
    settings: Settings, tmp_path: Path
) -> None:
    ports = free_block(2), free_block(2) + 1
    with ExitStack() as stack:
        workers = [stack.enter_context(started(tmp_path, "worker", *ALL)) for _ in range(3)]
        house = stack.enter_context(open_installation(settings))
        until(lambda: house.store.bookmark("judge") > 0)
        workers[1].kill()
        for port in ports:
            stack.enter_context(started(tmp_path, "web", "--port", str(port)))
        until(lambda: caught_up(house))
        until(lambda: sent(tmp_path) == len(alerts(house)) and all(map(answers, ports)))
        with pytest.raises(WrongUse, match="workers are at this record"):
            alone(house)
        for each in (workers[0], workers[2]):
            each.send_signal(signal.SIGTERM)
        for each in (workers[0], workers[2]):
            assert each.wait(timeout=SOON) == 0
        assert all(run.counts.balanced for run in house.store.runs())
        assert house.store.size() > 40
        assert log_of(house, Event.JUDGED) == Counter(dict.fromkeys(house.store.article_ids(), 1))
        assert verify(house).same
        telling = [(each.article_id, each.subscription) for each in alerts(house)]
        assert telling
        assert Counter(telling) == Counter(set(telling))
        assert sent(tmp_path) == len(telling)
        measured = {gauge.name: {s.labels: s.value for s in gauge.samples} for gauge in gauges(house, utc_now())}
        assert {kind for ((_, kind),) in measured["diembao_processes"]} == {"worker", "crawl"}
        assert measured["diembao_step_passes"][("process", "worker"), ("step", "judge")] >= LANES // 8
        assert measured["diembao_jobs"][("job", "judge"), ("state", "doing")] == 0
        key = (
            open_door(house.store, house.settings, house.profile.id)
            .keys.add(KeyWish("may", house.profile.id), by=CONSOLE)
            .token
        )
        newest = [asked(port, "/api/v1/articles?limit=100", key)["articles"] for port in ports]
        assert len(newest[0]) > 40
        assert newest[0] == newest[1]


class Doing:
    """A station that remembers what it was told to do."""

    def __init__(self) -> None:
        self.done: list[str] = []

    def do(self, wish: Wish) -> Sequence[Wish]:
        self.done.append(wish.lock)
        return ()


@needs("postgresql")
def test_one_process_is_foreman_and_makes_the_stories_and_another_one_takes_its_places(
    on_postgresql: Settings,
) -> None:
    """Also of two that are both at the steps, and have done one when the place falls to them."""
    fleets = [Fleet(on_postgresql, unasked, [STEPS], threading.Event(), utc_now) for _ in "ab"]
    stations = [Doing(), Doing()]

    async def do(*wishes: Wish) -> None:
        await fleets[1]._defer(wishes)
        await soon(nothing_waits)

    async def nothing_waits() -> bool:
        listed = fleets[1]._app.job_manager.list_jobs_async
        return not [*await listed(queue=STEPS), *await listed(queue=STORIES)]

    async def has_both_places() -> bool:
        """The server lets go of a session a moment after it was left."""
        await fleets[1]._places.take()
        return fleets[1]._places.leads and fleets[1]._places.groups.is_set()

    async def go(one: Installation, other: Installation) -> None:
        for fleet, house, station in zip(fleets, (one, other), stations, strict=True):
            fleet._record, fleet._foreman, fleet._app = house.record, Foreman(house, utc_now), fleet._made()
            fleet._stations, fleet._places = {STEPS: station, STORIES: station}, Places(house.record, steps=True)
        async with fleets[0]._app.open_async(), fleets[1]._app.open_async():
            for fleet in fleets:
                await fleet._places.take()
            assert [fleet._places.leads for fleet in fleets] == [True, False]
            working = [asyncio.create_task(fleet._articles()) for fleet in fleets]
            for _ in range(4):
                await do(Wish("group"), *(Wish("judge", lane) for lane in range(3)))
            assert stations[0].done.count("group") == 4
            working[0].cancel()
            await asyncio.gather(working[0], return_exceptions=True)
            one.close()
            await soon(has_both_places)
            await do(Wish("group"), Wish("join"))
            working[1].cancel()
            await asyncio.gather(working[1], return_exceptions=True)

    furnish(on_postgresql)
    with open_installation(on_postgresql) as one, open_installation(on_postgresql) as other:
        asyncio.run(go(one, other))
    assert Counter(stations[1].done)["group"] == Counter(stations[1].done)["join"] == 1


@needs("postgresql")
def test_the_foreman_asks_for_what_the_log_says_and_only_then(on_postgresql: Settings) -> None:
    with open_installation(on_postgresql) as house:
        foreman = Foreman(house, lambda: NOW)
        foreman.wishes()  # what there is to do now and then
        assert [wish.lock for wish in foreman.wishes()] == ["round"]
        house.store.set_fact(DUE, (NOW + timedelta(hours=1)).isoformat())
        keep(house.store, *(article(f"a{n}") for n in range(BATCH + 1)))
        asked_for = [wish.lock for wish in foreman.wishes()]
        assert asked_for == ["index", "join", "group", "judge-0", "judge-1", "remember", "encode"]
        for kind in READING:
            while lease := house.store.lease(kind.name, tuple(Event), worker=kind.name, now=NOW):
                with house.store.writing() as write:
                    write.finish(lease)
        assert foreman.wishes() == []


def test_of_what_other_steps_have_written_nothing_follows(tmp_path: Path) -> None:
    with open_installation(load(tmp_path)) as house:
        keep(house.store, article("a"))
        station = Steps(house, lambda: NOW)
        assert station.do(Wish("judge", 0)) == [Wish("judge", 0), Wish("group")]
        assert station.do(Wish("judge", 0)) == ()
        assert house.store.bookmark("judge") == house.store.head()
        assert [wish.kind for wish in station.do(Wish("group"))] == ["group", "index", "join", "remember"]
        assert station.do(Wish("group")) == ()
        assert [wish.kind for wish in station.do(Wish("index"))] == ["alert"]


class Once:
    """A station that meets each error once."""

    def __init__(self, *errors: Exception) -> None:
        self._errors = list(errors)
        self.done: list[Wish] = []

    def do(self, wish: Wish) -> Sequence[Wish]:
        self.done.append(wish)
        if self._errors:
            raise self._errors.pop(0)
        return [Wish("send")]


async def soon(holds: Callable[[], Awaitable[bool]]) -> None:
    async with asyncio.timeout(SOON):
        while not await holds():  # noqa: ASYNC110 (another connection's doing: nothing here hears of it)
            await asyncio.sleep(0.02)


async def work_off(fleet: Fleet, queue: str) -> list[Job]:
    """All that waits now; what there is afterwards."""
    await fleet._app.run_worker_async(queues=[queue], wait=False, listen_notify=False)
    return list(await fleet._app.job_manager.list_jobs_async(queue=queue))


@needs("postgresql")
@pytest.mark.parametrize(
    "error",
    [
        Retry("not now"),
        OSError(errno.EMFILE, "Too many open files"),
        OSError(errno.ENOSPC, "No space left on device"),
        RuntimeError("can't start new thread"),
    ],
)
def test_what_fails_in_passing_waits_and_what_a_person_must_change_ends_this_process(
    on_postgresql: Settings, error: Exception, capsys: pytest.CaptureFixture[str]
) -> None:
    fleet = Fleet(on_postgresql, unasked, [CRAWL], stop := threading.Event(), utc_now)
    station = Once(error, Misconfigured("a file"))
    fleet._stations = {CRAWL: station}

    async def go() -> None:
        fleet._app = fleet._made()
        async with fleet._app.open_async():
            await fleet._defer([Wish("round"), Wish("round")])
            (waits,) = await work_off(fleet, CRAWL)
            assert (waits.lock, waits.status, waits.task_kwargs["told"]) == ("round", "todo", {"tried": 1})
            assert waits.scheduled_at is not None
            assert not stop.is_set()
            await fleet._defer([Wish("books")])
            there = {job.lock: job.status for job in await work_off(fleet, CRAWL)}
            assert there == {"round": "todo", "books": "failed"}
            numbers = await asyncio.to_thread(counted, on_postgresql)
            assert {(job, state) for (job, state), n in numbers.items() if n and KINDS[job].queue == CRAWL} == {
                ("round", "waiting"),
                ("books", "failed"),
            }
        assert stop.is_set()

    assert counted(on_postgresql) == {}
    furnish(on_postgresql)
    logging.getLogger("procrastinate").setLevel(logging.CRITICAL)
    asyncio.run(go())
    assert [wish.lock for wish in station.done] == ["round", "books"]
    said = capsys.readouterr()
    assert str(error) in said.out + said.err


@needs("postgresql")
def test_a_process_that_lacks_something_outside_of_its_jobs_begins_anew(
    on_postgresql: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No file handle for the loop itself, no thread for a look at the log, no room for the file that says it lives."""
    short = [OSError(errno.EMFILE, "Too many open files"), RuntimeError("can't start new thread"), ENOSPC]
    stop, worked = threading.Event(), 0
    fleet = Fleet(on_postgresql, unasked, [SEND], stop, utc_now)

    async def work(alive: Path | None) -> None:
        nonlocal worked
        del alive
        worked += 1
        if short:
            raise short.pop()
        stop.set()

    monkeypatch.setattr("diembao.pipeline.fleet.BACK_OFF", 0.01)
    monkeypatch.setattr(fleet, "_work", work)
    fleet.run(by="test")
    assert worked == 4
    stop.clear()
    short.append(OSError(errno.EACCES, "Permission denied"))
    with pytest.raises(PermissionError):
        Fleet.run(fleet, by="test")


@needs("postgresql")
def test_jobs_of_a_dead_worker_are_handed_out_again_and_once(on_postgresql: Settings) -> None:
    fleet = Fleet(on_postgresql, unasked, [STEPS], threading.Event(), utc_now)

    async def go() -> list[Job]:
        fleet._app = fleet._made()
        async with fleet._app.open_async():
            manager = fleet._app.job_manager
            dead = await manager.register_worker()
            await fleet._defer([Wish("group"), Wish("join")])
            taken = [await manager.fetch_job([STEPS, STORIES], dead) for _ in "ab"]
            assert {job.lock for job in taken if job} == {"group", "join"}
            await fleet._defer([Wish("join")])  # it waits already when the other one is found
            await manager.unregister_worker(dead)
            await fleet._rescue()
            await fleet._rescue()
            return list(await manager.list_jobs_async())

    furnish(on_postgresql)
    furnish(on_postgresql)  # a second process makes nothing anew
    left = asyncio.run(go())
    assert sorted((job.lock, job.status) for job in left) == [("group", "todo"), ("join", "todo")]


def test_a_machine_with_another_home_is_refused(tmp_path: Path) -> None:
    url = {"store": StoreSettings(url=f"sqlite:///{tmp_path}/shared.db")}
    homes = [load(tmp_path / name).model_copy(update=url) for name in ("one", "other")]
    with open_installation(homes[0]) as one, open_installation(homes[1]) as other:
        same_home(one)
        same_home(one)
        with pytest.raises(Misconfigured, match="is not the home"):
            same_home(other)
        (tmp_path / "other" / NAMED).write_text((tmp_path / "one" / NAMED).read_text())
        same_home(other)


def test_machines_that_start_at_once_agree_which_home_it_is(tmp_path: Path) -> None:
    """One is slow to write its word; the other one comes, and goes to work, meanwhile."""
    begun, gone = threading.Event(), threading.Event()

    def slow() -> str:
        begun.set()
        assert gone.wait(SOON)
        return "slow"

    with open_installation(load(tmp_path)) as one, open_installation(load(tmp_path)) as other:
        with ThreadPoolExecutor() as threads:
            slowly = threads.submit(same_home, one, slow)
            assert begun.wait(SOON)
            same_home(other, lambda: "quick")
            gone.set()
            slowly.result(SOON)
        assert (tmp_path / NAMED).read_text() == one.record.fact(NAMED) == "quick"
    assert list(tmp_path.glob(f"{NAMED}.*")) == []


def test_a_home_whose_name_was_never_written_is_told_and_the_record_learns_nothing(tmp_path: Path) -> None:
    (tmp_path / NAMED).write_text("")
    with open_installation(load(tmp_path)) as house:
        with pytest.raises(Misconfigured, match="the file is empty"):
            same_home(house)
        assert house.record.fact(NAMED) is None


@pytest.mark.parametrize(
    ("queues", "kinds"),
    [
        ([CRAWL], [COLLECTOR]),
        ([STEPS, SEND, CARE], [WORKER]),
        ([STEPS, CRAWL], [WORKER, COLLECTOR]),
        ([SEND], [SENDER]),
    ],
)
def test_a_process_tells_of_itself_as_what_it_does(tmp_path: Path, queues: list[str], kinds: list[str]) -> None:
    """A crawler alone is no worker, whoever looks at the log."""
    fleet = Fleet(load(tmp_path), unasked, queues, threading.Event(), utc_now)
    with fleet._held:
        house, station = fleet._house(), fleet._house()
        fleet._record = house.record
        station.meter.timed("judge", lambda: Work(leases=1))
        fleet._tell(tmp_path / "alive")
        found = {kind: its for kind in (WORKER, COLLECTOR, SENDER) if (its := told(house.record, kind))}
    assert list(found) == kinds
    assert [kind for kind, its in found.items() if "judge" in its.steps] == kinds[:1]
    assert (tmp_path / "alive").exists()


def test_a_job_that_hangs_is_said_once_and_the_process_looks_alive_no_more(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    fleet = Fleet(load(tmp_path), unasked, [STEPS], threading.Event(), utc_now)
    alive = tmp_path / "alive"
    with fleet._held:
        fleet._record = fleet._house().record
        since = time.monotonic() - KINDS["index"].patience - 1
        fleet._going_on = {"care": (KINDS["care"], since), "index": (KINDS["index"], since)}
        fleet._tell(alive)
        fleet._tell(alive)
        assert not alive.exists()
        del fleet._going_on["index"]
        fleet._tell(alive)
        assert alive.exists()
    said = capsys.readouterr()
    assert (said.out + said.err).count("job-hangs") == 1


@needs("postgresql")
def test_a_user_who_may_only_read_is_told_so_and_waits_for_nothing(on_postgresql: Settings) -> None:
    furnish(on_postgresql)
    with psycopg.connect(**connection(on_postgresql), autocommit=True) as raw:
        raw.execute("CREATE ROLE reader_of_jobs LOGIN PASSWORD 'x'")
        raw.execute("GRANT SELECT ON ALL TABLES IN SCHEMA public TO reader_of_jobs")
        url = make_url(on_postgresql.store_url).set(username="reader_of_jobs", password="x")  # noqa: S106 (of a server of the tests)
        weak = on_postgresql.model_copy(update={"store": StoreSettings(url=url.render_as_string(hide_password=False))})
        with pytest.raises(Misconfigured, match="reader_of_jobs may not write in the schema"):
            furnish(weak)
        raw.execute("DROP OWNED BY reader_of_jobs")
        raw.execute("DROP ROLE reader_of_jobs")


def test_as_many_lanes_as_batches_wait() -> None:
    assert [len(lanes(articles, 100)) for articles in (1, 100, 101, 99_999)] == [1, 1, 2, LANES]


@pytest.mark.parametrize("words", [("--only", "steps"), ("--alive", "x")])
def test_on_one_machine_the_options_of_several_are_refused(
    tmp_path: Path, words: tuple[str, str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["diembao", "worker", "--home", str(tmp_path), *words])
    monkeypatch.setattr("diembao.app.running.one_core", lambda: None)  # which is for a process of its own
    with pytest.raises(SystemExit, match="2"):
        main()
    assert "on one machine: `diembao run`" in capsys.readouterr().err
