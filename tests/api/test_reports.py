"""Reports by the API: the list and a figure, page by page; which are due when."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import httpx
import pytest

from diembao.core.accounts import CONSOLE
from diembao.core.reports import Report
from diembao.pipeline.wiring import Installation
from diembao.reports import keeping, period
from tests.dashboard.seed import NOW, Seeded

Get = Callable[..., httpx.Response]


@pytest.fixture
def house(seeded: tuple[Installation, Seeded]) -> Installation:
    return seeded[0]


def fill(house: Installation, weeks: int) -> None:
    for n in range(weeks):
        last = date(2026, 12, 24) + timedelta(weeks=n)
        report = Report("weekly", "gia-lai", f"w{n}", last - timedelta(days=6), last, f"Tuần {n}", NOW, "person:1")
        house.store.keep_report(report, b"{}", CONSOLE, NOW)


def read(get: Get, path: str, **asked: object) -> list[dict[str, Any]]:
    """Its pages, to the end."""
    pages = [get(path, **asked).json()]
    while pages[-1]["next"]:
        pages.append(get(path, **asked, cursor=pages[-1]["next"]).json())
    return pages


def test_the_list_is_read_to_its_end_and_narrowed_by_kind_and_year(house: Installation, get: Get) -> None:
    fill(house, 5)
    pages = read(get, "/v1/reports", limit=2)
    assert [[each["title"] for each in page["reports"]] for page in pages] == [
        ["Tuần 4", "Tuần 3"],
        ["Tuần 2", "Tuần 1"],
        ["Tuần 0"],
    ]
    assert {page["total"] for page in pages} == {5}
    (of_year,) = read(get, "/v1/reports", kind="weekly", year=2026)
    assert ([each["name"] for each in of_year["reports"]], of_year["total"]) == (["w1", "w0"], 2)
    assert read(get, "/v1/reports", kind="annual") == [{"total": 0, "reports": [], "next": None}]
    other = get("/v1/reports", year=2026, cursor=pages[0]["next"])
    assert (other.status_code, "cursor" in other.text) == (400, True)


@pytest.mark.parametrize("asked", [{"kind": "daily"}, {"year": -1}, {"year": 10**9}, {"limit": 0}, {"cursor": "x"}])
def test_what_no_list_has_is_refused(get: Get, asked: dict[str, object]) -> None:
    assert get("/v1/reports", **asked).status_code in {400, 422}


def test_a_figure_is_read_to_its_end_with_names(house: Installation, get: Get) -> None:
    week = period.latest(NOW, zone=house.profile.timezone, ends=house.profile.week_ends)
    kept = keeping.make(house, keeping.Making(week, "gia-lai", CONSOLE), NOW)
    figures = {each.name: each for each in kept.sidecar().figures}
    whole = figures["Bài về tỉnh"]
    pages = read(get, f"/v1/reports/{kept.report.number}/figures/{whole.number}", limit=5)
    ids = [each["id"] for page in pages for each in page["articles"]]
    assert len(pages) > 1
    assert (sorted(ids), {page["listed"] for page in pages}) == (sorted(whole.now.ids), {whole.now.count})
    outlets = read(get, f"/v1/reports/{kept.report.number}/figures/{figures['Nguồn có bài'].number}")[0]
    assert {"id": "bao-song-con", "name": "Báo Sông Côn"} in outlets["values"]


def test_the_schedule_says_what_is_due_when_and_about_which_days(house: Installation, get: Get) -> None:
    told = get("/v1/reports/schedule").json()
    assert told["province"] == "gia-lai"
    weekly = next(each for each in told["due"] if each["round"] == "weekly")
    assert (weekly["from"], weekly["to"], weekly["name"]) == ("2026-11-20", "2026-11-26", "Điểm báo tuần")
    assert {each["round"] for each in told["due"]} >= {"daily", "weekly", "annual"}
