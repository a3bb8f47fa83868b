"""What every store promises of answered claims, of the coverage that repeats them, and of what people say of it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from diembao.core.article import Kind
from diembao.core.case import Case, CaseFile, CaseState
from diembao.core.errors import Outdated, WrongUse
from diembao.core.memory import Difference, Differs, Judged, Match, MatchQuery, MatchVerdict, Repeat
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
from tests.store.contract_cases import by, desk, in_story
from tests.store.contract_desk import HOA, LAN, LEAVING, MINH, PAPERS, READY, handed_in, statements
from tests.store.contract_provinces import HERE, THERE
from tests.store.making import NOW, article, id_of, judge, keep, label, later

CASE = "VV-2026-0001"
REPEAT = Repeat(0.9, "Tàu b cập cảng", ("Quy Nhơn",), (Difference(Differs.NUMBER, "2.000", "3.000"),))
REFUSED, ACCEPTED = MatchVerdict.REFUSED, MatchVerdict.ACCEPTED


def issued(store: Store) -> None:
    """A case whose statement, with one claim, was issued; beside it the articles b and c about the province."""
    case = statements(store).approve(handed_in(store), 1, by(MINH))
    statements(store).issue(case, LEAVING, PAPERS, by(MINH, hours=1))
    keep(store, article("c"))
    for slug in "bc":
        judge(store, slug, label(slug, Kind.RELEVANCE, "yes", about="gia-lai"))


def match(slug: str, *, hours: float = 2, repeat: Repeat = REPEAT) -> Match:
    return Match(CASE, 1, id_of(slug), 1, repeat, later(hours=hours), "repeats-1")


def put(store: Store, slug: str, *found: Match) -> None:
    with store.writing() as write:
        write.put_matches(id_of(slug), found)


def said(slug: str, verdict: MatchVerdict, who: str = LAN) -> Judged:
    return Judged(CASE, 1, id_of(slug), verdict, who, later(hours=3), "không phải tàu này")


def found(store: Store, *, refused: bool = False, **asked: object) -> list[str]:
    query = replace(MatchQuery(refused=refused), **asked)  # type: ignore[arg-type]  # fields by their names
    return [each.article_id for each in store.matches(query)]


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


class MemoryContract:
    @pytest.fixture
    def answered(self, two: Store) -> Store:
        issued(two)
        two.adopt("gia-lai")
        return two

    def test_an_issued_statement_comes_with_the_claims_it_answers(self, answered: Store) -> None:
        (claim,) = memory.answered_claims(answered)
        assert (claim.case, claim.claim, claim.issue, claim.issued_at) == (CASE, 1, 1, later(hours=1))
        assert claim.answer == "Cảng đón tàu đúng hẹn.\nThe ship came on time."
        assert (claim.article_id, claim.said_at) == (id_of("a"), article("a").when)

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

    def test_what_is_only_drafted_answers_nothing(self, two: Store) -> None:
        handed_in(two)
        assert memory.answered_claims(two) == ()

    def test_a_further_statement_answers_in_place_of_the_one_before(self, answered: Store) -> None:
        whole = answered.case_file(CASE)
        assert whole is not None
        again = desk(answered).move(whole.case, CaseState.DRAFTING, by(LAN), reason="Đính chính giờ")
        statements(answered).save(CASE, replace(READY, text="Tàu cập cảng lúc 9 giờ. [#1]"), by(LAN), based_on=1)
        waiting = desk(answered).move(again, CaseState.APPROVAL, by(LAN))
        assert memory.answered_claims(answered)[0].issue == 1
        approved = statements(answered).approve(waiting, 2, by(MINH))
        statements(answered).issue(approved, LEAVING, PAPERS, by(MINH, hours=9))
        (claim,) = memory.answered_claims(answered)
        assert (claim.issue, claim.answer.splitlines()[0]) == (2, "Tàu cập cảng lúc 9 giờ.")

    def test_a_match_comes_back_whole_and_keeps_its_first_time(self, answered: Store) -> None:
        put(answered, "b", match("b"))
        assert list(answered.matches(MatchQuery())) == [match("b")]
        better = replace(REPEAT, score=0.95)
        put(answered, "b", match("b", hours=5, repeat=better))
        assert list(answered.matches(MatchQuery())) == [match("b", repeat=better)]
        put(answered, "b")
        assert not answered.matches(MatchQuery())

    def test_matches_are_asked_by_article_case_and_time(self, answered: Store) -> None:
        put(answered, "b", match("b"))
        put(answered, "c", match("c", hours=4))
        assert found(answered) == [id_of("c"), id_of("b")]
        assert found(answered, articles=(id_of("b"),)) == [id_of("b")]
        assert found(answered, since=later(hours=3)) == [id_of("c")]
        assert found(answered, case=CASE) == [id_of("c"), id_of("b")]
        assert found(answered, case="VV-2026-0009") == []
        assert len(answered.matches(MatchQuery(), limit=1)) == 1

    def test_matches_go_on_behind_any_of_them(self, answered: Store) -> None:
        surer = replace(REPEAT, score=0.1 + 0.2 + 0.65)  # no decimal has its exact value
        put(answered, "b", match("b"), replace(match("b"), claim=2))
        put(answered, "c", match("c", repeat=surer), replace(match("c", hours=4), claim=2))
        every = answered.matches(MatchQuery(case=CASE))
        assert [(each.article_id, each.claim) for each in every] == [
            (id_of("c"), 2),
            (id_of("c"), 1),
            (id_of("b"), 1),
            (id_of("b"), 2),
        ]
        for n, each in enumerate(every, 1):
            assert answered.matches(MatchQuery(case=CASE, behind=each.place)) == every[n:]

    def test_a_refused_match_stays_refused_however_often_it_is_found(self, answered: Store) -> None:
        put(answered, "b", match("b"))
        memory.judge(answered, said("b", REFUSED), where="session:1")
        put(answered, "b", match("b"))
        assert found(answered) == []
        (kept,) = answered.matches(MatchQuery(refused=True))
        assert (kept.verdict, kept.by, kept.why) == (REFUSED, LAN, "không phải tàu này")
        memory.judge(answered, said("b", ACCEPTED, HOA))
        assert found(answered) == [id_of("b")]

    def test_refused_ones_take_no_place_of_others(self, answered: Store, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("diembao.store.memory._PAGE", 1)
        put(answered, "b", match("b", hours=2))
        put(answered, "c", match("c", hours=3))
        memory.judge(answered, said("c", REFUSED))
        for articles in (None, (id_of("b"), id_of("c"))):
            (left,) = answered.matches(MatchQuery(articles=articles), limit=1)
            assert left.article_id == id_of("b")

    def test_the_position_moves_where_one_match_takes_the_place_of_another(self, answered: Store) -> None:
        put(answered, "b", match("b"))
        before = answered.memory_position()
        put(answered, "b", match("b"))
        assert answered.memory_position() == before
        put(answered, "b")
        put(answered, "c", match("c", hours=3))
        replaced = answered.memory_position()
        assert replaced != before
        put(answered, "c", match("c", hours=3, repeat=replace(REPEAT, score=0.7)))
        assert answered.memory_position() != replaced

    def test_a_refusal_holds_for_the_whole_story_but_what_was_accepted_stays(self, answered: Store) -> None:
        keep(answered, article("d"))
        judge(answered, "d", label("d", Kind.RELEVANCE, "part", about="gia-lai"))
        for slug in "bcd":
            put(answered, slug, match(slug))
        in_story(answered, "s1", "b", "c", "d")
        memory.judge(answered, said("c", ACCEPTED))
        memory.judge(answered, said("b", REFUSED))
        assert found(answered) == [id_of("c")]
        in_story(answered, "s2", "d")  # it was taken out of that story
        assert set(found(answered)) == {id_of("c"), id_of("d")}

    def test_an_accepted_match_stays_where_the_machine_no_longer_finds_it(self, answered: Store) -> None:
        put(answered, "b", match("b"))
        memory.judge(answered, said("b", ACCEPTED))
        put(answered, "b")
        assert found(answered) == [id_of("b")]

    def test_an_article_that_is_no_longer_about_the_province_is_left_out(self, answered: Store) -> None:
        put(answered, "b", match("b"))
        answered.correct(id_of("b"), Kind.RELEVANCE, "gia-lai", ["no"], by=LAN, why="bóng đá", now=NOW)
        assert found(answered) == []

    def test_what_one_province_answered_answers_for_no_other(self, answered: Store) -> None:
        put(answered, "b", match("b"))
        here, there = answered.seen_by(HERE), answered.seen_by(THERE)
        assert [each.case for each in memory.answered_claims(here)] == [CASE]
        assert memory.answered_claims(there) == ()
        assert found(there) == []
        put(there, "b")  # its own matches of the article, of which it has none
        assert found(here) == [id_of("b")]
        with pytest.raises(WrongUse):
            memory.judge(there, said("b", REFUSED))

    def test_every_word_on_a_match_is_written_down(self, answered: Store) -> None:
        put(answered, "b", match("b"))
        before = answered.memory_position()
        memory.judge(answered, said("b", REFUSED), where="session:1")
        assert answered.memory_position() != before
        last = list(answered.audit_in_order())[-1]
        assert (last.actor, last.act, last.subject, last.where) == (
            LAN,
            "memory.refused",
            f"article:{id_of('b')}",
            "session:1",
        )

    @pytest.mark.parametrize(("slug", "who"), [("c", LAN), ("b", "machine")])
    def test_what_is_not_there_is_not_judged_and_not_by_the_machine(self, answered: Store, slug: str, who: str) -> None:
        put(answered, "b", match("b"))
        with pytest.raises(WrongUse):
            memory.judge(answered, said(slug, REFUSED, who))
        assert found(answered) == [id_of("b")]
