"""What every store promises of articles, their revisions and the bytes they were read from."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest

from diembao.core.article import LISTED, DateFrom, TextFrom
from diembao.core.errors import SetAside, WrongUse
from diembao.core.ledger import Outcome
from diembao.core.ports import Event, Store
from tests.store.making import NOW, article, entry, id_of, keep, later, read_source


def logged(store: Store) -> list[tuple[int, Event, str]]:
    """The whole log, read as a step would."""
    lease = store.lease("a step of its own", tuple(Event), worker="w", now=NOW, limit=10_000)
    return [] if lease is None else [(each.number, each.event, each.article_id) for each in lease.entries]


class ArticlesContract:
    def test_an_article_comes_back_as_it_was_given(self, store: Store) -> None:
        given = article("a", revised_at=None)
        assert keep(store, given) == [Outcome.STORED]
        item = store.article(given.id)
        assert item is not None
        assert item.article == given
        assert item.labels == ()

    def test_a_time_of_publication_keeps_its_distance_from_utc(self, store: Store) -> None:
        for hours, minutes in ((7, 0), (-3, 30), (5, 45), (0, 0)):
            zone = timezone(timedelta(hours=hours, minutes=minutes))
            given = article(f"{hours}:{minutes}", published_at=datetime(2026, 11, 20, 6, 30, tzinfo=zone))
            keep(store, given)
            item = store.article(given.id)
            assert item is not None
            assert item.article.published_at == given.published_at
            assert item.article.published_at is not None
            assert item.article.published_at.utcoffset() == timedelta(hours=hours, minutes=minutes)

    def test_times_are_aware_and_in_utc_where_nothing_else_is_known(self, store: Store) -> None:
        given = article("a", seen_at=NOW.astimezone(timezone(timedelta(hours=9))), published_at=None)
        keep(store, given)
        item = store.article(given.id)
        assert item is not None
        assert (item.article.seen_at, item.article.published_at) == (NOW, None)
        assert item.article.seen_at.tzinfo is UTC
        assert item.article.when == NOW

    def test_a_time_without_a_zone_is_refused(self, store: Store) -> None:
        run = store.begin_run(NOW)
        naive = article("a", published_at=datetime(2026, 11, 20))  # noqa: DTZ001 (the point of the test)
        with pytest.raises(WrongUse, match="no time zone"):
            store.page_stored(run, entry("a"), naive, now=NOW, response=None)

    def test_a_time_outside_of_the_calendar_is_set_aside(self, store: Store) -> None:
        run = store.begin_run(NOW)
        early = article("a", published_at=datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=7))))
        with pytest.raises(SetAside, match="calendar"):
            store.page_stored(run, entry("a"), early, now=NOW, response=None)
        assert store.size() == 0

    def test_text_that_no_database_can_hold_is_mended(self, store: Store) -> None:
        keep(store, article("a", title="Nửa \ud83d chữ", text="không\x00 có gì"))
        item = store.article(id_of("a"))
        assert item is not None
        assert (item.article.title, item.article.text) == ("Nửa \ufffd chữ", "không có gì")

    def test_articles_come_in_the_order_asked_and_unknown_ones_are_left_out(self, store: Store) -> None:
        keep(store, *(article(x) for x in "abc"))
        asked = [id_of("c"), "unknown", id_of("a"), id_of("c")]
        assert [item.article.id for item in store.articles(asked)] == [id_of("c"), id_of("a"), id_of("c")]
        assert list(store.articles([])) == []
        assert store.article("unknown") is None

    def test_rows_of_a_list_are_the_articles_with_the_beginning_of_long_texts(self, store: Store) -> None:
        long = "đ" * (LISTED + 1)
        keep(store, article("short"), article("long", text=long))
        ids = [id_of("long"), "0" * 16, id_of("short")]
        first, second = store.rows(ids)
        whole = store.articles(ids)
        assert (whole[0].article.text, first.article.text) == (long, long[:LISTED])
        assert replace(whole[0].article, text="") == replace(first.article, text="")
        assert second == whole[1]

    def test_more_ids_than_one_statement_takes(self, store: Store) -> None:
        keep(store, article("a"), article("b"))
        asked = [id_of("a"), *(f"unknown {n}" for n in range(40_000)), id_of("b")]
        assert [item.article.id for item in store.articles(asked)] == [id_of("a"), id_of("b")]

    def test_every_id_in_the_order_of_storing_also_while_more_are_stored(self, store: Store) -> None:
        keep(store, *(article(x) for x in "cab"))
        walk = store.article_ids()
        first = next(walk)
        keep(store, article("z"))
        assert [first, *walk] == [id_of(x) for x in "cabz"]
        assert list(store.article_ids()) == [id_of(x) for x in "cabz"]
        assert store.size() == 4

    def test_an_empty_store(self, store: Store) -> None:
        assert (store.size(), list(store.article_ids()), store.head()) == (0, [], 0)
        assert list(store.revisions("unknown")) == []


class PagesContract:
    def test_a_new_article_is_logged(self, store: Store) -> None:
        keep(store, article("a"), article("b"))
        assert logged(store) == [(1, Event.ARTICLE, id_of("a")), (2, Event.ARTICLE, id_of("b"))]

    def test_the_same_words_are_nothing_new(self, store: Store) -> None:
        keep(store, article("a"))
        spaced = article("a", text=f"  {article('a').text}\n\n", seen_at=later(hours=1))
        assert keep(store, spaced, now=later(hours=1), response=b"other bytes") == [Outcome.UNCHANGED]
        assert len(store.revisions(id_of("a"))) == 1
        assert store.head() == 1
        assert store.response(hashlib.sha256(b"other bytes").hexdigest()) is None

    @pytest.mark.parametrize("field", ["title", "lead", "text"])
    def test_other_words_are_a_new_revision(self, store: Store, field: str) -> None:
        first = article("a", response=None)
        keep(store, first, response=b"one")
        changed = article("a", seen_at=later(hours=1), **{field: "Đã sửa"})
        assert keep(store, changed, now=later(hours=1), response=b"two") == [Outcome.STORED]
        one, two = store.revisions(id_of("a"))
        assert (one.number, one.title, one.seen_at) == (1, first.title, NOW)
        assert (two.number, getattr(two, field), two.seen_at) == (2, "Đã sửa", later(hours=1))
        assert [store.response(each.response or "") for each in (one, two)] == [b"one", b"two"]
        item = store.article(id_of("a"))
        assert item is not None
        assert (item.article.revision, item.article.revised_at) == (2, later(hours=1))
        assert (getattr(item.article, field), item.article.seen_at) == ("Đã sửa", NOW)
        assert logged(store)[1:] == [(2, Event.REVISION, id_of("a"))]

    def test_words_that_go_back_are_a_revision_too(self, store: Store) -> None:
        for title in ("Một", "Hai", "Một"):
            assert keep(store, article("a", title=title)) == [Outcome.STORED]
        assert [each.title for each in store.revisions(id_of("a"))] == ["Một", "Hai", "Một"]

    def test_a_time_found_later_is_filled_in_and_logged_without_a_revision(self, store: Store) -> None:
        keep(store, article("a", published_at=None, published_from=DateFrom.NONE))
        assert keep(store, article("a"), now=later(hours=1)) == [Outcome.UNCHANGED]
        item = store.article(id_of("a"))
        assert item is not None
        assert (item.article.published_at, item.article.published_from) == (
            article("a").published_at,
            DateFrom.JSON_LD,
        )
        assert item.article.revision == 1
        assert logged(store)[1:] == [(2, Event.REVISION, id_of("a"))]

    def test_a_known_time_of_publication_stays(self, store: Store) -> None:
        keep(store, article("a"))
        keep(store, article("a", published_at=later(days=3)))
        keep(store, article("a", published_at=later(days=3), title="Đã sửa"))
        item = store.article(id_of("a"))
        assert item is not None
        assert (item.article.published_at, item.article.revision) == (article("a").published_at, 2)

    def test_a_time_found_with_a_new_revision_is_kept(self, store: Store) -> None:
        keep(store, article("a", published_at=None, published_from=DateFrom.NONE))
        keep(store, article("a", title="Đã sửa"))
        item = store.article(id_of("a"))
        assert item is not None
        assert item.article.published_at == article("a").published_at

    def test_the_feeds_words_never_replace_the_pages(self, store: Store) -> None:
        keep(store, article("a"))
        short = article("a", text="Sáng nay …", text_from=TextFrom.FEED)
        assert keep(store, short) == [Outcome.UNCHANGED]
        item = store.article(id_of("a"))
        assert item is not None
        assert (item.article.text, item.article.text_from) == (article("a").text, TextFrom.PAGE)

    def test_the_pages_words_replace_the_feeds(self, store: Store) -> None:
        keep(store, article("a", text="Sáng nay …", text_from=TextFrom.FEED))
        assert keep(store, article("a")) == [Outcome.STORED]
        item = store.article(id_of("a"))
        assert item is not None
        assert (item.article.text_from, item.article.revision) == (TextFrom.PAGE, 2)

    def test_the_same_words_from_the_page_bring_its_evidence(self, store: Store) -> None:
        keep(store, article("a", text_from=TextFrom.FEED))
        assert keep(store, article("a"), response=b"<html>") == [Outcome.UNCHANGED]
        item = store.article(id_of("a"))
        assert item is not None
        assert item.article.text_from is TextFrom.PAGE
        assert store.response(item.article.response or "") == b"<html>"

    def test_the_same_title_and_text_of_an_outlet_under_another_url_lead_to_the_first(self, store: Store) -> None:
        first = article("a")
        keep(store, first)
        second = article("b", title=first.title, text=first.text, lead="Khác")
        assert keep(store, second) == [Outcome.DUPLICATE_TEXT]
        assert (store.size(), store.head(), store.article(second.id)) == (1, 1, None)
        assert store.known([second.id])[second.id].article_id == first.id

    def test_an_article_is_compared_with_what_the_first_says_today(self, store: Store) -> None:
        keep(store, article("a", title="Một"))
        keep(store, article("a", title="Hai"))
        text = article("a").text
        assert keep(store, article("b", title="Hai", text=text)) == [Outcome.DUPLICATE_TEXT]
        assert keep(store, article("c", title="Một", text=text)) == [Outcome.STORED]

    def test_another_outlet_with_the_same_words_is_an_article_of_its_own(self, store: Store) -> None:
        first = article("a")
        other = article("b", title=first.title, text=first.text, outlet="bao-khac")
        assert keep(store, first, other) == [Outcome.STORED, Outcome.STORED]

    def test_two_articles_without_a_text_are_not_the_same(self, store: Store) -> None:
        silent = [article(x, title="Bản tin 19 giờ", text=" ", lead="") for x in "ab"]
        assert keep(store, *silent) == [Outcome.STORED, Outcome.STORED]

    def test_a_page_under_another_address_links_the_entry_to_its_article(self, store: Store) -> None:
        run = store.begin_run(NOW)
        read_source(store, run, pending=[entry("short")])
        store.page_stored(run, entry("short"), article("a"), now=NOW, response=None)
        assert store.known([id_of("short")])[id_of("short")].article_id == id_of("a")
        assert store.end_run(run, NOW).balanced

    def test_bytes_are_kept_once_and_come_back_whole(self, store: Store) -> None:
        page = "Quy Nhơn ".encode() * 10_000 + b"\xff\x00"
        keep(store, article("a"), article("b"), response=page)
        digest = hashlib.sha256(page).hexdigest()
        assert [each.response for each in store.revisions(id_of("a"))] == [digest]
        assert [each.response for each in store.revisions(id_of("b"))] == [digest]
        assert store.response(digest) == page

    def test_an_empty_response_is_a_response(self, store: Store) -> None:
        keep(store, article("a"), response=b"")
        assert store.response(hashlib.sha256(b"").hexdigest()) == b""
        assert store.response("unknown") is None

    def test_an_article_may_name_bytes_that_are_kept(self, store: Store) -> None:
        keep(store, article("a"), response=b"feed")
        digest = hashlib.sha256(b"feed").hexdigest()
        keep(store, article("b", response=digest), article("c", response="not kept"))
        assert [x.article.response for x in store.articles([id_of("b"), id_of("c")])] == [digest, None]
