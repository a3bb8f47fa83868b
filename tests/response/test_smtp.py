"""The channel of mail, against a real server: what it answers, and what becomes of the message."""

from __future__ import annotations

import socket
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace

import pytest

from diembao.api.problems import halves
from diembao.core.alert import Away, Parcel
from diembao.core.errors import Misconfigured, Refused, Retry
from diembao.response.smtp import SmtpNotifier
from tests.response.certificates import Certificate, certificate
from tests.response.mailserver import Mailbox, serving
from tests.response.making import A, B, letters, notifier, parcel, settings

PARCEL = parcel()
LOGIN = {"user": "office", "password": "secret"}
SOON = 10  # seconds within which a time limit of a tenth of one has surely been kept


def outcome(channel: SmtpNotifier, sent: Parcel = PARCEL) -> str:
    """What happened, in a word and the reason in English."""
    with closing(channel):
        try:
            return channel.deliver(sent)
        except Away as error:
            return f"away: {halves(str(error))[1]}"
        except Retry as error:
            return f"later: {error}"
        except Refused as error:
            return f"never: {error}"
        except Misconfigured as error:
            return f"setting: {halves(str(error))[1]}"


class TestAnswers:
    def test_a_mail_that_is_taken_arrives_whole(self, box: Mailbox, port: int) -> None:
        assert outcome(notifier(port)) == "250 OK queued as 1"
        (mail,) = box.to(A.address)
        assert mail["Subject"] == (
            "[Điểm Báo] Phê phán về tỉnh: Nước thải trại heo chảy ra sông Côn, dân gửi đơn ba lần"
        )

    def test_a_refused_recipient_does_not_keep_another_from_its_mail(self, box: Mailbox, port: int) -> None:
        box.at_recipient[A.address] = ["550 5.1.1 no such user"]
        channel = notifier(port)
        with pytest.raises(Refused, match=r"550 5\.1\.1 no such user"):
            channel.deliver(PARCEL)
        channel.deliver(parcel(to=B))
        channel.close()
        assert [recipient for recipient, _ in box.arrived] == [B.address]

    @pytest.mark.parametrize(
        ("answer", "word"),
        [
            ("450 4.2.1 try later", "later: 450 4.2.1 try later"),
            ("452 mailbox full", "later: 452 mailbox full"),
            ("421 closing", "away: the mail server closes: 421 closing"),
            ("530 login first", "setting: the mail server asks for a login or for TLS: 530 login first"),
            ("553 not here", "never: 553 not here"),
        ],
    )
    def test_an_answer_to_the_recipient_decides(self, box: Mailbox, port: int, answer: str, word: str) -> None:
        box.at_recipient[A.address] = [answer]
        assert outcome(notifier(port)) == word
        assert box.arrived == []

    @pytest.mark.parametrize(
        ("answer", "word"), [("451 greylisted", "later: 451 greylisted"), ("554 spam", "never: 554 spam")]
    )
    def test_an_answer_to_the_message_decides(self, box: Mailbox, port: int, answer: str, word: str) -> None:
        box.at_message[A.address] = [answer]
        channel = notifier(port)
        assert outcome(channel) == word
        assert outcome(channel).startswith("250")

    def test_a_server_that_does_not_take_the_sender_asks_for_another_setting(self, box: Mailbox, port: int) -> None:
        box.at_sender = ["550 not yours", "451 busy"]
        assert outcome(notifier(port)) == (
            "setting: the mail server takes no mail from diembao@office.example: 550 not yours"
        )
        assert outcome(notifier(port)) == "later: 451 busy"
        assert outcome(notifier(port)).startswith("250")


class TestTheWay:
    def test_a_server_that_is_down_is_away(self) -> None:
        with socket.create_server(("127.0.0.1", 0)) as listening:
            port = listening.getsockname()[1]
        assert outcome(notifier(port)).startswith("away: mail server 127.0.0.1: [Errno 111]")

    def test_a_server_that_says_nothing_is_away_after_the_time_limit(self) -> None:
        begun = time.monotonic()
        with socket.create_server(("127.0.0.1", 0)) as silent:
            said = outcome(notifier(silent.getsockname()[1], timeout=0.1))
        assert "timed out" in said
        assert said.startswith("away")
        assert time.monotonic() - begun < SOON

    @pytest.mark.parametrize("security", ["none", "tls"])
    def test_a_server_that_drips_is_away_after_three_time_limits(self, security: str) -> None:
        begun = time.monotonic()
        with dripping() as port:
            said = outcome(notifier(port, timeout=0.2, security=security))
        assert said.startswith("away")
        assert "no end after 0.6 s" in said or security == "tls"
        assert time.monotonic() - begun < SOON

    def test_a_line_that_breaks_off_in_the_middle_is_away_and_the_next_one_is_new(
        self, box: Mailbox, port: int
    ) -> None:
        channel = notifier(port)
        channel.deliver(PARCEL)
        assert channel._line is not None
        assert channel._line._raw is not None
        channel._line._raw.shutdown(socket.SHUT_RDWR)
        with pytest.raises(Away):
            channel.deliver(PARCEL)
        assert outcome(channel).startswith("250")
        assert len(box.arrived) == 2

    def test_a_host_that_is_not_there_asks_for_another_setting(self, monkeypatch: pytest.MonkeyPatch) -> None:
        assert outcome(notifier(25, host="a..b")).startswith("setting: mail.host")

    def test_without_a_host_or_a_sender_nothing_is_tried(self) -> None:
        assert outcome(notifier(25, host="")).startswith("setting: mail.host is not set")
        assert outcome(notifier(25, **{"from": ""})).startswith("setting: mail.from is not set")


