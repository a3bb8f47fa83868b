"""Who asked to be told, of what, when and how.

A channel of a subscription is a `Recipient(channel, address)` of `core.alert`: the kind of the channel and where on it
(a mail address, the name of a webhook that the settings know …). A secret is never an address.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime, time
from enum import StrEnum
from hashlib import sha256
from typing import Final

from diembao.core.accounts import number_of
from diembao.core.alert import Recipient

NAME_LENGTH: Final = 100  # characters
QUERY_LENGTH: Final = 2000  # characters
RECIPIENTS: Final = 100
THRESHOLD: Final = 10_000  # articles of a story, or of a spike


class Subject(StrEnum):
    """What is watched. All but the last two are a query, which stands in ``Subscription.query``."""

    QUERY = "query"
    UNIT = "unit"  # ``key``: a unit's id
    THEME = "theme"  # ``key``: a theme's key
    OUTLETS = "outlets"  # ``key``: ids of outlets, or countries as "@la", separated by spaces
    ABROAD = "abroad"  # what outlets abroad write of the province; no key
    CASE = "case"  # ``key``: a case's number; its coverage
    MENTIONS = "mentions"  # notes that mention the owner; no key


class Rhythm(StrEnum):
    """When it is told."""

    INSTANT = "instant"
    DAILY = "daily"  # once a day at ``hour``
    WEEKLY = "weekly"  # once a week, on ``weekday`` at ``hour``
    SPIKE = "spike"  # when there is far more than usual
    SILENCE = "silence"  # when there is far less than usual


class Priority(StrEnum):
    """What breaks the quiet hours."""

    NONE = "none"
    CRITICAL = "critical"  # what a machine suggests, or a person says, is critical
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Quiet:
    """From ``start`` up to ``end`` on the province's clock, over midnight where ``end`` is the earlier one."""

    start: time
    end: time


@dataclass(frozen=True, slots=True)
class Subscription:
    """``name`` is unlike any other of the province. ``to``: without any, the alert folder. ``hour`` 0 to 23 and
    ``weekday`` 0 (Monday) to 6 are of digests, on the province's clock. ``threshold``: a story is told once it has so
    many articles. ``owner`` is the actor whose it is ("person:7"), "" the office's own. ``id`` is 0 for those of the
    settings, which stand in `diembao.toml`. ``since``: what is watched was asked for then, and what was seen before
    begins no story.
    """

    name: str
    query: str = ""
    to: tuple[Recipient, ...] = ()
    province: str = ""
    subject: Subject = Subject.QUERY
    key: str = ""
    rhythm: Rhythm = Rhythm.INSTANT
    hour: int = 6
    weekday: int = 0
    language: str = "vi"
    quiet: Quiet | None = None
    priority: Priority = Priority.NONE
    threshold: int = 1
    owner: str = ""
    paused: bool = False
    id: int = 0
    since: datetime | None = field(default=None, compare=False)

    @property
    def subject_told(self) -> str:
        """How the audit log names it, which is kept for good: a person's own words for their own alert are not."""
        return f"alert:#{self.id}" if number_of(self.owner) is not None else f"alert:{self.name}"

    @property
    def version(self) -> str:
        """In 16 letters how it stands: another when somebody changed, paused or resumed it."""
        asked = replace(self, id=0, since=None, province="")
        return sha256(repr(asked).encode()).hexdigest()[:16]
