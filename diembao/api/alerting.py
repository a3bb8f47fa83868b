"""Subscriptions as the table of rights sees them: one's own, the office's, other people's.

Everybody who reads alerts has some of their own; those of the office (without an owner) are changed by whoever may
change alerts; an administrator changes all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import chain, count
from typing import Final

from diembao.api import casework
from diembao.api.rights import Act, NotAllowed, Standing, Thing, Visitor, may
from diembao.core.accounts import Account, Hand
from diembao.core.alert import Channel, Recipient
from diembao.core.case import Case
from diembao.core.errors import Misconfigured, WrongUse
from diembao.core.outgoing import Theirs
from diembao.core.subscription import NAME_LENGTH, Subject, Subscription
from diembao.pipeline.asked import subscribing
from diembao.pipeline.outgoing import notifiers
from diembao.pipeline.previewing import Preview, preview
from diembao.pipeline.trying import Tried, trials, tried_by
from diembao.pipeline.wiring import Installation
from diembao.response.alerts import all_subscriptions
from diembao.response.parcels import digest
from diembao.response.subscribing import Asked

# What leaves there is seen by others than whoever asked.
_OF_THE_OFFICE: Final = frozenset((Channel.WEBHOOK, Channel.CHAT))
# Each may be a mail to an address that never asked for it.
BETWEEN_TRIALS: Final = timedelta(minutes=1)
Refuse = Callable[[Act], NotAllowed]


def act_on(subscription: Subscription) -> Act:
    return Act.OWN_ALERT if subscription.owner else Act.CHANGE_ALERT


def changes(house: Installation, who: Visitor, subscription: Subscription) -> bool:
    """May they change it? What stands in the settings is changed there."""
    return bool(subscription.id) and _may(house, who, subscription)


def _may(house: Installation, who: Visitor, subscription: Subscription) -> bool:
    owner = (subscription.owner,) if subscription.owner else ()
    return may(who, act_on(subscription), Thing(house.profile.id, authors=owner))


def may_take_up(house: Installation, who: Visitor, subscription: Subscription) -> bool:
    """Of the settings too: who has stopped stands in the record."""
    return _may(house, who, subscription)


def seen(house: Installation, who: Visitor) -> list[Subscription]:
    """Their own, the office's, and for an administrator all; their own first."""
    every = all_subscriptions(house.settings.alerts, house.store.subscriptions())
    found = [each for each in every if not each.owner or _may(house, who, each)]
    return sorted(found, key=lambda each: order(who, each))


def order(who: Visitor, each: Subscription) -> tuple[int, str]:
    """Their own, the office's, other people's; by name, which two never share."""
    return (0 if each.owner == who.actor else 1 + bool(each.owner)), each.name


def theirs(house: Installation, who: Visitor) -> Theirs | None:
    """Whose messages they may see: their own subscriptions' and the office's; None: everybody's."""
    if may(who, Act.OWN_ALERT, Thing(house.profile.id)):  # whosever it is
        return None
    found = seen(house, who)
    return Theirs(frozenset(each.name for each in found), frozenset(each.id for each in found if each.id))


def free_name(house: Installation, wanted: str) -> str:
    """``wanted``, or with a number behind it, where somebody has one of this name."""
    taken = {each.name for each in all_subscriptions(house.settings.alerts, house.store.subscriptions())}
    others = (f"{wanted[: NAME_LENGTH - 6]} {n}" for n in count(2))
    return next(name for name in chain([wanted], others) if name not in taken)


def stopped_of(house: Installation, subscription: Subscription) -> list[Recipient]:
    """Its recipients that want no more."""
    ended = [each.to for each in house.store.stopped() if each.subscription == subscription.name]
    return [each for each in subscription.to if each in ended]


def one(house: Installation, who: Visitor, number: int) -> Subscription | None:
    """None: there is none of this id, or it is not theirs to see."""
    return next((each for each in seen(house, who) if each.id == number), None)


def hears(house: Installation, account: Account, case: Case | None = None) -> bool:
    """`pipeline.hearing.Hears`, by the table."""
    who = Visitor(account.actor, "", (Standing.SIGNED_IN,), account.grants, account=account.number)
    own = may(who, Act.OWN_ALERT, Thing(house.profile.id, authors=(account.actor,)))
    return own and (case is None or casework.reads(house, account, case))


def previewed(house: Installation, subscription: Subscription, now: datetime) -> Preview:
    """Raises:
    WrongUse: its query cannot be read any more.
    """
    with _mendable():
        return preview(house, subscription, now)


@contextmanager
def _mendable() -> Iterator[None]:
    """A query that cannot be read stops no machine: whoever looks at it is told."""
    try:
        yield
    except Misconfigured as error:
        raise WrongUse(str(error)) from error


