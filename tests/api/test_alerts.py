"""Subscriptions by the API: made, previewed, changed, paused, tried and removed by whoever they are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from diembao.api.alerting import hears
from diembao.core.accounts import CONSOLE, Grant, Role
from diembao.core.alert import Channel, Recipient
from diembao.core.case import Note
from diembao.core.subscription import Subject, Subscription
from diembao.pipeline import clocked
from diembao.pipeline.telling import standing
from tests.api.asking import UNIT, Asking
from tests.dashboard.seed import NOW
from tests.store.making import alert

ASKED = {"name": "Nước thải", "query": "nước thải", "to": ["truc.ban@example.vn"]}


def names(ask: Asking, role: Role) -> list[str]:
    return [each["name"] for each in ask("/alerts?limit=100", role=role).json()["alerts"]]


def made(ask: Asking, role: Role = Role.VIEWER, **more: Any) -> Any:
    return ask("/alerts", "POST", body=ASKED | more, role=role)


def test_a_preview_tells_what_would_have_been_sent_and_keeps_nothing(ask: Asking) -> None:
    before = names(ask, Role.VIEWER)
    found = made(ask, preview=True).json()
    assert found["saved"] is False
    assert found["preview"]["articles"] > 0
    assert found["preview"]["messages"][0]["stories"][0]["news"] == "first"
    assert names(ask, Role.VIEWER) == before


def test_a_preview_of_a_spike_tells_counts_and_that_there_is_too_little_to_compare_with(ask: Asking) -> None:
    found = made(ask, preview=True, rhythm="spike").json()["preview"]
    assert (found["messages"], found["messages_in_all"]) == ([], 0)
    assert found["counted"]["history"] < found["counted"]["enough"]
    assert sum(each["seen"] for each in found["counted"]["counts"]) == found["articles"] > 0


def test_ones_own_is_made_changed_paused_tried_and_removed_by_its_owner(ask: Asking) -> None:
    number = made(ask, name="Của tôi", to=[]).json()["alert"]["id"]
    assert names(ask, Role.VIEWER)[0] == "Của tôi"  # one's own first
    changed = ask(f"/alerts/{number}", "PATCH", body={"rhythm": "daily", "hour": 7}, role=Role.VIEWER).json()
    assert (changed["rhythm"], changed["hour"], changed["query"]) == ("daily", 7, "nước thải")
    late = ask(f"/alerts/{number}", "PATCH", body={"hour": 9, "version": "0" * 16}, role=Role.VIEWER)
    assert (late.status_code, ask(f"/alerts/{number}", role=Role.VIEWER).json()["hour"]) == (409, 7)
    at_nine = {"hour": 9, "version": changed["version"]}
    assert ask(f"/alerts/{number}", "PATCH", body=at_nine, role=Role.VIEWER).json()["hour"] == 9
    old = {"paused": True, "version": changed["version"]}
    assert ask(f"/alerts/{number}", "PATCH", body=old, role=Role.VIEWER).status_code == 409
    assert ask(f"/alerts/{number}", role=Role.VIEWER).json()["paused"] is False
    both = ask(f"/alerts/{number}", "PATCH", body={"hour": 8, "paused": True}, role=Role.VIEWER).json()
    assert (both["hour"], both["paused"]) == (8, True)
    again = {"paused": False, "version": both["version"]}
    assert ask(f"/alerts/{number}", "PATCH", body=again, role=Role.VIEWER).json()["paused"] is False
    (trial,) = ask(f"/alerts/{number}/trials", "POST", body={}, role=Role.VIEWER).json()["trials"]
    assert (trial["kind"], trial["sent"]) == ("folder", True)
    assert ask(f"/alerts/{number}", "DELETE", role=Role.VIEWER).json() == {"id": number, "dropped": 0}
    assert ask(f"/alerts/{number}", role=Role.VIEWER).status_code == 404


def test_nobody_but_an_administrator_sees_what_others_asked_for(ask: Asking) -> None:
    number = made(ask, name="Riêng").json()["alert"]["id"]
    assert "Riêng" not in names(ask, Role.OFFICER)
    assert ask(f"/alerts/{number}", "DELETE", role=Role.OFFICER).status_code == 404
    assert "Riêng" in names(ask, Role.ADMINISTRATOR)
    assert ask(f"/alerts/{number}", "DELETE", role=Role.ADMINISTRATOR).status_code == 200


def test_the_offices_own_is_seen_by_all_and_changed_by_whoever_may(ask: Asking) -> None:
    assert made(ask, name="Cơ quan", office=True).status_code == 403
    number = made(ask, Role.OFFICER, name="Cơ quan", office=True).json()["alert"]["id"]
    assert "Cơ quan" in names(ask, Role.VIEWER)
    assert ask(f"/alerts/{number}", "DELETE", role=Role.VIEWER).status_code == 403
    assert ask(f"/alerts/{number}", "DELETE", role=Role.OFFICER).status_code == 200


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        ({"query": '"cảng'}, "ngoặc kép"),
        ({"query": ""}, "câu tìm"),
        ({"to": ["a@x.example\r\nBcc: b@y.example"]}, "địa chỉ thư"),
        ({"to": ["zalo:1"]}, "địa chỉ thư"),
        ({"subject": "unit", "key": "nobody"}, "nobody"),
        ({"subject": "theme", "key": 'x" OR y'}, "chủ đề"),
        ({"subject": "outlets", "key": ""}, "nguồn"),
        ({"subject": "outlets", "key": "@ZZ"}, "nước"),
        ({"subject": "case", "key": "VV-2026-9999"}, "vụ việc"),
        ({"quiet": "25:00-6:00"}, "22:00-6:00"),
        ({"quiet": "6:00-6:00"}, "22:00-6:00"),
        ({"name": "a\tb\x00"}, "tên"),
    ],
)
def test_what_will_not_do_is_said_and_nothing_is_kept(ask: Asking, wrong: dict[str, Any], named: str) -> None:
    before = names(ask, Role.ADMINISTRATOR)
    answer = made(ask, **{"name": "Sai", **wrong})
    assert 400 <= answer.status_code < 500
    assert named in answer.json()["detail"]
    assert names(ask, Role.ADMINISTRATOR) == before


def test_an_address_that_has_stopped_is_told_gets_no_trial_and_one_a_minute_is_sent(ask: Asking) -> None:
    number = made(ask, name="Thử", to=["truc.ban@example.vn", "page"]).json()["alert"]["id"]
    store, mail = ask.house.store, Recipient(Channel.MAIL, "truc.ban@example.vn")
    with store.writing() as write:
        write.add_alert(replace(alert("a", "thu", "Thử", at=NOW), article_id=ask.put.ids["waste"]), [mail])
    (sent,) = [each for each in store.deliveries() if each.name == "Thử"]
    store.stop(sent.number, now=NOW, by=CONSOLE)
    channels = ask(f"/alerts/{number}", role=Role.VIEWER).json()["channels"]
    assert [each["stopped"] for each in channels] == [True, False]
    trials = ask(f"/alerts/{number}/trials", "POST", body={}, role=Role.VIEWER).json()["trials"]
    assert [(each["kind"], each["sent"]) for each in trials] == [("mail", False), ("page", True)]
    assert "thư thử – Thử" in store.deliveries()[0].title  # what the page will show
    again = ask(f"/alerts/{number}/trials", "POST", body={}, role=Role.VIEWER)
    assert "chờ một phút" in again.json()["detail"]


def test_ones_own_goes_only_where_the_settings_allow_it_and_the_offices_anywhere(ask: Asking) -> None:
    before = ask.house.settings
    mail = before.mail.model_copy(update={"domains": ("example.vn",)})
    ask.house.whole.settings = before.model_copy(update={"mail": mail})
    try:
        strange: dict[str, Any] = {"to": ["ai.do@gmail.com"], "preview": True}
        answer = made(ask, **strange)
        assert (answer.status_code, "chỉ gửi tới địa chỉ của example.vn" in answer.json()["detail"]) == (400, True)
        assert made(ask, to=["truc.ban@so.example.vn"], preview=True).status_code == 201
        assert made(ask, to=["ai.do@notexample.vn"], preview=True).status_code == 400
        assert made(ask, Role.OFFICER, **strange).status_code == 400  # whoever asks for themselves
        assert made(ask, Role.OFFICER, **strange, office=True).status_code == 201
    finally:
        ask.house.whole.settings = before


def test_a_name_that_somebody_else_has_is_said_to_be_taken(ask: Asking) -> None:
    made(ask, name="Bão")
    answer = made(ask, role=Role.OFFICER, name="Bão")
    assert "đã có người khác dùng; xin lấy tên khác, như “Bão 2”" in answer.json()["detail"]


def test_a_unit_a_theme_and_outlets_are_queries(ask: Asking) -> None:
    theme = next(iter(ask.house.profile.themes))
    outlet = next(iter(ask.house.outlets.values()))
    outlets = f"{outlet.id} @{outlet.country.lower()}"
    for n, (subject, key, query) in enumerate(
        (
            ("theme", theme, f"chủ_đề:{theme}"),
            ("unit", next(iter(ask.house.profile.fields.values())), "đơn_vị:"),
            ("abroad", "", "-nước:VN liên_quan:(có OR một_phần)"),
            ("outlets", outlets, f"(nguồn:({outlet.id}) OR nước:({outlet.country}))"),
        )
    ):
        found = made(ask, name=f"Đề {n}", subject=subject, key=key, preview=True, query="").json()
        assert found["alert"]["query"].startswith(query), found


def test_a_closed_account_is_told_nothing_more(ask: Asking) -> None:
    account = next(each for each in ask.house.store.accounts() if Role.VIEWER in each.roles)
    ask.house.store.add_subscription(Subscription(name="Đã nghỉ", query="cảng", owner=account.actor), now=NOW)
    assert "Đã nghỉ" in [each.name for each in standing(ask.house)]
    gone = Subscription(name="Đã khóa", query="cảng", owner="person:98")
    ask.house.store.add_subscription(gone, now=NOW)
    assert "Đã khóa" not in [each.name for each in standing(ask.house)]


@pytest.fixture
def asked_of_rights(ask: Asking) -> Iterator[Asking]:
    """As the program is: the table of rights is asked who may be told."""
    before, ask.house.hears = ask.house.hears, hears
    yield ask
    ask.house.hears = before


def told(ask: Asking, name: str) -> bool:
    return name in [each.name for each in standing(ask.house)]


def test_a_right_that_was_taken_ends_what_is_told(asked_of_rights: Asking) -> None:
    ask = asked_of_rights
    ask.enter("tam", Grant(Role.VIEWER))
    number = ask.account("tam")
    ask.house.store.add_subscription(Subscription("Mất quyền", "cảng", owner=f"person:{number}"), now=NOW)
    assert told(ask, "Mất quyền")
    ask.house.store.set_grants(number, [], by=CONSOLE, now=NOW)
    assert not told(ask, "Mất quyền")


def test_a_case_is_told_only_while_it_may_be_read_and_so_are_its_notes(asked_of_rights: Asking) -> None:
    ask, store = asked_of_rights, asked_of_rights.house.store
    ask.enter("binh", Grant(Role.UNIT_OFFICER, "", UNIT))
    number = ask.account("binh")
    owner, mail = f"person:{number}", (Recipient(Channel.MAIL, "binh@example.vn"),)
    store.add_subscription(Subscription("Vụ của tôi", subject=Subject.CASE, key=ask.case, owner=owner), now=NOW)
    calls = Subscription("Nhắc tôi", subject=Subject.MENTIONS, owner=owner, to=mail)
    store.add_subscription(calls, now=NOW)
    assert told(ask, "Vụ của tôi")
    with store.writing() as write:
        write.add_note(ask.case, Note("person:9", NOW, "@binh xem giúp", (owner,)))
    store.set_grants(number, [Grant(Role.UNIT_OFFICER, "", "so-y-te")], by=CONSOLE, now=NOW)
    assert not told(ask, "Vụ của tôi")
    assert clocked.tell(ask.house, NOW) == 0
    store.set_grants(number, [Grant(Role.UNIT_OFFICER, "", UNIT)], by=CONSOLE, now=NOW)
    assert clocked.tell(ask.house, NOW) == 1
