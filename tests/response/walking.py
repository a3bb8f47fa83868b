"""A desk on which people of every role do whatever comes to hand; after each step all of its rules hold.

What somebody may do is asked of the table of rights, as screens and commands ask it; what cannot be is refused by the
rooms. Neither knows of this file's own reading of the rules, in `Walk.check`.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from diembao.api import casework
from diembao.api.rights import Act as Right
from diembao.api.rights import NotAllowed, Standing, Visitor
from diembao.core.accounts import Grant, Role
from diembao.core.case import Act, Case, CaseFile, CaseState, Details
from diembao.core.desk import Outcome
from diembao.core.errors import WrongUse
from diembao.core.statement import Verdict
from diembao.pipeline.wiring import Installation
from diembao.plan.answers import answers
from diembao.response.acts import Actor
from diembao.response.cases import Desk
from diembao.response.claims import Claims
from diembao.response.moves import MOVES
from diembao.response.requests import Requests
from diembao.response.statements import Leaving, Statements, Wording, answered
from tests.response.walking_units import MAY_ISSUE, UNITS, AskingUnits

MAY_APPROVE = {Role.APPROVER}
AT_THE_DESK = {Role.OFFICER, Role.APPROVER, Role.UNIT_OFFICER, Role.FOREIGN_AFFAIRS}


# Cases that are worked on at the same time.
LIVE = 5
_S = CaseState
ONWARDS = {
    _S.NEW: _S.TAKEN,
    _S.TAKEN: _S.VERIFYING,
    _S.VERIFYING: _S.DRAFTING,
    _S.DRAFTING: _S.APPROVAL,
    _S.APPROVAL: _S.DRAFTING,
    _S.ISSUED: _S.FOLLOWED,
    _S.FOLLOWED: _S.CLOSED,
    _S.CLOSED: _S.TAKEN,
    _S.NO_ANSWER: _S.TAKEN,
}


def reads_only(who: Visitor) -> bool:
    """Some only read and approve: where everybody writes, nobody may."""
    return int(who.actor.partition(":")[2]) % 3 == 0


WRITTEN = Wording(
    "Trả lời.", "written", "Giám đốc", {"en": "An answer."}, "Tiêu đề", {"en": "A title"}, {"en": "The director"}
)


@dataclass
class Walk(AskingUnits):
    """``house`` holds the article ``article``, whose words ``sentence`` stand in it."""

    house: Installation
    article: str
    sentence: str
    now: datetime
    chance: random.Random
    cases: list[str] = field(default_factory=list)
    seen: dict[str, Case] = field(default_factory=dict)  # as somebody looked at it, perhaps long ago
    told: Counter[str] = field(default_factory=Counter)
    reached: Counter[str] = field(default_factory=Counter)  # how often a case came into each state
    asking: float = 0.0  # the share of steps that are about requests to units

    def __post_init__(self) -> None:
        store, profile = self.house.store, self.house.profile
        self.desk, self.claims = Desk(store, profile), Claims(store)
        self.statements, self.requests = Statements(store, answers()), Requests(store, profile)
        self.people = [
            Visitor(
                f"person:{n}",
                f"session:{n}",
                (Standing.SIGNED_IN,),
                (Grant(role, "", UNITS[n % 2] if role in {Role.UNIT_OFFICER, Role.FOREIGN_AFFAIRS} else ""),),
                account=n,
            )
            for n, role in enumerate([*Role, *Role, Role.OFFICER, Role.APPROVER], start=1)
        ]

    def role(self, actor: str) -> Role:
        return self.people[int(actor.partition(":")[2]) - 1].grants[0].role

    # -- what comes to hand
    def step(self) -> None:
        """An act: half of the time of somebody who knows what comes next, so that cases get to their end; else of
        whoever, whatever. A case that has ended makes room for another, mostly.
        """
        self.now += timedelta(minutes=1)
        if len(self.cases) < LIVE:
            self._open(self.chance.choice(self.people))
            return
        number = self.chance.choice(self.cases)
        before = self._file(number)
        case = self._looked_at(before)
        if case.state.ended and self.chance.random() < 0.6:
            self.cases.remove(number)
            return
        who = self.chance.choice(self.people)
        act: Callable[[Visitor, Case], None]
        if self.asking and self.chance.random() < self.asking:
            who, act = self._one(lambda each: self.role(each.actor) in AT_THE_DESK), self.about_a_unit()
        elif self.chance.random() < 0.5:
            who, act = self._next(before)
        else:
            acts = self._acts()
            act = self.chance.choice([each for each in acts if not (reads_only(who) and each == self._draft)])
        rows = self.house.store.check_audit().rows if self.chance.random() < 0.01 else None
        try:
            act(who, case)
            self.told[f"{act.__name__.strip('_')}"] += 1
        except (WrongUse, NotAllowed) as error:
            self.told[type(error).__name__] += 1
            assert self._file(number) == before, "what was refused changed something"
            if rows is not None:
                assert self.house.store.check_audit().rows == rows
        found = self._file(number)
        if found.case.state is not before.case.state:
            self.reached[found.case.state.value] += 1
        self.check(before, found)

    def _acts(self) -> list[Callable[[Visitor, Case], None]]:
        often = [self._move] * 6 + [self._draft] * 3 + [self._approve] * 3 + [self._issue] * 3
        return [*often, self._note, self._quote, self._attach, self._mark, self._mark, self._change, self._saw]

    def _next(self, found: CaseFile) -> tuple[Visitor, Callable[[Visitor, Case], None]]:
        """Who knows what comes next here, and that."""
        writes = self._one(lambda who: self.role(who.actor) in MAY_ISSUE and not reads_only(who))
        if found.case.state is CaseState.VERIFYING and not found.notes:
            return writes, self._note
        if found.case.state is CaseState.DRAFTING and self.chance.random() < 0.4:
            return writes, self.chance.choice([self._quote, self._attach, self._attach, self._mark, self._mark])
        if found.case.state is CaseState.DRAFTING and not (found.draft and found.draft.form and found.draft.speaker):
            return writes, self._write
        if found.case.state is CaseState.APPROVAL and not found.case.approved:
            return self._one(lambda who: self.role(who.actor) in MAY_APPROVE and reads_only(who)), self._approve
        if found.case.state is CaseState.APPROVAL:
            return writes, self._give_out
        return writes, self._onwards

    def _one(self, fits: Callable[[Visitor], bool]) -> Visitor:
        return self.chance.choice([who for who in self.people if fits(who)])

    def _onwards(self, who: Visitor, case: Case) -> None:
        to = ONWARDS[case.state]
        outcome = self.chance.choice(list(Outcome)) if to is CaseState.CLOSED else None
        self.desk.move(case, to, self._actor(who, Right.WORK_CASE, case), reason="Vì thế", outcome=outcome)

    def _write(self, who: Visitor, case: Case) -> None:
        last = self._file(case.number).draft
        by, wording = self._actor(who, Right.DRAFT_ANSWER, case), WRITTEN
        self.statements.save(case.number, wording, by, based_on=last.version if last else 0)

    def _give_out(self, who: Visitor, case: Case) -> None:
        by = self._actor(who, Right.ISSUE_ANSWER, case)
        self.statements.issue(case, Leaving("written", "Báo Gia Lai"), {".txt": b"Tra loi"}, by)

    def _saw(self, who: Visitor, case: Case) -> None:
        self.desk.saw(case.number, self._actor(who, Right.READ_CASE, case))

    def _looked_at(self, found: CaseFile) -> Case:
        """As it is now, mostly; as it was a while ago, at times."""
        number = found.case.number
        if number not in self.seen or self.chance.random() < 0.85:
            self.seen[number] = found.case
        return self.seen[number]

    def _file(self, number: str) -> CaseFile:
        found = self.house.store.case_file(number)
        assert found is not None
        return found

    def _actor(self, who: Visitor, right: Right, case: Case) -> Actor:
        return casework.acting(self.house, who, right, case.number, self.now)

    def _open(self, who: Visitor) -> None:
        if self.role(who.actor) in {Role.OFFICER, Role.APPROVER}:
            by, unit = Actor(who.actor, self.now, who.where), self.chance.choice(UNITS)
            self.cases.append(self.desk.open(Details("Vụ", unit), [self.article], by, another=True).number)

    def _move(self, who: Visitor, case: Case) -> None:
        reason = self.chance.choice(["", "Vì thế"])
        if self.chance.random() < 0.8 and MOVES[case.state]:
            onwards = [to for to in MOVES[case.state] if not to.ended or self.chance.random() < 0.1]
            to = self.chance.choice(onwards or list(MOVES[case.state]))
        else:
            to = self.chance.choice(list(CaseState))
        ends = to is CaseState.CLOSED and self.chance.random() < 0.8
        outcome = self.chance.choice(list(Outcome)) if ends else None
        self.desk.move(case, to, self._actor(who, Right.WORK_CASE, case), reason=reason, outcome=outcome)

    def _change(self, who: Visitor, case: Case) -> None:
        details = replace(case.details, title=self.chance.choice(["Vụ", "Vụ việc"]))
        self.desk.change(case, details, self._actor(who, Right.ASSIGN_CASE, case))

    def _note(self, who: Visitor, case: Case) -> None:
        text = self.chance.choice(["Đã gọi xã.", "Đã gọi xã.", "@khong-co xem giúp"])
        self.desk.note(case.number, text, self._actor(who, Right.WORK_CASE, case))

    def _quote(self, who: Visitor, case: Case) -> None:
        self.claims.quote(case.number, self.article, self.sentence, self._actor(who, Right.WORK_CASE, case))

    def _attach(self, who: Visitor, case: Case) -> None:
        by = self._actor(who, Right.WORK_CASE, case)
        self.claims.attach_document(case.number, self.chance.randint(1, 3), "12/BC", "Báo cáo", by)

    def _mark(self, who: Visitor, case: Case) -> None:
        by = self._actor(who, Right.MARK_CLAIM, case)
        verdict = self.chance.choice(list(Verdict))
        self.claims.mark(case.number, self.chance.randint(1, 3), verdict, self.chance.choice(["", "Đã hỏi"]), by)

    def _draft(self, who: Visitor, case: Case) -> None:
        last = self._file(case.number).draft
        based = last.version if last and self.chance.random() < 0.9 else 0
        text = self.chance.choice(["Trả lời.", "Trả lời. [#1]", "Trả lời. [#2]", " "])
        form, speaker = self.chance.choice(["written", "portal", ""]), self.chance.choice(["Giám đốc", "Giám đốc", ""])
        by = self._actor(who, Right.DRAFT_ANSWER, case)
        wording = Wording(
            text, form, speaker, **self._in_english(), title=self.chance.choice(["Tiêu đề", "Tiêu đề", ""])
        )
        self.statements.save(case.number, wording, by, based_on=based)

    def _in_english(self) -> dict[str, dict[str, str]]:
        """Nothing, all of it, or some."""
        parts = self.chance.choice(((), (), ("others", "titles", "speakers"), ("others",), ("titles", "speakers")))
        return {name: {"en": "An answer."} for name in parts}

    def _approve(self, who: Visitor, case: Case) -> None:
        last = self._file(case.number).draft
        by = self._actor(who, Right.APPROVE_ANSWER, case)
        self.statements.approve(case, last.version if last else 1, by)

    def _issue(self, who: Visitor, case: Case) -> None:
        to = self.chance.choice(["Báo Gia Lai", ""])
        leaving, made = Leaving(self.chance.choice(["written", "fax"]), to), {".txt": b"Tra loi"}
        self.statements.issue(case, leaving, made, self._actor(who, Right.ISSUE_ANSWER, case))

    # -- what must hold, whatever was done
    def check(self, before: CaseFile, found: CaseFile) -> None:
        case, drafts = found.case, {draft.version: draft for draft in found.drafts}
        newest = max(drafts, default=0)
        assert case.state not in {CaseState.CLOSED, CaseState.NO_ANSWER} or case.reason
        assert (case.outcome is not None) == (case.state is CaseState.CLOSED)
        assert case.approved == 0 or (case.state is CaseState.APPROVAL and case.approved == newest) or found.issues
        if case.state is CaseState.APPROVAL:
            self._ready(found, newest)
        if case.state in {CaseState.ISSUED, CaseState.FOLLOWED}:
            assert found.issues
            assert found.issues[-1].version == newest
        for claim in found.claims:
            assert (claim.verdict is None) == (claim.marked_by == "")
            assert claim.verdict is None or any(each.claim == claim.number for each in found.exhibits)
        self.check_requests(found)
        assert found.log[: len(before.log)] == before.log, "a line of the log was changed"
        for line in found.log[len(before.log) :]:
            self._line(before, found, line.act, line.by, dict(line.facts))

    def _ready(self, found: CaseFile, newest: int) -> None:
        draft = found.drafts[-1]
        assert (draft.version, bool(draft.form), bool(draft.speaker)) == (newest, True, True)
        verdicts = {claim.number: claim.verdict for claim in found.claims}
        assert all(verdicts[number] for number in answered(draft))

    def _line(self, before: CaseFile, found: CaseFile, act: Act, by: str, facts: dict[str, str]) -> None:
        if act is Act.ANSWERED:
            self.check_answer(found, by, int(facts["request"]))
            return
        role = self.role(by)
        authors = {draft.by for draft in before.drafts}
        if act is Act.APPROVED:
            assert role in MAY_APPROVE
            assert by not in authors
            assert before.case.state is CaseState.APPROVAL
        elif act is Act.ISSUED:
            assert role in MAY_ISSUE
            assert before.case.state is CaseState.APPROVAL
            assert before.case.approved == max(draft.version for draft in before.drafts)
            last = [each for each in before.decisions if each.approved][-1]
            assert last.version == before.case.approved
            assert last.by not in authors
        elif act is Act.MOVED:
            assert CaseState(facts["to"]) in MOVES[before.case.state]
            assert found.case.approved == 0
        if act not in {Act.JOINED, Act.ADDED, Act.OPENED, Act.SEEN}:
            assert role in AT_THE_DESK
            if role is Role.UNIT_OFFICER:
                assert self.people[int(by.partition(":")[2]) - 1].grants[0].unit == found.case.details.unit
