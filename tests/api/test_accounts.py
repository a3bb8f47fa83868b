from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from diembao.api import names
from diembao.api.rights import STRANGER
from diembao.api.sessions import FRESH
from diembao.core.accounts import CONSOLE, Grant, Role
from diembao.core.errors import Refused, WrongUse
from tests.api.doors import BY, NEW, WRONG, Doors, acts, sign_in
from tests.dashboard.entering import PASSWORD

# -- names


@pytest.mark.parametrize("name", ["", "a", "Lan Nguyễn", "lаn", "lan..vi", "1lan", "-lan", "lan@x", "a" * 41, "#7"])
def test_a_name_that_will_not_do_is_refused(name: str) -> None:
    with pytest.raises(WrongUse):
        names.checked(name)


@pytest.mark.parametrize("twin", ["lan", "LAN", "1an", "l.an", "ian", "l-a-n"])
def test_a_name_that_looks_like_another_is_refused(doors: Doors, twin: str) -> None:
    doors.add("lan")
    with pytest.raises(WrongUse):
        doors.add(twin)
    assert len(doors.store.accounts()) == 1


@pytest.mark.parametrize(
    "shown", ["Nguyễn Thị Lаn", "Lan\u202eneyugn", "Лан", "\u200bLan", "123", "a" * 81, "<b>Lan</b>"]
)
def test_a_shown_name_with_letters_of_other_scripts_or_hidden_ones_is_refused(doors: Doors, shown: str) -> None:
    with pytest.raises(WrongUse):
        doors.door.accounts.add("lan", shown, [], by=BY, now=doors.clock.now())


def test_a_units_officer_needs_a_unit(doors: Doors) -> None:
    with pytest.raises(WrongUse, match="đơn vị"):
        doors.add("lan", Role.UNIT_OFFICER)


# -- links


def test_the_first_link_makes_one_administrator_once(doors: Doors) -> None:
    accounts, now = doors.door.accounts, doors.clock.now()
    older = accounts.first_link(by=CONSOLE, now=now)
    token = accounts.first_link(by=CONSOLE, now=now)
    with pytest.raises(WrongUse, match="liên kết"):
        accounts.use_first(older, "lan", "Lan", PASSWORD, now=now)
    with pytest.raises(WrongUse, match="12"):
        accounts.use_first(token, "lan", "Lan", "ngắn", now=now)
    accounts.use_first(token, "lan", "Lan", PASSWORD, now=now)  # a slip had not used it up
    assert doors.store.administrators() == 1
    for again in (token, older):
        with pytest.raises(WrongUse):
            accounts.use_first(again, "minh", "Minh", PASSWORD, now=now)
    with pytest.raises(WrongUse, match="quản trị"):
        accounts.first_link(by=CONSOLE, now=now)


def test_a_reset_link_sets_a_password_once_and_ends_every_session(doors: Doors) -> None:
    number = doors.add("lan")
    cookie = sign_in(doors)
    accounts, now = doors.door.accounts, doors.clock.now()
    token = accounts.link(number, by=BY, now=now)
    assert accounts.use_reset(token, NEW, now=now) == number
    doors.clock.passed += FRESH
    assert doors.visitor(cookie) is STRANGER
    assert doors.visitor(sign_in(doors, password=NEW)).account
    with pytest.raises(WrongUse, match="liên kết"):
        accounts.use_reset(token, PASSWORD, now=now)


def test_a_link_of_another_purpose_too_old_or_of_a_disabled_account_opens_nothing(doors: Doors) -> None:
    accounts, now = doors.door.accounts, doors.clock.now()
    first = accounts.first_link(by=CONSOLE, now=now)
    doors.add("chief", Role.ADMINISTRATOR)
    number = doors.add("lan")
    token = accounts.link(number, by=BY, now=now)
    for wrong in (first, "", "x" * 10_000, token[:-1]):
        with pytest.raises(WrongUse):
            accounts.use_reset(wrong, NEW, now=now)
    with pytest.raises(WrongUse):
        accounts.use_reset(token, NEW, now=now + timedelta(hours=48, seconds=1))
    doors.store.disable(number, True, by=BY, now=now)
    with pytest.raises(WrongUse):
        accounts.use_reset(token, NEW, now=now)


# -- changes


def test_somebody_is_left_to_administer(doors: Doors) -> None:
    only, now = doors.add("lan", Role.ADMINISTRATOR), doors.clock.now()
    changes: tuple[Callable[[], None], ...] = (
        lambda: doors.store.set_grants(only, [Grant(Role.OFFICER)], by=BY, now=now),
        lambda: doors.store.disable(only, True, by=BY, now=now),
        lambda: doors.store.erase(only, by=BY, now=now),
    )
    for change in changes:
        with pytest.raises(WrongUse, match="quản trị"):
            change()
    assert doors.store.administrators() == 1
    assert acts(doors) == ["account.add"]


def test_an_erased_account_leaves_its_number_its_acts_and_a_whole_chain(doors: Doors) -> None:
    doors.add("chief", Role.ADMINISTRATOR)
    number = doors.add("lan.nguyen")
    sign_in(doors, "lan.nguyen")
    doors.store.erase(number, by=BY, now=doors.clock.now())
    left = doors.store.account(number)
    assert left is not None
    assert (left.erased, left.name, left.shown, left.grants, left.seen_at) == (True, "#2", "#2", (), None)
    assert {(each.address, each.agent) for each in doors.store.sessions(number, doors.clock.now())} == {("", "")}
    assert any(row.actor == f"person:{number}" for row in doors.store.audit())
    assert not any("lan.nguyen" in repr(row) for row in doors.store.audit())
    assert doors.store.check_audit().broken is None
    doors.add("lan.nguyen")  # the name is free again, the number is not
    assert doors.account("lan.nguyen") != left


def test_failed_tries_ended_sessions_and_used_links_are_dropped_in_time(doors: Doors) -> None:
    doors.add("lan")
    with pytest.raises(Refused):
        sign_in(doors, password=WRONG)
    cookie = sign_in(doors)
    doors.door.accounts.link(1, by=BY, now=doors.clock.now())
    doors.door.sessions.end(cookie)
    assert doors.store.prune_people(doors.clock.now()) == 0
    doors.clock.wait(days=100)
    assert doors.store.prune_people(doors.clock.now()) == 2
