"""Every role opens every screen: what it may not see is not shown, what it may not do has no button, and pressing one
that was drawn before does nothing any more.
"""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from dashboard import newsroom
from diembao.api.door import open_door
from diembao.api.paths import SCREENS
from diembao.api.rights import STRANGER, Act, Standing, Thing, Visitor, may, opens
from diembao.core.accounts import CONSOLE, Grant, Role
from diembao.core.article import Kind
from diembao.core.case import Details
from diembao.core.errors import Refused
from diembao.pipeline.wiring import Installation
from diembao.response.cases import Actor, Desk
from tests.dashboard.conftest import ADDRESSES, screen, words_of
from tests.dashboard.entering import cheap
from tests.dashboard.seed import NOW, PROVINCE

NO = "Không mở được"
FIRST = "today"


def as_role(house: Installation, *grants: Grant) -> Visitor:
    who = Visitor("person:1", "session:1", (Standing.SIGNED_IN,), grants, account=1, name="lan", shown="Lan", session=1)
    door = open_door(house.store, house.settings, PROVINCE, hasher=cheap())
    newsroom.use(house, lambda: NOW, who=lambda: who, door=door)
    return who


@pytest.mark.parametrize("role", Role)
def test_every_role_sees_every_screen_that_its_row_says_and_no_other(house: Installation, role: Role) -> None:
    who = as_role(house, Grant(role, PROVINCE, "so-y-te"))
    for name, path in {FIRST: "hom-nay", **ADDRESSES}.items():
        test = screen(name)
        assert (NO in words_of(test)) == (not opens(who, SCREENS[path], PROVINCE)), name


def test_every_screen_is_walked() -> None:
    assert {"hom-nay", *ADDRESSES.values()} == set(SCREENS)


@pytest.mark.parametrize("role", Role)
def test_a_screen_does_for_each_role_what_its_row_says_and_a_refusal_is_written_down(
    house: Installation, role: Role
) -> None:
    who = as_role(house, Grant(role, PROVINCE, "so-y-te"))
    of = Thing(PROVINCE, ("so-y-te",))
    for act in Act:
        if may(who, act, of):
            assert newsroom.acting(act, units=("so-y-te",)).where == "session:1"
            continue
        with pytest.raises(Refused):
            newsroom.acting(act, units=("so-y-te",))
    (row,) = house.store.audit(act="access.refused")
    assert (row.actor, row.where) == ("person:1", "session:1")


def test_a_stranger_and_a_grant_for_another_province_see_nothing(house: Installation) -> None:
    elsewhere = Visitor("person:1", "", (), (Grant(Role.OFFICER, "bac-ninh"),))
    for who in (lambda: STRANGER, lambda: elsewhere):
        newsroom.use(house, lambda: NOW, who=who)
        for name in (FIRST, *ADDRESSES):
            told = words_of(screen(name))
            assert NO in told, name
            assert "Nước thải" not in told, name


@pytest.mark.parametrize("role", Role)
def test_only_who_may_correct_finds_the_form(house: Installation, ids: dict[str, str], role: Role) -> None:
    as_role(house, Grant(role, "", "so-y-te"))
    home, abroad = (words_of(screen("article", id=ids[each])) for each in ("waste", "flight"))
    assert ("Sửa nhãn" in home) == (role in {Role.OFFICER, Role.APPROVER})
    assert ("Sửa nhãn" in abroad) == (role in {Role.OFFICER, Role.APPROVER, Role.FOREIGN_AFFAIRS})


def test_a_role_that_was_taken_away_does_nothing_with_a_form_that_is_still_open(
    house: Installation, ids: dict[str, str]
) -> None:
    as_role(house, Grant(Role.OFFICER))
    test = screen("article", id=ids["waste"])
    key = next(each.key for each in test.text_input if each.key and each.key.startswith("correct-stance-"))
    test.radio(key.removesuffix("-why") + "-keys").set_value("neutral")
    as_role(house, Grant(Role.VIEWER))
    [button for button in test.button if button.label == "Ghi"][1].click().run()
    item = house.store.article(ids["waste"])
    assert item is not None
    assert item.key(Kind.STANCE, PROVINCE) == "critical"
    assert not any(row.act == "label.correct" for row in house.store.audit())


