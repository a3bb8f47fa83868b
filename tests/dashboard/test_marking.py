"""Places and searched words marked in a text: where they stand, in any script, and safe whoever wrote the text."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dashboard.marking import MOST, Mark, Span, lines, named, spans
from diembao.core.article import Kind, Label, Labelled
from diembao.core.highlight import Sought
from diembao.plan.reader import profile
from tests.dashboard.published import LEADING
from tests.dashboard.seed import NOW, _article, entry_of

PROFILE = profile("gia-lai")
READ_OUT = {Mark.PLACE: "địa danh", Mark.HIT: "từ đã tìm"}
PLACES = (("binh-dinh", "Quy Nhơn"), ("binh-dinh", "Bình Định"), ("binh-dinh", "Phù Mỹ"), ("elsewhere", "Huế"))


def item(text: str, language: str = "vi") -> Labelled:
    article = replace(_article(LEADING[0], entry_of(LEADING[0]), NOW), text=text, language=language)
    return Labelled(article, tuple(Label(article.id, Kind.PLACE, name, about=area) for area, name in PLACES))


def places(text: str, language: str = "vi") -> list[tuple[str, str]]:
    return [(text[x.start : x.end], x.place) for x in named(text, item(text, language), PROFILE)]


@pytest.mark.parametrize(
    ("text", "language", "found"),
    [
        ("Chợ ở Qui Nhơn, rồi Quy Nhon", "vi", [("Qui Nhơn", "Quy Nhơn"), ("Quy Nhon", "Quy Nhơn")]),
        ("Binh Dinh and Quy Nhon city", "en", [("Binh Dinh", "Bình Định"), ("Quy Nhon", "Quy Nhơn")]),
        ("В Куинёне прошло, Куинён", "ru", [("Куинёне", "Quy Nhơn"), ("Куинён", "Quy Nhơn")]),
        ("歸仁港擴建工程動工", "zh-Hant", [("歸仁港", "Quy Nhơn")]),
        ("กวีเญินจัดเทศกาลว่าว", "th", [("กวีเญิน", "Quy Nhơn")]),
        ("ກວີເຍີນ ເປີດ", "lo", [("ກວີເຍີນ", "Quy Nhơn")]),
        ("꾸이년시", "ko", [("꾸이년", "Quy Nhơn")]),
    ],
)
def test_a_place_is_found_in_any_script_and_told_by_its_own_name(
    text: str, language: str, found: list[tuple[str, str]]
) -> None:
    assert places(text, language) == found


@pytest.mark.parametrize(
    "text",
    ["bình định giá cả", "CLB Quy Nhơn United thắng", "Bình Định Vương", "Phú Mỹ ở nơi khác", "Phu My của ai", "Huế"],
)
def test_a_verb_a_club_a_person_other_marks_and_places_elsewhere_are_none(text: str) -> None:
    assert places(text) == []


def test_what_no_label_names_is_not_marked() -> None:
    text = "Hoài Nhơn và Quy Nhơn"
    assert places(text) == [("Quy Nhơn", "Quy Nhơn")]
    assert named(text, replace(item(text), labels=()), PROFILE) == []


def test_offsets_are_those_of_the_composed_text() -> None:
    apart = "Cho\u031b\u0323 Quy Nho\u031bn"  # a horn and a dot as letters of their own
    (hit, place) = spans(apart, item("x"), PROFILE, Sought((("cho",),)))
    told = "".join(lines(apart, [hit, place], READ_OUT))
    assert (hit.start, hit.end, place.start, place.end) == (0, 3, 4, 12)
    assert told.count("<mark") == 2
    assert told.endswith("Quy Nhơn</mark>")


def test_hostile_words_stay_words_inside_and_outside_of_marks() -> None:
    text = '<b>Quy Nhơn</b> & "chợ" <script>alert(1)</script>\n\n  \nchợ'
    found = spans(text, item(text), PROFILE, Sought((("script",), ("cho",))))
    first, second = lines(text, found, READ_OUT)
    assert "<script" not in first
    assert "&lt;<mark" in first
    assert first.startswith('&lt;b&gt;<mark class="diembao-place" title="Quy Nhơn">')
    assert second.startswith('<mark class="diembao-hit"><span class="diembao-unseen">(từ đã tìm) </span>chợ')


def test_a_place_that_was_searched_for_bears_both_marks_and_is_read_out_once() -> None:
    (told,) = lines("Ở Quy Nhơn", [Span(2, 10, Mark.PLACE, "Quy Nhơn"), Span(6, 10, Mark.HIT)], READ_OUT)
    assert told.count("(địa danh)") == 1
    assert '<mark class="diembao-place diembao-hit" title="Quy Nhơn">' in told


def test_of_a_text_of_nothing_but_names_so_many_are_marked_as_a_reader_can_use() -> None:
    text = "Quy Nhơn " * 6_000
    found = named(text, item(text), PROFILE)
    assert len(found) == MOST
    (line,) = lines(text, found, READ_OUT)
    assert line.count("<mark") == MOST
