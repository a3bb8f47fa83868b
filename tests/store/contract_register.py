"""What every store promises of questions of the press, briefings and the calendar."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from threading import Barrier, Thread

import pytest

from diembao.core.briefings import AgendaItem, BriefingState
from diembao.core.bulk import Followed
from diembao.core.case import CaseState
from diembao.core.errors import DiembaoError, Outdated, WrongUse
from diembao.core.foreseen import MatterKind, Occurrence, Preparation
from diembao.core.ports import Store
from diembao.core.provinces import Scope
from diembao.core.questions import Asker, How, Question, QuestionQuery, QuestionState
from diembao.plan.office import BriefingRhythm
from diembao.plan.reader import profile
from diembao.response import foreseen, register_json
from diembao.response.acts import Actor
from diembao.response.briefings import Briefings, Wanted
from diembao.response.foreseen import Calendar
from diembao.response.questions import KEPT, Asked, Questions, forget
from tests.store.making import NOW, article, id_of, keep, later

LAN, MINH = Actor("person:1", NOW, "session:1"), Actor("person:2", NOW, "session:2")
ASKER = Asker("Báo Sông Côn", "Trần Văn An", "phóng viên", "an@songcon.example")
ASKED = Asked("Nước sông Côn có bị ô nhiễm không?", ASKER, How.MAIL, NOW)
ZONE = "Asia/Ho_Chi_Minh"
YEAR = timedelta(days=365)
TITLE = "Giao ban báo chí tháng 11"
VISIT = foreseen.Wanted("Đoàn Champasak thăm", MatterKind.VISIT, date(2026, 12, 10), date(2026, 12, 11))


def desk(store: Store) -> Questions:
    return Questions(store, profile("gia-lai"))


def briefings_of(store: Store) -> Briefings:
    return Briefings(store, profile("gia-lai"))


def calendar_of(store: Store) -> Calendar:
    return Calendar(store, profile("gia-lai"))


def answered(store: Store) -> Question:
    mine = desk(store)
    return mine.approve(mine.draft(mine.receive(ASKED, LAN), "Đã lấy mẫu.", LAN), MINH)


def at_once(*acts: Callable[[], object]) -> list[BaseException | None]:
    """Each in a thread of its own, all starting together: what each raised."""
    start, raised = Barrier(len(acts)), dict[int, BaseException | None]()

    def run(n: int) -> None:
        start.wait(10)
        try:
            acts[n]()
            raised[n] = None
        except DiembaoError as error:
            raised[n] = error

    threads = [Thread(target=run, args=(n,)) for n in range(len(acts))]
    for each in threads:
        each.start()
    for each in threads:
        each.join(30)
    return [raised[n] for n in range(len(acts))]


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


class BriefingsContract:
    def test_a_briefing_has_its_agenda_and_its_documents_by_their_hash(self, store: Store) -> None:
        room = briefings_of(store)
        item = AgendaItem("Nước sông Côn", "so-nnmt", "Giám đốc Sở", theme="environment-climate")
        seen = room.plan(Wanted(TITLE, NOW, "Phòng họp 2", (item,)), LAN)
        seen = room.attach(seen, 1, "bao-cao.txt", "Kết quả mẫu".encode(), LAN)
        found = store.briefing(seen.number)
        assert found == seen
        paper = found.agenda[0].papers[0]
        assert room.paper(seen.number, paper.value) == (paper, "Kết quả mẫu".encode())
        assert room.paper(seen.number, "0" * 64) is None
        with pytest.raises(WrongUse, match="no item 2"):
            room.attach(seen, 2, "a.txt", b"a", LAN)
        with pytest.raises(WrongUse):
            room.attach(seen, 1, "a.pdf", b"<html>", LAN)

    def test_it_is_held_when_its_time_has_come_or_cancelled_with_a_reason(self, store: Store) -> None:
        room = briefings_of(store)
        seen = room.plan(Wanted(TITLE, later(days=1), ""), LAN)
        with pytest.raises(WrongUse, match="not begun"):
            room.hold(seen, LAN)
        with pytest.raises(WrongUse, match="Missing"):
            room.cancel(seen, "", LAN)
        assert room.hold(seen, replace(LAN, now=later(days=1))).state is BriefingState.HELD
        other = room.cancel(room.plan(Wanted(TITLE, NOW, ""), LAN), "Bão", LAN)
        with pytest.raises(WrongUse, match="cancelled"):
            room.change(other, Wanted("Khác", NOW, ""), LAN)

    def test_open_points_are_carried_over_until_they_are_done(self, store: Store) -> None:
        room = briefings_of(store)
        first = room.plan(Wanted("Tháng 11", NOW, ""), LAN)
        one = room.add_point(first.number, "Công bố kết quả mẫu", "so-nnmt", date(2026, 11, 30), LAN)
        two = room.add_point(first.number, "Trả lời Báo Sông Côn", "so-vhttdl", None, LAN)
        room.tell(two, "Đã trả lời bằng văn bản", LAN, done=True)
        second = room.plan(Wanted("Tháng 12", later(days=30), ""), LAN)
        assert [(p.number, b.number) for p, b in room.carried(second)] == [(one.number, first.number)]
        assert room.carried(first) == []
        told = room.tell(one, "Đang chờ viện", LAN)
        with pytest.raises(Outdated):
            room.tell(one, "Xong", MINH, done=True)
        done = room.tell(told, "Công bố 25/12", replace(LAN, now=later(days=35)), done=True)
        assert (done.result, done.late(date(2027, 1, 1))) == ("Công bố 25/12", False)
        assert [p.number for p, _ in room.carried(second)] == [one.number]  # it was open when this one came
        assert room.carried(room.plan(Wanted("Tháng 1", later(days=60), ""), LAN)) == []
        acts = [each.act for each in store.steps(f"point:{one.number}")]
        assert acts == ["point.added", "point.told", "point.done"]

    def test_two_who_change_an_agenda_meet(self, store: Store) -> None:
        room = briefings_of(store)
        seen = room.plan(Wanted(TITLE, NOW, ""), LAN)
        kept = room.change(seen, Wanted(TITLE, NOW, "Phòng 2", (AgendaItem("Nước"),)), LAN)
        with pytest.raises(Outdated):
            room.change(seen, Wanted(TITLE, NOW, "Phòng 3"), MINH)
        assert store.briefing(seen.number) == kept
        assert room.change(kept, Wanted(TITLE, NOW, "Phòng 2"), LAN) == kept  # nothing new, nothing written

    @pytest.mark.parametrize(
        "item", [AgendaItem(" "), AgendaItem("a", "khong-co"), AgendaItem("a", theme="x"), AgendaItem("a", case="VV-1")]
    )
    def test_an_agenda_names_what_there_is(self, store: Store, item: AgendaItem) -> None:
        with pytest.raises(WrongUse):
            briefings_of(store).plan(Wanted(TITLE, NOW, "", (item,)), LAN)
        assert store.briefings() == []

    def test_each_province_has_its_own_briefings(self, store: Store) -> None:
        here, there = (store.seen_by(Scope(each, everything=False)) for each in ("gia-lai", "bac-ninh"))
        seen = briefings_of(there).plan(Wanted(TITLE, NOW, ""), LAN)
        point = briefings_of(there).add_point(seen.number, "Việc", "so-nnmt", None, LAN)
        assert (here.briefings(), here.briefing(seen.number), here.points(), here.point(point.number)) == (
            [],
            None,
            [],
            None,
        )
        with pytest.raises(WrongUse, match="no point"):
            briefings_of(here).tell(point, "x", LAN)


class CalendarContract:
    def test_a_matter_comes_back_and_its_tasks_are_due_before_it(self, store: Store) -> None:
        room = calendar_of(store)
        tasks = (Preparation(0, "Thông cáo báo chí", "so-ngoai-vu", 5), Preparation(0, "Danh sách phóng viên", days=20))
        seen = room.add(replace(VISIT, unit="so-ngoai-vu", tasks=tasks), LAN)
        assert store.matter(seen.number) == seen
        assert [(d.due, d.task.what) for d in room.due(date(2026, 11, 30))] == [
            (date(2026, 11, 20), "Danh sách phóng viên"),
            (date(2026, 12, 5), "Thông cáo báo chí"),
        ]
        (near,) = room.near(date(2026, 11, 30))
        assert near.late(date(2026, 11, 30))
        ticked = room.tick(seen, 2, near.occurrence.start, LAN, done=True)
        assert [d.task.number for d in room.due(date(2026, 11, 30))] == [1]
        with pytest.raises(Outdated):
            room.tick(seen, 1, near.occurrence.start, MINH, done=True)
        unticked = room.tick(ticked, 2, near.occurrence.start, LAN, done=False)
        assert unticked.tasks[1].done == ()
        dropped = room.drop(unticked, 1, MINH)
        assert [each.what for each in dropped.tasks] == ["Danh sách phóng viên"]
        assert store.matter(seen.number) == dropped
        assert "Thông cáo báo chí" in store.steps(f"matter:{seen.number}")[-1].facts["tasks"]
        with pytest.raises(WrongUse, match="Không có việc 1"):
            room.drop(dropped, 1, MINH)
        assert room.near(date(2026, 12, 12)) == []

    def test_what_comes_every_year_is_prepared_anew_each_year(self, store: Store) -> None:
        room = calendar_of(store)
        season = replace(VISIT, yearly=True, start=date(2026, 10, 1), end=date(2027, 1, 15))
        seen = room.add(replace(season, tasks=(Preparation(0, "Lịch trực", days=10),)), LAN)
        assert seen.next(date(2027, 1, 15)) == Occurrence(date(2026, 10, 1), date(2027, 1, 15))
        coming = seen.next(date(2027, 1, 16))
        assert coming == Occurrence(date(2027, 10, 1), date(2028, 1, 15))
        ticked = room.tick(seen, 1, date(2026, 10, 1), LAN, done=True)
        assert room.due(date(2026, 11, 1)) == []
        assert [d.start for d in room.due(date(2027, 9, 20))] == [date(2027, 10, 1)]
        assert ticked.next(date(2020, 1, 1)) == Occurrence(date(2026, 10, 1), date(2027, 1, 15))

    def test_a_leap_day_is_the_28th_in_other_years(self, store: Store) -> None:
        leap = replace(VISIT, yearly=True, start=date(2028, 2, 29), end=date(2028, 2, 29))
        seen = calendar_of(store).add(leap, LAN)
        found = [seen.next(date(year, 1, 1)) for year in (2028, 2029, 2032)]
        assert [each.start for each in found if each] == [date(2028, 2, 29), date(2029, 2, 28), date(2032, 2, 29)]

    def test_a_proposal_is_answered_once(self, store: Store) -> None:
        room = calendar_of(store)
        found = {each.wanted.title: each for each in room.proposals(NOW.date())}
        tet, storms = found["Tết Nguyên đán"], found["Mùa mưa, bão ở vùng ven biển"]
        assert (tet.wanted.start, tet.wanted.end) == (date(2027, 2, 4), date(2027, 2, 10))
        assert found["Ngày Báo chí Cách mạng Việt Nam"].wanted.start == date(2027, 6, 21)  # this year's is over
        assert {"Giỗ Tổ Hùng Vương (10/3 âm lịch)", "Ngày Báo chí Cách mạng Việt Nam"} <= set(found)
        room.add(tet.wanted, LAN, source=tet.key)
        room.refuse(storms, LAN)
        for day in (NOW.date(), date(2027, 2, 5), date(2027, 2, 8)):  # in the middle of it too
            assert {tet.key, storms.key}.isdisjoint(each.key for each in room.proposals(day))
            assert "Tết Nguyên đán" not in {each.wanted.title for each in room.proposals(day)}
        with pytest.raises(WrongUse, match="already"):
            room.add(tet.wanted, MINH, source=tet.key)
        assert [each.title for each in store.matters()] == ["Tết Nguyên đán"]

    @pytest.mark.parametrize(("months", "day"), [(1, date(2026, 12, 18)), (0, None)])
    def test_the_next_briefing_is_proposed_where_the_plan_says_how_often(
        self, store: Store, months: int, day: date | None
    ) -> None:
        rhythm = replace(profile("dong-nai"), briefings=BriefingRhythm("Giao ban", months, "Kế hoạch, mục 5.5"))
        held = briefings_of(store).plan(Wanted("Giao ban", NOW - timedelta(days=2), ""), LAN)
        briefings_of(store).hold(held, LAN)
        found = Calendar(store, rhythm).proposals(NOW.date())
        assert [x.wanted.start for x in found if x.wanted.kind is MatterKind.BRIEFING] == ([day] if day else [])

    def test_the_first_briefing_is_proposed_once_and_not_beside_a_planned_one(self, store: Store) -> None:
        rhythm = replace(profile("dong-nai"), briefings=BriefingRhythm("Giao ban", 1, "Kế hoạch, mục 5.5"))
        room = Calendar(store, rhythm)

        def keys(day: date) -> list[str]:
            return [x.key for x in room.proposals(day) if x.wanted.kind is MatterKind.BRIEFING]

        assert keys(NOW.date()) == keys(NOW.date() + timedelta(days=9)) != []
        briefings_of(store).plan(Wanted("Giao ban", NOW + timedelta(days=3), ""), LAN)
        assert keys(NOW.date()) == []

    def test_a_change_keeps_what_was_done_and_an_ended_matter_is_shown_no_more(self, store: Store) -> None:
        room = calendar_of(store)
        seen = room.add(replace(VISIT, tasks=(Preparation(0, "Thông cáo"), Preparation(0, "Phòng họp"))), LAN)
        seen = room.tick(seen, 1, VISIT.start, LAN, done=True)
        kept = (replace(seen.tasks[0], what="Thông cáo hai thứ tiếng", done=()), Preparation(0, "Phiên dịch"))
        later_ = room.change(seen, replace(VISIT, tasks=kept), LAN)
        assert [(x.number, x.what, bool(x.done)) for x in later_.tasks] == [
            (1, "Thông cáo hai thứ tiếng", True),
            (3, "Phiên dịch", False),
        ]
        room.end(later_, LAN)
        assert (store.matters(), len(store.matters(every=True))) == ([], 1)
        with pytest.raises(WrongUse, match="any more"):
            room.change(later_, VISIT, LAN)
        assert [each.act for each in store.steps(f"matter:{seen.number}")][-1] == "matter.ended"

    @pytest.mark.parametrize(
        "wrong",
        [
            {"title": ""},
            {"end": date(2026, 12, 9)},
            {"end": date(2028, 1, 1)},
            {"start": date(1900, 1, 1), "end": date(1900, 1, 1)},
            {"unit": "khong-co"},
            {"tasks": (Preparation(0, "x", days=-1),)},
            {"tasks": (Preparation(0, " "),)},
            {"tasks": tuple(Preparation(0, "x") for _ in range(31))},
        ],
    )
    def test_what_will_not_do_stands_in_no_calendar(self, store: Store, wrong: dict[str, object]) -> None:
        with pytest.raises(WrongUse):
            calendar_of(store).add(replace(VISIT, **wrong), LAN)  # type: ignore[arg-type]  # mixed values
        assert store.matters(every=True) == []

    def test_each_province_has_its_own_calendar(self, store: Store) -> None:
        here, there = (store.seen_by(Scope(each, everything=False)) for each in ("gia-lai", "bac-ninh"))
        seen = calendar_of(there).add(VISIT, LAN)
        assert (here.matters(every=True), here.matter(seen.number)) == ([], None)
        with pytest.raises(WrongUse, match="any more"):
            calendar_of(here).end(seen, LAN)
