"""The part of the desk's walk that is about units: asked, reminded, answered, withdrawn, by whoever comes along."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from datetime import datetime

from diembao.api import requesting
from diembao.api.rights import Act as Right
from diembao.api.rights import Visitor
from diembao.core.accounts import Role
from diembao.core.case import Case, CaseFile
from diembao.core.requests import RequestState
from diembao.pipeline.wiring import Installation
from diembao.response.acts import Actor
from diembao.response.asking import Answer, Asking
from diembao.response.clock import Clock
from diembao.response.requests import Requests

UNITS = ("so-y-te", "so-tai-chinh")
MAY_ISSUE = {Role.OFFICER, Role.APPROVER}


class AskingUnits:
    """What `Walk` does about requests, and what must hold of them."""

    house: Installation
    now: datetime
    chance: random.Random
    people: Sequence[Visitor]
    requests: Requests

    def _actor(self, who: Visitor, right: Right, case: Case) -> Actor:
        raise NotImplementedError

    def _file(self, number: str) -> CaseFile:
        raise NotImplementedError

    def about_a_unit(self) -> Callable[[Visitor, Case], None]:
        often = [self._ask] * 3 + [self._answer] * 3
        return self.chance.choice([*often, self._remind, self._withdraw, self._link])

    def _ask(self, who: Visitor, case: Case) -> None:
        by = self._actor(who, Right.ASK_UNIT, case)
        unit, waits = self.chance.choice([*UNITS, *UNITS, "so-vu-tru"]), self.chance.random() < 0.5
        self.requests.ask(case.number, Asking(unit, self.chance.choice(["Vì sao?", "Bao giờ?", ""]), waits=waits), by)

    def _remind(self, who: Visitor, case: Case) -> None:
        self.requests.remind(case.number, self._some(case), self._actor(who, Right.ASK_UNIT, case))

    def _withdraw(self, who: Visitor, case: Case) -> None:
        by = self._actor(who, Right.ASK_UNIT, case)
        self.requests.withdraw(case.number, self._some(case), self.chance.choice(["Hỏi nhầm", ""]), by)

    def _link(self, who: Visitor, case: Case) -> None:
        act = self.chance.choice([self.requests.renew_link, self.requests.revoke_link])
        act(case.number, self._some(case), self._actor(who, Right.ASK_UNIT, case))

    def _answer(self, who: Visitor, case: Case) -> None:
        number, text = self._some(case), self.chance.choice(["Đã rõ.", "Chưa rõ.", ""])
        if self.chance.random() < 0.3:
            link = (case.number, number, self.chance.randint(1, 2))
            self.requests.answer_by_link(link, Answer(text), self.now, "link")
            return
        by, through = requesting.answering(self.house, who, case.number, number, self.now)
        self.requests.answer(case.number, number, Answer(text), by, through)

    def _some(self, case: Case) -> int:
        """Of a request that waits, mostly."""
        waiting = [each.number for each in self._file(case.number).requests if each.waiting]
        return self.chance.choice(waiting) if waiting and self.chance.random() < 0.8 else self.chance.randint(1, 4)

    def check_requests(self, found: CaseFile) -> None:
        case = found.case
        for each in found.requests:
            assert each.waiting == (each.ended_at is None) == (each.ended_by == "")
            assert each.waiting or each.link < 0, "a link still opens what is over"
            assert bool(each.answer) == (each.state is RequestState.ANSWERED)
            assert bool(each.reason) == (each.state is RequestState.WITHDRAWN)
        waited_for = [each for each in found.requests if each.waiting and each.waits]
        assert (case.paused_at is not None) == bool(waited_for)
        assert not (case.state.ended and any(each.waiting for each in found.requests))
        assert case.due_at == Clock(self.house.profile).due(case, found.requests)
        assert case.due_at is not None
        assert case.planned_at is not None
        assert case.due_at >= case.planned_at

    def check_answer(self, found: CaseFile, by: str, request: int) -> None:
        """Somebody of that unit, whoever has its link, or an officer for it."""
        unit = next(each.unit for each in found.requests if each.number == request)
        if by != f"link:{unit}":
            grant = self.people[int(by.partition(":")[2]) - 1].grants[0]
            assert grant.role in MAY_ISSUE or grant.unit == unit
