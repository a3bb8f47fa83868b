"""What tests of the outbox share: alerts that wait, and the ways out of the house."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from diembao.core.alert import Channel, Recipient
from diembao.core.ports import Notifier
from diembao.response.maildir import MaildirNotifier
from diembao.store.record import SqlStore
from tests.response.mailserver import Mailbox
from tests.response.making import A, letters, notifier
from tests.store.making import alert


def queue(store: SqlStore, *stories: str, to: Sequence[Recipient] = (A,)) -> None:
    with store.writing() as writer:
        for story in stories:
            writer.add_alert(alert("a", story), to)


def channels(port: int, folder: Path = Path("alerts"), **changes: object) -> dict[Channel, Notifier]:
    return {
        Channel.MAIL: notifier(port, **{"timeout": 0.3, **changes}),
        Channel.FOLDER: MaildirNotifier(folder, letters()),
    }


def identity(box: Mailbox) -> list[str]:
    return [mail["Message-ID"] for _, mail in box.arrived]
