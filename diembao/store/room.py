"""What the parts of the store share: the database, and lists cut to what one statement may hold."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from sqlalchemy import ColumnElement, true

from diembao.core.provinces import EVERYBODY, Scope
from diembao.store.database import Database

# Values in one IN list. SQLite built before 3.32 takes 999 in a statement.
CHUNK = 500

P = ParamSpec("P")
T = TypeVar("T")


class Room:
    """One part of the store; the parts are put together in `record.SqlStore`."""

    _database: Database
    _scope: Scope = EVERYBODY

    def _own(self, province: ColumnElement[Any]) -> ColumnElement[bool]:
        """Whether a row is of the province through whose eyes the record is seen."""
        return true() if self._scope.everything else province == self._scope.province


R = TypeVar("R", bound=Room)


def kept(question: Callable[Concatenate[R, P], T]) -> Callable[Concatenate[R, P], T]:
    """A question that screens put again and again: see `Database.kept`. What it answers is a value that nobody changes.

    Asked through other eyes it is another question.
    """
    name = question.__qualname__

    @wraps(question)
    def asked(room: R, /, *args: P.args, **kwargs: P.kwargs) -> T:
        scope, database = room._scope, room._database  # noqa: SLF001 (of the rooms' own)
        # As text: two values of different classes may be equal.
        this = scope, repr((args, sorted(kwargs.items())))
        return database.kept(name, this, lambda: question(room, *args, **kwargs))

    return asked


def chunks(values: Sequence[str]) -> Iterator[Sequence[str]]:
    """The values in order, at most ``CHUNK`` at a time."""
    for start in range(0, len(values), CHUNK):
        yield values[start : start + CHUNK]
