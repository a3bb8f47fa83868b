"""Whichever engine an office has: the same ids in the same order, the same totals, buckets and scores."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from demo.copydesk import pieces
from diembao.core.document import Document
from diembao.core.ports import Index, SortBy
from diembao.core.query import All, Bool, Query, Range, Terms, Text, parse
from indexer.elastic import ElasticIndex
from indexer.embedded import EmbeddedIndex
from tests.indexer.articles import NOW
from tests.parts import needs
from tests.servers import LOGIN, alias, running

pytestmark = needs("elasticsearch")

LANGUAGES = ("vi", "en", "fr", "ru", "zh", "ja", "ko", "th", "lo", "km")

TYPED = (
    # Vietnamese, with and without marks, in both spellings
    *("bão", "bao", "báo", "lũ", "mưa lũ", '"mưa lũ"', "quy nhon", '"quy nhơn"', '"Qui Nhơn"', "bình định", "gia lai"),
    *("du lịch biển", "title:lũ", 'title:"quy nhơn"', "quy*", "title:b*", "kỹ thuật", "hòa OR hoà", "đồng", "UBND"),
    # other languages; a part of a run where words are not spaced
    *("flood", "Quy Nhon", '"Binh Dinh"', "inondations", "Vietnam", "наводнение", "Куинён", "вьетнам*"),
    *("平定省", "归仁", "歸仁", "嘉莱 台风", "クイニョン", "洪水", "ビンディン", "퀴논", "홍수", "น้ำท่วม", "เวียดนาม"),
    *("ກວີເຍີນ", "ນ້ຳຖ້ວມ", "ຫວຽດນາມ", "ទឹកជំនន់", "វៀតណាម"),
    # numbers, operators, filters, dates
    *("5/12/2026", "1.200", "3,5%", "2026", "covid-19", "bão OR flood OR 洪水", "lũ -bão", "NOT lũ", "-lũ -bão"),
    *("(lũ OR bão) AND (quy OR pleiku) -title:lũ", "chủ_đề:tourism", "thái_độ:phê_phán lũ", "ngày:7", "đến:hôm_qua lũ"),
    *(
        "lũ GẦN/5 quy nhơn",
        "lu NEAR/9 mua",
        "quy GẦN/0 nhơn",
        "bình định GẦN/20 tỉnh",
        "台风 GẦN/9 平定省",
        "tỉnh GẦN/9 tỉnh",
    ),
    *("ngôn_ngữ:lo", "từ:hôm_nay", "id:(a OR b)", "khôngcótừnày", "NOT (lũ OR (bão AND NOT title:bão))"),
)

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


def documents() -> Iterator[Document]:
    """The demo's articles, each twice, so that there are ties; the second time without its lead."""
    for n, piece in enumerate(pieces()):
        when = NOW - timedelta(hours=3.7 * (n % 100))
        keywords = {
            "outlet": (piece.outlet,),
            "language": (piece.language,),
            "relevance": (piece.truth.gialai,),
            "theme": piece.truth.themes,
            "stance": (piece.truth.stance,),
            "story": (piece.story,) if piece.story else (),
        }
        words = piece.words
        body = "\n".join(words.body)
        yield Document(f"{(n * 7919) % 1000:03d}-{piece.slug}", words.title, words.lead, body, when, when, keywords)
        yield Document(f"{(n * 104729) % 1000:03d}-{n}", words.title, "", body, when, NOW, keywords)


@dataclass(frozen=True)
class Engines:
    embedded: EmbeddedIndex
    elastic: ElasticIndex


@pytest.fixture(scope="module")
def engines(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engines]:
    """The same articles in both, each in one merged part."""
    folder, node = tmp_path_factory.mktemp("agree"), running()
    with (
        closing(EmbeddedIndex(folder / "index")) as embedded,
        closing(ElasticIndex(node.url, alias(folder), LOGIN)) as elastic,
        node.client() as client,
    ):
        assert embedded.put(documents()) == elastic.put(documents()) > 200
        client.indices.forcemerge(index=alias(folder), max_num_segments=1)
        client.indices.refresh(index=alias(folder))
        yield Engines(embedded, elastic)


def agree(engines: Engines, query: Query, sort: SortBy = SortBy.SCORE) -> int:
    """The whole list of hits, and a page of it; how many."""
    one, other = (index.search(query, sort=sort, limit=1000) for index in (engines.embedded, engines.elastic))
    assert one.total == other.total == engines.elastic.count(query) == len(other.hits)
    for mine, theirs in zip(one.hits, other.hits, strict=True):
        assert theirs.score == pytest.approx(mine.score, rel=2e-6)
    assert [hit.id for hit in other.hits] == [hit.id for hit in one.hits]
    assert engines.elastic.search(query, sort=sort, offset=3, limit=5).hits == other.hits[3:8]
    return one.total


def ask(index: Index, query: Query) -> dict[str, Any]:
    return index.aggregate(query, AGGREGATIONS)


@pytest.mark.parametrize("typed", TYPED)
def test_typed_queries_find_the_same_in_the_same_order_with_the_same_scores(engines: Engines, typed: str) -> None:
    agree(engines, parse(typed, now=NOW))


def test_most_of_these_queries_find_something(engines: Engines) -> None:
    found = [typed for typed in TYPED if engines.embedded.count(parse(typed, now=NOW))]
    assert len(found) >= 50


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_piece_of_each_title_of_each_language_finds_the_same(engines: Engines, language: str) -> None:
    titles = [piece.words.title for piece in pieces() if piece.language == language][:8]
    assert titles
    for title in titles:
        cut = title[len(title) // 4 : len(title) * 3 // 4]
        for query in (Text("text", title), Text("title", cut), parse(f'"{cut.replace(chr(34), "")}"', now=NOW)):
            agree(engines, query)


@pytest.mark.parametrize("tree", TREES, ids=range(len(TREES)))
@pytest.mark.parametrize("sort", list(SortBy))
def test_trees_and_orders_agree(engines: Engines, tree: Query, sort: SortBy) -> None:
    agree(engines, tree, sort)


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
