"""Where people's own alerts may go (`mail.domains`), asked again when they leave: an alert may be older than that.

What may not go is refused in the outbox with the reason, and the administrators and its owner are told, once for each
alert and address under a setting. The office's own alerts, and what the desk sends, go where the office says.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Final

from diembao.core.accounts import Role
from diembao.core.alert import FOLDER, Channel, Message, Parcel, Recipient
from diembao.core.outgoing import named_in
from diembao.core.settings_mail import MailSettings
from diembao.core.subscription import Subscription
from diembao.response.alerts import all_subscriptions, settled_recipient
from diembao.response.parcels import digest
from diembao.response.subscribing import strange

if TYPE_CHECKING:
    from diembao.pipeline.wiring import Installation

# A message that a subscription brought, by the id in its key.
_OF: Final = re.compile(r"(?:mentions?:|gone\|)(\d+)[:|]")


def kept_in(house: Installation, parcel: Parcel) -> str:
    """Why it may not leave; "": it may."""
    if parcel.to.channel is not Channel.MAIL or house.settings.mail.own_alerts_go_to(parcel.to.address):
        return ""
    if parcel.message and not _brought(parcel.message):
        return ""
    asked = _asked(house, parcel)
    if asked is None:
        return _nobodys(parcel.to.address, house.settings.mail)
    return strange(parcel.to.address, house.settings.mail) if asked.owner else ""


def kept_in_and_told(house: Installation, parcel: Parcel, now: datetime) -> str:
    """As `kept_in`, for the outbox."""
    why = kept_in(house, parcel)
    asked = _asked(house, parcel) if why else None
    if asked:
        there = house.of(asked.province)
        with there.store.writing() as write:
            write.post(_message(house, asked, parcel.to, why, now), _whom(house, asked))
    return why


def _brought(message: Message) -> bool:
    """By a subscription, in its own words; else by the desk."""
    return bool(named_in(message.key) or _OF.match(message.key))


def _asked(house: Installation, parcel: Parcel) -> Subscription | None:
    """The subscription that brought it; None: it was removed since. Another may have its name now, or its id, the
    office's too: what it does not send to this address did not come from it.
    """
    told = parcel.message or parcel.alerts[0]
    there = house.of(told.province) if told.province else house
    every = all_subscriptions(there.settings.alerts, there.store.subscriptions())
    theirs = [each for each in every if parcel.to in each.to]
    of = _OF.match(parcel.message.key) if parcel.message else None
    if of:
        return next((each for each in theirs if each.id == int(of[1])), None)
    name = named_in(parcel.message.key) if parcel.message else parcel.subscription
    return next((each for each in theirs if each.name == name), None)


def _nobodys(address: str, mail: MailSettings) -> str:
    """Why what a subscription that is there no more left behind is not sent: nobody can say whose it was."""
    named = ", ".join(mail.domains)
    return (
        f"Không gửi tới {address[:100]}: cảnh báo này không còn gửi tới đó, và địa chỉ không thuộc {named}"
        " (mail.domains)"
        f" (nothing is sent to {address[:100]}: this alert does not go there any more, which is outside of {named})"
    )


def _whom(house: Installation, asked: Subscription) -> Sequence[Recipient]:
    """Its owner and the administrators on their pages, and whoever is told of trouble."""
    accounts = house.store.accounts()
    leaders = [each.actor for each in accounts if Role.ADMINISTRATOR in each.roles and not each.disabled]
    pages = [Recipient(Channel.PAGE, actor) for actor in (asked.owner, *leaders)]
    return list(dict.fromkeys([*pages, *map(settled_recipient, house.settings.alarms.to)])) or [FOLDER]


def _message(house: Installation, asked: Subscription, to: Recipient, why: str, now: datetime) -> Message:
    text = (
        f"{why}\n\nCảnh báo “{asked.name}” có từ trước khi mail.domains được đặt, hoặc tên miền đã bị bỏ khỏi đó."
        " Thư tới địa chỉ này không gửi, nằm trong các thư bị từ chối ở Cảnh báo; nơi nhận khác vẫn nhận. Xin sửa nơi"
        " nhận; nếu địa chỉ đúng là của cơ quan, người quản trị thêm tên miền vào mail.domains rồi bấm gửi lại."
    )
    setting = digest(" ".join(house.settings.mail.domains))
    subject, key = f"Không gửi cảnh báo “{asked.name}” tới {to.address}", f"barred|{asked.id}|{to.address}|{setting}"
    return Message(key, subject, text, now, page="/canh-bao", province=asked.province)
