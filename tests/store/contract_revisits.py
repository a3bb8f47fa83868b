"""What every store promises of visits to articles it has, and of how they were asked for."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from diembao.core.article import Kind, TextFrom
from diembao.core.ledger import Hop, Outcome
from diembao.core.ports import Event, Store
from diembao.core.revisits import PLAN
from tests.store.making import NOW, PROVINCE, article, entry, id_of, judge, keep, label, later, read_source, url

HOP = Hop(
    url("a"),
    NOW,
    later(seconds=1),
    "192.0.2.7",
    b"GET /a HTTP/1.1\r\nHost: bao-mau.example\r\n\r\n",
    b"HTTP/1.1 200 OK\r\nServer: caf\xe9\r\n\r\n",
)


def kept_about(store: Store, *slugs: str) -> None:
    for slug in slugs:
        keep(store, article(slug), response=slug.encode())
        judge(store, slug, label(slug, Kind.RELEVANCE, "yes"))


def due(store: Store, now: datetime) -> list[str]:
    run = store.begin_run(now)
    found = [each.entry.id for each in store.revisits_due(run, now, about=[PROVINCE], limit=10)]
    assert store.end_run(run, now).balanced
    return found


def visit(store: Store, slug: str, now: datetime, status: str = "", **changes: str) -> None:
    """Of an article that is due at that time."""
    run = store.begin_run(now)
    (pending,) = store.revisits_due(run, now, about=[PROVINCE], limit=10)
    if status:
        refused = Outcome.REFUSED
        store.revisit_failed(run, pending.entry, refused, now=now, reason=status, response=b"no such page", hops=[HOP])
    else:
        store.page_revisited(run, pending.entry, article(slug, **changes), now=now, response=b"<html>")
    assert store.end_run(run, now).balanced


class RevisitsContract:
    def test_an_article_about_the_province_is_visited_five_times_in_a_week(self, store: Store) -> None:
        kept_about(store, "a")
        hours = []
        for hour in range(24 * 20):
            now = later(hours=hour)
            if due(store, now):
                visit(store, "a", now)
                hours.append(timedelta(hours=hour))
        assert tuple(hours) == PLAN

    def test_other_articles_are_not_visited(self, store: Store) -> None:
        keep(store, article("not judged"))
        keep(store, article("of the feed", text_from=TextFrom.FEED))
        keep(store, article("elsewhere"))
        judge(store, "of the feed", label("of the feed", Kind.RELEVANCE, "yes"))
        judge(store, "elsewhere", label("elsewhere", Kind.RELEVANCE, "no"))
        assert due(store, later(days=3)) == []

    def test_a_visit_that_comes_late_stands_for_those_before_it(self, store: Store) -> None:
        kept_about(store, "a")
        visit(store, "a", later(days=2))
        assert due(store, later(days=2, hours=12)) == []
        assert due(store, later(days=3)) == [id_of("a")]

    def test_a_page_that_is_still_to_be_read_is_not_visited_as_well(self, store: Store) -> None:
        kept_about(store, "a")
        read_source(store, store.begin_run(NOW), pending=[entry("a", digest="changed")])
        assert due(store, later(hours=2)) == []

    def test_an_edit_is_a_revision_and_what_the_feed_said_is_remembered_as_it_was(self, store: Store) -> None:
        kept_about(store, "a")
        before, head = store.known([id_of("a")])[id_of("a")], store.head()
        visit(store, "a", later(hours=1), title="Đã sửa")
        assert [each.title for each in store.revisions(id_of("a"))] == [article("a").title, "Đã sửa"]
        assert store.head() == head + 1
        assert store.known([id_of("a")])[id_of("a")] == before

    def test_a_page_that_is_not_found_once_is_not_withdrawn(self, store: Store) -> None:
        kept_about(store, "a")
        visit(store, "a", later(hours=1), "status-404")
        visit(store, "a", later(hours=6), "status-404")
        visit(store, "a", later(days=1), "status-410")
        assert store.withdrawals(id_of("a")) == []
        visit(store, "a", later(days=3))
        visit(store, "a", later(days=7), "status-404")
        assert store.withdrawals(id_of("a")) == []

    def test_a_page_that_is_not_found_twice_days_apart_is_withdrawn_with_its_evidence(self, store: Store) -> None:
        kept_about(store, "a")
        visit(store, "a", later(days=1), "status-404")
        visit(store, "a", later(days=3), "status-410")
        (found,) = store.withdrawals(id_of("a"))
        assert (found.gone_at, found.at, found.status) == (later(days=1), later(days=3), "status-410")
        kept = store.article(id_of("a"))
        assert kept is not None
        assert store.response(kept.article.response or "") == b"a"
        lease = store.lease("test", [Event.WITHDRAWN], worker="w", now=later(days=3))
        assert lease is not None
        assert lease.article_ids == (id_of("a"),)

    def test_the_second_look_comes_also_where_the_plan_is_over(self, store: Store) -> None:
        kept_about(store, "a")
        visit(store, "a", later(days=7), "status-404")
        assert due(store, later(days=8)) == []
        visit(store, "a", later(days=9), "status-404")
        assert len(store.withdrawals(id_of("a"))) == 1
        assert due(store, later(days=30)) == []

    def test_a_withdrawn_article_that_is_read_again_has_come_back(self, store: Store) -> None:
        kept_about(store, "a")
        visit(store, "a", later(days=1), "status-404")
        visit(store, "a", later(days=3), "status-404")
        keep(store, article("a"), now=later(days=5))
        (found,) = store.withdrawals(id_of("a"))
        assert found.returned_at == later(days=5)

    def test_a_passing_failure_is_tried_again_and_not_for_ever(self, store: Store) -> None:
        kept_about(store, "a")
        tries, now = 0, later(hours=1)
        while now < later(hours=6):
            run = store.begin_run(now)
            for pending in store.revisits_due(run, now, about=[PROVINCE], limit=10):
                wait = now + timedelta(minutes=10)
                store.revisit_failed(run, pending.entry, Outcome.RETRY, now=now, reason="timeout", not_before=wait)
                tries += 1
            assert store.end_run(run, now).balanced
            now += timedelta(minutes=5)
        assert tries == 6

    def test_a_visit_that_a_run_did_not_reach_is_on_its_books_and_due_again(self, store: Store) -> None:
        kept_about(store, "a")
        run = store.begin_run(later(hours=1))
        assert len(store.revisits_due(run, later(hours=1), about=[PROVINCE], limit=10)) == 1
        assert store.revisits_due(run, later(hours=1), about=[PROVINCE], limit=10) == []
        assert store.end_run(run, later(hours=1)).outcomes == {Outcome.RETRY: 1}
        assert due(store, later(hours=1)) == [id_of("a")]


class ExchangesContract:
    def test_the_request_and_the_head_of_the_answer_come_back_byte_for_byte(self, store: Store) -> None:
        run = store.begin_run(NOW)
        store.page_stored(run, entry("a"), article("a"), now=NOW, response=b"<html>", hops=[HOP])
        kept = store.article(id_of("a"))
        assert kept is not None
        assert list(store.hops(id_of("a"), kept.article.response)) == [HOP]
        assert store.hops(id_of("b"), kept.article.response) == ()

    def test_they_are_kept_once_for_each_answer(self, store: Store) -> None:
        for hour in range(3):
            run = store.begin_run(later(hours=hour))
            at = later(hours=hour)
            store.page_stored(run, entry("a"), article("a"), now=at, response=b"<html>", hops=[HOP] * (hour + 1))
        kept = store.article(id_of("a"))
        assert kept is not None
        assert list(store.hops(id_of("a"), kept.article.response)) == [HOP]

    @pytest.mark.parametrize("hops", [(), (HOP,)])
    def test_what_is_set_aside_keeps_them_for_a_later_reading(self, store: Store, hops: tuple[Hop, ...]) -> None:
        run = store.begin_run(NOW)
        read_source(store, run, pending=[entry("a")])
        store.page_settled(run, entry("a"), Outcome.QUARANTINED, now=NOW, reason="slow", response=b"<p>", hops=hops)
        (aside,) = store.quarantine()
        assert tuple(store.hops(id_of("a"), aside.response)) == hops
