"""A read plan becomes a draft, and a confirmed draft the plan that the profile gives."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

from diembao.app.cli import app
from diembao.core.errors import Misconfigured, WrongUse
from diembao.plan import drafts
from diembao.plan.drafts import Draft
from diembao.plan.importer import read_plan
from diembao.plan.reader import profile

NOW = datetime(2026, 11, 21, 7, 0, tzinfo=UTC)
TEXT = """PHỤ LỤC
TT\tNHIỆM VỤ\tĐƠN VỊ CHỦ TRÌ\tĐƠN VỊ PHỐI HỢP\tTHỜI GIAN
1\tTuyên truyền\t\t\t
1.1\tTập huấn cán bộ\tSở Lao động - Thương binh và Xã hội\tHội Sinh vật cảnh\t2026 - 2030
1.2\tQuản lý lao động nước ngoài\tSở Lao động - Thương binh và Xã hội\tCông an tỉnh\tHằng năm
"""
PROSE = """II. NHIỆM VỤ
1. Thông tin, tuyên truyền
- Theo dõi, tổng hợp dư luận báo chí về tỉnh.
- Họp tổ.
"""


def draft(text: str = TEXT) -> Draft:
    lines = text.split("\n")
    return drafts.draft_of(read_plan(lines), profile("gia-lai"), source="kh.txt", lines=lines, now=NOW)


def test_of_several_successors_the_one_in_whose_field_the_task_lies_is_proposed() -> None:
    training, labour = draft().tasks
    assert labour.lead == (profile("gia-lai").fields["labour-migration"],)
    assert training.lead == ("so-noi-vu",)
    assert any("nhiều đơn vị" in doubt for doubt in training.doubts)


def test_a_unit_nobody_knows_is_added_with_a_doubt() -> None:
    found = draft()
    assert found.units["hoi-sinh-vat-canh"].name == "Hội Sinh vật cảnh"
    assert found.tasks[0].helping == ("hoi-sinh-vat-canh",)
    assert any("chưa có trong hồ sơ" in doubt for doubt in found.tasks[0].doubts)


def test_a_plan_that_names_no_group_gets_one_and_says_so(tmp_path: Path) -> None:
    found = draft(TEXT.replace("1\tTuyên truyền\t\t\t\n", ""))
    assert found.groups == {"1": "Nhóm 1"}
    assert any("không ghi tên nhóm 1" in doubt for doubt in found.doubts)
    drafts.confirm(tmp_path, found, found.tasks, by="person:lan", now=NOW)
    assert [task.number for task in profile("gia-lai", tmp_path).tasks] == ["1.1", "1.2"]


def test_days_of_reports_that_stand_before_the_tasks_are_said_to_be_unread() -> None:
    days = "Các đơn vị báo cáo 6 tháng trước ngày 20/5, báo cáo năm trước ngày 15/11."
    found = draft(f"{days}\n{TEXT}")
    assert found.reports == ()
    assert any("Ngày báo cáo nêu ở dòng 1" in doubt for doubt in found.doubts)
    assert not any("Ngày báo cáo" in doubt for doubt in draft().doubts)


def test_a_theme_comes_with_the_words_that_say_it() -> None:
    assert draft().tasks[1].why == {"labour-migration": "lao động nước ngoài"}


def test_a_plan_in_prose_proposes_its_paragraphs_as_tasks() -> None:
    press, meeting = draft(PROSE).tasks
    assert (press.number, press.lead) == ("1.1", (profile("gia-lai").fields["policy-communication"],))
    assert press.doubts
    assert meeting.lead == ()


def test_a_draft_is_kept_with_the_lines_of_its_document(tmp_path: Path) -> None:
    drafts.save(tmp_path, draft())
    assert drafts.load(tmp_path, "binh-dinh") == draft()
    drafts.drop(tmp_path, "binh-dinh")
    assert drafts.load(tmp_path, "binh-dinh") is None


def test_confirming_makes_it_the_plan_and_leaves_the_rest_of_the_profile(tmp_path: Path) -> None:
    found = draft()
    drafts.save(tmp_path, found)
    drafts.confirm(tmp_path, found, found.tasks, by="person:lan", now=NOW)
    after, before = profile("gia-lai", tmp_path), profile("gia-lai")
    assert [task.number for task in after.tasks] == ["1.1", "1.2"]
    assert after.tasks[0].end == 2030
    assert after.groups == {"1": "Tuyên truyền"}
    assert after.units["hoi-sinh-vat-canh"].name == "Hội Sinh vật cảnh"
    assert after.places == before.places
    assert repr(after) == repr(before), "another list of tasks is no reason to judge all articles again"
    assert drafts.load(tmp_path, "binh-dinh") is None


def test_the_days_on_which_the_plan_wants_reports_go_into_the_profile_with_their_line(tmp_path: Path) -> None:
    days = "Các đơn vị báo cáo trước ngày 20/5 đối với báo cáo 6 tháng; trước ngày 15/11 đối với báo cáo năm."
    found = draft(f"{TEXT}III. TỔ CHỨC THỰC HIỆN\n1. Sở Nội vụ\n{days}\n")
    assert [(x.name, x.before) for x in found.reports] == [("Báo cáo 6 tháng", "05-20"), ("Báo cáo năm", "11-15")]
    drafts.confirm(tmp_path, found, found.tasks, by="person:lan", now=NOW)
    (half, year) = profile("gia-lai", tmp_path).reports
    assert (half.before, year.before) == ("05-20", "11-15")
    assert year.source == f"kh.txt, dòng {found.reports[1].line}"
    without = found.model_copy(update={"reports": ()})
    drafts.confirm(tmp_path, without, without.tasks, by="person:lan", now=NOW)
    assert len(profile("gia-lai", tmp_path).reports) == 2, "a plan that asks for none leaves those that are known"


def test_the_plan_before_is_kept_beside_it(tmp_path: Path) -> None:
    found = draft()
    for _ in range(2):
        drafts.confirm(tmp_path, found, found.tasks, by="person:lan", now=NOW)
    (kept,) = (tmp_path / "provinces").glob("*.yaml.*")
    assert "Tập huấn cán bộ" in kept.read_text(encoding="utf-8")
    assert [task.number for task in profile("gia-lai", tmp_path).tasks] == ["1.1", "1.2"]


def test_a_confirmed_plan_with_a_mistake_is_refused_and_nothing_changes(tmp_path: Path) -> None:
    found = draft(PROSE)
    twice = [found.tasks[0], found.tasks[0]]
    late = [found.tasks[0].model_copy(update={"start": 2030, "end": 2026})]
    stray = [found.tasks[0].model_copy(update={"number": "7.1"})]
    for tasks in (found.tasks, twice, late, stray, []):
        with pytest.raises(WrongUse):
            drafts.confirm(tmp_path, found, tasks, by="person:lan", now=NOW)
    assert not list(tmp_path.rglob("*.yaml"))


def test_a_name_with_a_line_break_stays_inside_the_files_first_line(tmp_path: Path) -> None:
    found = draft().model_copy(update={"source": "kh\nid: evil.txt"})
    path = drafts.confirm(tmp_path, found, found.tasks, by="person:lan", now=NOW)
    assert "\nid: evil" not in path.read_text(encoding="utf-8")


def test_a_draft_that_waits_is_replaced_only_when_asked(tmp_path: Path) -> None:
    def read(*more: str) -> object:
        asked = ["plan", "import", str(tmp_path / "kh.txt"), "--write", "--home", str(tmp_path), *more]
        return CliRunner().invoke(app, asked).exception

    (tmp_path / "kh.txt").write_text(TEXT, encoding="utf-8")
    assert read() is None
    folder = tmp_path / "plan"
    first = drafts.load(folder, "binh-dinh")
    assert first is not None
    settled = first.model_copy(update={"tasks": first.tasks[:1], "doubts": ()})
    drafts.save(folder, settled)
    refused = read()
    assert isinstance(refused, WrongUse)
    assert "--replace" in str(refused)
    assert drafts.load(folder, "binh-dinh") == settled
    assert read("--replace") is None
    again = drafts.load(folder, "binh-dinh")
    assert again is not None
    assert len(again.tasks) == 2


def test_a_draft_that_someone_broke_is_said(tmp_path: Path) -> None:
    path = drafts.path_of(tmp_path, "binh-dinh")
    path.parent.mkdir(parents=True)
    path.write_text("province: [", encoding="utf-8")
    with pytest.raises(Misconfigured):
        drafts.load(tmp_path, "binh-dinh")
