from __future__ import annotations

import itertools

import pytest

from diembao.api import paths, rights
from diembao.api.rights import MACHINE, STRANGER, TABLE, Act, Condition, Standing, Thing, Visitor, may, opens, require
from diembao.app.options import asks_of
from diembao.core.accounts import Grant, Role
from diembao.core.background import Background
from diembao.core.errors import Refused

HERE, ELSEWHERE = "gia-lai", "bac-ninh"
MINE, THEIRS = "so-y-te", "so-tai-chinh"
# What each role may do, written down a second time, by hand: whoever changes the table changes this too.
PROGRESS, KIT = Act.TELL_PROGRESS, Act.CHANGE_KIT
ASKING = {Act.READ_REQUEST, Act.ASK_UNIT, Act.ANSWER_REQUEST, Act.CHANGE_ADDRESS}
READS = {Act.READ_COVERAGE, Act.READ_STATUS, Act.READ_REPORT, Act.READ_PLAN, Act.READ_CALENDAR}
QUESTIONS, CALENDAR = {Act.READ_QUESTION, Act.WORK_QUESTION}, Act.CHANGE_CALENDAR
DESK = QUESTIONS | {Act.READ_CASE, Act.WORK_CASE, Act.MARK_CLAIM, Act.DRAFT_ANSWER}
DESK |= {Act.EXPORT_EVIDENCE, Act.HAND_IN}
ALWAYS: dict[Role | Standing, set[Act]] = {
    Role.VIEWER: READS | {Act.READ_GIST, Act.READ_ALERT, Act.READ_CASE, Act.READ_QUESTION, Act.READ_REQUEST},
    Role.OFFICER: READS
    | DESK
    | ASKING
    | {Act.READ_ALERT, Act.CORRECT_LABEL, Act.OPEN_CASE, Act.ASSIGN_CASE, Act.ISSUE_ANSWER, Act.MAKE_REPORT}
    | {Act.READ_GIST, Act.CHANGE_ALERT, Act.CHANGE_SOURCE, PROGRESS, KIT, CALENDAR},
    Role.APPROVER: READS
    | DESK
    | ASKING
    | {Act.READ_ALERT, Act.CORRECT_LABEL, Act.OPEN_CASE, Act.ASSIGN_CASE, Act.ISSUE_ANSWER, Act.MAKE_REPORT}
    | {Act.READ_GIST, Act.CHANGE_ALERT, Act.CHANGE_PLAN, Act.SIGN_REPORT, PROGRESS, KIT, CALENDAR},
    Role.UNIT_OFFICER: READS - {Act.READ_REPORT} | {Act.READ_ALERT, Act.READ_GIST},
    Role.FOREIGN_AFFAIRS: READS - {Act.READ_REPORT} | {Act.READ_ALERT, Act.READ_GIST},
    Role.ADMINISTRATOR: READS
    | {
        Act.READ_GIST,
        Act.READ_ALERT,
        Act.READ_CASE,
        Act.CHANGE_ALERT,
        Act.CHANGE_PLAN,
        Act.CHANGE_SOURCE,
        Act.CHANGE_MODEL,
    }
    | {Act.MANAGE_ACCOUNT, Act.MANAGE_KEY, Act.READ_AUDIT, Act.HAND_IN, PROGRESS, KIT}
    | {Act.READ_QUESTION, Act.READ_REQUEST, Act.CHANGE_ADDRESS, Act.OWN_ALERT},
    Role.SERVICE: READS | {Act.READ_CASE, Act.READ_QUESTION, Act.READ_REQUEST},
    Standing.ANYONE: {Act.SIGN_IN, Act.SEE_HEALTH, Act.ANSWER_BY_LINK, Act.STOP_ALERT, Act.READ_FEED},
    Standing.SIGNED_IN: {
        Act.SIGN_IN,
        Act.SEE_HEALTH,
        Act.OWN_ACCOUNT,
        Act.ANSWER_BY_LINK,
        Act.STOP_ALERT,
        Act.READ_FEED,
    },
    Standing.MACHINE: {Act.COLLECT, Act.JUDGE, Act.SEND_ALERT},
}
OWN_UNIT = {
    Role.UNIT_OFFICER: DESK | {PROGRESS, KIT, CALENDAR, Act.READ_REQUEST, Act.ANSWER_REQUEST},
    Role.FOREIGN_AFFAIRS: DESK
    | {Act.CORRECT_LABEL, Act.OPEN_CASE, PROGRESS, KIT, CALENDAR}
    | {Act.READ_REQUEST, Act.ANSWER_REQUEST, Act.ASK_UNIT},
}
FOREIGN = {Role.FOREIGN_AFFAIRS: DESK | {Act.CORRECT_LABEL, Act.OPEN_CASE, Act.ASK_UNIT}}
MAKERS = {Role.VIEWER, Role.OFFICER, Role.APPROVER, Role.UNIT_OFFICER, Role.FOREIGN_AFFAIRS}  # of their own alerts
SECOND = {Role.APPROVER: {Act.APPROVE_ANSWER}}

