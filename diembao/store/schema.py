"""Which version of the tables a database has, and the way to the current one (Alembic)."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Column, Connection, MetaData, String, Table, inspect, select

from diembao.core.errors import Misconfigured

# The newest migration. Written here so that opening a current database does not pay for Alembic
# (0.3 s to import); a test compares it with the migrations.
HEAD = "0027"

MIGRATIONS = Path(__file__).with_name("migrations")

_version = Table("alembic_version", MetaData(), Column("version_num", String(32)))


def is_current(connection: Connection, where: str) -> bool:
    """False: an empty database, or one of an older version.

    Raises:
        Misconfigured: the database holds tables of something else.
    """
    names = inspect(connection).get_table_names()
    if names and _version.name not in names:
        raise Misconfigured(f"{where} holds tables of another program ({names[0]}, …)")
    return bool(names) and connection.scalar(select(_version.c.version_num)) == HEAD


def bring_up_to_date(connection: Connection, where: str) -> None:
    """Run the migrations that are missing (none, if another process was first), in the caller's transaction.

    Raises:
        Misconfigured: the database was made by a newer version of this program.
    """
    from alembic import command
    from alembic.config import Config
    from alembic.util import CommandError

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    try:
        command.upgrade(config, "head")
    except CommandError as error:
        raise Misconfigured(f"{where} was made by a newer version of Điểm Báo: update the program ({error})") from error
