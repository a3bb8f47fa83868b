"""What stands in a database, looked at without making it or bringing it up to date."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.exc import StatementError

from diembao.store import schema
from diembao.store.dialects import Sqlite, dialect
from diembao.store.tables import log


@dataclass(frozen=True, slots=True)
class Looked:
    """``where`` is safe to show. ``version`` is that of its schema ("" for none, or no database yet), ``newest`` the
    time of the last entry of its log, where the schema is this program's.
    """

    where: str
    version: str
    current: bool
    newer: bool
    whole: bool = True
    newest: datetime | None = None


def look(url: str) -> Looked:
    """Raises:
    Misconfigured: it cannot be opened, is damaged, or is another program's.
    Retry: it is busy or away.
    """
    kind = dialect(url)
    if isinstance(kind, Sqlite) and not kind.path.exists():
        return Looked(kind.where, "", current=False, newer=False)
    engine = kind.engine()
    try:
        with engine.connect() as connection, connection.begin():
            found = schema.standing(connection, kind.where)
            newest = connection.scalar(select(func.max(log.c.at))) if found.current else None
    except StatementError as error:
        fate = kind.fate(error.orig)
        if fate is None:
            raise
        raise fate from error
    finally:
        engine.dispose()
    return Looked(kind.where, found.version, found.current, found.newer, found.whole, newest)
