"""A corner of the PostgreSQL database for whoever hands work out to several machines: a schema of its own, beside the
record and no part of it. What stands there may be dropped at any time; the log says what is to be done.
"""

from __future__ import annotations

from typing import Any

import psycopg
from sqlalchemy import Connection, make_url, text

from diembao.core.errors import Misconfigured
from diembao.store.database import Database
from diembao.store.postgresql import LINK, SESSION
from diembao.store.turns import PROCESS

# What whoever uses the room meets where the server is away.
AWAY = psycopg.OperationalError
_BEGINS = "diembao_jobs_"
# A session of jobs waits for nothing in the midst of a transaction: whoever was stopped there lets go of the job.
_OWN = SESSION | {"idle_in_transaction_session_timeout": "10s"}


def connection_of(url: str, room: str) -> dict[str, Any]:
    """What psycopg connects with, so that names without a schema are looked for in the room alone."""
    made = make_url(url)
    asked = made.query.get("options", "")
    options = [f"-c {name}={value}" for name, value in _OWN.items()]
    options += [asked] if isinstance(asked, str) else asked
    options.append(f"-c search_path={_BEGINS}{room}")
    made = made.set(drivername="postgresql+psycopg")
    _, told = made.get_dialect()().create_connect_args(made)
    return {**LINK, **told, "application_name": f"diembao-jobs {PROCESS}", "options": " ".join(options)}


def furnish(url: str, room: str, script: str) -> None:
    """Make the room with the tables and functions of ``script`` where it is not there yet; older rooms go. Several
    processes may ask at once.

    Raises:
        Misconfigured: the user of the address may not make a schema, or not write in the one that is there.
        Retry: the server is away.
    """
    database, name = Database(url), f"{_BEGINS}{room}"
    try:
        with database.reading() as connection:
            if name in _rooms(connection):
                _may_write(connection, name, database.where)
                return
        with database.writing() as connection:  # one after another
            others = _rooms(connection)
            if name in others:
                return
            for each in others:
                connection.execute(text(f'DROP SCHEMA "{each}" CASCADE'))
            connection.execute(text(f'CREATE SCHEMA "{name}"'))
            connection.execute(text(f'SET LOCAL search_path = "{name}"'))
            connection.execution_options(no_parameters=True).exec_driver_sql(script)
    finally:
        database.close()


def _may_write(connection: Connection, name: str, where: str) -> None:
    """Whoever may only read would wait for ever."""
    may = (f"has_table_privilege(c.oid, '{each}')" for each in ("SELECT", "INSERT", "UPDATE", "DELETE"))
    asked = text(
        f"SELECT current_user, bool_and(has_schema_privilege(n.oid, 'USAGE') AND {' AND '.join(may)})"  # noqa: S608 (words of ours)
        " FROM pg_namespace n JOIN pg_class c ON c.relnamespace = n.oid AND c.relkind = 'r' WHERE n.nspname = :name"
    )
    user, allowed = connection.execute(asked, {"name": name}).one()
    if not allowed:
        raise Misconfigured(
            f"{where}: người dùng {user} không được ghi vào lược đồ {name}: dùng chủ của cơ sở dữ liệu ở store.url"
            f" (the user {user} may not write in the schema {name}: name the database's owner in store.url)"
        )


def _rooms(connection: Connection) -> list[str]:
    found = text("SELECT nspname FROM pg_namespace WHERE starts_with(nspname, :begins)")
    return list(connection.scalars(found, {"begins": _BEGINS}))
