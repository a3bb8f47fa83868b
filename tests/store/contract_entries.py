"""What every store promises of the entries it remembers and of their pages."""

from __future__ import annotations

import pytest

from diembao.core.errors import WrongUse
from diembao.core.ledger import Outcome
from diembao.core.ports import Store
from tests.store.making import (
    FEED,
    NOW,
    OUTLET,
    article,
    entry,
    id_of,
    keep,
    later,
    read_source,
    sighting,
    url,
)


class EntriesContract:
    def test_unknown_entries_are_left_out(self, store: Store) -> None:
        assert store.known([id_of("a")]) == {}
        assert store.known([]) == {}

    def test_what_is_remembered_of_an_entry(self, store: Store) -> None:
        run = store.begin_run(NOW)
        read_source(store, run, pending=[entry("a")])
        before = store.known([id_of("a")])[id_of("a")]
        assert (before.digest, before.outcome, before.pending) == ("digest of a", None, True)
        store.page_stored(run, entry("a"), article("a"), now=later(minutes=1), response=None)
        after = store.known([id_of("a")])[id_of("a")]
        assert (after.outcome, after.article_id, after.pending) == (Outcome.STORED, id_of("a"), False)
        assert (after.first_seen, after.last_seen) == (NOW, later(minutes=1))

    def test_nothing_new_changes_only_when_it_was_last_seen(self, store: Store) -> None:
        keep(store, article("a"))
        run = store.begin_run(later(hours=1))
        read_source(store, run, settled=[sighting(run, "a", Outcome.UNCHANGED)], now=later(hours=1))
        remembered = store.known([id_of("a")])[id_of("a")]
        assert (remembered.outcome, remembered.article_id) == (Outcome.STORED, id_of("a"))
        assert (remembered.digest, remembered.last_seen) == (article("a").title, later(hours=1))

    def test_an_entry_that_still_waits_keeps_the_reason_of_its_last_try(self, store: Store) -> None:
        run = store.begin_run(NOW)
        read_source(store, run, pending=[entry("a")])
        store.page_settled(run, entry("a"), Outcome.RETRY, now=NOW, reason="503", not_before=later(hours=2))
        run = store.begin_run(later(hours=1))
        read_source(store, run, settled=[sighting(run, "a", Outcome.RETRY, "waiting")], now=later(hours=1))
        remembered = store.known([id_of("a")])[id_of("a")]
        assert (remembered.outcome, remembered.reason, remembered.pending) == (Outcome.RETRY, "503", True)
        assert store.end_run(run, NOW).outcomes == {Outcome.RETRY: 1}

    def test_a_refusal_is_remembered_with_its_reason(self, store: Store) -> None:
        run = store.begin_run(NOW)
        read_source(store, run, settled=[sighting(run, "a", Outcome.REFUSED, "too-old")])
        remembered = store.known([id_of("a")])[id_of("a")]
        assert (remembered.outcome, remembered.reason, remembered.pending) == (Outcome.REFUSED, "too-old", False)

    def test_a_reason_is_cut_to_size(self, store: Store) -> None:
        run = store.begin_run(NOW)
        store.page_settled(run, entry("a"), Outcome.QUARANTINED, now=NOW, reason="x" * 100_000)
        assert len(store.known([id_of("a")])[id_of("a")].reason) == len(store.quarantine()[0].reason) == 500

    def test_a_page_still_to_be_read_stays_so_whatever_lists_say(self, store: Store) -> None:
        first = store.begin_run(NOW)
        read_source(store, first, pending=[entry("a")])
        second = store.begin_run(later(hours=1))
        read_source(store, second, settled=[sighting(second, "a", Outcome.UNCHANGED)])
        assert store.known([id_of("a")])[id_of("a")].pending
        assert [each.entry.id for each in store.due(second, later(hours=1), 10)] == [id_of("a")]

    def test_what_is_due_comes_back_as_it_was_listed(self, store: Store) -> None:
        read_source(store, store.begin_run(NOW), pending=[entry("a")])
        run = store.begin_run(later(hours=1))
        (pending,) = store.due(run, later(hours=1), 10)
        assert pending.entry == entry("a")
        assert pending.entry.published_at is not None
        assert pending.entry.published_at.isoformat() == "2026-11-20T06:30:00+07:00"
        assert (pending.attempts, pending.not_before) == (0, None)

    def test_what_is_due_is_seen_in_this_run_and_handed_out_once(self, store: Store) -> None:
        read_source(store, store.begin_run(NOW), pending=[entry(x) for x in "abc"])
        run = store.begin_run(NOW)
        assert len(store.due(run, NOW, 2)) == 2
        assert len(store.due(run, NOW, 2)) == 1
        assert store.due(run, NOW, 2) == []
        assert store.counts(run).seen == 3
        assert store.end_run(run, NOW).outcomes == {Outcome.RETRY: 3}

    def test_the_longest_waiting_is_due_first(self, store: Store) -> None:
        run = store.begin_run(NOW)
        for minute, slug in enumerate("cab"):
            read_source(store, run, pending=[entry(slug)], now=later(minutes=minute))
        found = store.due(store.begin_run(later(hours=1)), later(hours=1), 10)
        assert [each.entry.url for each in found] == [url("c"), url("a"), url("b")]

    def test_of_one_source_what_is_due_comes_in_the_order_of_its_list(self, store: Store) -> None:
        read_source(store, store.begin_run(NOW), pending=[entry(slug) for slug in "dbeac"])
        found = store.due(store.begin_run(NOW), NOW, 10)
        assert [each.entry.url for each in found] == [url(slug) for slug in "dbeac"]

    def test_a_run_is_not_handed_what_it_lists_or_tried_itself(self, store: Store) -> None:
        run = store.begin_run(NOW)
        read_source(store, run, pending=[entry("a")])
        assert store.due(run, later(days=1), 10) == []
        store.page_settled(run, entry("a"), Outcome.RETRY, now=NOW, reason="503")
        assert store.due(run, later(days=1), 10) == []

    def test_a_retry_is_not_due_before_its_time(self, store: Store) -> None:
        run = store.begin_run(NOW)
        read_source(store, run, pending=[entry("a")])
        store.page_settled(run, entry("a"), Outcome.RETRY, now=NOW, reason="503", not_before=later(hours=2))
        following = store.begin_run(later(hours=1))
        assert store.due(following, later(hours=1), 10) == []
        (pending,) = store.due(following, later(hours=2), 10)
        assert (pending.attempts, pending.not_before) == (1, later(hours=2))
        assert pending.entry == entry("a")

    def test_a_page_listed_again_while_it_waits_keeps_its_tries_and_is_not_doubled(self, store: Store) -> None:
        run = store.begin_run(NOW)
        read_source(store, run, pending=[entry("a")])
        store.page_settled(run, entry("a"), Outcome.RETRY, now=NOW, reason="503", not_before=later(hours=2))
        second = store.begin_run(later(hours=1))
        read_source(store, second, pending=[entry("a", title="Tiêu đề mới", digest="new")])
        store.end_run(second, later(hours=1))
        (pending,) = store.due(store.begin_run(later(hours=3)), later(hours=3), 10)
        assert (pending.attempts, pending.not_before) == (1, later(hours=2))
        assert (pending.entry.title, pending.entry.digest) == ("Tiêu đề mới", "new")

    def test_after_six_failed_tries_a_person_has_to_look(self, store: Store) -> None:
        read_source(store, store.begin_run(NOW), pending=[entry("a")])
        outcomes = []
        for _ in range(6):
            run = store.begin_run(NOW)
            (pending,) = store.due(run, NOW, 10)
            store.page_settled(run, pending.entry, Outcome.RETRY, now=NOW, reason="HTTP 503", response=b"<busy>")
            outcomes.append(dict(store.end_run(run, NOW).outcomes))
        assert outcomes == [{Outcome.RETRY: 1}] * 5 + [{Outcome.QUARANTINED: 1}]
        remembered = store.known([id_of("a")])[id_of("a")]
        assert (remembered.outcome, remembered.pending) == (Outcome.QUARANTINED, False)
        (aside,) = store.quarantine()
        assert aside.reason == remembered.reason == "gave up after 6 tries: HTTP 503"
        assert store.response(aside.response or "") == b"<busy>"
        assert store.due(store.begin_run(later(days=9)), later(days=9), 10) == []

    def test_an_entry_that_changes_after_it_was_given_up_starts_anew(self, store: Store) -> None:
        read_source(store, store.begin_run(NOW), pending=[entry("a")])
        for _ in range(6):
            run = store.begin_run(NOW)
            store.due(run, NOW, 10)
            store.page_settled(run, entry("a"), Outcome.RETRY, now=NOW, reason="503")
        read_source(store, run, pending=[entry("a", digest="new")])
        (pending,) = store.due(store.begin_run(later(hours=1)), later(hours=1), 10)
        assert (pending.attempts, pending.not_before) == (0, None)

    def test_a_page_is_settled_only_by_an_outcome_of_a_page(self, store: Store) -> None:
        run = store.begin_run(NOW)
        for outcome in (Outcome.STORED, Outcome.UNCHANGED, Outcome.NOT_ABOUT, Outcome.DUPLICATE_TEXT):
            with pytest.raises(WrongUse):
                store.page_settled(run, entry("a"), outcome, now=NOW)

    def test_a_quarantined_page_keeps_its_bytes_and_its_first_time(self, store: Store) -> None:
        run = store.begin_run(NOW)
        read_source(store, run, pending=[entry("a")])
        store.page_settled(run, entry("a"), Outcome.QUARANTINED, now=NOW, reason="no title", response=b"\xff\x00odd")
        store.page_settled(run, entry("a"), Outcome.QUARANTINED, now=later(days=1), reason="still", response=b"odder")
        (aside,) = store.quarantine()
        assert (aside.outlet, aside.source, aside.url, aside.reason) == (OUTLET, FEED, url("a"), "still")
        assert aside.at == NOW
        assert store.response(aside.response or "") == b"odder"

    def test_a_page_that_is_stored_after_all_leaves_the_quarantine(self, store: Store) -> None:
        run = store.begin_run(NOW)
        store.page_settled(run, entry("a"), Outcome.QUARANTINED, now=NOW, reason="no title", response=b"x")
        store.page_settled(run, entry("b"), Outcome.QUARANTINED, now=later(minutes=1), reason="no text")
        assert [aside.url for aside in store.quarantine()] == [url("b"), url("a")]
        assert [aside.url for aside in store.quarantine(limit=1)] == [url("b")]
        store.page_stored(run, entry("a"), article("a"), now=NOW, response=b"x")
        assert [aside.url for aside in store.quarantine()] == [url("b")]

    def test_a_feed_that_is_read_after_all_leaves_the_quarantine(self, store: Store) -> None:
        run = store.begin_run(NOW)
        store.page_settled(run, entry("a"), Outcome.QUARANTINED, now=NOW, reason="no title")
        store.source_failed(sighting(run, "rss", Outcome.QUARANTINED, "not XML"), now=NOW, response=b"<rss")
        assert store.response(store.quarantine()[0].response or "") == b"<rss"
        read_source(store, run)
        assert [aside.reason for aside in store.quarantine()] == ["no title"]