class Alerting:
    """What a visitor does with subscriptions, each act asked of the table. ``refuse`` makes the refusal, and lets the
    door know of it.
    """

    def __init__(self, house: Installation, who: Visitor, now: datetime, refuse: Refuse = NotAllowed) -> None:
        self._house, self._who, self._now, self._refuse = house, who, now, refuse

    @property
    def _hand(self) -> Hand:
        return Hand(self._who.actor, self._who.where)

    def read(self, asked: Asked) -> Subscription:
        """Checked, as it would be kept.

        Raises:
            WrongUse, QueryError: it will not do.
            NotAllowed: not theirs to ask for.
        """
        found = subscribing(self._house).checked(asked, self._now)
        if not _may(self._house, self._who, found):
            raise self._refuse(act_on(found))
        if found.subject is Subject.CASE:
            self._require_case(found.key)
        if any(each.channel in _OF_THE_OFFICE for each in found.to) and not self._of_the_office():
            raise self._refuse(Act.CHANGE_ALERT)
        return found

    def add(self, asked: Asked) -> Subscription:
        found = self.read(asked)
        if any(each.name == found.name for each in self._house.settings.alerts):
            raise WrongUse(
                f"Đã có cảnh báo tên “{found.name}” trong diembao.toml; hãy chọn tên khác"
                f" (there is an alert '{found.name}' in diembao.toml; choose another name)"
            )
        visible = {each.name for each in seen(self._house, self._who)}
        if found.name in {each.name for each in self._house.store.subscriptions()} - visible:
            free = free_name(self._house, found.name)
            raise WrongUse(
                f"Tên “{found.name}” đã có người khác dùng; xin lấy tên khác, như “{free}”"
                f" (somebody else has an alert of this name; choose another, like '{free}')"
            )
        return self._house.store.add_subscription(found, now=self._now, by=self._hand)

    def change(self, before: Subscription, asked: Asked, version: str = "") -> Subscription:
        """All of it but name and owner. ``version``: of the one that was read ("": ``before`` was).

        Raises:
            Outdated: somebody changed it since; nothing is written.
        """
        self._require(before)
        after = self.read(replace(asked, name=before.name, owner=before.owner))
        kept = replace(after, id=before.id, paused=before.paused, province=before.province)
        return self._kept(kept, version or before.version)

    def pause(self, before: Subscription, version: str = "", *, paused: bool) -> Subscription:
        """As `change`."""
        self._require(before)
        return self._kept(replace(before, paused=paused), version or before.version)

    def remove(self, before: Subscription) -> int:
        """How many messages that waited are dropped."""
        self._require(before)
        return self._house.store.remove_subscription(before.name, now=self._now, by=self._hand)

    def try_out(self, subscription: Subscription) -> list[Tried]:
        """Send one now."""
        self._require(subscription)
        hand, name = self._hand, subscription.subject_told
        with _mendable():
            parcels = trials(self._house, subscription, self._now)
        self._once_a_minute(subscription)
        self._house.store.note(hand.actor, "alert.test", name, where=hand.where, now=self._now)
        lines = notifiers(self._house)  # of its own: the worker's are in use
        ended = stopped_of(self._house, subscription)
        return [tried_by(self._house, parcel, lines, ended, self._now) for parcel in parcels]

    def take_up(self, subscription: Subscription, to: Recipient) -> None:
        """A recipient that had stopped gets it again."""
        if not _may(self._house, self._who, subscription):
            raise self._refuse(act_on(subscription))
        self._house.store.take_up(subscription.name, to, now=self._now, by=self._hand)

    def _once_a_minute(self, subscription: Subscription) -> None:
        fact = f"trial:{self._house.profile.id}:{digest(subscription.name)}"  # numbers come again
        last = self._house.store.fact(fact)
        if last and datetime.fromisoformat(last) > self._now - BETWEEN_TRIALS:
            raise WrongUse("Vừa gửi thử; xin chờ một phút (one was sent just now; wait a minute)")
        self._house.store.set_fact(fact, self._now.isoformat())

    def _kept(self, after: Subscription, version: str) -> Subscription:
        self._house.store.change_subscription(after, now=self._now, by=self._hand, version=version)
        return after

    def _require(self, subscription: Subscription) -> None:
        if not changes(self._house, self._who, subscription):
            raise self._refuse(act_on(subscription))

    def _of_the_office(self) -> bool:
        return may(self._who, Act.CHANGE_ALERT, Thing(self._house.profile.id))

    def _require_case(self, number: str) -> None:
        found = self._house.store.case_file(number)
        if found is None or not casework.allowed(self._house, self._who, Act.READ_CASE, found.case):
            raise WrongUse(f"Không có vụ việc {number[:40]} (there is no case {number[:40]})")
