"""Hôm nay: how fresh it is, what is new for this reader, what waits for them, what grows."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from dashboard import newsroom
from diembao.api.rights import Visitor
from diembao.core.accounts import CONSOLE, Grant, NewAccount, Role
from diembao.core.alert import FOLDER
from diembao.core.case import CaseState, Priority
from diembao.core.ports import Event
from diembao.core.subscription import Rhythm, Subscription
from diembao.pipeline import steps, waiting
from diembao.pipeline.ringing import Told
from diembao.pipeline.wiring import Installation
from diembao.plan.answers import answers
from diembao.response.statements import Statements, Wording
from tests.dashboard.casework import (
    OTHER,
    PLAIN,
    by,
    desk,
    drafting,
    opened,
    told,
)
from tests.dashboard.conftest import OFFICER, Later, figures_of, screen, titles_of, words_of
from tests.dashboard.seed import NOW, PROVINCE

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


def test_today_says_how_fresh_it_is_and_counts_against_what_came_before(house: Installation) -> None:
    test = screen(period="24h")
    told = words_of(test).replace("\\", "")
    assert test.title[0].value.replace("\\", "") == "Hôm nay · Thứ Bảy 21/11/2026"
    assert "Thu thập xong 4 phút trước" in told
    assert f"chỉ mục đủ {house.store.size()} bài" in told
    assert "trung bình 7 ngày trước" in told
    figures = figures_of(test)
    assert list(figures) == [
        "Bài về tỉnh",
        "Gợi ý phê phán",
        "Văn bản khác nhau",
        "Vụ việc đang mở",
        "Nguồn im lặng hoặc lỗi",
    ]
    assert figures["Nguồn im lặng hoặc lỗi"] == "1"


def test_a_comparison_with_days_that_were_not_watched_says_so(house: Installation, later: Later) -> None:
    assert "theo dõi từ 21/11/2026, số so sánh trước ngày ấy còn thiếu" in words_of(screen(period="7d")).replace(
        "\\", ""
    )
    later(house, NOW + timedelta(days=60))
    assert "theo dõi từ" not in words_of(screen(period="7d"))


def test_critical_stories_come_first_the_larger_before_the_newer(house: Installation) -> None:
    titles = list(titles_of(screen(period="24h")).values())
    assert titles[0] == "Nước thải trại heo chảy ra sông Côn, dân Tây Sơn phản ánh nhiều lần"
    assert titles[1].startswith("Giá bồi thường cao tốc")
    assert not any("kiểm tra trại heo" in title for title in titles)


def test_a_row_says_outlet_language_time_story_and_the_sentence_that_mattered(house: Installation) -> None:
    told = words_of(screen(period="24h")).replace("\\", "")
    assert "Báo Sông Côn · 06:10 · 3 bài, 2 văn bản khác nhau" in told
    assert "“Người dân xã Tây Sơn cho biết họ gửi đơn ba lần nhưng chưa được trả lời.”" in told
    assert "tiếng Lào · 04:40" in told
    assert "không rõ giờ đăng, thu được 23:44 hôm qua" in told


def test_the_open_button_leads_to_the_article(house: Installation, ids: dict[str, str]) -> None:
    links = titles_of(screen(period="24h"), "go")
    assert links[f"/bai-bao?id={ids['waste']}"] == "Mở"


def test_alerts_and_silent_outlets_are_listed_with_their_reasons(house: Installation) -> None:
    told = words_of(screen()).replace("\\", "")
    assert "Phê phán về tỉnh · Báo Sông Côn · 06:40 · chờ gửi" in told
    assert "The Mekong Courier" in told
    assert "chưa đọc được lần nào (máy chủ trả lỗi 503)" in told


def test_what_came_since_the_last_visit_is_counted_after_half_an_hour(house: Installation, later: Later) -> None:
    assert "Từ lần trước" not in str(screen().segmented_control("today-period").options)
    later(house, NOW + timedelta(minutes=5))
    assert "Từ lần trước" not in str(screen().segmented_control("today-period").options)
    later(house, NOW + timedelta(hours=3))
    test = screen()
    assert test.segmented_control("today-period").value == "visit"
    assert "Thu được từ lần xem trước (06:45)" in words_of(test).replace("\\", "")
    assert figures_of(test)["Bài về tỉnh"] == "0"


@pytest.mark.parametrize(
    ("passed", "expected"),
    [
        (timedelta(minutes=30), ""),
        (timedelta(hours=5), "Lần thu thập gần nhất là 5 giờ trước"),
        (timedelta(days=3), "Lần thu thập gần nhất là 3 ngày trước"),
    ],
)
def test_a_collection_that_is_late_is_said_in_words(
    house: Installation, later: Later, passed: timedelta, expected: str
) -> None:
    later(house, NOW + passed)
    warnings = [element.value.replace("\\", "") for element in screen().warning]
    assert (expected in warnings[0]) if expected else not warnings


def test_a_first_collection_that_is_running_is_said(empty: Installation) -> None:
    empty.store.begin_run(NOW - timedelta(minutes=2))
    test = screen()
    assert "Đang thu thập lần đầu: 0 bài" in test.info[0].value


def test_a_collection_that_was_cut_off_is_said(house: Installation) -> None:
    house.store.begin_run(NOW - timedelta(hours=8))
    assert "chưa kết thúc" in screen().warning[0].value


def test_an_empty_index_is_said_and_no_article_is_called_lost(house: Installation) -> None:
    house.index.wipe()
    assert "Chỉ mục tìm kiếm còn trống" in screen().warning[0].value


def test_an_index_that_is_made_again_is_said(house: Installation) -> None:
    house.index.mark(house.store.head() - 1)
    house.store.set_fact(steps.REMADE, str(house.store.head()))
    assert "Chỉ mục đang được làm lại" in screen().warning[0].value


def test_an_index_far_behind_is_said(house: Installation) -> None:
    with house.store.writing() as write:
        for _ in range(7):
            write.announce(Event.MODEL, list(house.store.article_ids()), now=NOW)
    assert f"theo sau kho {house.store.size() * 7} việc" in screen().warning[0].value


def test_an_index_that_takes_nothing_in_is_said_above_the_numbers(house: Installation) -> None:
    waiting.note(house.store, "disk full", NOW - timedelta(minutes=3))
    test = screen()
    assert "không nhận bài mới từ 06:37" in test.warning[0].value
    assert "disk full" in test.warning[0].value
    assert figures_of(test)


def test_today_counts_open_and_late_cases_and_lists_what_is_due_first(house: Installation, later: Later) -> None:
    opened(house, replace(PLAIN, title="Vụ thường"))
    opened(house, replace(PLAIN, title="Vụ khẩn", priority=Priority.URGENT))
    later(house, NOW + timedelta(hours=30))
    test = screen()
    assert figures_of(test)["Vụ việc đang mở"] == "2"
    assert "1 vụ trễ hạn" in told(test)
    links = [link.proto.label for link in test.get("page_link")]
    assert links.index("Vụ khẩn") < links.index("Vụ thường")
