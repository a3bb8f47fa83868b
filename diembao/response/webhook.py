"""Webhooks: a message as JSON to another system of the office, signed as https://www.standardwebhooks.com says.

| answer | fate |
|---|---|
| 2xx, and no HTML | taken |
| 2xx with a page of HTML: a proxy, a sign-in, an error page | `Retry` |
| 410 | `Gone`: the subscription is paused, its owner told |
| 400, 405, 406, 409, 411, 413, 414, 415, 422, 431 | `Refused`: this message never |
| 429 and 503 with Retry-After | `Away`: all for this webhook after so long |
| 3xx, 401, 403, 404 and the like | `Misconfigured`: all for this webhook waits; nothing follows a redirect |
| 5xx, 408, 425 | `Retry`: this message later |
| no connection, silence | `Away`: all for this webhook later |

What is sent, and what it means: docs/webhooks.md.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from pathlib import Path
from typing import Any, Final

from crawlers.guard import Lookup, look_up
from diembao.core.alert import Alert, Away, Gone, Parcel
from diembao.core.errors import Misconfigured, Refused, Retry
from diembao.core.settings_channels import ChannelSettings, secret_of
from diembao.response.alert_mail import FROM
from diembao.response.lines import one_line
from diembao.response.pages import page_at
from diembao.response.parcels import key_of
from diembao.response.reach import Answer, Way

FORM: Final = "diembao.webhook/1"
# Alerts of one message that are told in full; ``total`` counts them all.
ALERTS: Final = 100
# Characters of a secret: fewer could be guessed.
SECRET: Final = 16
_MARK: Final = "whsec_"

_OF_THE_MESSAGE: Final = frozenset({400, 405, 406, 409, 411, 413, 414, 415, 422, 431})
_LATER: Final = frozenset({408, 425, 429, *range(500, 600)})
_ASKS_TO_WAIT: Final = frozenset({429, 503})


@dataclass(frozen=True, slots=True)
class WebhookNotifier:
    """``channels`` are those of the settings; the address of a parcel is the name of one. ``public_url`` is where
    readers reach the dashboard.
    """

    channels: Mapping[str, ChannelSettings]
    home: Path
    now: Callable[[], datetime]
    outlet_name: Callable[[str], str]
    public_url: str = ""
    lookup: Lookup = look_up
    several: bool = False  # provinces are watched

    def deliver(self, parcel: Parcel) -> str:
        name = parcel.to.address
        chosen = channel(self.channels, name, "webhook")
        where = f"webhook {name}"
        url = secret_of(chosen.url, chosen.url_file, self.home, where)
        secret = secret_of(chosen.secret, chosen.secret_file, self.home, where)
        if len(secret) < SECRET:
            raise Misconfigured(f"{where}: channels.{name}.secret has fewer than {SECRET} characters")
        body = self.body(parcel)
        headers = signed(body, key_of(parcel), secret, self.now())
        ca = str(self.home / Path(chosen.ca).expanduser()) if chosen.ca else ""
        try:
            answer = Way(chosen.timeout, chosen.inside, ca, self.lookup).post(url, body, headers)
        except Misconfigured as error:
            raise Misconfigured(f"{where}: {error}") from error
        except Away as error:
            raise Away(f"{where}: {error}") from error
        return judged(answer, where)

    def close(self) -> None:
        """Nothing stays open."""

    def body(self, parcel: Parcel) -> bytes:
        """The same parcel gives the same bytes."""
        message = parcel.message
        told: dict[str, Any] = {
            "form": FORM,
            "id": key_of(parcel),
            "kind": "message" if message else "trial" if parcel.trial else "alert",
            "province": message.province if message else parcel.alerts[0].province,
            "subscription": parcel.subscription,
            "total": len(parcel.alerts),
            "alerts": [self._alert(each) for each in parcel.alerts[:ALERTS]],
        }
        if message:
            page = self._page(message.page, message.province)
            told["message"] = {"subject": message.subject, "text": message.text, "page": page}
        return json.dumps(told, ensure_ascii=False).encode("utf-8", "replace")

    def _alert(self, alert: Alert) -> dict[str, Any]:
        article = f"/bai-bao?id={alert.article_id}" if alert.article_id else ""
        return {
            "story": alert.story,
            "article": alert.article_id,
            "news": alert.news.value,
            "turn": alert.turn,
            "stance": alert.stance,
            "title": one_line(alert.title),
            "url": alert.url,
            "outlet": alert.outlet,
            "outlet_name": one_line(self.outlet_name(alert.outlet)),
            "sentence": one_line(alert.sentence),
            "why": one_line(alert.why),
            "at": alert.at.isoformat(),
            "published_at": alert.published_at.isoformat() if alert.published_at else None,
            "articles": alert.articles,
            "texts": alert.texts,
            "page": self._page(article, alert.province),
            "open_case": self._page(f"{article}&from={FROM}", alert.province) if article else "",
        }

    def _page(self, path: str, province: str) -> str:
        return page_at(self.public_url, path, province if self.several else "")


def channel(channels: Mapping[str, ChannelSettings], name: str, kind: str) -> ChannelSettings:
    """Raises:
    Misconfigured: the settings know no such channel.
    """
    found = channels.get(name)
    if found is None or found.kind != kind:
        raise Misconfigured(f"there is no {kind} '{name[:40]}' in the settings (channels.{name[:40]})")
    return found


def signed(body: bytes, key: str, secret: str, now: datetime) -> dict[str, str]:
    """The headers of a message: its key, the time in seconds, and the seal over both and the body."""
    time = str(int(now.timestamp()))
    seal = hmac.digest(_key_of(secret), b".".join([key.encode(), time.encode(), body]), hashlib.sha256)
    return {
        "Content-Type": "application/json; charset=utf-8",
        "User-Agent": "diembao",
        "Idempotency-Key": key,
        "webhook-id": key,
        "webhook-timestamp": time,
        "webhook-signature": f"v1,{base64.b64encode(seal).decode()}",
    }


def _key_of(secret: str) -> bytes:
    """As Standard Webhooks writes them, or the letters themselves."""
    if secret.startswith(_MARK):
        try:
            return base64.b64decode(secret.removeprefix(_MARK), validate=True)
        except binascii.Error as error:
            raise Misconfigured(f"a secret that begins with {_MARK} goes on in Base64") from error
    return secret.encode()


def judged(answer: Answer, where: str) -> str:
    """The receipt, where the message was taken.

    Raises:
        Refused, Retry, Away, Misconfigured: see the head of this file.
    """
    status = answer.status
    said = f"{where}: HTTP {status}{f' {_phrase(status)}' if _phrase(status) else ''}"
    if HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES:
        if is_page(answer):
            raise Retry(f"{said}, with a page of HTML: nothing that says it was taken")
        return f"HTTP {status}"
    if status == HTTPStatus.GONE:
        raise Gone(said)
    if status in _OF_THE_MESSAGE:
        raise Refused("webhook", said)
    if status in _ASKS_TO_WAIT and answer.after is not None:
        raise Away(f"{said}, later", after=answer.after)
    if status in _LATER:
        raise Retry(said)
    raise Misconfigured(f"{said}: its address has to be looked at")


def is_page(answer: Answer) -> bool:
    """HTML by its own word, or by its first letters."""
    start = answer.body[:200].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return answer.kind in {"text/html", "application/xhtml+xml"} or start.startswith((b"<!doctype", b"<html"))


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return ""
