"""Accounts as readers see them: everywhere else an account is a number."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dashboard import forms, newsroom
from dashboard.texts import TEXTS, Words
from diembao.api.rights import TABLE, Act
from diembao.core.accounts import Account, Grant, Session, number_of
from diembao.core.fact_feeds import feed_named


def name_of(actor: str) -> str:
    """Their full name; of an erased account its number; empty where the actor is no account."""
    number = number_of(actor)
    account = newsroom.house().store.account(number) if number is not None else None
    return account.shown if account is not None else ""


def shown(actor: str, name: str, say: Words) -> str:
    """An actor by their ``name``, where they have one; else what else did it: the command line, the machine."""
    if feed := feed_named(actor):
        return say("audit.actor.feed", name=feed)
    key = f"audit.actor.{actor}"
    return name or (say(key) if key in TEXTS else actor)


def role_told(grant: Grant, say: Words) -> str:
    """A role with what it is bound to: “Cán bộ đơn vị: Sở Y tế”."""
    units = newsroom.house().profile.units
    where = [units[grant.unit].name if grant.unit in units else grant.unit, grant.province]
    told = ", ".join(part for part in where if part)
    name = say(f"given.{grant.role.value}")
    return f"{name}: {told}" if told else name


def role_badges(grants: Iterable[Grant], say: Words) -> list[str]:
    return [f":gray-badge[{forms.plain(role_told(grant, say))}]" for grant in grants]


def at_the_desk() -> Sequence[Account]:
    """Those who can come in and may work on cases here, by name."""
    house = newsroom.house()
    known = house.store.accounts()
    return [each for each in known if not each.disabled and _works(each.grants, house.profile.id)]


def with_name(account: Account) -> str:
    """“Nguyễn Thị Lan (lan)”: what others read, and what is typed to call them."""
    return f"{account.shown} ({account.name})"


def _works(grants: Iterable[Grant], province: str) -> bool:
    return any(grant.role in TABLE[Act.WORK_CASE] and grant.province in {"", province} for grant in grants)


def open_sessions(account: int) -> Sequence[Session]:
    now = newsroom.now()
    return [each for each in newsroom.house().store.sessions(account, now) if each.until > now]
