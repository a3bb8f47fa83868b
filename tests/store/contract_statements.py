"""What every store promises of statements listed together: one line for what is written of a case, one for each issue,
each in its stage.
"""

from __future__ import annotations

from dataclasses import replace

from diembao.core.case import Case, CaseState
from diembao.core.desk import CaseSight
from diembao.core.ports import Store
from diembao.core.statement_list import UNISSUED, Stage, StatementQuery
from tests.store.casework import WASTE, by, desk, drafting, whole
from tests.store.contract_desk import HOA, LAN, LEAVING, MINH, PAPERS, READY, handed_in, statements
from tests.store.contract_provinces import THERE
from tests.store.making import OUTLET, id_of, later

EVERY = StatementQuery()


def stages(store: Store, asked: StatementQuery = EVERY) -> list[tuple[int, int, Stage]]:
    total, found = store.statement_lines(asked)
    assert total == len(found) == sum(store.statement_counts(asked).values())
    return [(each.version, each.issue, each.stage) for each in found]


def issue(store: Store, case: Case, version: int, hours: float) -> Case:
    case = statements(store).approve(case, version, by(MINH, hours=hours))
    statements(store).issue(case, LEAVING, PAPERS, by(MINH, hours=hours))
    return whole(store, case).case


class StatementListContract:
    def test_a_statement_is_listed_in_every_stage_of_its_way(self, two: Store) -> None:
        case = handed_in(two)
        two.adopt("gia-lai")
        assert stages(two) == [(1, 0, Stage.WAITING)]
        case = desk(two).move(case, CaseState.DRAFTING, by(MINH), reason="Thiếu số liệu")
        (line,) = two.statement_lines(EVERY)[1]
        assert (line.stage, line.reason, line.by) == (Stage.RETURNED, "Thiếu số liệu", LAN)
        assert (line.title, line.text) == (READY.title, f"{READY.text}\n{READY.others['en']}")
        statements(two).save(case.number, READY, by(HOA, hours=1), based_on=1)
        assert stages(two) == [(2, 0, Stage.DRAFT)]
        case = desk(two).move(whole(two, case).case, CaseState.APPROVAL, by(LAN))
        assert stages(two, StatementQuery(reader=MINH)) == [(2, 0, Stage.WAITING)]
        assert stages(two, StatementQuery(reader=LAN)) == []  # who wrote any version is no second person
        approved = statements(two).approve(case, 2, by(MINH))
        assert stages(two) == [(2, 0, Stage.APPROVED)]
        statements(two).issue(approved, LEAVING, PAPERS, by(MINH, hours=2))
        assert stages(two) == [(2, 1, Stage.ISSUED)]
        assert two.statement_lines(EVERY)[1][0].channel == LEAVING.channel
        case = desk(two).move(whole(two, case).case, CaseState.DRAFTING, by(LAN), reason="Bổ sung")
        assert stages(two) == [(2, 1, Stage.ISSUED)]  # nothing is written of the further one yet
        statements(two).save(case.number, READY, by(HOA, hours=3), based_on=2)
        assert stages(two) == [(3, 0, Stage.DRAFT), (2, 1, Stage.ISSUED)]
        case = desk(two).move(whole(two, case).case, CaseState.APPROVAL, by(LAN))
        issue(two, case, 3, 4)
        assert stages(two) == [(3, 2, Stage.ISSUED), (2, 1, Stage.REPLACED)]
        assert stages(two, StatementQuery(first=True)) == [(2, 1, Stage.REPLACED)]

    def test_what_is_not_issued_stands_first_and_the_list_is_narrowed_by_who_unit_version_and_sight(
        self, two: Store
    ) -> None:
        first = issue(two, handed_in(two), 1, 1)
        other = drafting(two, desk(two).open(replace(WASTE, unit="so-y-te"), [id_of("b")], by(MINH, hours=2)))
        statements(two).save(other.number, replace(READY, title="Khác"), by(MINH, hours=3), based_on=0)
        two.adopt("gia-lai")
        found = two.statement_lines(EVERY)[1]
        assert [each.case for each in found] == [other.number, first.number]
        assert [two.statement_lines(EVERY, offset=n, limit=1)[1] for n in (0, 1)] == [[each] for each in found]
        for asked, cases in (
            (StatementQuery(stages=UNISSUED), [other.number]),
            (StatementQuery(writer=LAN), [first.number]),
            (StatementQuery(units=("so-y-te",)), [other.number]),
            (StatementQuery(among=((first.number, 1), (other.number, 9))), [first.number]),
            (StatementQuery(among=()), []),
            (StatementQuery(since=later(hours=2)), [other.number]),
            (StatementQuery(until=later(hours=2)), [first.number]),
            (StatementQuery(sight=CaseSight(("so-y-te",))), [other.number]),
            (StatementQuery(sight=CaseSight((), (OUTLET,))), [other.number, first.number]),
        ):
            assert [each.case for each in two.statement_lines(asked)[1]] == cases, asked
        assert two.seen_by(THERE).statement_lines(EVERY) == (0, [])
        assert two.seen_by(THERE).statement_counts(EVERY) == {}

    def test_a_draft_whose_case_ended_without_it_is_told_as_dropped(self, two: Store) -> None:
        desk(two).move(handed_in(two), CaseState.NO_ANSWER, by(LAN), reason="Tin cũ")
        assert stages(two) == [(1, 0, Stage.DROPPED)]
