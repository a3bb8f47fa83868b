"""Trees that nobody types, aggregations of every kind, and an index that is not there: the same on both engines."""

from __future__ import annotations

from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from diembao.core.ports import Index, SortBy
from diembao.core.query import All, Bool, Query, Range, Terms, Text, parse
from indexer.elastic import ElasticIndex
from indexer.embedded import EmbeddedIndex
from tests.indexer.articles import NOW
from tests.indexer.conftest import Engines
from tests.parts import needs
from tests.servers import LOGIN, alias, running

pytestmark = needs("elasticsearch")

TREES: tuple[Query, ...] = (
    All(),
    Bool(),
    Bool(must_not=(Text("text", "lũ"),)),
    Bool(
        must=(Terms("theme", ("tourism", "asean")),), should=(Text("text", "du lịch"), Terms("stance", ("critical",)))
    ),
    Bool(should=tuple(Text("text", word) for word in ("mưa", "lũ", "tỉnh", "quy nhơn", "flood", "水"))),
    Range("seen", NOW - timedelta(days=3), NOW - timedelta(days=1)),
    Terms("outlet", ()),
    Terms("story", tuple(f"none-{n}" for n in range(70_000))),  # more than one request of terms may hold
)

AGGREGATIONS: dict[str, Any] = {
    "outlets": {"terms": {"field": "outlet", "size": 3}, "aggs": {"stories": {"cardinality": {"field": "story"}}}},
    "languages": {"terms": {"field": "language", "order": {"_key": "asc"}}},
    "themes": {"terms": {"field": "theme", "size": 50, "missing": "none"}},
    "rare": {"terms": {"field": "theme", "size": 4, "order": {"_count": "asc"}, "min_doc_count": 2}},
    "stories": {"cardinality": {"field": "story"}},
    "labels": {"value_count": {"field": "theme"}},
    "days": {
        "date_histogram": {"field": "published", "fixed_interval": "1d", "offset": "-7h"},
        "aggs": {"stances": {"terms": {"field": "stance"}}},
    },
    "framed": {
        "date_histogram": {
            "field": "published",
            "fixed_interval": "1d",
            "extended_bounds": {
                "min": int((NOW - timedelta(days=40)).timestamp() * 1000),
                "max": int((NOW + timedelta(days=2)).timestamp() * 1000),
            },
        }
    },
    "counted": {"date_histogram": {"field": "published", "fixed_interval": "12h", "min_doc_count": 20}},
}


def ask(index: Index, query: Query) -> dict[str, Any]:
    return index.aggregate(query, AGGREGATIONS)


@pytest.mark.parametrize("tree", TREES, ids=range(len(TREES)))
@pytest.mark.parametrize("sort", list(SortBy))
def test_trees_and_orders_agree(engines: Engines, tree: Query, sort: SortBy) -> None:
    engines.agree(tree, sort)
    page = engines.elastic.search(tree, sort=sort, offset=3, limit=5).hits
    assert page == engines.elastic.search(tree, sort=sort, limit=8).hits[3:]
    assert engines.elastic.count(tree) == engines.embedded.count(tree)


@pytest.mark.parametrize("query", [All(), *(parse(typed, now=NOW) for typed in ("lũ", "ngày:3", "khôngcótừnày"))])
def test_buckets_are_the_same(engines: Engines, query: Query) -> None:
    assert ask(engines.elastic, query) == ask(engines.embedded, query)


def test_an_index_that_is_not_there_answers_as_an_empty_one(tmp_path: Path) -> None:
    node = running()
    with (
        closing(EmbeddedIndex(tmp_path / "index", read_only=True)) as embedded,
        closing(ElasticIndex(node.url, alias(tmp_path), LOGIN)) as elastic,
    ):
        assert ask(elastic, All()) == ask(embedded, All())
        assert elastic.search(All()) == embedded.search(All())
        assert (elastic.size(), elastic.count(All()), elastic.position()) == (0, 0, 0)
