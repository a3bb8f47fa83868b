"""A desk on which people of every role do whatever comes to hand, in two provinces; after each act all of its rules
hold of the case that was touched, and at the end of every case there is (`walking_rules`).

What somebody may do is asked of the table of rights, as screens, commands and the API ask it; what cannot be is refused
by the rooms. Neither knows of the rules' own reading.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import cached_property
from typing import Final

from diembao.api import casework
from diembao.api.rights import Act as Right
from diembao.api.rights import NotAllowed, Visitor
from diembao.core.accounts import Role
from diembao.core.case import Act, Case, CaseFile, CaseState, Details
from diembao.core.errors import WrongUse
from diembao.core.statement import Issue
from diembao.paper import docx
from diembao.pipeline.wiring import Installation
from diembao.plan.answers import answers
from diembao.response import issuing
from diembao.response.acts import Actor
from diembao.response.cases import Desk
from diembao.response.claims import Claims
from diembao.response.clock import Clock
from diembao.response.requests import Requests
from diembao.response.statements import Leaving, Statements
from tests.response.walking_acts import DeskActs
from tests.response.walking_api import Api
from tests.response.walking_people import ARTICLES, PROVINCES, UNITS, settle
from tests.response.walking_retracting import LEFT, TakingBack
from tests.response.walking_rules import AT_THE_DESK, MAY_APPROVE, MAY_ISSUE, Rules, check_documents, is_whole, words_of
from tests.response.walking_units import AskingUnits
from tests.store.making import id_of

# Cases that are worked on at the same time.
LIVE: Final = 5
_DOCX: Final = 0.05  # of the documents that leave: writing one takes as long as ten acts

Deed = Callable[[Visitor, Case], None]


def reads_only(who: Visitor) -> bool:
    """Some only read and approve: where everybody writes, nobody may."""
    return int(who.actor.partition(":")[2]) % 3 == 0


class Room:
    """The desk of one province."""

    def __init__(self, house: Installation, now: Callable[[], datetime]) -> None:
        self.house = house
        self.desk, self.claims = Desk(house.store, house.profile), Claims(house.store)
        self.statements, self.requests = Statements(house.store, answers()), Requests(house.store, house.profile)
        self.clock, self._now = Clock(house.profile), now

    @cached_property
    def api(self) -> Api:
        return Api(self.house, self._now)


@dataclass
class Walk(TakingBack, DeskActs, AskingUnits, Rules):
    """``house`` watches both `PROVINCES`, and has nothing in it."""

    house: Installation
    now: datetime
    chance: random.Random
    cases: list[str] = field(default_factory=list)
    seen: dict[str, Case] = field(default_factory=dict)  # as somebody looked at it, perhaps long ago
    files: dict[str, CaseFile] = field(default_factory=dict)  # every case as it was after the last act
    of: dict[str, str] = field(default_factory=dict)  # the province of a case
    written: dict[tuple[str, int], str] = field(default_factory=dict)
    holds: dict[str, int] = field(default_factory=dict)
    told: Counter[str] = field(default_factory=Counter)
    reached: Counter[str] = field(default_factory=Counter)  # how often a case came into each state
    asking: float = 0.0  # the share of steps that are about requests to units

    def __post_init__(self) -> None:
        self.people: Sequence[Visitor] = settle(self.house)
        self.rooms = {each: Room(self.house.of(each), lambda: self.now) for each in PROVINCES}
        self._astray = False

    def room(self, number: str) -> Room:
        """Where the case is; at times the other province's, in which there is no such case."""
        province = self.of[number]
        return self.rooms[next(each for each in PROVINCES if each != province) if self._astray else province]

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
        before = self.files[number]
        case = self._looked_at(before)
        if case.state.ended and self.chance.random() < 0.6:
            self.cases.remove(number)
            return
        who, act = self._who_does_what(before)
        self._astray = self.chance.random() < 0.03
        rows = self.house.store.check_audit().rows if self.chance.random() < 0.005 else None
        try:
            act(who, case)
            self.told[f"{act.__name__.strip('_')}"] += 1
            assert not self._astray, "an act reached a case of another province"
        except (WrongUse, NotAllowed) as error:
            self.told["astray" if self._astray else type(error).__name__] += 1
            assert self._read(number) == before, "what was refused changed something"
            if rows is not None:
                assert self.house.store.check_audit().rows == rows
            return
        finally:
            self._astray = False
        self._after(before)

    def _who_does_what(self, before: CaseFile) -> tuple[Visitor, Deed]:
        if self.chance.random() < self.asking:
            return self._one(lambda each: bool(self._roles(each, before) & AT_THE_DESK)), self.about_a_unit()
        if self.chance.random() < 0.5:
            return self._next(before)
        who = self.chance.choice(self.people)
        return who, self.chance.choice([each for each in self.acts() if not (reads_only(who) and each == self._draft)])

    def _next(self, found: CaseFile) -> tuple[Visitor, Deed]:
        """Who knows what comes next here, and that."""
        writes = self._one(lambda who: bool(self._roles(who, found) & MAY_ISSUE) and not reads_only(who))
        second = self._one(lambda who: bool(self._roles(who, found) & MAY_APPROVE) and reads_only(who))
        if any(each.retracted is None for each in found.issues) and self.chance.random() < 0.4:
            wrote = {each.by for each in found.drafts if self.chance.random() < 0.5}  # who must not tries too
            return self._one(lambda who: who.actor in wrote if wrote else who.actor == second.actor), self._retract
        if found.case.state is CaseState.APPROVAL:
            return (writes, self._give_out) if found.case.approved else (second, self._approve)
        return writes, self._writes_on(found)

    def _writes_on(self, found: CaseFile) -> Deed:
        if found.case.state is CaseState.VERIFYING and not found.notes:
            return self._note
        if found.case.state is CaseState.DRAFTING and self.chance.random() < 0.4:
            return self.chance.choice([self._quote, self._attach, self._attach, self._mark, self._mark])
        if found.case.state is CaseState.DRAFTING and not (found.draft and is_whole(found.draft)):
            return self._write
        if found.case.state in LEFT and self.chance.random() < 0.3:
            return self._correct
        return self._onwards

    def _roles(self, who: Visitor, found: CaseFile) -> set[Role]:
        return self.roles(who.actor, self.of[found.case.number])

    def _one(self, fits: Callable[[Visitor], bool]) -> Visitor:
        return self.chance.choice([who for who in self.people if fits(who)])

    def _looked_at(self, found: CaseFile) -> Case:
        """As it is now, mostly; as it was a while ago, at times."""
        number = found.case.number
        if number not in self.seen or self.chance.random() < 0.85:
            self.seen[number] = found.case
        return self.seen[number]

    def _read(self, number: str) -> CaseFile:
        found = self.house.store.case_file(number)
        assert found is not None
        return found

    def _actor(self, who: Visitor, right: Right, case: Case) -> Actor:
        return casework.acting(self.room(case.number).house, who, right, case.number, self.now)

    def _open(self, who: Visitor) -> None:
        province = self.chance.choice(PROVINCES)
        if not self.roles(who.actor, province) & MAY_ISSUE:
            return
        helping = tuple(unit for unit in UNITS if self.chance.random() < 0.3)
        details = Details("Vụ", self.chance.choice(UNITS), helping=helping)
        articles = [id_of(slug) for slug in self.chance.sample(ARTICLES, self.chance.randint(1, 2))]
        by = Actor(who.actor, self.now, who.where)
        case = self.rooms[province].desk.open(details, articles, by, another=True)
        self.cases.append(case.number)
        self.of[case.number] = province
        nothing = replace(self._read(case.number), coverage=(), log=())
        self._after(nothing)

    # -- what leaves
    def _give_out(self, who: Visitor, case: Case) -> None:
        self._leave(who, case, Leaving("written", "Báo Gia Lai"))

    def _issue(self, who: Visitor, case: Case) -> None:
        to = self.chance.choice(["Báo Gia Lai", ""])
        self._leave(who, case, Leaving(self.chance.choice(["written", "fax"]), to))

    def _leave(self, who: Visitor, case: Case, leaving: Leaving) -> None:
        by, room, last = self._actor(who, Right.ISSUE_ANSWER, case), self.room(case.number), self.files[case.number]
        made: dict[str, bytes] = {}
        if last.draft is not None:
            made = {
                ".txt": issuing.plain(last.case, last.draft).encode(),
                ".html": issuing.portal(last.case, last.draft).encode(),
            }
        if last.draft is not None and last.draft.form and self.chance.random() < _DOCX:
            profile = room.house.profile
            letter = issuing.letter_of(profile, answers(), last.case, last.draft, leaving, now=self.now)
            made[".docx"] = docx.write(letter)
        room.statements.issue(case, leaving, made, by)

    # -- what must hold
    def _after(self, before: CaseFile) -> None:
        number = before.case.number
        found = self._read(number)
        if found.case.state is not before.case.state:
            self.reached[found.case.state.value] += 1
        if before.case.state.ended and not found.case.state.ended and found.case.holder != before.case.holder:
            self.told["reopened by another"] += 1
        self.check(before, found, self.of[number], self.rooms[self.of[number]].clock)
        self.check_issues(before, found)
        if len(found.issues) > len(before.issues):
            self._left(found)
        self.files[number] = found

    def _left(self, found: CaseFile) -> None:
        issue = found.issues[-1]
        its = {words for draft in found.drafts if draft.version == issue.version for words in words_of(draft)}
        others = {words for draft in found.drafts for words in words_of(draft)} - its
        check_documents(found, self._documents(found, issue), others)

    def _documents(self, found: CaseFile, issue: Issue) -> dict[str, bytes | None]:
        number = found.case.number
        statements = self.rooms[self.of[number]].statements
        return {ending: statements.document(number, issue.number, ending) for ending in issue.documents}

    def check_all(self) -> None:
        """Every case there is, as it stands now: nothing was done to it but what was seen, and it is of its province
        alone.
        """
        for number, kept in self.files.items():
            assert self._read(number) == kept
            here, elsewhere = (self.rooms[each].house.store for each in self._both(number))
            assert here.case_file(number) == kept
            assert elsewhere.case_file(number) is None
            assert kept.log[0].act is Act.OPENED
            for draft in kept.drafts:
                assert (number, draft.version) in self.written
            for issue in kept.issues:
                documents = self._documents(kept, issue)
                assert all(documents.values()), "what left is kept as it left, whatever became of it"
        audit = self.house.store.check_audit()
        assert audit.broken is None
        assert audit.rows >= sum(len(kept.log) for kept in self.files.values())

    def _both(self, number: str) -> tuple[str, str]:
        return self.of[number], next(each for each in PROVINCES if each != self.of[number])
