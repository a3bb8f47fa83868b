"""Who may do what: one table, act × role × condition, and nothing else decides.

Every page, download, route, websocket event and background act asks `may`. An act is named for what is done to
what; a role is what an account was given (`core.accounts.Grant`, bound to a province and a unit). Three more stand
for those without an account: anyone at the door, any account that is signed in, and the machine itself.

Three questions, so that an object is never forgotten:

    opens(who, act, province)        may this be done to anything here? (menus, pages, lists that are narrowed after)
    may(who, act, thing)             may it be done to this thing? (every read or change of one object)
    sight(who, act, province)        to which things of a list? (what is left out of it)
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from diembao.core.accounts import Grant, Role
from diembao.core.errors import Refused


class Act(StrEnum):
    """What can be done. Whoever adds one gives it a row below."""

    # -- at the door
    SIGN_IN = "session.sign-in"
    SEE_HEALTH = "health.see"  # is the process up: one word, no figure
    OWN_ACCOUNT = "account.own"  # one's own name, password and sessions
    # -- coverage
    READ_COVERAGE = "coverage.read"  # articles, search, stories, labels
    READ_GIST = "gist.read"  # what a language model wrote and nobody has accepted
    READ_STATUS = "status.read"
    CORRECT_LABEL = "label.correct"
    # -- response
    READ_CASE = "case.read"
    OPEN_CASE = "case.open"
    ASSIGN_CASE = "case.assign"
    WORK_CASE = "case.work"  # moves, notes, claims, evidence, replies of a unit
    MARK_CLAIM = "claim.mark"  # what is true of a claim, in one's own name
    DRAFT_ANSWER = "answer.draft"
    APPROVE_ANSWER = "answer.approve"
    ISSUE_ANSWER = "answer.issue"
    EXPORT_EVIDENCE = "evidence.export"
    READ_REQUEST = "request.read"  # what a unit was asked, and answered
    ASK_UNIT = "request.ask"  # ask, remind, withdraw, give out a link
    ANSWER_REQUEST = "request.answer"
    ANSWER_BY_LINK = "request.link"  # the signed link says which one
    CHANGE_ADDRESS = "address.change"  # where units have their mail
    HAND_IN = "file.hand-in"  # a file, into this process alone: what takes it up asks for its own act
    # -- the register
    READ_QUESTION = "question.read"
    WORK_QUESTION = "question.work"  # enter, assign, answer, refuse; a second person approves
    READ_CALENDAR = "calendar.read"  # briefings and what can be foreseen
    CHANGE_CALENDAR = "calendar.change"
    # -- reports, alerts, plans
    READ_REPORT = "report.read"
    MAKE_REPORT = "report.make"  # and write in it
    SIGN_REPORT = "report.sign"
    READ_ALERT = "alert.read"
    STOP_ALERT = "alert.stop"  # the signed address says whose and which
    READ_FEED = "feed.read"  # the signed address says whose it is; their own rights are asked too
    OWN_ALERT = "alert.own"  # what one is told oneself
    CHANGE_ALERT = "alert.change"  # what the office is told; saved searches
    READ_PLAN = "plan.read"
    TELL_PROGRESS = "plan.progress"
    CHANGE_PLAN = "plan.change"
    CHANGE_KIT = "kit.change"  # facts that are kept ready to explain
    CHANGE_SOURCE = "source.change"
    CHANGE_MODEL = "model.change"
    # -- administration
    MANAGE_ACCOUNT = "account.manage"
    MANAGE_KEY = "key.manage"
    READ_AUDIT = "audit.read"
    # -- what the machine does by itself
    COLLECT = "machine.collect"
    JUDGE = "machine.judge"
    SEND_ALERT = "machine.send-alert"


class Condition(StrEnum):
    ALWAYS = "always"
    OWN_UNIT = "own-unit"  # the thing is in the hands of the grant's unit
    FOREIGN = "foreign"  # it is about foreign coverage, or in the hands of the grant's unit
    SECOND = "second"  # somebody else made it
    OWN = "own"  # they made it themselves


class Standing(StrEnum):
    """Roles that are not given: they come with being there."""

    ANYONE = "anyone"
    SIGNED_IN = "signed-in"
    MACHINE = "machine"


@dataclass(frozen=True, slots=True)
class Thing:
    """What an act is done to. ``units`` have it in hand; ``authors`` are the actors who made it."""

    province: str
    units: tuple[str, ...] = ()
    foreign: bool = False
    authors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sight:
    """What of a list may be seen: everything, or what these units have in hand, and what is about foreign coverage."""

    everything: bool = False
    units: frozenset[str] = frozenset()
    foreign: bool = False


@dataclass(frozen=True, slots=True)
class Visitor:
    """Whoever asks. ``scopes`` narrows a key to some acts (None: all its role allows)."""

    actor: str
    where: str
    standings: tuple[Standing, ...]
    grants: tuple[Grant, ...] = ()
    account: int | None = None
    name: str = ""
    shown: str = ""
    session: int | None = None
    scopes: frozenset[str] | None = field(default=None)


STRANGER: Final = Visitor("stranger", "", (Standing.ANYONE,))
MACHINE: Final = Visitor("machine", "machine", (Standing.MACHINE,))

_VIEWER, _OFFICER, _APPROVER, _UNIT, _FOREIGN = (
    Role.VIEWER,
    Role.OFFICER,
    Role.APPROVER,
    Role.UNIT_OFFICER,
    Role.FOREIGN_AFFAIRS,
)
_ADMIN, _SERVICE = Role.ADMINISTRATOR, Role.SERVICE
_ALWAYS, _OWN, _ABROAD, _SECOND = Condition.ALWAYS, Condition.OWN_UNIT, Condition.FOREIGN, Condition.SECOND
_MINE: Final = Condition.OWN

Row = Mapping[Role | Standing, Condition]

_PEOPLE: Final = (_VIEWER, _OFFICER, _APPROVER, _UNIT, _FOREIGN, _ADMIN)
_DESK: Final[Row] = {_OFFICER: _ALWAYS, _APPROVER: _ALWAYS, _UNIT: _OWN, _FOREIGN: _ABROAD}


def _all(*roles: Role) -> Row:
    return dict.fromkeys(roles, _ALWAYS)


TABLE: Final[Mapping[Act, Row]] = {
    Act.SIGN_IN: {Standing.ANYONE: _ALWAYS, Standing.SIGNED_IN: _ALWAYS},
    Act.SEE_HEALTH: {Standing.ANYONE: _ALWAYS, Standing.SIGNED_IN: _ALWAYS},
    Act.OWN_ACCOUNT: {Standing.SIGNED_IN: _ALWAYS},
    Act.READ_COVERAGE: _all(*_PEOPLE, _SERVICE),
    # What a machine wrote goes into no other system before a person accepted it.
    Act.READ_GIST: _all(*_PEOPLE),
    Act.READ_STATUS: _all(*_PEOPLE, _SERVICE),
    Act.CORRECT_LABEL: {_OFFICER: _ALWAYS, _APPROVER: _ALWAYS, _FOREIGN: _ABROAD},
    Act.READ_CASE: {**_all(_VIEWER, _ADMIN, _SERVICE), **_DESK},
    Act.OPEN_CASE: {_OFFICER: _ALWAYS, _APPROVER: _ALWAYS, _FOREIGN: _ABROAD},
    Act.ASSIGN_CASE: _all(_OFFICER, _APPROVER),
    Act.WORK_CASE: _DESK,
    Act.MARK_CLAIM: _DESK,
    Act.DRAFT_ANSWER: _DESK,
    Act.APPROVE_ANSWER: {_APPROVER: _SECOND},
    Act.ISSUE_ANSWER: _all(_OFFICER, _APPROVER),
    Act.EXPORT_EVIDENCE: _DESK,
    Act.READ_REQUEST: {**_all(_VIEWER, _ADMIN, _SERVICE, _OFFICER, _APPROVER), _UNIT: _OWN, _FOREIGN: _OWN},
    Act.ASK_UNIT: {**_all(_OFFICER, _APPROVER), _FOREIGN: _ABROAD},
    Act.ANSWER_REQUEST: {**_all(_OFFICER, _APPROVER), _UNIT: _OWN, _FOREIGN: _OWN},
    Act.ANSWER_BY_LINK: {Standing.ANYONE: _ALWAYS, Standing.SIGNED_IN: _ALWAYS},
    Act.CHANGE_ADDRESS: _all(_OFFICER, _APPROVER, _ADMIN),
    Act.HAND_IN: {**_DESK, _ADMIN: _ALWAYS},
    Act.READ_QUESTION: {**_all(_VIEWER, _ADMIN, _SERVICE), **_DESK},
    Act.WORK_QUESTION: _DESK,
    Act.READ_CALENDAR: _all(*_PEOPLE, _SERVICE),
    Act.CHANGE_CALENDAR: {**_all(_OFFICER, _APPROVER), _UNIT: _OWN, _FOREIGN: _OWN},
    # It names the cases of every unit: whoever sees only some of them sees none of it.
    Act.READ_REPORT: _all(_VIEWER, _OFFICER, _APPROVER, _ADMIN, _SERVICE),
    Act.MAKE_REPORT: _all(_OFFICER, _APPROVER),
    Act.SIGN_REPORT: _all(_APPROVER),
    Act.READ_ALERT: _all(*_PEOPLE),
    Act.STOP_ALERT: {Standing.ANYONE: _ALWAYS, Standing.SIGNED_IN: _ALWAYS},
    Act.READ_FEED: {Standing.ANYONE: _ALWAYS, Standing.SIGNED_IN: _ALWAYS},
    Act.OWN_ALERT: {**dict.fromkeys(_PEOPLE, _MINE), _ADMIN: _ALWAYS},
    Act.CHANGE_ALERT: _all(_OFFICER, _APPROVER, _ADMIN),
    Act.READ_PLAN: _all(*_PEOPLE, _SERVICE),
    Act.TELL_PROGRESS: {**_all(_OFFICER, _APPROVER, _ADMIN), _UNIT: _OWN, _FOREIGN: _OWN},
    Act.CHANGE_KIT: {**_all(_OFFICER, _APPROVER, _ADMIN), _UNIT: _OWN, _FOREIGN: _OWN},
    Act.CHANGE_PLAN: _all(_APPROVER, _ADMIN),
    Act.CHANGE_SOURCE: _all(_OFFICER, _ADMIN),
    Act.CHANGE_MODEL: _all(_ADMIN),
    Act.MANAGE_ACCOUNT: _all(_ADMIN),
    Act.MANAGE_KEY: _all(_ADMIN),
    Act.READ_AUDIT: _all(_ADMIN),
    # The machine proposes: no act of the desk is ever its own.
    Act.COLLECT: {Standing.MACHINE: _ALWAYS},
    Act.JUDGE: {Standing.MACHINE: _ALWAYS},
    Act.SEND_ALERT: {Standing.MACHINE: _ALWAYS},
}


# What is done to the installation, not to one of its provinces.
OF_ALL: Final = frozenset({Act.MANAGE_ACCOUNT, Act.MANAGE_KEY, Act.READ_AUDIT, Act.CHANGE_SOURCE})
# No province's id: only a grant for all of them is one for this.
WHOLE: Final = "*"


def place_of(act: Act, province: str, *, several: bool) -> str:
    """Where an act is done: in the province, or, where there are several, to all at once."""
    return WHOLE if several and act in OF_ALL else province


def opens(who: Visitor, act: Act, province: str) -> bool:
    """May this visitor do the act to anything of the province at all?"""
    if who.scopes is not None and act.value not in who.scopes:
        return False
    row = TABLE.get(act, {})
    if any(standing in row for standing in who.standings):
        return True
    return any(_given(grant, row, province) for grant in who.grants)


def may(who: Visitor, act: Act, thing: Thing) -> bool:
    """May this visitor do the act to this thing?"""
    if who.scopes is not None and act.value not in who.scopes:
        return False
    row = TABLE.get(act, {})
    if any(standing in row for standing in who.standings):
        return True
    return any(
        _given(grant, row, thing.province) and _holds(row[grant.role], grant, thing, who) for grant in who.grants
    )


def sight(who: Visitor, act: Act, province: str) -> Sight:
    """To which things of a list the act may be done."""
    row = TABLE.get(act, {})
    if who.scopes is not None and act.value not in who.scopes:
        return Sight()
    given = [(row[grant.role], grant.unit) for grant in who.grants if _given(grant, row, province)]
    return Sight(
        everything=any(standing in row for standing in who.standings)
        or any(how is Condition.ALWAYS for how, _ in given),
        units=frozenset(unit for how, unit in given if unit and how in {Condition.OWN_UNIT, Condition.FOREIGN}),
        foreign=any(how is Condition.FOREIGN for how, _ in given),
    )


def _given(grant: Grant, row: Row, province: str) -> bool:
    return grant.role in row and grant.province in {"", province}


def _holds(condition: Condition, grant: Grant, thing: Thing, who: Visitor) -> bool:
    own = bool(grant.unit) and grant.unit in thing.units
    if condition is Condition.OWN_UNIT:
        return own
    if condition is Condition.FOREIGN:
        return thing.foreign or own
    if condition is Condition.OWN:
        return who.actor in thing.authors
    if condition is Condition.SECOND:
        return who.actor not in thing.authors
    return True


def require(who: Visitor, act: Act, thing: Thing) -> None:
    """Raises:
    NotAllowed: this visitor may not.
    """
    if not may(who, act, thing):
        raise NotAllowed(act)


def require_opens(who: Visitor, act: Act, province: str) -> None:
    """Raises:
    NotAllowed: this visitor may not, to anything of the province.
    """
    if not opens(who, act, province):
        raise NotAllowed(act)


class NotAllowed(Refused):
    """The table says no (reason ``rights``)."""

    def __init__(self, act: Act) -> None:
        super().__init__(
            "rights",
            f"tài khoản này không có quyền làm việc đó, “{act.value}”; hỏi người quản trị"
            f" (this account may not do that, '{act.value}'; ask the administrator)",
        )
        self.act = act
