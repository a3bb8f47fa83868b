"""Feeds of ministries and units that are read for facts: what is remembered of each between two readings.

What an entry of a feed says stands under the feed's own name (``feed:bo-y-te``), never under a person's, and never
takes the place of what a person has written, ended or replaced.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final, Protocol

from diembao.core.accounts import Hand
from diembao.core.kits import Handed, Received

ACTOR: Final = "feed:"
# Facts of a feed that are over stand, marked, for so long; then they end, so that a kit does not fill up with them.
OVER: Final = timedelta(days=30)
# Rows that were set aside of which the record keeps what was wrong.
ASIDE: Final = 50


def hand_of(feed: str) -> Hand:
    """Under whose name its facts stand."""
    return Hand(f"{ACTOR}{feed}", "feed")


def feed_named(actor: str) -> str:
    """The feed that an actor is; "": it is none."""
    return actor.removeprefix(ACTOR) if actor.startswith(ACTOR) else ""


class Outcome(StrEnum):
    """Of the latest reading, by fate as everywhere (`core.errors`)."""

    READ = "read"
    UNCHANGED = "unchanged"  # its server says so
    RETRY = "retry"
    REFUSED = "refused"
    ASIDE = "aside"  # what came is no feed that can be read


@dataclass(frozen=True, slots=True)
class Aside:
    """An entry that is no fact: ``entry`` names it, ``why`` in Vietnamese and English."""

    entry: str
    why: str


@dataclass(frozen=True, slots=True)
class FactFeed:
    """``since``: first asked for at this address; ``read_at``: last answered well; ``new_at``: last brought something
    new. ``counts``, ``entries`` and ``aside`` are of the last reading that had content: the counts but for ``ended``
    add up to ``entries``. ``why`` it failed is "" where it did not; ``failures`` are in a row.
    """

    name: str
    url: str = ""
    since: datetime | None = None
    asked_at: datetime | None = None
    read_at: datetime | None = None
    new_at: datetime | None = None
    next_at: datetime | None = None
    outcome: Outcome = Outcome.READ
    why: str = ""
    failures: int = 0
    etag: str = ""
    last_modified: str = ""
    read_as: str = ""  # one word for what the settings said of its facts then
    entries: int = 0
    counts: Mapping[str, int] = field(default_factory=dict)
    aside: tuple[Aside, ...] = ()
    full: bool = False  # the kit could not hold all of it


@dataclass(frozen=True, slots=True)
class Listing:
    """What a feed says now: its facts, and the names of all of its entries, also of those that were set aside.
    ``whole``: nothing else holds, so that facts of this feed under other names end.
    """

    handed: Sequence[Handed] = ()
    named: frozenset[str] = frozenset()
    whole: bool = False


Told = Callable[[Sequence[Received], int], FactFeed]


class FactFeedBook(Protocol):
    """The part of the store that keeps them; each province has its own."""

    def fact_feeds(self) -> Sequence[FactFeed]:
        """All that were ever asked, by name."""

    def take_listing(self, feed: str, kit: str, listing: Listing, today: date, now: datetime, told: Told) -> FactFeed:
        """In one transaction: its facts, and what ``told`` makes of what became of each and of how many facts of this
        feed ended besides (no longer in it, or over for `OVER`).
        """

    def keep_fact_feed(self, feed: FactFeed) -> None:
        """In place of what was known of it."""
