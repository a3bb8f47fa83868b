from __future__ import annotations

import itertools
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diembao.core.analysis import BORDER, groups, has_tokens, streams, tokens
from diembao.core.text import nfc


def folded(text: str) -> list[str]:
    return [token.folded for token in tokens(text)]


def test_words_are_folded_and_their_exact_forms_kept_beside() -> None:
    found = list(tokens("Đường Hoà Bình"))
    assert [(token.folded, token.exact) for token in found] == [("duong", "đường"), ("hoa", "hòa"), ("binh", "bình")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("12/5/2026", ["12/5/2026"]),
        ("1.234,5 tấn, tăng 3,5%.", ["1.234,5", "tan", "tang", "3,5%"]),
        ("lúc 10:30, 7h30", ["luc", "10:30", "7h30"]),
        ("giai đoạn 2025-2030", ["giai", "doan", "2025", "2030"]),
        ("5 %", ["5%"]),
        ("số 15.", ["so", "15"]),
        ("1.234km", ["1.234", "km"]),
    ],
)
def test_numbers_and_dates_are_kept_whole(text: str, expected: list[str]) -> None:
    assert folded(text) == expected


@pytest.mark.parametrize("date", ["5/12/2026", "05/12/2026", "05-12-2026", "5.12.2026", "2026-12-05", "๕/๑๒/๒๐๒๖"])
def test_a_date_is_one_token_however_it_is_written(date: str) -> None:
    assert folded(date) == ["5/12/2026"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("平定省2026年", ["平", "定", "省", "2026", "年"]),
        ("ビンディン省", ["ビ", "ン", "デ", "ィ", "ン", "省"]),
        ("빈딘성", ["빈", "딘", "성"]),
        ("กวีเญิน", ["ก", "วี", "เญิ", "น"]),
        ("ກວີເຍີນ", ["ກ", "ວີ", "ເຍີ", "ນ"]),
        ("ខេត្ត", ["ខេ", "ត្ត"]),
        ("ＡＢＣ ｶﾞｽ", ["abc", "ガ", "ス"]),
    ],
)
def test_scripts_without_spaces_have_a_token_for_each_character_or_cluster(text: str, expected: list[str]) -> None:
    assert folded(text) == [unicodedata.normalize("NFC", token) for token in expected]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("น้ำ", "นํ้า"),
        ("ນ້ຳ", "ນໍ້າ"),
        ("ໜອງ", "ຫນອງ"),
        ("ប៊\u200cិញ", "ប៊ិញ"),
        ("kỹ", "ki"),
        ("Quy", "qui"),
        ("cœur", "coeur"),
        ("İstanbul", "istanbul"),
    ],
)
def test_variants_have_the_same_folded_token(one: str, other: str) -> None:
    assert folded(one) == folded(other)


def test_other_scripts_have_words() -> None:
    assert folded("हिन्दी भाषा, العَرَبِيَّة") == ["हिन्दी", "भाषा", "العَرَبِيَّة"]


def test_what_was_typed_as_one_word_is_one_group() -> None:
    grouped = [[token.folded for token in group] for group in groups("TP.HCM Covid-19 l'eau, 平定 bão,lũ")]
    assert grouped == [["tp", "hcm"], ["covid", "19"], ["l", "eau"], ["平", "定"], ["bao"], ["lu"]]


def test_line_breaks_inside_khmer_do_not_part_a_group() -> None:
    assert len(groups("ខេត្ត\u200bប៊ិញឌិញ")) == 1


def test_streams_hold_all_words_folded_and_the_marked_ones_exact() -> None:
    found = streams("Bão số 5", "vào Quy Nhơn")
    assert found.folded == f"bao so 5 {BORDER} vao qui nhon"
    assert found.marked == "bão số vào nhơn"


def test_no_text_makes_the_token_that_stands_between_title_and_body() -> None:
    assert not has_tokens(BORDER)
    assert not has_tokens(" … !!! 💥 * - ")


def test_a_token_says_where_it_stands() -> None:
    text = "Ở İzmir: bão số 5, น้ํา"
    assert [text[token.start : token.end] for token in tokens(text)] == ["Ở", "İzmir", "bão", "số", "5", "น้ํา"]


def test_a_beginning_is_as_it_was_typed() -> None:
    (token,) = tokens("Ký")
    assert (token.folded, token.begun, token.whole) == ("ki", "ky", False)
    assert next(iter(tokens("定"))).whole


def test_encoded_data_is_cut_into_bounded_tokens() -> None:
    assert max(len(token.folded) for token in tokens("QUJD" * 5000 + " " + "7" * 5000)) <= 64


@settings(derandomize=True, max_examples=200, deadline=None)
@given(st.text(max_size=200))
def test_any_text_has_tokens_without_spaces_in_their_order(text: str) -> None:
    found = list(tokens(text))
    assert all(token.folded and token.exact for token in found)
    assert not any(character.isspace() for token in found for character in token.folded + token.exact)
    assert all(one.end <= other.start for one, other in itertools.pairwise(found))
    assert all(token.end <= len(nfc(text)) for token in found)
    assert streams(text).folded == " ".join(token.folded for token in found)


@settings(derandomize=True, max_examples=200, deadline=None)
@given(
    st.lists(
        st.sampled_from(["平定省", "กวีเญิน", "น้ำ", "ເມືອງ", "ខេត្ត", "빈딘성", "Covid-19", "3,5%", "Hoà"]), max_size=6
    )
)
def test_a_part_of_a_text_has_the_tokens_that_it_has_within_the_text(words: list[str]) -> None:
    parts = [token for word in words for token in folded(word)]
    assert folded(" ".join(words)) == parts
