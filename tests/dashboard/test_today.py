"""Hôm nay: what is new for this reader, what waits for them, what grows."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from dashboard import newsroom
from diembao.api.rights import Visitor
from diembao.core.accounts import CONSOLE, Grant, NewAccount, Role
from diembao.core.alert import FOLDER
from diembao.core.case import CaseState
from diembao.core.subscription import Rhythm, Subscription
from diembao.pipeline.ringing import Told
from diembao.pipeline.wiring import Installation
from diembao.plan.answers import answers
from diembao.response.statements import Statements, Wording
from tests.dashboard.conftest import OFFICER, screen, words_of
from tests.dashboard.seed import NOW, PROVINCE
from tests.dashboard.test_cases import OTHER, by, desk, drafting, opened

COLLEAGUE = replace(OFFICER, actor="person:7", where="session:7", account=7, name="hoa", shown="Trần Thị Hoa")


def seen_by(house: Installation, who: Visitor, now: datetime = NOW) -> str:
    newsroom.use(house, lambda: now, who=lambda: who)
    return words_of(screen()).replace("\\", "")


def test_the_last_visit_is_each_readers_own(house: Installation) -> None:
    seen_by(house, OFFICER)
    three = NOW + timedelta(hours=3)
    assert "Thu được từ lần xem trước" not in seen_by(house, COLLEAGUE, three)
    assert "Thu được từ lần xem trước (06:40)" in seen_by(house, OFFICER, three)


def test_what_waits_for_the_reader_stands_once_and_for_them_alone(house: Installation) -> None:
    case = drafting(house, opened(house))
    wording = Wording("Sở trả lời.", "written", "Giám đốc", title="Thông tin")
    Statements(house.store, answers()).save(case.number, wording, by(OTHER), based_on=0)
    desk(house).move(case, CaseState.APPROVAL, by(OTHER))
    told = seen_by(house, COLLEAGUE)
    assert "Chờ tôi duyệt (1)" in told
    assert told.count(case.details.title) == 1  # not once more among those that are due
    writer = replace(COLLEAGUE, actor=OTHER)
    assert "Chờ tôi duyệt" not in seen_by(house, writer)  # never one's own
    viewer = replace(COLLEAGUE, grants=(Grant(Role.VIEWER),))
    assert "Chờ tôi" not in seen_by(house, viewer)


def test_cases_in_ones_own_hands_come_before_the_others(house: Installation) -> None:
    case = opened(house)
    desk(house).move(case, CaseState.TAKEN, by("person:7"))
    assert "Vụ việc tôi phụ trách (1)" in seen_by(house, COLLEAGUE)
    assert "Vụ việc tôi phụ trách" not in seen_by(house, replace(COLLEAGUE, actor="person:8", account=8))


def test_a_spike_that_was_told_is_shown_while_it_goes_on_to_whose_it_is(house: Installation) -> None:
    number = house.store.add_account(NewAccount("hoa", "hoa", "Trần Thị Hoa"), by=CONSOLE, now=NOW)
    mine = replace(COLLEAGUE, actor=f"person:{number}", account=number)
    asked = Subscription("Nước sông Côn", '"sông Côn"', (FOLDER,), rhythm=Rhythm.SPIKE, owner=mine.actor)
    house.store.add_subscription(asked, now=NOW - timedelta(days=1))
    told = Told(NOW - timedelta(hours=2), 1234)
    house.store.set_fact(f"{Rhythm.SPIKE}:{PROVINCE}:{asked.name}", told.written())
    shown = seen_by(house, mine)
    assert "Đang tăng đột biến" in shown
    assert "1.234 bài khi phát hiện, lúc 04:40" in shown
    assert "Đang tăng đột biến" not in seen_by(house, COLLEAGUE)
    over = replace(told, ended=NOW)
    house.store.set_fact(f"{Rhythm.SPIKE}:{PROVINCE}:{asked.name}", over.written())
    later = NOW + timedelta(minutes=15)  # it is looked at by the ten minutes
    assert "Nước sông Côn" not in seen_by(house, mine, later)


def test_the_chart_has_its_figures_as_a_table(house: Installation) -> None:
    test = screen()
    assert "Bảng số liệu" in [each.label for each in test.expander]
    (table,) = test.table
    assert list(table.value.columns) == ["Ngày", "phê phán", "chưa rõ", "trung tính", "tích cực"]
    assert len(table.value) == 14
