"""What every store promises of how much it holds, how it grew, and what was done since a moment."""

from __future__ import annotations

from datetime import timedelta

from diembao.core.ports import Store
from diembao.core.storage import Done
from tests.store.casework import WASTE, by, desk
from tests.store.making import NOW, article, id_of, keep, later


class StorageContract:
    def test_bytes_growth_and_what_was_done_are_counted(self, two: Store) -> None:
        keep(two, article("c"), response=b"x" * 2000)
        assert two.record_bytes() > 10_000
        kept = two.pages_kept()
        assert kept.number >= 1
        assert 0 < kept.bytes < 100_000
        bounds = [NOW - timedelta(days=60), NOW - timedelta(days=30), NOW + timedelta(days=1)]
        old, new = two.grown(bounds)
        assert (old.number, old.bytes) == (0, 0)
        assert new.number == two.size()
        assert 0 < new.bytes <= kept.bytes
        before = two.done_since(later(hours=5))
        assert before == Done(0, 0, 0)
        desk(two).open(WASTE, [id_of("a")], by(hours=6))
        done = two.done_since(later(hours=5))
        assert (done.articles, done.labels, done.case_acts > 0) == (0, 0, True)
        assert two.done_since(NOW - timedelta(days=1)).articles == two.size()
