"""Coverage abroad over months: what may be said of it, on the outlets that were there all the time."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta

import pytest

from diembao.core.article import DateFrom
from diembao.core.document import Document
from diembao.core.errors import WrongUse
from diembao.paper.sheet import csv_of
from diembao.pipeline.wiring import Installation
from diembao.reports.trend_months import MOST_MONTHS, months_of
from diembao.reports.trend_numbers import (
    ENOUGH,
    Verdict,
    compared,
    interval,
    ratio,
    share,
    shares_compared,
)
from diembao.reports.trend_text import LANGUAGES, as_json, lines, name_of, sheets, table
from diembao.reports.trends import By, Row, Trend, trend
from tests.dashboard.published import Told
from tests.reports import coverage

ZONE = "Asia/Ho_Chi_Minh"
NOW = coverage.NOW
PERIOD = months_of("2026-10", "2026-10", NOW, ZONE)

Make = Callable[..., Installation]


def told(
    outlet: str, day: date, n: int, *, story: str = "", stance: str = "neutral", themes: tuple[str, ...] = ()
) -> Told:
    """At noon of a day, ``n`` minutes later."""
    at = datetime(day.year, day.month, day.day, 5, tzinfo=UTC) + timedelta(minutes=n)
    name = f"{outlet}-{day}-{n}"
    hours = (NOW - at).total_seconds() / 3600
    return Told(
        outlet, f"Bài {name}", hours, text=f"Bài {name}.", slug=name, story=story or name, stance=stance, themes=themes,
        date_from=DateFrom.FEED,
    )  # fmt: skip


def some(outlet: str, month: int, n: int, **more: object) -> list[Told]:
    """``n`` articles of a month, each a story of its own, a day apart."""
    return [told(outlet, date(2026, month, 1 + k % 28), k, **more) for k in range(n)]  # type: ignore[arg-type]  # of tests


def there(*outlets: str) -> list[Told]:
    """What they wrote before the period before and lately: they were read all the time."""
    return [told(each, day, 900) for each in outlets for day in (date(2026, 8, 20), date(2026, 11, 18))]


def found(house: Installation, by: By = By.COUNTRY) -> Trend:
    return trend(house, PERIOD, by, province="gia-lai", now=NOW)


def rows(trend: Trend) -> Mapping[str, Row]:
    return {row.value: row for row in trend.rows}


def test_a_new_outlet_is_no_trend(make: Make) -> None:
    house = make([
        *there("khaosan-lao", "seoul-ilbo"),
        *some("khaosan-lao", 9, 12),
        *some("khaosan-lao", 10, 12),
        *some("taipei-wanbao", 10, 40),  # it came into the catalogue in October
    ])  # fmt: skip
    said = found(house)
    assert said.panel == ("khaosan-lao", "seoul-ilbo")
    assert said.whole.articles == 52
    assert said.whole.now.value == said.whole.before.value == 12  # type: ignore[union-attr]  # it was watched
    assert said.whole.verdict is Verdict.UNCLEAR
    (change,) = said.changes
    assert (change.outlet, change.articles) == ("taipei-wanbao", 40)
    assert rows(said)["TW"].now.value == 0


def test_an_outlet_that_came_after_the_period_is_no_change_of_it(make: Make) -> None:
    house = make([*there("khaosan-lao"), *some("khaosan-lao", 10, 9), *some("taipei-wanbao", 11, 9)])
    assert found(house).changes == ()


def test_what_is_told_of_a_period_it_was_not_there_in_has_the_day_that_is_known_or_none(make: Make) -> None:
    house = make([*there("khaosan-lao"), *some("taipei-wanbao", 10, 9), *some("taipei-wanbao", 11, 9)])
    (change,) = found(house).changes
    first, _ = house.store.arrival_spans().get("taipei-wanbao", (None, None))
    day = f"{change.came:%d/%m/%Y}" if change.came else "–"
    told = lines(found(house), "vi", {"taipei-wanbao": "Báo chiều"})
    assert told[-1].split() == ["Báo", "chiều", "Đài", "Loan", day, "–", "9"]
    assert told[-2].index("Nước") == told[-1].index("Đài Loan")
    assert next(iter(sheets(found(house), "vi", {"taipei-wanbao": "Báo chiều"})[1].rows))[0] == "Báo chiều"
    assert (change.articles, change.came, change.went) == (9, first.date() if first else None, None)


def test_what_the_same_outlets_write_more_of_is_said(make: Make) -> None:
    house = make([*there("khaosan-lao"), *some("khaosan-lao", 9, 6), *some("khaosan-lao", 10, 28)])
    row = rows(found(house))["LA"]
    assert row.verdict is Verdict.MORE
    assert row.ratio is not None
    assert row.ratio.low > 1
    assert row.ratio.value == pytest.approx(28 / 6)


def test_many_articles_of_one_story_are_less_sure_than_as_many_stories(make: Make) -> None:
    one = [told("khaosan-lao", date(2026, 10, 5), k, story="flood") for k in range(28)]
    house = make([*there("khaosan-lao"), *some("khaosan-lao", 9, 9), *one])
    row = rows(found(house))["LA"]
    assert row.now.value == 28
    assert row.stories == 1
    assert row.verdict is Verdict.UNCLEAR


def test_home_coverage_is_none_of_it(make: Make) -> None:
    said = found(make([*there("bao-song-con"), *some("bao-song-con", 10, 9)]))
    assert said.whole.articles == 0
    assert said.rows == ()


def test_before_collecting_began_nothing_is_compared(make: Make) -> None:
    said = found(make(some("khaosan-lao", 10, 20)))
    row = rows(said)["LA"]
    assert said.panel == ()
    assert (row.verdict, row.before, row.ratio) == (Verdict.UNKNOWN, None, None)
    assert row.articles == 20


def test_an_outlet_that_fell_silent_is_not_compared_either(make: Make) -> None:
    house = make([*there("khaosan-lao"), *some("khaosan-lao", 10, 9), *some("khaosan-lao", 9, 9)])
    keywords: dict[str, tuple[str, ...]] = {"outlet": ("seoul-ilbo",), "country": ("KR",), "relevance": ("yes",)}
    days = [date(2026, 8, 20), *(date(2026, 9, 1 + n) for n in range(20))]
    moments = [datetime(day.year, day.month, day.day, 5, tzinfo=UTC) for day in days]
    house.index.put(Document(f"{at:%m%d}", "Bài", "", "", at, at, keywords) for at in moments)
    said = found(house)
    assert said.panel == ("khaosan-lao",)
    assert said.whole.before is not None
    assert said.whole.before.value == 9


def test_perception_is_told_by_shares(make: Make) -> None:
    house = make([
        *there("khaosan-lao"),
        *some("khaosan-lao", 9, 25, stance="positive"),
        *some("khaosan-lao", 10, 25, stance="critical"),
    ])  # fmt: skip
    by = rows(found(house, By.STANCE))
    assert by["critical"].share is not None
    assert by["critical"].share.value == 1
    assert by["critical"].verdict is Verdict.MORE
    assert by["positive"].verdict is Verdict.LESS


@pytest.mark.parametrize(("by", "value"), [(By.LANGUAGE, "lo"), (By.THEME, "tourism"), (By.STANCE, "neutral")])
def test_it_is_told_by_language_theme_and_stance(make: Make, by: By, value: str) -> None:
    house = make([*there("khaosan-lao"), *some("khaosan-lao", 10, 9, themes=("tourism",))])
    row = rows(found(house, by))[value]
    assert row.articles == 9
    assert name_of(value, by, "vi") != name_of(value, by, "en")


def test_every_month_has_its_number_and_its_interval(make: Make) -> None:
    house = make([*there("khaosan-lao"), *some("khaosan-lao", 8, 3), *some("khaosan-lao", 10, 4)])
    period = months_of("2026-08", "2026-10", NOW, ZONE)
    said = trend(house, period, By.COUNTRY, province="gia-lai", now=NOW)
    assert [(each.first.month, each.articles) for each in said.whole.months] == [(8, 4), (9, 0), (10, 4)]
    assert said.before.first == date(2026, 5, 1)


def test_tables_and_json_say_the_same(make: Make) -> None:
    said = found(make([*there("khaosan-lao"), *some("khaosan-lao", 9, 9), *some("khaosan-lao", 10, 9)]))
    for language in LANGUAGES:
        head, told_rows = table(said, language)
        assert {len(each) for each in told_rows} == {len(head)}
        assert csv_of(head, told_rows).startswith(b"\xef\xbb\xbf")
        assert len(sheets(said, language, {})) == 2
        assert len(set(head)) == len(head)  # "from" and "to" of two numbers are told apart
        assert not any(re.search(r"\d[.,]\d{3}", line) for line in lines(said, language))
        assert all(round(cell, 2) == cell for row in told_rows for cell in row if isinstance(cell, float))
    kept = as_json(said)
    assert kept["rows"][0]["value"] == "LA"
    assert kept["rows"][0]["now"]["low"] < 9 < kept["rows"][0]["now"]["high"]


def test_a_province_that_is_not_watched_is_refused(make: Make) -> None:
    with pytest.raises(WrongUse, match=r"^Bản cài này không theo dõi “hue”.* does not watch"):
        trend(make(), PERIOD, By.COUNTRY, province="hue", now=NOW)


# -- months -------------------------------------------------------------------------------------------


def test_the_last_six_whole_months_are_meant_where_none_is_named() -> None:
    period = months_of("", "", NOW, ZONE)
    assert (period.first, period.last) == (date(2026, 5, 1), date(2026, 10, 31))


@pytest.mark.parametrize(
    ("first", "last"),
    [
        ("2026-10", "2026-09"),
        ("2026-13", ""),
        ("2026", "2026-01"),
        ("2026-12", "2027-01"),
        ("2020-01", "2026-01"),
        ("२०२६-०१", ""),
    ],
)
def test_months_that_will_not_do_are_refused_in_both_languages(first: str, last: str) -> None:
    with pytest.raises(WrongUse, match=r"\(.+\)"):
        months_of(first, last, NOW, ZONE)


def test_two_years_are_the_most() -> None:
    assert months_of("2024-11", "2026-10", NOW, ZONE).first == date(2024, 11, 1)
    assert MOST_MONTHS == 24


# -- numbers ------------------------------------------------------------------------------------------


def stories(n: int, each: int = 1) -> dict[str, int]:
    return {f"s{k}": each for k in range(n)}


def test_an_interval_of_nothing_is_the_rule_of_three() -> None:
    assert (interval({}).low, interval({}).high) == (0, 3)


def test_the_interval_of_a_hundred_stories_is_about_twenty_wide_on_either_side() -> None:
    known = interval(stories(100))
    assert known.low == pytest.approx(82.2, abs=0.1)
    assert known.high == pytest.approx(121.7, abs=0.1)


def test_a_share_of_all_is_not_taken_for_sure() -> None:
    whole = share(stories(10), stories(10))
    assert whole is not None
    assert (whole.value, whole.high) == (1, 1)
    assert whole.low < 0.95
    assert share({}, {}) is None


def test_a_ratio_with_nothing_is_none() -> None:
    assert ratio(stories(3), {}) is None
    assert ratio({}, stories(3)) is None


def test_few_stories_say_nothing() -> None:
    assert compared(stories(ENOUGH - 1), {}, 1) is Verdict.FEW
    assert compared(stories(ENOUGH), {}, 1) is Verdict.MORE
    assert compared({}, stories(ENOUGH), 1) is Verdict.LESS
    assert shares_compared((stories(3), stories(3)), (stories(9), stories(9)), 1) is Verdict.FEW


def test_whoever_looks_at_many_rows_has_to_be_the_surer() -> None:
    assert compared(stories(40), stories(22), 1) is Verdict.MORE
    assert compared(stories(40), stories(22), 30) is Verdict.UNCLEAR
