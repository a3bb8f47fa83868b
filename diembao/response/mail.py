"""The words of a message: what an alert says, as plain text and as simple HTML (of the desk's own: `desk_mail`).

Everything in it but our own words is foreign: headers are one line without control characters, HTML is escaped, and
only http(s) addresses become links.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime
from html import escape
from typing import Final
from zoneinfo import ZoneInfo

from diembao.core.alert import Alert, Message, Parcel
from diembao.response import desk_mail

# Titles in the message of a storm; outlets named in it; characters of a title in a subject.
TITLES, OUTLETS, SUBJECT = 20, 5, 180

PROGRAM: Final = "Điểm Báo"
NOWHERE: Final = "diembao.invalid"  # the domain of identifiers where mail is not set up
TRIAL: Final = "Đây là thư thử: thư cảnh báo sẽ tới như thế này."
FOOTER: Final = "Thái độ và chủ đề là gợi ý của máy; người đọc quyết định. Mỗi sự việc chỉ báo một lần."


@dataclass(frozen=True, slots=True)
class Letters:
    """Writes messages. ``zone`` is the province's, ``outlet_name`` gives an outlet's name for its id, ``public_url`` is
    where readers reach the dashboard ("": nowhere), ``sender`` the address mails come from, ``link_of`` the address
    with which a unit answers (see `links`).
    """

    zone: str
    outlet_name: Callable[[str], str]
    public_url: str = ""
    sender: str = ""
    link_of: Callable[[tuple[str, int, int]], str] = lambda _: ""

    def letter(self, parcel: Parcel) -> EmailMessage:
        """The same parcel gives the same message, to the byte but for MIME's boundary."""
        if parcel.message is not None:
            return self._of_desk(parcel, parcel.message)
        subject, paragraphs = self._storm(parcel) if len(parcel.alerts) > 1 else self._alone(parcel.alerts[0])
        name = _line(parcel.subscription)
        if parcel.trial:
            subject, paragraphs = f"thư thử – {subject}", [[Part(TRIAL)], *paragraphs]
        mail = self._headed(parcel, f"[{PROGRAM}] {name}: {subject}")
        footer = [Part(f"{FOOTER}\nCảnh báo “{name}” của {PROGRAM}.")]
        mail.set_content("\n\n".join(_plain(each) for each in paragraphs) + f"\n\n-- \n{_plain(footer)}\n")
        html = "".join(f"<p>{_html(each)}</p>\n" for each in [*paragraphs, footer])
        head = '<!doctype html>\n<html lang="vi"><head><meta charset="utf-8"></head><body>\n'
        mail.add_alternative(f"{head}{html}</body></html>\n", subtype="html")
        return mail

    def _of_desk(self, parcel: Parcel, message: Message) -> EmailMessage:
        link = self.link_of(message.link) if message.link else ""
        page = f"{self.public_url.rstrip('/')}{message.page}" if message.page and self.public_url else ""
        mail = self._headed(parcel, f"[{PROGRAM}] {_cut(_line(message.subject))}")
        mail.set_content(desk_mail.plain(message.text, link=link, page=page))
        own = message.html.replace(desk_mail.PLACE, desk_mail.button(page, desk_mail.OPEN) if page else "")
        mail.add_alternative(own or desk_mail.html(message.text, link=link, page=page), subtype="html")
        for each in message.enclosed:
            kind, _, sort = each.media.partition("/")
            mail.add_attachment(each.content, maintype=kind, subtype=sort, filename=_line(each.name))
        return mail

    def _headed(self, parcel: Parcel, subject: str) -> EmailMessage:
        domain = self.sender.rpartition("@")[2] or NOWHERE
        mail = EmailMessage()
        mail["Subject"] = subject
        mail["From"] = Address(PROGRAM, addr_spec=self.sender or f"diembao@{NOWHERE}")
        if parcel.to.address:
            mail["To"] = Address(addr_spec=parcel.to.address)
        mail["Date"] = format_datetime(parcel.message.at if parcel.message else parcel.alerts[-1].at)
        mail["Message-ID"] = f"<{_name(parcel)}@{domain}>"
        if parcel.alerts:
            mail["List-Id"] = f"<{_digest(parcel.subscription)}.diembao.{domain}>"
        mail["Auto-Submitted"] = "auto-generated"
        return mail

    def _alone(self, alert: Alert) -> tuple[str, list[list[Part]]]:
        title = _line(alert.title) or alert.url
        links = [Part("Đọc bài: "), Part(alert.url, alert.url)] if alert.url else []
        if self.public_url and alert.article_id:
            page = f"{self.public_url.rstrip('/')}/bai-bao?id={alert.article_id}"
            links += [Part("\n"), Part(f"Trong {PROGRAM}: "), Part(page, page)]
        paragraphs = [
            [Part(title, alert.url, strong=True), *([Part("\n"), Part(self._where(alert))] if alert.url else [])],
            [Part(f"“{_line(alert.sentence)}”")] if alert.sentence else [],
            [Part(f"Vì sao có thư này: {_line(alert.why)}")],
            links,
        ]
        return _cut(title), [each for each in paragraphs if each]

    def _storm(self, parcel: Parcel) -> tuple[str, list[list[Part]]]:
        told = parcel.alerts
        counted = Counter(self._outlet(alert) for alert in told)
        named = ", ".join(f"{name} {n}" for name, n in counted.most_common(OUTLETS))
        others = sum(n for _, n in counted.most_common()[OUTLETS:])
        more = f", {len(counted) - OUTLETS} nguồn khác {others}" if others else ""
        paragraphs = [[Part(f"{len(told)} sự việc cùng khớp cảnh báo này, từ {len(counted)} nguồn: {named}{more}.")]]
        for n, alert in enumerate(told[:TITLES], 1):
            title = [Part(f"{n}. "), Part(_line(alert.title) or alert.url, alert.url, strong=True)]
            paragraphs.append([*title, Part("\n"), Part(self._where(alert)), Part("\n"), Part(alert.url, alert.url)])
        if len(told) > TITLES:
            paragraphs.append([Part(f"Và {len(told) - TITLES} sự việc nữa, xem trong {PROGRAM}.")])
        if self.public_url:
            paragraphs.append([Part(f"{PROGRAM}: "), Part(self.public_url, self.public_url)])
        return f"{len(told)} sự việc", paragraphs

    def _where(self, alert: Alert) -> str:
        published = alert.published_at
        time = self._clock(published) if published else f"chưa rõ giờ đăng, thấy lúc {self._clock(alert.at)}"
        story = f" · chuyện có {alert.articles} bài, {alert.texts} văn bản khác nhau" if alert.articles > 1 else ""
        return f"{self._outlet(alert)} · {time}{story}"

    def _outlet(self, alert: Alert) -> str:
        return _line(self.outlet_name(alert.outlet))

    def _clock(self, time: datetime) -> str:
        return f"{time.astimezone(ZoneInfo(self.zone)):%d/%m/%Y %H:%M}"


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a paragraph; a link where it has an address."""

    text: str
    link: str = ""
    strong: bool = False


def _plain(paragraph: list[Part]) -> str:
    return "".join(part.text for part in paragraph)


def _html(paragraph: list[Part]) -> str:
    return "".join(_tagged(part) for part in paragraph)


def _tagged(part: Part) -> str:
    text = escape(part.text).replace("\n", "<br>\n")
    text = f"<strong>{text}</strong>" if part.strong else text
    if not part.link.startswith(("https://", "http://")):
        return text
    return f'<a href="{escape(part.link)}">{text}</a>'


def _name(parcel: Parcel) -> str:
    """What makes the Message-ID: of this outbox row alone, also where another installation counts its rows from 1."""
    if parcel.message is not None:
        its = parcel.message
        told = (its.province, its.key, its.at.isoformat(), parcel.to.channel, parcel.to.address)
        return f"desk-{parcel.id}.{_digest('|'.join(told))}"
    first = parcel.alerts[0]
    kind = "trial" if parcel.trial else "storm" if len(parcel.alerts) > 1 else "alert"
    row = (parcel.subscription, first.article_id, first.at.isoformat(), parcel.to.channel, parcel.to.address)
    return f"{kind}-{parcel.id}.{_digest('|'.join(row))}"


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:16]


def _line(text: str) -> str:
    """One line, without control characters: nothing in it can begin a header of its own or turn the writing round."""
    kept = "".join(" " if unicodedata.category(letter) in {"Cc", "Cs", "Zl", "Zp"} else letter for letter in text)
    return " ".join(kept.translate(_TURNING).split())


# The signs that change the direction of writing: a title must not rearrange the words around it.
_TURNING: Final = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])


def _cut(title: str) -> str:
    return title if len(title) <= SUBJECT else f"{title[: SUBJECT - 1].rstrip()}…"
