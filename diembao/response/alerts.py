"""Who asked to be told, and how it reaches them.

A subscription is a name and a query. An article that matches becomes one alert for its story:
copies and follow-ups of a story already told do not ring again.
"""

from __future__ import annotations

import mailbox
from collections.abc import Iterable, Sequence
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path

from diembao.core.article import Kind, Labelled
from diembao.core.errors import Misconfigured, QueryError
from diembao.core.ports import Alert, Index
from diembao.core.query import Bool, Terms, parse
from diembao.core.settings import Subscription


def alerts_for(
    subscriptions: Sequence[Subscription], items: Sequence[Labelled], index: Index, province: str, now: datetime
) -> list[Alert]:
    """The alerts that these articles, already indexed, give rise to. The store drops the ones sent before."""
    by_id = {item.article.id: item for item in items}
    return [
        _alert(subscription, by_id[article_id], province, now)
        for subscription in subscriptions
        for article_id in _matching(subscription, index, list(by_id), now)
    ]


def _matching(subscription: Subscription, index: Index, ids: list[str], now: datetime) -> Iterable[str]:
    if not ids:
        return []
    try:
        asked = parse(subscription.query, now=now)
    except QueryError as error:
        msg = f"alert '{subscription.name}': its query cannot be read: {error}"
        raise Misconfigured(msg) from error
    among_these = Bool(must=(asked, Terms("id", tuple(ids))))
    return [hit.id for hit in index.search(among_these, limit=len(ids)).hits]


def _alert(subscription: Subscription, item: Labelled, province: str, now: datetime) -> Alert:
    article = item.article
    return Alert(
        id=0,
        subscription=subscription.name,
        story=item.key(Kind.STORY) or article.id,
        article_id=article.id,
        title=article.title,
        url=article.url,
        outlet=article.outlet,
        why=_why(subscription, item, province),
        at=now,
    )


# What a reader of the mail sees for a label; an abstaining machine says nothing.
_SAID = {
    (Kind.RELEVANCE, "yes"): "về tỉnh",
    (Kind.RELEVANCE, "part"): "có nhắc tới tỉnh",
    (Kind.STANCE, "positive"): "gợi ý: tích cực",
    (Kind.STANCE, "neutral"): "gợi ý: trung tính",
    (Kind.STANCE, "critical"): "gợi ý: phê phán",
}


def _why(subscription: Subscription, item: Labelled, province: str) -> str:
    """The query, and what the machine or a person saw in the article."""
    seen = [
        f"{_SAID[label.kind, label.key]} ({label.why})"
        for label in item.labels
        if label.about == province and (label.kind, label.key) in _SAID
    ]
    return " · ".join([f"khớp “{subscription.query}”", *seen])


class MaildirNotifier:
    """Puts each alert as a mail into a Maildir folder, which any mail reader opens.

    The Message-ID is made from the alert's number, so that one delivered twice after a crash is one.
    """

    def __init__(self, path: Path) -> None:
        self._path = path

    def deliver(self, alert: Alert) -> None:
        try:
            mailbox.Maildir(self._path, create=True).add(_mail(alert))
        except OSError as error:
            msg = f"the alert folder {self._path} cannot be written: {error}"
            raise Misconfigured(msg) from error


def _mail(alert: Alert) -> EmailMessage:
    mail = EmailMessage()
    mail["Subject"] = f"[Điểm Báo] {alert.subscription}: {' '.join(alert.title.split())}"
    mail["Date"] = format_datetime(alert.at)
    mail["Message-ID"] = f"<alert-{alert.id}@diembao.invalid>"
    mail.set_content(
        f"{alert.title}\n{alert.outlet}\n{alert.url}\n\n"
        f"Vì sao có cảnh báo này: {alert.why}\n"
        "Thái độ và chủ đề là gợi ý của máy; người đọc quyết định.\n"
    )
    return mail
