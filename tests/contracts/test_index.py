"""What every index promises (`core.ports.Index`), run on every engine.

The parts stand in `tests/indexer/contract_*.py`. A new engine is one more entry of ``ENGINES``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from diembao.core.ports import Index
from indexer.elastic import ElasticIndex
from indexer.embedded import EmbeddedIndex
from tests.indexer import (
    contract_aggregations,
    contract_keeping,
    contract_operators,
    contract_pages,
    contract_provinces,
    contract_words,
)
from tests.parts import needs
from tests.servers import LOGIN, running
from tests.servers import alias as node_alias

Opener = Callable[[], Index]


def embedded(folder: Path) -> Opener:
    return lambda: EmbeddedIndex(folder / "index")


def elastic(folder: Path) -> Opener:
    node, alias = running(), node_alias(folder)
    return lambda: ElasticIndex(node.url, alias, LOGIN)


ENGINES: dict[str, Callable[[Path], Opener]] = {"embedded": embedded, "elastic": elastic}
NEEDS = {"elastic": [needs("elasticsearch")]}


@pytest.fixture(scope="class", params=[pytest.param(name, marks=NEEDS.get(name, ())) for name in ENGINES])
def engine(request: pytest.FixtureRequest) -> Callable[[Path], Opener]:
    return ENGINES[request.param]


@pytest.fixture
def opener(engine: Callable[[Path], Opener], tmp_path: Path) -> Iterator[Opener]:
    """Opens one and the same index, as often as wanted; all are closed at the end."""
    open_one = engine(tmp_path)
    with ExitStack() as stack:
        yield lambda: stack.enter_context(closing(open_one()))


@pytest.fixture
def index(opener: Opener) -> Index:
    return opener()


@pytest.fixture(scope="class")
def filled(
    request: pytest.FixtureRequest, engine: Callable[[Path], Opener], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Index]:
    """The articles of one class of tests, which only read them."""
    with closing(engine(tmp_path_factory.mktemp("filled"))()) as index:
        request.cls.fill(index)
        yield index


class TestKeeping(contract_keeping.KeepingContract):
    pass


class TestWords(contract_words.WordsContract):
    pass


class TestLanguages(contract_words.LanguagesContract):
    pass


class TestOperators(contract_operators.OperatorsContract):
    pass


class TestPages(contract_pages.PagesContract):
    pass


class TestAggregations(contract_aggregations.AggregationsContract):
    pass


class TestProvinces(contract_provinces.ProvincesContract):
    """Several provinces in one index."""
