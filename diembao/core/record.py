"""The door to the record (the store): what it promises, and the values that pass through it.

Handed out by `core.ports` with the other doors.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from typing import Protocol

from diembao.core.accounts import CONSOLE, AccountBook, Hand
from diembao.core.alert import AT_ONCE, FOLDER, Alert, HeardOf, Parcel, Recipient, Undelivered
from diembao.core.arrivals import Arrivals
from diembao.core.article import Kind, Label, Labelled, Revision
from diembao.core.audit import AuditLog
from diembao.core.bookkeeping import Ledger
from diembao.core.bulk import Bulk
from diembao.core.case import CaseReader, CaseWriter
from diembao.core.corrections import Corrections
from diembao.core.desk import DeskReader
from diembao.core.events import Event, Lease, LogEntry
from diembao.core.fact_feeds import FactFeedBook
from diembao.core.keys import KeyBook
from diembao.core.kits import KitBook
from diembao.core.ledger import (
    OutletState,
    Run,
    RunCounts,
)
from diembao.core.memory import MemoryBook, MemoryWriter
from diembao.core.opinion import OpinionBook, OpinionWriter
from diembao.core.outgoing import Outgoing
from diembao.core.progress import ProgressBook
from diembao.core.provinces import Viewing
from diembao.core.quarantine import Quarantine
from diembao.core.reading import Readings
from diembao.core.register import RegisterReader, RegisterWriter
from diembao.core.reports import ReportBook
from diembao.core.requests import RequestReader
from diembao.core.retention import Retention
from diembao.core.saved import SavedSearches
from diembao.core.shifts import ReaderBook, ShiftBook
from diembao.core.sourcing import Sourcing
from diembao.core.statement_list import StatementReader
from diembao.core.storage import StorageBook
from diembao.core.subscription import Subscription
from diembao.core.tracing import Tracing


class Writer(CaseWriter, MemoryWriter, OpinionWriter, RegisterWriter, Protocol):
    """Writes of one transaction. Log numbers are given under the store's one writer lock."""

    def set_labels(self, article_id: str, kinds: Sequence[Kind], labels: Sequence[Label], *, now: datetime) -> bool:
        """Replace the machine's labels of these kinds (for all ``about``) and keep the old ones as
        history; a person's labels are never touched. True if anything changed.
        """

    def relabel(self, kinds: Sequence[Kind], labels: Mapping[str, Sequence[Label]], *, now: datetime) -> set[str]:
        """The same for many articles at once, each with its labels; the ids of those where anything changed."""

    def announce(self, event: Event, article_ids: Iterable[str], *, now: datetime) -> None:
        """Add log entries."""

    def add_alert(
        self, alert: Alert, to: Sequence[Recipient] = (FOLDER,), *, held_until: datetime | None = None
    ) -> bool:
        """Queue an alert for each recipient; False if this subscription was told this turn of the story already. What
        is held until one moment leaves then as one message.
        """

    def hear(self, heard: Sequence[HeardOf], *, province: str, now: datetime) -> None:
        """Subscriptions have heard of these articles."""

    def grow_alerts(self, sizes: Mapping[str, tuple[int, int]]) -> None:
        """Alerts of these stories that are held back tell their articles and texts of now."""

    def finish(self, lease: Lease) -> None:
        """The leased range is done; the bookmark moves to the end of the contiguous finished range."""


