"""What every index promises of several provinces: asked in the name of one, it answers from that one's labels."""

from __future__ import annotations

from typing import Any

import pytest

from diembao.core.errors import WrongUse
from diembao.core.ports import Index
from diembao.core.provinces import Viewed
from diembao.core.query import All, Bool, Terms
from diembao.pipeline.provinces import ProvinceIndex
from tests.indexer.articles import document, ids

HERE = Viewed("gia-lai", ("gia-lai", "binh-dinh"), plain=True)
THERE = Viewed("bac-ninh", ("bac-ninh", "bac-giang"), plain=False)


def two_provinces(index: Index) -> tuple[Index, Index]:
    """An article about the one, one about the other, one about both and of neither."""
    index.put(
        [
            document("a", "Bão", relevance="yes", theme="tourism", stance="critical", story="s"),
            document("b", "Bão", relevance=("no", "bac-ninh:yes"), theme="bac-ninh:asean", stance="bac-ninh:neutral"),
            document(
                "c",
                "Bão",
                relevance=("part", "bac-ninh:yes"),
                theme=("tourism", "bac-ninh:tourism", "bac-ninh:asean"),
                place=("binh-dinh", "bac-ninh:bac-giang"),
                story="s",
            ),
            document("d", "Bão", relevance=("no", "bac-ninh:no")),
        ]
    )
    return ProvinceIndex(index, HERE), ProvinceIndex(index, THERE)


def terms(field: str, size: int = 10) -> dict[str, Any]:
    return {"terms": {"field": field, "size": size}}


class ProvincesContract:
    def test_a_query_finds_what_the_province_says(self, index: Index) -> None:
        here, there = two_provinces(index)
        about = Terms("relevance", ("yes", "part"))
        assert sorted(ids(here, about)) == ["a", "c"]
        assert sorted(ids(there, about)) == ["b", "c"]
        assert ids(here, Bool(must=(about,), must_not=(Terms("theme", ("asean",)),))) == ids(here, about)
        assert ids(there, Bool(must=(about,), should=(Terms("theme", ("tourism",)),))) == ["c"]
        assert ids(here, "bão tỉnh:binh-dinh") == ids(there, "bão tỉnh:bac-giang") == ["c"]

    @pytest.mark.parametrize("value", ["bac-ninh:asean", "bac-ninh:yes", ":", "gia-lai:yes"])
    def test_a_value_that_names_another_province_finds_nothing(self, index: Index, value: str) -> None:
        for each in two_provinces(index):
            for field in ("relevance", "theme", "stance", "place"):
                assert each.count(Terms(field, (value,))) == 0

    def test_counts_are_the_provinces_own(self, index: Index) -> None:
        here, there = two_provinces(index)
        asked = {"theme": terms("theme"), "story": {**terms("story"), "aggs": {"t": terms("theme")}}}
        found = [each.aggregate(Terms("relevance", ("yes", "part")), asked) for each in (here, there)]
        told = [[(x["key"], x["doc_count"]) for x in answer["theme"]["buckets"]] for answer in found]
        assert told == [[("tourism", 2)], [("asean", 2), ("tourism", 1)]]
        within = [[x["key"] for x in answer["story"]["buckets"][0]["t"]["buckets"]] for answer in found]
        assert within == [["tourism"], ["asean", "tourism"]]

    def test_what_is_left_out_of_the_largest_is_counted(self, index: Index) -> None:
        _, there = two_provinces(index)
        (answer,) = there.aggregate(All(), {"t": terms("theme", 1)}).values()
        assert [x["key"] for x in answer["buckets"]] == ["asean"]
        assert answer["sum_other_doc_count"] == 1

    @pytest.mark.parametrize(
        "asked", [{"cardinality": {"field": "theme"}}, {"terms": {"field": "theme", "missing": "x"}}]
    )
    def test_what_cannot_be_told_apart_is_refused(self, index: Index, asked: dict[str, Any]) -> None:
        here, _ = two_provinces(index)
        with pytest.raises(WrongUse, match="theme"):
            here.aggregate(All(), {"t": asked})
