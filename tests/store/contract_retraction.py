"""What every store promises of a statement that is taken back: nothing rests on it any more."""

from __future__ import annotations

from dataclasses import replace

import pytest

from diembao.core.case import Case, CaseFile, CaseState
from diembao.core.errors import Outdated, WrongUse
from diembao.core.memory import MatchQuery
from diembao.core.ports import Store
from diembao.core.questions import Asker, How, QuestionQuery
from diembao.core.statement import Retraction, standing
from diembao.core.statement_list import Stage, StatementQuery
from diembao.plan.reader import profile
from diembao.reports.answering import answers
from diembao.response import memory, register_json
from diembao.response.case_json import public
from diembao.response.effect import effect_of
from diembao.response.memory_json import with_claims
from diembao.response.questions import Asked, Questions
from tests.store.casework import by, desk
from tests.store.contract_desk import HOA, LAN, LEAVING, MINH, PAPERS, READY, statements
from tests.store.contract_memory import CASE, match, put
from tests.store.making import NOW, id_of, later


def issue_again(store: Store) -> None:
    room, number = statements(store), len(whole_of(store).issues) + 1
    case = desk(store).move(seen_of(store), CaseState.DRAFTING, by(LAN, hours=number), reason="đính chính")
    assert room.save(CASE, READY, by(HOA, hours=number), based_on=number - 1) == number
    case = desk(store).move(case, CaseState.APPROVAL, by(LAN, hours=number))
    room.issue(room.approve(case, number, by(MINH, hours=number)), LEAVING, PAPERS, by(MINH, hours=number))


def whole_of(store: Store) -> CaseFile:
    found = store.case_file(CASE)
    assert found
    return found


def seen_of(store: Store) -> Case:
    return whole_of(store).case


