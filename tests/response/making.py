"""Parcels, settings and stores for the tests of what goes out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from diembao.core.alert import Alert, Channel, Parcel, Recipient
from diembao.core.settings_channels import ChannelSettings
from diembao.core.settings_mail import MailSettings
from diembao.response.mail import Letters
from diembao.response.smtp import SmtpNotifier
from diembao.response.webhook import WebhookNotifier

NOW = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)
SENDER = "diembao@office.example"
A, B = Recipient(Channel.MAIL, "a@x.example"), Recipient(Channel.MAIL, "b@y.example")
NAMES = {"bao-mau": "Báo Mẫu"}

ALERT = Alert(
    id=7,
    subscription="Phê phán về tỉnh",
    story="s1",
    article_id="0123456789abcdef",
    title="Nước thải trại heo chảy ra sông Côn, dân gửi đơn ba lần",
    url="https://bao-mau.example/nuoc-thai-101.html?a=1&b=2",
    outlet="bao-mau",
    why="khớp “thái_độ:phê_phán” · về tỉnh (“Quy Nhơn”) · gợi ý: phê phán (“buông lỏng quản lý”)",
    at=NOW,
    sentence="Chính quyền xã buông lỏng quản lý, để vi phạm kéo dài.",
    published_at=NOW - timedelta(hours=2),
)


def alert(n: int = 7, **changes: Any) -> Alert:
    return replace(ALERT, id=n, story=f"s{n}", **changes)


def parcel(*alerts: Alert, to: Recipient = A, **changes: Any) -> Parcel:
    told = alerts or (ALERT,)
    return replace(Parcel(told[0].id, to, told[0].subscription, told), **changes)


def letters(public_url: str = "https://diembao.example") -> Letters:
    return Letters("Asia/Ho_Chi_Minh", lambda outlet: NAMES.get(outlet, outlet), public_url, SENDER)


def settings(port: int, **changes: Any) -> MailSettings:
    given = {"host": "127.0.0.1", "port": port, "security": "none", "from": SENDER, "timeout": 10, **changes}
    return MailSettings.model_validate(given)


def notifier(port: int, **changes: Any) -> SmtpNotifier:
    return SmtpNotifier(settings(port, **changes), letters())


def webhooks(ports: Mapping[str, int]) -> WebhookNotifier:
    """Webhooks on this machine, by name."""
    secret = "made up, and long enough"  # noqa: S105 (made up)
    chosen = {
        name: ChannelSettings.model_validate(
            {"kind": "webhook", "url": f"http://127.0.0.1:{port}/", "secret": secret, "inside": True, "timeout": 5}
        )
        for name, port in ports.items()
    }
    return WebhookNotifier(chosen, Path("/none"), lambda: NOW, lambda outlet: NAMES.get(outlet, outlet))


@dataclass
class Clock:
    """A clock that goes on when it is told to."""

    time: datetime = field(default=NOW)

    def __call__(self) -> datetime:
        return self.time

    def wait(self, **time: float) -> None:
        self.time += timedelta(**time)
