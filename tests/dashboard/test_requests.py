"""Requests to units on the screens: asked, reminded and withdrawn on *Vụ việc*, answered on *Đơn vị*, owed."""

from __future__ import annotations

from datetime import timedelta

import pytest

from dashboard import newsroom
from diembao.core.accounts import CONSOLE, Grant, Role
from diembao.core.case import Case, Details
from diembao.core.requests import RequestQuery, RequestState, Through
from diembao.pipeline.wiring import Installation
from diembao.response.acts import Actor
from diembao.response.asking import Asking
from diembao.response.cases import Desk
from diembao.response.requests import Requests
from tests.dashboard.casework import pressed, submitted
from tests.dashboard.conftest import OFFICER, screen, words_of
from tests.dashboard.seed import NOW
from tests.dashboard.test_rights_of_screens import as_role

HEALTH = "so-y-te"
LAN = Actor("person:1", NOW - timedelta(days=4))


@pytest.fixture
def case(house: Installation) -> Case:
    return Desk(house.store, house.profile).open(Details("Nước thải ra sông Côn", "so-nnmt"), [], LAN)


def ask(house: Installation, case: Case, **more: object) -> None:
    asking = Asking(HEALTH, "Kết quả mẫu nước ra sao?", **more)  # type: ignore[arg-type]  # fields of `Asking`
    Requests(house.store, house.profile).ask(case.number, asking, LAN)


def shown(text: str) -> str:
    return text.replace("\\", "")


def test_a_unit_is_asked_on_the_screen_and_the_clock_stands(house: Installation, case: Case) -> None:
    house.store.set_address(HEALTH, "vanthu@soyte.example", by=CONSOLE, now=NOW)
    test, key = screen("case", id=case.number), f"ask-{case.number}"
    test.selectbox(f"{key}-unit").set_value(HEALTH)
    test.text_area(f"{key}-question").set_value("Kết quả ra sao?")
    test.checkbox(f"{key}-waits").set_value(True)
    submitted(test, f"{key}-form")
    told = shown(words_of(test))
    assert "Đã hỏi Sở Y tế; thư gửi tới vanthu@soyte.example" in told
    assert "Đồng hồ dừng từ" in told
    assert "chờ Sở Y tế trả lời" in told
    (found,) = house.store.requests(RequestQuery())
    assert (found.waits, found.asked_by) == (True, OFFICER.actor)


def test_a_unit_without_an_address_is_asked_by_a_letter_whose_text_is_there(house: Installation, case: Case) -> None:
    ask(house, case)
    test = screen("case", id=case.number)
    assert "chuyển bằng tay" in words_of(test)
    assert any("Kính gửi: Sở Y tế" in str(each.value) for each in test.code)


def test_a_mail_that_was_refused_is_told_on_the_case(house: Installation, case: Case) -> None:
    house.store.set_address(HEALTH, "vanthu@soyte.example", by=CONSOLE, now=NOW)
    ask(house, case)
    (parcel,) = (each for each in house.store.take_parcels(worker="w", now=NOW, storm=20) if each.message)
    house.store.parcel_refused(parcel, "550 no such user", now=NOW)
    told = shown(words_of(screen("case", id=case.number)))
    assert "bị từ chối: 550 no such user" in told


def test_reminding_and_withdrawing_are_pressed(house: Installation, case: Case) -> None:
    ask(house, case)
    test = pressed(screen("case", id=case.number), "remind-1")
    assert "Đã nhắc Sở Y tế, lần 1" in shown(words_of(test))
    test.text_area("withdraw-1").set_value("Hỏi nhầm nơi")
    submitted(test, "withdraw-1-form")
    told = shown(words_of(test))
    assert "rút lại" in told
    assert "Hỏi nhầm nơi" in told
    assert house.store.requests(RequestQuery())[0].state is RequestState.WITHDRAWN


def test_a_units_officer_answers_on_its_own_screen_without_seeing_the_case(house: Installation, case: Case) -> None:
    ask(house, case)
    as_role(house, Grant(Role.UNIT_OFFICER, "", HEALTH))
    assert "không có" in words_of(screen("case", id=case.number)).lower()
    test = screen("unit")
    assert "Kết quả mẫu nước ra sao?" in words_of(test)
    key = f"answer-{case.number}-1"
    test.text_area(f"{key}-text").set_value("Đạt chuẩn.")
    submitted(test, f"{key}-form")
    (found,) = house.store.requests(RequestQuery())
    assert (found.state, found.answer, found.through) == (RequestState.ANSWERED, "Đạt chuẩn.", Through.ACCOUNT)


def test_another_unit_sees_nothing_of_it(house: Installation, case: Case) -> None:
    ask(house, case)
    as_role(house, Grant(Role.UNIT_OFFICER, "", "so-tai-chinh"))
    for name, address in (("unit", {"don-vi": HEALTH}), ("unit", {}), ("owing", {}), ("today", {})):
        test = screen(name, **address)
        assert "Kết quả mẫu nước" not in words_of(test), name
        assert "1 yêu cầu chưa trả lời" not in words_of(test), name


def test_who_owes_an_answer_is_listed_and_each_unit_sees_its_own(house: Installation, case: Case) -> None:
    ask(house, case, due_at=NOW - timedelta(days=1))
    told = shown(words_of(screen("owing")))
    assert "1 yêu cầu chưa trả lời của 1 đơn vị, 1 trễ hạn" in told
    assert "Sở Y tế" in told
    assert "1 yêu cầu chưa trả lời, 1 trễ hạn" in words_of(screen("today"))
    week = shown(words_of(screen("owing", week="2026-W02")))
    assert "Sở Y tế" in week  # a week that is not offered is not asked
    as_role(house, Grant(Role.UNIT_OFFICER, "", HEALTH))
    mine = screen("owing")
    assert "Kết quả mẫu nước" in shown(words_of(mine))
    assert not any(each.key and each.key.startswith("address-of") for each in mine.text_input)


def test_an_address_is_kept_and_a_wrong_one_is_told(house: Installation) -> None:
    test = screen("owing")
    test.selectbox("address-of").set_value(HEALTH)
    test.text_input("address-of-mail").set_value("không phải thư")
    submitted(test, "address-of-form")
    assert "không phải địa chỉ thư" in words_of(test)
    test.text_input("address-of-mail").set_value("vanthu@soyte.example")
    submitted(test, "address-of-form")
    assert dict(house.store.addresses()) == {HEALTH: "vanthu@soyte.example"}


def test_a_right_that_was_taken_away_does_nothing_with_a_button_that_is_still_there(
    house: Installation, case: Case
) -> None:
    ask(house, case)
    test = screen("case", id=case.number)
    as_role(house, Grant(Role.VIEWER))
    pressed(test, "remind-1")
    assert house.store.requests(RequestQuery())[0].reminders == 0
    assert newsroom.visitor().grants[0].role is Role.VIEWER
