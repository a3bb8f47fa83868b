"""New databases whose tables are copied: thirty migrations take longer than most tests, so they run once in a process.

The first new SQLite database of a process is made by the migrations; every later one gets the very statements that
these left behind. Tests of the migrations themselves let them run each time: the fixture ``migrated_tables``.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import Connection

from diembao.store import schema

migrated: Final = schema.bring_up_to_date
_STATEMENTS: Final = "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' ORDER BY rowid"
_copied: list[str] = []


def copied(connection: Connection, where: str) -> None:
    """In place of `schema.bring_up_to_date`: the same tables and triggers, in one fifteenth of the time."""
    if connection.dialect.name != "sqlite" or schema.standing(connection, where).version:
        migrated(connection, where)
    elif _copied:
        for statement in _copied:
            connection.exec_driver_sql(statement)
        connection.exec_driver_sql("INSERT INTO alembic_version VALUES (?)", (schema.HEAD,))  # the only row there
    else:
        migrated(connection, where)
        _copied.extend(connection.exec_driver_sql(_STATEMENTS).scalars())
