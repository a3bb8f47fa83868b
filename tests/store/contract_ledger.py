"""What every store promises of its ledger."""

from __future__ import annotations

import pytest

from diembao.core.errors import WrongUse
from diembao.core.ledger import Outcome, Validators
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


class RunsContract:
    def test_a_run_that_saw_nothing_balances(self, store: Store) -> None:
        run = store.begin_run(NOW)
        counted = store.end_run(run, later(minutes=1))
        assert (counted.seen, dict(counted.outcomes), counted.balanced) == (0, {}, True)

    def test_no_run_yet(self, store: Store) -> None:
        assert store.last_run() is None

    def test_the_last_run_is_told_with_its_times(self, store: Store) -> None:
        store.end_run(store.begin_run(NOW), later(minutes=1))
        second = store.begin_run(later(minutes=15))
        counts, start, end = store.last_run() or pytest.fail("no run")
        assert (counts.run, start, end) == (second, later(minutes=15), None)
        store.end_run(second, later(minutes=16))
        _, _, end = store.last_run() or pytest.fail("no run")
        assert end == later(minutes=16)

    def test_runs_are_told_newest_first_with_who_began_them(self, store: Store) -> None:
        store.end_run(store.begin_run(NOW, by="backfill: lan"), later(minutes=1))
        store.begin_run(later(minutes=15), by="loop: lan")
        newest, before = store.runs()
        assert (newest.by, newest.started_at, newest.ended_at) == ("loop: lan", later(minutes=15), None)
        assert (before.by, before.ended_at, before.counts.balanced) == ("backfill: lan", later(minutes=1), True)
        assert store.runs(1) == [newest]

    def test_a_run_that_never_began_is_refused(self, store: Store) -> None:
        for ask in (store.counts, lambda run: store.end_run(run, NOW), lambda run: read_source(store, run)):
            with pytest.raises(WrongUse, match="no run 77"):
                ask(77)

    def test_seen_is_counted_when_a_source_is_read(self, store: Store) -> None:
        run = store.begin_run(NOW)
        read_source(
            store,
            run,
            settled=[sighting(run, "a", Outcome.UNCHANGED), sighting(run, "b", Outcome.REFUSED, "too-old")],
            left_out=[entry("c")],
            pending=[entry("d"), entry("e")],
        )
        counted = store.counts(run)
        assert counted.seen == 5
        assert counted.outcomes == {Outcome.UNCHANGED: 1, Outcome.REFUSED: 1, Outcome.NOT_ABOUT: 1}
        assert not counted.balanced  # two pages are still to be read
        assert store.unbalanced_runs() == []  # as long as the run goes on

    def test_a_run_adds_up_once_its_pages_are_settled(self, store: Store) -> None:
        run = store.begin_run(NOW)
        read_source(store, run, pending=[entry(x) for x in "abcd"])
        store.page_stored(run, entry("a"), article("a"), now=NOW, response=b"<html>")
        store.page_settled(run, entry("b"), Outcome.REFUSED, now=NOW, reason="robots")
        store.page_settled(run, entry("c"), Outcome.RETRY, now=NOW, reason="503", not_before=later(hours=1))
        store.page_settled(run, entry("d"), Outcome.DUPLICATE_URL, now=NOW)
        counted = store.end_run(run, NOW)
        assert counted.balanced
        assert counted.outcomes == dict.fromkeys(
            (Outcome.STORED, Outcome.REFUSED, Outcome.RETRY, Outcome.DUPLICATE_URL), 1
        )
        assert store.unbalanced_runs() == []

    def test_the_books_of_a_run_that_was_cut_off_are_closed_by_the_next(self, store: Store) -> None:
        dead = store.begin_run(NOW)
        read_source(store, dead, pending=[entry("a"), entry("b")])
        store.page_stored(dead, entry("a"), article("a"), now=NOW, response=None)
        alive = store.begin_run(later(minutes=15))
        counted = store.counts(dead)
        assert counted.balanced
        assert counted.outcomes == {Outcome.STORED: 1, Outcome.RETRY: 1}
        remembered = store.known([id_of("b")])[id_of("b")]
        assert remembered.pending
        assert [each.entry.id for each in store.due(alive, later(minutes=15), 10)] == [id_of("b")]

    def test_an_interrupted_page_does_not_count_as_a_failed_try(self, store: Store) -> None:
        read_source(store, store.begin_run(NOW), pending=[entry("a")])
        for _ in range(8):
            run = store.begin_run(NOW)
            (only,) = store.due(run, NOW, 10)
            assert only.attempts == 0

    def test_what_a_run_did_not_reach_is_on_its_books_and_stays_pending(self, store: Store) -> None:
        run = store.begin_run(NOW)
        read_source(store, run, pending=[entry("a")])
        counted = store.end_run(run, later(hours=1))
        assert counted.balanced
        assert counted.outcomes == {Outcome.RETRY: 1}
        following = store.begin_run(later(hours=2))
        assert [each.entry.id for each in store.due(following, later(hours=2), 10)] == [id_of("a")]

    def test_a_run_thought_dead_that_goes_on_keeps_its_books_balanced(self, store: Store) -> None:
        slow = store.begin_run(NOW)
        read_source(store, slow, pending=[entry("a")])
        store.begin_run(later(minutes=15))
        assert store.page_stored(slow, entry("a"), article("a"), now=later(minutes=16), response=None) is Outcome.STORED
        counted = store.counts(slow)
        assert counted.balanced
        assert counted.outcomes == {Outcome.RETRY: 1, Outcome.STORED: 1}


