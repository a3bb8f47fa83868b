from __future__ import annotations

from pathlib import Path

import pytest

from diembao.api.keys import MARK, READING, SCOPES, Wish, scopes_named
from diembao.api.paths import ADDRESSES
from diembao.api.problems import halves
from diembao.api.rights import STRANGER, TABLE, Act, Standing, Thing, may, opens
from diembao.core.accounts import CONSOLE, Grant, Role
from diembao.core.errors import WrongUse
from tests.api.doors import PROVINCE, Doors


def made(doors: Doors, name: str = "trung-tam", *scopes: Act, days: float = 30, account: int | None = None) -> str:
    wish = Wish(name, PROVINCE, scopes or READING, days, account)
    return doors.door.keys.add(wish, by=CONSOLE).token


def test_a_key_is_a_service_of_its_own_that_reads_in_its_province(doors: Doors) -> None:
    who = doors.door.keys.visitor(made(doors))
    assert (who.where, who.grants) == ("key:1", (Grant(Role.SERVICE, PROVINCE),))
    assert Standing.SIGNED_IN not in who.standings
    assert {act for act in Act if opens(who, act, PROVINCE)} == {
        Act.READ_COVERAGE,
        Act.READ_STATUS,
        Act.READ_CASE,
        Act.READ_PLAN,
        Act.READ_QUESTION,
        Act.READ_CALENDAR,
        Act.READ_REQUEST,
        Act.READ_REPORT,
    }
    assert not any(opens(who, act, "da-nang") for act in Act)


def test_two_keys_of_one_system_are_of_one_account_and_a_persons_name_is_not_taken(doors: Doors) -> None:
    first, second = made(doors), made(doors)
    assert first != second
    assert [key.account for key in doors.store.all_keys()] == [1, 1]
    doors.add("lan")
    with pytest.raises(WrongUse, match="lan"):
        made(doors, "lan")


def test_only_its_digest_is_kept(doors: Doors) -> None:
    token = made(doors)
    assert token.startswith(MARK)
    raw = b"".join(path.read_bytes() for path in doors.settings.home.glob("diembao.db*"))
    assert b"trung-tam" in raw
    assert token.removeprefix(MARK).encode() not in raw


def test_scopes_narrow_and_a_persons_key_writes_in_that_persons_name(doors: Doors) -> None:
    lan = doors.add("lan", Role.OFFICER)
    who = doors.door.keys.visitor(made(doors, "cong-cu", Act.CORRECT_LABEL, account=lan))
    assert (who.actor, who.where) == (f"person:{lan}", "key:1")
    assert may(who, Act.CORRECT_LABEL, Thing(PROVINCE))
    assert not opens(who, Act.READ_COVERAGE, PROVINCE)


def test_what_a_service_may_do_at_an_address_of_the_api_is_a_scope_that_a_key_has_of_itself() -> None:
    rows = {row.act for row in ADDRESSES if row.pattern.pattern.startswith("/api/") and Role.SERVICE in TABLE[row.act]}
    assert rows == set(READING)


@pytest.mark.parametrize("scope", [scope for scope in SCOPES if scope not in READING])
def test_a_key_of_nobodys_is_not_made_with_a_scope_that_it_could_not_use(doors: Doors, scope: Act) -> None:
    with pytest.raises(WrongUse, match=rf"{scope.value}.*--account") as refused:
        made(doors, "may", Act.READ_COVERAGE, scope)
    assert halves(str(refused.value))[1].startswith("a key of nobody's only reads")
    assert doors.store.all_keys() == []
    assert made(doors, "may", scope, account=doors.add("lan", Role.OFFICER))


