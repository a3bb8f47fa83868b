"""*Câu hỏi báo chí* and *Lịch*: entered, worked on, seen by whom; reminders; what leaves of a case."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import newsroom
from dashboard.register import papers
from diembao.core.accounts import Grant, Role
from diembao.core.case import Details
from diembao.core.errors import Refused
from diembao.core.foreseen import MatterKind, Preparation
from diembao.core.questions import Asker, How, Question, QuestionQuery, QuestionState
from diembao.pipeline.wiring import Installation
from diembao.response import foreseen
from diembao.response.acts import Actor
from diembao.response.briefings import Briefings, Wanted
from diembao.response.cases import Desk
from diembao.response.foreseen import Calendar
from diembao.response.questions import Asked, Questions
from tests.dashboard.conftest import OFFICER, screen, words_of
from tests.dashboard.seed import NOW

MINH = Actor("person:2", NOW, "session:2")
ASKED = Asked("Nước sông Côn có sạch không?", Asker("bao-song-con", "Trần Văn An", "", "an@bao.example"), How.MAIL, NOW)


def enter(house: Installation, role: Role, unit: str = "") -> None:
    newsroom.use(house, lambda: NOW, who=lambda: replace(OFFICER, grants=(Grant(role, "", unit),)))


def received(house: Installation, **changes: object) -> Question:
    asked = replace(ASKED, **changes)  # type: ignore[arg-type]  # mixed values
    return Questions(house.store, house.profile).receive(asked, MINH)


def filled(test: AppTest, **given: str) -> AppTest:
    for key, value in given.items():
        box = next(x for x in (*test.text_area, *test.text_input, *test.selectbox) if x.key == key)
        box.set_value(value)
    return test


def press(test: AppTest, which: str) -> AppTest:
    next(x for x in test.button if which in {x.form_id, x.key}).click().run()
    assert not test.exception, test.exception
    return test


def test_a_question_is_entered_and_stands_in_the_list(house: Installation) -> None:
    shown = screen("questions")
    filled(shown, **{"question-new-text": "Bao giờ công bố kết quả?", "question-new-outlet": "bao-song-con"})
    press(shown, "question-new-form")
    _, (found,) = house.store.questions(QuestionQuery())
    assert (found.text, found.asker.outlet, found.by) == ("Bao giờ công bố kết quả?", "bao-song-con", OFFICER.actor)
    assert found.number in words_of(shown).replace("\\", "")


def test_without_an_outlet_it_is_refused_and_what_was_typed_stays(house: Installation) -> None:
    shown = filled(screen("questions"), **{"question-new-text": "Bao giờ?"})
    press(shown, "question-new-form")
    assert "Thiếu cơ quan báo chí" in words_of(shown)
    assert next(x for x in shown.text_area if x.key == "question-new-text").value == "Bao giờ?"
    assert house.store.questions(QuestionQuery())[0] == 0


def test_it_is_answered_by_two_people_and_becomes_a_case(house: Installation) -> None:
    seen = received(house, unit="so-nnmt")
    shown = screen("questions", id=seen.number)
    filled(shown, **{f"question-{seen.number}-answer": "Mẫu đạt."})
    press(shown, f"question-{seen.number}-draft")
    assert not [x for x in shown.button if x.key == f"question-{seen.number}-approve"]  # never by whoever wrote it
    newsroom.use(house, lambda: NOW, who=lambda: replace(OFFICER, actor="person:2", account=2))
    shown = press(screen("questions", id=seen.number), f"question-{seen.number}-approve")
    found = house.store.question(seen.number)
    assert found is not None
    assert (found.state, found.answer) == (QuestionState.ANSWERED, "Mẫu đạt.")
    press(shown, "question-case")
    found = house.store.question(seen.number)
    assert found is not None
    assert house.store.case_file(found.case) is not None
    told = words_of(screen("case", id=found.case)).replace("\\", "")
    assert f"Từ câu hỏi {seen.number}" in told


def test_two_who_work_on_one_question_meet(house: Installation) -> None:
    seen = received(house)
    shown = filled(screen("questions", id=seen.number), **{f"question-{seen.number}-answer": "Của Lan."})
    Questions(house.store, house.profile).assign(seen, "so-nnmt", MINH)
    press(shown, f"question-{seen.number}-draft")
    assert "Có người vừa đổi" in words_of(shown)
    assert next(x for x in shown.text_area if x.key == f"question-{seen.number}-answer").value == "Của Lan."


def test_a_page_that_draws_itself_anew_does_not_write_over_what_somebody_else_did(house: Installation) -> None:
    seen = received(house)
    shown = screen("questions", id=seen.number)
    Questions(house.store, house.profile).draft(seen, "Của Minh.", MINH)
    shown.run()
    filled(shown, **{f"question-{seen.number}-answer": "Của Lan."})
    press(shown, f"question-{seen.number}-draft")
    assert "Có người vừa đổi" in words_of(shown)
    kept = house.store.question(seen.number)
    assert kept is not None
    assert kept.answer == "Của Minh."


def test_a_question_is_changed_and_what_nobody_touched_stays(house: Installation) -> None:
    seen = received(house, received_at=NOW - timedelta(seconds=30))
    shown = screen("questions", id=seen.number)
    key = f"question-edit-{seen.number}"
    filled(shown, **{f"{key}-text": "Nước sông Côn và sông Ba có sạch không?"})
    press(shown, f"{key}-form")
    kept = house.store.question(seen.number)
    assert kept is not None
    same = replace(kept, text=seen.text, version=1, changed_at=seen.changed_at)
    assert (kept.text, same) == ("Nước sông Côn và sông Ba có sạch không?", seen)


def test_a_visit_is_put_off_and_its_tasks_stay(house: Installation) -> None:
    day = NOW.date() + timedelta(days=5)
    wanted = foreseen.Wanted("Đoàn thăm", MatterKind.VISIT, day, day, tasks=(Preparation(0, "Thông cáo"),))
    made = Calendar(house.store, house.profile).add(wanted, MINH)
    shown, key = screen("calendar"), f"matter-edit-{made.number}-{made.version}"
    for name in ("start", "end"):
        next(x for x in shown.date_input if x.key == f"{key}-{name}").set_value(day + timedelta(days=7))
    press(shown, f"{key}-form")
    kept = house.store.matter(made.number)
    assert kept is not None
    assert (kept.start, kept.tasks) == (day + timedelta(days=7), made.tasks)


@pytest.mark.parametrize(
    ("role", "unit", "listed", "named"),
    [
        (Role.OFFICER, "", 1, 1),
        (Role.VIEWER, "", 1, 0),
        (Role.UNIT_OFFICER, "so-nnmt", 1, 1),
        (Role.UNIT_OFFICER, "so-y-te", 0, 0),
    ],
)
def test_who_sees_which_question_and_who_asked(
    house: Installation, role: Role, unit: str, listed: int, named: int
) -> None:
    seen = received(house, unit="so-nnmt")
    enter(house, role, unit)
    told = words_of(screen("questions", show="all")).replace("\\", "")
    assert (seen.number in told) == bool(listed)
    assert "Trần Văn An" not in told
    assert ("Trần Văn An" in words_of(screen("questions", id=seen.number))) == bool(named)


def test_late_ones_come_first_and_are_narrowed(house: Installation) -> None:
    late = received(house, received_at=NOW - timedelta(days=20), due_at=NOW - timedelta(days=1), text="Trễ rồi?")
    received(house, text="Còn hạn?")
    told = words_of(screen("questions"))
    assert told.index("Trễ rồi") < told.index("Còn hạn")
    told = words_of(screen("questions", show="late"))
    assert ("Trễ rồi" in told, "Còn hạn" in told) == (True, False)
    assert late.number in words_of(screen("questions", q="tre roi")).replace("\\", "")


def test_a_briefing_is_planned_and_what_follows_from_it_is_told(house: Installation) -> None:
    shown = screen("questions")
    filled(shown, **{"meeting-new-title": "Giao ban tháng 11"})
    press(shown, "meeting-new-form")
    (made,) = house.store.briefings()
    assert (made.title, made.by) == ("Giao ban tháng 11", OFFICER.actor)
    room = Briefings(house.store, house.profile)
    point = room.add_point(made.number, "Công bố kết quả", "so-nnmt", NOW.date() - timedelta(days=1), MINH)
    shown = screen("questions")
    assert "1 việc còn mở" in words_of(shown)
    key = f"point-{point.number}"
    filled(shown, **{f"{key}-text": "Đã công bố"})
    next(x for x in shown.checkbox if x.key == f"{key}-done").check()
    press(shown, f"{key}-form")
    told = house.store.point(point.number)
    assert told is not None
    assert told.result == "Đã công bố"


def test_what_is_proposed_is_taken_or_refused_and_tasks_are_ticked(house: Installation) -> None:
    room = Calendar(house.store, house.profile)
    first, second = room.proposals(NOW.date())[:2]
    shown = press(screen("calendar"), f"take-{first.key}")
    shown = press(shown, f"no-{second.key}")
    (made,) = house.store.matters()
    assert made.title == first.wanted.title
    with_task = room.change(made, replace(first.wanted, tasks=(Preparation(0, "Thông cáo", days=30),)), MINH)
    shown = screen("calendar")
    box = next(x for x in shown.checkbox if (x.key or "").startswith(f"task-{made.number}-"))
    box.check().run()
    assert not shown.exception
    coming = with_task.next(NOW.date())
    kept = house.store.matter(made.number)
    assert coming is not None
    assert kept is not None
    assert kept.tasks[0].done == (coming.start,)


def test_today_reminds_of_what_is_to_be_prepared(house: Installation) -> None:
    visit = foreseen.Wanted("Đoàn Champasak", MatterKind.VISIT, NOW.date(), NOW.date())
    visit = replace(visit, tasks=(Preparation(0, "Thông cáo song ngữ", "so-ngoai-vu", 3),))
    Calendar(house.store, house.profile).add(visit, MINH)
    told = words_of(screen("today"))
    assert "Cần chuẩn bị" in told
    assert "Thông cáo song ngữ" in told


def test_a_viewer_changes_nothing(house: Installation) -> None:
    seen = received(house)
    Briefings(house.store, house.profile).plan(Wanted("Giao ban", NOW, ""), MINH)
    enter(house, Role.VIEWER)
    for shown in (screen("questions"), screen("questions", id=seen.number), screen("calendar")):
        assert not [x for x in shown.button if x.form_id or (x.key or "").startswith(("question-", "take-", "meeting"))]


def test_the_page_for_a_leader_is_made_when_it_is_taken_by_whoever_may(
    house: Installation, ids: dict[str, str]
) -> None:
    case = Desk(house.store, house.profile).open(Details("Nước thải", "so-nnmt"), [ids["waste"]], MINH)
    told = words_of(screen("case", id=case.number))
    assert "Hồ sơ\\, tóm tắt" in told
    assert papers._brief(case.number, ".docx").startswith(b"PK")
    enter(house, Role.UNIT_OFFICER, "so-y-te")
    with pytest.raises(Refused):
        papers._brief(case.number, ".docx")
