from __future__ import annotations

import unicodedata
from datetime import UTC, datetime, timedelta

import pytest

from diembao.core.document import FIELDS
from diembao.core.errors import QueryError, WrongUse
from diembao.core.query import All, Bool, Near, Phrase, Prefix, Query, Range, Terms, Text, parse
from diembao.core.query_words import NAMES

# 01:30 on 22 November in Hà Nội.
NOW = datetime(2026, 11, 21, 18, 30, tzinfo=UTC)


def read(text: str) -> Query:
    return parse(text, now=NOW)


def hanoi(year: int, month: int, day: int) -> datetime:
    """Midnight there, in UTC."""
    return datetime(year, month, day, tzinfo=UTC) - timedelta(hours=7)


def word(text: str) -> Text:
    return Text("text", text)


@pytest.mark.parametrize(
    ("typed", "tree"),
    [
        ("", All()),
        ("  \n ", All()),
        ("*", All()),
        ("bão số 5", word("bão số 5")),
        ('"Bình Định"', Phrase("text", "Bình Định")),
        ("“Bình Định”", Phrase("text", "Bình Định")),
        ("Quy*", Prefix("text", "Quy")),
        ("平定省 归仁", word("平定省 归仁")),
        ("tham nhũng OR hối lộ", Bool(should=(word("tham nhũng"), word("hối lộ")))),
        ("tham nhũng HOẶC hối lộ", Bool(should=(word("tham nhũng"), word("hối lộ")))),
        ("bão AND lũ", Bool(must=(word("bão"), word("lũ")))),
        ("bão VÀ lũ", Bool(must=(word("bão"), word("lũ")))),
        ("bão KHÔNG lũ", Bool(must=(word("bão"),), must_not=(word("lũ"),))),
        ("bão NOT lũ quét", Bool(must=(word("bão"),), must_not=(word("lũ quét"),))),
        ("-lũ quét", Bool(must=(word("quét"),), must_not=(word("lũ"),))),
        ('-"lũ quét" OR bão', Bool(should=(Bool(must_not=(Phrase("text", "lũ quét"),)), word("bão")))),
        ("NOT bão", Bool(must_not=(word("bão"),))),
        ("-bão -lũ", Bool(must_not=(word("bão"), word("lũ")))),
        ("NOT NOT bão", Bool(must_not=(Bool(must_not=(word("bão"),)),))),
        ("a OR b AND c", Bool(should=(word("a"), Bool(must=(word("b"), word("c")))))),
        ('a "b" OR c', Bool(should=(Bool(must=(word("a"), Phrase("text", "b"))), word("c")))),
        ("(a OR b) AND c", Bool(must=(Bool(should=(word("a"), word("b"))), word("c")))),
        ("((a))", word("a")),
        ("NOT (a OR b)", Bool(must_not=(Bool(should=(word("a"), word("b"))),))),
        ("tiêu_đề:bão số", Bool(must=(Text("title", "bão"), word("số")))),
        ("title:(bão số)", Text("title", "bão số")),
        ('tít:"bão số 5"', Phrase("title", "bão số 5")),
        ("title:Quy*", Prefix("title", "Quy")),
        ("title:(a OR -b)", Bool(should=(Text("title", "a"), Bool(must_not=(Text("title", "b"),))))),
        ("id:00ff", Terms("id", ("00ff",))),
        ("bão GẦN/5 Quy Nhơn", Near("text", "bão", "Quy Nhơn", 5)),
        ('nước thải NEAR/0 "sông Côn"', Near("text", "nước thải", "sông Côn", 0)),
        ("tít:(a GẦN/3 b)", Near("title", "a", "b", 3)),
        ("a GẦN/3 b GẦN/4 c", Bool(must=(Near("text", "a", "b", 3), Near("text", "b", "c", 4)))),
        ('-"x" a GẦN/3 b', Bool(must=(Near("text", "a", "b", 3),), must_not=(Phrase("text", "x"),))),
        ("a GẦN/3 b OR c", Bool(should=(Near("text", "a", "b", 3), word("c")))),
        ("GẦN 5.000 NGƯỜI", word("GẦN 5.000 NGƯỜI")),
    ],
)
def test_what_is_typed_has_its_tree(typed: str, tree: Query) -> None:
    assert read(typed) == tree


