"""Pages put together are the whole."""

from __future__ import annotations

import pytest

from diembao.core.errors import WrongUse
from diembao.core.ports import Index, SortBy
from diembao.core.query import All, Bool, Query, Text
from tests.indexer.articles import document, ids


class PagesContract:
    @staticmethod
    def fill(index: Index) -> None:
        """Forty articles in several commits, in no order, many at the same second and with the same score."""
        names = [f"{(n * 7919) % 40:04d}0000000{'ab'[n % 2]}" for n in range(40)]
        batches = (names[:3], names[3:4], names[4:25], names[25:])
        for batch in batches:
            index.put(
                [document(name, "Bão " * (1 + int(name[:4]) % 3 // 2), hours=int(name[:4]) % 3) for name in batch]
            )

    @pytest.mark.parametrize("sort", list(SortBy))
    @pytest.mark.parametrize("query", [All(), Text("text", "bão"), Bool(must_not=(Text("text", "lũ"),))])
    def test_pages_put_together_are_the_whole_without_gap_or_double(
        self, filled: Index, sort: SortBy, query: Query
    ) -> None:
        whole = filled.search(query, sort=sort, limit=100).hits
        for size in (1, 3, 7, 40):
            pages = [filled.search(query, sort=sort, offset=start, limit=size) for start in range(0, 45, size)]
            assert [hit for page in pages for hit in page.hits] == list(whole)
            assert {page.total for page in pages} == {len(whole)}

    def test_ties_are_in_the_order_of_their_ids(self, filled: Index) -> None:
        hits = filled.search(Text("text", "bão"), limit=100).hits
        assert list(hits) == sorted(hits, key=lambda hit: (-hit.score, hit.id))
        assert [hit.id for hit in filled.search(All(), limit=100).hits] == sorted(
            hit.id for hit in filled.search(All(), limit=100).hits
        )

    @pytest.mark.parametrize(("sort", "sign"), [(SortBy.NEWEST, 1), (SortBy.OLDEST, -1)])
    def test_times_go_first_and_then_the_ids(self, filled: Index, sort: SortBy, sign: int) -> None:
        found = ids(filled, All(), sort)
        assert found == sorted(found, key=lambda name: (sign * (int(name[:4]) % 3), name))

    def test_ids_that_begin_alike_are_in_order_too(self, index: Index) -> None:
        index.put([document(f"same-beginning-{n}", "Tuyết") for n in (3, 1, 2)])
        assert ids(index, "id:(same-beginning-3 OR same-beginning-1 OR same-beginning-2)") == [
            "same-beginning-1",
            "same-beginning-2",
            "same-beginning-3",
        ]
        assert [hit.id for hit in index.search(All(), offset=1, limit=1).hits] == ["same-beginning-2"]

    def test_a_page_of_no_hits_has_the_total(self, filled: Index) -> None:
        assert filled.search(All(), limit=0).total == 40
        assert filled.search(All(), offset=40).hits == ()

    @pytest.mark.parametrize(("offset", "limit"), [(9_990, 11), (-1, 5), (0, -1), (10**12, 1)])
    def test_a_page_too_far_away_is_refused(self, filled: Index, offset: int, limit: int) -> None:
        with pytest.raises(WrongUse):
            filled.search(All(), offset=offset, limit=limit)
