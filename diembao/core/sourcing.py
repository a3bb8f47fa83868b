"""What is remembered of sources and hosts between runs, and what people decide about outlets."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Protocol

from diembao.core.accounts import CONSOLE, Hand
from diembao.core.ledger import Entry


@dataclass(frozen=True, slots=True)
class Poll:
    """When a source is asked again. ``interval`` and ``rhythm`` are in seconds: what it is asked in now, and half the
    usual time between two of its articles (0: not known). ``rests_until`` is what its server asked for.

    ``etag`` and ``last_modified`` are those of a sitemap that an index names; a source's own stand in the ledger.
    """

    source: str
    next_at: datetime | None = None
    interval: float = 0.0
    rhythm: float = 0.0
    failures: int = 0
    rests_until: datetime | None = None
    etag: str = ""
    last_modified: str = ""


@dataclass(frozen=True, slots=True)
class Host:
    """What is remembered of a host:port. ``requests`` are those of ``day``; ``robots`` is the text of its robots.txt
    as of ``robots_at`` ("": it has none; None: not known).
    """

    host: str
    rests_until: datetime | None = None
    robots: str | None = None
    robots_at: datetime | None = None
    day: date | None = None
    requests: int = 0


class Decision(StrEnum):
    """What became of an outlet that was found outside the catalogue."""

    OPEN = "open"
    ACCEPTED = "accepted"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class Proposal:
    """An outlet that wrote about the province and is not in the catalogue. A person decides.

    ``url`` and ``title`` are those of the article that it was last found by, ``via`` of who found it; ``seen`` counts
    how many articles it was found by; ``first_seen`` and ``last_seen`` are when.
    """

    host: str
    name: str
    language: str
    country: str
    url: str
    title: str
    via: str
    seen: int = 1
    first_seen: datetime | None = None
    last_seen: datetime | None = None
    decision: Decision = Decision.OPEN
    by: str = ""


class Sourcing(Protocol):
    """The part of the store that polling, discovery and backfills write. Each method is one transaction."""

    def polls(self, sources: Sequence[str]) -> Mapping[str, Poll]:
        """What is remembered of these; unknown ones are left out."""

    def host(self, host: str) -> Host:
        """What is remembered of a host:port."""

    def keep_timetable(self, polls: Iterable[Poll], hosts: Iterable[Host]) -> None:
        """Replace polls; of hosts, add the requests to those of the day, and replace only what is not None."""

    def hold(self, host: str) -> bool:
        """Take a host:port for this process alone, until `let_go` or the end of the process. False: another has it."""

    def keep(self, place: str) -> bool:
        """Take a place among several workers, or say that this process is alive in it: every two seconds. False:
        another one is; one that is silent for five of them loses it to whoever asks.

        Raises:
            Retry: the record is away, or this process was silent: its places are gone, and it may ask anew.
        """

    def let_go(self, host: str) -> None:
        """Others may take it."""

    def ask_for(self, entry: Entry, *, now: datetime, by: Hand | None = None) -> None:
        """A page that is wanted: the next run takes it up, and books it. ``by`` a person: the audit log says so."""

    def propose(self, found: Iterable[Proposal], *, now: datetime) -> int:
        """Keep outlets for a person; one that is known is counted, and stays decided. How many are new."""

    def proposals(self, decision: Decision = Decision.OPEN) -> Sequence[Proposal]:
        """Those found most often first."""

    def decide(self, host: str, decision: Decision, *, by: str, now: datetime, where: str = CONSOLE.where) -> Proposal:
        """WrongUse: it was not proposed."""

    def keep_check(self, outlet: str, report: Mapping[str, Any], *, now: datetime) -> None:
        """The latest look at an outlet."""

    def checks(self) -> Mapping[str, tuple[datetime, Mapping[str, Any]]]:
        """By outlet."""

    def backfilled(self, outlet: str, since: date, until: date) -> frozenset[str]:
        """The lists of this outlet and period that have been read to their end."""

    def keep_backfilled(self, outlet: str, since: date, until: date, source: str, *, now: datetime) -> None:
        """One more."""
