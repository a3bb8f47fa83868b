"""Numbers and dates as Vietnamese documents write them."""

from datetime import UTC, date, datetime

import pytest

from diembao.paper import forms


def test_numbers_have_points_for_thousands_and_a_comma_for_parts() -> None:
    assert forms.number(1234567) == "1.234.567"
    assert forms.number(1234.5, 1) == "1.234,5"


def test_a_mean_has_one_digit_unless_it_is_whole() -> None:
    assert (forms.mean(41.25), forms.mean(4.0), forms.mean(1234.56)) == ("41,2", "4", "1.234,6")


def test_a_share_of_nothing_is_no_number() -> None:
    assert (forms.share(1, 3), forms.share(0, 0)) == ("33,3%", "–")


@pytest.mark.parametrize(
    ("day", "written"),
    [
        (date(2026, 1, 5), "Gia Lai, ngày 05 tháng 01 năm 2026"),
        (date(2026, 2, 10), "Gia Lai, ngày 10 tháng 02 năm 2026"),
        (date(2026, 3, 9), "Gia Lai, ngày 09 tháng 3 năm 2026"),
        (date(2026, 11, 20), "Gia Lai, ngày 20 tháng 11 năm 2026"),
    ],
)
def test_days_under_10_and_the_first_two_months_have_a_leading_zero(day: date, written: str) -> None:
    assert forms.place_and_day("Gia Lai", day) == written


def test_a_number_under_10_has_a_leading_zero_and_one_that_is_not_known_leaves_room() -> None:
    assert forms.registered(5, "BC-SVHTTDL") == "Số: 05/BC-SVHTTDL"
    assert forms.registered(128, "BC-SVHTTDL") == "Số: 128/BC-SVHTTDL"
    assert forms.registered(None, "BC-SVHTTDL") == "Số:        /BC-SVHTTDL"


def test_moments_are_told_by_the_clock_of_the_province() -> None:
    assert forms.moment(datetime(2026, 11, 19, 17, 5, tzinfo=UTC), "Asia/Ho_Chi_Minh") == "00:05 ngày 20/11/2026"
