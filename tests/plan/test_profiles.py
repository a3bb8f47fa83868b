"""The themes and profiles that come with the program."""

import datetime as dt
import unicodedata

import pytest

from diembao.core.errors import Misconfigured
from diembao.plan.files import ReportDateEntry
from diembao.plan.office import ReportDate, coming
from diembao.plan.reader import Profile, elsewhere, profile, themes

THEMES = [
    "policy-communication",
    "labour-migration",
    "province-brand",
    "culture-heritage",
    "tourism",
    "trade-investment",
    "agriculture-ocop",
    "laos-partners",
    "asean",
    "foreign-press",
    "overseas-vietnamese",
    "environment-climate",
    "digital-transformation",
    "human-rights",
    "security-order",
    "sea-islands",
    "ethnic-minorities",
    "resources-training",
]
TASKS = [f"{group}.{n}" for group, count in ((1, 3), (2, 4), (3, 15), (4, 4), (5, 5)) for n in range(1, count + 1)]


@pytest.fixture(params=["gia-lai", "binh-dinh"])
def each(request: pytest.FixtureRequest) -> Profile:
    return profile(request.param)


def test_the_eighteen_themes_are_in_the_plans_order_and_named_twice() -> None:
    assert list(themes()) == THEMES
    assert all(theme.vi and theme.en and theme.covers.endswith(".") for theme in themes().values())


def test_every_task_of_the_annex_is_there_in_order(each: Profile) -> None:
    assert [task.number for task in each.tasks] == TASKS
    assert list(each.groups) == ["1", "2", "3", "4", "5"]


def test_every_theme_has_a_unit_of_today(each: Profile) -> None:
    assert list(each.fields) == THEMES
    assert set(each.fields.values()) <= set(each.units)


def test_group_four_has_the_units_and_times_of_the_plan() -> None:
    four = {task.number: task for task in profile("gia-lai").tasks if task.number.startswith("4.")}
    assert four["4.1"].lead == ("so-vhttdl",)
    assert {"cong-an-tinh", "so-ngoai-vu", "so-noi-vu"} <= set(four["4.1"].helping)
    assert (four["4.1"].time, four["4.1"].start, four["4.1"].end) == ("Hằng năm", None, None)
    assert four["4.2"].lead == ("cong-an-tinh",)
    assert {"so-vhttdl", "so-ngoai-vu"} <= set(four["4.2"].helping)
    assert (four["4.2"].start, four["4.2"].end) == (2024, 2025)
    assert four["4.3"].lead == ("so-ngoai-vu", "bo-doi-bien-phong", "cong-an-tinh")
    assert (four["4.3"].start, four["4.3"].end) == (2024, 2030)
    assert four["4.4"].lead == ("so-dan-toc-ton-giao",)
    assert four["4.4"].helping == ("cac-so-nganh", "ubnd-xa")
    assert (four["4.4"].start, four["4.4"].end) == (2024, 2025)
    assert [task.themes for task in four.values()] == [
        ("human-rights",),
        ("security-order",),
        ("sea-islands",),
        ("ethnic-minorities",),
    ]


def test_a_task_expires_after_its_last_year_only() -> None:
    tasks = {task.number: task for task in profile("gia-lai").tasks}
    assert tasks["4.2"].expired(2026)
    assert not tasks["4.2"].expired(2025)
    assert not tasks["4.1"].expired(2040)


def test_a_unit_without_a_known_date_says_what_is_not_known(each: Profile) -> None:
    undated = [unit for unit in each.units.values() if not unit.since]
    assert undated
    assert all(unit.note for unit in undated)
    assert all(dt.date.fromisoformat(unit.since) for unit in each.units.values() if unit.since)


def test_the_department_that_is_gone_has_successors() -> None:
    named = [unit.id for unit in profile("gia-lai").units.values() if "Sở Thông tin và Truyền thông" in unit.plan_names]
    assert named == ["so-vhttdl", "so-khcn"]
    assert not any(unit.name == "Sở Thông tin và Truyền thông" for unit in profile("gia-lai").units.values())


def test_places_lie_on_one_side_or_belong_to_the_whole() -> None:
    found = {place.name: place for place in profile("gia-lai").places}
    assert found["Quy Nhơn"].area == "binh-dinh"
    assert found["Pleiku"].area == "gia-lai-cu"
    assert found["Gia Lai"].area == "gia-lai"
    assert {place.area for place in found.values()} == {"binh-dinh", "gia-lai-cu", "gia-lai"}
    for landmark in ("Eo Gió", "Kỳ Co", "Cù Lao Xanh", "sân bay Phù Cát", "ICISE", "Nhơn Hội"):
        assert found[landmark].area == "binh-dinh", landmark
    for landmark in ("Chư Đăng Ya", "Lệ Thanh", "Biển Hồ", "Kon Ka Kinh"):
        assert found[landmark].area == "gia-lai-cu", landmark


def test_shared_names_are_not_sure() -> None:
    found = {place.name: place for place in profile("gia-lai").places}
    for name in ("Tây Sơn", "An Lão", "Thống Nhất", "Bình An", "Vĩnh Thạnh"):
        assert not found[name].sure, name
    assert found["Hoài Nhơn"].sure


def test_all_names_are_nfc() -> None:
    names = [
        name
        for place in (*profile("gia-lai").places, *elsewhere())
        for name in (place.name, *sum(place.exonyms.values(), ()))
    ]
    assert [name for name in names if not unicodedata.is_normalized("NFC", name)] == []


def test_each_profile_is_judged_about_itself_and_its_plan() -> None:
    assert profile("gia-lai").judged == ("gia-lai", "binh-dinh")
    assert profile("binh-dinh").judged == ("binh-dinh",)


@pytest.mark.parametrize("name", ["atlantis", "../themes", "", "Gia Lai"])
def test_an_unknown_profile_is_refused_with_the_known_ones(name: str) -> None:
    with pytest.raises(Misconfigured, match=r"known: bac-giang, .*gia-lai"):
        profile(name)


@pytest.mark.parametrize(
    ("before", "today", "day"),
    [
        ("11-15", dt.date(2026, 11, 14), dt.date(2026, 11, 15)),
        ("11-15", dt.date(2026, 11, 15), dt.date(2026, 11, 15)),
        ("11-15", dt.date(2026, 11, 16), dt.date(2027, 11, 15)),
        ("02-29", dt.date(2026, 11, 16), dt.date(2027, 2, 28)),
        ("02-29", dt.date(2028, 2, 29), dt.date(2028, 2, 29)),
        ("", dt.date(2026, 11, 16), None),
    ],
)
def test_a_report_has_a_next_day(before: str, today: dt.date, day: dt.date | None) -> None:
    assert ReportDate("Báo cáo", before, "Kế hoạch").next(today) == day


def test_reports_stand_by_their_next_days() -> None:
    reports = profile("dong-nai").reports
    in_november = [day for _, day in coming(reports, dt.date(2026, 11, 21))]
    assert in_november == [dt.date(2027, 5, 20), dt.date(2027, 11, 15)]
    assert [each.name for each, _ in coming(reports, dt.date(2026, 6, 1))] == ["Báo cáo năm", "Báo cáo 6 tháng"]
    without = ReportDate("Khi được yêu cầu", "", "Kế hoạch")
    assert coming([without, *reports], dt.date(2026, 11, 21))[-1] == (without, None)


@pytest.mark.parametrize("before", ["13-01", "02-30", "11-31"])
def test_a_day_that_no_year_has_is_refused(before: str) -> None:
    with pytest.raises(ValueError, match="before"):
        ReportDateEntry(name="Báo cáo", before=before, source="Kế hoạch")
