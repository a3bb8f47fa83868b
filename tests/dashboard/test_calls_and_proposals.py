"""Who is called finds it; cases from a call, a search, a proposal; the list's counts and board; versions compared."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import yaml
from streamlit.testing.v1 import AppTest

from dashboard import newsroom
from diembao.api.rights import Standing, Visitor
from diembao.core.accounts import CONSOLE, Grant, NewAccount, Role
from diembao.core.article import Kind
from diembao.core.case import MACHINE, CaseQuery, CaseState, Covered, Priority
from diembao.core.desk import Dismissal, Origin
from diembao.pipeline.wiring import Installation
from diembao.plan import reader
from diembao.plan.answers import answers
from diembao.response.statements import Statements, Wording
from tests.dashboard.casework import PLAIN, by, desk, drafting, opened, submitted, told, warned
from tests.dashboard.conftest import screen
from tests.dashboard.seed import NOW


def account(house: Installation, name: str, role: Role = Role.OFFICER, unit: str = "") -> Visitor:
    grant = Grant(role, "", unit)
    number = house.store.add_account(NewAccount(name, name, name.title(), (grant,)), by=CONSOLE, now=NOW)
    return Visitor(f"person:{number}", "session:9", (Standing.SIGNED_IN,), (grant,), account=number, name=name)


def enter(house: Installation, who: Visitor) -> None:
    newsroom.use(house, lambda: NOW, who=lambda: who)


def test_who_is_called_finds_it_on_today_in_the_menu_and_above_the_case_until_they_saw_it(house: Installation) -> None:
    lan, minh = account(house, "lan"), account(house, "minh")
    case = opened(house)
    enter(house, lan)
    test = screen("case", id=case.number)
    test.text_area(f"note-{case.number}").set_value("Nhờ xem giúp")
    test.multiselect(f"note-{case.number}-calls").set_value(["minh"])
    submitted(test, f"note-{case.number}-form")
    assert "gọi Minh" in told(test)
    enter(house, minh)
    today = told(screen())
    assert "Gọi bạn (1)" in today
    assert "Lan gọi bạn" in today
    test = screen("case", id=case.number)
    assert "Nhờ xem giúp @minh" in told(test)
    test.button("calls-saw").click().run()
    assert "Đã ghi là bạn đã xem" in told(test)
    assert "Gọi bạn" not in told(screen())


def test_a_note_that_calls_nobody_we_know_is_kept_in_its_box(house: Installation) -> None:
    case = opened(house)
    test = screen("case", id=case.number)
    test.text_area(f"note-{case.number}").set_value("@khong-co ơi")
    submitted(test, f"note-{case.number}-form")
    assert "Không có tài khoản @khong-co" in warned(test)
    assert test.text_area(f"note-{case.number}").value == "@khong-co ơi"
    kho = account(house, "kho", Role.UNIT_OFFICER, "so-y-te")
    test.text_area(f"note-{case.number}").set_value(f"@{kho.name} ơi")
    submitted(test, f"note-{case.number}-form")
    assert "không được xem vụ việc này" in warned(test)
    assert house.store.mentions_of(kho.actor)[0] == 0


def test_a_call_opens_a_case_without_an_article(house: Installation) -> None:
    test = screen("cases")
    test.text_area("call-said").set_value("Báo gọi hỏi về bãi rác")
    test.text_input("call-title").set_value("Bãi rác xã Tây Sơn")
    test.selectbox("call-unit").set_value("so-nnmt")
    submitted(test, "call-form")
    _, (case,) = house.store.cases(CaseQuery())
    assert (case.origin, case.details.title, case.articles) == (Origin.PHONE, "Bãi rác xã Tây Sơn", 0)
    assert "Báo gọi hỏi về bãi rác" in told(test)
    assert "điện thoại" in told(test)


def test_a_call_without_words_keeps_what_was_typed(house: Installation) -> None:
    test = screen("cases")
    test.text_input("call-title").set_value("Bãi rác")
    test.selectbox("call-unit").set_value("so-nnmt")
    submitted(test, "call-form")
    assert "Thiếu ghi chú" in warned(test)
    assert test.text_input("call-title").value == "Bãi rác"
    assert house.store.cases(CaseQuery())[0] == 0


def test_what_the_machine_proposes_is_opened_or_turned_down_by_a_person(
    house: Installation, ids: dict[str, str]
) -> None:
    store = house.store
    hand = {"by": "person:1", "where": "session:1"}
    store.correct(ids["waste"], Kind.STANCE, "gia-lai", ["critical"], why="đúng", now=NOW, **hand)
    shown = told(screen("cases"))
    assert "Máy đề xuất mở vụ việc" in shown
    assert "gợi ý: phê phán" in shown
    test = screen("article", id=ids["waste"], **{"from": "proposal"})
    submitted(test, f"open-{ids['waste']}-form")
    _, (case,) = store.cases(CaseQuery())
    assert case.origin is Origin.PROPOSAL
    assert ids["waste"] not in {each.article_id for each in _dismissed(house)}
    assert "Nước thải trại heo" not in _proposals(screen("cases"))


def _dismissed(house: Installation) -> list[Dismissal]:
    return list(house.store.dismissals())


def _proposals(test: AppTest) -> str:
    return "\n".join(str(each.value) for each in test.markdown if "gợi ý" in str(each.value))


def test_the_list_counts_by_view_state_and_unit_and_shows_a_board(house: Installation) -> None:
    one = opened(house, replace(PLAIN, priority=Priority.URGENT))
    opened(house, replace(PLAIN, unit="so-y-te", title="Trạm y tế"))
    desk(house).move(one, CaseState.TAKEN, by())
    assert "Theo đơn vị (0 vụ trễ hạn)" in [each.label for each in screen("cases").expander]
    test = screen("cases", show="mine")
    assert (one.number in told(test), "Trạm y tế" in told(test)) == (True, False)
    board = told(screen("cases", **{"as": "board"}))
    assert "Đã nhận" in board
    assert "Đang xác minh" in board
    assert one.number in board


def test_any_two_versions_are_compared_in_every_language(house: Installation) -> None:
    case = drafting(house, opened(house))
    statements = Statements(house.store, answers())
    for n, text in enumerate(("Một hai", "Một ba", "Một bốn")):
        wording = Wording(text, "written", "Giám đốc", {"en": f"One {n}"})
        statements.save(case.number, wording, by(), based_on=n)
    test = screen("case", id=case.number)
    key = f"version-{case.number}"
    assert test.selectbox(f"{key}-new").value == 3
    test.selectbox(f"{key}-old").set_value(1).run()
    bodies = "\n".join(str(each.proto.body) for each in test.get("html"))
    assert "<del>hai</del>" in bodies
    assert "<ins>bốn</ins>" in bodies
    assert "<del>0</del>" in bodies


def test_a_language_that_was_chosen_stays_chosen_before_a_word_is_written(house: Installation) -> None:
    case = drafting(house, opened(house))
    test = screen("case", id=case.number)
    test.multiselect(f"draft-{case.number}-languages").set_value(["en"]).run()
    assert test.text_area(f"draft-{case.number}-en").value == ""
    test.selectbox(f"draft-{case.number}-form").set_value("written").run()
    next(each for each in test.button if each.key == f"draft-{case.number}-begin").click().run()
    assert "states the following" in str(test.text_area(f"draft-{case.number}-en").value)
    assert "thông cáo về" in str(test.text_area(f"draft-{case.number}-text").value)


def test_a_case_of_many_articles_is_drawn_in_pages(house: Installation) -> None:
    case, many = opened(house), list(house.store.article_ids())
    with house.store.writing() as write:
        write.cover(case.number, [Covered(each, MACHINE, NOW) for each in many])
    test = screen("case", id=case.number)
    assert f"Bài báo ({len(many)})" in told(test)
    drawn = [each for each in test.button if str(each.key).startswith("remove-")]
    assert len(drawn) == min(50, len(many))
    assert len(many) > 50


def dissolve(house: Installation, unit: str, heir: str) -> None:
    """The office's own profile: another unit does its work."""
    shipped = Path(reader.__file__).with_name("provinces") / f"{house.profile.plan}.yaml"
    told = yaml.safe_load(shipped.read_text(encoding="utf-8").replace(unit, heir))
    told["units"][heir]["took_over"] = [unit]
    own = house.plan_folder / "provinces" / shipped.name
    own.parent.mkdir(parents=True, exist_ok=True)
    own.write_text(yaml.safe_dump(told, allow_unicode=True), encoding="utf-8")


def test_a_dissolved_unit_is_told_with_its_heir_and_the_case_can_still_be_changed(house: Installation) -> None:
    case = opened(house, replace(PLAIN, unit="so-y-te"))
    dissolve(house, "so-y-te", "so-moi")
    test = screen("case", id=case.number)
    assert "so-y-te (không còn; nay thuộc Sở Y tế)" in told(test)
    test.text_input(f"case-{case.number}-title").set_value("Tên khác")
    submitted(test, f"case-{case.number}-form")
    found = house.store.case_file(case.number)
    assert found is not None
    assert (found.case.details.title, found.case.details.unit) == ("Tên khác", "so-y-te")


@pytest.mark.parametrize("role", [Role.VIEWER, Role.ADMINISTRATOR])
def test_who_may_not_open_a_case_is_offered_none(house: Installation, role: Role) -> None:
    enter(house, account(house, "xem", role))
    test = screen("cases")
    assert not any(str(each.key).startswith("call-") for each in test.text_input)
    assert "Máy đề xuất" not in told(test)