@pytest.mark.parametrize(
    ("typed", "field", "value"),
    [
        ("thái_độ:phê_phán", "stance", "critical"),
        ("thai_do:phe_phan", "stance", "critical"),
        ("THÁIĐỘ:Tích_Cực", "stance", "positive"),
        ('thái_độ:"trung tính"', "stance", "neutral"),
        ("stance:critical", "stance", "critical"),
        ("liên_quan:có", "relevance", "yes"),
        ("liên_quan:một_phần", "relevance", "part"),
        ("liên_quan:không", "relevance", "no"),
        ("báo:VnExpress", "outlet", "vnexpress"),
        ("bao:vietnamplus-vi", "outlet", "vietnamplus-vi"),
        ("outlet: vnexpress", "outlet", "vnexpress"),
        ("chủ_đề:tourism", "theme", "tourism"),
        ("chủđề:tourism", "theme", "tourism"),
        ("nơi:gia-lai", "place", "gia-lai"),
        ('nơi:"Gia Lai"', "place", "gia-lai"),
        ("ngôn_ngữ:lào", "language", "lo"),
        ("nước:việt_nam", "country", "VN"),
        ("country:sg", "country", "SG"),
        ("vai:đính_chính", "role", "correction"),
        ("vai:follow-up", "role", "follow-up"),
        ("chuyện:00ff", "story", "00ff"),
    ],
)
def test_fields_and_values_may_be_typed_in_vietnamese_and_english(typed: str, field: str, value: str) -> None:
    assert read(typed) == Terms(field, (value,))
    assert read(unicodedata.normalize("NFD", typed)) == Terms(field, (value,))


def test_chinese_is_asked_for_in_both_writings() -> None:
    assert read("ngôn_ngữ:trung") == Terms("language", ("zh", "zh-Hans", "zh-Hant"))


def test_alternatives_of_one_keyword_field_are_one_node() -> None:
    assert read("báo:(vnexpress OR tuoitre OR (vnexpress OR dantri))") == Terms(
        "outlet", ("vnexpress", "tuoitre", "dantri")
    )


def test_every_field_of_the_index_can_be_typed() -> None:
    assert set(NAMES) == set(FIELDS)


@pytest.mark.parametrize(
    ("typed", "start", "end"),
    [
        ("từ:2026-11-01", hanoi(2026, 11, 1), None),
        ("from:1/11/2026", hanoi(2026, 11, 1), None),
        ("đến:21/11/2026", None, hanoi(2026, 11, 22)),
        ("to:21-11-2026", None, hanoi(2026, 11, 22)),
        ("từ:11/2026", hanoi(2026, 11, 1), None),
        ("đến:2025", None, hanoi(2026, 1, 1)),
        ("từ:hôm_nay", hanoi(2026, 11, 22), None),
        ("ngày:hôm_qua", hanoi(2026, 11, 21), hanoi(2026, 11, 22)),
        ("ngày:21/11/2026", hanoi(2026, 11, 21), hanoi(2026, 11, 22)),
        ("ngày:20/11", hanoi(2026, 11, 20), hanoi(2026, 11, 21)),
        ("ngày:25/12", hanoi(2025, 12, 25), hanoi(2025, 12, 26)),
        ("ngày:2/2026", hanoi(2026, 2, 1), hanoi(2026, 3, 1)),
        ("ngày:7", hanoi(2026, 11, 16), None),
        ('ngày:"7 ngày"', hanoi(2026, 11, 16), None),
        ("ngày:1", hanoi(2026, 11, 22), None),
        ("ngày:2tuần", hanoi(2026, 11, 9), None),
        ("từ:-7d", hanoi(2026, 11, 15), None),
        ('từ:"-7 ngày"', hanoi(2026, 11, 15), None),
        ("từ:-2w", hanoi(2026, 11, 8), None),
        ("từ:-6h", NOW - timedelta(hours=6), None),
        ("từ:2026-11-21T10:30", hanoi(2026, 11, 21) + timedelta(hours=10.5), None),
        ("đăng:2026-11-01..2026-11-05", hanoi(2026, 11, 1), hanoi(2026, 11, 6)),
        ("published:..2026-11-05", None, hanoi(2026, 11, 6)),
        ("từ:hôm nay", hanoi(2026, 11, 22), None),
        ("ngày: hôm qua", hanoi(2026, 11, 21), hanoi(2026, 11, 22)),
        ("từ:7 ngày", hanoi(2026, 11, 16), None),
        ("ngày:7 ngày qua", hanoi(2026, 11, 16), None),
        ("từ:2 tuần", hanoi(2026, 11, 9), None),
        ("từ:6 giờ", NOW - timedelta(hours=6), None),
        ("ngày:tuần này", hanoi(2026, 11, 16), hanoi(2026, 11, 23)),
        ("ngày:Tuần_trước", hanoi(2026, 11, 9), hanoi(2026, 11, 16)),
        ("đến:tuần trước", None, hanoi(2026, 11, 16)),
        ("ngày:tháng này", hanoi(2026, 11, 1), hanoi(2026, 12, 1)),
        ("from:last month", hanoi(2026, 10, 1), None),
        ('ngày:"năm ngoái"', hanoi(2025, 1, 1), hanoi(2026, 1, 1)),
        ("ngày:2026", hanoi(2026, 1, 1), hanoi(2027, 1, 1)),
    ],
)
def test_days_are_local_days_turned_into_utc(typed: str, start: datetime | None, end: datetime | None) -> None:
    assert read(typed) == Range("published", start, end)
    assert read(unicodedata.normalize("NFD", typed)) == Range("published", start, end)


