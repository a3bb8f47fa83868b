"""Which reports are due when, and that no day is told twice or never."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from diembao.core.errors import WrongUse
from diembao.core.progress import Progress, TaskState
from diembao.plan.office import ReportDate, Routine
from diembao.plan.reader import Profile, profile
from diembao.reports.reminders import reminders
from diembao.reports.schedule import Round, daily, drafts_due, of_year, round_of, schedule

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
DONG_NAI, BAC_NINH, GIA_LAI = (profile(each) for each in ("dong-nai", "bac-ninh", "gia-lai"))


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


def told(of: Profile, now: datetime) -> dict[Round, date | None]:
    return {due.round: due.before for due in schedule(of, now)}


@pytest.mark.parametrize(
    ("of", "now", "half", "annual"),
    [
        (DONG_NAI, "2026-05-20T23:59", date(2026, 5, 20), date(2026, 11, 15)),
        (DONG_NAI, "2026-05-21T00:00", date(2027, 5, 20), date(2026, 11, 15)),
        (DONG_NAI, "2026-11-16T00:00", date(2027, 5, 20), date(2027, 11, 15)),
        (BAC_NINH, "2026-11-14T09:00", None, date(2026, 11, 15)),
    ],
)
def test_the_days_are_those_of_the_plan(of: Profile, now: str, half: date | None, annual: date) -> None:
    found = told(of, at(now))
    assert (found.get(Round.HALF_YEAR), found[Round.ANNUAL]) == (half, annual)


def test_a_year_goes_on_where_the_last_one_ended() -> None:
    years = [of_year(DONG_NAI, Round.ANNUAL, year).period for year in range(2023, 2030)]
    for before, after in pairwise(years):
        assert after.first == before.last + timedelta(days=1)
        assert after.days in {365, 366}
    half = of_year(DONG_NAI, Round.HALF_YEAR, 2028).period
    assert (half.first, half.last) == (date(2027, 11, 8), date(2028, 5, 12))  # drafted a week before 20 May


def test_a_plan_without_a_day_has_a_calendar_year_and_no_reminder() -> None:
    due = next(each for each in schedule(GIA_LAI, at("2026-11-22T08:00")) if each.round is Round.ANNUAL)
    assert (due.before, due.draft_at) == (None, None)
    assert (due.period.first, due.period.last) == (date(2026, 1, 1), date(2026, 12, 31))
    assert reminders(GIA_LAI, {}, at("2026-11-22T08:00")) == []
    half = of_year(GIA_LAI, Round.HALF_YEAR, 2028).period
    assert (half.first, half.last) == (date(2028, 1, 1), date(2028, 6, 30))


def test_a_day_that_most_years_do_not_have_is_the_one_before() -> None:
    leap = replace(DONG_NAI, reports=(ReportDate("Báo cáo năm", "02-29", "kế hoạch"),))
    assert [of_year(leap, Round.ANNUAL, year).before for year in (2027, 2028)] == [date(2027, 2, 28), date(2028, 2, 29)]
    early = replace(DONG_NAI, reports=(ReportDate("Báo cáo 6 tháng", "01-05", "kế hoạch"),))
    period = of_year(early, Round.HALF_YEAR, 2027).period
    assert (period.first, period.last) == (date(2026, 1, 1), date(2026, 12, 28))


@pytest.mark.parametrize("year", [1999, 2100, 0])
def test_a_year_outside_of_the_calendar_is_refused(year: int) -> None:
    with pytest.raises(WrongUse, match="2001"):
        of_year(DONG_NAI, Round.ANNUAL, year)


@pytest.mark.parametrize(
    ("name", "its"),
    [
        ("Báo cáo 6 tháng", Round.HALF_YEAR),
        ("BÁO CÁO SÁU THÁNG ĐẦU NĂM", Round.HALF_YEAR),
        ("Báo cáo năm", Round.ANNUAL),
        ("Báo cáo định kỳ hằng năm", Round.ANNUAL),
    ],
)
def test_a_report_is_what_its_name_says(name: str, its: Round) -> None:
    assert round_of(ReportDate(name, "", "kế hoạch")) is its


def test_a_draft_is_due_from_its_hour_on() -> None:
    early, ready = at("2026-11-08T05:59"), at("2026-11-08T06:00")
    assert drafts_due(BAC_NINH, early) == []
    (due,) = drafts_due(BAC_NINH, ready)
    assert due.period.end <= ready  # of whole days


def test_the_brief_keeps_its_hour_where_clocks_change() -> None:
    abroad = replace(GIA_LAI, timezone="Europe/Berlin", routine=Routine(daily_at="02:30"))
    moments = [daily(abroad, date(2026, 3, day)).draft_at for day in (28, 29, 30)]
    assert all(moments)
    assert [f"{x.astimezone(ZoneInfo('Europe/Berlin')):%d %H:%M}" for x in moments if x] == [
        "28 02:30",
        "29 03:30",  # the clock leaves half past two out
        "30 02:30",
    ]


def test_the_week_of_the_schedule_is_the_one_that_is_not_over() -> None:
    weeks = [
        next(x for x in schedule(GIA_LAI, at(now)) if x.round is Round.WEEKLY).period.week
        for now in ("2026-11-19T23:59", "2026-11-20T00:00", "2026-12-31T12:00", "2027-01-01T00:00")
    ]
    assert weeks == ["2026-W47", "2026-W48", "2026-W53", "2027-W01"]


# -- reminders


def test_each_stage_is_told_once_and_of_several_that_were_missed_the_last() -> None:
    keys = {
        day: [each.key for each in reminders(BAC_NINH, {}, at(f"2026-{day}T08:00"))]
        for day in ("10-15", "10-16", "11-07", "11-08", "11-14", "11-15", "11-16")
    }
    stage = "report-due:annual:2026-11-15:"
    assert keys == {
        "10-15": [],
        "10-16": [f"{stage}30"],
        "11-07": [f"{stage}30"],
        "11-08": [f"{stage}7"],
        "11-14": [f"{stage}1"],
        "11-15": [f"{stage}1"],
        "11-16": [],
    }


def test_a_reminder_names_the_tasks_of_which_nobody_has_told_in_the_period() -> None:
    tasks = tuple(task for task in GIA_LAI.tasks if task.number.startswith("4."))
    of = replace(GIA_LAI, reports=(ReportDate("Báo cáo năm", "11-15", "Kế hoạch, mục V"),), tasks=tasks)
    old = datetime(2025, 1, 1, tzinfo=UTC)
    latest = {
        (task, "cong-an-tinh"): Progress("binh-dinh", task, "cong-an-tinh", TaskState.RUNNING, 5, "", "person:1", when)
        for task, when in (("4.3", at("2026-10-01T08:00")), ("4.1", old))
    }
    (message,) = reminders(of, latest, at("2026-11-14T08:00"))
    assert message.subject == "Nhắc báo cáo: Báo cáo năm, trước ngày 15/11/2026 (còn 1 ngày)"
    assert "4.1" in message.text
    assert "4.3" not in message.text
    assert "4.2" not in message.text  # over since 2025
    assert "Căn cứ: Kế hoạch, mục V" in message.text
