"""A store with an article, and a mail server with its box."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from diembao.store.record import SqlStore
from tests.response.mailserver import Mailbox, serving
from tests.store.making import article, keep


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqlStore]:
    """A store with the article a."""
    with closing(SqlStore(f"sqlite:///{tmp_path}/a.db")) as opened:
        keep(opened, article("a"))
        yield opened


@pytest.fixture
def box() -> Mailbox:
    return Mailbox()


@pytest.fixture
def port(box: Mailbox) -> Iterator[int]:
    with serving(box) as port:
        yield port
