"""A copy that follows the record (docs/examples/follow.py) has what the record has, whatever happens in between."""

from __future__ import annotations

import importlib.util
import json
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from random import Random
from types import ModuleType
from typing import Any

import pytest

from diembao.api.following import POSITION, RECORD
from diembao.api.service import create_app
from diembao.core.accounts import Hand
from diembao.core.article import Kind
from diembao.core.bulk import Followed
from diembao.core.errors import WrongUse
from diembao.core.events import Event
from diembao.core.ledger import Outcome
from diembao.core.reading import Extent, Reading
from diembao.core.settings import load
from diembao.pipeline import backup, restore, steps, storying, worker
from diembao.pipeline.wiring import Installation, open_installation
from tests.api.conftest import Get, Inside, asked_inside
from tests.store.making import NOW, OFFICER, PROVINCE, article, entry, keep, read_source

EXAMPLE = Path(__file__).parents[2] / "docs/examples/follow.py"
ACTS, SEED = 90, 11
SLUGS = [f"a{n}" for n in range(14)]
TITLES = (
    "Tàu cá GL 93415 của ngư dân Hoài Nhơn chìm gần mũi Đề Gi, bảy thuyền viên được vớt, Gia Lai",
    "Tàu cá GL 93415 của ngư dân Hoài Nhơn chìm gần mũi Đề Gi, bảy thuyền viên được vớt, Gia Lai sáng nay",
    "Phù điêu nữ thần lộ ra dưới chân tháp Dương Long, xã Bình An, tỉnh Gia Lai",
    "Phù điêu nữ thần lộ ra dưới chân tháp Dương Long, xã Bình An, tỉnh Gia Lai, các nhà khảo cổ nói",
    "Giá cà phê ở Đắk Lắk tăng",
)


@pytest.fixture(scope="module")
def client() -> ModuleType:
    spec = importlib.util.spec_from_file_location("follow", EXAMPLE)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class Office:
    """Does one thing or another, a day later each time."""

    def __init__(self, house: Installation, seed: int) -> None:
        self.house, self.random, self.now = house, Random(seed), NOW
        self.done: dict[str, int] = {}

    def act(self) -> None:
        self.now += timedelta(hours=13)
        acts = (self.page, self.page, self.visited, self.corrected, self.taken_back, self.tied, self.again, self.work)
        act = self.random.choice(acts)
        try:
            act()
        except WrongUse:  # such as an article that is not there yet
            return
        self.done[act.__name__] = self.done.get(act.__name__, 0) + 1

    def page(self) -> None:
        """New, as it was, or with other words; whole, or a part."""
        slug, title = self.random.choice(SLUGS), self.random.choice(TITLES)
        reading = Reading(self.random.choice([Extent.WHOLE, Extent.WHOLE, Extent.STUB]))
        store, run = self.house.store, self.house.store.begin_run(self.now)
        read_source(store, run, pending=[entry(slug, digest=f"{self.now}")], now=self.now)
        made = article(slug, title=title, lead="", text=f"{title} {slug}", published_at=NOW)
        store.page_stored(run, entry(slug), made, now=self.now, response=slug.encode(), reading=reading)
        store.end_run(run, self.now)

    def visited(self) -> None:
        """What is due is there, or gone."""
        store, run = self.house.store, self.house.store.begin_run(self.now)
        for pending in store.revisits_due(run, self.now, about=[PROVINCE], limit=10):
            gone, why = Outcome.REFUSED, "status-404"
            store.revisit_failed(run, pending.entry, gone, now=self.now, reason=why, response=b"gone")
        store.end_run(run, self.now)

    def corrected(self) -> None:
        kind, keys = self.random.choice(
            [
                (Kind.STANCE, ["neutral"]),
                (Kind.STANCE, ["critical"]),
                (Kind.THEME_YES, ["economy"]),
                (Kind.THEME_NO, ["economy"]),
                (Kind.RELEVANCE, ["no"]),
            ]
        )
        self.house.store.correct(self.one(), kind, PROVINCE, keys, by=OFFICER, why="", now=self.now)

    def taken_back(self) -> None:
        kind = self.random.choice([Kind.STANCE, Kind.THEME, Kind.RELEVANCE])
        self.house.store.retract(self.one(), kind, PROVINCE, by=OFFICER, now=self.now)

    def tied(self) -> None:
        """Two stories are one, or one is two."""
        hand = Hand(OFFICER, "session:1")
        if self.random.random() < 0.5:
            storying.merge(self.house, self.one(), self.one(), hand, "", self.now)
        else:
            storying.split(self.house, self.one(), hand, "", self.now)

    def again(self) -> None:
        """Everything is judged and grouped once more."""
        self.house.store.set_fact("judges", f"of {self.now}")
        worker.announce_changes(self.house, lambda: self.now)

    def work(self) -> None:
        """The steps, to the end or not."""
        for _ in range(self.random.choice([1, 9])):
            steps.advance(self.house, lambda: self.now, "test")

    def one(self) -> str:
        there = list(self.house.store.article_ids())
        if not there:
            raise WrongUse("nothing is there yet")
        return self.random.choice(there)


Ask = Callable[[str], "tuple[Iterator[bytes], int, str]"]


