"""One class for the door `Store`, run on every adapter. Its parts stand in `tests/store/contract_*.py`."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from diembao.core.ports import Store
from diembao.store.record import SqlStore
from tests.store import contract_articles, contract_entries, contract_labels, contract_ledger, contract_log

six = contract_log.six
two = contract_labels.two


@pytest.fixture(scope="session")
def empty_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database whose tables are made, to be copied: making them takes longer than most tests."""
    path = tmp_path_factory.mktemp("store") / "empty.db"
    SqlStore(f"sqlite:///{path}").close()
    return path


@pytest.fixture(params=["sqlite"])
def store(request: pytest.FixtureRequest, empty_file: Path, tmp_path: Path) -> Iterator[Store]:
    path = shutil.copy(empty_file, tmp_path / f"{request.param}.db")
    opened = SqlStore(f"sqlite:///{path}")
    yield opened
    opened.close()


class TestStore(
    contract_ledger.RunsContract,
    contract_ledger.SourcesContract,
    contract_ledger.PruningContract,
    contract_ledger.OutletsContract,
    contract_entries.EntriesContract,
    contract_articles.ArticlesContract,
    contract_articles.PagesContract,
    contract_articles.PublishedContract,
    contract_log.LogContract,
    contract_log.LeasesContract,
    contract_log.BookmarksContract,
    contract_labels.MachineLabelsContract,
    contract_labels.PeoplesLabelsContract,
    contract_labels.AlertsContract,
    contract_labels.FactsContract,
):
    """What is promised in `diembao.core.ports.Store`."""
