"""An index that is away, or takes nothing in: all else goes on, everybody is told, nothing is lost."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from diembao.app.status import status_of
from diembao.core.query import parse
from diembao.core.settings import Settings, load
from diembao.core.settings_channels import AlertSettings
from diembao.pipeline import steps
from diembao.pipeline.alarming import Standing
from diembao.pipeline.alarming import alarms as administrators_hear
from diembao.pipeline.waiting import LONGEST, waiting
from diembao.pipeline.wiring import Installation, open_installation
from diembao.pipeline.work import NOTHING, Work
from tests.parts import needs
from tests.servers import PASSWORD, USER, alias, running
from tests.store.making import NOW, article, keep


class Clock:
    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now

    def passes(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


@pytest.fixture
def clock() -> Clock:
    return Clock()


def on_elastic(home: Path, url: str) -> Settings:
    settings = load(home)
    chosen = {"engine": "elastic", "url": url, "alias": alias(home), "user": USER}
    return settings.model_copy(update={"index": settings.index.model_validate(chosen | {"password": PASSWORD})})


@pytest.fixture
def away(tmp_path: Path) -> Iterator[Installation]:
    """A house whose server is not there."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # not listening
        url = f"http://127.0.0.1:{taken.getsockname()[1]}"
        with open_installation(on_elastic(tmp_path, url)) as house:
            yield house


def work(house: Installation, clock: Clock) -> Work:
    return sum(steps.advance_to_end(house, clock, "test"), start=NOTHING)


def alarms(house: Installation, clock: Clock) -> list[str]:
    return [each["text"] for each in status_of(house, clock())["alarms"] if each["kind"] == "index"]


def test_a_server_that_is_away_holds_up_only_what_needs_it(away: Installation, clock: Clock) -> None:
    keep(away.store, article("a"), article("b"))
    done = work(away, clock)
    assert (done.judged, done.grouped, done.indexed, done.alerts) == (2, 2, 0, 0)
    assert away.store.bookmark("group") > away.store.bookmark("index") == away.store.bookmark("alert") == 0
    noted = waiting(away.store)
    assert noted is not None
    assert (noted.since, "cannot be reached" in noted.why) == (NOW, True)
    (told,) = alarms(away, clock)
    assert "Chỉ mục không nhận bài mới từ" in told
    assert f"{away.store.head()} việc đang chờ, không mất gì" in told


def test_it_is_asked_again_later_each_time_and_at_least_once_a_minute(away: Installation, clock: Clock) -> None:
    waits = []
    for _ in range(8):
        work(away, clock)
        noted = waiting(away.store)
        assert noted is not None
        assert noted.since == NOW
        waits.append((noted.until - clock()).total_seconds())
        clock.passes(waits[-1])
    assert waits == [1, 2, 4, 8, 16, 32, LONGEST, LONGEST]


def test_a_server_nobody_has_tried_to_write_is_told_too(away: Installation, clock: Clock) -> None:
    (told,) = alarms(away, clock)
    assert told.startswith("Không tìm kiếm được: không tới được Elasticsearch ở http://")


@needs("elasticsearch")
def test_after_an_hour_without_the_server_all_of_it_is_found_and_told_once(tmp_path: Path, clock: Clock) -> None:
    settings = on_elastic(tmp_path, running().url).model_copy(
        update={"alerts": (AlertSettings(name="Cảng", query="cảng"),)}
    )
    nowhere = settings.index.model_copy(update={"url": "http://127.0.0.1:1"})
    with open_installation(settings.model_copy(update={"index": nowhere})) as house:
        for each in range(3):
            keep(house.store, article(f"a{each}", seen_at=clock()), now=clock())
            work(house, clock)
            clock.passes(1200)
        assert "index" in {each.key for each in administrators_hear(house, clock(), Standing())}
        assert house.store.bookmark("group") > house.store.bookmark("alert") == 0
    with open_installation(settings) as house:  # it is back
        assert work(house, clock).indexed >= 3
        assert house.index.count(parse("", now=NOW)) == house.store.size() == 3
        assert work(house, clock) == NOTHING
        assert waiting(house.store) is None
        assert {(each.name, str(each.fate)) for each in house.store.deliveries()} == {("Cảng", "sent")}
        assert "index" not in {each.key for each in administrators_hear(house, clock(), Standing())}


@needs("elasticsearch")
def test_a_full_disk_delays_and_is_told_and_then_all_is_there(tmp_path: Path, clock: Clock) -> None:
    name = alias(tmp_path)
    with open_installation(on_elastic(tmp_path, running().url)) as house, running().client() as client:
        keep(house.store, article("a"))
        assert work(house, clock).indexed == 1
        client.indices.put_settings(index=name, settings={"index.blocks.read_only_allow_delete": True})
        keep(house.store, article("b"))
        assert work(house, clock).indexed == 0
        assert house.index.count(parse("", now=NOW)) == 1
        (told,) = alarms(house, clock)
        assert "disk full" in told
        client.indices.put_settings(index=name, settings={"index.blocks.read_only_allow_delete": None})
        assert work(house, clock).indexed == 0  # its time has not come
        clock.passes(1)
        assert work(house, clock).indexed == 2  # and the one beside it
        assert house.index.count(parse("", now=NOW)) == 2
        assert house.index.position() == house.store.bookmark("index") == house.store.bookmark("alert")
        assert (waiting(house.store), alarms(house, clock)) == (None, [])
