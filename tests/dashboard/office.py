"""An office in which one person may do every act."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from streamlit.testing.v1 import AppTest

from diembao.api.door import Door
from diembao.core.accounts import Hand
from diembao.core.case import Case, CaseQuery, CaseState, Details
from diembao.pipeline.wiring import Installation
from diembao.plan.answers import answers
from diembao.response.cases import Actor, Desk
from diembao.response.statements import Statements, Wording
from tests.dashboard.seed import NOW

BY, WHERE = "person:1", "session:1"
HAND = Hand(BY, WHERE)


@dataclass
class Office:
    house: Installation
    door: Door
    ids: dict[str, str]
    out: Path
    answered: Case = field(init=False)

    @property
    def desk(self) -> Desk:
        return Desk(self.house.store, self.house.profile)

    def by(self) -> Actor:
        return Actor(BY, NOW, WHERE)

    def case(self, *states: CaseState) -> str:
        case = self.desk.open(Details("Vụ", "so-y-te"), [], self.by())
        self.desk.note(case.number, "Đã gọi xã.", self.by())
        for state in states:
            case = self.desk.move(case, state, self.by())
        return case.number

    def answer(self) -> None:
        """The newest case's statement, handed in and approved."""
        statements = Statements(self.house.store, answers())
        _, (case,) = self.house.store.cases(CaseQuery((CaseState.DRAFTING,)))
        statements.save(
            case.number, Wording("Sở trả lời.", "portal", "Giám đốc", title="Thông tin"), self.by(), based_on=1
        )
        case = self.desk.move(case, CaseState.APPROVAL, self.by())
        second = Actor("person:2", NOW, "session:2")
        self.answered = statements.approve(case, 2, second)

    def press(self, test: AppTest, label: str) -> None:
        next(each for each in test.button if each.label == label).click().run()
        assert not test.exception, label
