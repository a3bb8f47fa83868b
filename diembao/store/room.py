"""What the parts of the store share: the database, and lists cut to what one statement may hold."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import ColumnElement, true

from diembao.core.provinces import EVERYBODY, Scope
from diembao.store.database import Database

# Values in one IN list. SQLite built before 3.32 takes 999 in a statement.
CHUNK = 500


class Room:
    """One part of the store; the parts are put together in `record.SqlStore`."""

    _database: Database
    _scope: Scope = EVERYBODY

    def _own(self, province: ColumnElement[Any]) -> ColumnElement[bool]:
        """Whether a row is of the province through whose eyes the record is seen."""
        return true() if self._scope.everything else province == self._scope.province


def chunks(values: Sequence[str]) -> Iterator[Sequence[str]]:
    """The values in order, at most ``CHUNK`` at a time."""
    for start in range(0, len(values), CHUNK):
        yield values[start : start + CHUNK]
