"""New databases on every engine, for tests that open them themselves."""

from __future__ import annotations

from pathlib import Path

import pytest

from diembao.store import schema
from tests import ready
from tests.parts import needs
from tests.store.server import Server, running


@pytest.fixture
def migrated_tables(monkeypatch: pytest.MonkeyPatch) -> None:
    """New databases are made by the migrations, as outside of tests; for the others see `tests.ready`."""
    monkeypatch.setattr(schema, "bring_up_to_date", ready.migrated)


@pytest.fixture(scope="session")
def server() -> Server:
    return running()


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=needs("postgresql"))])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database."""
    if request.param == "postgresql":
        return running().make("a_test")
    return f"sqlite:///{tmp_path}/new/a.db"
