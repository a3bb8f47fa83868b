"""A real SMTP server on this machine, that answers as a test wants."""

from __future__ import annotations

import asyncio
import ssl
import threading
import warnings
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

ENOUGH = 30  # seconds


@dataclass
class Mailbox:
    """What arrived, and what is answered: to a recipient, and to a message for one. Answers are used up in order;
    where none is left, the server takes everything. ``seen`` is called at each word of the conversation.
    """

    arrived: list[tuple[str, EmailMessage]] = field(default_factory=list)
    at_recipient: dict[str, list[str]] = field(default_factory=dict)
    at_message: dict[str, list[str]] = field(default_factory=dict)
    at_sender: list[str] = field(default_factory=list)
    seen: Callable[[str], None] = lambda _: None
    hangs: bool = False  # after it has the message

    def to(self, address: str) -> list[EmailMessage]:
        return [mail for recipient, mail in self.arrived if recipient == address]

    # -- what aiosmtpd calls

    async def handle_EHLO(  # noqa: N802 (theirs)
        self, server: SMTP, session: Session, envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        self.seen("EHLO")
        session.host_name = hostname
        return responses

    async def handle_MAIL(  # noqa: N802 (theirs)
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        self.seen("MAIL")
        if self.at_sender:
            return self.at_sender.pop(0)
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(  # noqa: N802 (theirs)
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        self.seen("RCPT")
        if self.at_recipient.get(address):
            return self.at_recipient[address].pop(0)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 (theirs)
        self.seen("DATA")
        (recipient,) = envelope.rcpt_tos
        if self.at_message.get(recipient):
            return self.at_message[recipient].pop(0)
        content = envelope.content
        assert isinstance(content, bytes)
        self.arrived.append((recipient, message_from_bytes(content, policy=policy.default)))
        self.seen("taken")
        if self.hangs:
            await asyncio.Event().wait()  # until the other side hangs up
        return f"250 OK queued as {len(self.arrived)}"

    async def handle_QUIT(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 (theirs)
        self.seen("QUIT")
        return "221 Bye"


def _login(server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: object) -> AuthResult:
    assert isinstance(data, LoginPassword)
    return AuthResult(success=data.login == b"office" and data.password == b"secret", handled=False)


@contextmanager
def serving(
    mailbox: Mailbox, *, login: bool = False, tls: ssl.SSLContext | None = None, at_once: bool = False
) -> Iterator[int]:
    """The port it listens on. ``tls`` is offered by STARTTLS, or spoken from the first byte on (``at_once``)."""
    started: Future[tuple[int, Callable[[], object]]] = Future()

    def protocol() -> SMTP:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # a password without TLS: it does not leave this machine
            return SMTP(
                mailbox,
                hostname="mail.example",
                tls_context=None if at_once else tls,
                authenticator=_login if login else None,
                auth_required=login,
                auth_require_tls=not login,
                loop=asyncio.get_running_loop(),
            )

    async def serve() -> None:
        loop, stop = asyncio.get_running_loop(), asyncio.Event()
        server = await loop.create_server(protocol, "127.0.0.1", 0, ssl=tls if at_once else None)
        started.set_result((server.sockets[0].getsockname()[1], lambda: loop.call_soon_threadsafe(stop.set)))
        async with server:
            await stop.wait()

    thread = threading.Thread(target=lambda: asyncio.run(serve()))
    thread.start()
    port, stop = started.result(ENOUGH)
    try:
        yield port
    finally:
        stop()
        thread.join(ENOUGH)
