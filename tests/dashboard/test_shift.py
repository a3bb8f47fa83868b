"""Trực: the shift's stories one by one, each key and its way back, and the handover."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import newsroom
from dashboard.shift import review
from dashboard.shift.waiting import waiting
from diembao.core.accounts import Grant, Hand, Role
from diembao.core.article import Kind, Labelled
from diembao.pipeline.wiring import Installation
from tests.dashboard import published, seed
from tests.dashboard.casework import opened
from tests.dashboard.conftest import OFFICER, screen, titles_of, words_of
from tests.dashboard.published import Told
from tests.dashboard.seed import NOW, PROVINCE

DAY = NOW - timedelta(hours=24)
HAND = Hand("person:1", "session:1")


def told(test: AppTest) -> str:
    return words_of(test).replace("\\", "")


def stored(house: Installation, article: str) -> Labelled:
    item = house.store.article(article)
    assert item is not None
    return item


def pressed(test: AppTest, *keys: str) -> AppTest:
    for key in keys:
        test.button(f"shift-{key}").click().run()
        assert not test.exception, (key, test.exception)
    return test


def shown(test: AppTest) -> str:
    """The title of the story before the reader."""
    return next(iter(titles_of(test).values()))


def test_stories_come_by_weight_and_one_that_was_looked_through_comes_back_only_for_a_new_text(
    house: Installation, ids: dict[str, str]
) -> None:
    first, *rest = waiting(house, DAY)
    assert (first.article, first.critical, first.texts) == (ids["waste"], True, 2)
    assert rest[0].article == ids["road"]
    house.store.look(first.article, HAND, NOW)
    assert ids["waste"] not in {each.article for each in waiting(house, DAY)}
    later = NOW + timedelta(hours=1)
    for role, comes in (("copy", False), ("follow-up", True)):
        new = Told("tin-cao-nguyen", f"Tây Sơn: thêm tin {role}", -0.5, story="waste", role=role, stance="neutral")
        seed.fill(house, (*published.LEADING, new), now=later)
        back = {article for each in waiting(house, DAY) for article in (each.article, *each.others)}
        assert (ids["waste"] in back) is comes, role


def test_keys_judge_the_article_that_is_shown_and_go_on_when_it_is_done(
    house: Installation, ids: dict[str, str]
) -> None:
    test = screen("duty")
    assert shown(test).startswith("Nước thải trại heo")
    before = told(test)
    pressed(test, "neutral", "relevance")
    item = stored(house, ids["waste"])
    assert item.key(Kind.STANCE, PROVINCE) == "neutral"
    assert item.key(Kind.RELEVANCE, PROVINCE) == "no"
    assert {x.why for x in item.labels if x.by_person} == {"duyệt ca trực"}
    pressed(test, "right")
    assert shown(test).startswith("Giá bồi thường cao tốc")
    assert "đã xem 1 trong phiên này" in told(test)
    assert "đã xem 0 trong phiên này" in before
    assert house.store.looked([ids["waste"]]) == {ids["waste"]: NOW}


def test_every_key_can_be_taken_back_in_order_and_what_people_said_before_stands_again(
    house: Installation, ids: dict[str, str]
) -> None:
    waste = ids["waste"]
    house.store.correct(waste, Kind.STANCE, PROVINCE, ["positive"], by="person:9", why="đọc kỹ", now=NOW)
    house.store.correct(waste, Kind.THEME_YES, PROVINCE, ["tourism"], by="person:9", why="", now=NOW)
    seed.index(house)
    test = screen("duty")
    standing = {(x.kind, x.key, x.why) for x in stored(house, waste).labels if x.by_person}
    while not shown(test).startswith("Nước thải trại heo chảy ra sông Côn, dân"):
        pressed(test, "skip")
    pressed(test, "critical", "theme", "theme-sea-islands", "themes-save", "right")
    item = stored(house, waste)
    assert item.key(Kind.STANCE, PROVINCE) == "critical"
    assert {"sea-islands", "tourism"} <= set(item.keys(Kind.THEME, PROVINCE))
    pressed(test, "undo", "undo", "undo")
    assert {(x.kind, x.key, x.why) for x in stored(house, waste).labels if x.by_person} == standing
    assert not house.store.looked([waste])
    while "shift-undo" in {button.key for button in test.button}:
        pressed(test, "undo")
    assert "shift-undo" not in {button.key for button in test.button}


def test_what_is_passed_over_comes_last_and_nothing_is_written(house: Installation) -> None:
    test = screen("duty")
    first = shown(test)
    pressed(test, "skip")
    assert shown(test) != first
    assert not list(house.store.audit(act="shift."))
    assert not house.store.people_labels((Kind.STANCE, Kind.THEME), PROVINCE)


def test_a_case_is_opened_or_joined_by_two_keys(house: Installation, ids: dict[str, str]) -> None:
    case = opened(house)
    test = screen("duty")
    pressed(test, "case", f"join-{case.number}")
    assert [each.number for each in house.store.cases_with([ids["waste"]])] == [case.number]
    pressed(test, "right", "case", "case-new")
    (made,) = house.store.cases_with([ids["road"]])
    assert f"Đã mở {made.number}." in told(test)
    assert made.details.unit
    pressed(test, "case")
    assert f"Bài đã ở {made.number}" in told(test)


def test_worked_off_it_says_so_and_new_coverage_comes_by_itself(
    house: Installation, later: Callable[[Installation, datetime], None]
) -> None:
    for each in waiting(house, DAY)[2:]:
        house.store.look(each.article, HAND, NOW)
    test = pressed(screen("duty"), "right", "right")
    assert "Không còn chuyện nào chưa xem" in told(test)
    assert "đã xem 2 trong phiên này" in told(test)
    later(house, NOW + timedelta(minutes=6))
    seed.fill(house, (*published.LEADING, Told("tin-cao-nguyen", "Tin vừa đến", -0.05, story="fresh")), now=NOW)
    test.run()
    assert shown(test) == "Tin vừa đến"


def test_a_handover_stands_above_the_next_shift_until_it_is_taken(
    house: Installation, later: Callable[[Installation, datetime], None]
) -> None:
    test = screen("duty", view="hand-over")
    assert "chuyện chưa xem từ" in str(test.text_area("handover").value)
    assert "Vụ việc trễ hạn: 0." in str(test.text_area("handover").value)
    test.text_area("handover").set_value("Chờ xã Tây Sơn trả lời số đo.\n@hoa gọi lại lúc 14 giờ")
    test.button("handover-do").click().run()
    assert "Đã ghi bàn giao." in told(test)
    next_shift = replace(OFFICER, actor="person:7", where="session:7", account=7)
    newsroom.use(house, lambda: NOW + timedelta(hours=1), who=lambda: next_shift)
    test = screen("duty")
    assert "Chờ xã Tây Sơn trả lời số đo." in told(test)
    assert test.segmented_control("duty-since").value == "shift"
    test.button("handover-take").click().run()
    assert "handover-take" not in {button.key for button in test.button}
    (kept,) = house.store.handovers()
    assert (kept.by, kept.taken_by) == ("person:1", "person:7")


def test_an_empty_handover_is_refused_in_words(house: Installation) -> None:
    test = screen("duty", view="hand-over")
    test.text_area("handover").set_value("   ")
    test.button("handover-do").click().run()
    assert "còn trống" in told(test)
    assert not house.store.handovers()


def test_who_follows_the_press_abroad_reviews_that_alone(house: Installation, ids: dict[str, str]) -> None:
    abroad = replace(OFFICER, grants=(Grant(Role.FOREIGN_AFFAIRS, unit="so-ngoai-vu"),))
    newsroom.use(house, lambda: NOW, who=lambda: abroad)
    test = screen("duty")
    every = waiting(house, DAY)
    mine = list(test.session_state["shift-list"])
    assert 0 < len(mine) < len(every)
    assert ids["flight"] in {each.article for each in mine}
    assert ids["waste"] not in {each.article for each in mine}


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ({"view": "x", "since": "shift"}, "Còn "),  # there is no handover
        ({"lang": "en"}, "stories are left"),
    ],
)
def test_an_address_that_cannot_be_shows_the_review(house: Installation, address: dict[str, str], said: str) -> None:
    assert said in told(screen("duty", **address))


def test_rights_that_were_lost_write_nothing(house: Installation, ids: dict[str, str]) -> None:
    test = screen("duty")
    viewer = replace(OFFICER, grants=(Grant(Role.VIEWER),))
    newsroom.use(house, lambda: NOW, who=lambda: viewer)
    test.button("shift-neutral").click().run()
    assert not [x for x in stored(house, ids["waste"]).labels if x.by_person]


def test_a_span_with_more_articles_than_are_gone_through_says_so_also_in_the_handover(
    house: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "chỉ xét" not in told(screen("duty"))
    monkeypatch.setattr(review, "MOST", 2)
    assert "ở đây chỉ xét 2 bài mới nhất. Chọn khoảng ngắn hơn" in told(screen("duty"))
    assert "chỉ xét 2 bài" in (screen("duty", view="hand-over").text_area[0].value or "")
