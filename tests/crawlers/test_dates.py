"""When was it published: shapes that outlets write, and what they must not be taken for."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from crawlers.dates import Reading, better, first, in_address, read
from diembao.app.evaluation.dates import load, measure
from diembao.core.article import DateFrom

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
ZONES = {
    "vi": "Asia/Ho_Chi_Minh",
    "en": "Asia/Ho_Chi_Minh",
    "th": "Asia/Bangkok",
    "lo": "Asia/Vientiane",
    "km": "Asia/Phnom_Penh",
    "ru": "Europe/Moscow",
    "fr": "Europe/Paris",
    "de": "Europe/Berlin",
    "zh-Hans": "Asia/Shanghai",
    "zh-Hant": "Asia/Taipei",
    "ja": "Asia/Tokyo",
    "ko": "Asia/Seoul",
    "id": "Asia/Jakarta",
}


LANGUAGES = ("vi", "lo", "km", "th", "zh-Hans", "zh-Hant", "ja", "ko", "ru", "fr", "en")


def reading(language: str = "vi", zone: str = "", formats: tuple[str, ...] = ()) -> Reading:
    return Reading(ZoneInfo(zone or ZONES[language]), language, formats, NOW)


CASES = [
    # what feeds write
    ("Sat, 21 Nov 2026 06:12:00 +0700", "vi", "2026-11-21T06:12:00+07:00"),
    ("Sat, 21 Nov 2026 06:12:00 GMT+7", "vi", "2026-11-21T06:12:00+07:00"),
    ("Sat, 21 Nov 2026 06:12:00 GMT+07:00", "vi", "2026-11-21T06:12:00+07:00"),
    ("Sat, 21 Nov 2026 06:12:00 GMT", "vi", "2026-11-21T06:12:00+00:00"),
    ("Sat, 21 Nov 2026 06:12:00 -0000", "vi", "2026-11-21T06:12:00+00:00"),
    ("Sat, 21 Nov 2026 06:12:00", "vi", "2026-11-21T06:12:00+07:00"),
    ("Sat, 21 Nov 2026 06:12 +07", "vi", "2026-11-21T06:12:00+07:00"),
    ("Wed, 22 Jul 26 10:00:18 EDT", "en", "2026-07-22T10:00:18-04:00"),
    ("Sat, 21 Nov 2026 14:12:00 CST", "zh-Hans", "2026-11-21T14:12:00+08:00"),
    ("Thu, 14 May 2020 10:00:18 Z", "en", "2020-05-14T10:00:18+00:00"),
    ("10/2/2026 9:25:00 AM", "vi", "2026-10-02T09:25:00+07:00"),
    ("10/2/2026 9:25:00 PM", "vi", "2026-10-02T21:25:00+07:00"),
    ("02/10/2026 09:25 AM", "vi", "2026-10-02T09:25:00+07:00"),
    ("2026-11-21T06:12:00+07:00", "vi", "2026-11-21T06:12:00+07:00"),
    ("2026-11-20T23:12:00Z", "vi", "2026-11-20T23:12:00+00:00"),
    ("2026-11-21T06:12", "vi", "2026-11-21T06:12:00+07:00"),
    ("2026-11-21 06:12:00.000", "vi", "2026-11-21T06:12:00+07:00"),
    ("20261120T231200Z", "vi", "2026-11-20T23:12:00+00:00"),
    ("2026-11-21", "vi", "2026-11-21T00:00:00+07:00"),
    ("1763680320", "vi", "2025-11-20T23:12:00+00:00"),
    ("1763680320000", "vi", "2025-11-20T23:12:00+00:00"),
    ("Sat Nov 21 06:12:00 2026", "vi", "2026-11-21T06:12:00+07:00"),
    ("Sat Nov 21 06:12:00 ICT 2026", "vi", "2026-11-21T06:12:00+07:00"),
    ("Tue Nov 17 17:07:00 +0800 2026", "zh-Hans", "2026-11-17T17:07:00+08:00"),
    # what a reader sees, in Vietnamese
    ("Thứ Bảy, 21/11/2026 06:12 GMT+7", "vi", "2026-11-21T06:12:00+07:00"),
    ("Thứ bảy, 21/11/2026, 06:12 (GMT+7)", "vi", "2026-11-21T06:12:00+07:00"),
    ("21-11-2026 - 06:12", "vi", "2026-11-21T06:12:00+07:00"),
    ("06:12 - 21/11/2026", "vi", "2026-11-21T06:12:00+07:00"),
    ("06:12 | 21/11/2026", "vi", "2026-11-21T06:12:00+07:00"),
    ("20/11/2026 06:12 CH", "vi", "2026-11-20T18:12:00+07:00"),
    ("20/11/2026 lúc 14:05 (GMT+7)", "vi", "2026-11-20T14:05:00+07:00"),
    ("06h12 ngày 21/11/2026", "vi", "2026-11-21T06:12:00+07:00"),
    ("Cập nhật lúc 06g12' 21.11.2026", "vi", "2026-11-21T06:12:00+07:00"),
    ("6 giờ 12 phút, ngày 21 tháng 11 năm 2026", "vi", "2026-11-21T06:12:00+07:00"),
    ("21 Tháng Mười Một, 2026", "vi", "2026-11-21T00:00:00+07:00"),
    ("21 Th11, 2026", "vi", "2026-11-21T00:00:00+07:00"),
    # in other languages
    ("Nov 21, 2026 6:12 AM", "en", "2026-11-21T06:12:00+07:00"),
    ("Published: November 21, 2026 at 6:12 am", "en", "2026-11-21T06:12:00+07:00"),
    ("November 20, 2026 | 10:30 pm GMT+7", "en", "2026-11-20T22:30:00+07:00"),
    ("21 พฤศจิกายน 2569 06:12 น.", "th", "2026-11-21T06:12:00+07:00"),
    ("21 พ.ย. 2569 เวลา 06:12 น.", "th", "2026-11-21T06:12:00+07:00"),
    ("21/11/2569 06:12", "th", "2026-11-21T06:12:00+07:00"),
    ("21 ພະຈິກ 2026, 06:12", "lo", "2026-11-21T06:12:00+07:00"),
    ("២១ វិច្ឆិកា ២០២៦, 06:12", "km", "2026-11-21T06:12:00+07:00"),
    ("21 ноября 2026, 06:12", "ru", "2026-11-21T06:12:00+03:00"),
    ("Publié le : 21 novembre 2026 à 06h12", "fr", "2026-11-21T06:12:00+01:00"),
    ("21. November 2026, 6:12 Uhr", "de", "2026-11-21T06:12:00+01:00"),
    ("2026年11月21日 06:12", "zh-Hans", "2026-11-21T06:12:00+08:00"),
    ("2026年11月20日 下午6時12分", "zh-Hant", "2026-11-20T18:12:00+08:00"),
    ("2026/11/21 06:12", "ja", "2026-11-21T06:12:00+09:00"),
    ("입력 2026.11.21. 오전 6:12", "ko", "2026-11-21T06:12:00+09:00"),
    ("2026년 11월 20일 오후 6시 12분", "ko", "2026-11-20T18:12:00+09:00"),
    ("Sabtu, 21 November 2026 06:12 WIB", "id", "2026-11-21T06:12:00+07:00"),
]

NO_DATES = [
    "",
    "hôm nay",
    "2 giờ trước",
    "Thứ Bảy",
    "31/02/2026",
    "Sat, 32 Nov 2026 06:12:00 +0700",
    "0000-00-00 00:00:00",
    "9999-12-31T23:59:59-12:00",
    "Thu, 01 Jan 1970 00:00:00 GMT",
    "Sun, 21 Nov 2027 06:12:00 +0700",
    "Mon, 23 Nov 2026 06:12:00 +0700",
    "1.234.567 lượt xem",
    "2026-11-21 " * 100,
]


@pytest.mark.parametrize(("raw", "language", "expected"), CASES)
def test_a_date_is_read_with_its_offset(raw: str, language: str, expected: str) -> None:
    found = read(raw, reading(language))
    assert found is not None
    assert found.isoformat() == expected


@pytest.mark.parametrize("raw", NO_DATES)
def test_what_is_no_date_or_cannot_be_one_is_unknown(raw: str) -> None:
    assert read(raw, reading()) is None


def test_none_of_the_written_cases_is_read_wrong_by_the_measure_that_anyone_can_run() -> None:
    """From what outlets were seen to write, in eleven written forms; null is what must stay unknown."""
    cases = load(Path(__file__).with_name("dates.jsonl"))
    found = measure(cases, NOW, lambda _: None)
    assert found["n"] >= 150
    assert (found["wrong"], found["none"], found["same_day"]) == (0, 0, 0)
    assert {case.language for case in cases} >= {*LANGUAGES}


def test_an_hour_that_stands_elsewhere_on_the_page_is_taken_for_the_same_day_only() -> None:
    day, hour = ("2026-11-20", DateFrom.META), ("20/11/2026 06:12", DateFrom.PAGE_TEXT)
    assert first((day, hour), reading()) == (read(hour[0], reading()), DateFrom.PAGE_TEXT)
    assert first((day, ("19/11/2026 06:12", DateFrom.PAGE_TEXT)), reading()) == (read(day[0], reading()), DateFrom.META)


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("https://bao.example/2026/11/20/khanh-thanh.html", "2026-11-20"),
        ("https://bao.example/n1/2026/1120/c1002-1.html", "2026-11-20"),
        ("https://bao.example/20261120/1.html", "2026-11-20"),
        ("https://bao.example/tin/2026-11-20-khanh-thanh", ""),
        ("https://bao.example/2026/13/20/x.html", ""),
        ("https://bao.example/khanh-thanh-20261120.html", ""),
        ("https://bao.example/x?date=2026/11/20/", ""),
    ],
)
def test_a_day_in_the_address_is_found(url: str, day: str) -> None:
    assert in_address(url) == day


def test_a_format_of_the_outlet_comes_first() -> None:
    month_first = reading(formats=("%m/%d/%Y %H:%M",))
    assert read("10/02/2026 09:25", month_first) == datetime(2026, 10, 2, 9, 25, tzinfo=month_first.zone)
    day_first = read("10/02/2026 09:25", reading())
    assert day_first is not None
    assert (day_first.day, day_first.month) == (10, 2)


def test_an_outlet_at_home_means_its_own_zone_by_an_ambiguous_name() -> None:
    raw = "Sat, 21 Nov 2026 04:12:00 CST"
    at_home, abroad = read(raw, reading("zh-Hans")), read(raw, reading("en", "America/New_York"))
    assert at_home is not None
    assert abroad is not None
    assert (abroad - at_home).total_seconds() == 14 * 3600


def test_the_feed_is_believed_unless_it_knows_only_the_day() -> None:
    zone = ZoneInfo("Asia/Ho_Chi_Minh")
    hour, day = datetime(2026, 11, 21, 6, 12, tzinfo=zone), datetime(2026, 11, 21, tzinfo=zone)
    of_page = (datetime(2026, 11, 21, 7, 0, tzinfo=zone), DateFrom.META)
    assert better(hour, of_page) == (hour, DateFrom.FEED)
    assert better(day, of_page) == of_page
    assert better(day, (None, DateFrom.NONE)) == (day, DateFrom.FEED)
    assert better(None, of_page) == of_page
