"""What every index promises (`core.ports.Index`). A new engine is one more entry of ``ENGINES``."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from diembao.core.document import Document
from diembao.core.errors import WrongUse
from diembao.core.ports import Index, SortBy
from diembao.core.query import All, Bool, Phrase, Prefix, Query, Range, Terms, Text, parse
from indexer.embedded import EmbeddedIndex

NOW = datetime(2026, 11, 21, 5, tzinfo=UTC)  # noon in Hà Nội
Opener = Callable[[], Index]


def embedded(folder: Path) -> Opener:
    return lambda: EmbeddedIndex(folder / "index")


ENGINES: dict[str, Callable[[Path], Opener]] = {"embedded": embedded}


@pytest.fixture(params=ENGINES)
def opener(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Opener]:
    """Opens one and the same index, as often as wanted; all are closed at the end."""
    open_one = ENGINES[request.param](tmp_path)
    with ExitStack() as stack:
        yield lambda: stack.enter_context(closing(open_one()))


@pytest.fixture
def index(opener: Opener) -> Index:
    return opener()


def document(
    name: str, title: str = "", text: str = "", *, hours: float = 0, **keywords: str | tuple[str, ...]
) -> Document:
    """An article published ``hours`` before ``NOW``."""
    when = NOW - timedelta(hours=hours)
    values = {field: (value,) if isinstance(value, str) else value for field, value in keywords.items()}
    return Document(name, title, "", text, when, when, values)


def ids(index: Index, query: Query | str, sort: SortBy = SortBy.SCORE) -> list[str]:
    tree = parse(query, now=NOW) if isinstance(query, str) else query
    found = index.search(tree, sort=sort, limit=100)
    assert found.total == len(found.hits) == index.count(tree)
    return [hit.id for hit in found.hits]


class TestKeeping:
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

    def test_another_opener_sees_what_was_put(self, opener: Opener) -> None:
        one, other = opener(), opener()
        one.put([document("a", "Bão")])
        assert ids(other, "bão") == ["a"]
        one.put([document("b", "Bão")])
        assert ids(other, "bão") == ["a", "b"]

    def test_documents_and_position_outlive_closing(self, opener: Opener) -> None:
        one = opener()
        one.put([document("a", "Bão")])
        one.mark(17)
        one.close()
        other = opener()
        assert (other.size(), other.position()) == (1, 17)
        other.put([document("b", "Bão")])
        assert ids(other, "bão") == ["a", "b"]

    def test_wiping_empties_it_and_forgets_the_position(self, opener: Opener) -> None:
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


class TestWords:
    @pytest.fixture(autouse=True)
    def _articles(self, index: Index) -> None:
        index.put(
            [
                document(
                    "bao", "Bão số 5 vào Quy Nhơn", "Mưa lớn; thiệt hại 1.234,5 tỷ đồng, tăng 3,5%. Ngày 05/12/2026."
                ),
                document("press", "Báo chí họp mặt", "Hội nghị báo chí ở Qui Nhơn. Ban tổ chức hoà nhã."),
                document("wrap", "Bao bì mới", "Nhà máy tại TP.HCM làm bao bì sau Covid-19, kĩ thuật cao."),
            ]
        )

    def test_words_without_marks_find_all_marks(self, index: Index) -> None:
        assert set(ids(index, "bao")) == {"bao", "press", "wrap"}

    @pytest.mark.parametrize(("typed", "best"), [("bão", "bao"), ("báo", "press"), ('"bão"', "bao"), ("BÁO", "press")])
    def test_typed_marks_rank_higher(self, index: Index, typed: str, best: str) -> None:
        found = ids(index, typed)
        assert set(found) == {"bao", "press", "wrap"}
        assert found[0] == best

    def test_a_word_of_the_title_ranks_higher(self, index: Index) -> None:
        index.put([document("body", "Tin", "Mứt dừa"), document("title", "Mứt", "Tin dừa")])
        assert ids(index, "mứt") == ["title", "body"]

    @pytest.mark.parametrize(
        ("typed", "found"),
        [
            ("nhơn lớn", {"bao"}),
            ('"quy nhon"', {"bao", "press"}),
            ('"Qui Nhơn"', {"bao", "press"}),
            ('"nhơn quy"', set()),
            ("hòa nhã", {"press"}),
            ("kỹ thuật", {"wrap"}),
            ("TP.HCM", {"wrap"}),
            ("covid-19", {"wrap"}),
            ('"19 covid"', set()),
            ("1.234,5", {"bao"}),
            ("3,5%", {"bao"}),
            ("3,5", set()),
            ("5/12/2026", {"bao"}),
            ("title:hội", set()),
            ("hội", {"press"}),
            ('title:"so 5"', {"bao"}),
            ("thi*", {"bao"}),
            ("covid-1*", {"wrap"}),
            ("ky*", {"wrap"}),
            ("title:qu*", {"bao"}),
            ("title:ky*", set()),
        ],
    )
    def test_words_phrases_beginnings_and_numbers(self, index: Index, typed: str, found: set[str]) -> None:
        assert set(ids(index, typed)) == found

    def test_a_beginning_is_that_of_the_typed_spelling(self, index: Index) -> None:
        index.put([document("kyoto", "Kyoto")])
        assert set(ids(index, "ky*")) == {"kyoto", "wrap"}

    def test_no_phrase_reaches_from_the_title_into_the_body(self, index: Index) -> None:
        assert ids(index, '"nhơn mưa"') == []
        assert ids(index, '"mưa lớn"') == ["bao"]

    @pytest.mark.parametrize("text", ["", "!!!", "¶"])
    def test_a_query_without_words_finds_nothing(self, index: Index, text: str) -> None:
        assert ids(index, Text("text", text)) == []
        assert ids(index, Phrase("title", text)) == []
        assert ids(index, Prefix("text", text)) == []

    @pytest.mark.parametrize(
        "query",
        [Text("byline", "a"), Text("outlet", "a"), Terms("text", ("a",)), Range("outlet", NOW, None), Terms("x", ())],
    )
    def test_a_field_that_cannot_be_asked_so_is_refused(self, index: Index, query: Query) -> None:
        for ask in (index.count, index.search, lambda tree: index.aggregate(tree, {})):
            with pytest.raises(WrongUse):
                ask(query)


LANGUAGES = {
    "zh": ("平定省归仁市遭遇台风", "归仁市", "仁归"),
    "ja": ("ビンディン省クイニョン市に台風が上陸", "クイニョン市", "ンクイ省"),
    "ko": ("빈딘성 퀴논시에 태풍 상륙", "퀴논시", "논퀴시"),
    "th": ("พายุไต้ฝุ่นขึ้นฝั่งที่เมืองกวีเญินและน้ำท่วม", "เมืองกวีเญิน", "เญินกวี"),
    "lo": ("ພະຍຸເຂົ້າເມືອງກວີເຍີນແລະນ້ຳຖ້ວມ", "ເມືອງກວີ", "ກວີເມືອງ"),
    "km": ("ព្យុះបានវាយប្រហារក្រុងគ្វីញ៉ើន", "ក្រុងគ្វី", "គ្វីក្រុង"),
}


class TestLanguages:
    @pytest.fixture(autouse=True)
    def _articles(self, index: Index) -> None:
        index.put([document(language, text, language=language) for language, (text, _, _) in LANGUAGES.items()])

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_a_part_of_a_run_is_found_as_it_stands_and_only_so(self, index: Index, language: str) -> None:
        _, inside, turned = LANGUAGES[language]
        for asked, found in ((inside, [language]), (turned, [])):
            assert ids(index, asked) == found
            assert ids(index, f'"{asked}"') == found
            assert ids(index, f"title:{asked}") == found

    def test_words_of_two_runs_may_stand_in_any_order(self, index: Index) -> None:
        assert ids(index, "台风 平定") == ["zh"]

    def test_variants_of_lao_and_thai_are_one(self, index: Index) -> None:
        assert ids(index, "นํ้า") == ["th"]
        assert ids(index, "ນໍ້າ") == ["lo"]


class TestOperators:
    @pytest.fixture(autouse=True)
    def _articles(self, index: Index) -> None:
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
    def test_operators_filters_and_dates(self, index: Index, typed: str, found: str) -> None:
        assert sorted(ids(index, typed)) == sorted(found)

    def test_must_and_should_together_need_one_of_should(self, index: Index) -> None:
        some = Bool(must=(Terms("outlet", ("vnexpress",)),), should=(Text("text", "pleiku"), Text("text", "huế")))
        assert ids(index, some) == ["c"]

    def test_no_value_matches_nothing_and_an_empty_bool_everything(self, index: Index) -> None:
        assert ids(index, Terms("outlet", ())) == []
        assert sorted(ids(index, Bool())) == ["a", "b", "c"]

    def test_a_range_holds_its_start_and_not_its_end_to_the_second(self, index: Index) -> None:
        at = NOW - timedelta(hours=30)
        assert ids(index, Range("published", at, at + timedelta(seconds=1))) == ["b"]
        assert ids(index, Range("published", at - timedelta(hours=1), at)) == []
        assert sorted(ids(index, Range("seen", None, None))) == ["a", "b", "c"]

    def test_a_range_may_reach_further_than_any_engine_counts(self, index: Index) -> None:
        ever = Range("published", datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC))
        assert sorted(ids(index, ever)) == ["a", "b", "c"]

    def test_filters_do_not_change_the_score(self, index: Index) -> None:
        (plain,) = index.search(parse("pleiku", now=NOW)).hits
        (filtered,) = index.search(parse("pleiku báo:vnexpress ngày:9 -chủ_đề:tourism", now=NOW)).hits
        assert plain == filtered
        assert plain.score > 0
        assert {hit.score for hit in index.search(All()).hits} == {0.0}


class TestPages:
    @pytest.fixture(autouse=True)
    def _articles(self, index: Index) -> None:
        """Forty articles in several commits, in no order, many at the same second and with the same score."""
        names = [f"{(n * 7919) % 40:04d}0000000{'ab'[n % 2]}" for n in range(40)]
        batches = (names[:3], names[3:4], names[4:25], names[25:])
        for batch in batches:
            index.put([document(name, "Bão" * (1 + int(name[:4]) % 3 // 2), hours=int(name[:4]) % 3) for name in batch])

    @pytest.mark.parametrize("sort", list(SortBy))
    @pytest.mark.parametrize("query", [All(), Text("text", "bão"), Bool(must_not=(Text("text", "lũ"),))])
    def test_pages_put_together_are_the_whole_without_gap_or_double(
        self, index: Index, sort: SortBy, query: Query
    ) -> None:
        whole = index.search(query, sort=sort, limit=100).hits
        for size in (1, 3, 7, 40):
            pages = [index.search(query, sort=sort, offset=start, limit=size) for start in range(0, 45, size)]
            assert [hit for page in pages for hit in page.hits] == list(whole)
            assert {page.total for page in pages} == {len(whole)}

    def test_ties_are_in_the_order_of_their_ids(self, index: Index) -> None:
        hits = index.search(Text("text", "bão"), limit=100).hits
        assert list(hits) == sorted(hits, key=lambda hit: (-hit.score, hit.id))
        assert [hit.id for hit in index.search(All(), limit=100).hits] == sorted(
            hit.id for hit in index.search(All(), limit=100).hits
        )

    @pytest.mark.parametrize(("sort", "sign"), [(SortBy.NEWEST, 1), (SortBy.OLDEST, -1)])
    def test_times_go_first_and_then_the_ids(self, index: Index, sort: SortBy, sign: int) -> None:
        found = ids(index, All(), sort)
        assert found == sorted(found, key=lambda name: (sign * (int(name[:4]) % 3), name))

    def test_ids_that_begin_alike_are_in_order_too(self, index: Index) -> None:
        index.put([document(f"same-beginning-{n}", "Tuyết") for n in (3, 1, 2)])
        assert ids(index, "id:(same-beginning-3 OR same-beginning-1 OR same-beginning-2)") == [
            "same-beginning-1",
            "same-beginning-2",
            "same-beginning-3",
        ]
        assert [hit.id for hit in index.search(All(), offset=41, limit=1).hits] == ["same-beginning-2"]

    def test_a_page_of_no_hits_has_the_total(self, index: Index) -> None:
        assert index.search(All(), limit=0).total == 40
        assert index.search(All(), offset=40).hits == ()

    @pytest.mark.parametrize(("offset", "limit"), [(9_990, 11), (-1, 5), (0, -1), (10**12, 1)])
    def test_a_page_too_far_away_is_refused(self, index: Index, offset: int, limit: int) -> None:
        with pytest.raises(WrongUse):
            index.search(All(), offset=offset, limit=limit)


class TestAggregations:
    @pytest.fixture(autouse=True)
    def _articles(self, index: Index) -> None:
        """An article each eight hours, from two hours ago (10:00 in Hà Nội), in three commits."""
        for batch in (range(2), range(2, 7), range(7, 12)):
            index.put(
                [
                    document(
                        f"{n:02d}",
                        "Bão" if n < 4 else "Nắng",
                        hours=2 + 8 * n,
                        outlet=f"outlet-{n % 5}",
                        stance=("critical", "neutral", "neutral")[n % 3],
                        theme=("tourism", "asean") if n % 4 == 0 else (),
                        story=f"story-{n // 3}",
                    )
                    for n in batch
                ]
            )

    def test_terms_are_counted_largest_first_and_then_by_key(self, index: Index) -> None:
        found = index.aggregate(All(), {"o": {"terms": {"field": "outlet", "size": 3}}})
        assert [(bucket["key"], bucket["doc_count"]) for bucket in found["o"]["buckets"]] == [
            ("outlet-0", 3),
            ("outlet-1", 3),
            ("outlet-2", 2),
        ]
        assert found["o"]["sum_other_doc_count"] == 4

    def test_a_field_of_several_values_counts_for_each(self, index: Index) -> None:
        found = index.aggregate(All(), {"t": {"terms": {"field": "theme"}}, "n": {"value_count": {"field": "theme"}}})
        assert [(bucket["key"], bucket["doc_count"]) for bucket in found["t"]["buckets"]] == [
            ("asean", 3),
            ("tourism", 3),
        ]
        assert found["n"] == {"value": 6}

    def test_missing_values_and_orders_can_be_asked_for(self, index: Index) -> None:
        terms = {"field": "theme", "missing": "none", "order": {"_key": "desc"}}
        found = index.aggregate(All(), {"t": {"terms": terms}})
        assert [(bucket["key"], bucket["doc_count"]) for bucket in found["t"]["buckets"]] == [
            ("tourism", 3),
            ("none", 9),
            ("asean", 3),
        ]

    def test_only_what_matches_the_query_counts(self, index: Index) -> None:
        found = index.aggregate(parse("bão", now=NOW), {"s": {"terms": {"field": "stance"}}})
        assert {bucket["key"]: bucket["doc_count"] for bucket in found["s"]["buckets"]} == {"critical": 2, "neutral": 2}

    def test_days_begin_at_the_offset_and_hold_further_aggregations(self, index: Index) -> None:
        days = {"field": "published", "fixed_interval": "1d", "offset": "-7h"}
        found = index.aggregate(All(), {"d": {"date_histogram": days, "aggs": {"s": {"terms": {"field": "stance"}}}}})
        buckets = found["d"]["buckets"]
        assert [(bucket["key_as_string"], bucket["doc_count"]) for bucket in buckets] == [
            ("2026-11-16T17:00:00.000Z", 1),
            ("2026-11-17T17:00:00.000Z", 3),
            ("2026-11-18T17:00:00.000Z", 3),
            ("2026-11-19T17:00:00.000Z", 3),
            ("2026-11-20T17:00:00.000Z", 2),
        ]
        assert all(isinstance(bucket["key"], int) for bucket in buckets)
        stances = {bucket["key"]: bucket["doc_count"] for bucket in buckets[-2]["s"]["buckets"]}
        assert stances == {"critical": 1, "neutral": 2}

    def test_days_without_articles_are_there_unless_left_out(self, index: Index) -> None:
        two = parse("id:(00 OR 11)", now=NOW)
        days = {"field": "published", "fixed_interval": "1d", "offset": "-7h"}
        counts = [
            [bucket["doc_count"] for bucket in index.aggregate(two, {"d": {"date_histogram": asked}})["d"]["buckets"]]
            for asked in (days, {**days, "min_doc_count": 1})
        ]
        assert counts[0][0] == counts[0][-1] == 1
        assert set(counts[0][1:-1]) == {0}
        assert counts[1] == [1, 1]

    def test_distinct_values_are_counted_exactly(self, index: Index) -> None:
        index.put([document(f"x{n}", "Tuyết", story=f"s{n:04d}") for n in range(1500)])
        aggs = {"n": {"cardinality": {"field": "story"}}}
        assert index.aggregate(parse("tuyết", now=NOW), aggs)["n"] == {"value": 1500}
        within = {"o": {"terms": {"field": "outlet", "size": 1}, "aggs": aggs}}
        assert index.aggregate(All(), within)["o"]["buckets"][0]["n"] == {"value": 3}

    def test_the_largest_are_right_across_many_commits(self, index: Index) -> None:
        """An engine that keeps only the largest of each part loses counts."""
        for part in range(4):
            index.put(
                [document(f"{part}-{n}", "Gió", story="both" if n == 0 else f"g{part}-{n // 2}") for n in range(301)]
            )
        found = index.aggregate(parse("gió", now=NOW), {"s": {"terms": {"field": "story", "size": 1}}})
        assert [(bucket["key"], bucket["doc_count"]) for bucket in found["s"]["buckets"]] == [("both", 4)]

    @pytest.mark.parametrize(
        ("aggs", "said"),
        [
            (
                {"d": {"date_histogram": {"field": "published", "fixed_interval": "1d", "time_zone": "+07:00"}}},
                "offset",
            ),
            ({"d": {"date_histogram": {"field": "published", "calendar_interval": "day"}}}, "fixed_interval"),
            ({"d": {"date_histogram": {"field": "published"}}}, "fixed_interval"),
            ({"d": {"date_histogram": {"field": "outlet", "fixed_interval": "1d"}}}, "published, seen"),
            ({"d": {"date_histogram": {"field": "published", "fixed_interval": "1s"}}}, "cannot be answered"),
            ({"d": {"date_histogram": {"field": "published", "fixed_interval": "soon"}}}, "cannot be answered"),
            ({"t": {"terms": {"field": "byline"}}}, "one of the fields"),
            ({"t": {"terms": {"field": "text"}}}, "one of the fields"),
            ({"t": {"terms": {"field": "theme", "size": 100_000}}}, "size must be"),
            ({"t": {"terms": {"field": "theme", "size": 0}}}, "size must be"),
            ({"t": {"terms": {"field": "theme", "min_doc_count": 0}}}, "without articles"),
            ({"t": {"terms": {"field": "theme", "order": {"n": "asc"}}}}, "order is one of"),
            ({"t": {"terms": {"field": "theme", "include": "a.*"}}}, "'include' is not supported"),
            ({"t": {"percentiles": {"field": "published"}}}, "exactly one of"),
            ({"t": {}}, "exactly one of"),
            ({"t": []}, "an object of objects"),
            ({"t": {"terms": "theme"}}, "an object of objects"),
            (
                {"n": {"cardinality": {"field": "story"}, "aggs": {"t": {"terms": {"field": "theme"}}}}},
                "nothing goes inside",
            ),
        ],
    )
    def test_what_engines_do_not_answer_alike_is_refused_with_a_word(
        self, index: Index, aggs: dict[str, object], said: str
    ) -> None:
        index.put([document("old", hours=24 * 9)])
        with pytest.raises(WrongUse, match=said):
            index.aggregate(All(), aggs)

    def test_aggregations_without_end_are_refused(self, index: Index) -> None:
        aggs: dict[str, object] = {}
        for _ in range(50):
            aggs = {"t": {"terms": {"field": "theme"}, "aggs": aggs}}
        with pytest.raises(WrongUse, match="nested"):
            index.aggregate(All(), aggs)
