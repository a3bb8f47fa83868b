"""Half-year, annual and on-demand reports: the weekly's parts for any days, and the plan's tasks with who told what."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from typer.testing import CliRunner

from diembao.app.cli import app
from diembao.app.periodic import Order, make_periodic
from diembao.core.errors import Misconfigured, WrongUse
from diembao.core.progress import Progress, TaskState
from diembao.paper.office_templates import template_of
from diembao.pipeline.wiring import Installation
from diembao.reports.period import Period, between
from diembao.reports.periodic import Wanted, make, of_due
from diembao.reports.schedule import Round, of_year
from diembao.reports.tasks import tasks_told
from tests.paper.letters import everything
from tests.reports.coverage import HOSTILE, NOW, THE_WEEK

ZONE = "Asia/Ho_Chi_Minh"
MONTH = between(date(2026, 10, 24), date(2026, 11, 19), zone=ZONE, ends=3)
POLICE = Progress("binh-dinh", "4.3", "cong-an-tinh", TaskState.RUNNING, 40, "Đã họp <hai> lần & =1+1", "person:1", NOW)


def told(house: Installation, **changed: object) -> None:
    house.store.add_progress(replace(POLICE, **changed))  # type: ignore[arg-type]  # one field of several types


def at(day: str) -> datetime:
    return datetime.fromisoformat(f"{day}T08:00+07:00")


def text(house: Installation, wanted: Wanted, now: datetime = NOW) -> str:
    from diembao.paper import docx

    return everything(docx.write(make(house, wanted, now).letter))


# -- the plan's tasks


def test_each_task_is_told_with_what_was_done_by_whom_and_until_when(house: Installation) -> None:
    told(house, at=at("2026-11-01"), until=date(2026, 12, 15), document="45/KH-CAT")
    said = text(house, Wanted(MONTH, "annual"))
    assert "Công an tỉnh: đang làm, 40%; Đã họp <hai> lần & =1+1; văn bản 45/KH-CAT; đến ngày 15/12/2026;" in said
    assert "báo ngày 01/11/2026." in said
    assert "Chưa có đơn vị nào báo trong kỳ (" in said


def test_what_stood_before_the_period_is_said_to_be_older_and_what_came_after_is_left_out(house: Installation) -> None:
    told(house, at=at("2026-09-01"), note="cũ")
    told(house, at=at("2026-11-20"), note="sau kỳ", state=TaskState.DONE)
    found = tasks_told(house.store, house.profile, MONTH)
    (entry,) = [each for one in found.tasks for each in one.entries]
    assert (entry.note, found.fresh(entry)) == ("cũ", False)
    assert "4.3" in [task.number for task in found.untold]
    assert (found.count(TaskState.RUNNING), found.count(TaskState.DONE)) == (1, 0)
    assert "báo ngày 01/09/2026, trước kỳ này" in text(house, Wanted(MONTH))


def test_tasks_that_were_over_before_the_period_are_not_in_it(house: Installation) -> None:
    numbers = [each.task.number for each in tasks_told(house.store, house.profile, MONTH).tasks]
    assert "4.3" in numbers
    assert "4.2" not in numbers  # until 2025
    old = between(date(2025, 1, 1), date(2025, 12, 31), zone=ZONE, ends=3)
    assert "4.2" in [each.task.number for each in tasks_told(house.store, house.profile, old).tasks]


def test_a_unit_has_its_own_tasks_alone(house: Installation) -> None:
    found = tasks_told(house.store, house.profile, MONTH, "so-ngoai-vu")
    assert found.tasks
    assert all("so-ngoai-vu" in each.task.lead + each.task.helping for each in found.tasks)


# -- narrowed


@pytest.mark.parametrize(
    ("how", "articles", "named"),
    [
        ({}, 10, "Tổng hợp dư luận báo chí về tỉnh Gia Lai\n(từ ngày 13/11/2026"),
        ({"theme": "environment-climate"}, 2, "chủ đề Tài nguyên, môi trường"),
        ({"country": "LA"}, 1, "báo chí Lào"),
        ({"unit": "so-nnmt"}, 2, "lĩnh vực của Sở Nông nghiệp và Môi trường"),
        ({"theme": "environment-climate", "country": "TW", "kind": "annual"}, 0, "Gia Lai năm 2026, chủ đề"),
    ],
)
def test_a_report_on_demand_counts_what_was_asked_for(
    house: Installation, how: dict[str, str], articles: int, named: str
) -> None:
    its = make(house, Wanted(THE_WEEK, **how), NOW)
    assert its.found.overview.articles.count == articles
    assert named in its.letter.subject
    if articles:
        ids = [hit.id for hit in house.index.search(_parsed(its.found.overview.articles.now.query), limit=99).hits]
        assert sorted(ids) == list(its.found.overview.articles.now.ids)


def _parsed(query: str) -> Any:
    from diembao.core.query import parse

    return parse(query, now=NOW)


@pytest.mark.parametrize("how", [{"theme": "x"}, {"unit": "so-x"}, {"country": "ZZ"}, {"about": "ha-noi"}])
def test_what_is_not_there_is_refused_with_what_there_is(house: Installation, how: dict[str, str]) -> None:
    with pytest.raises(WrongUse):
        make(house, Wanted(THE_WEEK, **how), NOW)


# -- days


def test_a_period_that_has_not_begun_is_refused(house: Installation) -> None:
    with pytest.raises(WrongUse, match=r"chưa bắt đầu\. / The period from \S+ on has not begun"):
        make(house, Wanted(between(date(2027, 1, 1), date(2027, 2, 1), zone=ZONE, ends=3)), NOW)


def test_a_year_that_is_not_over_says_so_and_an_empty_one_has_its_tasks(house: Installation) -> None:
    year = of_due(of_year(house.profile, Round.ANNUAL, 2026))
    assert "Kỳ báo cáo chưa hết" in text(house, year)
    empty = Wanted(between(date(2026, 2, 1), date(2026, 3, 1), zone=ZONE, ends=3))
    said = text(house, empty)
    assert "không ghi nhận bài nào" in said
    assert "KẾT QUẢ THỰC HIỆN NHIỆM VỤ" in said


def test_a_period_over_the_merger_names_provinces_and_units_of_then_and_now(house: Installation) -> None:
    said = text(house, Wanted(between(date(2025, 1, 1), date(2025, 12, 31), zone=ZONE, ends=3)))
    assert "tỉnh Bình Định và tỉnh Gia Lai (cũ) từ ngày 01/07/2025 là tỉnh Gia Lai" in said
    assert "Sở Thông tin và Truyền thông" in said
    assert "ĐỊA GIỚI VÀ ĐƠN VỊ TRONG KỲ" not in text(house, Wanted(THE_WEEK))


def test_a_year_with_its_29th_of_february_has_366_days(house: Installation) -> None:
    leap = Wanted(between(date(2024, 1, 1), date(2024, 12, 31), zone=ZONE, ends=3))
    assert leap.period.days == 366
    assert make(house, leap, NOW).found.overview.articles.count == 0


# -- files


@pytest.fixture
def made(house: Installation, tmp_path: Path) -> Callable[..., dict[str, Any]]:
    def write(wanted: Wanted | None = None, **how: Any) -> dict[str, Any]:
        return make_periodic(house, wanted or Wanted(THE_WEEK), Order(tmp_path / "out", **how), NOW)

    return write


def test_the_document_has_its_figures_and_tables_beside_it(
    house: Installation, made: Callable[..., dict[str, Any]]
) -> None:
    told(house, at=at("2026-11-14"))
    files = made(tables=True)["files"]
    assert set(files) == {"docx", "figures.json", "xlsx", "so-lieu.csv", "bai.csv", "nhiem-vu.csv"}
    kept = json.loads(Path(files["figures.json"]).read_text(encoding="utf-8"))
    assert kept["figures"][0]["now"]["count"] == 10
    rows = list(csv.reader(io.StringIO(Path(files["so-lieu.csv"]).read_text(encoding="utf-8-sig"))))
    assert rows[1][:4] == ["S1", "Bài về tỉnh", "bài", "10"]
    tasks = Path(files["nhiem-vu.csv"]).read_text(encoding="utf-8-sig")
    assert '"Đã họp <hai> lần & =1+1"' in tasks
    articles = Path(files["bai.csv"]).read_text(encoding="utf-8-sig")
    assert len(list(csv.reader(io.StringIO(articles)))) == 11
    assert HOSTILE.split("&", maxsplit=1)[0].strip() in articles


def test_tables_in_english_name_everything_in_english(made: Callable[..., dict[str, Any]]) -> None:
    files = made(tables=True, language="en")["files"]
    rows = list(csv.reader(io.StringIO(Path(files["so-lieu.csv"]).read_text(encoding="utf-8-sig"))))
    assert rows[0][:3] == ["Mark", "Figure", "Counts"]
    named = {row[1] for row in rows[1:]}
    assert {"Articles about the province", "Stance: critical", "Theme: Tourism"} <= named
    with zipfile.ZipFile(files["xlsx"]) as opened:
        assert b'name="Figures"' in opened.read("xl/workbook.xml")


def test_an_english_copy_for_reading_bears_the_same_marks(
    house: Installation, made: Callable[..., dict[str, Any]]
) -> None:
    told(house, at=at("2026-11-14"), document="45/KH-CAT", until=date(2026, 12, 15))
    said = everything(Path(made(language="en")["files"]["en.docx"]).read_bytes())
    assert said.startswith("REPORT\nPress coverage of Gia Lai\n(13 November 2026 to 19 November 2026)")
    assert "Articles about the province\t10\t1\t4.5\t[S1]" in said.replace("\n", "\t")
    assert "CỘNG HÒA" not in said
    assert "under way; 40%; Đã họp <hai> lần & =1+1; 45/KH-CAT; until 2026-12-15" in said
    assert "Nước thải trại heo chảy ra sông Côn" in said


def test_a_second_report_overwrites_nothing(made: Callable[..., dict[str, Any]]) -> None:
    first, second = made(), made()
    assert second["renamed"]
    assert first["files"]["docx"] != second["files"]["docx"]


def test_an_office_may_keep_its_template_in_the_home(house: Installation, made: Callable[..., dict[str, Any]]) -> None:
    folder = house.settings.home / "templates"
    folder.mkdir()
    for name in ("bao-cao.docx", "annual.docx"):
        document = Document()
        document.add_paragraph(f"Mẫu {name}")
        document.add_paragraph("{{ noi_dung }}")
        document.save(str(folder / name))
    assert template_of(house.settings.home, "annual") == folder / "annual.docx"
    found = made()["files"]["docx"]
    assert Document(found).paragraphs[0].text == "Mẫu bao-cao.docx"


def test_a_broken_template_is_told_with_its_place_and_nothing_is_written(
    made: Callable[..., dict[str, Any]], tmp_path: Path
) -> None:
    document = Document()
    document.add_paragraph("{{ noi_dung }}")
    document.add_paragraph("Số: {{ so_van_ban }}")
    document.save(str(tmp_path / "mau.docx"))
    with pytest.raises(Misconfigured, match="đoạn 2"):
        made(template=tmp_path / "mau.docx")
    assert not (tmp_path / "out").exists()


def test_the_commands_make_each_report(house: Installation, tmp_path: Path) -> None:
    home, out = str(house.settings.home), str(tmp_path / "out")

    def call(*words: str) -> Any:
        result = CliRunner().invoke(app, ["report", *words, "--home", home, "--out", out, "--json"])
        assert result.exit_code == 0, result.output
        return json.loads(result.output)

    year = call("annual", "--year", "2026")
    assert (year["kind"], year["from"], year["to"]) == ("annual", "2026-01-01", "2026-12-31")
    assert call("half-year", "--year", "2026")["to"] == "2026-06-30"
    week = call("period", "--from", "2026-11-13", "--to", "2026-11-19", "--theme", "environment-climate")
    assert (week["articles"], week["complete"]) == (2, True)
    assert (
        Path(week["files"]["docx"]).name
        == "bao-cao_gia-lai_period_2026-11-13_2026-11-19_theme-environment-climate.docx"
    )
    wrong = CliRunner().invoke(app, ["report", "annual", "--year", "1900", "--home", home, "--out", out])
    assert isinstance(wrong.exception, WrongUse)


def test_week_53_is_a_period_like_another(house: Installation) -> None:
    its = make(
        house,
        Wanted(Period(date(2026, 12, 25), date(2026, 12, 31), ZONE, "2026-W53")),
        datetime(2027, 1, 5, tzinfo=UTC),
    )
    assert its.found.overview.articles.count == 0
