"""*Cảnh báo*, and “Báo cho tôi” on *Dòng tin*: made with a preview, changed, paused, tried and removed."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from streamlit.testing.v1 import AppTest

from dashboard import newsroom
from diembao.api.rights import Visitor
from diembao.core.accounts import CONSOLE, Grant, Role
from diembao.core.alert import Channel, Recipient
from diembao.core.subscription import Quiet, Rhythm, Subject, Subscription
from diembao.pipeline.wiring import Installation
from tests.dashboard.conftest import OFFICER, screen, words_of
from tests.dashboard.seed import NOW
from tests.store.making import alert

PAGE = Recipient(Channel.PAGE, OFFICER.actor)
MINE = Subscription(name="Nước thải", query="nước thải", owner=OFFICER.actor)


def put(house: Installation, **changes: Any) -> str:
    """The key of its buttons."""
    return f"alert-{house.store.add_subscription(replace(MINE, **changes), now=NOW).id}"


def enter(house: Installation, role: Role) -> None:
    who: Visitor = replace(OFFICER, grants=(Grant(role, "", ""),))
    newsroom.use(house, lambda: NOW, who=lambda: who)


def press(test: AppTest, key: str) -> AppTest:
    test.button(key).click().run()
    assert not test.exception, test.exception
    return test


def buttons(test: AppTest) -> set[str]:
    return {each.key for each in test.button if each.key}


def test_one_is_made_with_what_it_would_have_sent_before_it_is_kept(house: Installation) -> None:
    shown = screen("alerts")
    shown.text_input("alert-new-0-name").set_value("Nước thải")
    shown.text_area("alert-new-0-query").set_value("nước thải")
    shown.text_input("alert-new-0-to").set_value("truc.ban@example.vn, Trang này")
    shown.run()
    assert "3 bài khớp" in words_of(shown)
    assert house.store.subscriptions() == []
    press(shown, "alert-new-add")
    (kept,) = house.store.subscriptions()
    assert (kept.name, kept.query, kept.owner) == ("Nước thải", "nước thải", OFFICER.actor)
    assert kept.to == (Recipient(Channel.MAIL, "truc.ban@example.vn"), PAGE)
    assert "Đã tạo cảnh báo" in words_of(shown)


def test_what_will_not_do_is_said_while_it_is_typed_and_nothing_is_lost(house: Installation) -> None:
    shown = screen("alerts")
    shown.text_input("alert-new-0-name").set_value("Cảng")
    shown.text_area("alert-new-0-query").set_value('"cảng')
    shown.run()
    assert "ngoặc kép" in words_of(shown)
    press(shown, "alert-new-add")
    assert shown.text_area("alert-new-0-query").value == '"cảng'
    assert house.store.subscriptions() == []


def test_one_is_paused_resumed_changed_and_removed(house: Installation) -> None:
    key = put(house)
    shown = press(screen("alerts"), f"{key}-pause")
    assert house.store.subscriptions()[0].paused
    press(shown, f"{key}-pause")
    assert not house.store.subscriptions()[0].paused
    press(shown, f"{key}-change")
    shown.selectbox(f"{key}-form-rhythm").set_value(Rhythm.DAILY).run()
    shown.text_input(f"{key}-form-quiet").set_value("22:00-6:00").run()
    (theirs,) = house.store.subscriptions()
    house.store.change_subscription(replace(theirs, threshold=5), now=NOW)  # somebody else, meanwhile
    press(shown, f"{key}-save")
    assert "Người khác vừa sửa cảnh báo" in words_of(shown)
    order = [each.key or each.type for each in shown.main]
    assert order.index("warning") > order.index(f"{key}-save")  # where one looks after pressing, not above the page
    assert "từ 5 bài" in words_of(shown)  # what they made of it; what was typed still stands in the form
    assert house.store.subscriptions()[0].rhythm is Rhythm.INSTANT
    press(shown, f"{key}-save")
    (kept,) = house.store.subscriptions()
    assert (kept.name, kept.rhythm, kept.query) == ("Nước thải", Rhythm.DAILY, "nước thải")
    assert isinstance(kept.quiet, Quiet)
    press(shown, f"{key}-remove")
    assert house.store.subscriptions() == []


def test_a_theme_is_watched_without_typing_a_query(house: Installation) -> None:
    shown = screen("alerts")
    shown.text_input("alert-new-0-name").set_value("Môi trường")
    shown.selectbox("alert-new-0-subject").set_value(Subject.THEME).run()
    press(shown, "alert-new-add")
    (kept,) = house.store.subscriptions()
    assert (kept.subject, kept.query) == (Subject.THEME, f"chủ_đề:{next(iter(house.profile.themes))}")


def test_a_trial_says_what_became_of_it(house: Installation) -> None:
    key = put(house, to=(PAGE,))
    assert "Đã gửi thử tới trang này" in words_of(press(screen("alerts"), f"{key}-try"))


def test_the_last_14_days_of_one_that_stands_are_shown(house: Installation) -> None:
    key, spike = put(house), put(house, name="Tăng vọt", rhythm=Rhythm.SPIKE)
    shown = press(screen("alerts"), f"{key}-preview")
    assert "sự việc" in words_of(shown)
    press(shown, f"{spike}-preview")
    assert "2 bài khớp\\, sẽ là 0 thư" in words_of(shown)


def test_a_viewer_keeps_their_own_and_sees_the_offices_without_changing_it(house: Installation) -> None:
    own, office = put(house), put(house, name="Chung", owner="")
    other = put(house, name="Riêng", owner="person:99")
    enter(house, Role.VIEWER)
    shown = screen("alerts")
    assert f"{own}-remove" in buttons(shown)
    assert f"{office}-preview" in buttons(shown)
    assert f"{office}-remove" not in buttons(shown)
    assert not [key for key in buttons(shown) if key.startswith(other)]
    enter(house, Role.ADMINISTRATOR)
    assert f"{other}-remove" in buttons(screen("alerts"))


def test_a_search_of_the_stream_becomes_an_alert_with_its_filters_but_no_period(house: Installation) -> None:
    shown = screen("stream", q="nước thải", stance="critical", period="7d")
    assert "alert-search-add" not in buttons(shown)  # nothing is looked for before somebody asks
    shown.session_state["alert-search"] = True
    shown.run()
    assert "bài khớp" in words_of(shown)
    press(shown, "alert-search-add")
    (made,) = house.store.subscriptions()
    assert (made.query, made.to) == ("(nước thải) liên_quan:(có OR một_phần) thái_độ:phê_phán", (PAGE,))
    abroad = screen("foreign")
    abroad.session_state["alert-search"] = True
    press(abroad.run(), "alert-search-add")
    digest = next(each for each in house.store.subscriptions() if each.id != made.id)
    assert (digest.query, digest.rhythm) == ("-nước:VN liên_quan:(có OR một_phần)", Rhythm.DAILY)


def test_an_address_that_has_stopped_is_shown_and_is_sent_to_again(house: Installation, ids: dict[str, str]) -> None:
    mail = Recipient(Channel.MAIL, "truc.ban@example.vn")
    key = put(house, to=(mail,))
    with house.store.writing() as write:
        write.add_alert(replace(alert("a", "one", MINE.name, at=NOW), article_id=ids["waste"]), [mail])
    (sent,) = [each for each in house.store.deliveries() if each.name == MINE.name]
    house.store.stop(sent.number, now=NOW, by=CONSOLE)
    shown = screen("alerts")
    assert "đã thôi nhận" in words_of(shown)
    press(shown, f"{key}-take-up-0")
    assert house.store.stopped() == []
    assert "đã thôi nhận" not in words_of(screen("alerts"))


def test_ones_own_page_is_typed_by_its_name_and_stays_one_owns(house: Installation) -> None:
    key = put(house, to=(PAGE,))
    shown = press(screen("alerts"), f"{key}-change")
    assert shown.text_input(f"{key}-form-to").value == "trang này"
    press(shown, f"{key}-save")
    assert house.store.subscriptions()[0].to == (PAGE,)
