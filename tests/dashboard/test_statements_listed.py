"""Trả lời and Hiệu quả as screens: statements of all cases by stage, what was answered, what coverage did after."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from dashboard import newsroom
from dashboard.effect_chart import Dot, forest
from dashboard.screens import effect
from dashboard.texts import Words
from diembao.api.rights import Standing
from diembao.core.accounts import Grant, Role
from diembao.core.article import Kind
from diembao.core.case import Case, CaseState
from diembao.core.statement import Verdict
from diembao.pipeline.wiring import Installation
from diembao.plan.answers import answers
from diembao.response.claims import Claims
from diembao.response.effect import Ratio
from diembao.response.pooled import ANSWERS
from diembao.response.statements import Leaving, Statements, Wording
from tests.dashboard.casework import ME, PLAIN, by, desk, drafting, now_of, opened, told
from tests.dashboard.conftest import OFFICER, Away, Later, screen
from tests.dashboard.seed import NOW
from tests.dashboard.test_statements import title_of

WRITER, SECOND = "person:6", "person:7"


def handed_in(house: Installation, article: str, title: str, writer: str = WRITER) -> Case:
    """A case whose statement, with one claim answered, awaits approval."""
    case = drafting(house, opened(house, replace(PLAIN, title=f"Vụ {title}"), article))
    Claims(house.store).quote(case.number, article, title_of(house, article), by(writer))
    Claims(house.store).attach_link(case.number, 1, "https://cang.example/nhat-ky", "Nhật ký", by(writer))
    Claims(house.store).mark(case.number, 1, Verdict.INACCURATE, "Mẫu nước đạt", by(writer))
    wording = Wording(f"Sở trả lời {title}. [#1]", "written", "Giám đốc", title=title)
    Statements(house.store, answers()).save(case.number, wording, by(writer), based_on=0)
    return desk(house).move(now_of(house, case), CaseState.APPROVAL, by(writer))


def issue(house: Installation, case: Case) -> None:
    statements = Statements(house.store, answers())
    approved = statements.approve(case, 1, by(SECOND))
    statements.issue(approved, Leaving("written", "Báo Sông Côn"), {".txt": b"x"}, by(SECOND))


def test_a_statement_is_taken_back_on_its_case_by_a_second_person_and_says_so_everywhere(
    house: Installation, ids: dict[str, str]
) -> None:
    case = handed_in(house, ids["waste"], "Nước sông")
    issue(house, case)
    key = f"retract-{case.number}-1"
    writer = replace(OFFICER, account=6, grants=(Grant(Role.OFFICER),))
    second = replace(OFFICER, account=7, grants=(Grant(Role.APPROVER),))
    newsroom.use(house, lambda: NOW, who=lambda: writer)
    assert not [x for x in screen("case", id=case.number).text_area if x.key == f"{key}-why"]
    newsroom.use(house, lambda: NOW, who=lambda: second)
    test = screen("case", id=case.number)
    press = next(x for x in test.button if x.form_id == f"{key}-form")
    press.click().run()
    assert "Thiếu lý do thu hồi" in told(test)
    test.text_area(f"{key}-why").set_value("Số liệu của đơn vị sai")
    next(x for x in test.button if x.form_id == f"{key}-form").click().run()
    assert not test.exception
    assert "Đã thu hồi lần phát hành 1" in told(test)
    assert "Đã thu hồi: Số liệu của đơn vị sai" in told(screen("case", id=case.number))
    assert "thu hồi lần phát hành 1 (Số liệu" in told(screen("case", id=case.number)).replace("\\", "")
    past = told(screen("statements", show="past"))
    assert "đã thu hồi" in past
    assert "Thu hồi vì: Số liệu của đơn vị sai" in past
    assert "Chưa có" in told(screen("statements", show="memory"))


def test_statements_of_all_cases_stand_by_their_stage_with_what_waits_for_me(
    house: Installation, ids: dict[str, str]
) -> None:
    assert "Chưa có câu trả lời nào" in told(screen("statements"))
    theirs = handed_in(house, ids["waste"], "Nước sông")
    mine = handed_in(house, ids["road"], "Bồi thường", ME)
    issue(house, handed_in(house, ids["flight"], "Đường bay"))
    test = screen("statements")
    names = {label.partition(" (")[0]: label for label in test.segmented_control("statements-show").options}
    counts = {"Chưa phát hành": 2, "Tôi soạn": 1, "Chờ tôi duyệt": 1, "Đã phát hành": 1, "Tất cả": 3}
    assert {name: names[name] for name in counts} == {name: f"{name} ({n})" for name, n in counts.items()}
    for view, here in (("mine", mine), ("approve", theirs)):
        shown = told(screen("statements", show=view))
        assert here.number in shown
        assert "1 câu trả lời" in shown
        assert "Hạn trả lời" in shown
    issued = told(screen("statements", show="issued"))
    assert "Đường bay" in issued
    assert "Sở trả lời Đường bay." in issued
    assert "[#1]" not in issued
    assert "Nước sông" not in issued


def test_it_opens_on_what_there_is_and_an_empty_view_says_that_it_is_empty(
    house: Installation, ids: dict[str, str]
) -> None:
    issue(house, handed_in(house, ids["flight"], "Đường bay"))
    test = screen("statements")
    assert "Sở trả lời Đường bay." in told(test)
    test.segmented_control("statements-show").set_value("open").run()
    assert "Mục này chưa có câu trả lời nào" in told(test)
    assert "Không có câu trả lời nào khớp" in told(screen("statements", show="open", unit="so-y-te"))


def test_the_list_is_searched_and_narrowed_and_keeps_it_in_the_address(
    house: Installation, ids: dict[str, str]
) -> None:
    waste, road = (
        handed_in(house, ids[name], title) for name, title in (("waste", "Nước sông"), ("road", "Bồi thường"))
    )
    test = screen("statements")
    test.text_input("statements-q").set_value("boi thuong").run()
    assert test.query_params["q"] in ("boi thuong", ["boi thuong"])
    assert (road.number in told(test), waste.number in told(test)) == (True, False)
    assert "Không có câu trả lời nào khớp" in told(screen("statements", unit="so-y-te"))
    assert "ký tự" in told(screen("statements", q="báo:"))
    assert waste.number in told(screen("statements", show="drop table", unit="x", page="99999999"))
    house.__dict__["index"] = Away()
    assert "Chưa tìm kiếm được" in told(screen("statements", q="bồi thường"))
    assert road.number in told(screen("statements"))


def test_what_was_answered_is_found_again_and_only_by_who_may_see_its_case(
    house: Installation, ids: dict[str, str]
) -> None:
    assert "Chưa có điều nào được trả lời" in told(screen("statements", show="memory"))
    issue(house, handed_in(house, ids["waste"], "Nước sông"))
    test = screen("statements", show="memory")
    assert title_of(house, ids["waste"]) in told(test)
    assert "Sở trả lời Nước sông." in test.code[0].value
    assert not screen("statements", show="memory", q="cao tốc").code
    assert screen("statements", show="memory", q="nuoc song").code
    unit = replace(OFFICER, grants=(Grant(Role.UNIT_OFFICER, "", "so-y-te"),), standings=(Standing.SIGNED_IN,))
    newsroom.use(house, lambda: NOW, who=lambda: unit)
    assert not screen("statements", show="memory").code
    assert "Chưa có câu trả lời nào" in told(screen("statements", show="all"))


def test_what_coverage_did_after_is_shown_for_a_period_and_for_each_without_a_word_of_cause(
    house: Installation, ids: dict[str, str], later: Later
) -> None:
    case = handed_in(house, ids["waste"], "Nước sông")
    desk(house).add(case.number, list(house.store.article_ids())[:40], by(ME))
    assert "Không có câu trả lời nào phát hành" in told(screen("effects"))
    issue(house, now_of(house, case))
    assert "Chưa so được: 0 trên 1 câu trả lời đã đủ ngày" in told(screen("effects"))
    later(house, NOW + timedelta(days=9))
    test = screen("effects")
    shown = told(test)
    assert "1 trên 1 câu trả lời đã đủ ngày để so" in shown
    assert "không phải nguyên nhân" in shown
    assert len(test.get("vega_lite_chart")) == 1
    (table,) = test.table
    assert table.value["Sau so với trước"].iloc[0].endswith(")")
    test.selectbox("effects-of").set_value("repeats").run()
    assert test.query_params["of"] in ("repeats", ["repeats"])
    assert "Chưa câu trả lời nào ở đây có từ 10 văn bản" in told(test)
    assert "Quá ít để nói gì về cả khoảng: cần từ 5 câu trả lời" in told(test)
    assert "Tính chung, sau so với trước:" not in told(test)
    one = screen("effects", id=case.number)
    assert "So 1 tuần sau với 1 tuần trước" in told(one)
    assert "Không có vụ việc" in told(screen("effects", id="VV-2026-9999"))


def test_all_statements_of_the_period_are_one_figure_whatever_page_is_shown(
    house: Installation, later: Later, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(effect, "PER_PAGE", 2)
    articles = list(house.store.article_ids())[:40]
    of_stories = {each.key(Kind.STORY) or each.article.id: each.article.id for each in house.store.rows(articles)}
    cases = [handed_in(house, each, f"Việc {each}") for each in list(of_stories.values())[:ANSWERS]]
    for case in cases:
        desk(house).add(case.number, articles, by(ME))
        issue(house, now_of(house, case))
    later(house, NOW + timedelta(days=9))
    first, last = screen("effects"), screen("effects", page="3")
    assert "5 câu trả lời · đang xem 1–2" in told(first)
    assert "5 câu trả lời · đang xem 5–5" in told(last)
    assert [len(test.table[0].value) for test in (first, last)] == [2, 1]
    together = [next(each.value for each in test.markdown if "Tính chung" in each.value) for test in (first, last)]
    assert together[0] == together[1]
    assert "5 trên 5 câu trả lời đã đủ ngày để so, mỗi câu trong khoảng của chính nó (1 tuần trước và sau)" in told(
        last
    )
    assert "khoảng 95 % tính theo chênh lệch giữa các câu. Tính lúc" in told(last)


def test_a_ratio_without_a_bound_is_drawn_to_the_edge_and_without_a_before_as_a_line_alone() -> None:
    dots = [Dot("a", "A", Ratio(0, 12, None, 3.0, None)), Dot("b", "B", Ratio(12, 0, 0.0, 0.0, 0.3))]
    made = forest(dots, Words("vi")).to_dict()
    first, second = made["datasets"][made["layer"][1]["data"]["name"]]
    assert (first["ratio"], first["low"], first["high"]) == (None, 3.0, 16.0)
    assert (second["ratio"], second["low"]) == (1 / 16, 1 / 16)
