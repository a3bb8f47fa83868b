"""Where people's own alerts may go, asked when they leave: alerts that are older than the setting."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from diembao.core.accounts import CONSOLE, Grant, NewAccount, Role
from diembao.core.alert import Channel, Fate, Message, Recipient
from diembao.core.settings import load
from diembao.core.subscription import Subscription
from diembao.pipeline.bounds import kept_in
from diembao.pipeline.outgoing import sender
from diembao.pipeline.trying import trials
from diembao.pipeline.wiring import Installation, open_installation
from tests.api.doors import start_empty
from tests.response.mailserver import Mailbox, serving
from tests.store.making import NOW, alert, article, keep

INSIDE, OUTSIDE = (Recipient(Channel.MAIL, f"a@{domain}") for domain in ("so.x.example", "notx.example"))


@pytest.fixture
def box() -> Mailbox:
    return Mailbox()


@pytest.fixture
def house(tmp_path: Path, box: Mailbox) -> Iterator[Installation]:
    """Of an office that allows x.example, with an administrator and a reader."""
    start_empty(tmp_path)
    with serving(box) as port:
        with (tmp_path / "diembao.toml").open("a", encoding="utf-8") as file:
            file.write(f'[mail]\nhost = "127.0.0.1"\nport = {port}\nsecurity = "none"\nfrom = "x@x.example"\n')
            file.write('domains = ["x.example"]\n')
        with open_installation(load(tmp_path)) as opened:
            keep(opened.store, article("a"))
            for name, role in (("quan.tri", Role.ADMINISTRATOR), ("lan", Role.VIEWER)):
                number = opened.store.add_account(NewAccount(name, name, name), by=CONSOLE, now=NOW)
                opened.store.set_grants(number, [Grant(role)], by=CONSOLE, now=NOW)
            yield opened


def actor(house: Installation, name: str) -> str:
    return next(each.actor for each in house.store.accounts() if each.name == name)


def asked(house: Installation, name: str, owner: str) -> Subscription:
    return house.store.add_subscription(Subscription(name, "cảng", (INSIDE, OUTSIDE), owner=owner), now=NOW)


def tell(house: Installation, story: str, name: str) -> None:
    with house.store.writing() as write:
        write.add_alert(alert("a", story, name), [INSIDE, OUTSIDE])
    sender(house, lambda: NOW).send("w")


def test_ones_own_alert_stays_in_with_the_reason_and_the_administrators_are_told_once(
    house: Installation, box: Mailbox
) -> None:
    kept = asked(house, "Của tôi", actor(house, "lan"))
    tell(house, "one", "Của tôi")
    tell(house, "two", "Của tôi")
    assert {to for to, _ in box.arrived} == {INSIDE.address}
    (first, second) = house.store.deliveries([Fate.REFUSED])
    assert {first.to, second.to} == {OUTSIDE}
    assert "chỉ gửi tới địa chỉ của x.example" in first.error
    for name in ("quan.tri", "lan"):
        total, (told,) = house.store.unread(actor(house, name))
        assert (total, "Không gửi cảnh báo “Của tôi” tới a@notx.example" in told.title) == (1, True)
    trial = {each.to: kept_in(house, each) for each in trials(house, kept, NOW)}
    assert (trial[INSIDE], "mail.domains" in trial[OUTSIDE]) == ("", True)


def test_what_it_counted_and_who_called_stay_in_too_and_the_offices_own_goes_anywhere(
    house: Installation, box: Mailbox
) -> None:
    own = asked(house, "Của tôi", actor(house, "lan"))
    asked(house, "Cơ quan", "")
    tell(house, "one", "Cơ quan")
    assert {to for to, _ in box.arrived} == {INSIDE.address, OUTSIDE.address}
    before = len(box.arrived)
    with house.store.writing() as write:
        for key in (f"spike:Của tôi:{NOW.isoformat()}", f"mentions:{own.id}:{NOW.isoformat()}"):
            write.post(Message(key, "Tăng", "Nhiều bài.", NOW), [OUTSIDE])
        write.post(Message("request:1", "Hỏi", "Xin trả lời.", NOW), [OUTSIDE])
    sender(house, lambda: NOW).send("w")
    assert [mail["Subject"] for _, mail in box.arrived[before:]] == ["[Điểm Báo] Hỏi"]
    assert len(house.store.deliveries([Fate.REFUSED])) == 2


def test_what_an_alert_left_behind_stays_in_also_where_the_offices_has_its_name_now(
    house: Installation, box: Mailbox
) -> None:
    own = asked(house, "Của tôi", actor(house, "lan"))
    tell(house, "one", "Của tôi")
    (refused,) = house.store.deliveries([Fate.REFUSED])
    with house.store.writing() as write:
        for key in (f"spike:Của tôi:{NOW.isoformat()}", f"mentions:{own.id}:{NOW.isoformat()}"):
            write.post(Message(key, "Tăng", "Nhiều bài.", NOW), [INSIDE, OUTSIDE])
    house.store.remove_subscription("Của tôi", now=NOW)
    house.store.add_subscription(Subscription("Của tôi", "cảng", (INSIDE,)), now=NOW)
    house.store.send_again(refused.number, now=NOW)
    sender(house, lambda: NOW).send("w")
    assert {to for to, _ in box.arrived} == {INSIDE.address}
    left = house.store.deliveries([Fate.REFUSED])
    assert [each.to for each in left] == [OUTSIDE] * 3
    assert "không còn gửi tới đó" in left[0].error
