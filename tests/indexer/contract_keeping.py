"""What is put is kept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from diembao.core.errors import WrongUse
from diembao.core.ports import Index
from diembao.core.query import All
from tests.indexer.articles import document, ids


class KeepingContract:
    def test_a_new_index_is_empty_and_answers_everything(self, index: Index) -> None:
        assert index.size() == 0
        assert index.position() == 0
        assert ids(index, "bão") == []
        found = index.aggregate(All(), {"t": {"terms": {"field": "theme"}}, "n": {"cardinality": {"field": "story"}}})
        assert found["t"]["buckets"] == []
        assert found["n"]["value"] == 0

    def test_what_is_put_is_found_at_once(self, index: Index) -> None:
        assert index.put([document("a", "Bão số 5"), document("b", "Nắng")]) == 2
        assert index.size() == 2
        assert ids(index, "bão") == ["a"]

    def test_putting_nothing_is_nothing(self, index: Index) -> None:
        assert index.put([]) == 0

    def test_the_same_id_replaces_also_within_one_batch(self, index: Index) -> None:
        index.put([document("a", "Bão"), document("b", "Bão")])
        index.put([document("a", "Lũ"), document("a", "Nắng", theme="tourism")])
        assert index.size() == 2
        assert ids(index, "bão") == ["b"]
        assert ids(index, "lũ") == []
        assert ids(index, "nắng chủ_đề:tourism") == ["a"]

    def test_an_error_within_a_batch_leaves_nothing_of_it(self, index: Index) -> None:
        index.put([document("a", "Bão")])
        with pytest.raises(WrongUse, match="byline"):
            index.put([document("b", "Bão"), document("c", byline="An")])
        assert ids(index, "bão") == ["a"]
        index.put([document("d", "Bão")])
        assert ids(index, "bão") == ["a", "d"]

    def test_an_empty_and_an_endless_keyword_are_refused(self, index: Index) -> None:
        for value in ("", "x" * 1001):
            with pytest.raises(WrongUse, match="outlet"):
                index.put([document("a", outlet=value)])

    def test_another_opener_sees_what_was_put(self, opener: Callable[[], Index]) -> None:
        one, other = opener(), opener()
        one.put([document("a", "Bão")])
        assert ids(other, "bão") == ["a"]
        one.put([document("b", "Bão")])
        assert ids(other, "bão") == ["a", "b"]

    def test_documents_and_position_outlive_closing(self, opener: Callable[[], Index]) -> None:
        one = opener()
        one.put([document("a", "Bão")])
        one.mark(17)
        one.close()
        other = opener()
        assert (other.size(), other.position()) == (1, 17)
        other.put([document("b", "Bão")])
        assert ids(other, "bão") == ["a", "b"]

    def test_wiping_empties_it_and_forgets_the_position(self, opener: Callable[[], Index]) -> None:
        index = opener()
        index.put([document("a", "Bão")])
        index.mark(17)
        index.wipe()
        assert (index.size(), index.position(), opener().position()) == (0, 0, 0)
        index.put([document("a", "Bão")])
        assert ids(index, "bão") == ["a"]

    def test_a_wiped_empty_index_is_still_one(self, index: Index) -> None:
        index.wipe()
        assert (index.size(), index.position()) == (0, 0)

    def test_a_new_copy_is_made_while_the_old_one_answers_and_is_written(self, opener: Callable[[], Index]) -> None:
        index, other = opener(), opener()
        index.put([document("a", "Bão"), document("b", "Bão")])
        index.mark(17)
        with index.renewed() as fresh:
            fresh.put([document("a", "Lũ")])
            assert (ids(other, "bão"), ids(other, "lũ"), other.position()) == (["a", "b"], [], 17)
            index.put([document("c", "Bão")])
            assert ids(other, "bão") == ["a", "b", "c"]
            fresh.put([document("d", "Lũ")])
            fresh.mark(12)
        assert (ids(other, "lũ"), ids(other, "bão"), other.position()) == (["a", "d"], [], 12)
        index.put([document("e", "Lũ")])
        index.mark(18)
        assert (ids(opener(), "lũ"), other.position()) == (["a", "d", "e"], 18)

    def test_an_article_has_one_stance_for_each_province_at_most(self, index: Index) -> None:
        two: dict[str, tuple[str, ...]] = {"stance": ("critical", "neutral")}
        with pytest.raises(WrongUse, match="one stance"):
            index.put([replace(document("a"), keywords=two)])
        assert index.size() == 0
        index.put([replace(document("a"), keywords={"stance": ("critical", "bac-ninh:neutral")})])
        assert index.size() == 1

    def test_a_new_copy_that_fails_leaves_all_as_it_was(self, opener: Callable[[], Index]) -> None:
        index, other = opener(), opener()
        index.put([document("a", "Bão")])
        index.mark(17)

        def failing() -> None:
            with index.renewed() as fresh:
                fresh.put([document("b", "Lũ")])
                fresh.put([document("c", byline="An")])

        with pytest.raises(WrongUse, match="byline"):
            failing()
        for each in (index, other, opener()):
            assert (ids(each, "bão"), ids(each, "lũ"), each.position()) == (["a"], [], 17)
        with index.renewed() as fresh:
            fresh.put([document("b", "Lũ")])
        assert (ids(other, "lũ"), other.size(), other.position()) == (["b"], 1, 0)

    def test_it_tells_id_and_version_of_every_document_in_the_order_of_ids(self, index: Index) -> None:
        assert list(index.versions()) == []
        index.put([replace(document(name), version=n) for n, name in enumerate("dbca")])
        index.put([replace(document("b"), version=9)])
        assert list(index.versions()) == [("a", 3), ("b", 9), ("c", 2), ("d", 0)]
        assert list(index.damaged()) == []
