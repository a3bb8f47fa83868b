"""What the books hold of one page, from the feed that named it to the mail that told of it; and counts of all of them
for whoever watches over the program.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from diembao.core.alert import Channel, Fate, Recipient
from diembao.core.ledger import Entry, Hop, Outcome


@dataclass(frozen=True, slots=True)
class Seen:
    """One line of the ledger: a run (by whom) came upon it in this source."""

    run: int
    by: str
    source: str
    outcome: Outcome
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Known:
    """``outcome`` is the latest; ``pending``: its page is still to be read. ``article_id``: what came of it."""

    entry: Entry
    first_seen: datetime
    last_seen: datetime
    outcome: Outcome | None
    reason: str
    pending: bool
    article_id: str | None


@dataclass(frozen=True, slots=True)
class Fetched:
    """One answer that came, with its redirects: ``digest`` is the SHA-256 of its bytes, ``size`` how many there were;
    ``kept``: they are still here. None: no bytes of it were ever kept.
    """

    hops: Sequence[Hop]
    digest: str | None
    size: int | None
    kept: bool


@dataclass(frozen=True, slots=True)
class Told:
    """One message that told of it, and what became of it for this recipient."""

    subscription: str
    why: str
    to: Recipient
    fate: Fate
    at: datetime
    settled_at: datetime | None
    error: str


@dataclass(frozen=True, slots=True)
class Cited:
    """Where it is held or quoted: ``kind`` is "case", "claim", "answer" (it repeats what was answered) or "report"."""

    kind: str
    what: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Queue:
    """Rows of the outbox of one channel in one state, and the oldest of them."""

    channel: Channel
    fate: Fate
    n: int
    oldest: datetime


class Tracing(Protocol):
    """The part of the store that tells stories of single pages, and counts."""

    def known_entry(self, entry_id: str) -> Known | None: ...

    def seen(self, entry_id: str, *, limit: int = 100, but: Collection[Outcome] = ()) -> Sequence[Seen]:
        """Its lines in the ledger, latest first, without those that ended so; "unchanged" ones go after a week."""

    def fetched(self, item: str) -> Sequence[Fetched]:
        """Every answer with its request, oldest first, also where retention has let its bytes go."""

    def log_of(self, article_id: str) -> Sequence[tuple[int, str, datetime]]:
        """Number, event and time of its entries in the log, in order."""

    def messages_about(self, article_id: str) -> Sequence[Told]:
        """What left, or waits, because of this article."""

    def cited(self, article_id: str) -> Sequence[Cited]: ...

    def log_time(self, after: int) -> datetime | None:
        """When the first entry of the log after this number was written; None: there is none."""

    def tallied(self) -> Mapping[Outcome, int]:
        """Sightings of all runs there ever were, by outcome."""

    def queues(self) -> Sequence[Queue]:
        """The outbox by channel and state."""

    def waiting_aside(self) -> int:
        """How many things wait in quarantine."""