class Store(
    Ledger,
    Sourcing,
    SavedSearches,
    Corrections,
    ProgressBook,
    KitBook,
    FactFeedBook,
    CaseReader,
    DeskReader,
    MemoryBook,
    OpinionBook,
    RegisterReader,
    RequestReader,
    StatementReader,
    Retention,
    StorageBook,
    ReportBook,
    ShiftBook,
    ReaderBook,
    Quarantine,
    Readings,
    Bulk,
    Outgoing,
    Arrivals,
    Tracing,
    Viewing,
    AccountBook,
    KeyBook,
    AuditLog,
    Protocol,
):
    """The truth: articles, revisions, labels with history, responses, the ledger, the log, cases."""

    def articles(self, ids: Sequence[str]) -> Sequence[Labelled]:
        """Articles with their labels in force, in the order asked; unknown ids are left out."""

    def rows(self, ids: Sequence[str]) -> Sequence[Labelled]:
        """As `articles`, for the rows of a list: of each text only the first `core.article.LISTED` characters."""

    def heads(self, ids: Sequence[str]) -> Sequence[Labelled]:
        """As `articles`, for lists that show nothing of the texts: these are empty."""

    def article(self, article_id: str) -> Labelled | None: ...

    def article_ids(self) -> Iterator[str]:
        """Every article's id, in the order in which they were stored."""

    def revisions(self, article_id: str) -> Sequence[Revision]:
        """Oldest first."""

    def label_history(self, article_id: str) -> Sequence[tuple[Label, datetime | None]]:
        """Every label ever given with the time it ended (None: still stands), newest first."""

    def story_headlines(self, stories: Sequence[str]) -> Mapping[str, str]:
        """For each story that has one the article by whose title it is told."""

    def story_sizes(self, stories: Sequence[str]) -> Mapping[str, tuple[int, int]]:
        """Of each of these stories the articles, and the distinct texts among them: those that are no copies."""

    def sizes_of(self, members: Mapping[str, Sequence[str]]) -> Mapping[str, tuple[int, int]]:
        """The same of stories whose members were read already."""

    def story_members(self, stories: Sequence[str]) -> Mapping[str, Sequence[str]]:
        """Article ids of each story, earliest published first."""

    def story_places(self, ids: Sequence[str]) -> Mapping[str, tuple[datetime, str]]:
        """Of each of these articles the time by which it is sorted, and its story ("" for none)."""

    def published_between(self, start: datetime, end: datetime, *, about: str) -> Sequence[str]:
        """Ids of articles published (or, without a date, seen) in [start, end) whose relevance about
        this province is yes or part.
        """

    def response(self, digest: str) -> bytes | None:
        """The bytes kept under a SHA-256 (hex)."""

    def size(self) -> int: ...

    # -- the log
    def head(self) -> int:
        """The highest number given so far; 0 for an empty log."""

    def changes(self, after: int, limit: int) -> Sequence[LogEntry]:
        """What became of articles after this number, in order; what asks for judging again is left out."""

    def bookmark(self, step: str) -> int: ...

    def marks(self) -> tuple[int, Mapping[str, int]]:
        """`head`, and the bookmark of each step that has one, as of one moment."""

    def last_entries(self, events: Sequence[Event], *, until: int) -> Iterator[tuple[str, int]]:
        """For each article the number of its last entry of these kinds up to ``until``, in the order of ids."""

    def with_entry(self, event: Event, ids: Sequence[str]) -> frozenset[str]:
        """Those of the articles of which there is such an entry."""

    def rewind(self, step: str, number: int) -> None:
        """Set a bookmark back (an index was deleted); leases of the step are dropped."""

    def lease(
        self,
        step: str,
        events: Sequence[Event],
        *,
        worker: str,
        now: datetime,
        limit: int = 200,
        until: int | None = None,
    ) -> Lease | None:
        """The next range of the log for this worker, at most ``limit`` entries and never past ``until``;
        a range whose lease died is handed out again first. None: nothing to do.
        """

    def steady(self) -> AbstractContextManager[None]:
        """Within it this thread sees the record as of one moment (at the earliest of its beginning), until it writes.
        What screens ask for again and again is then answered from memory, unless something was written since.
        """

    def writing(self) -> AbstractContextManager[Writer]:
        """One transaction: all of it or nothing."""

    # -- books
    def last_run(self) -> tuple[RunCounts, datetime, datetime | None] | None:
        """Counts, start and end of the latest run."""

    def runs(self, limit: int = 20) -> Sequence[Run]:
        """The latest, newest first, with who or what began each."""

    def outlet_states(self) -> Sequence[OutletState]: ...

    def unbalanced_runs(self) -> Sequence[RunCounts]: ...

    # -- small facts (versions of models, profile digest)
    def fact(self, name: str) -> str | None: ...

    def set_fact(self, name: str, value: str) -> None: ...

    def change_fact(self, name: str, change: Callable[[str | None], str]) -> str:
        """To what ``change`` makes of what stands (None: nothing), and that; of several at once one after another."""

    # -- alerts: what goes out
    def take_parcels(
        self,
        *,
        worker: str,
        now: datetime,
        storm: int,
        limit: int = 100,
        gather: timedelta = AT_ONCE,
    ) -> Sequence[Parcel]:
        """What is due, for this worker alone (a worker that takes again is given its own again at once). More than
        ``storm`` alerts that wait for one recipient of a subscription, or left within ``gather``, become one parcel,
        for which the rest is waited for that long, and stay one. Those that failed less often come first, then the
        older.
        """

    def end_storms(self, *, until: datetime, now: datetime) -> None:
        """What is gathered of storms no longer than ``until`` is due now; quiet hours and digests hold."""

    def parcel_sent(self, parcel: Parcel, *, now: datetime, receipt: str = "") -> None:
        """``receipt`` is what the other side answered."""

    def parcel_refused(self, parcel: Parcel, why: str, *, now: datetime, dead: bool = False) -> None:
        """For good (or given up, ``dead``): it is not tried again by itself, and is kept with the reason."""

    def parcel_waits(self, parcel: Parcel, why: str, *, until: datetime, tries: int = 1) -> None:
        """It failed, and is tried again at ``until``; ``tries`` of its own more."""

    def channel_waits(self, line: Recipient, why: str, *, until: datetime, alike: bool = False) -> None:
        """All that would be tried on this line (`core.alert.line_of`) before ``until`` fails, and waits. ``alike``:
        none of it is to blame, so that it leaves in its order later.
        """

    def channel_rests(self, line: Recipient, *, until: datetime) -> None:
        """The line keeps its pace: nothing failed, and what waits on it is tried at ``until`` and not before."""

    def handed_over(self, since: datetime) -> Sequence[tuple[Recipient, datetime]]:
        """Of each message that was taken or refused after ``since``, on which line and when."""

    def undelivered(self, since: datetime) -> Sequence[Undelivered]:
        """Everything that waits after a failure, and what was refused from ``since`` on."""

    def alerts_since(self, since: datetime, limit: int = 100) -> Sequence[Alert]: ...

    def told_of(self, articles: Iterable[str], stories: Iterable[str]) -> Sequence[Alert]:
        """What was told by these articles, or of these stories, in the order in which it was."""

    def heard_of(self, articles: Iterable[str]) -> Sequence[HeardOf]:
        """What subscriptions have heard of these articles, for thirty days."""

    def answered_since(self, since: datetime) -> Sequence[tuple[str, int]]:
        """Statements that were issued from then on: (case, number), the earliest first."""

    # -- alerts: who asked for them (besides those of the settings)
    def subscriptions(self) -> Sequence[Subscription]: ...

    def add_subscription(self, subscription: Subscription, *, now: datetime, by: Hand = CONSOLE) -> Subscription:
        """As it is kept. WrongUse: there is one of this name."""

    def change_subscription(
        self, subscription: Subscription, *, now: datetime, by: Hand = CONSOLE, version: str = ""
    ) -> int:
        """The one of this id becomes this, but for its name. What waits for it, where it is paused or goes elsewhere,
        is dropped; how many messages. ``version``: of the one that was read. WrongUse: there is none of this id.
        Outdated: it is another by now, and nothing was written.
        """

    def remove_subscription(self, name: str, *, now: datetime, by: Hand = CONSOLE) -> int:
        """Its messages that still wait are dropped; how many. WrongUse: there is none of this name."""

    def prune(self, now: datetime) -> int:
        """Drop left-out entries not seen for 90 days; how many."""

    def close(self) -> None: ...