@contextmanager
def dripping() -> Iterator[int]:
    """A server that never comes to the end of its first line."""
    stop = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def drip() -> None:
            connection, _ = listening.accept()
            with connection:
                while not stop.wait(0.02):
                    try:
                        connection.send(b"\x16" if not stop.is_set() else b"")
                    except OSError:
                        return

        thread = threading.Thread(target=drip)
        thread.start()
        yield listening.getsockname()[1]
        stop.set()
        thread.join(SOON)


class TestLogin:
    @pytest.fixture
    def port(self, box: Mailbox) -> Iterator[int]:
        with serving(box, login=True) as port:
            yield port

    def test_the_right_password_is_let_in(self, port: int) -> None:
        assert outcome(notifier(port, **LOGIN)).startswith("250")

    def test_a_wrong_password_asks_for_another_setting_and_is_not_repeated(self, port: int) -> None:
        said = outcome(notifier(port, **LOGIN | {"password": "hunter2"}))
        assert said.startswith("setting: mail server 127.0.0.1 does not take mail.user and mail.password: 535")
        assert "hunter2" not in said

    def test_no_login_where_one_is_asked_for_is_a_setting(self, port: int) -> None:
        assert outcome(notifier(port)).startswith("setting: the mail server asks for a login or for TLS: 530")

    def test_a_login_where_none_is_offered_is_a_setting(self, box: Mailbox) -> None:
        with serving(box) as open_port:
            said = outcome(notifier(open_port, **LOGIN))
        assert said.startswith("setting: mail server 127.0.0.1: ")

    def test_a_password_that_cannot_be_sent_is_a_setting(self, port: int) -> None:
        assert outcome(notifier(port, **LOGIN | {"password": "mật khẩu"})).startswith("setting: mail.host, mail.user")

    def test_a_password_never_crosses_the_network_in_the_clear(self) -> None:
        said = outcome(notifier(25, host="mail.example", **LOGIN))
        assert said.startswith("setting: mail.security is 'none'")


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Certificate:
    return certificate(tmp_path_factory.mktemp("tls"))


class TestTls:
    @pytest.fixture
    def tls(self, own: Certificate) -> ssl.SSLContext:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(own.certificate, own.key)
        return context

    @pytest.mark.parametrize("security", ["starttls", "tls"])
    def test_a_certificate_that_is_trusted_is_spoken_to(
        self, box: Mailbox, tls: ssl.SSLContext, own: Certificate, security: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("SSL_CERT_FILE", str(own.certificate))
        with serving(box, tls=tls, at_once=security == "tls", login=True) as port:
            said = outcome(notifier(port, security=security, **LOGIN))
        assert said.startswith("250")

    @pytest.mark.parametrize("security", ["starttls", "tls"])
    def test_a_certificate_that_is_not_trusted_gets_nothing(
        self, box: Mailbox, tls: ssl.SSLContext, security: str
    ) -> None:
        with serving(box, tls=tls, at_once=security == "tls") as port:
            said = outcome(notifier(port, security=security))
        assert said.startswith("setting: mail server 127.0.0.1: its certificate is not trusted")
        assert box.arrived == []

    def test_a_server_that_does_not_offer_tls_gets_nothing(self, box: Mailbox, port: int) -> None:
        assert outcome(notifier(port, security="starttls")).startswith("setting: mail server 127.0.0.1: STARTTLS")
        assert box.arrived == []


def test_one_connection_serves_a_whole_pass(box: Mailbox, port: int) -> None:
    words: list[str] = []
    box.seen = words.append
    channel = SmtpNotifier(settings(port), letters())
    for n in range(3):
        channel.deliver(replace(PARCEL, id=n))
    channel.close()
    assert (words.count("EHLO"), words.count("taken"), words[-1]) == (1, 3, "QUIT")


def test_no_password_is_in_what_is_printed_of_the_settings() -> None:
    assert "secret" not in repr(settings(25, **LOGIN))
