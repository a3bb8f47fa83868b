"""What a query asked for, shown in the words of the text."""

from __future__ import annotations

import html
import re
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diembao.core.analysis import tokens
from diembao.core.highlight import LENGTH, Sought, as_html, as_text, marked, passage, places, sought
from diembao.core.query import parse

NOW = datetime(2026, 11, 21, tzinfo=UTC)


def shown(typed: str, text: str, field: str = "text") -> str:
    """The text with what was asked for in brackets."""
    return "".join(f"[{x.text}]" if x.hit else x.text for x in marked(text, sought(parse(typed, now=NOW), field)))


@pytest.mark.parametrize(
    ("typed", "text", "expected"),
    [
        ("bao", "Bão số 5, báo Bình Định", "[Bão] số 5, [báo] Bình Định"),
        ('"quy nhon"', "Qui Nhơn và nhơn Quy", "[Qui Nhơn] và nhơn Quy"),
        ("kỹ thuật", "Kĩ thuật, thuật", "[Kĩ thuật], [thuật]"),
        ("lũ -bão", "Bão, lũ", "Bão, [lũ]"),
        ("NOT (lũ OR bão)", "Bão, lũ", "Bão, lũ"),
        ("(lũ OR bão) báo:vnexpress", "Bão, lũ ở VnExpress", "[Bão], [lũ] ở VnExpress"),
        ("tít:bão lũ", "Bão, lũ", "Bão, [lũ]"),
        ("xả GẦN/5 sông côn", "xả ra sông Côn", "[xả] ra [sông Côn]"),
        ("thi*", "thiệt hại, kinh tế", "[thiệt] hại, kinh tế"),
        ("平定省", "越南平定省归仁市,平定", "越南[平定省]归仁市,平定"),
        ("กวีเญิน", "เมืองกวีเญินและ", "เมือง[กวีเญิน]และ"),
        ("3,5%", "tăng 3,5 %.", "tăng [3,5 %]."),
        ("covid-19", "Covid 19 và Covid-19", "[Covid 19] và [Covid-19]"),
        ("*", "Bão", "Bão"),
    ],
)
def test_what_was_asked_for_is_marked_with_its_own_marks(typed: str, text: str, expected: str) -> None:
    assert shown(typed, text) == expected


def test_what_is_asked_of_the_title_is_marked_there() -> None:
    assert shown("tít:bão lũ", "Bão, lũ", "title") == "[Bão], [lũ]"


def test_a_passage_is_where_most_of_it_stands_together() -> None:
    text = f"Mưa ở xa. {'Chuyện khác. ' * 60}Mưa lũ ở Quy Nhơn làm ngập. {'Chuyện khác. ' * 60}"
    found = passage(text, sought(parse("mưa lũ quy nhơn", now=NOW)))
    assert "Mưa lũ ở Quy Nhơn làm ngập." in as_text(found)
    assert as_text(found).startswith("…")
    assert as_text(found).endswith("…")
    assert len(as_text(found)) <= LENGTH + 2
    assert [piece.text for piece in found if piece.hit] == ["Mưa lũ", "Quy Nhơn"]


def test_where_nothing_stands_there_is_no_passage() -> None:
    assert passage("Nắng", sought(parse("bão", now=NOW))) == ()
    assert passage("Nắng", Sought()) == ()


def test_html_of_others_is_disarmed() -> None:
    found = as_html(passage('<script>alert("bão")</script> & <b>lũ</b>', sought(parse("bão b", now=NOW))))
    assert "<script" not in found
    assert "<mark>bão</mark>" in found
    assert re.sub(r"</?mark>", "", found) == html.escape('<script>alert("bão")</script> & <b>lũ</b>')


@settings(derandomize=True, max_examples=150, deadline=None)
@given(st.text(max_size=400), st.sampled_from(["bão", '"a b"', "a*", "定", "1", "a OR b OR c"]), st.integers(1, 80))
def test_whatever_the_text_is_a_passage_holds_its_words_and_no_tag(text: str, typed: str, length: int) -> None:
    asked = sought(parse(typed, now=NOW))
    found = passage(text, asked, length)
    assert bool(found) == bool(places(text, asked))
    assert any(piece.hit for piece in found) or not found
    assert re.fullmatch(r"(?:[^<>]|</?mark>)*", as_html(found), re.DOTALL)


@settings(max_examples=60)
@given(
    st.lists(
        st.sampled_from(["lũ", "Lũ,", "sông", "Sông-Côn", "3,5 %", "%", "–", "\n", "", "平定省", "x.", "Kĩ"]),
        max_size=30,
    ),
    st.lists(
        st.lists(st.sampled_from(["lu", "song", "con", "x", "ki", "平"]), min_size=1, max_size=3),
        min_size=1,
        max_size=3,
    ),
)
def test_what_is_asked_for_is_found_as_in_all_the_tokens_of_a_text(words: list[str], asked: list[list[str]]) -> None:
    text, groups = " ".join(words), tuple(map(tuple, asked))
    found = list(tokens(text))
    expected, at = [], 0
    while at < len(found):
        length = max((len(x) for x in groups if tuple(y.folded for y in found[at : at + len(x)]) == x), default=0)
        if length:
            expected.append((found[at].start, found[at + length - 1].end))
        at += length or 1
    assert places(text, Sought(groups)) == expected


def test_a_very_long_text_is_answered_at_once() -> None:
    text = "bão lũ " * 200_000
    started = datetime.now(UTC)
    assert passage(text, sought(parse("bão lũ", now=NOW)))
    assert (datetime.now(UTC) - started).total_seconds() < 5
