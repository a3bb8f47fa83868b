"""The ways out of an installation: who hands messages over on each channel, and at what pace."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from diembao.core.accounts import Hand
from diembao.core.alert import FOLDER, Alert, Channel, Message, Parcel, Recipient
from diembao.core.outgoing import Wanted
from diembao.core.ports import Notifier
from diembao.core.subscription import Subscription
from diembao.pipeline.bounds import kept_in_and_told
from diembao.response.alerts import all_subscriptions
from diembao.response.chat import ChatNotifier
from diembao.response.gists import accepted_gist, accepted_words
from diembao.response.maildir import MaildirNotifier
from diembao.response.numbered import ADDRESS
from diembao.response.outbox import Sender
from diembao.response.page import PageNotifier
from diembao.response.smtp import SmtpNotifier
from diembao.response.webhook import WebhookNotifier

if TYPE_CHECKING:
    from diembao.pipeline.wiring import Installation

BY: Final = Hand("machine", "machine")


def notifiers(house: Installation) -> Mapping[Channel, Notifier]:
    chosen, home, public = house.settings.channels, house.settings.home, house.settings.web.public_url
    return {
        Channel.MAIL: SmtpNotifier(house.settings.mail, house.letters),
        Channel.FOLDER: MaildirNotifier(home / "alerts", house.letters),
        Channel.WEBHOOK: WebhookNotifier(chosen, home, utc_now, house.outlet_name, public, several=house.several),
        Channel.CHAT: ChatNotifier(chosen, home, house.letters),
        Channel.PAGE: PageNotifier(),
    }


def sender(house: Installation, now: Callable[[], datetime]) -> Sender:
    """Whoever empties the outbox."""
    return Sender(
        house.store,
        house.notifiers,
        now,
        lambda line: per_minute(house, line),
        lambda parcel, why, at: gone(house, parcel, why, at),
        lambda parcel, at: kept_in_and_told(house, parcel, at),
    )


def gone(house: Installation, parcel: Parcel, why: str, now: datetime) -> None:
    """A recipient says that it is there no more: nothing is sent to it any more, an alert that has no other recipient
    is paused, and whoever made it is told, with everybody else whom it tells.
    """
    for each in house.store.subscriptions():
        if parcel.to in each.to and not each.paused:
            others = tuple(to for to in each.to if to != parcel.to)
            kept = replace(each, to=others) if others else replace(each, paused=True)
            there = house.of(each.province)
            there.store.change_subscription(kept, now=now, by=BY)
            with there.store.writing() as write:
                write.post(_farewell(each, parcel, why, now, paused=not others), _told(each, others))
    named = {each.name for each in house.store.subscriptions()}
    if parcel.alerts and parcel.subscription not in named:  # one of the settings cannot be changed
        house.store.stop(parcel.id, now=now, by=BY)


def trial_stop_of(house: Installation, name: str, address: str) -> str:
    """Where whoever got a trial of this subscription says that they want none; "" for one of the settings."""
    number = next((each.id for each in house.store.subscriptions() if each.name == name), 0)
    found = house.trial_stops(address, name).address(number) if number else ""
    return f"{found}&{ADDRESS}={quote(address, safe='')}" if found else ""


def gist_of(house: Installation, alert: Alert) -> str:
    """What a machine made of a foreign article in the alert's language and a person accepted; "" where nobody has."""
    store = house.of(alert.province).store if alert.province else house.store
    found = accepted_gist(store, alert.article_id, alert.language) if alert.article_id else None
    return accepted_words(store, found, alert.language) if found else ""


def stopped(house: Installation, wanted: Wanted, now: datetime) -> None:
    """Somebody wants no more of an alert: whoever made it is told, or, of the office's, those who still get it."""
    there = house.of(wanted.province)
    every = all_subscriptions(there.settings.alerts, there.store.subscriptions())
    asked = next((each for each in every if each.name == wanted.subscription), None)
    if asked is None:
        return
    to = f"{wanted.to.channel}:{wanted.to.address}"
    text = (
        f"Kính gửi người lập cảnh báo “{asked.name}”,\n\n"
        f"Nơi nhận {to} đã bấm “Thôi nhận”: từ nay không gửi tới đó. Nếu không phải ý của người nhận (thư có thể đã"
        " được chuyển tiếp), xin mở Cảnh báo và bấm “Nhận lại”."
    )
    subject, key = f"Cảnh báo “{asked.name}”: {to} đã thôi nhận", f"stopped|{asked.id}|{to}|{now.isoformat()}"
    gone = [*(each.to for each in there.store.stopped() if each.subscription == asked.name), wanted.to]
    others = [each for each in asked.to if each not in gone]
    message = Message(key, subject, text, now, page="/canh-bao", province=wanted.province)
    with there.store.writing() as write:
        write.post(message, _told(asked, [] if asked.owner else others))


def _told(asked: Subscription, others: Sequence[Recipient]) -> Sequence[Recipient]:
    owner = [Recipient(Channel.PAGE, asked.owner)] if asked.owner else []
    return list(dict.fromkeys([*owner, *(to for to in others if to.channel is not Channel.WEBHOOK)])) or [FOLDER]


def _farewell(asked: Subscription, parcel: Parcel, why: str, now: datetime, *, paused: bool) -> Message:
    to = f"{parcel.to.channel}:{parcel.to.address}"
    became = "Cảnh báo này tạm dừng vì không còn nơi nhận nào khác." if paused else "Các nơi nhận khác vẫn nhận."
    text = (
        f"Kính gửi người lập cảnh báo “{asked.name}”,\n\n"
        f"Nơi nhận {to} trả lời rằng nó không còn nữa ({why}). Từ nay không gửi tới đó. {became}\n\n"
        "Xin kiểm tra địa chỉ trong diembao.toml, rồi thêm lại nơi nhận hoặc mở lại cảnh báo."
    )
    key = f"gone|{asked.id}|{to}|{now.isoformat()}"
    return Message(key, f"Cảnh báo “{asked.name}”: {to} không còn nhận", text, now, province=asked.province)


def per_minute(house: Installation, line: Recipient) -> int | None:
    """The pace of a line of the outbox, in messages; None: as many as there are."""
    if line.channel is Channel.MAIL:
        return house.settings.mail.per_minute
    chosen = house.settings.channels.get(line.address)
    return chosen.per_minute if chosen else None


def utc_now() -> datetime:
    """What a webhook's receiver compares with its own clock."""
    return datetime.now(UTC)
