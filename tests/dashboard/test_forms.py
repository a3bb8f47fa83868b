from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard import forms
from dashboard.reasons import reason
from dashboard.texts import Words

VI, EN = Words("vi"), Words("en")
ZONE = "Asia/Ho_Chi_Minh"
NOW = datetime(2026, 11, 20, 23, 40, tzinfo=UTC)  # 06:40 on the 21st in the province


def test_numbers_are_written_as_a_reader_of_each_language_writes_them() -> None:
    assert forms.number(1234.5, VI, 1) == "1.234,5"
    assert forms.number(1234.5, EN, 1) == "1,234.5"
    assert forms.mean(4.0, VI) == "4"
    assert forms.mean(4.25, VI) == "4,2"


@pytest.mark.parametrize(
    ("hours", "expected"),
    [(1, "05:40"), (7, "23:40 hôm qua"), (72, "06:40 18/11"), (24 * 400, "06:40 17/10/2025")],
)
def test_a_time_is_as_short_as_it_can_be_without_doubt(hours: int, expected: str) -> None:
    assert forms.clock(NOW - timedelta(hours=hours), NOW, ZONE, VI) == expected


def test_days_are_days_of_the_province() -> None:
    assert forms.date(NOW, ZONE) == "21/11/2026"
    assert forms.day_name(NOW, ZONE, VI) == "Thứ Bảy"
    assert forms.moment(NOW, ZONE) == "21/11/2026 06:40"


@pytest.mark.parametrize(
    ("passed", "expected"),
    [
        (timedelta(seconds=-5), "mới đây"),
        (timedelta(seconds=59), "mới đây"),
        (timedelta(minutes=59), "59 phút trước"),
        (timedelta(hours=47), "47 giờ trước"),
        (timedelta(hours=48), "2 ngày trước"),
    ],
)
def test_how_long_ago(passed: timedelta, expected: str) -> None:
    assert forms.ago(NOW - passed, NOW, VI) == expected


def test_an_address_in_someone_elses_words_becomes_no_link() -> None:
    for address in ("https://lua.example/x", "HTTP://lua.example", "www.lua.example", "WWW.lua.example"):
        disarmed = forms.plain(f"Bài {address}").replace("\\", "")
        assert not re.search(r"(?i)https?://|www\.", disarmed)
        assert disarmed.replace("\u2060", "") == f"Bài {address}"


@given(st.text())
def test_disarmed_markdown_reads_as_the_text_it_was(text: str) -> None:
    disarmed = forms.plain(text)
    shown = re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", disarmed).replace("\u2060", "")
    assert shown == re.sub(r"\s+", " ", text).strip().replace("\u2060", "")
    # No punctuation of ASCII is left that a backslash does not hold.
    assert re.sub(r"\\[!-/:-@\[-`{-~]", "", disarmed).isascii() is False or not re.search(
        r"[!-/:-@\[-`{-~]", re.sub(r"\\[!-/:-@\[-`{-~]", "", disarmed)
    )


@pytest.mark.parametrize("text", [":smile:", ":material/home:", "a -> b", "a <- b", "a -- b", "a => b"])
def test_what_streamlit_replaces_after_markdown_is_broken_up(text: str) -> None:
    assert "\u2060" in forms.plain(text)


def test_a_time_of_day_is_left_alone() -> None:
    assert "\u2060" not in forms.plain("lúc 6:40")


@given(st.text(), st.integers(min_value=2, max_value=50))
def test_shortened_is_never_longer_than_asked_and_one(text: str, length: int) -> None:
    assert len(forms.shortened(text, length)) <= length + 1


def test_html_is_disarmed() -> None:
    assert forms.html('<a href="x">&') == "&lt;a href=&quot;x&quot;&gt;&amp;"


def test_a_message_in_both_languages_is_shown_in_one() -> None:
    both = "Thiếu dấu ngoặc, ở ký tự 5 (a quotation (here) is open, at character 5)"
    assert forms.in_language(both, VI) == "Thiếu dấu ngoặc, ở ký tự 5"
    assert forms.in_language(both, EN) == "a quotation (here) is open, at character 5"
    assert forms.in_language("only one", VI) == "only one"


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("status-503", "máy chủ trả lỗi 503"),
        ("HTTP 503", "HTTP 503"),
        ("no feed: begins with '<!DOCTYPE html>'", "không phải RSS"),
        ("timeout", "quá giờ chờ"),
        ("gave up after 6 tries: dns", "đã thử nhiều lần không được"),
        ("", ""),
    ],
)
def test_the_reasons_of_the_books_are_said_in_words(written: str, expected: str) -> None:
    assert reason(written, VI) == expected
    assert "status" not in reason(written, EN)


def test_a_title_of_which_nothing_can_be_seen_is_none() -> None:
    assert {forms.seen(text, "id") for text in ("", "\u200b\u2060 \u00ad", "\u3164\u2800", "\u0301")} == {"id"}
    for text in ("Tin", "\u200bក", "…", "🚢"):
        assert forms.seen(text, "id") == text
