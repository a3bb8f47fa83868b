"""Kế hoạch: what stands, how far it is, and a document that becomes the plan."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest

from dashboard.forms import plain
from diembao.pipeline.wiring import Installation
from diembao.plan import drafts
from tests.dashboard.conftest import screen, words_of
from tests.plan.test_drafts import TEXT, draft


def button(test: AppTest, label: str) -> AppTest:
    (found,) = [each for each in test.button if each.label == label]
    test = found.click().run()
    assert not test.exception, test.exception
    return test


def test_every_task_is_shown_with_its_units_and_what_is_over(house: Installation) -> None:
    said = words_of(screen("plan"))
    assert "31 nhiệm vụ trong 5 nhóm" in said
    assert "Hết hạn 2025" in said
    assert "Chủ trì: Công an tỉnh" in said


def test_it_narrows_to_a_unit_and_to_what_is_current(house: Installation) -> None:
    test = screen("plan")
    test.selectbox(key="plan-unit").set_value("cong-an-tinh")
    test.toggle(key="plan-current").set_value(True).run()
    said = words_of(test)
    assert "<b>4.3</b>" in said
    assert "<b>4.2</b>" not in said
    assert "<b>1.3</b>" not in said


def test_progress_that_is_told_stands_on_the_screen(house: Installation) -> None:
    test = screen("plan")
    test.button(key="plan-4.1-open").click().run()
    test.number_input(key="plan-4.1-share").set_value(35)
    test.text_area(key="plan-4.1-note").set_value("Đã họp *hai* lần")
    button(test, "Ghi lại")
    (entry,) = house.store.progress("binh-dinh", "4.1")
    assert (entry.share, entry.note, entry.by) == (35, "Đã họp *hai* lần", "person:1")
    assert "35 %" in words_of(screen("plan"))
    assert "Đã họp *hai* lần" in words_of(screen("plan"))


def test_the_days_of_reports_are_told_with_what_they_cover(house: Installation) -> None:
    said = words_of(screen("plan"))
    assert plain("Số liệu từ ngày 01/01/2026 đến ngày 31/12/2026") in said
    assert plain("Điểm báo ngày kế tiếp: ") in said


def test_a_draft_that_waits_is_announced_among_the_tasks(house: Installation) -> None:
    assert "chờ đối chiếu và xác nhận" not in words_of(screen("plan"))
    waiting = draft()
    drafts.save(house.plan_folder, waiting)
    assert plain(f"có {len(waiting.tasks)} nhiệm vụ, chờ đối chiếu và xác nhận") in words_of(screen("plan"))


def test_a_draft_is_settled_task_by_task_and_confirmed(house: Installation) -> None:
    drafts.save(house.plan_folder, draft())
    test = screen("plan")
    assert test.selectbox(key="draft-task").value == "1.1", "the first task with a doubt"
    key = f"draft-{draft().digest[:8]}-1.1"
    test.multiselect(key=f"{key}-lead").set_value(["so-gddt"])
    test = button(test, "Lưu và sang nhiệm vụ kế")
    assert test.selectbox(key="draft-task").value == "1.2"
    left = sum(len(task.doubts) for task in draft().tasks[1:]) + len(draft().doubts)
    before = house.profile.tasks
    test = button(test, "Xác nhận kế hoạch")
    assert plain(f"số chỗ chưa quyết định còn {left}") in words_of(test)
    assert house.profile.tasks == before
    test.checkbox(key="draft-unsettled").check()
    button(test, "Xác nhận kế hoạch")
    assert [task.lead for task in house.profile.tasks] == [("so-gddt",), ("so-noi-vu",)]
    assert "2 nhiệm vụ trong 1 nhóm" in words_of(screen("plan"))


def test_the_reports_of_a_draft_are_chosen_before_they_go_into_the_profile(house: Installation) -> None:
    days = "Các đơn vị báo cáo trước ngày 20/5 đối với báo cáo 6 tháng; trước ngày 15/11 đối với báo cáo năm."
    drafts.save(house.plan_folder, draft(f"{TEXT}III. TỔ CHỨC THỰC HIỆN\n1. Sở Nội vụ\n{days}\n"))
    test = screen("plan")
    test.multiselect(key="draft-reports").set_value([1])
    test.checkbox(key="draft-unsettled").check()
    button(test, "Xác nhận kế hoạch")
    assert [(each.name, each.before) for each in house.profile.reports] == [("Báo cáo năm", "11-15")]


def test_a_draft_that_was_replaced_meanwhile_is_not_overwritten(house: Installation) -> None:
    drafts.save(house.plan_folder, draft())
    test = screen("plan")
    other = draft().model_copy(update={"digest": "0" * 64, "source": "khác.txt"})
    drafts.save(house.plan_folder, other)
    test = button(test, "Lưu và sang nhiệm vụ kế")
    assert "người khác" in words_of(test)
    assert drafts.load(house.plan_folder, "binh-dinh") == other


def test_a_plan_that_cannot_be_confirmed_says_why_and_stays_a_draft(house: Installation) -> None:
    waiting = draft()
    stray = waiting.model_copy(update={"tasks": (waiting.tasks[0].model_copy(update={"lead": ()}),)})
    drafts.save(house.plan_folder, stray)
    test = screen("plan")
    test.checkbox(key="draft-unsettled").check()
    test = button(test, "Xác nhận kế hoạch")
    assert "chưa có đơn vị chủ trì" in words_of(test)
    assert drafts.load(house.plan_folder, "binh-dinh") == stray


def test_a_document_that_is_uploaded_becomes_a_draft(house: Installation) -> None:
    test = screen("plan")
    test.file_uploader(key="plan-file").set_value(("kh.txt", "\n".join(draft().lines).encode(), "text/plain"))
    button(test, "Đọc văn bản")
    found = drafts.load(house.plan_folder, "binh-dinh")
    assert found is not None
    assert found.source == "kh.txt"


def test_a_document_that_is_no_plan_is_said_and_leaves_nothing(house: Installation) -> None:
    test = screen("plan")
    test.file_uploader(key="plan-file").set_value(("thu.txt", b"Xin chao", "text/plain"))
    test = button(test, "Đọc văn bản")
    assert "không thấy nhóm nhiệm vụ" in words_of(test)
    assert drafts.load(house.plan_folder, "binh-dinh") is None


def test_when_the_office_reports_answers_and_works_is_told_with_what_is_a_proposal(house: Installation) -> None:
    said = words_of(screen("plan"))
    assert plain("Báo cáo thông tin đối ngoại hằng năm: kế hoạch không ghi ngày") in said
    proposed = ":orange-badge[đề xuất] "
    assert proposed + plain("khẩn: 24 giờ; cao: 2 ngày làm việc; thường: 5 ngày làm việc") in said
    assert proposed + plain("Thứ Hai đến Thứ Sáu: 07:30–11:30, 13:30–17:30") in said
    assert plain("xem ngày 21/11/2026") in said
    assert proposed + plain("tiếng Anh, tiếng Lào, tiếng Khmer") in said
    assert plain("Họp báo; Đăng trên cổng thông tin điện tử") in said
