"""What a model says is held against what it was shown."""

from __future__ import annotations

import time
from functools import partial

import pytest

from diembao.core.article import Kind
from diembao.core.errors import SetAside
from diembao.opinion import quoted, telling
from diembao.plan.reader import profile
from tests.opinion.articles import LAO, NOW, PASSAGE, gist, lao, outline, second

GIA_LAI = profile("gia-lai")
GIST = telling.gist_of(lao(), GIA_LAI, "vi", "m", 12_000, NOW)
SECOND = telling.second_of(lao(), GIA_LAI, "m", 12_000)
OUTLINE = telling.outline_of("VV-2026-0001", [lao(), lao("other", "Кортеж прибыл в Куинён утром.")], "m", 12_000, NOW)


def test_a_gist_has_three_sentences_and_the_passage_as_it_stands() -> None:
    found = GIST(gist())
    assert len(found.sentences) == 3
    assert (found.passage, found.language, found.province, found.verdict) == (PASSAGE, "vi", "gia-lai", None)
    assert found.sentences[0].startswith("Cảng Quy Nhơn [ກວີເຍີນ]")


def test_a_passage_that_is_not_in_the_article_is_dropped_with_its_translation() -> None:
    found = GIST(gist(passage="ຂໍ້ຄວາມທີ່ບໍ່ມີໃນບົດຄວາມ"))
    assert (found.passage, found.told) == ("", "")


def test_a_name_in_brackets_that_the_article_does_not_have_is_taken_out() -> None:
    found = GIST(gist(sentences=["Ông Bounmy [Боунми] nói.", "Cảng Quy Nhơn [ກວີເຍີນ] đón tàu.", "Hàng về Pakse."]))
    assert found.sentences[:2] == ("Ông Bounmy nói.", "Cảng Quy Nhơn [ກວີເຍີນ] đón tàu.")


@pytest.mark.parametrize(
    "answer",
    [
        gist(sentences=["Một.", "Hai."]),
        gist(sentences=["Một.", "Hai.", "Ba.", "Bốn."]),
        gist(sentences=["a" * 701, "Hai.", "Ba."]),
        gist(note="thêm"),
        gist(passage=None),
        gist(sentences="Một. Hai. Ba."),
        "[]",
        "Xin lỗi, tôi không thể giúp việc này.",
        "[" * 50_000,
        '{"sentences": NaN}',
        "",
    ],
    ids=["two", "four", "long", "more", "null", "text", "list", "refusal", "deep", "nan", "empty"],
)
def test_what_does_not_fit_the_form_is_set_aside(answer: str) -> None:
    with pytest.raises(SetAside):
        GIST(answer)


@pytest.mark.parametrize("around", ["```json\n{}\n```", "<think>Nghĩ đã.</think>\n{}", "  {}\n"])
def test_what_some_models_put_around_their_answer_is_taken_off(around: str) -> None:
    assert GIST(around.replace("{}", gist())).passage == PASSAGE


def test_a_second_opinion_is_labels_beside_the_houses_own() -> None:
    found = SECOND(second())
    assert [(x.kind, x.key, x.about, x.by) for x in found] == [
        (Kind.SECOND_RELEVANCE, "yes", "gia-lai", "model:m"),
        (Kind.SECOND_THEME, "tourism", "gia-lai", "model:m"),
        (Kind.SECOND_STANCE, "positive", "gia-lai", "model:m"),
    ]
    assert found[0].why == f"“{PASSAGE}”"


def test_a_judgement_without_a_quote_that_stands_in_the_text_is_dropped() -> None:
    themes = [{"theme": "tourism", "quote": "không có trong bài"}, {"theme": "no-such", "quote": PASSAGE}]
    found = SECOND(second(stance_quote="", themes=themes))
    assert [x.kind for x in found] == [Kind.SECOND_RELEVANCE]


def test_an_outline_keeps_the_sentences_whose_source_holds_the_quote() -> None:
    found = OUTLINE(
        outline(
            ("Tàu Lào đến Quy Nhơn.", 1, PASSAGE),
            ("Đoàn đến vào buổi sáng.", 2, "прибыл в Куинён утром"),
            ("Câu này dẫn nhầm bài.", 1, "прибыл в Куинён утром"),
            ("Câu này không có nguồn.", 9, PASSAGE),
            ("Ông ấy nói “chuyện không có trong bài”.", 1, PASSAGE),
            ("Xem https://evil.example/x ngay.", 1, PASSAGE),
        )
    )
    assert [line.text for line in found.lines] == ["Tàu Lào đến Quy Nhơn.", "Đoàn đến vào buổi sáng."]
    assert (found.dropped, found.articles) == (4, 2)


