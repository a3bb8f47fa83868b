"""The same nearest articles from files and from a server; and whose indexes on the server are whose."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import numpy as np
import pytest

from diembao.core.errors import IndexAway, Misconfigured, WrongUse
from indexer.elastic_alias import Layout
from indexer.elastic_vectors import ElasticVectors
from indexer.vectors import EmbeddedVectors
from tests.contracts.test_vectors import named, rows
from tests.parts import needs
from tests.servers import LOGIN, Node, alias, running

pytestmark = needs("elasticsearch")

DIMENSION = 32
SIZE = 600
Opener = Callable[..., ElasticVectors]


@pytest.fixture(scope="module")
def node() -> Node:
    return running()


@pytest.fixture
def opener(node: Node, tmp_path: Path) -> Iterator[Opener]:
    with ExitStack() as stack:
        yield lambda version="a", dimension=DIMENSION, **more: stack.enter_context(
            closing(ElasticVectors(node.url, alias(tmp_path), version, dimension, LOGIN, **more))
        )


def crowded() -> np.ndarray[tuple[int, int], np.dtype[np.float32]]:
    """Every third is one of five over again, some are nothing, some all but the same."""
    made = rows(SIZE, seed=3, dimension=DIMENSION)
    made[::3] = made[np.arange(0, SIZE, 3) % 5]
    made[7::50] = 0
    made[8::50] = made[8] + rows(len(made[8::50]), seed=9, dimension=DIMENSION) * np.float32(1e-6)
    return made


@pytest.mark.parametrize("shards", [1, 3])
def test_both_name_the_same_articles_in_the_same_order_with_the_same_products(
    opener: Opener, tmp_path: Path, shards: int
) -> None:
    made = crowded()
    with closing(EmbeddedVectors(tmp_path / "files", "a", DIMENSION)) as files:
        server = opener(layout=Layout(shards=shards))
        for each in (files, server):
            for start in range(0, SIZE, 200):
                each.put(named(*range(start, start + 200)), made[start : start + 200])
            each.put(named(*range(0, SIZE, 10)), made[::10])
        for asked in (*made[:6:3], made[7], made[8], -made[8], *rows(2, seed=5, dimension=DIMENSION)):
            for k, among in ((5, None), (200, None), (10, named(*range(0, SIZE, 4))), (400, named(*range(300, SIZE)))):
                assert server.search(asked, k, among=among) == files.search(asked, k, among=among)


def test_a_graph_finds_nearly_all_of_them(opener: Opener) -> None:
    made = rows(SIZE, seed=3, dimension=DIMENSION)
    graph = opener(kind="hnsw")
    graph.put(named(*range(SIZE)), made)
    best = set(named(*np.argsort(-(made @ made[17]))[:10].tolist()))
    assert len(best & {hit.id for hit in graph.search(made[17], 10)}) >= 8


def test_another_way_of_searching_is_another_index_and_takes_over_when_it_is_complete(opener: Opener) -> None:
    flat = opener()
    flat.put(named(1, 2), rows(2, dimension=DIMENSION))
    flat.mark(5)
    graph = opener(kind="hnsw")
    assert (graph.position(), graph.size()) == (0, 2)
    graph.put(named(1), rows(1, dimension=DIMENSION))
    graph.take_over()
    assert (graph.size(), flat.position()) == (1, 0)


def test_an_index_that_was_deleted_is_empty_at_position_0(opener: Opener, node: Node, tmp_path: Path) -> None:
    vectors = opener()
    vectors.put(named(1), rows(1, dimension=DIMENSION))
    vectors.mark(7)
    with node.client() as client:
        client.indices.delete(index=list(client.indices.get(index=f"{alias(tmp_path)}-vectors-*").body))
    assert (vectors.position(), vectors.size(), vectors.search(rows(1, dimension=DIMENSION)[0], 3)) == (0, 0, ())
    vectors.put(named(1), rows(1, dimension=DIMENSION))
    assert vectors.size() == 1


def test_an_alias_of_somebody_else_is_left_alone(opener: Opener, node: Node, tmp_path: Path) -> None:
    name = f"{alias(tmp_path)}-vectors"
    with node.client() as client:
        client.indices.create(index=f"{name}-theirs", aliases={name: {}})
        with pytest.raises(Misconfigured, match="not made by this program"):
            opener().put(named(1), rows(1, dimension=DIMENSION))
        assert client.indices.exists(index=f"{name}-theirs")


def test_a_reader_needs_no_model(opener: Opener) -> None:
    opener().put(named(1), rows(1, dimension=DIMENSION))
    reader = opener("", 0)
    assert (reader.answers, reader.size()) == ("a", 1)
    assert [hit.id for hit in reader.search(rows(1, dimension=DIMENSION)[0], 3)] == named(1)
    with pytest.raises(WrongUse, match="reading only"):
        reader.put(named(2), rows(1, dimension=DIMENSION))


def test_a_server_that_is_away_is_told_apart_from_no_vectors() -> None:
    with closing(ElasticVectors("http://127.0.0.1:9", "diembao", "", 0)) as vectors, pytest.raises(IndexAway):
        vectors.size()
