from __future__ import annotations

import asyncio
import itertools
from datetime import UTC, datetime, timedelta

import pytest

from crawlers.pace import MAX_ASKED_DELAY, Pace, seconds_asked
from crawlers.robots import Robots
from diembao.core.errors import Refused, Retry

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
KEY = "bao.vn:443"


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("120", 120.0),
        ("0", 0.0),
        ("999999999999", 86400.0),
        ("Sat, 21 Nov 2026 12:02:00 GMT", 120.0),
        ("Fri, 20 Nov 2026 12:00:00 GMT", 0.0),
        ("soon", None),
        ("-5", None),
        ("", None),
    ],
)
def test_what_a_host_asks_for_is_read(header: str, seconds: float | None) -> None:
    assert seconds_asked(header, NOW) == seconds


async def turns(pace: Pace, count: int) -> list[tuple[float, float]]:
    """Begin and end of so many turns that want to be taken at once."""
    loop, taken = asyncio.get_running_loop(), []

    async def turn() -> None:
        async with pace.turn(KEY):
            began = loop.time()
            await asyncio.sleep(0.01)
            taken.append((began, loop.time()))

    await asyncio.gather(*(turn() for _ in range(count)))
    return taken


def gaps(taken: list[tuple[float, float]]) -> list[float]:
    return [later[0] - earlier[1] for earlier, later in itertools.pairwise(taken)]


def test_one_request_at_a_time_with_a_pause_behind_it() -> None:
    assert min(gaps(asyncio.run(turns(Pace(0.1, lambda: NOW), 4)))) >= 0.1


def test_the_longest_pause_that_anybody_asks_for_counts() -> None:
    pace = Pace(0.01, lambda: NOW)
    pace.ask(KEY, None, 0.15)
    pace.ask(KEY, 0.05)
    assert min(gaps(asyncio.run(turns(pace, 3)))) >= 0.15


def test_no_robots_txt_can_stop_us_by_asking_for_an_hour() -> None:
    pace = Pace(0, lambda: NOW)
    pace.ask(KEY, 3600.0, float("nan"), -5.0)
    assert pace._host(KEY).delay == MAX_ASKED_DELAY


def test_a_resting_host_is_left_alone_until_its_time() -> None:
    clock = [NOW]
    pace = Pace(0, lambda: clock[0])
    pace.rest(KEY, 120)
    with pytest.raises(Retry) as retry:
        asyncio.run(turns(pace, 1))
    assert retry.value.after == 120
    clock[0] += timedelta(seconds=120)
    assert len(asyncio.run(turns(pace, 1))) == 1


def test_a_host_that_cannot_be_reached_three_times_in_a_row_rests() -> None:
    pace = Pace(0, lambda: NOW)
    for well in (False, False, True, False, False):
        pace.reached(KEY, well=well)
    assert len(asyncio.run(turns(pace, 1))) == 1
    pace.reached(KEY, well=False)
    with pytest.raises(Retry, match="resting"):
        asyncio.run(turns(pace, 1))


class Host:
    """Its robots.txt, and how often it was asked for."""

    def __init__(self, text: str | Exception) -> None:
        self.text, self.asked = text, 0
        self.delays: list[float | None] = []

    async def fetch(self, _: str) -> str:
        self.asked += 1
        await asyncio.sleep(0)
        if isinstance(self.text, Exception):
            raise self.text
        return self.text

    def permit(self, *urls: str) -> list[object]:
        robots = Robots(self.fetch, lambda _, *delays: self.delays.extend(delays))

        async def all_of_them() -> list[object]:
            return list(await asyncio.gather(*map(robots.permit, urls), return_exceptions=True))

        return asyncio.run(all_of_them())


def test_robots_txt_is_asked_for_once_and_obeyed_for_our_name() -> None:
    host = Host("User-agent: DiemBao\nDisallow: /kin\nCrawl-delay: 3\n\nUser-agent: *\nDisallow: /\n")
    one, two = host.permit("https://bao.vn/a", "https://bao.vn/kin/b")
    assert one is None
    assert isinstance(two, Refused)
    assert two.reason == "robots"
    assert (host.asked, host.delays) == (1, [3.0, None])


def test_a_host_whose_rules_cannot_be_read_is_not_read() -> None:
    host = Host(Retry("status-503", after=60))
    found = host.permit("https://bao.vn/a", "https://bao.vn/b")
    assert all(isinstance(each, Retry) and each.after == 60 for each in found)
    assert host.asked == 1


def test_a_robots_txt_that_is_made_to_be_slow_is_not_waited_for() -> None:
    host = Host("User-agent: *\nDisallow: /" + "*a" * 200 + "*b$\n")
    (found,) = host.permit("https://bao.vn/" + "a" * 1500)
    assert found is None or isinstance(found, Exception)


def test_whoever_comes_to_a_host_makes_its_pause_first_for_somebody_may_have_left_just_now() -> None:
    async def begun() -> float:
        pace, started = Pace(0.1, lambda: NOW), asyncio.get_running_loop().time()
        pace.ask(KEY, 0.2)
        pace.arrive(KEY)
        return (await turns(pace, 1))[0][0] - started

    assert asyncio.run(begun()) >= 0.2