def test_a_persons_key_is_not_made_with_a_scope_that_no_role_of_the_account_does(doors: Doors) -> None:
    viewer = doors.add("xem", Role.VIEWER)
    with pytest.raises(WrongUse, match=r"case\.work, label\.correct") as refused:
        made(doors, "may", Act.READ_COVERAGE, Act.WORK_CASE, Act.CORRECT_LABEL, account=viewer)
    assert "coverage.read" not in str(refused.value)
    assert doors.store.all_keys() == []
    both = doors.add("lan", Role.VIEWER, Grant(Role.OFFICER, "da-nang"))
    assert made(doors, "may", Act.READ_COVERAGE, Act.WORK_CASE, account=both)


def test_an_expired_revoked_forged_or_foreign_key_is_a_strangers(doors: Doors, tmp_path: Path) -> None:
    token, short = made(doors), made(doors, "ngan", days=1)
    keys = doors.door.keys
    assert keys.visitor(token) != STRANGER
    (tmp_path / "other").mkdir()
    with Doors.at(tmp_path / "other") as others:
        foreign = made(others)
    for forged in (foreign, token[:-1], token + "x", token.removeprefix(MARK), MARK, "", MARK + "x" * 10_000):
        assert keys.visitor(forged) == STRANGER
    doors.clock.wait(days=1)
    assert keys.visitor(short) == STRANGER
    keys.revoke(1, by=CONSOLE)
    assert keys.visitor(token) == STRANGER


def test_another_process_knows_of_a_revocation_within_seconds(doors: Doors) -> None:
    token, other = made(doors), doors.other_process()
    assert other.keys.visitor(token) != STRANGER
    assert other.keys.visitor(token) != STRANGER
    doors.door.keys.revoke(1, by=CONSOLE)
    doors.clock.wait(seconds=3)
    assert other.keys.visitor(token) == STRANGER


def test_a_key_ends_with_its_account(doors: Doors) -> None:
    token = made(doors)
    doors.store.disable(1, True, by=CONSOLE, now=doors.clock.now())
    assert doors.door.keys.visitor(token) == STRANGER


def test_a_use_is_written_down_once_a_minute(doors: Doors) -> None:
    token = made(doors)
    doors.door.keys.visitor(token)
    first = doors.store.all_keys()[0].used_at
    assert first == doors.clock.now()
    doors.clock.wait(seconds=30)
    doors.door.keys.visitor(token)
    assert doors.store.all_keys()[0].used_at == first
    doors.clock.wait(seconds=40)
    doors.door.keys.visitor(token)
    assert doors.store.all_keys()[0].used_at == doors.clock.now()


def test_making_and_revoking_are_in_the_audit_log_without_the_secret(doors: Doors) -> None:
    token = made(doors)
    doors.door.keys.revoke(1, by=CONSOLE)
    doors.door.keys.revoke(1, by=CONSOLE)
    rows = doors.store.audit(act="key.")
    assert [(row.act, row.subject) for row in rows] == [("key.revoke", "key:1"), ("key.add", "key:1")]
    assert not any(token in row.detail for row in rows)
    with pytest.raises(WrongUse):
        doors.door.keys.revoke(9, by=CONSOLE)


@pytest.mark.parametrize(
    "wish",
    [
        Wish("ten", PROVINCE, ()),
        Wish("ten", PROVINCE, (Act.APPROVE_ANSWER,)),
        Wish("ten", PROVINCE, days=0),
        Wish("ten", PROVINCE, days=731),
        Wish("", PROVINCE),
        Wish("a\nb", PROVINCE),
        Wish("x" * 81, PROVINCE),
        Wish("ten", PROVINCE, account=99),
    ],
)
def test_what_will_not_do_for_a_key_is_said(doors: Doors, wish: Wish) -> None:
    with pytest.raises(WrongUse):
        doors.door.keys.add(wish, by=CONSOLE)
    assert doors.store.all_keys() == []


def test_scopes_are_named_or_refused() -> None:
    assert scopes_named(["coverage.read"]) == (Act.READ_COVERAGE,)
    with pytest.raises(WrongUse, match=r"answer\.approve"):
        scopes_named(["answer.approve"])
