"""What every store promises of a case's clock while it waits for units."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from diembao.core.case import CaseQuery, Priority
from diembao.core.ports import Store
from tests.store.casework import by, desk, whole
from tests.store.contract_desk import LAN
from tests.store.contract_requests import FARMS, answer, ask, at, opened


class ClockContract:
    def test_the_clock_stands_while_the_case_waits_and_goes_on_with_what_was_left(self, two: Store) -> None:
        case = opened(two, Priority.HIGH)  # two working days: Wednesday 15:00, Tuesday is off
        assert case.due_at == at(25, 15)
        asked = ask(two, case, at=at(20, 16.5), waits=True)
        standing = whole(two, case).case
        assert (standing.paused_at, standing.late(at(30, 9))) == (at(20, 16.5), False)
        assert two.cases(CaseQuery(late_at=at(30, 9)))[0] == 0
        answer(two, asked, at(23, 16.5))  # eight hours of work later
        moved = whole(two, case).case
        assert (moved.due_at, moved.planned_at, moved.paused_at) == (at(26, 15), at(25, 15), None)
        assert two.cases(CaseQuery(late_at=at(26, 16)))[0] == 1

    def test_two_units_at_once_are_waited_for_once(self, two: Store) -> None:
        case = opened(two, Priority.HIGH)
        first = ask(two, case, at=at(20, 15), waits=True)
        second = ask(two, case, FARMS, at(20, 16), waits=True)
        answer(two, first, at(20, 17))
        assert whole(two, case).case.paused_at == at(20, 15)
        answer(two, second, at(23, 9))
        assert whole(two, case).case.due_at == at(26, 9)  # four hours later: 2.5 on Friday, 1.5 on Monday

    def test_a_deadline_by_the_clock_moves_by_the_clock(self, two: Store) -> None:
        case = opened(two, Priority.URGENT)
        answer(two, ask(two, case, at=at(20, 18), waits=True), at(21, 6))
        assert whole(two, case).case.due_at == at(21, 15) + timedelta(hours=12)

    def test_what_was_late_before_stays_late_while_it_waits(self, two: Store) -> None:
        case = opened(two, Priority.URGENT)
        ask(two, case, at=at(21, 16), waits=True)
        assert whole(two, case).case.late(at(21, 17))
        assert two.cases(CaseQuery(late_at=at(21, 17)))[0] == 1

    def test_a_request_that_nobody_waits_for_moves_nothing(self, two: Store) -> None:
        case = opened(two, Priority.HIGH)
        answer(two, ask(two, case), at(23, 9))
        assert whole(two, case).case.due_at == case.due_at

    def test_a_new_priority_keeps_the_time_that_was_waited(self, two: Store) -> None:
        case = opened(two, Priority.NORMAL)
        answer(two, ask(two, case, at=at(20, 16.5), waits=True), at(23, 16.5))
        seen = whole(two, case).case
        changed = desk(two).change(seen, replace(seen.details, priority=Priority.HIGH), by(LAN, days=4))
        assert (changed.due_at, changed.planned_at) == (at(26, 15), at(25, 15))
