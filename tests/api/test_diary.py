"""The calendar's address for a diary: a key for the calendar alone, in the address, revocable."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest

from diembao.api import diary
from diembao.api.rights import Act
from diembao.core.accounts import CONSOLE, Role
from diembao.core.errors import WrongUse
from tests.api.asking import Asking, asking_at
from tests.api.doors import PROVINCE
from tests.api.stages import registered
from tests.dashboard.seed import NOW


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Asking]:
    with asking_at(tmp_path_factory.mktemp("diary")) as asking:
        registered(asking)
        yield asking


def address(ask: Asking, account: int) -> str:
    wanted = diary.Wanted(account, PROVINCE)
    return f"/calendar.ics?{diary.add(ask.house.store, ask.door.keys, wanted, by=CONSOLE, now=NOW)}"


def test_a_diary_reads_the_calendar_by_its_address_until_it_is_revoked(ask: Asking) -> None:
    ask.cookie(Role.OFFICER)
    account = ask.account("officer-x")
    at = address(ask, account)
    told = ask(at)
    assert (told.status_code, told.headers["content-type"].partition(";")[0]) == (200, "text/calendar")
    assert "SUMMARY:Đoàn thăm" in told.text
    (key,) = diary.own(ask.house.store, account, NOW)
    other = ask.account("viewer-x") if ask.cookie(Role.VIEWER) else 0
    with pytest.raises(WrongUse, match="Không có địa chỉ lịch này"):
        diary.revoke(ask.house.store, ask.door.keys, other, key.number, by=CONSOLE)
    diary.revoke(ask.house.store, ask.door.keys, account, key.number, by=CONSOLE)
    gone = ask(at)
    assert (gone.status_code, gone.json()["type"]) == (401, "urn:diembao:problem:key")


def test_the_key_of_an_address_opens_nothing_else_and_no_other_key_stands_in_one(ask: Asking) -> None:
    ask.cookie(Role.OFFICER)
    query = urlsplit(address(ask, ask.account("officer-x"))).query
    for path in ("/calendar", "/cases", "/people"):
        assert ask(f"{path}?{query}").status_code == 401, path
    wide = ask.key("rong", Act.READ_CALENDAR, Act.READ_CASE)
    assert ask(f"/calendar.ics?{diary.PARAMETER}={wide}").status_code == 401
    assert ask("/calendar.ics", key=wide).status_code == 200
    for wrong in ("", "x", "dbk_" + "x" * 40, "dbk_" + "x" * 5000):
        assert ask(f"/calendar.ics?{diary.PARAMETER}={wrong}").status_code == 401, wrong[:9]


def test_addresses_are_told_apart_by_what_their_owner_calls_them(ask: Asking) -> None:
    ask.cookie(Role.UNIT_OFFICER)
    account, keys = ask.account("unit-officer-x"), ask.door.keys
    for name in ("  Điện thoại \n Lan ", "", "x" * 90):
        diary.add(ask.house.store, keys, diary.Wanted(account, PROVINCE, name), by=CONSOLE, now=NOW)
    names = {each.name for each in diary.own(ask.house.store, account, NOW)}
    assert names == {"Điện thoại Lan", diary.NAME, "x" * diary.CALLED}


def test_one_person_has_a_few_addresses_at_most(ask: Asking) -> None:
    ask.cookie(Role.APPROVER)
    account = ask.account("approver-x")
    for _ in range(diary.MOST):
        address(ask, account)
    with pytest.raises(WrongUse, match="thu hồi một địa chỉ"):
        address(ask, account)
