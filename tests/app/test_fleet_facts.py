"""Official information that several workers fetch: real PostgreSQL and Elasticsearch, a ministry over HTTP, kill -9."""

from __future__ import annotations

import asyncio
import json
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from diembao.api.door import open_door
from diembao.api.keys import Wish as KeyWish
from diembao.core.accounts import CONSOLE
from diembao.core.background import unasked
from diembao.core.settings import Settings, load
from diembao.pipeline.fact_feeds import due
from diembao.pipeline.fleet import Fleet
from diembao.pipeline.jobs import CARE, Wish
from diembao.pipeline.wiring import Installation, open_installation
from diembao.pipeline.worker import utc_now
from tests.app.machines import PATIENCE, answers, asked, servers, started, until
from tests.crawlers.newsroom import Answer, Asked, Newsroom
from tests.crawlers.pages import item, rss
from tests.parts import needs
from tests.test_whole_path import free_block

KIT = "human-rights"
DATE = f"{datetime.now(UTC):%a, %d %b %Y} 00:00:00 +0000"
SAID = [f"Thông báo {number}" for number in range(1, 4)]
LISTED = [{"url": f"https://so.example.vn/{n}", "title": f"Số liệu {n}"} for n in (1, 2)]


class Ministry:
    """Each of its two feeds knows its ETag; of the second one the first answer does not end before it is told to."""

    def __init__(self, room: Newsroom) -> None:
        self.room, self.reading, self.ends = room, threading.Event(), threading.Event()
        told = json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": LISTED}).encode()
        items = (item(f"https://bo.example.vn/{n}", title=title, date=DATE) for n, title in enumerate(SAID))
        self._feeds = {"/bo.rss": rss(*items), "/so.json": told}
        room.answers = dict.fromkeys(self._feeds, self._answer)

    def _answer(self, each: Asked) -> Answer:
        if each.headers.get("If-None-Match") == '"1"':
            return Answer(b"", 304)
        body = self._feeds[each.path]
        first = each.path == "/so.json" and self.times()["/so.json"] == 1
        return Answer(self._slowly(body) if first else body, headers={"ETag": '"1"'}, length=not first)

    def _slowly(self, body: bytes) -> Iterator[bytes]:
        yield body[:20]
        self.reading.set()
        self.ends.wait(PATIENCE)
        yield body[20:]

    def times(self) -> Counter[str]:
        """How often each feed was asked for."""
        return Counter(path for path in self.room.paths() if path in self._feeds)


@pytest.fixture
def ministry() -> Iterator[Ministry]:
    with Newsroom().open() as room:
        made = Ministry(room)
        yield made
        made.ends.set()


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ministry: Ministry) -> Settings:
    host = ministry.room.host
    lines = ["[crawl]", 'contact = "x@example.org"', "delay = 0", "timeout = 120", f'allow_private = ["{host}"]']
    for name, path in (("bo", "/bo.rss"), ("so", "/so.json")):
        lines += ["[[facts.feeds]]", f'name = "{name}"', f'url = "{ministry.room.url(path)}"']
        lines += [f'kit = "{KIT}"', 'source = "Bộ mẫu"']
    (tmp_path / "diembao.toml").write_text("\n".join(lines), encoding="utf-8")
    for name, value in servers("fleet_facts", tmp_path).items():
        monkeypatch.setenv(f"DIEMBAO_{name}", value)
    return load(tmp_path)


def fetching(home: Path) -> list[int]:
    """The workers whose children are at the feeds of this home now."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            words, told = (folder / "cmdline").read_bytes().split(b"\0"), (folder / "stat").read_text()
        except OSError:  # it has ended
            continue
        if b"diembao.pipeline.fact_feeds" in words and str(home).encode() in words:
            found.append(int(told.rpartition(")")[2].split()[1]))
    return found


def keeps(house: Installation) -> Counter[str]:
    """Facts that stand, by whom."""
    return Counter(fact.by for fact in house.store.facts(KIT))


def all_due(settings: Settings, house: Installation) -> None:
    """Now, and their job, which comes with each minute."""
    now = datetime.now(UTC)
    for each in house.store.fact_feeds():
        house.store.keep_fact_feed(replace(each, next_at=now))
    asyncio.run(_wished(Fleet(settings, unasked, [CARE], threading.Event(), utc_now)))


async def _wished(fleet: Fleet) -> None:
    fleet._app = fleet._made()
    async with fleet._app.open_async():
        await fleet._defer([Wish("facts")])


@needs("postgresql")
@needs("elasticsearch")
def test_of_two_workers_one_fetches_each_feed_once_and_the_other_goes_on_where_it_was_killed(
    settings: Settings, tmp_path: Path, ministry: Ministry
) -> None:
    port = free_block(1)
    with ExitStack() as stack:
        workers = {each.pid: each for each in (stack.enter_context(started(tmp_path, "worker")) for _ in range(2))}
        house = stack.enter_context(open_installation(settings))
        until(ministry.reading.is_set)
        assert keeps(house) == {"feed:bo": len(SAID)}
        (parent,) = fetching(tmp_path)
        workers.pop(parent).kill()
        until(lambda: not due(house, datetime.now(UTC)))
        assert fetching(tmp_path) in ([], [*workers])  # nobody but the one that is left
        assert ministry.times() == {"/bo.rss": 1, "/so.json": 2}
        assert keeps(house) == {"feed:bo": len(SAID), "feed:so": len(LISTED)}
        added = [row.subject for row in house.store.audit() if row.act == "kit.change"]
        assert len(added) == len(set(added)) == len(SAID) + len(LISTED)
        stack.enter_context(started(tmp_path, "worker"))
        stack.enter_context(started(tmp_path, "web", "--port", str(port)))
        all_due(settings, house)
        until(lambda: not due(house, datetime.now(UTC)))
        assert ministry.times() == {"/bo.rss": 2, "/so.json": 3}
        until(lambda: answers(port))
        door = open_door(house.store, house.settings, house.profile.id)
        key = door.keys.add(KeyWish("may", house.profile.id), by=CONSOLE).token
        told = asked(port, f"/api/v1/kits/{KIT}", key)
    assert sorted(each["text"] for each in told["facts"]) == sorted([*SAID, *(each["title"] for each in LISTED)])
    assert {each["name"]: each["outcome"] for each in told["feeds"]} == {"bo": "unchanged", "so": "unchanged"}
