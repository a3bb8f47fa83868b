"""One request to an address that somebody gave us, and nothing more: no redirect, no inside, no end without a limit.

A name is looked up once, what the lookup gave is checked, and the connection goes to exactly that address: a name
server cannot answer differently between check and connection. Nothing of the address stands in an error.
"""

from __future__ import annotations

import http.client
import socket
import ssl
import threading
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import Final
from urllib.parse import SplitResult, urlsplit

from crawlers.guard import Lookup, is_public, look_up
from diembao.core.alert import Away
from diembao.core.errors import Misconfigured

PORTS: Final = {"https": 443, "http": 80}
# Of the time-out for one answer: the limit of the whole, also where a server sends a byte now and then.
WHOLE: Final = 3
ANSWER: Final = 4096  # bytes of an answer that are read
URL: Final = 2000  # characters


@dataclass(frozen=True, slots=True)
class Answer:
    """``kind`` is its media type, ``body`` its beginning, ``after`` the seconds that it asks us to wait, if it does."""

    status: int
    kind: str
    body: bytes
    after: float | None


@dataclass(frozen=True, slots=True)
class Way:
    """``inside``: the address may be one of our own network, and plain http. ``ca``: a file of certificates to trust
    ("": the system's). ``timeout``: seconds.
    """

    timeout: float
    inside: bool = False
    ca: str = ""
    lookup: Lookup = look_up

    def post(self, url: str, body: bytes, headers: Mapping[str, str]) -> Answer:
        """Raises:
        Misconfigured: an address or a certificate that will not do.
        Away: it could not be reached, or did not answer.
        """
        parts = self._checked(url)
        host, port = parts.hostname or "", parts.port or PORTS[parts.scheme]
        try:
            with self._limited(socket.create_connection((self.address(host, port), port), self.timeout)) as plain:
                line = http.client.HTTPConnection(host, port, timeout=self.timeout)
                line.sock = self._spoken(plain, parts)
                with closing(line):
                    target = f"{parts.path or '/'}{f'?{parts.query}' if parts.query else ''}"
                    line.request("POST", target, body, dict(headers))
                    return _read(line.getresponse())
        except ssl.SSLCertVerificationError as error:
            raise Misconfigured(f"its certificate is not trusted: {error.verify_message}") from error
        except (OSError, http.client.HTTPException) as error:
            raise Away(_said(error)) from error

    def address(self, host: str, port: int) -> str:
        """Where this host may be reached.

        Raises:
            Misconfigured: nowhere outside.
            Away: its name is not known, or nobody who knows names answers.
        """
        try:
            found = self.lookup(host, port)
        except (OSError, UnicodeError) as error:
            raise Away("the name of its host is not known") from error
        allowed = [each for each in found if self.inside or is_public(each)]
        if not allowed:
            raise Misconfigured("it leads to an address of the inside; `inside` would allow that")
        return allowed[0]

    def _checked(self, url: str) -> SplitResult:
        try:
            parts = urlsplit(url)
            fits = parts.scheme in PORTS and bool(parts.hostname) and (parts.port is None or parts.port > 0)
        except ValueError:
            fits = False
        if not fits or len(url) > URL or not url.isascii() or not url.isprintable() or " " in url:
            raise Misconfigured("its address is none (https://…)")
        if parts.username is not None or parts.password is not None:
            raise Misconfigured("its address names a user (user@host), which is not sent: sign with `secret` instead")
        if parts.scheme == "http" and not self.inside:
            raise Misconfigured("its address begins with http://; use https://, or `inside` for a machine of our own")
        return parts

    def _spoken(self, plain: socket.socket, parts: SplitResult) -> socket.socket:
        if parts.scheme == "http":
            return plain
        try:
            context = ssl.create_default_context(cafile=self.ca or None)
        except OSError as error:
            raise Misconfigured("`ca` is no file of certificates that can be read") from error
        return context.wrap_socket(plain, server_hostname=parts.hostname)

    @contextmanager
    def _limited(self, plain: socket.socket) -> Iterator[socket.socket]:
        """All of it within the limit: after that the connection is cut, and whoever waits on it is told so."""
        raw = plain.dup()  # TLS takes the socket over; a copy can still be shut down
        clock = threading.Timer(self.timeout * WHOLE, _shut, (raw,))
        clock.daemon = True
        clock.start()
        try:
            yield plain
        finally:
            clock.cancel()
            raw.close()
            plain.close()


def _shut(raw: socket.socket) -> None:
    try:
        raw.shutdown(socket.SHUT_RDWR)
    except OSError:
        return  # it has ended by itself


def _read(response: http.client.HTTPResponse) -> Answer:
    after = response.headers.get("Retry-After", "").strip()
    seconds = float(after) if after.isascii() and after.isdigit() and len(after) < 7 else None
    return Answer(response.status, response.headers.get_content_type(), response.read(ANSWER), seconds)


def _said(error: Exception) -> str:
    """Without the address, which may be a secret."""
    if isinstance(error, TimeoutError):
        return "no answer in time"
    return error.strerror or type(error).__name__ if isinstance(error, OSError) else type(error).__name__
