"""The record: all parts of the store on one database (`diembao.core.ports.Store`).

columns, tables, schema, migrations   what is kept
dialects, database                    how it is reached
ledger, pages, revisits (books, entries)  what crawlers write
sourcing (turns)                      when sources are asked, what people decide about outlets
log, labels, ties, alerts, outbox     what steps and people write
deliveries, feeds                     what became of messages, saved searches as feeds
subscriptions, searches               what people ask for
progress, kits (fact_feeds)           what people tell of the plan's tasks, and keep ready to explain
cases (case_writing, desk, requests, attention, statements)  what is done about a matter
reports                               what was summed up and signed
questions, register                   what the press asked, briefings, the calendar
memory                                what repeats an answered claim
opinions                              what a language model was asked, and said
shifts                                what was looked through and handed over; readers' habits
articles, responses, exchanges, overview, bulk, following  what is read
tracing                               the story of one page, and counts of all
retention, storage, copying, snapshot  what is let go, how much is held, and kept elsewhere
people, sessions, keys, audit         who may come in, and what was done
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from copy import copy
from dataclasses import replace
from datetime import datetime
from typing import Self

from sqlalchemy import Connection, exists, select, update

from diembao.core.alert import FOLDER, Alert, HeardOf, Recipient
from diembao.core.article import Kind, Label
from diembao.core.ports import Event, Lease, Writer
from diembao.core.provinces import Scope
from diembao.store.alerts import Alerts, Facts, add_alert, grow, hear
from diembao.store.arrivals import Arrivals
from diembao.store.articles import Articles
from diembao.store.asked_tables import saved_searches, subscriptions
from diembao.store.attention import Attention
from diembao.store.audit import Audit
from diembao.store.bulk import Bulk
from diembao.store.case_tables import cases
from diembao.store.case_writing import CaseWriting
from diembao.store.cases import Cases
from diembao.store.database import Database
from diembao.store.deliveries import Deliveries
from diembao.store.exchanges import Exchanges
from diembao.store.fact_feeds import FactFeeds
from diembao.store.feeds import Feeds
from diembao.store.following import Following
from diembao.store.keys import Keys
from diembao.store.labels import Labels, set_labels
from diembao.store.ledger import Ledger
from diembao.store.log import Log, announce, finish
from diembao.store.memory import MemoryRoom, MemoryWriting
from diembao.store.opinions import OpinionRoom, OpinionWriting
from diembao.store.outbox import Outbox, queue
from diembao.store.overview import Overview, StoredByOutlet, StoredInAll
from diembao.store.pages import Pages
from diembao.store.people import People
from diembao.store.progress import ProgressEntries
from diembao.store.quarantine import Quarantine
from diembao.store.questions import Questions
from diembao.store.readings import ReadingsRoom
from diembao.store.register import Register, RegisterWriting
from diembao.store.reports import Reports
from diembao.store.requests import Requests
from diembao.store.responses import Responses
from diembao.store.retention import Retaining
from diembao.store.revisits import Revisits
from diembao.store.searches import Searches
from diembao.store.sessions import Doors
from diembao.store.shifts import ReaderMemory, Shifts
from diembao.store.sourcing import Sources
from diembao.store.statements import StatementRoom
from diembao.store.storage import StorageRoom
from diembao.store.subscriptions import Subscriptions
from diembao.store.tables import alerts
from diembao.store.ties import Ties
from diembao.store.tracing import TracingRoom
from diembao.store.withdrawn import Withdrawals


class SqlWriter(CaseWriting, MemoryWriting, OpinionWriting, RegisterWriting):
    """The writes of one transaction (`diembao.core.ports.Writer`)."""

    def __init__(self, connection: Connection, scope: Scope) -> None:
        self._connection, self._scope = connection, scope

    def set_labels(self, article_id: str, kinds: Sequence[Kind], labels: Sequence[Label], *, now: datetime) -> bool:
        return bool(self.relabel(kinds, {article_id: labels}, now=now))

    def relabel(self, kinds: Sequence[Kind], labels: Mapping[str, Sequence[Label]], *, now: datetime) -> set[str]:
        return set_labels(self._connection, kinds, labels, now=now)

    def announce(self, event: Event, article_ids: Iterable[str], *, now: datetime) -> None:
        announce(self._connection, event, article_ids, now=now)

    def add_alert(
        self, alert: Alert, to: Sequence[Recipient] = (FOLDER,), *, held_until: datetime | None = None
    ) -> bool:
        own = alert if alert.province else replace(alert, province=self._scope.province)
        number = add_alert(self._connection, own)
        if number is not None:
            queue(self._connection, own, number, to, held_until=held_until)
        return number is not None

    def hear(self, heard: Sequence[HeardOf], *, province: str, now: datetime) -> None:
        hear(self._connection, heard, province, now)

    def grow_alerts(self, sizes: Mapping[str, tuple[int, int]]) -> None:
        grow(self._connection, sizes)

    def finish(self, lease: Lease) -> None:
        finish(self._connection, lease)


class SqlStore(
    Ledger,
    Sources,
    Pages,
    Revisits,
    Withdrawals,
    Articles,
    Responses,
    Exchanges,
    Labels,
    Ties,
    Log,
    Alerts,
    Outbox,
    Deliveries,
    Feeds,
    Subscriptions,
    Searches,
    ProgressEntries,
    FactFeeds,
    Facts,
    Overview,
    TracingRoom,
    Cases,
    Attention,
    StatementRoom,
    MemoryRoom,
    OpinionRoom,
    Questions,
    Register,
    Reports,
    Requests,
    Retaining,
    StorageRoom,
    Shifts,
    ReaderMemory,
    Quarantine,
    ReadingsRoom,
    Bulk,
    Following,
    Arrivals,
    People,
    Doors,
    Keys,
    Audit,
):
    """The truth, in one database. Any number of threads and processes may have it open."""

    def __init__(self, url: str) -> None:
        """Open, make or bring up to date.

        Raises:
            Misconfigured: the URL, the folder or the server will not do, or the database is of a newer version.
            Retry: the database is busy or away, or the disk full.
        """
        self._database, self._stored, self._counted = Database(url), StoredByOutlet(), StoredInAll()

    def seen_by(self, scope: Scope) -> Self:
        """The same record through other eyes; to be closed once."""
        other = copy(self)
        other._scope = scope  # noqa: SLF001 (its own kind)
        return other

    def adopt(self, province: str) -> None:
        """What was kept before things belonged to a province is this one's."""
        tables = (saved_searches, subscriptions, alerts, cases)
        with self._database.reading() as connection:
            strays = [each for each in tables if connection.scalar(select(exists().where(each.c.province == "")))]
        if strays:
            with self._database.writing() as connection:
                for each in strays:
                    connection.execute(update(each).where(each.c.province == "").values(province=province))

    @contextmanager
    def writing(self) -> Iterator[Writer]:
        with self._database.writing() as connection:
            yield SqlWriter(connection, self._scope)

    def steady(self) -> AbstractContextManager[None]:
        return self._database.steady()

    def close(self) -> None:
        self._database.close()
