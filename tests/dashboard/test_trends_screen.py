"""Xu hướng: what is there, what can be said of it, and what stands where nothing can."""

from __future__ import annotations

from datetime import timedelta

from diembao.core.document import Document
from diembao.pipeline.wiring import Installation
from tests.dashboard.conftest import screen, words_of
from tests.dashboard.seed import NOW


def test_an_office_without_history_is_told_so(empty: Installation) -> None:
    told = words_of(screen("trends"))
    assert "Chọn tháng khác" in told
    assert "Mới có 0 ngày dữ liệu" in told


def test_months_of_coverage_abroad_stand_with_what_may_be_said(house: Installation) -> None:
    shown = screen("trends", **{"from": "2026-10", "to": "2026-11"})
    told = words_of(shown)
    assert "chưa theo dõi nguồn nước ngoài nào" in told
    assert "tính mỗi sự việc một lần" in told
    (table,) = shown.dataframe
    assert "Nhận xét" in table.value.columns
    by_stance = screen("trends", **{"from": "2026-10", "to": "2026-11"}, by="stance", lang="en")
    assert "Stance (suggested)" in by_stance.dataframe[0].value.columns


def test_months_that_will_not_do_are_said_and_the_usual_ones_shown(house: Installation) -> None:
    shown = screen("trends", **{"from": "2027-10", "to": "x"}, by="nothing")
    assert "tháng viết như" in words_of(shown)
    assert shown.selectbox(key="trends-by").value == "country"


def test_the_last_two_days_stand_against_the_usual(house: Installation) -> None:
    keywords: dict[str, tuple[str, ...]] = {"outlet": ("bao-song-con",), "relevance": ("yes",)}
    hours = [NOW - timedelta(hours=n, minutes=7) for n in range(20 * 24)]
    house.index.put(Document(f"h{n}", "Cá ngừ", "", "", at, at, keywords) for n, at in enumerate(hours))
    assert "Không có đợt tăng đột biến" in words_of(screen("trends", q="cá ngừ"))
    house.index.put(Document(f"s{n}", "Cá ngừ", "", "", hours[1], hours[1], keywords) for n in range(40))
    house.index.mark(house.store.head() + 1)
    test = screen("trends", q="cá ngừ")
    assert "Đang tăng đột biến" in words_of(test)
    hourly = test.table[-1].value
    assert len(hourly) >= 47
    assert max(map(int, hourly["số bài"])) >= 40
    assert all(chart.proto.alt for chart in test.get("vega_lite_chart"))


def test_a_query_that_cannot_be_read_says_where(house: Installation) -> None:
    assert screen("trends", q="lưu:không-có").warning