class SourcesContract:
    def test_validators_come_back(self, store: Store) -> None:
        assert store.validators(FEED) == Validators()
        given = Validators('W/"abc"', "Fri, 20 Nov 2026 08:00:00 GMT")
        read_source(store, store.begin_run(NOW), validators=given)
        assert store.validators(FEED) == given

    def test_a_failure_keeps_the_validators(self, store: Store) -> None:
        run = store.begin_run(NOW)
        given = Validators("abc")
        read_source(store, run, validators=given)
        store.source_failed(sighting(run, "rss", Outcome.RETRY, "timeout"), now=NOW)
        assert store.validators(FEED) == given

    def test_validators_and_entries_are_kept_together_or_not_at_all(self, store: Store) -> None:
        run = store.begin_run(NOW)
        wrong = sighting(run, "a", Outcome.UNCHANGED, article_id="no such article")
        with pytest.raises(WrongUse):
            read_source(store, run, settled=[wrong], pending=[entry("b")], validators=Validators("new"))
        assert store.validators(FEED) == Validators()
        assert store.counts(run).seen == 0
        assert store.known([id_of("b")]) == {}

    def test_a_dead_feed_is_on_the_books(self, store: Store) -> None:
        run = store.begin_run(NOW)
        store.source_failed(sighting(run, "rss", Outcome.RETRY, "timeout"), now=NOW)
        counted = store.end_run(run, NOW)
        assert (counted.seen, counted.outcomes) == (1, {Outcome.RETRY: 1})

    def test_an_entry_listed_twice_by_a_source_is_a_duplicate_the_second_time(self, store: Store) -> None:
        run = store.begin_run(NOW)
        once = sighting(run, "a", Outcome.REFUSED, "too-old")
        read_source(store, run, settled=[once, once], left_out=[entry("b"), entry("b")])
        counted = store.end_run(run, NOW)
        assert counted.balanced
        assert counted.outcomes == {Outcome.REFUSED: 1, Outcome.NOT_ABOUT: 1, Outcome.DUPLICATE_URL: 2}

    def test_a_source_read_twice_in_a_run_brings_duplicates(self, store: Store) -> None:
        run = store.begin_run(NOW)
        for _ in range(3):
            read_source(store, run, settled=[sighting(run, "a", Outcome.UNCHANGED)])
        assert store.counts(run).outcomes == {Outcome.UNCHANGED: 1, Outcome.DUPLICATE_URL: 2}

    def test_a_page_is_owed_once_however_many_sources_list_it(self, store: Store) -> None:
        run = store.begin_run(NOW)
        read_source(store, run, pending=[entry("a"), entry("a")])
        read_source(store, run, pending=[entry("a", source=url("rss2"))], source=url("rss2"))
        store.page_stored(run, entry("a"), article("a"), now=NOW, response=None)
        counted = store.end_run(run, NOW)
        assert counted.balanced
        assert counted.outcomes == {Outcome.STORED: 1, Outcome.DUPLICATE_URL: 2}

    def test_a_malformed_entry_waits_for_a_person(self, store: Store) -> None:
        run = store.begin_run(NOW)
        read_source(store, run, settled=[sighting(run, "a", Outcome.QUARANTINED, "no address")])
        (aside,) = store.quarantine()
        assert (aside.url, aside.reason, aside.response) == (url("a"), "no address", None)

    def test_what_many_sources_bring_adds_up(self, store: Store) -> None:
        run = store.begin_run(NOW)
        slugs = [str(n) for n in range(1200)]  # more than one statement may hold
        read_source(store, run, pending=[entry(x) for x in slugs], left_out=[entry(f"x{x}") for x in slugs])
        assert len(store.known([id_of(x) for x in slugs])) == 1200
        counted = store.end_run(run, NOW)
        assert counted.balanced
        assert counted.outcomes == {Outcome.NOT_ABOUT: 1200, Outcome.RETRY: 1200}


