"""The part of the desk's walk that is about units: asked, reminded, answered, withdrawn, by whoever comes along."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from diembao.api import requesting
from diembao.api.rights import Act as Right
from diembao.api.rights import Visitor
from diembao.core.case import Case, CaseFile
from diembao.response.acts import Actor
from diembao.response.asking import Answer, Asking
from tests.response.walking_people import UNITS

if TYPE_CHECKING:
    from tests.response.walking import Room


class AskingUnits:
    """What `Walk` does about requests."""

    now: datetime
    chance: random.Random
    files: dict[str, CaseFile]

    def room(self, number: str) -> Room:
        raise NotImplementedError

    def _actor(self, who: Visitor, right: Right, case: Case) -> Actor:
        raise NotImplementedError

    def about_a_unit(self) -> Callable[[Visitor, Case], None]:
        often = [self._ask] * 3 + [self._answer] * 3
        return self.chance.choice([*often, self._remind, self._withdraw, self._link])

    def _ask(self, who: Visitor, case: Case) -> None:
        by = self._actor(who, Right.ASK_UNIT, case)
        unit, waits = self.chance.choice([*UNITS, *UNITS, "so-vu-tru"]), self.chance.random() < 0.5
        asking = Asking(unit, self.chance.choice(["Vì sao?", "Bao giờ?", ""]), waits=waits)
        self.room(case.number).requests.ask(case.number, asking, by)

    def _remind(self, who: Visitor, case: Case) -> None:
        self.room(case.number).requests.remind(case.number, self._some(case), self._actor(who, Right.ASK_UNIT, case))

    def _withdraw(self, who: Visitor, case: Case) -> None:
        by = self._actor(who, Right.ASK_UNIT, case)
        why = self.chance.choice(["Hỏi nhầm", ""])
        self.room(case.number).requests.withdraw(case.number, self._some(case), why, by)

    def _link(self, who: Visitor, case: Case) -> None:
        requests = self.room(case.number).requests
        act = self.chance.choice([requests.renew_link, requests.revoke_link])
        act(case.number, self._some(case), self._actor(who, Right.ASK_UNIT, case))

    def _answer(self, who: Visitor, case: Case) -> None:
        number, text = self._some(case), self.chance.choice(["Đã rõ.", "Chưa rõ.", ""])
        if self.chance.random() < 0.3:
            link = (case.number, number, self.chance.randint(1, 2))
            self.room(case.number).requests.answer_by_link(link, Answer(text), self.now, "link")
            return
        by, through = requesting.answering(self.room(case.number).house, who, case.number, number, self.now)
        self.room(case.number).requests.answer(case.number, number, Answer(text), by, through)

    def _some(self, case: Case) -> int:
        """Of a request that waits, mostly."""
        waiting = [each.number for each in self.files[case.number].requests if each.waiting]
        return self.chance.choice(waiting) if waiting and self.chance.random() < 0.8 else self.chance.randint(1, 4)
