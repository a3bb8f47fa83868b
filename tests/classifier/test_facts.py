"""Figures, days and names that read the same in every language."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classifier.facts import Facts, facts, same_figure, written_figure

NOW = dt.datetime(2026, 11, 20, 6, 0, tzinfo=dt.UTC)


def _read(text: str, language: str = "vi") -> Facts:
    return facts(text, language, NOW)


@pytest.mark.parametrize(
    ("language", "text", "value"),
    [
        ("vi", "tổng vốn gần 1.470 tỷ đồng", 1.47e12),
        ("vi", "vốn 1,47 nghìn tỷ", 1.47e12),
        ("vi", "trên khu đất 18,5 ha", 18.5),
        ("vi", "sơ tán 41.200 hộ dân", 41_200),
        ("en", "a 1.47-trillion-dong project", 1.47e12),
        ("en", "41,200 households were moved", 41_200),
        ("fr", "Quelque 4 000 m³ de terre", 4000),
        ("fr", "4,6 milliards de dollars", 4.6e9),
        ("ru", "более 9,6 тысячи человек", 9600),
        ("ru", "за 1,1 млрд долларов", 1.1e9),
        ("zh-Hans", "总投资近1.47万亿越盾", 1.47e12),
        ("zh-Hant", "約3.6萬噸", 36_000),
        ("ja", "4万1200世帯が避難", 41_200),
        ("ko", "사업비는 4조3천억 동", 4.3e12),
        ("ko", "9,500만 달러", 95e6),
        ("th", "ทุน 1.1 พันล้านบาท", 1.1e9),
        ("th", "เรือ ๒๘๐ ลำ", 280),
        ("lo", "ມູນຄ່າເກືອບ 1.470 ຕື້ດົ່ງ", 1.47e12),
        ("km", "សិល្បករ ១.២០០ នាក់", 1200),
        ("zh-Hans", "搬迁280户", 280),
    ],
)
def test_a_figure_is_one_number_however_it_is_written(language: str, text: str, value: float) -> None:
    assert value in _read(text, language).figures


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("vi", "sáng 12/11, đoàn đến"),
        ("vi", "sáng 12 tháng 11"),
        ("en", "on November 12 the boat"),
        ("en", "on 12 November the boat"),
        ("fr", "ce 12 novembre à Quy Nhon"),
        ("ru", "состоялась 12 ноября"),
        ("zh-Hans", "11月12日上午"),
        ("zh-Hans", "12日上午"),
        ("ja", "12日、クイニョンで"),
        ("ko", "11월 12일 오후"),
        ("th", "เมื่อวันที่ 12 พฤศจิกายน"),
        ("lo", "ວັນທີ 12 ພະຈິກ"),
        ("km", "ថ្ងៃទី១២ ខែវិច្ឆិកា"),
    ],
)
def test_a_day_is_one_day_however_it_is_written(language: str, text: str) -> None:
    found = _read(text, language)
    assert found.days == {(11, 12)}
    assert 12 not in found.figures


def test_names_read_the_same_with_and_without_marks_and_inside_other_scripts() -> None:
    told = _read("Liên doanh Nam Hải - Korvex khởi công ở Nhơn Hội")
    assert {"nam hai", "korvex", "nhon hoi"} <= told.names
    assert {"nam hai", "korvex"} <= _read("Nam Hai与Korvex合资企业", "zh-Hans").names
    assert not _read("Vietnam on Monday, the Ministry", "en").names


def test_a_name_does_not_go_on_over_the_end_of_a_line() -> None:
    assert _read("ở Quy Nhơn\nSáng nay").names == {"quy nhon"}


def test_numbers_in_words_are_read_and_years_are_not() -> None:
    assert 9 in _read("Nine fishermen were rescued", "en").figures
    assert 3 not in _read("Twenty-three pupils", "en").figures
    assert 7 in _read("边境乡七所寄宿学校", "zh-Hans").figures
    assert not _read("giai đoạn 2026 - 2030").figures


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Twenty-two tourists were taken ill", 22),
        ("three hundred and five boats", 305),
        ("hai mươi hai du khách", 22),
        ("năm trăm hộ dân", 500),
        ("hai nghìn ba trăm con", 2300),
        ("vingt-deux touristes", 22),
        ("пострадали одиннадцать детей", 11),
        ("триста человек", 300),
        ("二十二名游客", 22),
        ("三百人", 300),
        ("대표단 열네 명", 14),
    ],
)
def test_a_number_of_more_than_one_word_is_one_number(text: str, value: float) -> None:
    assert list(_read(text, "en").figures) == [value]


@pytest.mark.parametrize(
    "text", ["năm nay", "a hundred times", "một người", "第三条", "한국", "one of them", "cent pour cent"]
)
def test_words_that_are_also_something_else_are_no_numbers(text: str) -> None:
    assert not _read(text).figures


def test_the_rarer_a_figure_the_more_it_tells() -> None:
    found = _read("97.218 con, 240 triệu, 300 hộ, 5 người").figures
    assert found[97_218] > found[240e6] > found[300] > found[5] > 0


def test_a_rounded_figure_is_the_same_and_another_is_not() -> None:
    assert same_figure(24.31e12, 24.3e12)
    assert not same_figure(24.31e12, 24.5e12)
    assert not same_figure(230, 231)
    assert not same_figure(6000, 6400)


@pytest.mark.parametrize(("value", "written"), [(1.47e12, "1.470.000.000.000"), (18.5, "18,5"), (9, "9")])
def test_figures_are_told_as_vietnamese_write_them(value: float, written: str) -> None:
    assert written_figure(value) == written


@settings(derandomize=True, max_examples=200, deadline=None)
@given(text=st.text(max_size=300), language=st.sampled_from(["vi", "en", "zh-Hans", "km", "xx", ""]))
def test_any_text_is_read(text: str, language: str) -> None:
    found = _read(text, language)
    assert all(weight > 0 for weight in found.figures.values())


def test_a_long_row_of_digits_is_read_in_no_time() -> None:
    assert not _read("1" * 100_000).figures
    assert len(_read(" ".join(str(n) for n in range(1000, 90_000))).figures) <= 40
