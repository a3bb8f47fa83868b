"""One suite on both engines: whatever is asked, the same ids, totals and buckets; on one merged shard the same order
and scores.
"""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings

from diembao.core.counts import counted
from diembao.core.query import All, Query, parse
from tests.indexer import generated
from tests.indexer.articles import NOW
from tests.indexer.conftest import MOST, Engines
from tests.indexer.corpus import corpus
from tests.indexer.evaluator import matching
from tests.indexer.questions import QUESTIONS
from tests.parts import needs

pytestmark = needs("elasticsearch")

ZONE = "Asia/Ho_Chi_Minh"
FACETS: dict[str, Any] = {
    field: {"terms": {"field": field, "size": 100, "order": {"_key": "asc"}}}
    for field in ("outlet", "country", "language", "relevance", "place", "theme", "stance", "story", "role")
}
EVERY = [parse(typed, now=NOW) for typed in dict.fromkeys(typed for some in QUESTIONS.values() for typed in some)]


def test_there_are_enough_questions_and_most_find_some_but_not_all(engines: Engines) -> None:
    found = [engines.embedded.count(tree) for tree in EVERY]
    assert len(EVERY) >= 300
    assert sum(0 < each < engines.embedded.size() for each in found) >= 200


@pytest.mark.parametrize("kind", QUESTIONS)
def test_typed_questions_find_the_same_in_the_same_order_with_the_same_scores(engines: Engines, kind: str) -> None:
    for typed in QUESTIONS[kind]:
        try:
            engines.agree(parse(typed, now=NOW))
        except AssertionError as different:
            raise AssertionError(f"{typed!r}: {different}") from different


def test_commits_shards_and_replaced_articles_change_no_id_and_no_total(scattered: Engines) -> None:
    for tree in EVERY:
        one, other = (index.search(tree, limit=MOST) for index in (scattered.embedded, scattered.elastic))
        assert {hit.id for hit in one.hits} == {hit.id for hit in other.hits}, tree
        assert one.total == other.total


@pytest.mark.parametrize("which", ["engines", "scattered"])
def test_buckets_and_the_figures_of_a_screen_are_the_same(request: pytest.FixtureRequest, which: str) -> None:
    both: Engines = request.getfixturevalue(which)
    for tree in (All(), *EVERY[::12]):
        one, other = (index.aggregate(tree, FACETS) for index in (both.embedded, both.elastic))
        assert one == other, tree
        mine, theirs = (counted(index, tree, zone=ZONE, near=NOW) for index in (both.embedded, both.elastic))
        assert mine == theirs, tree


@settings(max_examples=60)
@given(generated.TREES)
def test_the_server_finds_what_the_tree_means(engines: Engines, tree: Query) -> None:
    meant = matching(tree, DOCUMENTS)
    assert engines.agree(tree) == len(meant)
    assert {hit.id for hit in engines.elastic.search(tree, limit=MOST).hits} == meant


DOCUMENTS = tuple(corpus())