def cut_off(ask: Ask, after: int) -> Ask:
    """The same, but the line breaks after so many rows."""

    def asking(path: str) -> tuple[Iterator[bytes], int, str]:
        rows, position, mark = ask(path)

        def some() -> Iterator[bytes]:
            for n, row in enumerate(rows):
                if n == after:
                    raise ConnectionResetError
                yield row

        return some(), position, mark

    return asking


def test_a_copy_that_follows_has_what_the_record_has(tmp_path: Path, client: ModuleType) -> None:
    with open_installation(load(tmp_path)) as house:
        office, get = Office(house, SEED), asked_inside(Inside(create_app(house, lambda: office.now)))

        ask = reading(client, get)
        copy, told = sqlite3.connect(tmp_path / "copy.db"), 0
        for _ in range(ACTS):
            office.act()
            if office.random.random() < 0.3:
                told += client.follow(copy, ask)
            elif office.random.random() < 0.2:
                with suppress(ConnectionResetError):
                    client.follow(copy, cut_off(ask, 1))
        client.follow(copy, ask)
        assert told > len(SLUGS)
        assert set(office.done) >= {"page", "visited", "corrected", "taken_back", "tied", "work"}
        assert rows_of(copy) == rows_of(_afresh(client, ask))
        for article_id, row in rows_of(copy).items():
            assert row == as_told(get(f"/v1/articles/{article_id}").json())
        seen = {each.event for each in house.store.changes(0, 100_000)}
        assert seen >= {Event.REVISION, Event.WITHDRAWN, Event.RETURNED, Event.PERSON_LABEL, Event.LABELLED}
        assert client.follow(copy, ask) == 0
        copy.close()


def reading(client: ModuleType, get: Get) -> Ask:
    def ask(path: str) -> tuple[Iterator[bytes], int, str]:
        answer = get(f"/v1{path}")
        if answer.status_code == 410:
            assert answer.json()["type"] == "urn:diembao:problem:record"
            raise client.SetBackError
        assert answer.status_code == 200, answer.text
        return iter(answer.content.splitlines()), int(answer.headers[POSITION]), answer.headers[RECORD]

    return ask


@pytest.mark.parametrize("by", ["restore", "hand"])
def test_a_copy_of_what_was_set_back_since_is_told_to_begin_anew(tmp_path: Path, client: ModuleType, by: str) -> None:
    """From a backup, or with the files of a day before put back by hand."""
    home, copy = tmp_path / "home", sqlite3.connect(tmp_path / "copy.db")
    with open_installation(load(home)) as house:
        keep(house.store, article("a"), article("b"))
        kept = house.store.place_followed(Followed.ARTICLES)
        assert kept is not None
    backup.write(load(home), tmp_path / "backup", now=lambda: NOW, show=lambda *_: None)
    with open_installation(load(home)) as house:
        ask = reading(client, asked_inside(Inside(create_app(house, lambda: NOW))))
        keep(house.store, *(article(f"lost {n}") for n in range(5)), now=NOW)
        assert client.follow(copy, ask) == 7
        position, mark = copy.execute("SELECT log, record FROM position").fetchone()
    if by == "restore":
        restore.restore(tmp_path / "backup", tmp_path / "again", now=lambda: NOW, show=lambda *_: None)
    else:
        (tmp_path / "again").mkdir()
        shutil.copyfile(tmp_path / "backup/record.db", tmp_path / "again/diembao.db")
    with open_installation(load(tmp_path / "again")) as house:
        get = asked_inside(Inside(create_app(house, lambda: NOW)))
        # what was read up to the backup may have been of a later state, which a restore alone knows of
        since = f"/v1/bulk/log?since={kept.number}&record={kept.mark}"
        assert get(since).status_code == (410 if by == "restore" else 200)
        for more in ((), [article(f"new {n}") for n in range(7)]):  # its log is shorter than it was, and then longer
            keep(house.store, *more, now=NOW + timedelta(days=1))
            for path in ("articles", "bulk/articles", "bulk/labels", "bulk/log"):
                assert get(f"/v1/{path}?since={position}&record={mark}").status_code == 410
                assert get(f"/v1/{path}?since={position}").status_code == (200 if more else 410)
        assert client.follow(copy, reading(client, get)) == 2 + 7
        assert set(rows_of(copy)) == set(house.store.article_ids())
        assert client.follow(copy, reading(client, get)) == 0
    copy.close()


def rows_of(copy: sqlite3.Connection) -> dict[str, dict[str, Any]]:
    """Without what says when and why it was told."""
    found = {key: json.loads(told) for key, told in copy.execute("SELECT id, told FROM articles")}
    return {key: as_told(row) for key, row in found.items()}


def as_told(row: dict[str, Any]) -> dict[str, Any]:
    labels = sorted(row["labels"], key=lambda each: (each["kind"], each["about"], each["key"]))
    names = ("id", "url", "outlet", "title", "lead", "text", "language", "published_at", "revision", "withdrawn_at")
    return {name: row[name] for name in names} | {"labels": labels}


def _afresh(client: ModuleType, ask: Ask) -> sqlite3.Connection:
    copy = sqlite3.connect(":memory:")
    client.follow(copy, ask)
    return copy
