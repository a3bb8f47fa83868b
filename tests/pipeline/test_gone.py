"""A recipient that says it is there no more, from the outbox to the owner who is told."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from diembao.core.accounts import CONSOLE
from diembao.core.alert import Channel, Fate, Recipient
from diembao.core.settings import load
from diembao.core.subscription import Subscription
from diembao.pipeline.outgoing import sender
from diembao.pipeline.wiring import Installation, open_installation
from tests.api.doors import start_empty
from tests.response import hookserver
from tests.response.hookserver import Hooks
from tests.store.making import NOW, alert, article, keep

HOOK = Recipient(Channel.WEBHOOK, "kho-chung")
MAIL = Recipient(Channel.MAIL, "a@x.example")
LAN = "person:1"


@pytest.fixture
def house(tmp_path: Path) -> Iterator[Installation]:
    """Its webhook answers 410."""
    start_empty(tmp_path)
    with hookserver.serving(Hooks(answers=[hookserver.answer("410 Gone")] * 9)) as port:
        with (tmp_path / "diembao.toml").open("a", encoding="utf-8") as file:
            file.write(f'[channels.kho-chung]\nkind = "webhook"\ninside = true\nurl = "http://127.0.0.1:{port}/"\n')
            file.write('secret = "made up, and long enough"\n')
        with open_installation(load(tmp_path)) as opened:
            keep(opened.store, article("a"))
            yield opened


def asked(house: Installation, *to: Recipient, name: str = "Cảng") -> None:
    house.store.add_subscription(Subscription(name, "cảng", to, owner=LAN), now=NOW, by=CONSOLE)


def tell(house: Installation, story: str, *to: Recipient, name: str = "Cảng") -> None:
    with house.store.writing() as write:
        write.add_alert(alert("a", story, name), to)
    sender(house, lambda: NOW).send("w")


def test_an_alert_with_no_other_recipient_is_paused_and_its_owner_told_on_the_page(house: Installation) -> None:
    asked(house, HOOK)
    tell(house, "one", HOOK)
    (found,) = house.store.subscriptions()
    assert (found.paused, found.to) == (True, (HOOK,))
    sender(house, lambda: NOW).send("w")
    total, (told,) = house.store.unread(LAN)
    assert total == 1
    assert "webhook:kho-chung không còn nhận" in told.title
    assert "tạm dừng" in told.text
    assert "machine alert.pause" in [f"{row.actor} {row.act}" for row in house.store.audit_in_order()]


def test_other_recipients_go_on_and_are_told(house: Installation) -> None:
    asked(house, HOOK, MAIL)
    tell(house, "one", HOOK, MAIL)
    (found,) = house.store.subscriptions()
    assert (found.paused, found.to) == (False, (MAIL,))
    waiting = [(x.name, x.to) for x in house.store.deliveries([Fate.WAITING])]
    assert ("Cảng", MAIL) in waiting
    assert any(to == MAIL and "không còn nhận" in name for name, to in waiting)


def test_an_alert_of_the_settings_stops_for_this_recipient(house: Installation) -> None:
    tell(house, "one", HOOK, name="Phê phán về tỉnh")
    tell(house, "two", HOOK, name="Phê phán về tỉnh")
    assert [x.fate for x in house.store.deliveries()] == [Fate.REFUSED]
    assert [each.to for each in house.store.stopped()] == [HOOK]
