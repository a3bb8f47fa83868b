"""Coming in, and how a session ends."""

from __future__ import annotations

import threading

import pytest

from diembao.api import passwords
from diembao.api.accounts import OF_ADDRESS, SESSIONS, TOGETHER, Caller, Locked
from diembao.api.rights import STRANGER, Act, opens
from diembao.api.sessions import FRESH
from diembao.core.accounts import CONSOLE, Grant, Role
from diembao.core.errors import Refused, Retry
from tests.api.doors import BY, HERE, NEW, NONE, PROVINCE, WRONG, Doors, acts, sign_in
from tests.dashboard.entering import PASSWORD

# -- coming in


def test_the_right_password_opens_a_session_and_says_who_it_is(doors: Doors) -> None:
    number = doors.add("lan", Role.OFFICER)
    who = doors.visitor(sign_in(doors))
    assert (who.actor, who.name, who.shown) == (f"person:{number}", "lan", "Nguyễn Thị Lan")
    assert opens(who, Act.CORRECT_LABEL, PROVINCE)
    assert doors.store.audit()[0].where == who.where.replace("session:1", "door")


def test_wrong_password_unknown_name_disabled_erased_and_without_password_are_told_alike(doors: Doors) -> None:
    doors.add("lan", Role.ADMINISTRATOR)
    disabled, erased = doors.add("minh"), doors.add("hoa")
    doors.add("thu", password=NONE)
    doors.store.disable(disabled, True, by=CONSOLE, now=doors.clock.now())
    doors.store.erase(erased, by=CONSOLE, now=doors.clock.now())
    told = set()
    for name, password in (("lan", NEW), ("nobody", PASSWORD), ("minh", PASSWORD), ("hoa", PASSWORD), ("thu", "")):
        with pytest.raises(Refused) as refused:
            sign_in(doors, name, password)
        told.add((refused.value.reason, str(refused.value)))
    assert len(told) == 1


def test_a_name_is_found_in_capitals_and_wide_letters_and_a_password_in_either_composition(doors: Doors) -> None:
    import unicodedata

    doors.add("lan.nguyen")
    for name in ("LAN.Nguyen", "  lan.nguyen ", "ｌａｎ．ｎｇｕｙｅｎ"):
        assert doors.visitor(sign_in(doors, name)).name == "lan.nguyen"
    assert doors.visitor(sign_in(doors, "lan.nguyen", unicodedata.normalize("NFD", PASSWORD))).account


def test_after_five_wrong_tries_even_the_right_password_waits_a_quarter_of_an_hour(doors: Doors) -> None:
    doors.add("lan")
    for _ in range(TOGETHER):
        with pytest.raises(Refused, match="không đúng"):
            sign_in(doors, password=WRONG)
    with pytest.raises(Locked, match="15 phút"):
        sign_in(doors)
    # Somebody at another address is not kept out by that.
    assert doors.visitor(sign_in(doors, caller=Caller("192.0.2.8"))).account
    doors.clock.wait(minutes=15, seconds=1)
    assert doors.visitor(sign_in(doors)).account
    assert acts(doors).count("session.failed") == TOGETHER - 1
    assert acts(doors).count("session.locked") == 1


def test_names_that_nobody_has_are_locked_just_the_same(doors: Doors) -> None:
    doors.add("lan")
    for name in ("lan", "nobody"):
        for _ in range(TOGETHER):
            with pytest.raises(Refused):
                sign_in(doors, name, WRONG)
        with pytest.raises(Locked):
            sign_in(doors, name, WRONG)


def test_ten_thousand_tries_cost_forty_hashes_and_forty_rows(doors: Doors) -> None:
    doors.add("lan")
    refused = locked = 0
    for n in range(10_000):
        try:
            sign_in(doors, f"name{n}", WRONG)
        except Locked:
            locked += 1
            if locked == 60:  # it stays so: each is one look at two indexes
                break
        except Refused:
            refused += 1
    assert (refused, locked) == (OF_ADDRESS, 60)
    assert acts(doors).count("session.failed") + acts(doors).count("session.locked") == OF_ADDRESS
    assert doors.visitor(sign_in(doors, caller=Caller("192.0.2.9"))).account


