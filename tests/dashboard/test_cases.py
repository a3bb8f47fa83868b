"""Vụ việc as its reader meets it, on a made-up month."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from diembao.core.case import CaseState, Priority
from diembao.core.desk import Outcome
from diembao.pipeline.wiring import Installation
from diembao.plan.answers import answers
from diembao.response.cases import Actor
from diembao.response.statements import Statements, Wording
from tests.dashboard.casework import (
    ME,
    OTHER,
    PLAIN,
    by,
    desk,
    drafting,
    now_of,
    opened,
    pressed,
    submitted,
    told,
    warned,
)
from tests.dashboard.conftest import Away, Later, screen, words_of
from tests.dashboard.seed import NOW

# -- the list -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "expected"), [("vi", "Mở một vụ từ bài báo bất kỳ"), ("en", "Open one from any article")]
)
def test_without_cases_it_says_how_to_open_one(empty: Installation, language: str, expected: str) -> None:
    assert expected in told(screen("cases", lang=language))


def test_the_list_shows_what_is_open_and_says_what_is_late(house: Installation, later: Later) -> None:
    late = opened(house, replace(PLAIN, title="Vụ khẩn", priority=Priority.URGENT))
    ended = desk(house).move(opened(house), CaseState.NO_ANSWER, by(), reason="Tin cũ")
    later(house, NOW + timedelta(hours=27))
    shown = told(screen("cases"))
    assert f"{late.number} · Sở Nông nghiệp và Môi trường" in shown
    assert "trễ 3 giờ" in shown
    assert ended.number not in shown
    assert ended.number in told(screen("cases", show="ended"))
    assert "2 vụ việc" in told(screen("cases", show="all"))
    assert "1 vụ việc" in told(screen("cases", show="late"))


def test_the_list_is_searched_like_every_other(house: Installation) -> None:
    waste = opened(house, PLAIN, next(iter(house.store.article_ids())))
    flight = opened(house, replace(PLAIN, title="Đường bay", unit="so-y-te"))
    test = screen("cases")
    test.text_input("cases-q").set_value("nuoc thai").run()
    assert test.query_params["q"] == "nuoc thai"
    assert waste.number in told(test)
    assert flight.number not in told(test)
    assert flight.number in told(screen("cases", q="chủ_đề:environment-climate -thải"))
    wrong = screen("cases", q="báo:")
    assert "ký tự" in told(wrong)
    assert waste.number not in told(wrong)
    house.__dict__["index"] = Away()
    assert "Chưa tìm kiếm được" in told(screen("cases", q="bão"))
    assert waste.number in told(screen("cases"))


def test_the_list_narrows_by_unit_and_state_and_keeps_it_in_the_address(house: Installation) -> None:
    one = opened(house)
    two = desk(house).move(opened(house, replace(PLAIN, unit="so-y-te")), CaseState.TAKEN, by())
    test = screen("cases")
    test.selectbox("cases-unit").set_value("so-y-te").run()
    assert test.query_params["unit"] == "so-y-te"
    assert two.number in told(test)
    assert one.number not in told(test)
    assert "Không có vụ việc nào khớp" in told(screen("cases", unit="so-y-te", state="new"))
    assert one.number in told(screen("cases", unit="không-có", state="x", show="y", page="-1"))


@pytest.mark.parametrize("number", ["VV-2026-9999", "VV-2026-0001'--", "<script>", "x" * 5000])
def test_a_number_that_is_not_there_is_said(house: Installation, number: str) -> None:
    test = screen("case", id=number)
    assert "Không có vụ việc nào mang số" in warned(test)
    assert len(warned(test)) < 250
    assert test.title[0].value == "Hồ sơ vụ việc"


def test_a_case_without_a_number_says_what_to_do(house: Installation) -> None:
    assert "Mở một vụ từ danh sách" in told(screen("case"))


# -- from an article to a closed case -------------------------------------------------------------


def test_a_case_is_opened_from_an_article_with_what_its_themes_propose(
    house: Installation, ids: dict[str, str]
) -> None:
    test = screen("article", id=ids["waste"])
    key = f"open-{ids['waste']}"
    assert test.selectbox(f"{key}-unit").value == "so-nnmt"
    assert test.multiselect(f"{key}-helping").value == ["so-vhttdl"]
    assert test.selectbox(f"{key}-task").value == "4.1"
    test.text_input(f"{key}-title").set_value("Xả thải ở Tây Sơn")
    submitted(test, f"{key}-form")
    assert test.query_params["id"] == "VV-2026-0001"
    assert test.title[0].value == "Xả thải ở Tây Sơn"
    shown = told(test)
    assert "Bài báo (3)" in shown  # the story's other articles joined
    assert "máy: 2 bài cùng chuyện tự vào vụ việc" in shown
    assert "4.1. Kế hoạch truyền thông về quyền con người" in shown
    assert "Ngày làm việc tính theo giờ cơ quan: 07:30–11:30, 13:30–17:30" in shown.replace("\\", "")


def test_an_article_says_to_which_open_case_it_or_its_story_belongs(house: Installation, ids: dict[str, str]) -> None:
    case = opened(house, PLAIN, ids["waste"])
    assert "Bài này thuộc vụ việc đang mở" in told(screen("article", id=ids["waste"]))
    members = [each.article_id for each in house.store.case_file(case.number).coverage]  # type: ignore[union-attr]
    other = next(each for each in members if each != ids["waste"])
    desk(house).remove(case.number, other, by())
    test = screen("article", id=other)
    assert "Chuyện này thuộc vụ việc đang mở" in told(test)
    submitted(test, f"add-{other}-form")
    assert f"Đã thêm vào {case.number}" in told(test).replace("\u2060", "")
    assert "Bài này thuộc vụ việc đang mở" in told(test)


def test_an_opening_without_a_title_says_what_is_missing_and_keeps_what_was_typed(
    house: Installation, ids: dict[str, str]
) -> None:
    test = screen("article", id=ids["waste"])
    key = f"open-{ids['waste']}"
    test.text_input(f"{key}-title").set_value("  ")
    test.radio(f"{key}-priority").set_value("urgent")
    submitted(test, f"{key}-form")
    assert "Thiếu tên vụ việc" in warned(test)
    assert test.radio(f"{key}-priority").value == "urgent"
    assert house.store.cases_with([ids["waste"]]) == []


def test_a_case_goes_from_taken_to_closed_by_its_buttons(house: Installation) -> None:
    case = opened(house)
    test = pressed(screen("case", id=case.number), "move-taken")
    assert "Đã chuyển sang: đã nhận" in told(test)
    pressed(test, "move-verifying")
    pressed(test, "move-drafting")
    assert "Chưa có ghi chú nào nói đã xác minh gì; ghi một ghi chú trước đã." in warned(test)
    test.text_area(f"note-{case.number}").set_value("Đã gọi xã: đúng.")
    submitted(test, f"note-{case.number}-form")
    assert test.text_area(f"note-{case.number}").value == ""
    pressed(test, "move-drafting")
    submitted(test, "move-closed-form")
    assert "Thiếu lý do để chuyển sang đã đóng" in warned(test)
    test.text_area("move-closed-reason").set_value("Xã đã trả lời")
    submitted(test, "move-closed-form")
    assert "Chưa chọn kết quả của vụ việc" in warned(test)
    test.selectbox("move-closed-outcome").set_value(Outcome.CLARIFIED)
    submitted(test, "move-closed-form")
    assert "Đã đóng. Đã làm rõ, báo đã đưa. Lý do: Xã đã trả lời" in told(test)
    assert now_of(house, case).state is CaseState.CLOSED


def test_what_someone_else_did_meanwhile_is_told_and_nothing_is_overwritten(house: Installation) -> None:
    case = opened(house)
    test = screen("case", id=case.number)
    desk(house).move(case, CaseState.TAKEN, by(OTHER))
    pressed(test, "move-taken")
    assert "Có người vừa đổi vụ việc này" in warned(test)
    assert now_of(house, case).holder == OTHER


def test_of_two_who_edit_the_second_keeps_what_was_typed_and_saves_knowingly(house: Installation) -> None:
    case = opened(house)
    key = f"case-{case.number}"
    test = screen("case", id=case.number)
    desk(house).change(case, replace(PLAIN, unit="so-y-te"), by(OTHER))
    test.text_input(f"{key}-title").set_value("Tên của tôi")
    submitted(test, f"{key}-form")
    assert "chữ bạn gõ còn nguyên" in warned(test)
    assert "lan: sửa Đơn vị chủ trì: Sở Nông nghiệp và Môi trường → Sở Y tế" in told(test)
    assert test.text_input(f"{key}-title").value == "Tên của tôi"
    submitted(test, f"{key}-form")
    assert test.title[0].value == "Tên của tôi"
    # Nothing typed: the fields follow what others change.
    desk(house).change(now_of(house, case), replace(PLAIN, title="Tên của Lan"), by(OTHER))
    test.run()
    assert test.text_input(f"{key}-title").value == "Tên của Lan"


def test_of_two_who_draft_the_second_sees_both_and_loses_nothing(house: Installation) -> None:
    case = drafting(house, opened(house))
    key = f"draft-{case.number}"
    test = screen("case", id=case.number)
    test.text_area(f"{key}-text").set_value("Bản của tôi")
    Statements(house.store, answers()).save(case.number, Wording("Bản của Lan"), by(OTHER), based_on=0)
    pressed(test, f"{key}-save")
    assert "lan đã ghi bản 1" in warned(test)
    assert test.text_area(f"{key}-text").value == "Bản của tôi"
    assert "<del>Lan</del><ins>tôi</ins>" in told(test)
    pressed(test, f"{key}-save")
    drafts = house.store.case_file(case.number).drafts  # type: ignore[union-attr]
    assert [(draft.by, draft.text) for draft in drafts] == [(OTHER, "Bản của Lan"), (ME, "Bản của tôi")]
    assert "Các bản (2)" in str(test)
    Statements(house.store, answers()).save(case.number, Wording("Bản ba"), by(OTHER), based_on=2)
    test.run()
    assert test.text_area(f"{key}-text").value == "Bản ba"  # nothing was typed since


def test_someone_elses_newer_version_can_be_taken_instead(house: Installation) -> None:
    case = drafting(house, opened(house))
    key = f"draft-{case.number}"
    test = screen("case", id=case.number)
    test.text_area(f"{key}-text").set_value("Bản của tôi").run()
    Statements(house.store, answers()).save(case.number, Wording("Bản của Lan"), by(OTHER), based_on=0)
    test.run()
    pressed(test, f"{key}-take")
    assert test.text_area(f"{key}-text").value == "Bản của Lan"


def test_what_was_typed_stays_to_copy_when_somebody_closes_the_case_and_is_saved_when_it_opens_again(
    house: Installation,
) -> None:
    case = drafting(house, opened(house))
    key = f"draft-{case.number}"
    test = screen("case", id=case.number)
    test.text_area(f"{key}-text").set_value("Chữ của tôi, chưa ghi")
    closed = desk(house).move(case, CaseState.CLOSED, by(OTHER), reason="Xã đã trả lời", outcome=Outcome.CLARIFIED)
    pressed(test, f"{key}-save")
    assert "Vụ việc đã đóng; mở lại trước đã." in warned(test)
    assert "Chữ bạn đã gõ, chưa ghi" in warned(test)
    assert [each.value for each in test.code] == ["Chữ của tôi, chưa ghi"]
    assert not any(each.key == f"{key}-text" for each in test.text_area)
    assert not any("Hạn trả lời" in each.value for each in test.subheader)
    assert not any(str(each.key).startswith(f"case-{case.number}") for each in test.text_input)
    again = closed
    for state in (CaseState.TAKEN, CaseState.VERIFYING, CaseState.DRAFTING):
        again = desk(house).move(again, state, by(OTHER), reason="Xem lại")
    test.run()
    assert test.text_area(f"{key}-text").value == "Chữ của tôi, chưa ghi"
    pressed(test, f"{key}-save")
    assert not test.code


def test_of_two_with_the_form_open_the_second_is_told_and_may_open_another_knowingly(
    house: Installation, ids: dict[str, str]
) -> None:
    key = f"open-{ids['waste']}"
    test = screen("article", id=ids["waste"])
    first = opened(house, PLAIN, ids["waste"])
    submitted(test, f"{key}-form")
    assert first.number in warned(test).replace("\u2060", "")
    assert len(house.store.cases_with([ids["waste"]])) == 1
    test.checkbox(f"{key}-another").check()
    submitted(test, f"{key}-form")
    assert len(house.store.cases_with([ids["waste"]])) == 2


def test_an_expired_task_and_unknown_days_off_are_said(house: Installation, later: Later) -> None:
    late = NOW.replace(year=2031)
    later(house, late)
    case = desk(house).open(replace(PLAIN, task="4.2"), [], Actor(ME, late))
    shown = told(screen("case", id=case.number))
    assert "(hết hạn năm 2025)" in shown
    assert "Lịch nghỉ năm 2031 chưa có" in shown


def test_an_article_is_taken_out_and_what_was_written_stays_text(house: Installation, ids: dict[str, str]) -> None:
    case = opened(house, replace(PLAIN, title="<b>Tên</b> *đậm* :smile:"), ids["hostile"])
    desk(house).note(case.number, "<script>window.broken = true</script>", by())
    test = screen("case", id=case.number)
    assert "&lt;script&gt;" in words_of(test)
    pressed(test, f"remove-{ids['hostile']}")
    assert "Đã gỡ bài khỏi vụ việc" in told(test)
    assert "Bài báo (0)" in told(test)


# -- without the search server ---------------------------------------------------------------------


def test_cases_are_there_while_search_is_away(house: Installation) -> None:
    """The index is a copy: who works on a case does not wait for it."""
    case = opened(house, replace(PLAIN, title="Vụ khẩn"))
    house.index.close()
    house.__dict__["index"] = Away()
    assert "Vụ khẩn" in [link.proto.label for link in screen().get("page_link")]
    assert case.number in told(screen("cases"))
    assert "Đã chuyển sang: đã nhận" in told(pressed(screen("case", id=case.number), "move-taken"))
