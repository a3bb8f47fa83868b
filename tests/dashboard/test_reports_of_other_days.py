"""Báo cáo: a half-year, a year, any days on demand, made on the screen and made again."""

from __future__ import annotations

from datetime import date

from dashboard.forms import plain
from diembao.pipeline.wiring import Installation
from tests.dashboard.conftest import screen, words_of


def test_a_report_on_demand_is_made_kept_and_made_again(house: Installation) -> None:
    test = screen("reports")
    test.date_input(key="range-first").set_value(date(2026, 11, 1))
    test.date_input(key="range-last").set_value(date(2026, 11, 20))
    test.selectbox(key="range-theme").set_value("tourism")
    test.button(key="range-make").click().run()
    assert not test.exception, test.exception
    (report,) = house.store.reports("period")
    assert report.name == "2026-11-01_2026-11-20_theme-tourism"
    assert plain("chủ đề Du lịch") in words_of(test)
    test.button(key="report-again").click().run()
    (again,) = house.store.reports("period")
    assert (again.name, again.edition) == (report.name, report.edition + 1)


def test_days_in_the_wrong_order_are_told_and_nothing_is_kept(house: Installation) -> None:
    test = screen("reports")
    test.date_input(key="range-first").set_value(date(2026, 11, 20))
    test.date_input(key="range-last").set_value(date(2026, 11, 1))
    test.button(key="range-make").click().run()
    assert plain("một kỳ dài 1 đến 366 ngày") in words_of(test)
    assert house.store.reports("period") == []


def test_the_annual_report_has_the_days_of_the_plan(house: Installation) -> None:
    test = screen("reports")
    test.segmented_control(key="range-kind").set_value("annual").run()
    assert plain("Từ ngày 01/01/2026 đến ngày 31/12/2026") in words_of(test)
    test.button(key="range-make").click().run()
    (report,) = house.store.reports("annual")
    assert "năm 2026" in report.title
