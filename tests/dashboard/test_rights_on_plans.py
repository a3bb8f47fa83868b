"""Plans, progress and kept searches are changed by whom the table of rights names, asked when it is done."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from diembao.core.accounts import Grant, Role
from diembao.pipeline.wiring import Installation
from diembao.plan import drafts
from tests.dashboard.conftest import screen, unfolded, words_of
from tests.dashboard.test_rights_of_screens import as_role
from tests.plan.test_drafts import draft

LABELS = ("Lưu và sang nhiệm vụ kế", "Xác nhận kế hoạch", "Bỏ bản nháp")


def press(test: AppTest, label: str) -> AppTest:
    test = next(each for each in test.button if each.label == label).click().run()
    assert not test.exception, label
    return test


@pytest.mark.parametrize("label", LABELS)
def test_a_draft_stays_as_it_was_for_whom_lost_the_right_to_change_plans(house: Installation, label: str) -> None:
    drafts.save(house.plan_folder, draft())
    as_role(house, Grant(Role.APPROVER))
    test = screen("plan")
    test.checkbox(key="draft-unsettled").check()
    tasks = house.profile.tasks
    as_role(house, Grant(Role.OFFICER))
    assert "không có quyền" in words_of(press(test, label))
    assert drafts.load(house.plan_folder, "binh-dinh") == draft()
    assert house.profile.tasks == tasks


def test_a_units_officer_tells_of_that_units_share_only(house: Installation) -> None:
    as_role(house, Grant(Role.UNIT_OFFICER, "", "so-y-te"))
    test = screen("plan")
    opened = [str(each.key) for each in test.button if str(each.key).endswith("-open")]
    helped = {f"plan-{x.number}-open" for x in house.profile.tasks if "so-y-te" in (*x.lead, *x.helping)}
    assert opened
    assert set(opened) == helped
    test.button(opened[0]).click().run()
    task = opened[0].split("-")[1]
    assert len(test.selectbox(key=f"plan-{task}-unit").options) == 1
    as_role(house, Grant(Role.VIEWER))
    assert "Chưa ghi gì" in words_of(press(test, "Ghi lại"))
    assert not house.store.progress("binh-dinh", task)


def test_a_viewer_uses_kept_searches_and_neither_keeps_nor_removes_one(house: Installation) -> None:
    as_role(house, Grant(Role.OFFICER))
    test = unfolded(screen("stream", q="nước thải"), "search-saved")
    test.text_input("search-name").set_value("Xả thải")
    as_role(house, Grant(Role.VIEWER))
    next(each for each in test.button if each.proto.form_id == "search-save").click().run()
    assert not test.exception
    assert not house.store.saved_searches()
    again = unfolded(screen("stream", q="nước thải"), "search-saved")
    assert not any(each.key == "search-name" for each in again.text_input)
