"""A message: its headers, and in it what an alert (`alert_mail`) or the desk (`desk_mail`) says, as text and as HTML.

Everything in it but our own words is foreign: headers are one line without control characters, HTML is escaped, and
only http(s) addresses become links.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from email.header import Header
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import format_datetime
from typing import Any, Final

from diembao.core.alert import Alert, Channel, Enclosed, Message, Parcel
from diembao.core.outgoing import named_in
from diembao.response import desk_mail
from diembao.response.alert_mail import AlertMail
from diembao.response.lines import cut, one_line
from diembao.response.pages import page_at
from diembao.response.parcels import digest, key_of

PROGRAM: Final = "Điểm Báo"
NOWHERE: Final = "diembao.invalid"  # the domain of identifiers where mail is not set up


class WholeSubjects(EmailPolicy):
    """Folds a long subject without losing a space: Python's own leaves out one that stands between two encoded words,
    so that readers saw "chênhgiá".
    """

    def fold(self, name: str, value: Any) -> str:  # noqa: ANN401 (as the class above has it)
        if name.lower() != "subject" or str(value).isascii():
            usual: str = super().fold(name, value)
            return usual
        lines = Header(str(value), "utf-8", header_name=name).encode(linesep=self.linesep)
        return f"{name}: {lines}{self.linesep}"

    def fold_binary(self, name: str, value: Any) -> bytes:  # noqa: ANN401 (as the class above has it)
        folded = self.fold(name, value)
        return folded.encode("ascii", "surrogateescape") if folded.isascii() else super().fold_binary(name, value)


POLICY: Final = WholeSubjects()


@dataclass(frozen=True, slots=True)
class Letters:
    """Writes messages. ``zone`` is the province's, ``outlet_name`` gives an outlet's name for its id, ``public_url`` is
    where readers reach the dashboard ("": nowhere), ``sender`` the address mails come from, ``link_of`` the address
    with which a unit answers (see `links`), ``stop_of`` the one at which a recipient says that they want no more of
    what a row of the outbox brought, ``trial_stop_of`` that for a trial of a subscription on an address (see
    `numbered`), ``gist_of`` what an accepted gist says of an alert's article (see `gists`); where ``several``
    provinces are watched, links to the dashboard name theirs.
    """

    zone: str
    outlet_name: Callable[[str], str]
    public_url: str = ""
    sender: str = ""
    link_of: Callable[[tuple[str, int, int]], str] = lambda _: ""
    stop_of: Callable[[int], str] = lambda _: ""
    trial_stop_of: Callable[[str, str], str] = lambda _name, _address: ""
    gist_of: Callable[[Alert], str] = lambda _: ""
    several: bool = False

    def letter(self, parcel: Parcel) -> EmailMessage:
        """The same parcel gives the same message, to the byte but for MIME's boundary."""
        if parcel.message is not None:
            return self._of_desk(parcel, parcel.message)
        words = AlertMail(self.zone, self.outlet_name, self.public_url, self.gist_of, self.several)
        told = words.written(parcel, self._stop(parcel))
        mail = self._headed(parcel, f"[{PROGRAM}] {one_line(parcel.subscription)}: {told.subject}")
        mail.set_content(told.plain)
        mail.add_alternative(told.html, subtype="html")
        return mail

    def _of_desk(self, parcel: Parcel, message: Message) -> EmailMessage:
        link = self.link_of(message.link) if message.link else ""
        page = page_at(self.public_url, message.page, message.province if self.several else "")
        mail = self._headed(parcel, f"[{PROGRAM}] {cut(one_line(message.subject))}")
        stop = self._stop(parcel)
        mail.set_content(desk_mail.plain(message.text, link=link, page=page, stop=stop))
        own = message.html.replace(desk_mail.PLACE, desk_mail.button(page, desk_mail.OPEN) if page else "")
        shown = own or desk_mail.html(message.text, link=link, page=page)
        mail.add_alternative(desk_mail.with_stop(shown, stop), subtype="html")
        _enclose(mail, message.enclosed, own)
        return mail

    def _headed(self, parcel: Parcel, subject: str) -> EmailMessage:
        domain = self.sender.rpartition("@")[2] or NOWHERE
        mail = EmailMessage(POLICY)
        mail["Subject"] = subject
        mail["From"] = Address(PROGRAM, addr_spec=self.sender or f"diembao@{NOWHERE}")
        if parcel.to.address:
            mail["To"] = Address(addr_spec=parcel.to.address)
        mail["Date"] = format_datetime(parcel.message.at if parcel.message else parcel.alerts[-1].at)
        mail["Message-ID"] = f"<{key_of(parcel)}@{domain}>"
        if parcel.alerts:
            mail["List-Id"] = f"<{digest(parcel.subscription)}.diembao.{domain}>"
        if stop := self._stop(parcel):
            mail["List-Unsubscribe"] = f"<{stop}>"
            if stop.startswith("https://"):  # RFC 8058 asks for it
                mail["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
        mail["Auto-Submitted"] = "auto-generated"
        return mail

    def _stop(self, parcel: Parcel) -> str:
        """Where this recipient says that they want no more of what a subscription brought."""
        if parcel.to.channel is not Channel.MAIL:
            return ""
        if parcel.trial:
            return self.trial_stop_of(parcel.subscription, parcel.to.address)
        brought = parcel.alerts or (parcel.message and named_in(parcel.message.key))
        return self.stop_of(parcel.id) if brought else ""


def _enclose(mail: EmailMessage, files: Sequence[Enclosed], html: str) -> None:
    """A picture that the HTML shows (``cid:`` and its name) goes with the HTML; what is no such picture is attached."""
    body = mail.get_body(("html",))
    for each in files:
        kind, _, sort = each.media.partition("/")
        name = one_line(each.name)
        if body and kind == "image" and f'"cid:{name}"' in html:
            body.add_related(each.content, kind, sort, cid=f"<{name}>", disposition="inline", filename=name)
        else:
            mail.add_attachment(each.content, maintype=kind, subtype=sort, filename=name)
