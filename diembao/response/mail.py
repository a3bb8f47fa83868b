"""A message: its headers, and in it what an alert (`alert_mail`) or the desk (`desk_mail`) says, as text and as HTML.

Everything in it but our own words is foreign: headers are one line without control characters, HTML is escaped, and
only http(s) addresses become links.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime
from typing import Final

from diembao.core.alert import Message, Parcel
from diembao.response import desk_mail
from diembao.response.alert_mail import AlertMail
from diembao.response.lines import cut, one_line

PROGRAM: Final = "Điểm Báo"
NOWHERE: Final = "diembao.invalid"  # the domain of identifiers where mail is not set up


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
        told = AlertMail(self.zone, self.outlet_name, self.public_url).written(parcel)
        mail = self._headed(parcel, f"[{PROGRAM}] {one_line(parcel.subscription)}: {told.subject}")
        mail.set_content(told.plain)
        mail.add_alternative(told.html, subtype="html")
        return mail

    def _of_desk(self, parcel: Parcel, message: Message) -> EmailMessage:
        link = self.link_of(message.link) if message.link else ""
        page = f"{self.public_url.rstrip('/')}{message.page}" if message.page and self.public_url else ""
        mail = self._headed(parcel, f"[{PROGRAM}] {cut(one_line(message.subject))}")
        mail.set_content(desk_mail.plain(message.text, link=link, page=page))
        own = message.html.replace(desk_mail.PLACE, desk_mail.button(page, desk_mail.OPEN) if page else "")
        mail.add_alternative(own or desk_mail.html(message.text, link=link, page=page), subtype="html")
        for each in message.enclosed:
            kind, _, sort = each.media.partition("/")
            mail.add_attachment(each.content, maintype=kind, subtype=sort, filename=one_line(each.name))
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
