"""Operators, filters, dates."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from diembao.core.ports import Index
from diembao.core.query import All, Bool, Range, Terms, Text, parse
from tests.indexer.articles import NOW, document, ids


class OperatorsContract:
    @staticmethod
    def fill(index: Index) -> None:
        index.put(
            [
                document(
                    "a",
                    "Bão Quy Nhơn",
                    hours=1,
                    outlet="vnexpress",
                    stance="critical",
                    theme=("tourism", "sea-islands"),
                ),
                document("b", "Lũ Quy Nhơn", hours=30, outlet="tuoitre", stance="neutral", theme="tourism"),
                document("c", "Bão Lũ Pleiku", hours=60, outlet="vnexpress"),
            ]
        )

    @pytest.mark.parametrize(
        ("typed", "found"),
        [
            ("", "abc"),
            ("bão OR lũ", "abc"),
            ("bão AND lũ", "c"),
            ("bão -lũ", "a"),
            ("bão AND NOT lũ", "a"),
            ("NOT lũ", "a"),
            ("-lũ -bão", ""),
            ('-"quy nhơn"', "c"),
            ("NOT (bão AND lũ)", "ab"),
            ("NOT NOT bão", "ac"),
            ("-báo:vnexpress", "b"),
            ("pleiku OR NOT bão", "bc"),
            ("báo:vnexpress thái_độ:phê_phán", "a"),
            ("báo:(vnexpress OR tuoitre)", "abc"),
            ("chủ_đề:tourism", "ab"),
            ("chủ_đề:sea", ""),
            ("id:(a OR c OR zzz)", "ac"),
            ("từ:hôm_nay", "a"),
            ("đến:hôm_qua", "bc"),
            ("ngày:2", "ab"),
            ("bão đến:19/11/2026", "c"),
            ("title:bão -thái_độ:critical", "c"),
        ],
    )
    def test_operators_filters_and_dates(self, filled: Index, typed: str, found: str) -> None:
        assert sorted(ids(filled, typed)) == sorted(found)

    def test_must_and_should_together_need_one_of_should(self, filled: Index) -> None:
        some = Bool(must=(Terms("outlet", ("vnexpress",)),), should=(Text("text", "pleiku"), Text("text", "huế")))
        assert ids(filled, some) == ["c"]

    def test_no_value_matches_nothing_and_an_empty_bool_everything(self, filled: Index) -> None:
        assert ids(filled, Terms("outlet", ())) == []
        assert sorted(ids(filled, Bool())) == ["a", "b", "c"]

    def test_a_range_holds_its_start_and_not_its_end_to_the_second(self, filled: Index) -> None:
        at = NOW - timedelta(hours=30)
        assert ids(filled, Range("published", at, at + timedelta(seconds=1))) == ["b"]
        assert ids(filled, Range("published", at - timedelta(hours=1), at)) == []
        assert sorted(ids(filled, Range("seen", None, None))) == ["a", "b", "c"]

    def test_a_range_may_reach_further_than_any_engine_counts(self, filled: Index) -> None:
        ever = Range("published", datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC))
        assert sorted(ids(filled, ever)) == ["a", "b", "c"]

    def test_filters_do_not_change_the_score(self, filled: Index) -> None:
        (plain,) = filled.search(parse("pleiku", now=NOW)).hits
        (filtered,) = filled.search(parse("pleiku báo:vnexpress ngày:9 -chủ_đề:tourism", now=NOW)).hits
        assert plain == filtered
        assert plain.score > 0
        assert {hit.score for hit in filled.search(All()).hits} == {0.0}
