"""What every store promises of cases, seen from the desk that keeps their rules."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta
from threading import Barrier

import pytest

from diembao.core.case import MACHINE, Act, CaseQuery, CaseState, Details, Priority
from diembao.core.desk import Outcome
from diembao.core.errors import Outdated, WrongUse
from diembao.core.ports import Store
from diembao.response.cases import Actor
from tests.store.casework import (
    OTHER,
    WASTE,
    by,
    desk,
    drafting,
    drafting_on,
    save,
    told,
    whole,
)
from tests.store.making import NOW, OFFICER, id_of, later


class OpeningContract:
    def test_a_case_comes_back_whole(self, two: Store) -> None:
        given = replace(WASTE, task="4.1", priority=Priority.URGENT)
        case = desk(two).open(given, [id_of("a")], by())
        assert (case.number, case.state, case.version, case.opened_by) == ("VV-2026-0001", CaseState.NEW, 1, OFFICER)
        found = whole(two, case)
        assert (found.case, found.case.articles) == (case, 1)
        assert found.case.details == given
        assert found.case.due_at == later(hours=24)
        (cover,) = found.coverage
        assert (cover.article_id, cover.by, cover.followed) == (id_of("a"), OFFICER, True)
        assert told(two, case) == [(Act.OPENED, OFFICER), (Act.ADDED, OFFICER)]
        assert found.log[0].facts["title"] == WASTE.title

    def test_numbers_count_within_the_year_of_the_province(self, store: Store) -> None:
        house = desk(store)
        new_year = datetime.fromisoformat("2027-01-01T00:10:00+07:00")
        opened = [
            house.open(WASTE, [], Actor(OFFICER, now))
            for now in (new_year - timedelta(minutes=20), new_year - timedelta(minutes=11), new_year)
        ]
        assert [case.number for case in opened] == ["VV-2026-0001", "VV-2026-0002", "VV-2027-0001"]

    def test_people_who_open_at_once_get_numbers_of_their_own(self, store: Store) -> None:
        many, together = 8, Barrier(8)

        def opening(_: int) -> str:
            together.wait(30)
            return desk(store).open(WASTE, [], by()).number

        with ThreadPoolExecutor(many) as pool:
            numbers = list(pool.map(opening, range(many)))
        assert sorted(numbers) == [f"VV-2026-{n:04d}" for n in range(1, many + 1)]

    @pytest.mark.parametrize(
        ("details", "articles", "sentence"),
        [
            (replace(WASTE, title="  "), [], "Thiếu tên vụ việc"),
            (replace(WASTE, title="x" * 301), [], "Quá dài: tên vụ việc"),
            (replace(WASTE, unit="so-cu"), [], "Không có đơn vị 'so-cu'"),
            (replace(WASTE, helping=("so-cu",)), [], "Không có đơn vị 'so-cu'"),
            (replace(WASTE, themes=("thoi-tiet",)), [], "Không có chủ đề 'thoi-tiet'"),
            (replace(WASTE, task="9.9"), [], "Không có nhiệm vụ '9.9'"),
            (WASTE, ["0" * 16], "Có bài không có trong kho"),
            (WASTE, ["0" * 16] * 101, "nhiều hơn 100 bài"),
        ],
    )
    def test_what_cannot_be_is_refused_and_takes_no_number(
        self, two: Store, details: Details, articles: list[str], sentence: str
    ) -> None:
        with pytest.raises(WrongUse, match=sentence):
            desk(two).open(details, articles, by())
        assert two.cases(CaseQuery())[0] == 0
        assert desk(two).open(WASTE, [], by()).number == "VV-2026-0001"

    @pytest.mark.parametrize("who", ["rules", "model:3", MACHINE, "person:", "person: ", ""])
    def test_only_a_person_acts(self, who: str) -> None:
        with pytest.raises(WrongUse, match="is not a person"):
            Actor(who, NOW)


class MovingContract:
    def test_a_case_goes_its_way_and_every_step_says_who_and_when(self, two: Store) -> None:
        house = desk(two)
        case = house.move(house.open(WASTE, [], by()), CaseState.TAKEN, by(OTHER, hours=1))
        assert (case.holder, case.version, case.changed_at) == (OTHER, 2, later(hours=1))
        case = drafting_on(house, case)
        case = house.move(
            case, CaseState.CLOSED, by(hours=2), reason="Xã đã trả lời trực tiếp báo", outcome=Outcome.CLARIFIED
        )
        assert (case.state, case.reason, case.holder) == (CaseState.CLOSED, "Xã đã trả lời trực tiếp báo", OTHER)
        assert not case.late(later(days=300))
        again = house.move(case, CaseState.TAKEN, by(days=1), reason="Báo đăng tiếp")
        assert (again.state, again.holder, again.outcome) == (CaseState.TAKEN, OFFICER, None)
        moved = [line for line in whole(two, case).log if line.act is Act.MOVED]
        assert [line.facts["to"] for line in moved] == ["taken", "verifying", "drafting", "closed", "taken"]
        assert (moved[-1].by, moved[-1].at, moved[-1].facts["reason"]) == (OFFICER, later(days=1), "Báo đăng tiếp")

    @pytest.mark.parametrize(
        ("path", "to", "reason", "sentence"),
        [
            ((), CaseState.NEW, "", "đang ở bước mới rồi"),
            ((), CaseState.VERIFYING, "", "Chưa ai nhận vụ việc"),
            ((), CaseState.CLOSED, "xong", "Chưa ai nhận vụ việc"),
            ((), CaseState.NO_ANSWER, " ", "Thiếu lý do để chuyển sang không cần trả lời"),
            (("taken",), CaseState.DRAFTING, "", "Chưa xác minh"),
            (("taken",), CaseState.CLOSED, "", "Thiếu lý do để chuyển sang đã đóng"),
            (("taken",), CaseState.CLOSED, "xong", "Chưa chọn kết quả của vụ việc; có: báo đã đính chính"),
            (("taken", "verifying"), CaseState.DRAFTING, "", "Chưa có ghi chú nào nói đã xác minh gì"),
            (("taken", "verifying"), CaseState.TAKEN, "", "Không chuyển được từ đang xác minh sang đã nhận"),
            (("no-answer",), CaseState.VERIFYING, "", "không cần trả lời; mở lại trước đã"),
            (("no-answer",), CaseState.TAKEN, "", "Thiếu lý do để chuyển sang đã nhận"),
            (("no-answer",), CaseState.CLOSED, "xong", "không cần trả lời; mở lại trước đã"),
        ],
    )
    def test_a_wrong_move_says_what_is_missing_and_changes_nothing(
        self, two: Store, path: Sequence[str], to: CaseState, reason: str, sentence: str
    ) -> None:
        house = desk(two)
        case = house.open(WASTE, [], by())
        for state in path:
            case = house.move(case, CaseState(state), by(), reason="lý do")
        before = whole(two, case)
        with pytest.raises(WrongUse, match=sentence):
            house.move(case, to, by(), reason=reason)
        assert whole(two, case) == before

    def test_of_two_who_take_a_case_the_second_is_told(self, two: Store) -> None:
        house = desk(two)
        seen = house.open(WASTE, [], by())
        house.move(seen, CaseState.TAKEN, by())
        with pytest.raises(Outdated, match="Có người vừa đổi vụ việc này"):
            house.move(seen, CaseState.TAKEN, by(OTHER))
        assert whole(two, seen).case.holder == OFFICER

    def test_of_two_who_take_it_in_the_same_second_one_has_it(self, two: Store) -> None:
        house = desk(two)
        seen = house.open(WASTE, [], by())
        together = Barrier(2)

        def taking(person: str) -> str:
            together.wait(30)
            try:
                return house.move(seen, CaseState.TAKEN, by(person)).holder
            except Outdated:
                return "told"

        with ThreadPoolExecutor(2) as pool:
            answers = list(pool.map(taking, (OFFICER, OTHER)))
        assert sorted(answers) == sorted(["told", whole(two, seen).case.holder])

    def test_a_case_that_is_not_there_is_named(self, store: Store) -> None:
        with pytest.raises(WrongUse, match="Không có vụ việc VV-2026-0009"):
            desk(store).note("VV-2026-0009", "gì đó", by())
        assert store.case_file("VV-2026-0009") is None


class ChangingContract:
    def test_a_change_is_told_field_by_field_and_moves_the_deadline(self, two: Store) -> None:
        house = desk(two)
        case = house.open(WASTE, [], by())
        new = replace(WASTE, unit="so-y-te", priority=Priority.URGENT)
        changed = house.change(case, new, by(OTHER, hours=3))
        assert (changed.details, changed.version, changed.due_at) == (new, 2, later(hours=24))
        line = whole(two, case).log[-1]
        assert (line.act, line.by) == (Act.CHANGED, OTHER)
        assert line.facts == {"unit": "so-nnmt → so-y-te", "priority": "normal → urgent"}

    def test_what_changes_nothing_is_not_written(self, two: Store) -> None:
        case = desk(two).open(WASTE, [], by())
        assert desk(two).change(case, WASTE, by()) == case
        assert told(two, case) == [(Act.OPENED, OFFICER)]

    def test_of_two_who_edit_the_second_is_told_and_nothing_is_lost(self, two: Store) -> None:
        house = desk(two)
        seen = house.open(WASTE, [], by())
        house.change(seen, replace(WASTE, title="Của người thứ nhất"), by())
        with pytest.raises(Outdated):
            house.change(seen, replace(WASTE, title="Của người thứ hai"), by(OTHER))
        assert whole(two, seen).case.details.title == "Của người thứ nhất"

    def test_an_ended_case_is_not_changed_but_what_is_learned_later_is_noted(self, two: Store) -> None:
        house = desk(two)
        case = house.move(house.open(WASTE, [], by()), CaseState.NO_ANSWER, by(), reason="Tin cũ")
        acts: list[Callable[[], object]] = [
            lambda: house.change(case, replace(WASTE, unit="so-y-te"), by()),
            lambda: house.add(case.number, [id_of("a")], by()),
            lambda: house.remove(case.number, id_of("a"), by()),
            lambda: save(two, case, "Trả lời", by(), based_on=0),
        ]
        for act in acts:
            with pytest.raises(WrongUse, match="mở lại trước đã"):
                act()
        house.note(case.number, "Báo đã gỡ bài.", by(OTHER, days=1))
        (note,) = whole(two, case).notes
        assert (note.text, note.by, note.at) == ("Báo đã gỡ bài.", OTHER, later(days=1))

    def test_a_note_is_never_empty_or_endless(self, two: Store) -> None:
        case = desk(two).open(WASTE, [], by())
        for text, sentence in (
            (" \n", "Thiếu ghi chú"),
            ("\x00\u202e", "Thiếu ghi chú"),
            ("x" * 10_001, "Quá dài: ghi chú"),
        ):
            with pytest.raises(WrongUse, match=sentence):
                desk(two).note(case.number, text, by())
        assert whole(two, case).notes == ()


class DraftingContract:
    def test_every_version_is_kept(self, two: Store) -> None:
        house = desk(two)
        case = drafting(two, house.open(WASTE, [], by()))
        assert save(two, case, "Một", by(), based_on=0) == 1
        assert save(two, case, "Một, hai", by(OTHER, hours=1), based_on=1) == 2
        found = whole(two, case)
        assert [(x.version, x.text, x.by) for x in found.drafts] == [(1, "Một", OFFICER), (2, "Một, hai", OTHER)]
        assert found.draft == found.drafts[-1]
        assert [line.facts for line in found.log if line.act is Act.DRAFTED] == [{"version": "1"}, {"version": "2"}]

    def test_of_two_who_write_the_second_is_told_and_overwrites_nothing(self, two: Store) -> None:
        house = desk(two)
        case = drafting(two, house.open(WASTE, [], by()))
        save(two, case, "Của người thứ nhất", by(), based_on=0)
        with pytest.raises(Outdated, match="Có người đã ghi bản 1"):
            save(two, case, "Của người thứ hai", by(OTHER), based_on=0)
        assert save(two, case, "Của cả hai", by(OTHER), based_on=1) == 2
        assert [x.text for x in whole(two, case).drafts] == ["Của người thứ nhất", "Của cả hai"]

    @pytest.mark.parametrize(
        ("path", "sentence"),
        [((), "Chưa ai nhận"), (("taken",), "Chưa xác minh"), (("taken", "verifying"), "chuyển sang đang soạn trước")],
    )
    def test_there_is_no_draft_before_its_time(self, two: Store, path: Sequence[str], sentence: str) -> None:
        house = desk(two)
        case = house.open(WASTE, [], by())
        for state in path:
            case = house.move(case, CaseState(state), by())
        with pytest.raises(WrongUse, match=sentence):
            save(two, case, "Trả lời", by(), based_on=0)


class ListingContract:
    def test_the_soonest_due_comes_first_and_the_ended_last(self, store: Store) -> None:
        house = desk(store)
        slow = house.open(WASTE, [], by())
        ended = house.move(house.open(WASTE, [], by()), CaseState.NO_ANSWER, by(), reason="Tin cũ")
        urgent = house.open(replace(WASTE, priority=Priority.URGENT, unit="so-y-te"), [], by())
        total, found = store.cases(CaseQuery())
        assert (total, [case.number for case in found]) == (3, [urgent.number, slow.number, ended.number])
        assert [x.number for x in store.cases(CaseQuery(units=("so-y-te",)))[1]] == [urgent.number]
        assert [x.number for x in store.cases(CaseQuery(states=(CaseState.NO_ANSWER,)))[1]] == [ended.number]
        assert [x.number for x in store.cases(CaseQuery(late_at=later(hours=25)))[1]] == [urgent.number]
        assert store.cases(CaseQuery(late_at=later(days=90)))[0] == 2
        total, found = store.cases(CaseQuery(), offset=1, limit=1)
        assert (total, [case.number for case in found]) == (3, [slow.number])

    def test_every_line_of_a_log_moves_the_position(self, two: Store) -> None:
        assert two.case_position() == 0
        case = desk(two).open(WASTE, [], by())
        before = two.case_position()
        desk(two).note(case.number, "Đã gọi.", by())
        assert two.case_position() > before > 0
