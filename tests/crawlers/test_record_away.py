"""The record fails while a page is read: that is no failure of the outlet, and nothing is put off for it."""

from __future__ import annotations

import asyncio
import errno
import random
from contextlib import closing
from pathlib import Path
from typing import cast

import pytest

from crawlers.desk import Desk
from crawlers.fetch import Fetcher, Reply
from crawlers.pages import read_page
from diembao.core.errors import RecordAway, RecordDamaged
from diembao.core.ledger import Pending
from diembao.core.ports import Prefilter
from diembao.core.settings_crawl import CrawlSettings
from diembao.store.record import SqlStore
from tests.crawlers.collecting import outlet
from tests.crawlers.pages import page
from tests.store.making import NOW, OUTLET, entry, id_of, later, read_source

NOISE = random.Random(1).randbytes(400_000).hex()  # a page that no free corner of the file has room for


class Answering:
    """The network: one page, or an error."""

    def __init__(self, error: Exception | None = None) -> None:
        self._error = error

    async def get(self, url: str, **_: object) -> Reply:
        if self._error:
            raise self._error
        return Reply(url, 200, page("Cảng Quy Nhơn đón tàu") + f"<!-- {NOISE} -->".encode())


def reading(store: SqlStore, network: Answering) -> None:
    run = store.begin_run(NOW)
    paper = outlet(OUTLET, "https://bao-mau.example/rss")
    desk = Desk(CrawlSettings(), {OUTLET: paper}, store, cast("Prefilter", None), run, lambda: NOW)
    pending = Pending(entry("a"), 0, None)
    asyncio.run(read_page(desk, cast("Fetcher", network), paper, pending))


@pytest.fixture
def path(tmp_path: Path) -> str:
    with closing(SqlStore(f"sqlite:///{tmp_path}/a.db")) as store:
        read_source(store, store.begin_run(NOW), pending=[entry("a")])
    return f"sqlite:///{tmp_path}/a.db"


def test_a_full_disk_ends_the_run_and_the_page_is_read_by_the_next_one_at_once(path: str) -> None:
    with closing(SqlStore(path)) as store:
        with store._database.reading() as connection:
            pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
            connection.exec_driver_sql(f"PRAGMA max_page_count = {pages + 4}")  # room for a line, not for the page
        with pytest.raises(RecordAway, match="full"):
            reading(store, Answering())
    with closing(SqlStore(path)) as store:
        run = store.begin_run(later(seconds=1))
        assert [each.entry.id for each in store.due(run, later(seconds=1), 10)] == [id_of("a")]


def test_a_damaged_record_ends_the_run_and_sets_no_page_aside(path: str) -> None:
    with closing(SqlStore(path)) as store:
        with pytest.raises(RecordDamaged):
            reading(store, Answering(RecordDamaged("a.db", "malformed")))
        assert store.due(store.begin_run(later(seconds=1)), later(seconds=1), 10)


def test_a_machine_without_file_handles_ends_the_run_and_sets_no_page_aside(path: str) -> None:
    with closing(SqlStore(path)) as store:
        with pytest.raises(OSError, match="Too many"):
            reading(store, Answering(OSError(errno.EMFILE, "Too many open files")))
        assert store.due(store.begin_run(later(seconds=1)), later(seconds=1), 10)