def test_a_correction_bears_who_made_it_and_from_where(house: Installation, ids: dict[str, str]) -> None:
    as_role(house, Grant(Role.OFFICER))
    hand = newsroom.acting(Act.CORRECT_LABEL)
    assert (hand.actor, hand.where) == ("person:1", "session:1")


def test_a_units_officer_sees_and_works_on_that_units_cases_only(house: Installation, ids: dict[str, str]) -> None:
    desk, by = Desk(house.store, house.profile), Actor("person:9", NOW)
    mine = desk.open(Details("Của Sở Y tế", "so-tai-chinh", helping=("so-y-te",)), [ids["waste"]], by)
    theirs = desk.open(Details("Của Sở Tài chính", "so-tai-chinh"), [ids["road"]], by)
    foreign = desk.open(Details("Báo Lào hỏi", "so-tai-chinh"), [ids["flight"]], by)
    as_role(house, Grant(Role.UNIT_OFFICER, "", "so-y-te"))
    listed = words_of(screen("cases")).replace("\\", "")
    assert ("Của Sở Y tế" in listed, "Của Sở Tài chính" in listed, "Báo Lào hỏi" in listed) == (True, False, False)
    assert "Của Sở Tài chính" not in words_of(screen("case", id=theirs.number))
    assert "Của Sở Tài chính" not in words_of(screen("article", id=ids["road"]))
    assert any(button.key and button.key.startswith("move-") for button in screen("case", id=mine.number).button)
    as_role(house, Grant(Role.FOREIGN_AFFAIRS, "", "so-ngoai-vu"))
    listed = words_of(screen("cases")).replace("\\", "")
    assert ("Của Sở Y tế" in listed, "Báo Lào hỏi" in listed) == (False, True)
    as_role(house, Grant(Role.VIEWER))
    assert "Của Sở Tài chính" in words_of(screen("cases")).replace("\\", "")
    test = screen("case", id=foreign.number)
    assert not any(button.key and button.key.startswith(("move-", "remove-", "draft-")) for button in test.button)


# -- one's own account, and administration


def administrator(house: Installation) -> None:
    door = open_door(house.store, house.settings, PROVINCE, hasher=cheap())
    door.accounts.add("lan", "Lan", [Grant(Role.ADMINISTRATOR)], password="một câu khó đoán", by=CONSOLE, now=NOW)  # noqa: S106 (of a test)
    as_role(house, Grant(Role.ADMINISTRATOR))


def test_an_administrator_adds_somebody_and_hands_on_the_link(house: Installation) -> None:
    administrator(house)
    test = screen("administration")
    test.text_input("account-add-name").set_value("minh")
    test.text_input("account-add-shown").set_value("Trần Minh")
    test.multiselect("account-add-roles").set_value(["unit-officer"])
    test.selectbox("account-add-unit").set_value("so-y-te")
    next(button for button in test.button if button.label == "Thêm tài khoản").click().run()
    assert re.search(r"/dat-mat-khau\?ma=[\w-]{40,}", test.code[0].value)
    added = next(each for each in house.store.accounts() if each.name == "minh")
    assert added.grants == (Grant(Role.UNIT_OFFICER, "", "so-y-te"),)
    assert not screen("administration").code  # it is shown once


def test_what_cannot_be_is_said_and_changes_nothing(house: Installation) -> None:
    administrator(house)
    test = screen("administration")
    test.multiselect("account-1-roles").set_value(["viewer"])
    next(button for button in test.button if button.label == "Ghi vai trò").click().run()
    assert "sẽ không còn ai quản trị" in words_of(test)
    assert house.store.administrators() == 1
    test.button("account-1-erase").click().run()
    assert "Chưa xóa" in words_of(test)


def test_the_audit_log_is_listed_and_checked(house: Installation) -> None:
    administrator(house)
    test = screen("administration")
    next(button for button in test.button if button.label == "Kiểm tra chuỗi").click().run()
    assert "Chuỗi nguyên vẹn: 1 dòng" in words_of(test).replace("\\", "")
    assert list(test.dataframe[0].value["Việc"]) == ["thêm tài khoản"]
    assert list(test.dataframe[0].value["Người làm"]) == ["dòng lệnh trên máy chủ"]


