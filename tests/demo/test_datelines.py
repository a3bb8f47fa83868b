from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from demo import datelines
from demo.copydesk import pieces
from demo.datelines import BadDateline, fill, read_dateline
from demo.edition import Edition
from demo.masthead import OUTLETS

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
START = datetime(2026, 1, 1, 0, 30, tzinfo=HANOI)
MORNING = datetime(2026, 11, 3, 9, 5, 7, tzinfo=HANOI)


@pytest.mark.parametrize(
    ("written", "zone", "says"),
    [
        ("-1d 23:15", "Asia/Ho_Chi_Minh", "2025-12-31T23:15:00+07:00"),
        ("-14d 00:00", "Asia/Ho_Chi_Minh", "2025-12-18T00:00:00+07:00"),
        ("-1d 23:15", "Europe/Paris", "2025-12-30T23:15:00+01:00"),
        ("-45m", "Asia/Ho_Chi_Minh", "2025-12-31T23:45:00+07:00"),
        ("+3m", "Asia/Vladivostok", "2026-01-01T03:33:00+10:00"),
    ],
)
def test_a_dateline_counts_from_start_in_the_outlets_zone(written: str, zone: str, says: str) -> None:
    assert read_dateline(written).resolve(START, ZoneInfo(zone)).isoformat() == says


@pytest.mark.parametrize("written", ["0d 08:00", "-0d 08:00", "-15d 08:00", "-1d 24:00", "+0m", "+601m", "-721m", "3m"])
def test_a_dateline_out_of_range_is_refused(written: str) -> None:
    with pytest.raises(BadDateline, match="none of"):
        read_dateline(written)


@pytest.mark.parametrize(
    ("language", "says"),
    [
        ("vi", "31/12, thứ Năm, tháng 12, 2025"),
        ("en", "December 31, Thursday, December, 2025"),
        ("fr", "31 décembre, jeudi, décembre, 2025"),
        ("ru", "31 декабря, четверг, декабря, 2025"),
        ("zh", "12月31日, 星期四, 12月, 2025"),
        ("ja", "12月31日, 木曜日, 12月, 2025"),
        ("ko", "12월 31일, 목요일, 12월, 2025"),
        ("th", "31 ธันวาคม, วันพฤหัสบดี, ธันวาคม, 2025"),
        ("lo", "31 ທັນວາ, ວັນພະຫັດ, ທັນວາ, 2025"),
        ("km", "31 ធ្នូ, ថ្ងៃព្រហស្បតិ៍, ធ្នូ, 2025"),
    ],
)
def test_placeholders_are_written_in_the_language_over_the_turn_of_the_year(language: str, says: str) -> None:
    assert fill("{d:-1}, {w:0}, {m:-1}, {y:-1}", START, language) == says
    assert unicodedata.is_normalized("NFC", says)


@pytest.mark.parametrize(
    ("shape", "says"),
    [
        (datelines.rfc822, "Tue, 03 Nov 2026 09:05:07 +0700"),
        (datelines.rfc822_gmt_plus, "Tue, 03 Nov 2026 09:05:07 GMT+7"),
        (datelines.month_first, "11/3/2026 9:05:07 AM"),
        (datelines.iso, "2026-11-03T09:05:07+07:00"),
    ],
)
def test_feeds_write_a_moment_in_their_shape(shape: Callable[[datetime], str], says: str) -> None:
    assert shape(MORNING) == says


def test_month_first_knows_noon_and_midnight() -> None:
    assert datelines.month_first(MORNING.replace(hour=0)).endswith("12:05:07 AM")
    assert datelines.month_first(MORNING.replace(hour=12)).endswith("12:05:07 PM")


@pytest.mark.parametrize(
    ("language", "says"),
    [
        ("vi", "Thứ Ba, 03/11/2026, 09:05 (GMT+7)"),
        ("en", "November 3, 2026 09:05"),
        ("zh", "2026年11月3日 09:05"),
        ("ko", "2026.11.03 09:05"),
        ("th", "3 พฤศจิกายน 2569 09:05 น."),
        ("fr", "3 novembre 2026, 09:05"),
    ],
)
def test_pages_show_a_moment_as_their_readers_write_it(language: str, says: str) -> None:
    assert datelines.visible(MORNING, language) == says


def test_a_copy_made_the_next_day_still_says_the_days_of_the_original() -> None:
    original = next(piece for piece in pieces() if "{d:" in piece.words.lead and not piece.copy_of)
    elsewhere = next(outlet.id for outlet in OUTLETS if outlet.language == "vi" and outlet.id != original.outlet)
    day = replace(original, when=read_dateline("-3d 08:00"))
    copy = replace(day, slug="copy", outlet=elsewhere, copy_of=day.slug, when=read_dateline("-2d 08:00"))
    edition = Edition(seed=1, start=START, articles=(day, copy))
    (first,), (second,) = edition.visible(day.outlet, START), edition.visible(elsewhere, START)
    assert second.at > first.at + timedelta(hours=23)
    assert second.lead == first.lead


def test_seconds_of_past_articles_differ_and_minutes_near_start_are_exact() -> None:
    edition = Edition(seed=3, start=datetime(2026, 11, 21, 1, 0, 30, tzinfo=UTC))
    now = edition.start + timedelta(hours=2)
    items = [item for outlet in OUTLETS for item in edition.visible(outlet.id, now)]
    assert len({item.at.second for item in items if item.piece.when.clock}) > 20
    assert {item.at.second for item in items if item.piece.when.clock is None} == {30}
