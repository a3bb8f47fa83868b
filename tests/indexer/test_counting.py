"""How many different values there are: one by one while they are few, estimated when they are many."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from diembao.core.query import All, Text
from indexer.embedded import EmbeddedIndex
from tests.indexer.articles import document


def test_up_to_3000_values_are_counted_one_by_one_and_more_are_estimated(tmp_path: Path) -> None:
    """Whether filters are asked, which is done in two steps, or words; in an index of several parts."""
    aggs = {"n": {"cardinality": {"field": "story"}}}
    made = [document(f"{n:04d}", "Bão", story=f"story-{n:04d}") for n in range(3300)]

    def counted(index: EmbeddedIndex) -> list[int]:
        return [index.aggregate(query, aggs)["n"]["value"] for query in (All(), Text("text", "bão"))]

    with closing(EmbeddedIndex(tmp_path)) as index:
        index.put(made[:1400])
        index.put(made[1200:3000])
        assert counted(index) == [3000, 3000]
        index.put(made[3000:])
        one, other = counted(index)
        assert one == other != 3000
        assert one == pytest.approx(3300, rel=0.05)
