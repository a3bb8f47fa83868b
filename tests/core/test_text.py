from __future__ import annotations

import unicodedata

import pytest

from diembao.core.text import SENTENCE, clean, fold, nfc, normal, sentence_around, snippet


def test_text_taken_apart_is_put_together_and_compatibility_letters_stay() -> None:
    assert nfc(unicodedata.normalize("NFD", "Bình Định ² ㎡")) == "Bình Định ² ㎡"


def test_a_lone_surrogate_becomes_the_replacement_character() -> None:
    assert nfc("a\ud800b") == "a\ufffdb"


def test_cleaning_takes_control_characters_and_double_spaces_and_keeps_lines() -> None:
    assert clean("  Mưa\x00 \t lớn\u00ad\ufeff \r\n\r\n ở\u00a0\u3000Quy Nhơn \x1b") == "Mưa lớn\nở Quy Nhơn"


@pytest.mark.parametrize("text", ["ខេត្ត\u200bប៊ិញ", "ກວີ\u200bເຍີນ", "ប៊\u200cិញ", "กวี\u200bเญิน"])
def test_cleaning_keeps_the_line_breaks_of_khmer_lao_and_thai(text: str) -> None:
    assert clean(text) == text


def test_folding_takes_vietnamese_french_and_russian_marks() -> None:
    assert fold("ĐƯỜNG phố Quy Nhơn, événement, ЁЛКА") == "duong pho quy nhon, evenement, елка"


@pytest.mark.parametrize("text", ["йод", "ガ", "빈딘성", "น้ำ", "हिन्दी"])
def test_folding_leaves_what_are_letters_to_their_readers(text: str) -> None:
    assert fold(text) == text


def test_a_place_in_a_folded_vietnamese_text_is_that_place_in_the_text() -> None:
    text = "Ở Hoài Nhơn, bão số 5 gây thiệt hại nặng; đường Đỗ Xuân Hợp ngập sâu"
    assert len(fold(text)) == len(text)
    assert fold(unicodedata.normalize("NFD", text)) == fold(text)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("hoà", "hòa"),
        ("khoẻ", "khỏe"),
        ("Thuý", "Thúy"),
        ("kỹ sư", "kĩ sư"),
        ("Mỹ", "Mĩ"),
        ("tỷ", "tỉ"),
        ("lý luận", "lí luận"),
        ("Quy Nhơn", "Qui Nhơn"),
        ("quý", "quí"),
        ("qúy", "quý"),
        ("Xã Ia Krái, huỷ", "xã Ia Krái, hủy"),
        ("น้ำ", "นํ้า"),
        ("น้ำ", "น้ํา"),
        ("ນ້ຳ", "ນໍ້າ"),
        ("ໜອງ", "ຫນອງ"),
        ("แม่", "เเม่"),
        ("ที่", "ท\u0e48ี"),
    ],
)
def test_two_spellings_of_one_word_are_one(one: str, other: str) -> None:
    assert normal(one) == normal(other)


@pytest.mark.parametrize(
    ("one", "other"), [("má", "mà"), ("thuy", "thúy"), ("hoàn", "hoan"), ("tay", "tai"), ("hoạ", "hoà")]
)
def test_two_words_stay_two(one: str, other: str) -> None:
    assert normal(one) != normal(other)


def test_the_normal_form_keeps_marks() -> None:
    assert normal("Hoà bình ở Quy Nhơn") == "hòa bình ở qui nhơn"


TEXT = "Mưa lớn kéo dài. Tỉnh Gia Lai (TP.HCM cách 1.234,5 km) có bão!\nDân đi tránh? Đã yên."


@pytest.mark.parametrize(
    ("word", "sentence"),
    [
        ("lớn", "Mưa lớn kéo dài."),
        ("1.234", "Tỉnh Gia Lai (TP.HCM cách 1.234,5 km) có bão!"),
        ("tránh", "Dân đi tránh?"),
        ("yên", "Đã yên."),
        ("Tỉnh", "Tỉnh Gia Lai (TP.HCM cách 1.234,5 km) có bão!"),
        ("bão!", "Tỉnh Gia Lai (TP.HCM cách 1.234,5 km) có bão!"),
    ],
)
def test_the_sentence_around_a_word_is_found(word: str, sentence: str) -> None:
    start = TEXT.index(word)
    assert sentence_around(TEXT, start, start + len(word)) == sentence


def test_chinese_and_khmer_sentences_end_with_their_own_stops() -> None:
    assert sentence_around("台风来了。平定省下雨。明天晴。", 5, 8) == "平定省下雨。"
    assert sentence_around("ភ្លៀង។ ខេត្តយ៉ាឡាយ។ ស្រួល។", 8, 10) == "ខេត្តយ៉ាឡាយ។"


def test_a_text_without_sentences_gives_a_bounded_piece_that_holds_the_word() -> None:
    text = "ก" * 3000 + "กวีเญิน" + "ข" * 3000
    piece = sentence_around(text, 3000, 3007)
    assert "กวีเญิน" in piece
    assert piece.startswith("…")
    assert piece.endswith("…")
    assert len(piece) <= SENTENCE + 2


@pytest.mark.parametrize(("start", "end"), [(-5, 3), (0, 0), (90, 500), (500, 600)])
def test_places_outside_the_text_are_moved_into_it(start: int, end: int) -> None:
    assert sentence_around(TEXT, start, end) in TEXT


def test_a_snippet_is_one_line_cut_between_words() -> None:
    start = TEXT.index("bão")
    piece = snippet(TEXT, start, start + 3, 40)
    assert "bão" in piece
    assert "\n" not in piece
    assert all(word.strip("…") in TEXT.split() for word in piece.split())
    assert len(piece) <= 42


def test_a_short_text_is_its_own_snippet() -> None:
    assert snippet("Đã yên.") == "Đã yên."
    assert snippet("") == ""
