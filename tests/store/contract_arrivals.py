"""What every store promises of what came when, and of its books."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from diembao.core.arrivals import Arrival, SourceState
from diembao.core.ledger import Outcome
from diembao.core.ports import Store
from tests.store.making import FEED, NOW, OUTLET, entry, later, read_source, sighting, url

SLOT = datetime(2026, 11, 20, 6, tzinfo=UTC)  # that NOW is in


class ArrivalsContract:
    def test_entries_are_counted_when_they_are_new_by_source_and_quarter_of_a_day(self, store: Store) -> None:
        for hour, slugs in ((0, "ab"), (1, "abc"), (5, "cd")):
            run = store.begin_run(later(hours=hour))
            listed = [entry(slug) for slug in slugs]
            read_source(store, run, left_out=listed, now=later(hours=hour))
            store.end_run(run, later(hours=hour))
        second = SLOT + timedelta(hours=6)
        assert store.arrivals(SLOT) == [Arrival(SLOT, FEED, OUTLET, 3), Arrival(second, FEED, OUTLET, 1)]
        assert store.arrivals(second) == [Arrival(second, FEED, OUTLET, 1)]
        assert store.collected(later(hours=1)) == [later(hours=1), later(hours=5)]
        assert store.arrival_spans() == {OUTLET: (SLOT, second)}

    def test_counts_stay_when_entries_are_pruned(self, store: Store) -> None:
        run = store.begin_run(NOW)
        read_source(store, run, left_out=[entry("a")])
        store.end_run(run, NOW)
        assert store.prune(later(days=91)) == 1
        store.count_arrivals(later(days=91))
        assert store.arrivals(SLOT) == [Arrival(SLOT, FEED, OUTLET, 1)]
        store.count_arrivals(later(days=500))
        assert store.arrivals(SLOT) == []

    def test_each_source_is_described_by_itself(self, store: Store) -> None:
        run = store.begin_run(NOW)
        read_source(store, run)
        second = url("rss2")
        for _ in range(2):
            store.source_failed(sighting(run, "rss2", Outcome.RETRY, "timeout", source=second), now=later(hours=1))
        assert store.source_states() == [
            SourceState(FEED, OUTLET, NOW, 0, None, ""),
            SourceState(second, OUTLET, None, 2, later(hours=1), "timeout"),
        ]

    def test_books_hold_while_a_run_goes_on_and_after_it(self, store: Store) -> None:
        run = store.begin_run(NOW)
        read_source(store, run, left_out=[entry("a")], pending=[entry("b"), entry("c"), entry("c")])
        assert store.faults() == []
        store.end_run(run, NOW)
        assert store.faults() == []
