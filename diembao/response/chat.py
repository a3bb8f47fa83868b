"""Chats (Zalo, Telegram, Teams, Slack …) through apprise, which knows how each of them is spoken to.

apprise is an extra (`pip install diembao[chat]`). Its own pauses are switched off, for the outbox has a pace; so are
redirects and its log, which holds addresses. Of what it says only the HTTP status is kept. Only the services below are
used; where an address names a machine (`_OWN`), that must be outside, unless the channel may be inside.
"""

from __future__ import annotations

import logging
import re
import threading
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from crawlers.guard import Lookup, look_up
from diembao.core.alert import FOLDER, Away, Parcel, Unsure
from diembao.core.errors import Misconfigured, Refused, Retry
from diembao.core.settings_channels import ChannelSettings, secret_of
from diembao.response.mail import Letters
from diembao.response.reach import PORTS, WHOLE, Way
from diembao.response.webhook import channel

if TYPE_CHECKING:
    from apprise import NotifyBase

# Services with one address in the world, and those whose address names a machine.
CLOUD: Final = frozenset({"zalo", "tgram", "slack", "gchat", "discord", "viber", "line", "wxteams", "webex", "zulip"})
_OWN: Final = frozenset({"workflow", "workflows", "mmost", "mmosts", "rocket", "rockets", "nctalk", "nctalks"})
OWN: Final = _OWN | {"json", "jsons"}
_PLAIN: Final = frozenset({"mmost", "rocket", "nctalk", "json"})  # without TLS
_STATUS: Final = re.compile(r"\berror=(\d{3})\b", re.ASCII)
_WORD: Final = re.compile(r"\S+")
_ADDRESS: Final = re.compile(r"https?://[^\s<>\[\]]+\Z")
_CALLING: Final = re.compile(r"([@＠<\]])(?=\S)")
_LOG: Final = "apprise"
_TOO_MANY, _BROKEN = 429, 500


@dataclass(frozen=True, slots=True)
class ChatNotifier:
    """``letters`` writes what is said: the subject and the plain text of the mail."""

    channels: Mapping[str, ChannelSettings]
    home: Path
    letters: Letters
    lookup: Lookup = look_up

    def deliver(self, parcel: Parcel) -> str:
        name = parcel.to.address
        chosen, where = channel(self.channels, name, "chat"), f"chat {name}"
        url = secret_of(chosen.url, chosen.url_file, self.home, where)
        service = _service(url, where)
        self._check(service, _scheme(url), chosen, where)
        service.socket_connect_timeout = service.socket_read_timeout = chosen.timeout
        mail = self.letters.letter(replace(parcel, to=FOLDER))
        body = mail.get_body(("plain",))
        text = harmless(body.get_content() if body else "")
        return _said(service, harmless(str(mail["Subject"])), text, chosen.timeout * WHOLE, where)

    def close(self) -> None:
        """Nothing stays open."""

    def _check(self, service: NotifyBase, scheme: str, chosen: ChannelSettings, where: str) -> None:
        if scheme in CLOUD:
            return
        if scheme in _PLAIN and not chosen.inside:
            raise Misconfigured(f"{where}: its address is without TLS; use {scheme}s://, or `inside`")
        port = service.port or PORTS["http" if scheme in _PLAIN else "https"]
        try:
            Way(chosen.timeout, chosen.inside, lookup=self.lookup).address(str(service.host or ""), port)
        except Misconfigured as error:
            raise Misconfigured(f"{where}: {error}") from error
        except Away as error:
            raise Away(f"{where}: {error}") from error


def harmless(text: str) -> str:
    """A title calls nobody (@all, <!channel>) and hides no address behind other words ([x](http://…)): a space of no
    width stands where a service would begin to read such a thing. Addresses stay as they are.
    """
    return _WORD.sub(lambda found: found[0] if _ADDRESS.match(found[0]) else _CALLING.sub("\\1\u200b", found[0]), text)


def _service(url: str, where: str) -> NotifyBase:
    try:
        import apprise
    except ImportError as error:
        raise Misconfigured(f"{where}: apprise is not installed (pip install 'diembao[chat]')") from error
    logging.getLogger(_LOG).propagate = False  # it would tell addresses
    if _scheme(url) not in CLOUD | OWN:
        raise Misconfigured(f"{where}: its address begins with none of the services that are used (docs/channels.md)")
    asset = apprise.AppriseAsset(app_id="diembao", async_mode=False, http_redirects=False)
    found = apprise.Apprise.instantiate(url, asset=asset, suppress_exceptions=True)
    if not isinstance(found, apprise.NotifyBase):
        raise Misconfigured(f"{where}: apprise cannot read its address")
    found.request_rate_per_sec = 0
    found.overflow_mode = apprise.OverflowMode.TRUNCATE
    return found


def _scheme(url: str) -> str:
    return url.partition("://")[0].lower()


def _said(service: NotifyBase, title: str, text: str, limit: float, where: str) -> str:
    """In a thread: what apprise waits for has a limit for each byte, and none for the whole."""
    heard = _Status()
    done: list[bool] = []

    def say() -> None:
        from apprise import Apprise, NotifyFormat

        spoken = Apprise(asset=service.asset)  # sees to it that a service which breaks is a failure like any other
        spoken.add(service)
        done.append(bool(spoken.notify(text, title, body_format=NotifyFormat.TEXT)))

    logger = logging.getLogger(_LOG)
    logger.addHandler(heard)
    speaking = threading.Thread(target=say, daemon=True)
    try:
        speaking.start()
        speaking.join(limit)
    finally:
        logger.removeHandler(heard)
    if speaking.is_alive():
        raise Unsure(f"{where}: no end after {limit:g} s")
    if not any(done):
        raise _fate(heard.status, where)
    return "đã gửi (taken)"


def _fate(status: int | None, where: str) -> Exception:
    if status is None:
        return Away(f"{where}: it could not be reached")
    said = f"{where}: HTTP {status}"
    if status == _TOO_MANY:
        return Away(said)
    if status >= _BROKEN:
        return Retry(said)
    if status in {400, 413, 422}:
        return Refused("chat", said)
    return Misconfigured(f"{said}: its address has to be looked at")


class _Status(logging.Handler):
    """Hears the HTTP status out of apprise's log, and nothing else."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.status: int | None = None

    def emit(self, record: logging.LogRecord) -> None:
        found = _STATUS.search(record.getMessage())
        self.status = int(found[1]) if found else self.status
