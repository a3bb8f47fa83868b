"""Is the record sound? Looked for within a time: a damaged page is found before somebody needs what stood on it.

SQLite reads its tables and their indexes page by page. PostgreSQL is not read through: where its pages have checksums,
the server counts those that it found wrong whenever it read them.
"""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import Final

from sqlalchemy import text
from sqlalchemy.exc import StatementError

from diembao.core.errors import RecordDamaged
from diembao.store.dialects import BUSY_SECONDS, Dialect, Sqlite, dialect

# Seconds between two tries to break off what has begun just when its time was over.
_AGAIN: Final = 0.1

_LIST: Final = "sqlite_master"
_TABLES: Final = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"
_COUNTED: Final = text("SELECT checksum_failures FROM pg_stat_database WHERE datname = current_database()")


@dataclass(frozen=True, slots=True)
class Sound:
    """Of ``tables`` all but ``left`` were read to the end, the small ones first, and nothing is wrong with them.
    ``tables`` is 0 where the server looks by itself; ``counts``: whether anybody looks at all.
    """

    tables: int = 0
    left: tuple[str, ...] = ()
    counts: bool = True


def examine(url: str, seconds: float) -> Sound:
    """Of a record that is there.

    Raises:
        RecordDamaged: a page, an index or a row is not what was written.
        Misconfigured: it cannot be opened. Retry: not now.
    """
    kind = dialect(url)
    return _read_through(kind, seconds) if isinstance(kind, Sqlite) else _asked(kind)


def _asked(kind: Dialect) -> Sound:
    engine = kind.engine()
    try:
        with engine.connect() as connection:
            found = connection.scalar(_COUNTED)
    except StatementError as error:
        raise (kind.fate(error.orig) or error) from error
    finally:
        engine.dispose()
    if found:
        raise RecordDamaged(kind.where, f"the server has met {found} pages with a wrong checksum")
    return Sound(counts=found is not None)


def _read_through(kind: Sqlite, seconds: float) -> Sound:
    """Each table by itself, so that one can say how far it came; nobody who writes waits for it."""
    until = time.monotonic() + seconds
    address = f"{kind.path.resolve().as_uri()}?mode=ro"
    reading = {"uri": True, "timeout": min(seconds, BUSY_SECONDS), "check_same_thread": False}
    try:
        with closing(sqlite3.connect(address, isolation_level=None, **reading)) as found, _broken_off(found, until):  # type: ignore[call-overload]
            names = _smallest_first(found)
            for n, name in enumerate(names):
                if time.monotonic() > until or not _is_read(kind, found, name):
                    return Sound(len(names), tuple(names[n:]))
    except sqlite3.Error as error:
        if _is_over(error):  # before it was known which tables there are
            return Sound(1, (_LIST,))
        raise (kind.fate(error) or error) from error
    return Sound(len(names))


def _is_read(kind: Sqlite, found: sqlite3.Connection, name: str) -> bool:
    """To its end. False: its time is over."""
    try:
        (said,) = found.execute(f'PRAGMA quick_check("{name}")').fetchone()
    except sqlite3.OperationalError as error:
        if _is_over(error):
            return False
        raise
    if said != "ok":
        raise RecordDamaged(kind.where, f"{name}: {said}")
    return True


def _is_over(error: sqlite3.Error) -> bool:
    return getattr(error, "sqlite_errorname", "") == "SQLITE_INTERRUPT"


def _smallest_first(found: sqlite3.Connection) -> Sequence[str]:
    names = [str(name) for (name,) in found.execute(_TABLES).fetchall()]
    return sorted(names, key=lambda name: _last(found, name))


def _last(found: sqlite3.Connection, name: str) -> int:
    """The number of its last row: rows are counted in no time that way."""
    try:
        (last,) = found.execute(f'SELECT max(rowid) FROM "{name}"').fetchone()  # noqa: S608 (the database's own names)
    except sqlite3.OperationalError:  # a table without such numbers
        return 0
    return last if isinstance(last, int) else 0


@contextmanager
def _broken_off(found: sqlite3.Connection, until: float) -> Iterator[None]:
    """From that moment on whatever the connection is at ends (SQLite asks its progress handler between tables only)."""
    over = threading.Event()

    def watch() -> None:
        wait = until - time.monotonic()
        while not over.wait(max(wait, _AGAIN)):
            found.interrupt()
            wait = 0.0

    watching = threading.Thread(target=watch, daemon=True)
    watching.start()
    try:
        yield
    finally:
        over.set()
        watching.join()