class RetractionContract:
    def test_what_was_retracted_answers_nothing_and_an_older_answer_only_where_it_is_named(
        self, answered: Store
    ) -> None:
        put(answered, "b", match("b"))
        room, before = statements(answered), answered.memory_position()
        first = seen_of(answered)
        with pytest.raises(WrongUse, match="a second person"):
            room.retract(first, 1, "Sai số liệu", by(LAN, hours=4))
        for issue, successor, why in ((2, 0, "no issue 2"), (1, 1, "Another issue"), (1, 7, "no issue 7")):
            with pytest.raises(WrongUse, match=why):
                room.retract(first, issue, "Sai số liệu", by(MINH, hours=4), successor=successor)
        with pytest.raises(WrongUse, match="why it is taken back"):
            room.retract(first, 1, " ", by(MINH, hours=4))
        done = room.retract(first, 1, "Sai số liệu", by(MINH, hours=4))
        assert (done.state, done.version) == (CaseState.ISSUED, first.version + 1)
        with pytest.raises(Outdated):
            room.retract(first, 1, "Sai số liệu", by(MINH, hours=4))
        with pytest.raises(WrongUse, match="already"):
            room.retract(done, 1, "Sai số liệu", by(MINH, hours=4))
        assert memory.answered_claims(answered) == ()
        assert with_claims(answered, answered.matches(MatchQuery())) == []
        assert answered.memory_position() != before
        assert answered.answered_since(NOW) == []
        whole = answered.case_file(CASE)
        assert whole
        assert whole.issues[0].retracted == Retraction(MINH, later(hours=4), "Sai số liệu")
        assert room.document(CASE, 1, ".docx") == PAPERS[".docx"]  # nothing is deleted
        (row, *_) = answered.audit()
        assert (row.actor, row.act, row.subject) == (MINH, "case.retracted", f"case:{CASE}")
        (line,) = answered.statement_lines(StatementQuery())[1]
        assert (line.stage, line.reason) == (Stage.RETRACTED, "Sai số liệu")

    def test_a_correction_holds_in_place_of_what_was_retracted_and_falls_with_its_own_retraction(
        self, answered: Store
    ) -> None:
        room = statements(answered)
        issue_again(answered)
        room.retract(seen_of(answered), 1, "Sai", by(MINH, hours=4), successor=2)
        whole = answered.case_file(CASE)
        assert whole
        assert standing(whole.issues) == whole.issues[1]
        told = public(whole, later(hours=5))["statements"]
        assert [each["retracted"] and each["retracted"]["successor"] for each in told] == [2, None]
        assert [claim.issue for claim in memory.answered_claims(answered)] == [2]
        room.retract(seen_of(answered), 2, "Cũng sai", by(MINH, hours=5))
        assert memory.answered_claims(answered) == ()
        stages = answered.statement_counts(StatementQuery())
        assert stages == {Stage.RETRACTED: 2}

    @pytest.mark.parametrize(
        ("issues", "retracted", "stands", "first"),
        [
            (2, [(2, 0)], 0, 0),  # a correction that was itself taken back brings nothing back
            (2, [(1, 0)], 2, 2),
            (3, [(3, 2), (2, 1)], 1, 1),
            (3, [(3, 1)], 1, 1),
            (3, [(3, 1), (1, 2)], 2, 2),
        ],
    )
    def test_every_part_says_the_same_of_which_issue_stands(
        self, answered: Store, issues: int, retracted: list[tuple[int, int]], stands: int, first: int
    ) -> None:
        for _ in range(issues - 1):
            issue_again(answered)
        for issue, successor in retracted:
            why = by(MINH, hours=9 + issue)
            statements(answered).retract(seen_of(answered), issue, "Sai số liệu", why, successor=successor)
        whole, back = whole_of(answered), {issue for issue, _ in retracted}
        holds = standing(whole.issues)
        assert (holds.number if holds else 0) == stands
        assert [claim.issue for claim in memory.answered_claims(answered)] == [stands] * bool(stands)
        told = public(whole, later(hours=20))["statements"]
        assert {each["retracted"]["successor"] or 0 for each in told if each["retracted"]} == {stands}
        lines = {each.issue: each.stage for each in answered.statement_lines(StatementQuery())[1]}
        said = {n: Stage.RETRACTED if n in back else Stage.REPLACED for n in range(1, issues + 1)}
        assert lines == said | ({stands: Stage.ISSUED} if stands else {})
        of_the_first = answered.statement_lines(StatementQuery(first=True))[1]
        assert [each.issue for each in of_the_first] == [first] * bool(first)
        effect = effect_of(answered, whole, "gia-lai", "Asia/Ho_Chi_Minh", later(hours=99))
        assert (effect.issue if effect else 0) == first
        since = [number for _, number in answered.answered_since(NOW)]
        assert since == [n for n in range(1, issues + 1) if n not in back] * bool(stands)
        ((answer,),) = answers(answered, [id_of("a")]).values()
        assert answer.issued_at == (whole.issues[first - 1].at if first else None)
        asking = Questions(answered, profile("gia-lai"))
        question = asking.receive(Asked("Tàu nào?", Asker("Báo"), How.MAIL, NOW), by(LAN, hours=20))
        if stands:
            assert asking.point_to(question, CASE, by(LAN, hours=20)).statement == f"{CASE}/{stands}"
        else:
            with pytest.raises(WrongUse, match="Nothing that was issued there stands"):
                asking.point_to(question, CASE, by(LAN, hours=20))

    def test_a_question_waits_again_when_what_answered_it_is_retracted(self, answered: Store) -> None:
        asking, due = Questions(answered, profile("gia-lai")), later(hours=5)
        asked = Asked("Tàu nào?", Asker("Báo"), How.MAIL, NOW, due_at=due)
        given, taken, other = (asking.receive(replace(asked, unit=unit), by(LAN)) for unit in ("", "so-y-te", ""))
        given, taken = (asking.point_to(each, CASE, by(LAN, hours=2)) for each in (given, taken))
        taken = asking.publish(taken, "Báo số 7", (), by(LAN, hours=3))
        other = asking.refuse(other, "Trùng", by(LAN, hours=3))
        assert answered.questions(QuestionQuery(late_at=later(hours=9)))[0] == 0
        statements(answered).retract(seen_of(answered), 1, "Sai số liệu", by(MINH, hours=6))
        total, late = answered.questions(QuestionQuery(late_at=later(hours=9)))
        assert (total, {each.number for each in late}) == (2, {given.number, taken.number})
        states = [answered.question(each.number) for each in (given, taken, other)]
        assert [each and each.state for each in states] == ["received", "assigned", "refused"]
        told = register_json.public(states[1] or taken, later(hours=9))
        assert (told["late"], told["answered_at"], told["statement"]) == (True, None, f"{CASE}/1")
        assert told["published"] == "Báo số 7"
        assert "đã thu hồi: Sai số liệu" in told["reason"]
        acts = [(step.act, step.by) for step in answered.steps(f"question:{given.number}")]
        assert acts == [("question.received", LAN), ("question.answered", LAN), ("question.reopened", MINH)]
        with pytest.raises(Outdated):
            asking.publish(given, "Báo", (), by(LAN, hours=7))
        issue_again(answered)
        again = asking.point_to(states[0] or given, CASE, by(LAN, hours=8))
        assert (again.state, again.statement, again.reason) == ("answered", f"{CASE}/2", "")
