"""Whatever tree is asked, an engine finds what the tree means: the same as a plain evaluation of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from typing import Final

import pytest
from hypothesis import given, settings

from diembao.core.document import Document
from diembao.core.ports import Index
from diembao.core.query import Bool, Near, Phrase, Query, Text, parse, unparse
from indexer.elastic import ElasticIndex
from indexer.embedded import EmbeddedIndex
from tests.indexer import generated
from tests.indexer.articles import NOW, document
from tests.indexer.evaluator import matches, matching
from tests.parts import needs
from tests.servers import LOGIN, alias, running

ALL: Final = generated.documents()


@pytest.fixture(scope="module")
def embedded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedIndex]:
    """In several commits."""
    with closing(EmbeddedIndex(tmp_path_factory.mktemp("trees") / "index")) as index:
        for start in range(0, len(ALL), 50):
            index.put(ALL[start : start + 50])
        yield index


@pytest.fixture(scope="module")
def elastic(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ElasticIndex]:
    with closing(ElasticIndex(running().url, alias(tmp_path_factory.mktemp("trees")), LOGIN)) as index:
        index.put(ALL)
        yield index


def found(index: Index, query: Query) -> set[str]:
    hits = index.search(query, limit=len(ALL))
    assert hits.total == len(hits.hits) == index.count(query)
    return {hit.id for hit in hits.hits}


@settings(derandomize=True, max_examples=300, deadline=None)
@given(generated.TREES)
def test_the_embedded_index_finds_what_the_tree_means(embedded: EmbeddedIndex, tree: Query) -> None:
    assert found(embedded, tree) == matching(tree, ALL)


@needs("elasticsearch")
@settings(derandomize=True, max_examples=60, deadline=None)
@given(generated.TREES)
def test_the_index_on_a_server_finds_what_the_tree_means(elastic: ElasticIndex, tree: Query) -> None:
    assert found(elastic, tree) == matching(tree, ALL)


@settings(derandomize=True, max_examples=200, deadline=None)
@given(generated.LEAVES)
def test_every_leaf_finds_what_it_means(embedded: EmbeddedIndex, leaf: Query) -> None:
    assert found(embedded, leaf) == matching(leaf, ALL)


@settings(derandomize=True, max_examples=200, deadline=None)
@given(generated.TREES)
def test_a_tree_that_was_written_and_read_finds_the_same(tree: Query) -> None:
    assert matching(parse(unparse(tree), now=NOW), ALL) == matching(tree, ALL)


def test_the_generated_trees_are_worth_asking() -> None:
    some = (Text("text", "bão"), Phrase("text", "quy nhơn"), Near("text", "lũ", "bão", 2))
    assert all(0 < len(matching(tree, ALL)) < len(ALL) for tree in some)


@pytest.mark.parametrize(
    ("query", "is_found"),
    [
        (Text("text", "lũ bão"), True),
        (Phrase("text", "bao lu"), False),
        (Near("text", "lũ", "bão số 5", 2), True),
        (Near("text", "lũ", "bão số 5", 1), False),
        (Near("text", "bão", "bão", 20), False),
        (Bool(must_not=(Text("title", "lũ"),)), False),
    ],
)
def test_the_evaluator_itself_is_right(query: Query, *, is_found: bool) -> None:
    one: Document = document("a", "Bão số 5 gây mưa lũ")
    assert matches(query, one) is is_found
