"""Which of a few articles does each of many searches find: the same as an index with these articles would."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diembao.core.errors import WrongUse
from diembao.core.ports import SortBy
from diembao.core.query import All, Bool, Near, Prefix, Query, Range, Terms, Text
from indexer.embedded import EmbeddedIndex
from indexer.matching import Matcher
from tests.indexer import generated
from tests.indexer.articles import NOW, document
from tests.indexer.evaluator import matching

FEW: Final = generated.documents()[:40]


@pytest.fixture(scope="module")
def matcher() -> Matcher:
    return Matcher()


@settings(derandomize=True, max_examples=60, deadline=None)
@given(st.lists(generated.TREES, max_size=25))
def test_each_search_finds_what_it_means(matcher: Matcher, trees: list[Query]) -> None:
    assert [set(ids) for ids in matcher.matching(FEW, trees)] == [matching(tree, FEW) for tree in trees]


@pytest.fixture
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedIndex]:
    with closing(EmbeddedIndex(tmp_path_factory.mktemp("same") / "index")) as index:
        index.put(FEW)
        yield index


def test_in_the_order_of_an_index_the_oldest_first(matcher: Matcher, index: EmbeddedIndex) -> None:
    trees: tuple[Query, ...] = (
        All(),
        Text("text", "bão"),
        Bool(should=(Prefix("text", "quy"), Terms("theme", ("asean",)))),
    )
    for tree, found in zip(trees, matcher.matching(FEW, trees), strict=True):
        assert found == [hit.id for hit in index.search(tree, sort=SortBy.OLDEST, limit=100).hits] != []


def test_more_articles_than_one_index_in_memory_takes_stay_in_order(matcher: Matcher) -> None:
    many = [document(f"{n:04d}", "Bão" if n % 2 else "Nắng", hours=n) for n in range(2100)]
    (found,) = matcher.matching(many, [Text("text", "bão")])
    assert found == [f"{n:04d}" for n in range(2099, 0, -2)]


@pytest.mark.parametrize(
    ("tree", "found"),
    [
        (Bool(should=(Text("text", "tuyết"), Text("text", "bão"))), ["a"]),
        (Bool(should=(Text("text", "tuyết"), Range("published", None, NOW))), ["b"]),
        (Bool(must=(Text("text", "bão"),), should=(Text("text", "tuyết"),)), []),
        (Bool(must_not=(Text("text", "bão"),)), ["b"]),
        (Bool(must=(Text("text", "lũ"), Terms("outlet", ("one",)))), []),
        (Bool(must=(Text("text", "bão"), Terms("outlet", ("two", "one")))), ["a"]),
        (Near("text", "bão", "quy nhơn", 1), ["a"]),
        (Terms("outlet", ()), []),
        (Terms("id", ("b", "c")), ["b"]),
        (Bool(), ["b", "a"]),
    ],
)
def test_no_search_is_passed_over_that_finds_something(matcher: Matcher, tree: Query, found: list[str]) -> None:
    two = [document("a", "Bão vào Quy Nhơn", outlet="one"), document("b", "Lũ rút", hours=1, outlet="two")]
    assert matcher.matching(two, [tree]) == [found]


def test_no_article_and_no_search_is_no_answer(matcher: Matcher) -> None:
    assert matcher.matching([], [All()]) == [[]]
    assert matcher.matching(FEW, []) == []


def test_a_field_that_cannot_be_asked_so_is_refused(matcher: Matcher) -> None:
    with pytest.raises(WrongUse, match="byline"):
        matcher.matching(FEW, [Text("byline", "an")])
