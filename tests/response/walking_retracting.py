"""The part of the desk's walk that is about statements that left: taken back by a second person, corrected by another
issue, and which one holds then.
"""

from __future__ import annotations

import random
from dataclasses import replace
from typing import TYPE_CHECKING

from diembao.api.rights import Act as Right
from diembao.api.rights import Visitor
from diembao.core.case import Act, Case, CaseFile, CaseState
from diembao.core.statement import standing
from diembao.core.statement_list import Stage, StatementQuery
from diembao.response.acts import Actor

if TYPE_CHECKING:
    from diembao.pipeline.wiring import Installation
    from tests.response.walking import Room

LEFT = frozenset({CaseState.ISSUED, CaseState.FOLLOWED})


class TakingBack:
    """What `Walk` does about issues. ``holds`` is what it reckons by itself to stand of each case: 0 is nothing."""

    house: Installation
    chance: random.Random
    files: dict[str, CaseFile]
    holds: dict[str, int]

    def room(self, number: str) -> Room:
        raise NotImplementedError

    def _actor(self, who: Visitor, right: Right, case: Case) -> Actor:
        raise NotImplementedError

    def _by_api_of(self, who: Visitor, number: str, path: str, body: object) -> None:
        self.room(number).api(who, "POST", f"{number}/{path}", body)

    def _retract(self, who: Visitor, case: Case) -> None:
        """An issue that stands, mostly; with another one in its place, often."""
        issues = self.files[case.number].issues
        free = [each.number for each in issues if each.retracted is None] or [1]
        number = self.chance.choice([*free, *free, *free, self.chance.randint(1, 3)])
        others = [each for each in free if each != number] or [0]
        successor = self.chance.choice([0, *others, *others, self.chance.randint(1, 3)])
        why = self.chance.choice(["Số liệu sai", "Số liệu sai", "Số liệu sai", " "])
        if self.chance.random() < 0.2:
            said = {"version": case.version, "why": why, "successor": successor or None}
            self._by_api_of(who, case.number, f"issues/{number}/retraction", said)
            return
        by = self._actor(who, Right.APPROVE_ANSWER, case)
        self.room(case.number).statements.retract(case, number, why, by, successor=successor)

    def _correct(self, who: Visitor, case: Case) -> None:
        """What left is wrong: another answer is written."""
        by = self._actor(who, Right.WORK_CASE, case)
        self.room(case.number).desk.move(case, CaseState.DRAFTING, by, reason="Đính chính")

    # -- what must hold
    def check_issues(self, before: CaseFile, found: CaseFile) -> None:
        """What left is as it left; at most one was taken back, and stays so; which one stands is told everywhere."""
        old, new = (_as_they_left(each)[: len(before.issues)] for each in (before, found))
        assert old == new, "what was issued was changed"
        gone = [number for number, each in enumerate(before.issues) if found.issues[number].retracted != each.retracted]
        told = [line for line in found.log[len(before.log) :] if line.act is Act.RETRACTED]
        assert len(gone) == len(told) <= 1
        assert all(each.retracted is None for each in found.issues[len(before.issues) :])
        if len(found.issues) > len(before.issues):
            self.holds[found.case.number] = found.issues[-1].number
        for place in gone:
            self._taken_back(before, found, place)
        if gone or len(found.issues) > len(before.issues):
            self.check_standing(found)

    def _taken_back(self, before: CaseFile, found: CaseFile, place: int) -> None:
        number, said, line = found.case.number, found.issues[place].retracted, found.log[-1]
        assert before.issues[place].retracted is None, "a retraction was changed"
        assert said is not None
        assert said.why.strip()
        assert (said.by, said.at, said.why) == (line.by, line.at, line.facts["reason"])
        assert line.facts["issue"] == str(found.issues[place].number)
        assert line.facts.get("successor", "") == str(said.successor or "")
        instead = {each.number for each in before.issues if each.retracted is None} - {found.issues[place].number}
        assert said.successor is None or said.successor in instead
        kept = replace(before.case, version=before.case.version + 1, changed_at=line.at)
        assert found.case == kept, "it did more to the case than to be told"
        assert (found.drafts, found.claims, found.requests) == (before.drafts, before.claims, before.requests)
        if self.holds.get(number, 0) == found.issues[place].number:
            self.holds[number] = said.successor or 0

    def check_standing(self, found: CaseFile) -> None:
        """By the rule, by the list of all statements, and by that of those an effect is measured of."""
        number, holds = found.case.number, self.holds.get(found.case.number, 0)
        stands = standing(found.issues)
        assert (stands.number if stands else 0) == holds
        among = tuple((number, each.version) for each in found.issues)
        lines = self.house.store.statement_lines(StatementQuery(among=among))[1]
        stages = {each.issue: each.stage for each in lines if each.issue}
        assert stages == {each.number: _stage(holds, each.number, found) for each in found.issues}
        first = self.house.store.statement_lines(StatementQuery(among=among, first=True))[1]
        free = [each.number for each in found.issues if each.retracted is None]
        assert [each.issue for each in first if each.issue] == (free[:1] if holds else [])


def _as_they_left(found: CaseFile) -> list[object]:
    return [replace(each, retracted=None) for each in found.issues]


def _stage(holds: int, number: int, found: CaseFile) -> Stage:
    its = next(each for each in found.issues if each.number == number)
    if its.retracted is not None:
        return Stage.RETRACTED
    return Stage.ISSUED if number == holds else Stage.REPLACED