def test_many_tries_at_once_in_two_processes_are_no_more_than_one_after_another(doors: Doors) -> None:
    doors.add("lan")
    accounts = [doors.door.accounts, doors.other_process().accounts]
    told: list[type[Exception]] = []
    begin = threading.Barrier(16)

    def trying(n: int) -> None:
        begin.wait()
        try:
            accounts[n % 2].sign_in("lan", WRONG, HERE, now=doors.clock.now())
        except (Refused, Retry) as error:
            told.append(type(error))

    threads = [threading.Thread(target=trying, args=(n,)) for n in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert told.count(Refused) == TOGETHER
    assert told.count(Locked) == 16 - TOGETHER
    assert acts(doors).count("session.failed") + acts(doors).count("session.locked") == TOGETHER


def test_addresses_of_one_ipv6_line_are_one_address(doors: Doors) -> None:
    doors.add("lan")
    for n in range(TOGETHER):
        with pytest.raises(Refused):
            sign_in(doors, password=WRONG, caller=Caller(f"2001:db8::{n}"))
    with pytest.raises(Locked):
        sign_in(doors, caller=Caller("2001:db8::ffff"))


def test_a_try_that_was_not_looked_at_for_want_of_room_does_not_count(
    doors: Doors, monkeypatch: pytest.MonkeyPatch
) -> None:
    doors.add("lan")
    monkeypatch.setattr(passwords, "PATIENCE", 0.0)
    turn = doors.door.accounts._hasher._turn
    with turn(), turn():
        for _ in range(TOGETHER + 1):
            with pytest.raises(Retry):
                sign_in(doors)
    assert doors.visitor(sign_in(doors)).account


def test_what_was_typed_as_a_name_is_not_kept(doors: Doors) -> None:
    with pytest.raises(Refused):
        sign_in(doors, "mật-khẩu-gõ-nhầm-ô", "x")
    held = (doors.settings.home / "diembao.db").read_bytes() + (doors.settings.home / "diembao.db-wal").read_bytes()
    assert "mật-khẩu-gõ-nhầm-ô".encode() not in held
    assert PASSWORD.encode() not in held


def test_two_sign_ins_at_once_are_two_sessions(doors: Doors) -> None:
    doors.add("lan")
    cookies: list[str] = []
    both = [threading.Thread(target=lambda: cookies.append(sign_in(doors))) for _ in range(2)]
    for thread in both:
        thread.start()
    for thread in both:
        thread.join()
    assert len({doors.visitor(cookie).session for cookie in cookies}) == 2


def test_the_eleventh_session_ends_the_first(doors: Doors) -> None:
    doors.add("lan")
    cookies = [sign_in(doors) for _ in range(SESSIONS + 1)]
    doors.clock.passed += FRESH
    assert [doors.visitor(cookie) is STRANGER for cookie in cookies] == [True] + [False] * SESSIONS


# -- a session's end


def test_a_session_ends_when_nobody_uses_it_and_at_its_last_hour(doors: Doors) -> None:
    doors.add("lan")
    cookie = sign_in(doors)
    for _ in range(13):
        doors.clock.wait(minutes=55)
        assert doors.visitor(cookie).account
        doors.door.sessions.used(cookie)
    doors.clock.wait(minutes=5, seconds=1)  # 12 hours
    assert doors.visitor(cookie) is STRANGER
    idle = sign_in(doors)
    doors.clock.wait(minutes=61)
    assert doors.visitor(idle) is STRANGER


def test_a_session_that_was_ended_is_over_and_its_cookie_opens_nothing_again(doors: Doors) -> None:
    doors.add("lan")
    cookie = sign_in(doors)
    doors.door.sessions.end(cookie)
    assert doors.visitor(cookie) is STRANGER
    assert doors.other_process().sessions.visitor(cookie) is STRANGER
    assert acts(doors)[-1] == "session.end"


@pytest.mark.parametrize("what", ["roles", "disable", "erase", "password", "session"])
def test_what_another_process_takes_away_is_gone_here_within_five_seconds(doors: Doors, what: str) -> None:
    doors.add("chief", Role.ADMINISTRATOR)
    number = doors.add("lan", Role.OFFICER)
    cookie = sign_in(doors)
    assert opens(doors.visitor(cookie), Act.CORRECT_LABEL, PROVINCE)
    store, now = doors.store, doors.clock.now()
    match what:
        case "roles":
            store.set_grants(number, [Grant(Role.VIEWER)], by=BY, now=now)
        case "disable":
            store.disable(number, True, by=BY, now=now)
        case "erase":
            store.erase(number, by=BY, now=now)
        case "password":
            store.set_password(number, "", keep=None, by=BY, now=now)
        case "session":
            store.end_session(store.sessions(number, now)[0].number, by=BY, now=now)
    doors.clock.wait(seconds=4.9)
    assert FRESH < 4.9
    assert not opens(doors.visitor(cookie), Act.CORRECT_LABEL, PROVINCE)


def test_a_new_sign_in_never_takes_over_the_token_that_the_browser_had(doors: Doors) -> None:
    doors.add("lan")
    assert len({sign_in(doors) for _ in range(3)}) == 3
