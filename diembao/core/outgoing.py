"""What becomes of what leaves, as people look at it: deliveries, alerts not read yet, who wants no more, feeds."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Protocol

from diembao.core.accounts import CONSOLE, Hand
from diembao.core.alert import Delivery, Fate, Recipient

# How the keys of messages begin that a subscription brought: then its name (`BY_NAME`) or its id, and the same sign.
BY_NAME: Final = ("spike:", "spike-ended:", "spike-grown:", "silence:")
_NAMED: Final = re.compile(r"(?:spike|spike-ended|spike-grown|silence):(.+):\d{4}-\d\d-\d\dT[\d:.+-]+", re.DOTALL)
OF_SUBSCRIPTIONS: Final = (*BY_NAME, "mention:", "mentions:", "gone|", "stopped|", "not-read|", "barred|")


def named_in(key: str) -> str:
    """The subscription that brought the message with this key; "": it was none, or one whose name is not in it."""
    found = _NAMED.fullmatch(key)
    return found[1] if found else ""


@dataclass(frozen=True, slots=True)
class Wanted:
    """To whom an alert went, and whether they still want such ones."""

    province: str
    subscription: str
    to: Recipient
    stopped: bool


@dataclass(frozen=True, slots=True)
class Unread:
    """What waits for a person on the dashboard: an alert (of ``article``), or a message with its ``text``."""

    name: str
    title: str
    at: datetime
    article: str = ""
    outlet: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Theirs:
    """The subscriptions whose messages somebody may see, by name and id. Messages of the desk are the office's."""

    names: frozenset[str]
    ids: frozenset[int]


@dataclass(frozen=True, slots=True)
class Feed:
    """A saved search (by its name) as a feed of one person, until it is revoked."""

    number: int
    province: str
    search: str
    account: int
    made_at: datetime
    revoked_at: datetime | None = None


class Outgoing(Protocol):
    """The part of the store that people ask about messages."""

    def deliveries(
        self, fates: Sequence[Fate] = (), *, before: int | None = None, limit: int = 50, seen: Theirs | None = None
    ) -> Sequence[Delivery]:
        """Newest first, those with a smaller number than ``before``; without ``fates`` all, without ``seen`` whosever
        they are.
        """

    def send_again(self, number: int, *, now: datetime, by: Hand = CONSOLE, seen: Theirs | None = None) -> None:
        """A parcel that was refused or given up is tried again at once. WrongUse: there is none that could be."""

    # -- the dashboard as a channel
    def unread(self, actor: str, *, limit: int = 50) -> tuple[int, Sequence[Unread]]:
        """How many alerts and messages wait for this person on the dashboard, and the newest."""

    def saw_alerts(self, actor: str, *, until: datetime, now: datetime) -> int:
        """They have seen those told up to ``until``; how many that were."""

    # -- who wants no more
    def wanted(self, number: int, to: Recipient | None = None) -> Wanted | None:
        """What the row of the outbox with this number was; None: there is none, or no subscription brought it. ``to``:
        the number is that of a subscription, which was tried out on this recipient.
        """

    def stop(self, number: int, *, now: datetime, by: Hand, to: Recipient | None = None) -> Wanted | None:
        """The one to whom this went (as `wanted` has it) wants no more: what waits is dropped. Done once."""

    def stopped(self) -> Sequence[Wanted]:
        """Whoever wants no more of an alert."""

    def take_up(self, subscription: str, to: Recipient, *, now: datetime, by: Hand = CONSOLE) -> None:
        """They want it again. WrongUse: they never stopped."""

    # -- feeds
    def make_feed(self, search: str, account: int, *, now: datetime, by: Hand) -> Feed:
        """The one that this person has of this search, else a new one."""

    def feeds_of(self, account: int) -> Sequence[Feed]:
        """Those that hold, of the province that is looked at."""

    def feed(self, number: int) -> Feed | None:
        """Of any province; None: there never was one, or it was revoked."""

    def revoke_feed(self, number: int, account: int, *, now: datetime, by: Hand) -> None:
        """WrongUse: this person has no such feed."""
