"""Official information that is fetched over HTTP: known again, never over a person's word, whatever comes back."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest

from crawlers.feeds import parse
from crawlers.fetch import Reply
from diembao.core.accounts import Hand
from diembao.core.article import Outlet
from diembao.core.errors import Misconfigured
from diembao.core.fact_feeds import FactFeed
from diembao.core.settings import load
from diembao.pipeline.fact_feeds import FactFetching, due, fetch, named
from diembao.pipeline.handing_in import Unread, Usual, feed_limits, feed_rows
from diembao.pipeline.wiring import Installation, open_installation
from tests.crawlers.newsroom import Answer, Asked, Newsroom

NOW = datetime.now(UTC)
DAY = timedelta(days=1)
KIT = "human-rights"


def entry(number: int, text: str = "", link: str = "", days: float | None = 0) -> str:
    date = f"<pubDate>{NOW - days * DAY:%a, %d %b %Y %H:%M:%S +0000}</pubDate>" if days is not None else ""
    said = text or f"<![CDATA[<p>Số liệu <b>{number}</b> &amp; cập nhật</p><script>alert(1)</script>]]>"
    return (
        f"<item><title>Thông báo {number}</title><description>{said}</description>"
        f"<link>{link or f'https://moh.example.vn/tin/{number}'}</link>{date}</item>"
    )


def rss(*entries: str) -> bytes:
    return (
        f'<?xml version="1.0"?><rss version="2.0"><channel><title>Bộ</title>{"".join(entries)}</channel></rss>'.encode()
    )


def _toml(values: dict[str, Any]) -> list[str]:
    return [f"{key} = {json.dumps(value)}" for key, value in values.items()]


class Ministry:
    """A home whose settings name feeds of one newsroom, and what the program does there, as its users do."""

    def __init__(self, home: Path, room: Newsroom, busy: Newsroom) -> None:
        self.home, self.room, self.busy = home, room, busy

    def settle(self, *feeds: dict[str, Any]) -> None:
        crawl = {"contact": "x@example.org", "delay": 0, "timeout": 5, "max_feed_bytes": 900_000}
        lines = ["[crawl]", *_toml(crawl | {"allow_private": [self.room.host, self.busy.host]})]
        for each in feeds:
            named = {"kit": KIT, "source": "Bộ Y tế", "url": self.room.url(f"/{each['name']}.rss")}
            lines += ["[[facts.feeds]]", *_toml(named | each)]
        (self.home / "diembao.toml").write_text("\n".join(lines), encoding="utf-8")

    def fetch(self, *names: str, code: int = 0) -> dict[str, dict[str, Any]]:
        command = [sys.executable, "-m", "diembao.app.cli", "kits", "fetch", *names, "--json", "--home", str(self.home)]
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=240)
        assert done.returncode == code, done.stdout + done.stderr
        return {each["name"]: each for each in json.loads(done.stdout)["feeds"]}

    def house(self) -> Installation:
        return open_installation(load(self.home))


@pytest.fixture
def ministry(tmp_path: Path) -> Iterator[Ministry]:
    with Newsroom().open() as room, Newsroom().open() as busy:
        busy.answers["/ban.rss"] = Answer(status=503, headers={"Retry-After": "7200"})
        yield Ministry(tmp_path, room, busy)


def conditional(feed: bytes) -> Any:
    """A server that knows its ETag."""

    def answer(asked: Asked) -> Answer:
        same = asked.headers.get("If-None-Match") == '"1"'
        return Answer(b"", 304) if same else Answer(feed, headers={"ETag": '"1"'})

    return answer


# On none of these days it can have been published; the last has the address of what is dated well.
MISDATED = (
    entry(8, days=None).replace("</item>", "<pubDate>31 Feb 2026</pubDate></item>"),
    entry(9, days=365 * 125),
    entry(31, days=-365 * 73),
)
FAILING = {
    "lon": Answer(lambda: iter([b"<rss>", *[b"x" * 1_000_000] * 50])),
    "trang": Answer(b"<html><body>Dang nhap</body></html>"),
    "mat": Answer(status=404),
    "trong": Answer(status=302, headers={"Location": "http://169.254.169.254/latest"}),
    "thuc-the": Answer(b'<!DOCTYPE a [<!ENTITY b "c">]><rss><channel><item/></channel></rss>'),
    "nhieu": Answer(rss(*(entry(n) for n in range(1, 1100)))),
    "cam": Answer(rss(entry(2))),
}


def test_feeds_are_fetched_as_facts_and_asked_again_and_what_fails_is_told_by_its_fate(ministry: Ministry) -> None:
    feeds = [*({"name": name} for name in FAILING), {"name": "ban", "url": ministry.busy.url("/ban.rss")}]
    ministry.settle({"name": "bo-y-te"}, {"name": "so", "complete": True}, {"name": "doi"}, *feeds)
    inside = entry(7, link="http://10.0.0.8/may-in")
    twice = entry(1, "Cùng địa chỉ, chữ khác")
    first = rss(entry(1), twice, entry(2, days=None), entry(3, days=90), inside, "<item><title>Trống</title></item>")
    ministry.room.answers = {
        **{f"/{name}.rss": answer for name, answer in FAILING.items()},
        "/bo-y-te.rss": conditional(first),
        "/so.rss": Answer(rss(*(entry(n) for n in (21, 22, 23, 24)))),
        "/doi.rss": conditional(rss(*MISDATED, entry(31))),
        "/robots.txt": Answer(b"User-agent: *\nDisallow: /cam.rss\n"),
    }
    told = ministry.fetch(code=1)
    _well_read(ministry, told["bo-y-te"])
    assert {name: (told[name]["outcome"], told[name]["why"].split(":")[0]) for name in [*FAILING, "ban"]} == {
        "lon": ("refused", "size"),
        "trang": ("aside", "no feed"),
        "mat": ("refused", "status-404"),
        "ban": ("retry", "status-503"),
        "trong": ("refused", "address"),
        "thuc-the": ("aside", "entities"),
        "nhieu": ("aside", "Nhiều quá 1000 mục một lần; chưa nhận gì (More than 1000 rows; nothing was taken)"),
        "cam": ("refused", "robots"),
    }
    with ministry.house() as house:
        its = {fact.text.split(".")[0]: fact for fact in house.store.facts(KIT)}
        hand = Hand("person:7", "session:1")
        house.store.end_fact(its["Thông báo 21"].number, hand, NOW)
        own = replace(its["Thông báo 22"], text="Lời của cơ quan.")
        house.store.add_fact(own, hand, NOW, instead=own.number)
        assert len(due(house, NOW + 2 * DAY)) == len(FAILING) + 4

    ministry.settle({"name": "bo-y-te"}, {"name": "so", "complete": True}, {"name": "doi", "days": 60})
    changed = entry(23, "Đính chính: số liệu đúng là 30")
    again = entry(21, link="https://moh.example.vn/tin/khac")  # under another address, the words a person took back
    ministry.room.answers["/so.rss"] = Answer(rss(entry(22, "Mới."), changed, again))
    told = ministry.fetch()
    assert told["bo-y-te"]["outcome"] == "unchanged"
    assert told["so"]["counts"] == {"kept": 2, "replaced": 1, "aside": 0, "ended": 1}
    assert told["doi"]["counts"] == {"replaced": 1, "aside": 3, "ended": 0}  # the same bytes, with other days
    why = [each["why"].partition("ngày ")[2] for each in told["doi"]["aside"]]
    assert ("“31 Feb 2026” không thể có" in why[0], why[2].partition(" +0000” không thể có")[1] != "") == (True, True)
    with ministry.house() as house:
        its = {fact.text.split(". ")[0]: fact for fact in house.store.facts(KIT)}
        doi = {each.name: each for each in house.store.fact_feeds()}["doi"]
        assert doi.etag == ""  # asked for whole again: the day of what lies ahead may come
        assert set(its) == {"Lời của cơ quan.", *(f"Thông báo {n}" for n in (1, 2, 23, 31))}
        assert its["Thông báo 23"].text == "Thông báo 23. Đính chính: số liệu đúng là 30"


def _well_read(ministry: Ministry, told: dict[str, Any]) -> None:
    assert (told["entries"], told["counts"]) == (6, {"added": 2, "aside": 4, "ended": 0})
    why = " ".join(each["why"] for each in told["aside"])
    for part in ("hai lần", "đã hết hiệu lực", "địa chỉ bên trong", "no-link"):
        assert part in why
    with ministry.house() as house:
        first, undated = (fact for fact in house.store.facts(KIT) if fact.by == "feed:bo-y-te")
        assert (first.text, first.source) == ("Thông báo 1. Số liệu 1 & cập nhật", "Bộ Y tế")
        assert first.url == "https://moh.example.vn/tin/1"
        assert first.start
        assert first.end == undated.end == first.start + timedelta(days=30)
        assert undated.start == first.start  # an entry without a date holds from the day on which it came
        assert due(house, datetime.now(UTC)) == []
        row = next(each for each in house.store.audit() if each.subject == f"fact:{first.number}")
        assert (row.actor, row.act, row.where) == ("feed:bo-y-te", "kit.change", "feed")
        known = {each.name: each for each in house.store.fact_feeds()}["mat"]
        assert known.next_at
        assert known.asked_at
        assert known.next_at - known.asked_at == timedelta(hours=12)  # later each time, a day at most


def test_what_cannot_be_is_told_at_the_start_and_a_feed_is_read_beside_the_steps(ministry: Ministry) -> None:
    ministry.settle({"name": "bo", "kit": "no-such"})
    with ministry.house() as house, pytest.raises(Misconfigured, match="there is no kit 'no-such'"):
        FactFetching(house)
    ministry.settle({"name": "bo"})
    ministry.room.answers["/bo.rss"] = Answer(rss(entry(1)))
    with ministry.house() as house, FactFetching(house) as fetching:
        fetching.look(NOW)
        assert fetching.child
        assert fetching.child.wait(240) == 0
        fetching.look(NOW)
        assert fetching.child is None
        assert [fact.text for fact in house.store.facts(KIT)] == ["Thông báo 1. Số liệu 1 & cập nhật"]


class Elsewhere:
    """A fetcher whose turn at the host comes when another process, which was there, has read the feed."""

    def __init__(self, house: Installation) -> None:
        self.house, self.there = house, False
        self.turns, self.asked = self, list[str]()

    @asynccontextmanager
    async def at(self, host: str) -> AsyncIterator[None]:
        (feed,) = named(self.house)
        read = FactFeed("bo", feed.chosen.url, NOW, NOW, NOW, next_at=NOW + DAY, read_as=feed.read_as)
        self.house.store.keep_fact_feed(read)
        self.there = True
        yield
        self.there = False

    async def get(self, url: str, **_: object) -> Reply:
        assert self.there
        self.asked.append(url)
        return Reply(url, 200, rss(entry(1)))


@pytest.mark.parametrize("all_the_same", [False, True])
def test_what_another_process_has_read_while_this_one_waited_for_the_host_is_read_again_on_demand_alone(
    ministry: Ministry, monkeypatch: pytest.MonkeyPatch, *, all_the_same: bool
) -> None:
    ministry.settle({"name": "bo"})
    with ministry.house() as house:
        fetcher, waiting = Elsewhere(house), due(house, NOW)
        monkeypatch.setattr("diembao.pipeline.fact_feeds.errand_of", lambda _, __, work: asyncio.run(work(fetcher)))
        done = fetch(house, waiting, lambda: NOW, all_the_same=all_the_same)
        assert (len(waiting), len(done), len(fetcher.asked)) == (1, all_the_same, all_the_same)


def dated(minutes: int, text: str, path: str = "a") -> str:
    date = f"{NOW - timedelta(minutes=minutes):%a, %d %b %Y %H:%M:%S +0000}"
    return f"<item><title>{text}</title><link>https://moh.example.vn/{path}</link><pubDate>{date}</pubDate></item>"


UNDATED = "<item><title>Không ngày</title><link>https://moh.example.vn/a</link></item>"
BROKEN = UNDATED.replace("Không", "Sai").replace("</item>", "<pubDate>31 Feb 2026</pubDate></item>")
TWINS = [dated(90, "Số cũ"), dated(5, "Số mới"), UNDATED, BROKEN]
SAME_WORDS = [dated(90, "Như nhau", "b"), dated(5, "Như nhau", "c")]


@pytest.mark.parametrize(
    ("entries", "standing"),
    [
        (order, {told})
        for twins, told in (
            (TWINS, "Số mới https://moh.example.vn/a"),
            (TWINS[2:], "Không ngày https://moh.example.vn/a"),
            (SAME_WORDS, "Như nhau https://moh.example.vn/c"),
        )
        for order in permutations(twins)
    ],
)
def test_of_entries_of_one_address_or_of_the_same_words_the_one_that_changed_last_is_the_fact(
    entries: Sequence[str], standing: set[str]
) -> None:
    sender = Outlet("bo", "Bộ", "", "vi", "https://moh.example.vn/")
    feed = parse(rss(*entries), sender.home, sender, NOW, feed_limits())
    rows = feed_rows(feed, Usual(KIT, "Bộ", days=30), NOW)
    assert {f"{row[1].fact.text} {row[1].fact.url}" for row in rows if not isinstance(row, Unread)} == standing
    assert len(rows) == len(entries)


def test_of_twins_without_a_date_the_first_is_the_fact() -> None:
    sender = Outlet("bo", "Bộ", "", "vi", "https://moh.example.vn/")
    for first, second in permutations(["Một", "Hai"]):
        listed = rss(*(UNDATED.replace("Không", each) for each in (first, second)))
        feed = parse(listed, sender.home, sender, NOW, feed_limits())
        (taken,) = (row for row in feed_rows(feed, Usual(KIT, "Bộ"), NOW) if not isinstance(row, Unread))
        assert taken[1].fact.text == f"{first} ngày"
