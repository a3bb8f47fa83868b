"""Scripts within a text, and text that any document can hold."""

import pytest

from diembao.paper.scripts import TIMES, pieces, printable


@pytest.mark.parametrize(
    ("text", "font"),
    [
        ("Nước thải trại heo", TIMES),
        ("Провинция Биньдинь", TIMES),
        ("ກວີເຍີນ ເປີດ", "Leelawadee UI"),
        ("ខេត្ត ហ្សាឡាយ", "Leelawadee UI"),
        ("กวีเญิน", "Leelawadee UI"),
        ("귀농 투자단", "Batang"),
        ("クイニョン", "MS Mincho"),
        ("归仁港", "SimSun"),
    ],
)
def test_each_script_has_a_font_and_stays_one_piece(text: str, font: str) -> None:
    assert [(script.font, piece) for script, piece in pieces(text)] == [(font, text)]


def test_pieces_are_the_whole_text_in_its_order() -> None:
    text = "Báo 서울바다일보 (tiếng Hàn), ข่าวชายฝั่ง và کتاب: 臺北海岸報."
    found = list(pieces(text))
    assert "".join(piece for _, piece in found) == text
    assert [piece for script, piece in found if script.rtl] == ["کتاب"]


@pytest.mark.parametrize(
    ("language", "font"), [("zh-Hant", "PMingLiU"), ("zh-Hans", "SimSun"), ("ja", "MS Mincho"), ("ko", "Batang")]
)
def test_chinese_characters_are_drawn_as_their_language_does(language: str, font: str) -> None:
    assert [script.font for script, _ in pieces("平定省", language)] == [font]


def test_chinese_characters_beside_kana_are_japanese() -> None:
    assert {script.font for script, _ in pieces("ビンディン省の港")} == {"MS Mincho"}


def test_what_no_document_can_hold_is_left_out() -> None:
    assert printable("a\x00\x0b b\ufffe\uffff\ud800c\r\nd") == "a b\ufffdc d"
