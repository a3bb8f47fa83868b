"""What every store promises of answered claims, of the coverage that repeats them, and of what people say of it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from diembao.core.article import Kind
from diembao.core.case import CaseState
from diembao.core.errors import WrongUse
from diembao.core.memory import Difference, Differs, Judged, Match, MatchQuery, MatchVerdict, Repeat
from diembao.core.ports import Store
from diembao.response import memory
from tests.store.casework import by, desk, in_story
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


@pytest.fixture
def answered(two: Store) -> Store:
    issued(two)
    two.adopt("gia-lai")
    return two


class MemoryContract:
    def test_an_issued_statement_comes_with_the_claims_it_answers(self, answered: Store) -> None:
        (claim,) = memory.answered_claims(answered)
        assert (claim.case, claim.claim, claim.issue, claim.issued_at) == (CASE, 1, 1, later(hours=1))
        assert claim.answer == "Cảng đón tàu đúng hẹn.\nThe ship came on time."
        assert (claim.article_id, claim.said_at) == (id_of("a"), article("a").when)

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
