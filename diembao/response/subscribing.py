"""A subscription as somebody asks for it: read, checked, and said back in a sentence where it will not do."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from enum import StrEnum
from typing import Final, TypeVar

from diembao.core.addresses import mail_address
from diembao.core.alert import FOLDER, Channel, Recipient
from diembao.core.errors import WrongUse
from diembao.core.query import parse
from diembao.core.settings_mail import MailSettings
from diembao.core.subscription import (
    NAME_LENGTH,
    QUERY_LENGTH,
    RECIPIENTS,
    THRESHOLD,
    Priority,
    Quiet,
    Rhythm,
    Subject,
    Subscription,
)
from diembao.core.vocabulary import Vocabulary
from diembao.plan.reader import Profile
from diembao.response.units import HOME

Word = TypeVar("Word", bound=StrEnum)

LANGUAGES: Final = ("vi", "en")
# What an outlet says of the province; units and themes are labels that only such articles have.
_ABOUT: Final = "liên_quan:(có OR một_phần)"
_COUNTRY: Final = "@"


@dataclass(frozen=True, slots=True)
class Asked:
    """As typed. ``to`` are mail addresses, or `channel:address`; ``quiet`` is "22:00-6:00", or nothing."""

    name: str
    query: str = ""
    to: Sequence[str] = ()
    subject: str = Subject.QUERY
    key: str = ""
    rhythm: str = Rhythm.INSTANT
    hour: int = 6
    weekday: int = 0
    language: str = "vi"
    quiet: str = ""
    priority: str = Priority.NONE
    threshold: int = 1
    owner: str = ""


def asked_of(subscription: Subscription) -> Asked:
    """As one would type it."""
    quiet = subscription.quiet
    return Asked(
        name=subscription.name,
        query=subscription.query if subscription.subject is Subject.QUERY else "",
        to=[typed_channel(each) for each in subscription.to],
        subject=subscription.subject,
        key=subscription.key,
        rhythm=subscription.rhythm,
        hour=subscription.hour,
        weekday=subscription.weekday,
        language=subscription.language,
        quiet=f"{quiet.start:%H:%M}-{quiet.end:%H:%M}" if quiet else "",
        priority=subscription.priority,
        threshold=subscription.threshold,
        owner=subscription.owner,
    )


def typed_channel(to: Recipient) -> str:
    return to.address if to.channel is Channel.MAIL else f"{to.channel}:{to.address}".rstrip(":")


@dataclass(frozen=True, slots=True)
class Subscribing:
    """For one province. ``outlets`` are the ids of its catalogue with their countries, ``channels`` the names that the
    settings have for webhooks and chats, with their kinds; ``mail`` says where people's own alerts may go.
    """

    profile: Profile
    words: Vocabulary
    outlets: Mapping[str, str]
    channels: Mapping[str, str]
    mail: MailSettings

    def checked(self, asked: Asked, now: datetime) -> Subscription:
        """Raises:
        WrongUse: something of it will not do, with a sentence that says what.
        QueryError: the query cannot be read.
        """
        subject = _one_of(Subject, asked.subject, "đối tượng", "subject")
        key = " ".join(asked.key.split())
        query = self._query(subject, key, asked.query.strip())
        if query:
            parse(query, now=now, words=self.words)
        elif asked.rhythm in {Rhythm.SPIKE, Rhythm.SILENCE}:
            raise _wrong("nhịp này cần một câu tìm", "this rhythm needs a query")
        if subject is Subject.MENTIONS and not asked.owner:
            raise _wrong("báo lời nhắc cần một tài khoản", "mentions are told to an account: say whose")
        return Subscription(
            name=_name(asked.name),
            query=query,
            to=self._recipients(asked),
            subject=subject,
            key=_key(subject, key, asked.owner),
            rhythm=_one_of(Rhythm, asked.rhythm, "nhịp", "rhythm"),
            hour=_number(asked.hour, 0, 23, "giờ", "hour"),
            weekday=_number(asked.weekday, 0, 6, "thứ", "weekday"),
            language=_language(asked.language),
            quiet=quiet_of(asked.quiet),
            priority=_one_of(Priority, asked.priority, "ưu tiên", "priority"),
            threshold=_number(asked.threshold, 1, THRESHOLD, "ngưỡng", "threshold"),
            owner=asked.owner,
        )

    def _recipients(self, asked: Asked) -> tuple[Recipient, ...]:
        typed = (each.strip() for each in asked.to)
        found = tuple(dict.fromkeys(self._recipient(each, asked.owner) for each in typed if each))
        if len(found) > RECIPIENTS:
            raise _wrong(f"nhiều nhất {RECIPIENTS} nơi nhận", f"at most {RECIPIENTS} recipients")
        return found

    def _recipient(self, typed: str, owner: str) -> Recipient:
        """`kind:address`, or a mail address. A page is the owner's own, and needs no address."""
        kind, _, address = typed.partition(":")
        if kind == Channel.PAGE:
            if not owner or address not in {"", owner}:
                raise _wrong("trang web chỉ báo cho chính người đặt", "the page tells only whoever asked")
            return Recipient(Channel.PAGE, owner)
        if kind in {Channel.WEBHOOK, Channel.CHAT}:
            if self.channels.get(address) != kind:
                raise _wrong(
                    f"không có kênh {kind} “{address[:40]}” trong diembao.toml",
                    f"there is no {kind} '{address[:40]}' in diembao.toml",
                )
            return Recipient(Channel(kind), address)
        found = FOLDER if kind == Channel.FOLDER else recipient_of(typed)
        if owner and found.channel is Channel.MAIL and (why := strange(found.address, self.mail)):
            raise WrongUse(why)
        return found

    def _query(self, subject: Subject, key: str, typed: str) -> str:
        """What is searched for; nothing where the subject is no query."""
        if subject is Subject.QUERY:
            if not typed or len(typed) > QUERY_LENGTH:
                raise _wrong(f"câu tìm có 1 đến {QUERY_LENGTH} ký tự", f"a query has 1 to {QUERY_LENGTH} characters")
            return typed
        if subject is Subject.UNIT:
            return f'đơn_vị:"{_known(key, self.profile.units, "đơn vị", "unit")}"'
        if subject is Subject.THEME:
            return f"chủ_đề:{_known(key, self.profile.themes, 'chủ đề', 'theme')}"
        if subject is Subject.ABROAD:
            return f"-nước:{HOME} {_ABOUT}"
        return self._of_outlets(key) if subject is Subject.OUTLETS else ""

    def _of_outlets(self, key: str) -> str:
        names = [each for each in key.split() if not each.startswith(_COUNTRY)]
        countries = [each.removeprefix(_COUNTRY).upper() for each in key.split() if each.startswith(_COUNTRY)]
        if not names and not countries:
            raise _wrong("chưa chọn nguồn nào", "no outlet was chosen")
        for each in names:
            _known(each, self.outlets, "nguồn", "outlet")
        for each in countries:
            _known(each, set(self.outlets.values()), "nước", "country")
        either = [f"nguồn:({' OR '.join(names)})"] if names else []
        either += [f"nước:({' OR '.join(countries)})"] if countries else []
        return f"({' OR '.join(either)}) {_ABOUT}"


