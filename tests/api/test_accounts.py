from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from diembao.api import names, passwords
from diembao.api.accounts import OF_ADDRESS, SESSIONS, TOGETHER, Caller, Locked
from diembao.api.passwords import Hasher
from diembao.api.rights import STRANGER, Act, opens
from diembao.api.sessions import FRESH
from diembao.core.accounts import CONSOLE, Grant, Hand, Role
from diembao.core.errors import Refused, Retry, WrongUse
from tests.api.doors import HERE, PROVINCE, Doors
from tests.dashboard.entering import PASSWORD

NONE = ""
WRONG = "sai rồi nhé"
NEW = "câu mới cũng khó đoán"
BY = Hand("person:1", "session:1")


@pytest.fixture
def doors(tmp_path: Path) -> Iterator[Doors]:
    with Doors.at(tmp_path) as opened:
        yield opened


def sign_in(doors: Doors, name: str = "lan", password: str = PASSWORD, caller: Caller = HERE) -> str:
    opened = doors.door.accounts.sign_in(name, password, caller, now=doors.clock.now())
    return doors.door.sessions.cookie(opened.token)


def acts(doors: Doors) -> list[str]:
    return [row.act for row in reversed(doors.store.audit())]


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


# -- passwords


@pytest.mark.parametrize(
    "password",
    [
        "",
        "ngắn quá",
        "password1234!",
        "Matkhau@2026",
        "qwertyuiop12",
        "lan.nguyen2026",
        "P@ssw0rd1234",
        "aaaaaaaaaaaaaaaa",
        "gialai123456",
        "abcabcabcabc",
        "x" * 129,
        "123456789012",
        "QuyNhon2026!!",
    ],
)
def test_short_common_and_own_names_are_no_passwords(password: str) -> None:
    with pytest.raises(WrongUse):
        passwords.checked(password, "lan.nguyen")


@pytest.mark.parametrize(
    "password", ["một câu khó đoán", "correct horse", "Tàu vào cảng lúc rạng đông", "x7#Kq2!mZp0w"]
)
def test_a_short_sentence_is_a_password(password: str) -> None:
    assert passwords.checked(password, "lan.nguyen") == password


def test_a_real_hash_is_argon2id_of_a_tenth_of_a_second_of_work_for_nobody_too(doors: Doors) -> None:
    hasher = Hasher()
    hashed = hasher.hash(PASSWORD)
    assert hashed.startswith("$argon2id$v=19$m=65536,t=4,p=1$")
    started = time.process_time()
    assert hasher.fits(hashed, PASSWORD)
    somebody = time.process_time() - started
    started = time.process_time()
    assert not hasher.fits("", PASSWORD)
    nobody = time.process_time() - started
    assert 1 / 3 < somebody / nobody < 3


def test_a_hash_of_older_parameters_is_made_anew_when_its_owner_comes_in(doors: Doors) -> None:
    weaker = Hasher(passes=2, memory=32).hash(PASSWORD)
    number = doors.add("lan")
    doors.store.set_password(number, weaker, keep=None, by=BY, now=doors.clock.now())
    sign_in(doors)
    found = doors.store.account_named("lan")
    assert found is not None
    assert found[1] != weaker
    assert doors.visitor(sign_in(doors)).account


def test_changing_ones_password_needs_the_old_one_and_ends_the_other_sessions(doors: Doors) -> None:
    doors.add("lan")
    other, mine = sign_in(doors), sign_in(doors)
    who, now = doors.visitor(mine), doors.clock.now()
    account = doors.account("lan")
    assert account is not None
    change = doors.door.accounts.change_password
    with pytest.raises(WrongUse, match="hiện nay"):
        change(account, WRONG, NEW, keep=who.session, by=Hand(who.actor, who.where), now=now)
    change(account, PASSWORD, NEW, keep=who.session, by=Hand(who.actor, who.where), now=now)
    doors.clock.passed += FRESH
    assert doors.visitor(mine).account
    assert doors.visitor(other) is STRANGER
    assert doors.visitor(sign_in(doors, password=NEW)).account
    for _ in range(TOGETHER - 1):
        with pytest.raises(WrongUse):
            change(account, WRONG, NEW, keep=who.session, by=BY, now=now)
    with pytest.raises(Locked):
        change(account, NEW, PASSWORD, keep=who.session, by=BY, now=now)


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
