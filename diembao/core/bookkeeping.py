"""What a crawler writes of its runs: the ledger's door (`core.ledger` has its words)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from diembao.core.article import Article
from diembao.core.ledger import Entry, Hop, KnownEntry, Outcome, Pending, RunCounts, Sighting, Validators
from diembao.core.reading import PLAIN, Reading
from diembao.core.revisits import Visits


class Ledger(Visits, Protocol):
    """The part of the store that a crawler sees. Each method is one transaction."""

    def begin_run(self, now: datetime, *, by: str = "", beside: bool = False) -> int:
        """Open a run, with who does it; books of runs that were cut off are closed (their pending entries:
        ``retry``). ``beside``: another run may be going on, and is left alone.
        """

    def end_run(self, run: int, now: datetime) -> RunCounts: ...

    def counts(self, run: int) -> RunCounts: ...

    def validators(self, source: str) -> Validators: ...

    def known(self, ids: Sequence[str]) -> Mapping[str, KnownEntry]:
        """What is remembered of these entries; unknown ids are left out."""

    def due(self, run: int, now: datetime, limit: int) -> Sequence[Pending]:
        """Pending entries of earlier runs whose time has come, in the order in which sources list them (first
        seen first); counted as seen in this run.
        """

    def source_read(
        self,
        run: int,
        source: str,
        outlet: str,
        *,
        settled: Sequence[Sighting],
        left_out: Sequence[Entry],
        pending: Sequence[Entry],
        validators: Validators,
        now: datetime,
        kept_at: datetime | None = None,
    ) -> None:
        """A source was read: sightings that are settled, entries left out by the prefilter (their
        sighting is ``not-about``), entries whose page is to be read, and the validators, at once. ``kept_at``: bytes
        that were set aside then are read again; what is new in them was first seen then, and how the source itself is
        doing stays as it was.
        """

    def source_failed(
        self,
        sighting: Sighting,
        *,
        now: datetime,
        response: bytes | None = None,
        hops: Sequence[Hop] = (),
        asked: bool = True,
    ) -> None:
        """A source could not be read: one sighting whose entry is the source itself. Where it was not ``asked`` (bytes
        that were set aside, once more; a run that was told to end before it came there) this is no failure of it.
        """

    def page_stored(
        self,
        run: int,
        entry: Entry,
        article: Article,
        *,
        now: datetime,
        response: bytes | None,
        hops: Sequence[Hop] = (),
        reading: Reading = PLAIN,
    ) -> Outcome:
        """Keep an article or its new revision, and write the sighting: ``stored``, ``unchanged`` (same
        words as before) or ``duplicate-text`` (same outlet, title and text under another URL). A part of an
        article never takes the place of the whole one that is there.
        """

    def page_settled(
        self,
        run: int,
        entry: Entry,
        outcome: Outcome,
        *,
        now: datetime,
        reason: str = "",
        not_before: datetime | None = None,
        response: bytes | None = None,
        hops: Sequence[Hop] = (),
    ) -> None:
        """``refused``, ``retry`` (stays pending until ``not_before``), ``quarantined`` (keeps the bytes),
        or ``duplicate-url`` (a redirect led to an article already handled in this run).
        """
