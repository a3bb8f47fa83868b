"""INSERT … ON CONFLICT for every database that has it: SQLAlchemy's own forms are each for one dialect."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Self

from sqlalchemy import ClauseElement, ColumnElement, Insert, Table, alias, literal
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.base import SyntaxExtension
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.visitors import InternalTraversal


class Upsert(Insert):
    """An INSERT that can say what to do where a row with the same key is there."""

    inherit_cache = True
    table: Table

    def excluded(self, name: str) -> ColumnElement[Any]:
        """The value that was to be inserted into this column."""
        return alias(self.table, name="excluded").columns[name]

    def or_update(self, keys: Sequence[str], changes: Mapping[str, Any]) -> Self:
        """Of the row that is there, change these columns: to a value, or to an expression."""
        values = {name: _expression(self.table, name, value) for name, value in changes.items()}
        return self.ext(_OnConflict(keys, values))

    def or_nothing(self, keys: Sequence[str]) -> Self:
        """Leave the row that is there alone."""
        return self.ext(_OnConflict(keys, {}))


def upsert(table: Table) -> Upsert:
    return Upsert(table)


def _expression(table: Table, name: str, value: object) -> ColumnElement[Any]:
    return value if isinstance(value, ColumnElement) else literal(value, table.c[name].type)


class _OnConflict(SyntaxExtension, ClauseElement):
    """What follows VALUES. Without changes: DO NOTHING."""

    # What tells two of these apart in SQLAlchemy's cache of compiled statements.
    _traverse_internals = [  # noqa: RUF012 (SQLAlchemy's form)
        ("keys", InternalTraversal.dp_string_list),
        ("changes", InternalTraversal.dp_dml_values),
    ]

    def __init__(self, keys: Sequence[str], changes: Mapping[str, ColumnElement[Any]]) -> None:
        self.keys = list(keys)
        self.changes = dict(changes)

    def apply_to_insert(self, insert_stmt: Insert) -> None:
        insert_stmt.apply_syntax_extension_point(self.append_replacing_same_type, "post_values")


@compiles(_OnConflict)  # SQLite took the syntax from PostgreSQL: one form serves both
def _on_conflict(clause: _OnConflict, compiler: SQLCompiler, **kw: Any) -> str:  # noqa: ANN401 (theirs)
    quote = compiler.preparer.quote
    keys = ", ".join(map(quote, clause.keys))
    if not clause.changes:
        return f"ON CONFLICT ({keys}) DO NOTHING"
    changes = ", ".join(f"{quote(name)} = {compiler.process(value, **kw)}" for name, value in clause.changes.items())
    return f"ON CONFLICT ({keys}) DO UPDATE SET {changes}"
