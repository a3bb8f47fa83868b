"""Mail: hands messages to the office's mail server, and sorts its answers by what happens next.

| answer | fate |
|---|---|
| 4xx to the recipient or the message | `Retry`: this message later |
| 5xx to the recipient or the message | `Refused`: never |
| 421, silence, a line that breaks off | `Away`: everything later |
| the same before a message was begun, no connection | `Closed`: the same, and everything in its order |
| silence after the whole message | `Unsure`: the same, and it counts as several tries of this message |
| wrong password, an untrusted certificate, a sender the server does not take, no host | `Misconfigured` |
"""

from __future__ import annotations

import ipaddress
import smtplib
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

from diembao.core.alert import Away, Closed, Parcel, Unsure
from diembao.core.errors import Misconfigured, Refused, Retry, WrongUse
from diembao.core.settings_mail import MailSettings
from diembao.response.mail import POLICY, Letters

PORTS: Final = {"starttls": 587, "tls": 465, "none": 25}
# Of the time-out for one answer: the limit of a whole conversation, also where a server sends a byte now and then.
WHOLE: Final = 3
READY, OK, CLOSING, NEEDS_LOGIN, PERMANENT = 220, 250, 421, 530, 500
# Bodies in ASCII (base64, quoted-printable): every server on the way passes them on as they are.
_POLICY: Final = POLICY.clone(cte_type="7bit", linesep="\r\n")


class SmtpNotifier:
    """One connection for the messages of a pass, opened by the first."""

    def __init__(self, settings: MailSettings, letters: Letters | None = None) -> None:
        """Without ``letters`` it can only sign in."""
        self._settings = settings
        self._letters = letters
        self._line: _Line | None = None

    def deliver(self, parcel: Parcel) -> str:
        self._check()
        if self._letters is None:
            raise WrongUse("whoever writes the letters was not named")
        message = self._letters.letter(parcel).as_bytes(policy=_POLICY)
        with self._fates():
            line = self._line = self._line or self._reached()
            with line.limited():
                return _hand_over(line, self._settings.sender, parcel.to.address, message)

    def sign_in(self) -> str:
        """As far as a mail's first line, and no further; what the server answers.

        Raises:
            Misconfigured, Retry: as `deliver`.
        """
        self._check()
        with self._fates():
            self._line = self._opened()
            with self._line.limited():
                return _said(*self._line.noop())

    def close(self) -> None:
        line, self._line = self._line, None
        if line is not None:
            try:
                with line.limited():
                    line.quit()
            except OSError:  # it is going away anyhow; SMTPException is one
                line.close()

    def _check(self) -> None:
        mail = self._settings
        if not mail.host:
            raise Misconfigured("chưa đặt mail.host: thư chờ đến khi có (mail.host is not set: mails wait until it is)")
        if not mail.sender:
            raise Misconfigured("chưa đặt mail.from: thư chờ đến khi có (mail.from is not set: mails wait until it is)")
        if mail.user and mail.security == "none" and not _is_loopback(mail.host):
            raise Misconfigured(
                "mail.security là 'none': mail.password sẽ đi qua mạng không mã hóa"
                " (mail.security is 'none': mail.password would cross the network for all to read)"
            )

    def _reached(self) -> _Line:
        try:
            with self._fates():
                return self._opened()
        except Away as error:
            raise Closed(str(error)) from error

    def _opened(self) -> _Line:
        mail = self._settings
        line = _Line(mail)
        try:
            with line.limited():
                code, answer = line.connect(mail.host, mail.port or PORTS[mail.security])
                if code != READY:
                    _turned_away(code, answer)
                line.ehlo_or_helo_if_needed()
                if mail.security == "starttls":
                    line.starttls(context=ssl.create_default_context())
                if mail.user:
                    line.login(mail.user, mail.password.get_secret_value())
        except BaseException:
            line.close()
            raise
        return line

    @contextmanager
    def _fates(self) -> Iterator[None]:
        """Trouble with the line itself; what was said of one message is sorted in `_hand_over`."""
        try:
            yield
        except Away:
            self._drop()
            raise
        except OSError as error:  # smtplib's errors are of this kind too
            self._drop()
            raise _fate(error, self._settings.host) from error
        except UnicodeError as error:
            raise Misconfigured(
                "mail.host, mail.user hay mail.password có chữ không gửi được"
                " (mail.host, mail.user or mail.password holds letters that cannot be sent)"
            ) from error

    def _drop(self) -> None:
        line, self._line = self._line, None
        if line is not None:
            line.close()


def _turned_away(code: int, answer: bytes) -> None:
    raise smtplib.SMTPConnectError(code, answer)


