"""What every notifier promises (`core.ports.Notifier`), run on every channel."""

from __future__ import annotations

import mailbox
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest

from diembao.core.alert import FOLDER, Parcel, Recipient
from diembao.core.errors import Misconfigured
from diembao.core.ports import Notifier
from diembao.response.maildir import MaildirNotifier
from tests.response.mailserver import Mailbox, serving
from tests.response.making import ALERT, A, alert, letters, notifier, parcel

Arrived = Callable[[], Sequence[EmailMessage]]


class Channel:
    """A notifier, whom it reaches, how to see what arrived; and the same one with a fault a person must mend."""

    def __init__(self, notifier: Notifier, broken: Notifier, to: Recipient, arrived: Arrived) -> None:
        self.notifier, self.broken, self.to, self.arrived = notifier, broken, to, arrived

    def parcel(self, *alerts: object) -> Parcel:
        return parcel(*alerts, to=self.to)  # type: ignore[arg-type]  # alerts


def folder(path: Path) -> Channel:
    def arrived() -> list[EmailMessage]:
        box = mailbox.Maildir(path / "alerts", create=False)
        return [message_from_bytes(bytes(box[key]), policy=policy.default) for key in sorted(box.keys())]

    (path / "file").touch()
    return Channel(
        MaildirNotifier(path / "alerts", letters()), MaildirNotifier(path / "file" / "x", letters()), FOLDER, arrived
    )


@pytest.fixture(params=["folder", "mail"])
def channel(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Channel]:
    if request.param == "folder":
        yield folder(tmp_path)
        return
    box = Mailbox()
    with serving(box) as port, closing(notifier(port)) as mail:
        yield Channel(mail, notifier(port, host=""), A, lambda: box.to(A.address))


class TestNotifier:
    def test_what_is_delivered_arrives_and_is_answered(self, channel: Channel) -> None:
        assert channel.notifier.deliver(channel.parcel())
        (mail,) = channel.arrived()
        assert ALERT.title in mail["Subject"]
        body = mail.get_body(("plain",))
        assert body is not None
        assert ALERT.url in body.get_content()

    def test_the_same_parcel_twice_is_the_same_message_twice(self, channel: Channel) -> None:
        channel.notifier.deliver(channel.parcel())
        channel.notifier.deliver(channel.parcel())
        channel.notifier.deliver(channel.parcel(alert(8)))
        identities = [mail["Message-ID"] for mail in channel.arrived()]
        assert (len(identities), len(set(identities))) == (3, 2)

    def test_a_storm_is_one_message(self, channel: Channel) -> None:
        channel.notifier.deliver(channel.parcel(*(alert(n) for n in range(1, 40))))
        (mail,) = channel.arrived()
        assert "39 sự việc" in mail["Subject"]

    def test_after_closing_it_delivers_again(self, channel: Channel) -> None:
        channel.notifier.deliver(channel.parcel())
        channel.notifier.close()
        channel.notifier.close()
        channel.notifier.deliver(channel.parcel(alert(8)))
        assert len(channel.arrived()) == 2

    def test_what_a_person_must_mend_is_said_as_such(self, channel: Channel) -> None:
        with pytest.raises(Misconfigured):
            channel.broken.deliver(channel.parcel())
