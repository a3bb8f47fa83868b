"""On *Bài báo*: what of an article is here, what its sources say of its date, its editions in other languages."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from diembao.core.article import DateFrom
from diembao.core.reading import DateSaid, Edition, Extent, Form, Reading
from diembao.pipeline.wiring import Installation
from tests.dashboard import seed
from tests.dashboard.conftest import screen, words_of
from tests.dashboard.published import Told
from tests.dashboard.seed import NOW

DAY = datetime(2026, 11, 20, tzinfo=UTC)
STUB = Reading(Extent.STUB, "isAccessibleForFree: false · “Đăng nhập để đọc tiếp”")
DATES = (
    DateSaid(DateFrom.FEED, NOW - timedelta(hours=2), "x"),
    DateSaid(DateFrom.URL, DAY, "2026/11/20"),
    DateSaid(DateFrom.META, NOW + timedelta(days=3), "y", refused=True),
)


def shown(house: Installation, reading: Reading, **address: str) -> str:
    told = Told("bao-song-con", "Dọc sông Côn mùa nước cạn", 2, text="Dân chờ.", story="one", reading=reading)
    ids = seed.fill(house, (told,)).ids
    return words_of(screen("article", id=ids["one"], **address)).replace("\\", "").replace("\u2060", "")


def test_a_stub_is_called_one_and_why_is_in_the_readers_words(empty: Installation) -> None:
    told = shown(empty, STUB)
    assert ":yellow-badge[chỉ có phần đầu]" in told
    assert "Đây chỉ là phần mở đầu" in told
    assert told.count("trang tự khai là bài phải trả tiền · “Đăng nhập để đọc tiếp”") >= 2  # warning, label
    assert "isAccessibleForFree" not in told


@pytest.mark.parametrize(
    ("language", "why"), [("vi", "trang 3: máy chủ trả lỗi 503"), ("en", "page 3: the server answers with error 503")]
)
def test_the_page_that_is_missing_is_named_in_one_language(empty: Installation, language: str, why: str) -> None:
    told = shown(empty, Reading(Extent.PART, "trang / page 3: status-503"), lang=language)
    assert f"({why})" in told
    assert "trang / page" not in told


def test_an_article_that_is_whole_and_whose_dates_agree_says_nothing_of_either(empty: Installation) -> None:
    told = shown(empty, Reading(form=Form.LIVE))
    assert ":gray-badge[tường thuật trực tiếp]" in told
    assert "toàn văn" not in told
    assert "giờ đăng khác nhau" not in told


def test_dates_that_differ_are_listed_with_the_one_in_use_and_no_hour_is_made_up(empty: Installation) -> None:
    lines = shown(empty, Reading(dates=DATES)).splitlines()
    assert "Các nơi ghi giờ đăng khác nhau:" in lines
    assert "- RSS của nguồn: 21/11/2026 04:40 (đang dùng)" in lines
    assert "- địa chỉ của bài: 20/11/2026" in lines
    assert "- thẻ khai báo của trang: 24/11/2026 06:40 (không thể đúng, không dùng)" in lines


def test_one_date_that_cannot_be_differs_from_nothing(empty: Installation) -> None:
    lines = shown(empty, Reading(dates=DATES[2:])).splitlines()
    assert "Giờ đăng mà nguồn ghi không thể đúng:" in lines
    assert "- thẻ khai báo của trang: 24/11/2026 06:40 (không thể đúng, không dùng)" in lines
    assert not any("khác nhau" in line for line in lines)


def test_editions_in_other_languages_are_one_click_away(empty: Installation) -> None:
    first = Told("nhat-bao-bien", "Đường bay Quy Nhơn mở lại", 3, text="Từ 1/12.", story="vi")
    entry = seed.entry_of(first)
    editions = Reading(editions=(Edition(entry.id, entry.url, "vi"),))
    later = Told("mekong-courier", "Quy Nhon flights are back", 2, text="From 1/12.", story="en", reading=editions)
    ids = seed.fill(empty, (first, later)).ids
    for here, expected in (
        ("en", "Cùng bài này bằng tiếng Việt: Đường bay Quy Nhơn mở lại"),
        ("vi", "Cùng bài này bằng tiếng Anh: Quy Nhon flights are back"),
    ):
        assert expected in words_of(screen("article", id=ids[here])).replace("\\", "")