class _Line(smtplib.SMTP):
    """A connection that can be cut from outside, whatever layer waits on it."""

    def __init__(self, settings: MailSettings) -> None:
        name = socket.gethostname()
        super().__init__(timeout=settings.timeout, local_hostname=name if "." in name else "[127.0.0.1]")
        self._host = settings.host  # the name that a certificate must bear after STARTTLS
        self._tls = settings.security == "tls"
        self._limit = settings.timeout * WHOLE
        self._raw: socket.socket | None = None
        self._cut = False
        self.whole = False  # has the server all of the message that is being handed over?

    def send(self, s: Any) -> None:  # noqa: ANN401 (theirs: commands are text, a message is bytes)
        super().send(s)
        self.whole = isinstance(s, bytes)

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        """A hook of smtplib's own, as its SMTP_SSL uses it."""
        found = socket.create_connection((host, port), timeout)
        self._raw = found.dup()  # TLS takes the socket over; a copy can still be shut down
        return ssl.create_default_context().wrap_socket(found, server_hostname=host) if self._tls else found

    @contextmanager
    def limited(self) -> Iterator[None]:
        """All of it within the limit: after that the connection is cut, and whoever waits on it is told so."""
        clock = threading.Timer(self._limit, self._shut)
        clock.daemon = True
        clock.start()
        try:
            yield
        except OSError as error:
            if self._cut:
                raise TimeoutError(f"no end after {self._limit:g} s") from error
            raise
        finally:
            clock.cancel()

    def _shut(self) -> None:
        self._cut = True
        if self._raw is not None:
            try:
                self._raw.shutdown(socket.SHUT_RDWR)
            except OSError:
                return  # it has ended by itself

    def close(self) -> None:
        super().close()
        if self._raw is not None:
            self._raw.close()
            self._raw = None


def _hand_over(line: _Line, sender: str, address: str, message: bytes) -> str:
    """One message; the server's last answer."""
    code, answer = line.mail(sender)
    if code != OK:
        _refuse_sender(code, answer, sender)
    code, answer = line.rcpt(address)
    if code not in {OK, 251}:  # 251: will be forwarded
        line.rset()
        _refuse(code, answer)
    try:
        code, answer = line.data(message)
    except smtplib.SMTPDataError as error:
        line.rset()
        code, answer = error.smtp_code, error.smtp_error  # type: ignore[assignment]  # bytes, whatever its type says
    except OSError as error:
        if line.whole and not isinstance(error, smtplib.SMTPResponseException):
            raise Unsure(f"the mail server had the whole message and did not answer: {error}") from error
        raise
    if code != OK:
        _refuse(code, answer)
    return _said(code, answer)


def _refuse(code: int, answer: bytes) -> None:
    if code == CLOSING:
        raise Away(f"máy chủ thư đóng lại: {_said(code, answer)} (the mail server closes: {_said(code, answer)})")
    if code == NEEDS_LOGIN:
        raise Misconfigured(
            f"máy chủ thư đòi đăng nhập hay TLS: {_said(code, answer)}"
            f" (the mail server asks for a login or for TLS: {_said(code, answer)})"
        )
    if code >= PERMANENT:
        raise Refused("mail", _said(code, answer))
    raise Retry(_said(code, answer))


def _refuse_sender(code: int, answer: bytes, sender: str) -> None:
    if code > PERMANENT and code != NEEDS_LOGIN:
        raise Misconfigured(
            f"máy chủ thư không nhận thư từ {sender}: {_said(code, answer)}"
            f" (the mail server takes no mail from {sender}: {_said(code, answer)})"
        )
    _refuse(code, answer)


def _fate(error: OSError, host: str) -> Away | Misconfigured:
    vi, where = f"máy chủ thư {host}", f"mail server {host}"
    if isinstance(error, smtplib.SMTPResponseException):
        said = _said(error.smtp_code, error.smtp_error)
        if isinstance(error, smtplib.SMTPAuthenticationError) and error.smtp_code >= PERMANENT:
            return Misconfigured(
                f"{vi} không nhận mail.user và mail.password: {said}"
                f" ({where} does not take mail.user and mail.password: {said})"
            )
        return (
            Misconfigured(f"{vi}: {said} ({where}: {said})")
            if error.smtp_code >= PERMANENT
            else Away(f"{vi}: {said} ({where}: {said})")
        )
    if isinstance(error, smtplib.SMTPNotSupportedError):
        return Misconfigured(
            f"{vi}: {error}; xem mail.security, mail.user ({where}: {error}: see mail.security, mail.user)"
        )
    if isinstance(error, ssl.SSLCertVerificationError):
        return Misconfigured(
            f"{vi}: chứng thư không được tin cậy: {error.verify_message}"
            f" ({where}: its certificate is not trusted: {error.verify_message})"
        )
    if isinstance(error, socket.gaierror) and error.errno == socket.EAI_NONAME:
        return Misconfigured(f"{vi}: không có máy nào tên như vậy ({where}: there is no host of this name)")
    return Away(f"{vi}: {error} ({where}: {error})")


def _said(code: int, answer: bytes | str) -> str:
    text = answer.decode("utf-8", "replace") if isinstance(answer, bytes) else answer
    return f"{code} {' '.join(text.split())[:500]}".strip()


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
