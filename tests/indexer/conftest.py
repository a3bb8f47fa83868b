"""The same articles on both engines, for every test that compares them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest
from elasticsearch import Elasticsearch

from diembao.core.ports import SortBy
from diembao.core.query import Query
from indexer.elastic import ElasticIndex
from indexer.elastic_alias import Layout
from indexer.embedded import EmbeddedIndex
from tests.indexer.corpus import corpus
from tests.indexer.on_disk import document
from tests.servers import LOGIN, Node, running
from tests.servers import alias as alias_of

Opener = Callable[[], ElasticIndex]

MOST = 1000  # hits that are compared; more than there are articles


@dataclass(frozen=True)
class Engines:
    embedded: EmbeddedIndex
    elastic: ElasticIndex

    def agree(self, query: Query, sort: SortBy = SortBy.SCORE) -> int:
        """The same total, ids in the same order, and scores; how many."""
        one, other = (index.search(query, sort=sort, limit=MOST) for index in (self.embedded, self.elastic))
        assert one.total == other.total == len(other.hits)
        for mine, theirs in zip(one.hits, other.hits, strict=True):
            assert theirs.score == pytest.approx(mine.score, rel=2e-6)
        assert [hit.id for hit in other.hits] == [hit.id for hit in one.hits]
        return one.total


@pytest.fixture(scope="session")
def engines(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engines]:
    """Each in one merged part, where scores are the same too."""
    folder, node = tmp_path_factory.mktemp("agree"), running()
    with (
        closing(EmbeddedIndex(folder / "index")) as embedded,
        closing(ElasticIndex(node.url, alias_of(folder), LOGIN)) as elastic,
        node.client() as client,
    ):
        assert embedded.put(corpus()) == elastic.put(corpus()) > 300
        client.indices.forcemerge(index=alias_of(folder), max_num_segments=1)
        client.indices.refresh(index=alias_of(folder))
        yield Engines(embedded, elastic)


@pytest.fixture(scope="session")
def scattered(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engines]:
    """As they grow: in many commits, with articles that were replaced, on three shards."""
    folder, node = tmp_path_factory.mktemp("scattered"), running()
    with (
        closing(EmbeddedIndex(folder / "index")) as embedded,
        closing(ElasticIndex(node.url, alias_of(folder), LOGIN, layout=Layout(shards=3))) as elastic,
    ):
        every = list(corpus())
        for index in (embedded, elastic):
            for start in range(0, len(every), 60):
                index.put(every[start : start + 60])
            index.put(every[::5])
        yield Engines(embedded, elastic)


@pytest.fixture(scope="module")
def node() -> Node:
    return running()


@pytest.fixture
def client(node: Node) -> Iterator[Elasticsearch]:
    with node.client() as client:
        yield client


@pytest.fixture
def alias(tmp_path: Path) -> str:
    return alias_of(tmp_path)


@pytest.fixture
def opener(node: Node, alias: str) -> Opener:
    return lambda: ElasticIndex(node.url, alias, LOGIN)


@pytest.fixture
def index(opener: Opener) -> Iterator[ElasticIndex]:
    with closing(opener()) as index:
        yield index


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "home" / "index"


@pytest.fixture
def filled(path: Path) -> Path:
    """An index of two articles at position 7, closed."""
    with closing(EmbeddedIndex(path)) as index:
        index.put([document("a"), document("b")])
        index.mark(7)
    return path
