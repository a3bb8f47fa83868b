"""When a source is asked again, and what is remembered of hosts from run to run: on the real store."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from crawlers.listed import Feed
from crawlers.timetable import Timetable
from diembao.core.errors import Retry
from diembao.core.ledger import Entry
from diembao.core.settings_crawl import CrawlSettings
from diembao.store.record import SqlStore
from tests.crawlers.collecting import NOW

SOURCE, HOST = "https://bao.vn/rss", "bao.vn:443"
FLOOR, CEILING = 900.0, 10_800.0


class Clock:
    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqlStore]:
    opened = SqlStore(f"sqlite:///{tmp_path / 'diembao.db'}")
    yield opened
    opened.close()


Make = Callable[..., Timetable]


@pytest.fixture
def make(store: SqlStore, clock: Clock) -> Make:
    """A new run, which knows only what the ones before have kept."""

    def made(chance: float = 0.5, **settings: Any) -> Timetable:
        timetable = Timetable(store, CrawlSettings(**{"max_interval": CEILING, **settings}), clock, lambda: chance)
        timetable.look_up([SOURCE])
        return timetable

    return made


def feed(every: timedelta, count: int = 10) -> Feed:
    times = [NOW - n * every for n in range(count)]
    return Feed(tuple(Entry(str(n), "", "", SOURCE, "", published_at=when) for n, when in enumerate(times)), ())


def pause(timetable: Timetable) -> float:
    next_at = timetable.poll(SOURCE).next_at
    assert next_at is not None
    return (next_at - timetable._now()).total_seconds()


@pytest.mark.parametrize(
    ("every", "seconds"),
    [
        (timedelta(minutes=2), FLOOR),
        (timedelta(hours=1), 1800.0),
        (timedelta(hours=4), 7200.0),
        (timedelta(days=2), CEILING),
    ],
)
def test_the_interval_is_half_the_outlets_own_within_the_settings(make: Make, every: timedelta, seconds: float) -> None:
    timetable = make()
    timetable.was_read(SOURCE, feed(every), new=3, fresh_for=0)
    assert pause(timetable) == seconds


def test_without_a_setting_the_longest_interval_is_four_times_the_shortest(make: Make) -> None:
    timetable = make(max_interval=None, interval=10)
    timetable.was_read(SOURCE, feed(timedelta(days=2)), new=1, fresh_for=86_400)
    assert pause(timetable) == 40.0


def test_while_nothing_new_comes_the_pause_grows_to_four_times_and_then_is_back(make: Make) -> None:
    timetable = make()
    timetable.was_read(SOURCE, feed(timedelta(minutes=40)), new=1, fresh_for=0)
    seen = []
    for _ in range(12):
        timetable.was_read(SOURCE, Feed((), ()), new=0, fresh_for=0)
        seen.append(pause(timetable))
    assert seen[0] == 1500.0
    assert seen == sorted(seen)
    assert seen[-1] == 4800.0
    timetable.was_read(SOURCE, feed(timedelta(minutes=40)), new=1, fresh_for=0)
    assert pause(timetable) == 1200.0


def test_cache_headers_put_a_source_off_but_not_beyond_the_longest_interval(make: Make) -> None:
    timetable = make()
    timetable.was_read(SOURCE, feed(timedelta(minutes=2)), new=1, fresh_for=3600)
    assert pause(timetable) == 3600.0
    timetable.was_read(SOURCE, feed(timedelta(minutes=2)), new=1, fresh_for=86_400)
    assert pause(timetable) == CEILING


def test_a_source_is_due_to_the_nearest_run_and_a_new_one_at_once(make: Make, clock: Clock) -> None:
    timetable = make()
    assert timetable.is_due(SOURCE)
    timetable.was_read(SOURCE, feed(timedelta(hours=1)), new=1, fresh_for=0)
    timetable.close()
    for minutes, due in ((10, False), (20, False), (24, True), (60, True)):
        clock.now = NOW + timedelta(minutes=minutes)
        assert make().is_due(SOURCE) is due


def test_a_source_that_fails_is_asked_less_and_less_often_and_never_given_up(make: Make) -> None:
    timetable = make()
    pauses = []
    for _ in range(20):
        timetable.failed(SOURCE, None)
        pauses.append(pause(timetable))
    assert pauses[:3] == [1800.0, 3600.0, 7200.0]
    assert pauses[-1] == 86_400.0
    timetable.was_read(SOURCE, feed(timedelta(minutes=2)), new=1, fresh_for=0)
    assert pause(timetable) == FLOOR


def test_sources_that_fail_together_do_not_come_back_together(make: Make) -> None:
    pauses = []
    for chance in (0.0, 0.5, 1.0):
        timetable = make(chance)
        timetable.failed(SOURCE, None)
        pauses.append(pause(timetable))
    assert pauses == [1350.0, 1800.0, 2250.0]


def test_a_time_that_a_server_names_is_obeyed_to_the_second_in_later_runs(make: Make, clock: Clock) -> None:
    first = make(0.0)
    first.failed(SOURCE, 7200.0)
    assert pause(first) == 7200.0
    first.close()
    clock.now = NOW + timedelta(seconds=7199)
    with pytest.raises(Retry, match="resting") as resting:
        make().refuse_rest(SOURCE)
    assert resting.value.after == 1.0
    clock.now = NOW + timedelta(seconds=7200)
    make().refuse_rest(SOURCE)


def test_a_host_that_rests_does_so_in_the_next_run_even_if_this_one_is_killed(make: Make) -> None:
    make().rest(HOST, NOW + timedelta(hours=1))  # never closed
    assert make().rests_until(HOST) == NOW + timedelta(hours=1)


def test_robots_txt_is_remembered_for_a_day(make: Make, clock: Clock) -> None:
    first = make()
    assert first.robots(HOST) is None
    first.keep_robots(HOST, "")
    first.close()
    assert make().robots(HOST) == ""
    clock.now = NOW + timedelta(days=1)
    assert make().robots(HOST) is None


def test_a_hosts_budget_is_that_of_the_day_whoever_spent_it(make: Make, clock: Clock) -> None:
    for _ in range(2):
        timetable = make(daily_requests=5)
        timetable.spend(HOST)
        timetable.spend(HOST)
        timetable.close()
    last = make(daily_requests=5)
    last.spend(HOST)
    with pytest.raises(Retry, match="budget") as spent:
        last.spend(HOST)
    midnight = datetime(2026, 11, 22, tzinfo=UTC)
    assert spent.value.after == (midnight - NOW).total_seconds()
    last.close()
    clock.now = midnight
    make(daily_requests=5).spend(HOST)