def quiet_of(typed: str) -> Quiet | None:
    """Raises:
    WrongUse: it is no pair of hours like 22:00-6:00.
    """
    if not typed.strip():
        return None
    start, dash, end = typed.replace("–", "-").partition("-")
    try:
        found = Quiet(_hour(start), _hour(end))
    except ValueError as error:
        raise _wrong(
            f"giờ yên lặng “{typed[:40]}”: viết như 22:00-6:00", "quiet hours are written 22:00-6:00"
        ) from error
    if not dash or found.start == found.end:
        raise _wrong(f"giờ yên lặng “{typed[:40]}”: viết như 22:00-6:00", "quiet hours are written 22:00-6:00")
    return found


def _hour(typed: str) -> time:
    hour, _, minute = typed.strip().partition(":")
    return time(int(hour), int(minute or 0))


def _key(subject: Subject, typed: str, owner: str) -> str:
    """As it is kept: mentions are the owner's, what is abroad needs none."""
    return {Subject.MENTIONS: owner, Subject.ABROAD: ""}.get(subject, typed)


def _name(typed: str) -> str:
    name = " ".join(typed.split())
    if not name or len(name) > NAME_LENGTH or not name.isprintable():
        raise _wrong(f"tên (--name) có 1 đến {NAME_LENGTH} ký tự", f"the name has 1 to {NAME_LENGTH} characters")
    return name


def strange(address: str, mail: MailSettings) -> str:
    """Why somebody's own alert is not sent there; "": it is."""
    if mail.own_alerts_go_to(address):
        return ""
    named = ", ".join(mail.domains)
    return (
        f"Không gửi tới {address[:100]}: cảnh báo của riêng mình chỉ gửi tới địa chỉ của {named} (mail.domains)"
        f" (nothing is sent to {address[:100]}: one's own alerts go to addresses of {named} only)"
    )


def recipient_of(typed: str) -> Recipient:
    """`kind:address`, or a mail address; whether there is such a webhook or person is not looked at.

    Raises:
        WrongUse: it is no mail address.
    """
    kind, _, address = typed.partition(":")
    if kind in set(Channel) - {Channel.MAIL}:
        return Recipient(Channel(kind), address.strip())
    address = address if kind == Channel.MAIL else typed
    try:
        return Recipient(Channel.MAIL, mail_address(address))
    except ValueError as error:
        raise _wrong(f"“{address[:60]}” không phải địa chỉ thư", str(error)) from error


def _language(typed: str) -> str:
    if typed not in LANGUAGES:
        raise _wrong(f"ngôn ngữ: {' hoặc '.join(LANGUAGES)}", f"language: {' or '.join(LANGUAGES)}")
    return typed


def _one_of(kind: type[Word], typed: str, vietnamese: str, english: str) -> Word:
    try:
        return kind(typed)
    except ValueError:
        known = ", ".join(kind)
        shown = str(typed)[:40]
        raise _wrong(f"{vietnamese} “{shown}” không có; có {known}", f"{english} is one of {known}") from None


def _number(given: int, least: int, most: int, vietnamese: str, english: str) -> int:
    if not least <= given <= most:
        raise _wrong(f"{vietnamese} từ {least} đến {most}", f"{english} is from {least} to {most}")
    return given


def _known(key: str, among: Iterable[str], vietnamese: str, english: str) -> str:
    if key not in among:
        raise _wrong(f"không có {vietnamese} “{key[:60]}”", f"there is no {english} '{key[:60]}'")
    return key


def _wrong(vietnamese: str, english: str) -> WrongUse:
    return WrongUse(f"Cảnh báo: {vietnamese} (alert: {english})")