THINGS = {
    "mine": Thing(HERE, units=(THEIRS, MINE)),
    "theirs": Thing(HERE, units=(THEIRS,)),
    "foreign": Thing(HERE, units=(THEIRS,), foreign=True),
    "own draft": Thing(HERE, units=(THEIRS,), authors=("person:9", "person:7")),
    "elsewhere": Thing(ELSEWHERE, units=(MINE,), foreign=True),
}


def person(*grants: Grant) -> Visitor:
    return Visitor("person:7", "session:1", (Standing.SIGNED_IN,), grants, account=7)


def expected(role: Role, act: Act, thing: str) -> bool:
    if act in ALWAYS[Standing.SIGNED_IN]:
        return True
    if thing == "elsewhere":
        return False
    if act in ALWAYS[role] or (act is Act.OWN_ALERT and thing == "own draft" and role in MAKERS):
        return True
    if thing == "mine" and act in OWN_UNIT.get(role, set()):
        return True
    if thing == "foreign" and act in FOREIGN.get(role, set()):
        return True
    return thing != "own draft" and act in SECOND.get(role, set())


@pytest.mark.parametrize("role", Role)
def test_every_role_may_do_every_act_to_every_thing_as_it_is_written_here(role: Role) -> None:
    who = person(Grant(role, HERE, MINE))
    wrong = [
        (act, thing)
        for act, thing in itertools.product(Act, THINGS)
        if may(who, act, THINGS[thing]) != expected(role, act, thing)
    ]
    assert wrong == []


@pytest.mark.parametrize("role", Role)
def test_what_opens_is_what_may_be_done_to_something(role: Role) -> None:
    who = person(Grant(role, HERE, MINE))
    for act in Act:
        assert opens(who, act, HERE) == any(may(who, act, thing) for thing in THINGS.values()), act
        assert opens(who, act, ELSEWHERE) == (act in ALWAYS[Standing.SIGNED_IN])


@pytest.mark.parametrize("who", [STRANGER, MACHINE], ids=lambda who: who.actor)
def test_strangers_and_the_machine_may_do_no_more_than_is_written_here(who: Visitor) -> None:
    (standing,) = who.standings
    for act, thing in itertools.product(Act, THINGS.values()):
        assert may(who, act, thing) == opens(who, act, HERE) == (act in ALWAYS[standing])


def test_every_act_has_a_row_and_every_row_an_act() -> None:
    assert set(TABLE) == set(Act)
    assert all(TABLE.values())


def test_no_role_that_needs_a_unit_gives_anything_of_a_unit_without_one() -> None:
    for role in (Role.UNIT_OFFICER, Role.FOREIGN_AFFAIRS):
        who = person(Grant(role, HERE))
        assert not may(who, Act.READ_CASE, Thing(HERE))
        assert not may(who, Act.READ_CASE, Thing(HERE, units=("",)))


def test_nobody_approves_what_they_wrote_themselves_whatever_else_they_are() -> None:
    everything = person(*(Grant(role, "", MINE) for role in Role))
    assert not may(everything, Act.APPROVE_ANSWER, THINGS["own draft"])
    assert may(everything, Act.APPROVE_ANSWER, THINGS["mine"])


def test_grants_add_up_and_a_grant_for_every_province_holds_everywhere() -> None:
    who = person(Grant(Role.VIEWER), Grant(Role.OFFICER, ELSEWHERE))
    assert may(who, Act.READ_COVERAGE, Thing(HERE))
    assert not may(who, Act.CORRECT_LABEL, Thing(HERE))
    assert may(who, Act.CORRECT_LABEL, Thing(ELSEWHERE))


def test_a_key_does_no_more_than_its_scopes() -> None:
    key = Visitor("key:1", "", (), (Grant(Role.OFFICER),), scopes=frozenset({Act.READ_COVERAGE.value}))
    assert [act for act in Act if opens(key, act, HERE)] == [Act.READ_COVERAGE]
    assert [act for act in Act if may(key, act, Thing(HERE))] == [Act.READ_COVERAGE]


def test_a_refusal_is_a_rule_of_ours_and_names_the_act() -> None:
    with pytest.raises(Refused, match=r"label\.correct") as refused:
        require(person(Grant(Role.VIEWER)), Act.CORRECT_LABEL, Thing(HERE))
    assert refused.value.reason == "rights"
    with pytest.raises(Refused):
        rights.require_opens(STRANGER, Act.READ_COVERAGE, HERE)
    require(person(Grant(Role.OFFICER)), Act.CORRECT_LABEL, Thing(HERE))


def test_what_the_machine_does_by_itself_is_asked_under_the_names_of_the_table() -> None:
    asks = asks_of(HERE)
    for act in Background:
        asks(act)
    assert {act.value for act in Background} == {act.value for act in ALWAYS[Standing.MACHINE]}


def test_every_address_is_an_act_that_has_a_row() -> None:
    assert {address.act for address in paths.ADDRESSES} | set(paths.SCREENS.values()) <= set(TABLE)
    assert set(Condition) == {condition for row in TABLE.values() for condition in row.values()}
