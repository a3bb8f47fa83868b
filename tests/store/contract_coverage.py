"""What every store promises of the articles of cases: what joins, what stays out, what is found by them."""

from __future__ import annotations

from diembao.core.case import MACHINE, Act, CaseQuery, CaseState
from diembao.core.ports import Store
from tests.store.casework import (
    OTHER,
    WASTE,
    by,
    covered,
    desk,
    in_story,
    joining,
    told,
    whole,
)
from tests.store.making import OFFICER, article, id_of, keep, later


class CoverageContract:
    def test_new_coverage_of_the_story_joins_by_itself_and_the_log_says_so(self, two: Store) -> None:
        in_story(two, "s", "a")
        case = desk(two).open(WASTE, [id_of("a")], by())
        in_story(two, "s", "b")
        assert joining(two, "b", now=later(hours=1)) == 1
        assert joining(two, "a", "b", now=later(hours=2)) == 0
        found = whole(two, case)
        assert [(x.article_id, x.by, x.followed) for x in found.coverage] == [
            (id_of("a"), OFFICER, True),
            (id_of("b"), MACHINE, False),
        ]
        line = found.log[-1]
        assert (line.act, line.by, line.at) == (Act.JOINED, MACHINE, later(hours=1))
        assert line.facts == {"articles": id_of("b")}
        assert found.case.version == 1  # whoever edits it meanwhile is not disturbed

    def test_coverage_from_before_the_opening_joins_at_once(self, two: Store) -> None:
        in_story(two, "s", "a", "b")
        case = desk(two).open(WASTE, [id_of("b")], by())
        assert covered(two, case) == {id_of("a"), id_of("b")}
        assert told(two, case)[-1] == (Act.JOINED, MACHINE)

    def test_what_a_person_took_out_stays_out_until_a_person_adds_it(self, two: Store) -> None:
        house = desk(two)
        in_story(two, "s", "a", "b")
        case = house.open(WASTE, [id_of("a")], by())
        house.remove(case.number, id_of("b"), by(OTHER))
        assert joining(two, "a", "b") == 0
        assert covered(two, case) == {id_of("a")}
        assert house.add(case.number, [id_of("b")], by()) == [id_of("b")]
        assert covered(two, case) == {id_of("a"), id_of("b")}

    def test_a_story_is_followed_by_what_a_person_pointed_to_alone(self, two: Store) -> None:
        """An article that joined by itself and is then told apart does not draw its new story in."""
        keep(two, article("c"))
        in_story(two, "s", "a", "b")
        case = desk(two).open(WASTE, [id_of("a")], by())
        in_story(two, "t", "b", "c")
        assert joining(two, "b", "c") == 0
        in_story(two, "u", "a", "c")  # the story's own name may change: it is followed where it goes
        assert joining(two, "a") == 1
        assert covered(two, case) == {id_of("a"), id_of("b"), id_of("c")}

    def test_a_case_that_ended_or_lost_its_article_follows_nothing(self, two: Store) -> None:
        house = desk(two)
        in_story(two, "s", "a")
        ended = house.open(WASTE, [id_of("a")], by())
        house.move(ended, CaseState.NO_ANSWER, by(), reason="Tin cũ")
        loose = house.open(WASTE, [id_of("a")], by())
        house.remove(loose.number, id_of("a"), by())
        in_story(two, "s", "b")
        assert joining(two, "a", "b") == 0

    def test_open_cases_are_found_by_their_articles(self, two: Store) -> None:
        house = desk(two)
        first, second = (house.open(WASTE, [id_of("a")], by(), another=True) for _ in range(2))
        assert [case.number for case in two.cases_with([id_of("a"), id_of("b")])] == [first.number, second.number]
        house.move(first, CaseState.NO_ANSWER, by(), reason="Trùng")
        assert [case.number for case in two.cases_with([id_of("a")])] == [second.number]
        held = [(number, id_of("a")) for number in (first.number, second.number)]
        assert sorted(two.covered([id_of("a"), id_of("c")])) == held
        assert two.covered([]) == []
        assert two.cases_with([id_of("b")]) == []

    def test_what_cases_hold_is_told_and_cases_are_asked_for_by_their_numbers(self, two: Store) -> None:
        house = desk(two)
        first, second = (house.open(WASTE, [id_of(slug)], by(), another=True) for slug in "ab")
        assert sorted(two.covered()) == [(first.number, id_of("a")), (second.number, id_of("b"))]
        assert [case.number for case in two.cases(CaseQuery(numbers=(second.number,)))[1]] == [second.number]
        assert two.cases(CaseQuery(numbers=())) == (0, [])