def test_storage_and_backups_are_told_and_nothing_is_dropped_by_looking(house: Installation) -> None:
    administrator(house)
    before = house.record.pages_kept()
    test = screen("administration")
    told = words_of(test).replace("\\", "")
    assert "Chưa sao lưu lần nào" in told
    assert "Kho dữ liệu" not in str([each.value for each in test.table])
    test.button("storage-measure").click().run()
    kinds, months, over = (each.value for each in test.table[-3:])
    assert kinds.iloc[0, 0] == "Kho dữ liệu"
    assert len(months) == 6
    assert list(over.iloc[:, 1]) == ["1.095 ngày", "180 ngày", "180 ngày"]
    assert house.record.pages_kept() == before
    facts = {"folder": "dem-qua", "keys": False, "bytes": 3_400_000_000, "made_at": NOW.isoformat()}
    house.record.note(CONSOLE.actor, "backup.make", "backup", where=CONSOLE.where, now=NOW, **facts)
    told = words_of(screen("administration")).replace("\\", "")
    assert "thư mục dem-qua. 3,4 GB. Không có khóa riêng" in told
    assert "chưa được kiểm tra" in told
    assert "chưa có gì mới để mất" in told
    Desk(house.store, house.profile).open(Details("Mới", "so-y-te"), [], Actor("person:9", NOW + timedelta(hours=1)))
    checked = {"folder": "dem-qua", "made_at": NOW.isoformat(), "problems": 2}
    at = NOW + timedelta(minutes=5)
    house.record.note(CONSOLE.actor, "backup.verify", "backup", where=CONSOLE.where, now=at, **checked)
    told = words_of(screen("administration")).replace("\\", "")
    assert "2 chỗ hỏng" in told
    assert "0 bài, 0 nhãn do người sửa, 1 việc ở vụ việc" in told


def test_a_key_is_made_shown_once_and_taken_back(house: Installation) -> None:
    administrator(house)
    test = screen("administration")
    test.text_input("key-add-name").set_value("trung-tam")
    next(button for button in test.button if button.label == "Tạo khóa").click().run()
    token = test.code[0].value
    door = newsroom.door()
    assert door.keys.visitor(token).grants == (Grant(Role.SERVICE, PROVINCE),)
    test = screen("administration")
    assert token not in words_of(test)
    assert not test.code
    test.button("key-1-revoke").click().run()
    assert "Đã thu hồi" in words_of(test)
    assert not door.keys.visitor(token).grants
    test.text_input("key-add-name").set_value("không được")
    next(button for button in test.button if button.label == "Tạo khóa").click().run()
    assert len(house.store.all_keys()) == 1


def test_what_is_preselected_for_a_key_is_what_its_account_may_read(house: Installation) -> None:
    administrator(house)
    people = newsroom.door().accounts
    officer = people.add("xa", "Xã", [Grant(Role.UNIT_OFFICER, PROVINCE, unit="so-y-te")], by=CONSOLE, now=NOW)
    test = screen("administration")
    test.text_input("key-add-name").set_value("máy của xã")
    test.selectbox("key-add-account").set_value(officer)
    next(button for button in test.button if button.label == "Tạo khóa").click().run()
    (key,) = house.store.all_keys()
    assert (key.account, Act.READ_CASE.value in key.scopes, Act.READ_REPORT.value in key.scopes) == (
        officer,
        True,
        False,
    )


def test_ones_own_sessions_are_listed_and_ended_but_nobody_elses(house: Installation) -> None:
    administrator(house)
    door = newsroom.door()
    other = door.accounts.add("minh", "Minh", [], by=CONSOLE, now=NOW)
    from tests.dashboard.entering import FROM

    numbers = [door.accounts.let_in(each, FROM, how="demo", now=NOW).number for each in (1, 1, other)]
    test = screen("own")
    told = words_of(test).replace("\\", "")
    assert "phiên này" in told
    assert "Chrome, Windows · từ 127.0.0.1" in told
    test.button(f"end-{numbers[1]}").click().run()
    assert "Đã kết thúc 1 phiên" in words_of(test)
    assert [each.ended_at is None for each in house.store.sessions(1, NOW)] == [False, True]
    assert not any(button.key == f"end-{numbers[2]}" for button in test.button)
