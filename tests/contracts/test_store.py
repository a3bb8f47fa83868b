"""One class for the door `Store`, run on every adapter. Its parts stand in `tests/store/contract_*.py`."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from diembao.core.ports import Store
from diembao.store.record import SqlStore
from tests.parts import needs
from tests.store import (
    contract_arrivals,
    contract_articles,
    contract_audit,
    contract_bookmarks,
    contract_briefings,
    contract_bulk,
    contract_calendar,
    contract_calling,
    contract_cases,
    contract_clock,
    contract_coverage,
    contract_desk,
    contract_enclosed,
    contract_entries,
    contract_forgetting,
    contract_keys,
    contract_kits,
    contract_labels,
    contract_ledger,
    contract_log,
    contract_memory,
    contract_opinions,
    contract_outbox,
    contract_outgoing,
    contract_progress,
    contract_provinces,
    contract_published,
    contract_register,
    contract_reports,
    contract_requests,
    contract_retraction,
    contract_revisits,
    contract_searches,
    contract_shifts,
    contract_sourcing,
    contract_statements,
    contract_steady,
    contract_storage,
    contract_telling,
    contract_titles,
    contract_tracing,
)
from tests.store.server import running

six = contract_log.six
two = contract_labels.two
answered = contract_memory.answered


@pytest.fixture(scope="session")
def empty_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database whose tables are made, to be copied: making them takes longer than most tests."""
    path = tmp_path_factory.mktemp("store") / "empty.db"
    SqlStore(f"sqlite:///{path}").close()
    return path


@pytest.fixture(scope="session")
def on_server() -> Iterator[SqlStore]:
    """One database for all tests, to be emptied: on a server, making one takes longer than most tests."""
    opened = SqlStore(running().make("contract"))
    yield opened
    opened.close()


_EMPTY = """
DO $$ DECLARE name text; BEGIN
SET LOCAL session_replication_role = replica; -- the audit log's triggers rest, and the order does not matter
FOR name IN SELECT sequencename FROM pg_sequences WHERE last_value IS NOT NULL LOOP
EXECUTE 'ALTER SEQUENCE ' || quote_ident(name) || ' RESTART';
END LOOP;
FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'alembic_version' LOOP
EXECUTE 'DELETE FROM ' || quote_ident(name);
END LOOP;
END $$"""


def emptied(opened: SqlStore) -> SqlStore:
    """Without rows, and counting from one; in one statement, where a hundred took longer than most tests."""
    with opened._database.writing() as connection:
        connection.exec_driver_sql(_EMPTY)
    return opened


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=needs("postgresql"))])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    if request.param == "postgresql":
        yield emptied(request.getfixturevalue("on_server"))
    else:
        path = shutil.copy(request.getfixturevalue("empty_file"), tmp_path / "diembao.db")
        opened = SqlStore(f"sqlite:///{path}")
        yield opened
        opened.close()


class TestStore(
    contract_calling.CallingContract,
    contract_calling.OriginContract,
    contract_calling.OnceContract,
    contract_calling.ConflictContract,
    contract_calling.SeenListContract,
    contract_calling.DismissalsContract,
    contract_ledger.RunsContract,
    contract_ledger.SourcesContract,
    contract_ledger.PruningContract,
    contract_ledger.OutletsContract,
    contract_entries.EntriesContract,
    contract_articles.ArticlesContract,
    contract_bulk.BulkContract,
    contract_articles.PagesContract,
    contract_published.PublishedContract,
    contract_log.LogContract,
    contract_log.LeasesContract,
    contract_bookmarks.BookmarksContract,
    contract_bookmarks.LastEntriesContract,
    contract_enclosed.EnclosedContract,
    contract_progress.ProgressContract,
    contract_forgetting.ForgettingContract,
    contract_tracing.TracingContract,
    contract_keys.KeysContract,
    contract_keys.ChangesContract,
    contract_labels.MachineLabelsContract,
    contract_labels.PeoplesLabelsContract,
    contract_labels.FactsContract,
    contract_arrivals.ArrivalsContract,
    contract_revisits.RevisitsContract,
    contract_revisits.ExchangesContract,
    contract_outbox.AlertsContract,
    contract_outbox.OutboxContract,
    contract_outgoing.OutgoingContract,
    contract_outbox.StormsContract,
    contract_telling.HeldContract,
    contract_telling.SubscriptionsContract,
    contract_audit.AuditContract,
    contract_sourcing.SourcingContract,
    contract_searches.SearchesContract,
    contract_shifts.ShiftsContract,
    contract_provinces.ProvincesContract,
    contract_kits.KitsContract,
    contract_reports.ReportsContract,
    contract_register.QuestionsContract,
    contract_briefings.BriefingsContract,
    contract_calendar.CalendarContract,
    contract_cases.OpeningContract,
    contract_cases.MovingContract,
    contract_cases.ChangingContract,
    contract_cases.DraftingContract,
    contract_coverage.CoverageContract,
    contract_cases.ListingContract,
    contract_desk.ClaimsContract,
    contract_statements.StatementListContract,
    contract_steady.SteadyContract,
    contract_storage.StorageContract,
    contract_titles.TitlesContract,
    contract_desk.StatementsContract,
    contract_requests.RequestsContract,
    contract_requests.LinksContract,
    contract_clock.ClockContract,
    contract_memory.MemoryContract,
    contract_retraction.RetractionContract,
    contract_opinions.OpinionsContract,
):
    """What is promised in `diembao.core.ports.Store`."""
