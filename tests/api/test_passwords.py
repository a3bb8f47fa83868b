"""What may be a password, how it is kept and changed."""

from __future__ import annotations

import time

import pytest

from diembao.api import passwords
from diembao.api.accounts import TOGETHER, Locked
from diembao.api.passwords import Hasher
from diembao.api.rights import STRANGER
from diembao.api.sessions import FRESH
from diembao.core.accounts import Hand
from diembao.core.errors import WrongUse
from tests.api.doors import BY, NEW, WRONG, Doors, sign_in
from tests.dashboard.entering import PASSWORD


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
