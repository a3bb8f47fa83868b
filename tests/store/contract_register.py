"""What every store promises of questions of the press, as its register keeps them."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from diembao.core.bulk import Followed
from diembao.core.case import CaseState
from diembao.core.errors import Outdated, WrongUse
from diembao.core.ports import Store
from diembao.core.provinces import Scope
from diembao.core.questions import Asker, How, QuestionQuery, QuestionState
from diembao.response import register_json
from diembao.response.acts import Actor
from diembao.response.briefings import Wanted
from diembao.response.questions import KEPT, forget
from tests.store.making import NOW, article, id_of, keep, later
from tests.store.register import ASKED, ASKER, LAN, MINH, TITLE, answered, at_once, briefings_of, desk

ZONE = "Asia/Ho_Chi_Minh"
YEAR = timedelta(days=365)


class QuestionsContract:
    def test_questions_that_have_changed_are_told_by_the_last_step_of_each(self, store: Store) -> None:
        assert store.questions_changed(0, 10) == []
        first, second = (desk(store).receive(ASKED, LAN) for _ in "ab")
        briefings_of(store).plan(Wanted(TITLE, NOW, "Phòng 2"), LAN)
        (one, named), (two, other) = store.questions_changed(0, 10)
        assert ([named, other], one < two) == ([first.number, second.number], True)
        place = store.place_followed(Followed.REGISTER)
        assert place is not None
        assert place.number > two  # the briefing's
        assert store.place_followed(Followed.REGISTER, place.number) == place
        desk(store).draft(first, "Đã lấy mẫu.", LAN)
        assert [named for _, named in store.questions_changed(0, 10)] == [second.number, first.number]
        assert [named for _, named in store.questions_changed(place.number, 10)] == [first.number]
        assert len(store.questions_changed(0, 1)) == 1
        there = store.seen_by(Scope("bac-ninh", everything=False))
        assert there.questions_changed(0, 10) == []

    def test_a_question_comes_back_as_it_was_entered_with_its_number_and_its_due_time(self, store: Store) -> None:
        kept = desk(store).receive(ASKED, LAN)
        assert (kept.number, kept.state) == ("CH-2026-0001", QuestionState.RECEIVED)
        assert (kept.text, kept.asker, kept.how, kept.by) == (ASKED.text, ASKER, How.MAIL, LAN.by)
        assert kept.due_at is not None
        assert kept.due_at > NOW + timedelta(days=4)
        assert store.question(kept.number) == kept
        assert desk(store).receive(ASKED, LAN).number == "CH-2026-0002"

    def test_the_year_of_its_number_is_that_of_the_province(self, store: Store) -> None:
        just = NOW.replace(month=12, day=31, hour=17, minute=30)  # 00:30 on 1 January there
        asked = replace(ASKED, received_at=just)
        assert desk(store).receive(asked, replace(LAN, now=just)).number == "CH-2027-0001"

    def test_it_goes_from_its_receipt_to_the_press_and_every_step_is_told(self, store: Store) -> None:
        keep(store, article("a"))
        mine = desk(store)
        seen = mine.assign(mine.receive(ASKED, LAN), "so-nnmt", LAN)
        seen = mine.draft(seen, "Bản một.", LAN)
        seen = mine.draft(seen, "Bản hai.", LAN)
        seen = mine.approve(seen, MINH)
        assert (seen.state, seen.answered_at) == (QuestionState.ANSWERED, NOW)
        seen = mine.publish(seen, "Báo Sông Côn, trang 2", [id_of("a")], LAN)
        assert (seen.state, seen.articles) == (QuestionState.PUBLISHED, (id_of("a"),))
        steps = store.steps(f"question:{seen.number}")
        acts = ["received", "assigned", "drafted", "drafted", "answered", "published"]
        assert [each.act for each in steps] == [f"question.{act}" for act in acts]
        assert steps[3].facts == {"before": "Bản một."}
        assert [row.act for row in reversed(store.audit())] == [each.act for each in steps]

    def test_whoever_wrote_an_answer_never_approves_it(self, store: Store) -> None:
        mine = desk(store)
        seen = mine.draft(mine.receive(ASKED, LAN), "Đã lấy mẫu.", LAN)
        with pytest.raises(WrongUse, match="second person"):
            mine.approve(seen, LAN)
        with pytest.raises(WrongUse, match="account"):
            mine.approve(seen, Actor("person:local", NOW, "console"))
        assert store.question(seen.number) == seen

    def test_of_two_who_change_it_the_second_is_told_and_nothing_is_lost(self, store: Store) -> None:
        mine = desk(store)
        seen = mine.receive(ASKED, LAN)
        first = mine.draft(seen, "Của Lan.", LAN)
        for act in (
            lambda: mine.draft(seen, "Của Minh.", MINH),
            lambda: mine.assign(seen, "so-nnmt", MINH),
            lambda: mine.change(seen, replace(ASKED, text="Khác"), MINH),
            lambda: mine.withdraw(seen, "Nhầm", MINH),
            lambda: mine.to_case(seen, MINH),
        ):
            with pytest.raises(Outdated):
                act()
        assert store.question(seen.number) == first
        assert len(store.steps(f"question:{seen.number}")) == 2

    def test_of_two_who_make_it_a_case_at_the_same_second_one_does(self, store: Store) -> None:
        mine = desk(store)
        seen = mine.receive(ASKED, LAN)
        raised = at_once(lambda: mine.to_case(seen, LAN), lambda: mine.to_case(seen, MINH))
        assert sorted(type(each).__name__ for each in raised) == ["NoneType", "Outdated"]
        found = store.question(seen.number)
        assert found is not None
        case = store.case_file(found.case)
        assert case is not None
        assert (case.case.state, case.notes[0].text) == (CaseState.NEW, f"{found.number}: {ASKED.text}")
        assert store.questions(QuestionQuery(case=found.case))[1] == [found]
        with pytest.raises(WrongUse, match="already"):
            mine.to_case(found, LAN)

    @pytest.mark.parametrize(
        "wrong",
        [
            {"text": " "},
            {"text": "x" * 4_001},
            {"asker": Asker(" ", "An")},
            {"asker": Asker("Báo", "x" * 121)},
            {"asker": Asker("Báo", contact="x" * 201)},
            {"unit": "khong-co"},
            {"received_at": later(hours=1)},
            {"due_at": later(days=-1)},
            {"briefing": 7},
        ],
    )
    def test_a_question_that_will_not_do_is_refused_and_nothing_is_written(
        self, store: Store, wrong: dict[str, object]
    ) -> None:
        with pytest.raises(WrongUse):
            desk(store).receive(replace(ASKED, **wrong), LAN)  # type: ignore[arg-type]  # mixed values
        assert store.questions(QuestionQuery())[0] == 0

    def test_a_draft_is_no_answer_however_its_question_ended(self, store: Store) -> None:
        mine = desk(store)
        drafted = mine.draft(mine.receive(ASKED, LAN), "BẢN NHÁP", LAN)
        ended = mine.refuse(drafted, "Trùng", LAN)
        assert (drafted.given, ended.given, ended.answer) == ("", "", "BẢN NHÁP")
        assert answered(store).given == "Đã lấy mẫu."
        told, table = register_json.public(ended, NOW), register_json.rows([ended], NOW, ZONE, str, str)
        assert told["answer"] is None
        assert "BẢN NHÁP" not in table[0]

    @pytest.mark.parametrize("act", ["refuse", "withdraw"])
    def test_it_ends_unanswered_with_a_reason_only_and_can_be_taken_up_again(self, store: Store, act: str) -> None:
        mine = desk(store)
        seen = mine.receive(ASKED, LAN)
        with pytest.raises(WrongUse, match="Missing"):
            getattr(mine, act)(seen, " ", LAN)
        ended = getattr(mine, act)(seen, "Không thuộc thẩm quyền", LAN)
        assert (ended.state.ended, ended.reason, ended.late(later(days=90))) == (True, "Không thuộc thẩm quyền", False)
        with pytest.raises(WrongUse):
            mine.publish(ended, "Báo", [], LAN)
        with pytest.raises(WrongUse, match="Missing"):
            mine.assign(ended, "so-nnmt", LAN)
        assert mine.assign(ended, "so-nnmt", LAN, reason="Đã rõ thẩm quyền").state is QuestionState.ASSIGNED

    def test_a_statement_answers_it_once_it_was_issued(self, store: Store) -> None:
        mine = desk(store)
        seen = mine.receive(ASKED, LAN)
        for named in ("VV-2026-0042", "VV-2026-0042/1", "x" * 200):
            with pytest.raises(WrongUse, match="Nothing that was issued there"):
                mine.point_to(seen, named, LAN)
        assert store.question(seen.number) == seen

    def test_the_late_come_first_then_what_is_due_then_the_answered_then_the_ended(self, store: Store) -> None:
        mine = desk(store)
        ended = mine.refuse(mine.receive(ASKED, LAN), "Trùng", LAN)
        given = answered(store)
        soon = mine.receive(replace(ASKED, due_at=later(days=1)), LAN)
        late = mine.receive(replace(ASKED, received_at=later(days=-9), due_at=later(days=-1)), LAN)
        _, found = store.questions(QuestionQuery())
        assert [each.number for each in found] == [late.number, soon.number, given.number, ended.number]
        assert [x.number for x in store.questions(QuestionQuery(late_at=NOW))[1]] == [late.number]
        total, page = store.questions(QuestionQuery(), offset=1, limit=1)
        assert (total, [x.number for x in page]) == (4, [soon.number])

    @pytest.mark.parametrize(
        ("typed", "found"),
        [("sông côn", 1), ("SONG CON", 1), ("CH-2026-0001", 1), ("Trần Văn An", 0), ("songcon.example", 0), ("%", 1)],
    )
    def test_it_is_found_by_what_was_asked_and_never_by_who_asked(self, store: Store, typed: str, found: int) -> None:
        desk(store).receive(ASKED, LAN)
        assert store.questions(QuestionQuery(text=typed))[0] == found

    def test_name_and_contact_are_forgotten_in_time_and_stand_nowhere_else(self, store: Store) -> None:
        seen, open_one = answered(store), desk(store).receive(ASKED, LAN)
        assert forget(store, NOW + KEPT, YEAR) == 0
        assert forget(store, NOW + KEPT + timedelta(seconds=1), YEAR) == 1
        gone, kept = store.question(seen.number), store.question(open_one.number)
        assert gone is not None
        assert kept is not None
        assert gone.asker == Asker(ASKER.outlet, "", ASKER.function, "")
        assert (gone.erased_at is not None, kept.asker) == (True, ASKER)
        told = f"{store.audit()}{store.steps(f'question:{seen.number}')}"
        assert ASKER.name not in told
        assert ASKER.contact not in told

    def test_of_a_question_that_nobody_ended_they_are_forgotten_too(self, store: Store) -> None:
        number = desk(store).receive(ASKED, LAN).number
        assert forget(store, NOW + YEAR, YEAR) == 0
        assert forget(store, NOW + YEAR + timedelta(seconds=1), YEAR) == 1
        assert forget(store, NOW + 2 * YEAR, YEAR) == 0
        kept = store.question(number)
        assert kept is not None
        assert (kept.asker.name, kept.asker.contact, kept.text) == ("", "", ASKED.text)

    def test_a_person_has_them_forgotten_at_once(self, store: Store) -> None:
        mine = desk(store)
        gone = mine.forget(mine.receive(ASKED, LAN), LAN)
        assert (gone.asker.name, gone.asker.contact, gone.erased_at) == ("", "", NOW)

    def test_each_province_has_its_own_questions(self, store: Store) -> None:
        scopes = (Scope("gia-lai", everything=False), Scope("bac-ninh", everything=False, code="BN"))
        here, there = (store.seen_by(each) for each in scopes)
        one, two = desk(here).receive(ASKED, LAN), desk(there).receive(ASKED, LAN)
        assert (one.number, two.number) == ("CH-2026-0001", "CH-BN-2026-0001")
        assert (here.questions(QuestionQuery())[0], here.question(two.number)) == (1, None)
        assert here.steps(f"question:{two.number}") == []
        with pytest.raises(WrongUse, match="no question"):
            desk(here).withdraw(two, "Nhầm", LAN)
