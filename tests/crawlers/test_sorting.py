"""Each entry of a feed to its outcome, on the real store."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from crawlers.desk import Desk
from crawlers.feeds import Feed, Refusal
from crawlers.sorting import Sorted, sort
from diembao.core.article import Article, DateFrom, Outlet, TextFrom, article_id
from diembao.core.ledger import Entry, Outcome, Validators
from diembao.core.settings_crawl import CrawlSettings
from diembao.store.record import SqlStore
from tests.crawlers.collect import Wide

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
SOURCE = "https://bao.example.vn/rss"
PAPER = Outlet("bao-mau", "Báo mẫu", "VN", "vi", SOURCE, (SOURCE,))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqlStore]:
    opened = SqlStore(f"sqlite:///{tmp_path / 'diembao.db'}")
    yield opened
    opened.close()


def desk(store: SqlStore, now: datetime = NOW) -> Desk:
    return Desk(CrawlSettings(), {PAPER.id: PAPER}, store, Wide(), store.begin_run(now), lambda: now)


def entry(title: str = "Quy Nhơn", digest: str = "1", path: str = "/a") -> Entry:
    url = f"https://bao.example.vn{path}"
    return Entry(article_id(url), url, PAPER.id, SOURCE, title, digest=digest)


def read(at: Desk, *entries: Entry, refused: tuple[Refusal, ...] = ()) -> Sorted:
    """Sort, and put it on the books."""
    found = sort(Feed(entries, refused), at, PAPER, SOURCE, at.now())
    books = {"settled": found.settled, "left_out": found.left_out, "pending": found.pending}
    at.ledger.source_read(at.run, SOURCE, PAPER.id, validators=Validators(), now=at.now(), **books)  # type: ignore[arg-type]  # three lists
    return found


def outcomes(found: Sorted) -> list[tuple[Outcome, str]]:
    return [(each.outcome, each.reason) for each in found.settled]


def store_it(at: Desk, of: Entry) -> None:
    words = (of.title, "", f"Toàn văn {of.digest}", TextFrom.PAGE, "vi", NOW, DateFrom.FEED, NOW)
    at.ledger.page_stored(at.run, of, Article(of.id, of.url, PAPER.id, *words), now=at.now(), response=b"x")


def test_a_new_entry_that_may_be_about_the_province_is_to_be_read(store: SqlStore) -> None:
    assert read(desk(store), entry()).pending == [entry()]


def test_a_known_article_is_unchanged_until_its_entry_changes(store: SqlStore) -> None:
    first = desk(store)
    read(first, entry())
    store_it(first, entry())
    assert outcomes(read(desk(store), entry())) == [(Outcome.UNCHANGED, "")]
    edited = entry("Tên mới, không còn tên thành phố", digest="2")
    assert read(desk(store), edited).pending == [edited]


def test_an_article_that_we_have_does_not_become_too_old(store: SqlStore) -> None:
    first = desk(store)
    read(first, entry())
    store_it(first, entry())
    old = Refusal(entry().id, entry().url, "too-old")
    assert outcomes(read(desk(store), refused=(old,))) == [(Outcome.UNCHANGED, "")]
    other = Refusal("ab", "https://bao.example.vn/b", "too-old")
    assert outcomes(read(desk(store), refused=(other,))) == [(Outcome.REFUSED, "too-old")]


def test_what_was_left_out_is_unchanged_until_somebody_says_more_of_it(store: SqlStore) -> None:
    far = entry("Nơi khác")
    assert read(desk(store), far).left_out == [far]
    assert outcomes(read(desk(store), far)) == [(Outcome.UNCHANGED, "")]
    assert read(desk(store), entry("Nơi khác, gần Quy Nhơn", digest="2")).pending != []


def test_a_second_source_may_say_more_of_an_entry_that_the_first_left_out(store: SqlStore) -> None:
    one_run = desk(store)
    assert read(one_run, entry("Nơi khác")).left_out != []
    assert outcomes(read(one_run, entry("Nơi khác"))) == [(Outcome.DUPLICATE_URL, "")]
    assert read(one_run, entry("Quy Nhơn", digest="2")).pending != []


def test_a_refused_page_is_refused_again_for_a_day_and_then_asked_for_again(store: SqlStore) -> None:
    first = desk(store)
    read(first, entry())
    store.page_settled(first.run, entry(), Outcome.REFUSED, now=NOW, reason="status-404")
    for hours in (1, 12, 23):
        assert outcomes(read(desk(store, NOW + timedelta(hours=hours)), entry())) == [(Outcome.REFUSED, "status-404")]
    assert read(desk(store, NOW + timedelta(hours=25)), entry()).pending == [entry()]


def test_an_entry_that_waits_for_its_next_try_goes_on_waiting(store: SqlStore) -> None:
    first = desk(store)
    read(first, entry())
    later = NOW + timedelta(hours=1)
    store.page_settled(first.run, entry(), Outcome.RETRY, now=NOW, reason="status-500", not_before=later)
    store.end_run(first.run, NOW)
    soon = desk(store, NOW + timedelta(minutes=15))
    assert store.due(soon.run, soon.now(), 10) == []
    assert outcomes(read(soon, entry(digest="2"))) == [(Outcome.RETRY, "waiting")]
    store.end_run(soon.run, soon.now())
    due = desk(store, later)
    assert [each.entry.id for each in store.due(due.run, due.now(), 10)] == [entry().id]


def test_the_same_entry_twice_in_one_list_is_a_duplicate(store: SqlStore) -> None:
    found = read(desk(store), entry(), entry())
    assert found.pending == [entry()]
    assert outcomes(found) == [(Outcome.DUPLICATE_URL, "")]


@pytest.mark.parametrize("title", ["Quy Nhơn", "Nơi khác"])
def test_an_entry_whose_twin_in_the_list_is_refused_is_taken_all_the_same_and_each_is_counted(
    store: SqlStore, title: str
) -> None:
    one_run, good = desk(store), entry(title)
    found = read(one_run, good, good, refused=(Refusal(good.id, good.url, "too-old"),))
    assert [*found.pending, *found.left_out] == [good]
    store.end_run(one_run.run, NOW)
    counts = store.counts(one_run.run)
    assert counts.balanced
    kept = Outcome.RETRY if found.pending else Outcome.NOT_ABOUT
    assert dict(counts.outcomes) == {kept: 1, Outcome.DUPLICATE_URL: 2}
