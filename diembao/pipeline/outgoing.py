"""The ways out of an installation: who hands messages over on each channel, and at what pace."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from diembao.core.alert import Channel, Recipient
from diembao.core.ports import Notifier
from diembao.response.chat import ChatNotifier
from diembao.response.maildir import MaildirNotifier
from diembao.response.outbox import Sender
from diembao.response.page import PageNotifier
from diembao.response.smtp import SmtpNotifier
from diembao.response.webhook import WebhookNotifier

if TYPE_CHECKING:
    from diembao.pipeline.wiring import Installation


def notifiers(house: Installation) -> Mapping[Channel, Notifier]:
    chosen, home, public = house.settings.channels, house.settings.home, house.settings.web.public_url
    return {
        Channel.MAIL: SmtpNotifier(house.settings.mail, house.letters),
        Channel.FOLDER: MaildirNotifier(home / "alerts", house.letters),
        Channel.WEBHOOK: WebhookNotifier(chosen, home, utc_now, house.outlet_name, public),
        Channel.CHAT: ChatNotifier(chosen, home, house.letters),
        Channel.PAGE: PageNotifier(),
    }


def sender(house: Installation, now: Callable[[], datetime]) -> Sender:
    """Whoever empties the outbox."""
    return Sender(house.store, house.notifiers, now, lambda line: per_minute(house, line))


def per_minute(house: Installation, line: Recipient) -> int | None:
    """The pace of a line of the outbox, in messages; None: as many as there are."""
    if line.channel is Channel.MAIL:
        return house.settings.mail.per_minute
    chosen = house.settings.channels.get(line.address)
    return chosen.per_minute if chosen else None


def utc_now() -> datetime:
    """What a webhook's receiver compares with its own clock."""
    return datetime.now(UTC)