def test_an_outline_of_which_nothing_holds_is_set_aside() -> None:
    with pytest.raises(SetAside, match="no sentence"):
        OUTLINE(outline(("Câu này không có nguồn.", 0, PASSAGE)))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Xem https://a.example/x?y=1, nhé", {"a.example/x?y=1"}),
        ("ghé www.evil.test", {"www.evil.test"}),
        ("ghé evil-site.com ngay", {"evil-site.com"}),
        ("viết cho an@evil.vn", {"an@evil.vn"}),
        ("javascript:alert(1)", {"javascript:alert(1"}),
        ("ở 10.0.0.1:8080", {"10.0.0.1:8080"}),
        ("TP.HCM và TP.Quy Nhơn, 1.234,5 tỷ, 12.890.500 đồng, v.v., lúc 10:30", set()),
    ],
)
def test_addresses_are_found_however_they_are_written(text: str, found: set[str]) -> None:
    assert quoted.addresses(text) == found


# Each is shown, or opened, as an address that the article does not have.
HIDDEN = {
    "word joiner": "evil.\u2060com/nhan-qua",
    "soft hyphen": "evil\u00ad.com",
    "right to left": "evil.\u200fcom",
    "tag": "evil.\U000e0041com",
    "no width": "evil.\u200bcom",
    "taken out": "evil[zzz].com",
    "scheme taken out": "http[zz]s://evil[zz].com",
    "bracket": "evil[.]com",
    "ideographic": "evil。com/qua",
    "wide": "ｅｖｉｌ．ｃｏｍ",
    "punycode": "evil.xn--p1ai/qua",
    "cyrillic": "подарки.рф",
    "number": "203.0.113.5",
    "house": "localhost:8080/admin",
    "backslash": "https:\\\\evil.com\\x",
    "relative": "![x](//evil.com/p.png)",
    "after a name": "TP.HCM/evil.com",
    "before a sentence": "evil.com.Hãy",
    "sender": "bit.ly@evil.com",
    "other path": "t.me/evil_bot",
    "shorter path": "https://bit.ly/abc",
    "other letters": "bit.ly/ABC123",
    "path of its own": "lao.example/dang-nhap",
    "handle": "@evil_bot",
}


@pytest.mark.parametrize("address", HIDDEN.values(), ids=HIDDEN.keys())
def test_an_address_in_any_writing_is_seen_for_what_it_is(address: str) -> None:
    one = lao(text=f"{LAO} t.me/baolao https://bit.ly/abc123")
    read = telling.gist_of(one, GIA_LAI, "vi", "m", 12_000, NOW)
    with pytest.raises(SetAside, match="address"):
        read(gist(sentences=[f"Xem {address} ngay.", "Hai câu.", "Ba câu."]))
    with pytest.raises(SetAside, match="address"):
        read(gist(passage_told=f"Xem {address}"))
    outlined = telling.outline_of("VV-2026-0001", [one], "m", 12_000, NOW)
    with pytest.raises(SetAside, match="no sentence"):
        outlined(outline((f"Tàu Lào đến, xem {address} ngay.", 1, PASSAGE)))


def test_a_long_text_without_addresses_is_read_at_once() -> None:
    begun = time.perf_counter()
    for text in ("a" * 12_000, "a." * 6_000, "a@" * 6_000, "a-" * 6_000, "1." * 6_000):
        quoted.addresses(text)
    assert time.perf_counter() - begun < 20


@pytest.mark.parametrize(
    "said",
    [
        "‘Tôi đã từ chức’",
        "'Tôi đã từ chức'",
        "„Tôi đã từ chức“",
        "「Tôi đã từ chức」",
        "«Tôi đã từ chức»",
        '"từ chức"',
        "“Tôi đã từ chức",
        "«Tôi đã từ chức",
        "'Tôi đã từ chức",
    ],
)
def test_words_that_nobody_said_stand_in_no_quotation_marks(said: str) -> None:
    with pytest.raises(SetAside, match="no sentence"):
        OUTLINE(outline((f"Chủ tịch nói: {said}.", 1, PASSAGE)))
    assert OUTLINE(outline((f"Chủ tịch nói “{PASSAGE}”.", 1, PASSAGE))).dropped == 0


@pytest.mark.parametrize("quote", ["ກວີເຍີນ", "ກຳປັ່ນລາວ ທ່າເຮືອກວີເຍີນ"], ids=["a name", "from title into text"])
def test_a_quote_is_more_than_a_name_and_stands_in_one_place(quote: str) -> None:
    with pytest.raises(SetAside, match="no sentence"):
        OUTLINE(outline(("Chủ tịch tỉnh nhận hối lộ 5 tỷ đồng.", 1, quote)))


def test_an_address_that_the_article_has_may_be_repeated() -> None:
    repeated = ["Đọc thêm tại https://lao.example/port.", "Hai.....", "Ba......"]
    assert GIST(gist(sentences=repeated)).sentences[0] == repeated[0]
    with pytest.raises(SetAside, match="address"):
        GIST(gist(sentences=[f"{repeated[0][:-1]}/other.", *repeated[1:]]))


def test_a_quote_too_short_to_show_anything_is_none() -> None:
    there = partial(quoted.holds, [LAO])
    assert there("ສິນຄ້າສອງ")
    assert not there("ສິ")
    assert not there("")


def test_nothing_invisible_comes_along() -> None:
    found = GIST(gist(sentences=["Cảng\u202e Quy\u00ad Nhơn\U000e0041 đón tàu.", "Hai câu.", "Ba câu."]))
    assert found.sentences[0] == "Cảng Quy Nhơn đón tàu."
