"""What all parts of one run share: whose run it is, and what it has in hand."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from diembao.core.article import Outlet
from diembao.core.ledger import Hop, Outcome, RunCounts, Sighting
from diembao.core.ports import Ledger, Prefilter
from diembao.core.settings_crawl import CrawlSettings
from diembao.core.sourcing import Sourcing


class Books(Ledger, Sourcing, Protocol):
    """What of the store a crawler reads and writes."""


Progress = Callable[[RunCounts], None]


@dataclass(slots=True)
class Desk:
    """One run. ``handled`` are the ids that this run has answered for or is about to; ``left_out`` those that no
    source has made look worth reading so far; ``reading`` those whose page this run asks for. ``about`` are
    the provinces whose articles are visited again.
    """

    settings: CrawlSettings
    outlets: Mapping[str, Outlet]
    ledger: Ledger
    prefilter: Prefilter
    run: int
    now: Callable[[], datetime]
    progress: Progress | None = None
    about: Sequence[str] = ()
    handled: set[str] = field(default_factory=set)
    left_out: set[str] = field(default_factory=set)
    reading: set[str] = field(default_factory=set)

    def report(self) -> None:
        """Tell whoever watches how far the run is."""
        if self.progress:
            self.progress(self.ledger.counts(self.run))

    def source_failed(
        self,
        outlet: str,
        source: str,
        outcome: Outcome,
        reason: str,
        body: bytes | None = None,
        hops: Sequence[Hop] = (),
    ) -> None:
        """It was asked, and could not be read."""
        now = self.now()
        sighting = Sighting(self.run, source, source, outlet, source, outcome, reason, now)
        self.ledger.source_failed(sighting, now=now, response=body, hops=hops)
        self.report()

    def source_put_off(self, outlet: str, source: str, reason: str, *, asked: bool) -> None:
        """This run did not come to it, or not to its end."""
        now = self.now()
        sighting = Sighting(self.run, source, source, outlet, source, Outcome.RETRY, reason, now)
        self.ledger.source_failed(sighting, now=now, asked=asked)
        self.report()
