"""A run that is over stops where it stands, and its books are right."""

from __future__ import annotations

import asyncio
import gc
import signal
import threading
import time
from contextlib import asynccontextmanager, closing
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from crawlers.rounds import Plan, Round
from diembao.core.errors import RecordAway
from diembao.store.record import SqlStore
from tests.crawlers.collecting import NOW, Collecting, outlet
from tests.crawlers.newsroom import Answer, Asked, Newsroom
from tests.crawlers.pages import item, page, rss

SOON = 8.0  # seconds; a stopping run may not wait for a page that takes a minute


def slow_paper(room: Newsroom) -> threading.Event:
    """A first page, one that never ends, one behind it; the event says that the endless one was asked for."""
    reached = threading.Event()

    def endless(_: Asked) -> Answer:
        reached.set()
        return Answer(room.drip)

    room.answers = {
        "/rss": Answer(rss(item("/a", "A"), item("/endless", "B"), item("/c", "C"))),
        "/a": Answer(page("A ở Quy Nhơn")),
        "/endless": endless,
        "/c": Answer(page("C ở Quy Nhơn")),
    }
    return reached


def collecting(home: Path, room: Newsroom, **settings: object) -> Collecting:
    own = {"allow_private": [room.host], "timeout": 60, **settings}
    return Collecting(home, [outlet("cua-tinh", room.url("/rss"), fetch="all")], own)


def test_a_signal_ends_the_run_at_once_and_the_next_one_goes_on(tmp_path: Path) -> None:
    with Newsroom().open() as room:
        reached, crawl = slow_paper(room), collecting(tmp_path, room)
        process = crawl.start()
        assert reached.wait(30)
        asked = time.monotonic()
        process.send_signal(signal.SIGTERM)
        counts = crawl.end(process)
        assert time.monotonic() - asked < SOON
        assert (counts["stored"], counts["retry"]) == (1, 2)

        room.answers["/endless"] = Answer(page("B ở Quy Nhơn"))
        later = crawl.run(NOW + timedelta(seconds=1), sources=False)
        assert (later["seen"], later["stored"]) == (2, 2)
        assert room.paths().count("/rss") == 1
        assert room.paths().count("/a") == 1


def test_a_signal_is_no_failure_of_sources_that_were_not_read_yet(tmp_path: Path) -> None:
    with Newsroom().open() as room:
        reached = slow_paper(room)
        room.answers["/rss"] = room.answers["/endless"]
        crawl = collecting(tmp_path, room)
        crawl.outlets = [outlet("cua-tinh", room.url("/rss"), room.url("/rss-2"), fetch="all")]
        process = crawl.start()
        assert reached.wait(30)
        process.send_signal(signal.SIGTERM)
        counts = crawl.end(process)
        assert crawl.sightings(counts["run"]) == {
            room.url("/rss"): ["retry:stopped"],
            room.url("/rss-2"): ["retry:stopped"],
        }
        with closing(SqlStore(crawl.url)) as store:
            assert list(store.outlet_states()) == []


def test_the_time_of_a_run_ends_it_and_sources_not_reached_are_on_the_books(tmp_path: Path) -> None:
    with Newsroom().open() as room:
        slow_paper(room)
        room.answers["/rss"] = Answer(room.drip)
        crawl = collecting(tmp_path, room, run_time=1)
        crawl.outlets = [outlet("cua-tinh", room.url("/rss"), room.url("/rss-2"), fetch="all")]
        counts = crawl.run()
        assert crawl.sightings(counts["run"]) == {
            room.url("/rss"): ["retry:time limit"],
            room.url("/rss-2"): ["retry:time limit"],
        }


def test_a_record_that_goes_away_is_told_once_and_not_for_each_host() -> None:
    told: list[dict[str, Any]] = []

    @asynccontextmanager
    async def at(_: str) -> Any:
        yield

    async def away() -> None:
        await asyncio.sleep(0)
        raise RecordAway("gone")

    async def go() -> None:
        asyncio.get_running_loop().set_exception_handler(lambda _, context: told.append(context))
        settings, pace = SimpleNamespace(run_time=60), SimpleNamespace(ask=lambda *_: None)
        desk = SimpleNamespace(ledger=SimpleNamespace(due=lambda *_: []), run=1, now=lambda: NOW, settings=settings)
        fetcher = SimpleNamespace(pace=pace, turns=SimpleNamespace(at=at))
        this = Round(cast("Any", desk), cast("Any", fetcher))
        for number in range(9):
            home = f"https://{number}.example/"
            this._add(home, outlet("cua-tinh", home), away)
        with pytest.raises(RecordAway):
            await this.go(Plan(sources=False))

    asyncio.run(go())
    gc.collect()
    assert told == []