def test_the_first_month_of_a_year_has_one_before_it() -> None:
    january = datetime(2026, 1, 15, tzinfo=UTC)
    assert parse("ngày:tháng trước", now=january) == Range("published", hanoi(2025, 12, 1), hanoi(2026, 1, 1))
    assert parse("ngày:hôm qua lũ", now=january) == Bool(
        must=(Range("published", hanoi(2026, 1, 14), hanoi(2026, 1, 15)), word("lũ"))
    )


def test_the_zone_says_where_a_day_begins() -> None:
    assert parse("từ:2026-07-01", now=NOW, zone="Europe/Paris") == Range(
        "published", datetime(2026, 6, 30, 22, tzinfo=UTC), None
    )


def test_the_time_of_first_sight_is_a_field_of_its_own() -> None:
    assert read("thấy:2026-11-01") == Range("seen", hanoi(2026, 11, 1), hanoi(2026, 11, 2))


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("Bình Định - Gia Lai", "Bình Định Gia Lai"),
        ("a -> b", "a b"),
        ("Bình Định: tin mới!", "Bình Định tin mới"),
        ("lúc 10:30, 3,5%", "lúc 10:30 3,5%"),
        ("và không hoặc", "và không hoặc"),
        ("https://vnexpress.net/a?b=1", "https://vnexpress.net/a?b=1"),
        ("[giá] {vàng} ~ ^2 /x/", "giá vàng 2 x"),
        ("+bão", "bão"),
        ("a\\b", "a\\b"),
    ],
)
def test_punctuation_of_pasted_headlines_is_no_syntax(typed: str, words: str) -> None:
    assert read(typed) == word(words)


@pytest.mark.parametrize(
    ("typed", "position", "said"),
    [
        ('bão "số 5', 4, "the quotation is not closed"),
        ("báoo:vnexpress", 0, "the nearest is 'báo:'"),
        ("x titel:bão", 2, "the nearest is 'title:'"),
        ("tácgiả:An", 0, "the nearest is 'title:, outlet:"),  # no likeness by chance
        ("từ:32/1/2026", 3, "no date: '32/1/2026'"),
        ("x đến:mai", 6, "no date: 'mai'"),
        ("từ:7", 3, "no date: '7'"),
        ("đến:7 ngày", 4, "no date: '7 ngày'"),
        ("từ:30/2/2026", 3, "no date"),
        ("từ:0001-01-01", 3, "no date"),
        ("từ:-99999d", 3, "no date"),
        ("từ:2026-11-21T99:00", 3, "no date"),
        ("thái_độ:xấu", 8, "phê_phán (critical)"),
        ("x" * 2001, 2000, "2000"),
        ("(" * 21 + "a" + ")" * 21, 20, "nested deeper than 20"),
        ("NOT " * 21 + "a", 80, "nested deeper than 20"),
        ("a ()", 2, "empty parentheses"),
        ("(!)", 0, "empty parentheses"),
        ("(a", 0, "not closed"),
        ("a)", 1, "nothing was opened"),
        ("a AND", 2, "missing beside AND"),
        ("OR a", 0, "missing beside OR"),
        ("a AND OR b", 6, "missing beside OR"),
        ("a NOT", 2, "missing beside NOT"),
        ("(a OR) b", 3, "missing beside OR"),
        ("báo: ", 0, "has no value"),
        ("title: OR a", 0, "has no value"),
        ("title:!!!", 6, "no word to look for"),
        (" ???", 1, "no word to look for"),
        ("a*b", 1, "the star may only end a word"),
        ("x *bão", 2, "the star may only end a word"),
        ("báo:vn*", 4, "whole values only"),
        ("a GẦN/5", 2, "missing beside NEAR/5"),
        ("GẦN/5 a", 0, "on both sides of NEAR"),
        ("title:a GẦN/5 b", 8, "on both sides of NEAR"),
        ("a GẦN/5 (b OR c)", 2, "on both sides of NEAR"),
        ("a GẦN/5 b*", 2, "on both sides of NEAR"),
        ("báo:(a GẦN/5 b)", 7, "on both sides of NEAR"),
        ("từ:(a GẦN/5 b)", 6, "on both sides of NEAR"),
        ("a GẦN/21 b", 2, "at most 20 words"),
        ("a GẦN/20 b GẦN/20 c GẦN/1 d", 20, "more than 40 words"),
        ("a* b* c* d* e* f* g* h* i* j* k*", 30, "more than 10 words"),
    ],
)
def test_a_mistake_is_named_in_one_sentence_with_its_place(typed: str, position: int, said: str) -> None:
    with pytest.raises(QueryError) as error:
        read(typed)
    assert error.value.position == position
    assert said in str(error.value)
    assert f"ký tự {position + 1} " in str(error.value)
    assert "\n" not in str(error.value)
    assert len(str(error.value)) < 300


def test_now_must_know_its_zone() -> None:
    with pytest.raises(WrongUse):
        parse("a", now=datetime(2026, 11, 21))  # noqa: DTZ001  # the mistake under test
