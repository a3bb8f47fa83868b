"""Counts."""

from __future__ import annotations

import pytest

from diembao.core.errors import WrongUse
from diembao.core.ports import Index
from diembao.core.query import All, parse
from tests.indexer.articles import NOW, document


class AggregationsContract:
    @staticmethod
    def fill(index: Index) -> None:
        """An article each eight hours, from two hours ago (10:00 in Hà Nội), in three commits."""
        for batch in (range(2), range(2, 7), range(7, 12)):
            index.put(
                [
                    document(
                        f"{n:02d}",
                        "Bão" if n < 4 else "Nắng",
                        hours=2 + 8 * n,
                        outlet=f"outlet-{n % 5}",
                        stance=("critical", "neutral", "neutral")[n % 3],
                        theme=("tourism", "asean") if n % 4 == 0 else (),
                        story=f"story-{n // 3}",
                    )
                    for n in batch
                ]
            )

    def test_terms_are_counted_largest_first_and_then_by_key(self, filled: Index) -> None:
        found = filled.aggregate(All(), {"o": {"terms": {"field": "outlet", "size": 3}}})
        assert [(bucket["key"], bucket["doc_count"]) for bucket in found["o"]["buckets"]] == [
            ("outlet-0", 3),
            ("outlet-1", 3),
            ("outlet-2", 2),
        ]
        assert found["o"]["sum_other_doc_count"] == 4

    def test_a_field_of_several_values_counts_for_each(self, filled: Index) -> None:
        found = filled.aggregate(All(), {"t": {"terms": {"field": "theme"}}, "n": {"value_count": {"field": "theme"}}})
        assert [(bucket["key"], bucket["doc_count"]) for bucket in found["t"]["buckets"]] == [
            ("asean", 3),
            ("tourism", 3),
        ]
        assert found["n"] == {"value": 6}

    def test_missing_values_and_orders_can_be_asked_for(self, filled: Index) -> None:
        terms = {"field": "theme", "missing": "none", "order": {"_key": "desc"}}
        found = filled.aggregate(All(), {"t": {"terms": terms}})
        assert [(bucket["key"], bucket["doc_count"]) for bucket in found["t"]["buckets"]] == [
            ("tourism", 3),
            ("none", 9),
            ("asean", 3),
        ]

    def test_only_what_matches_the_query_counts(self, filled: Index) -> None:
        found = filled.aggregate(parse("bão", now=NOW), {"s": {"terms": {"field": "stance"}}})
        assert {bucket["key"]: bucket["doc_count"] for bucket in found["s"]["buckets"]} == {"critical": 2, "neutral": 2}

    def test_days_begin_at_the_offset_and_hold_further_aggregations(self, filled: Index) -> None:
        days = {"field": "published", "fixed_interval": "1d", "offset": "-7h"}
        found = filled.aggregate(All(), {"d": {"date_histogram": days, "aggs": {"s": {"terms": {"field": "stance"}}}}})
        buckets = found["d"]["buckets"]
        assert [(bucket["key_as_string"], bucket["doc_count"]) for bucket in buckets] == [
            ("2026-11-16T17:00:00.000Z", 1),
            ("2026-11-17T17:00:00.000Z", 3),
            ("2026-11-18T17:00:00.000Z", 3),
            ("2026-11-19T17:00:00.000Z", 3),
            ("2026-11-20T17:00:00.000Z", 2),
        ]
        assert all(isinstance(bucket["key"], int) for bucket in buckets)
        stances = {bucket["key"]: bucket["doc_count"] for bucket in buckets[-2]["s"]["buckets"]}
        assert stances == {"critical": 1, "neutral": 2}

    def test_days_without_articles_are_there_unless_left_out(self, filled: Index) -> None:
        two = parse("id:(00 OR 11)", now=NOW)
        days = {"field": "published", "fixed_interval": "1d", "offset": "-7h"}
        counts = [
            [bucket["doc_count"] for bucket in filled.aggregate(two, {"d": {"date_histogram": asked}})["d"]["buckets"]]
            for asked in (days, {**days, "min_doc_count": 1})
        ]
        assert counts[0][0] == counts[0][-1] == 1
        assert set(counts[0][1:-1]) == {0}
        assert counts[1] == [1, 1]

    def test_distinct_values_are_counted_exactly(self, index: Index) -> None:
        index.put([document(f"x{n}", "Tuyết", story=f"s{n:04d}") for n in range(1500)])
        aggs = {"n": {"cardinality": {"field": "story"}}}
        assert index.aggregate(parse("tuyết", now=NOW), aggs)["n"] == {"value": 1500}

    def test_distinct_values_are_counted_within_buckets_too(self, filled: Index) -> None:
        within = {"o": {"terms": {"field": "outlet", "size": 1}, "aggs": {"n": {"cardinality": {"field": "story"}}}}}
        assert filled.aggregate(All(), within)["o"]["buckets"][0]["n"] == {"value": 3}

    def test_the_largest_are_right_across_many_commits(self, index: Index) -> None:
        """An engine that keeps only the largest of each part loses counts."""
        for part in range(4):
            index.put(
                [document(f"{part}-{n}", "Gió", story="both" if n == 0 else f"g{part}-{n // 2}") for n in range(301)]
            )
        found = index.aggregate(parse("gió", now=NOW), {"s": {"terms": {"field": "story", "size": 1}}})
        assert [(bucket["key"], bucket["doc_count"]) for bucket in found["s"]["buckets"]] == [("both", 4)]

    @pytest.mark.parametrize(
        ("aggs", "said"),
        [
            (
                {"d": {"date_histogram": {"field": "published", "fixed_interval": "1d", "time_zone": "+07:00"}}},
                "offset",
            ),
            ({"d": {"date_histogram": {"field": "published", "calendar_interval": "day"}}}, "fixed_interval"),
            (
                {"d": {"date_histogram": {"field": "seen", "fixed_interval": "1d", "hard_bounds": {"min": 0}}}},
                "narrow the query",
            ),
            ({"d": {"date_histogram": {"field": "published"}}}, "fixed_interval"),
            ({"d": {"date_histogram": {"field": "outlet", "fixed_interval": "1d"}}}, "published, seen"),
            ({"d": {"date_histogram": {"field": "published", "fixed_interval": "1s"}}}, "cannot be answered"),
            ({"d": {"date_histogram": {"field": "published", "fixed_interval": "soon"}}}, "cannot be answered"),
            ({"t": {"terms": {"field": "byline"}}}, "one of the fields"),
            ({"t": {"terms": {"field": "text"}}}, "one of the fields"),
            ({"t": {"terms": {"field": "theme", "size": 100_000}}}, "size must be"),
            ({"t": {"terms": {"field": "theme", "size": 0}}}, "size must be"),
            ({"t": {"terms": {"field": "theme", "min_doc_count": 0}}}, "without articles"),
            ({"t": {"terms": {"field": "theme", "order": {"n": "asc"}}}}, "order is one of"),
            ({"t": {"terms": {"field": "theme", "include": "a.*"}}}, "'include' is not supported"),
            ({"t": {"percentiles": {"field": "published"}}}, "exactly one of"),
            ({"t": {}}, "exactly one of"),
            ({"t": []}, "an object of objects"),
            ({"t": {"terms": "theme"}}, "an object of objects"),
            (
                {"n": {"cardinality": {"field": "story"}, "aggs": {"t": {"terms": {"field": "theme"}}}}},
                "nothing goes inside",
            ),
        ],
    )
    def test_what_engines_do_not_answer_alike_is_refused_with_a_word(
        self, filled: Index, aggs: dict[str, object], said: str
    ) -> None:
        with pytest.raises(WrongUse, match=said):
            filled.aggregate(All(), aggs)

    def test_aggregations_without_end_are_refused(self, filled: Index) -> None:
        aggs: dict[str, object] = {}
        for _ in range(50):
            aggs = {"t": {"terms": {"field": "theme"}, "aggs": aggs}}
        with pytest.raises(WrongUse, match="nested"):
            filled.aggregate(All(), aggs)
