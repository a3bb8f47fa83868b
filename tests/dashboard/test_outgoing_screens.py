"""What became of messages and alerts not seen yet, on *Cảnh báo* and *Hôm nay*; the address of a feed on *Dòng tin*."""

from __future__ import annotations

from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import newsroom
from dashboard.alerting import unread
from dashboard.texts import Words
from diembao.core.accounts import CONSOLE, Grant, NewAccount, Role
from diembao.core.alert import Channel, Fate, Recipient
from diembao.core.saved import SavedSearch
from diembao.core.subscription import Subscription
from diembao.pipeline.wiring import Installation
from tests.dashboard.conftest import OFFICER, screen, unfolded, words_of
from tests.dashboard.seed import NOW
from tests.store.making import alert

MAIL, PAGE = Recipient(Channel.MAIL, "a@x.example"), Recipient(Channel.PAGE, OFFICER.actor)


def tell(house: Installation, ids: dict[str, str], *to: Recipient) -> None:
    """One alert, whose mail is refused."""
    about = next(iter(ids.values()))
    told = replace(alert("a", "one", "Cảng <b>", at=NOW), article_id=about, title="Tàu *lớn* cập cảng")
    house.store.add_subscription(Subscription(told.subscription, "cảng"), now=NOW)
    with house.store.writing() as write:
        write.add_alert(told, to)
    for parcel in house.store.take_parcels(worker="w", now=NOW, storm=20):
        if parcel.to == MAIL:
            house.store.parcel_refused(parcel, "550 5.1.1 no such user", now=NOW)
        else:
            house.store.parcel_sent(parcel, now=NOW, receipt="trên trang (on the page)")


def press(test: AppTest, key: str) -> AppTest:
    test.button(key).click().run()
    assert not test.exception, test.exception
    return test


def keys(test: AppTest, start: str) -> list[str]:
    return [str(each.key) for each in test.button if str(each.key).startswith(start)]


def test_what_was_refused_is_shown_with_its_reason_and_sent_again(house: Installation, ids: dict[str, str]) -> None:
    tell(house, ids, MAIL, PAGE)
    shown = screen("alerts")
    told = words_of(shown)
    for each in ("Tàu \\*lớn\\* cập cảng", "bị từ chối", "550 5\\.1\\.1 no such user"):
        assert each in told
    assert told.index("Thư đã gửi") < told.index("Của tôi")  # what has to be looked at comes first
    shown.session_state["deliveries-which"] = "all"
    assert "trên trang" in words_of(shown.run())
    (again,) = keys(shown, "again-")
    shown = press(shown, again)
    assert keys(shown, "again-") == []
    assert [each.fate for each in house.store.deliveries() if each.to == MAIL] == [Fate.WAITING]
    last = next(iter(house.store.audit()))
    assert (last.actor, last.act) == (OFFICER.actor, "outbox.resend")


def test_what_another_person_was_told_is_not_shown(house: Installation, ids: dict[str, str]) -> None:
    tell(house, ids, MAIL)
    (kept,) = house.store.subscriptions()
    assert "Tàu \\*lớn\\*" in words_of(screen("alerts"))
    house.store.remove_subscription(kept.name, now=NOW)
    house.store.add_subscription(replace(kept, owner="person:98"), now=NOW)
    assert "Tàu" not in words_of(screen("alerts"))


def test_who_may_not_change_alerts_does_not_see_who_gets_what(house: Installation, ids: dict[str, str]) -> None:
    tell(house, ids, MAIL)
    newsroom.use(house, lambda: NOW, who=lambda: replace(OFFICER, grants=(Grant(Role.VIEWER),)))
    assert "550 5" not in words_of(screen("alerts"))


@pytest.mark.parametrize("name", ["today", "alerts"])
def test_an_alert_waits_on_the_page_until_it_was_seen(house: Installation, ids: dict[str, str], name: str) -> None:
    tell(house, ids, PAGE)
    shown = screen(name)
    assert "Cảnh báo chưa xem\\: 1" in words_of(shown)
    assert unread.titled("alerts", Words("vi")) == "Cảnh báo (1)"
    shown = press(shown, "unread-seen")
    assert "Cảnh báo chưa xem" not in words_of(shown)
    assert unread.titled("alerts", Words("vi")) == "Cảnh báo"


def test_a_saved_search_has_an_address_for_its_reader_until_it_is_revoked(house: Installation) -> None:
    new = NewAccount("lan", "lan", "Lan", (Grant(Role.OFFICER),))
    assert house.store.add_account(new, by=CONSOLE, now=NOW) == OFFICER.account
    house.store.save_search(SavedSearch("Xả thải", "nước thải", 1, OFFICER.actor, NOW))
    shown = unfolded(screen("stream"), "search-saved")
    assert [each.value for each in shown.code] == []
    shown = press(shown, keys(shown, "feed-make-")[0])
    (feed,) = house.store.feeds_of(1)
    assert feed.search == "Xả thải"
    assert [str(each.value).partition("/rss")[2] for each in shown.code] == [house.feeds.path(feed.number)[4:]]
    shown = press(shown, keys(shown, "feed-revoke-")[0])
    assert (house.store.feeds_of(1), [each.value for each in shown.code]) == ([], [])
    assert [row.act for row in house.store.audit()][:2] == ["feed.revoke", "feed.make"]