class PruningContract:
    def test_left_out_entries_go_after_90_days(self, store: Store) -> None:
        run = store.begin_run(NOW)
        read_source(store, run, left_out=[entry("old"), entry("seen again"), entry("pending")])
        read_source(store, run, pending=[entry("pending")])
        store.end_run(run, NOW)
        run = store.begin_run(later(days=30))
        read_source(store, run, settled=[sighting(run, "seen again", Outcome.UNCHANGED)], now=later(days=30))
        assert store.prune(later(days=90)) == 0
        assert store.prune(later(days=91)) == 1
        assert set(store.known([id_of(x) for x in ("old", "seen again", "pending")])) == {
            id_of("seen again"),
            id_of("pending"),
        }

    def test_an_article_is_never_pruned_with_its_entry(self, store: Store) -> None:
        keep(store, article("a"))
        run = store.begin_run(NOW)
        read_source(store, run, left_out=[entry("a")])
        assert store.prune(later(days=400)) == 0
        assert store.known([id_of("a")])[id_of("a")].article_id == id_of("a")

    def test_books_balance_after_pruning(self, store: Store) -> None:
        keep(store, article("a"))
        run = store.begin_run(NOW)
        read_source(store, run, settled=[sighting(run, "a", Outcome.UNCHANGED)])
        store.end_run(run, NOW)
        store.prune(later(days=400))
        assert store.counts(run).outcomes == {Outcome.UNCHANGED: 1}
        assert store.unbalanced_runs() == []


class OutletsContract:
    def test_an_outlet_is_described_from_its_sources_and_articles(self, store: Store) -> None:
        keep(store, article("a"), article("b"), now=later(minutes=1))
        run = store.begin_run(later(hours=1))
        read_source(store, run, now=later(hours=1))
        (state,) = store.outlet_states()
        assert (state.outlet, state.articles) == (OUTLET, 2)
        assert (state.last_reached, state.last_stored) == (later(hours=1), later(minutes=1))
        assert (state.failures, state.last_failure) == (0, "")
        keep(store, article("c"), article("d", outlet="an-giang-mau"), now=later(minutes=2))
        kept = [(each.outlet, each.articles, each.last_stored) for each in store.outlet_states()]
        assert kept == [("an-giang-mau", 1, later(minutes=2)), (OUTLET, 3, later(minutes=2))]
        keep(store, article("e"), now=later(minutes=3))
        assert [each.articles for each in store.outlet_states()] == [1, 4]

    def test_failures_are_counted_until_a_source_is_read_well(self, store: Store) -> None:
        run = store.begin_run(NOW)
        for reason in ("timeout", "HTTP 500"):
            store.source_failed(sighting(run, "rss", Outcome.RETRY, reason), now=NOW)
        (state,) = store.outlet_states()
        assert (state.failures, state.last_failure, state.last_reached) == (2, "HTTP 500", None)
        read_source(store, run, now=later(hours=1))
        (state,) = store.outlet_states()
        assert (state.failures, state.last_failure, state.last_reached) == (0, "HTTP 500", later(hours=1))

    def test_a_source_that_was_not_asked_has_not_failed(self, store: Store) -> None:
        run = store.begin_run(NOW)
        read_source(store, run, now=NOW)
        store.source_failed(sighting(run, "rss", Outcome.RETRY, "stopped"), now=later(hours=1), asked=False)
        assert store.end_run(run, later(hours=1)).balanced
        (state,) = store.outlet_states()
        assert (state.failures, state.last_failure) == (0, "")

    def test_one_dead_source_of_several_shows(self, store: Store) -> None:
        run = store.begin_run(NOW)
        read_source(store, run, now=later(hours=1))
        second = url("rss2")
        store.source_failed(sighting(run, "rss2", Outcome.REFUSED, "robots", source=second), now=NOW)
        (state,) = store.outlet_states()
        assert (state.failures, state.last_failure, state.last_reached) == (1, "robots", later(hours=1))

    def test_outlets_are_in_order(self, store: Store) -> None:
        keep(store, article("a", outlet="zing-mau"), article("b", outlet="an-giang-mau"))
        assert [state.outlet for state in store.outlet_states()] == ["an-giang-mau", OUTLET, "zing-mau"]
