"""All that differs between databases: how one connects, what a write locks, what an error means.

One class for each, under the same contract tests: `Sqlite` here, `postgresql.Postgres`. Both give writers
one lock, taken when a transaction begins, so that log numbers commit in order.
"""

from __future__ import annotations

import os
import sqlite3
import time
from contextlib import closing
from pathlib import Path
from typing import Protocol, Self

from sqlalchemy import URL, Connection, Engine, Table, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.pool import ConnectionPoolEntry

from diembao.core.errors import DiembaoError, Misconfigured, RecordAway, RecordDamaged, SetAside, WrongUse
from diembao.store.pulse import FilePulse, Pulse
from diembao.store.turns import FileTurns, Turns

WRITING = "diembao_writing"  # the execution option of connections that will write

# Seconds that a writer waits for another one. A whole feed or batch is written in well under one.
BUSY_SECONDS = 30.0

# Connections of one process. Reads are short; a dashboard of 80 sessions shares these.
POOL_SIZE = 10
POOL_OVERFLOW = 20

EXAMPLES = "sqlite:////path/to/diembao.db or postgresql+psycopg://user:password@host/database"

# What SQLite's error names (by their beginning) mean to us.
_PASSING = ("SQLITE_BUSY", "SQLITE_LOCKED", "SQLITE_FULL", "SQLITE_IOERR", "SQLITE_NOMEM", "SQLITE_PROTOCOL")
_BROKEN = ("SQLITE_NOTADB", "SQLITE_CORRUPT", "SQLITE_IOERR_CORRUPTFS")
# Python's own, without a name: bytes that cannot be what we wrote.
_NO_TEXT = "Could not decode to UTF-8"
_CLOSED = "SQLITE_CANTOPEN"
_BLOCKED = (_CLOSED, "SQLITE_READONLY", "SQLITE_PERM", "SQLITE_AUTH")


class Dialect(Protocol):
    """What `database` asks of each."""

    @property
    def where(self) -> str:
        """How messages name this database: never with a password."""

    def engine(self) -> Engine:
        """An engine whose connections will be set up; nothing is opened yet."""

    def prepare(self) -> None:
        """What has to be done once, outside of a transaction, to a database that is ours or empty."""

    def fate(self, error: BaseException | None) -> DiembaoError | None:
        """What happens next after a driver's error; None: that is a fault of ours."""

    def turns(self, engine: Engine) -> Turns:
        """How processes take turns at a host."""

    def pulse(self, engine: Engine) -> Pulse:
        """How one knows that nothing was written since."""

    def take_time(self, connection: Connection) -> None:
        """This transaction reads everything, or changes the schema: no limit of time ends it."""

    def others(self, connection: Connection) -> int:
        """Connections to it of other programs of ours, as far as it knows them."""

    def count_on(self, connection: Connection, table: Table) -> None:
        """After rows came with numbers of their own: new ones are numbered after the last."""


def dialect(url: str) -> Dialect:
    """The dialect of a URL, which may hold a password: no message repeats it.

    Raises:
        Misconfigured: the URL cannot be read, or is of another kind.
    """
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):  # a port that is no number is a ValueError that shows it
        raise Misconfigured(
            f"không đọc được store.url; viết như {EXAMPLES} (the store's URL cannot be read; it looks like {EXAMPLES})"
        ) from None
    if parsed.drivername in {"sqlite", "sqlite+pysqlite"}:
        return Sqlite(parsed)
    if parsed.drivername in {"postgresql", "postgresql+psycopg", "postgres"}:
        from diembao.store.postgresql import Postgres

        return Postgres(parsed)
    raise Misconfigured(
        f"không có loại kho '{parsed.drivername}'; viết như {EXAMPLES}"
        f" (no store of the kind '{parsed.drivername}': it is {EXAMPLES})"
    )


class Sqlite:
    """One file in WAL mode: readers never wait, writers wait for each other."""

    def __init__(self, url: URL) -> None:
        if not url.database or url.database == ":memory:" or url.database.startswith("file:"):
            raise Misconfigured(
                "kho phải là một tệp giữ được, như sqlite:////path/to/diembao.db"
                " (the store needs a file that stays, like sqlite:////path/to/diembao.db)"
            )
        self.path = Path(url.database)
        self._url = url
        self._opened = False

    @classmethod
    def of(cls, path: Path) -> Self:
        return cls(URL.create("sqlite", database=str(path)))

    @property
    def where(self) -> str:
        """How messages name this database."""
        return str(self.path)

    def engine(self) -> Engine:
        """An engine whose connections will be set up; nothing is opened yet."""
        self._make_room()
        waiting = {} if "timeout" in self._url.query else {"timeout": BUSY_SECONDS}
        engine = create_engine(
            self._url,
            connect_args=waiting,
            pool_size=POOL_SIZE,
            max_overflow=POOL_OVERFLOW,
            pool_timeout=BUSY_SECONDS,
        )
        event.listen(engine, "connect", _set_up)
        event.listen(engine, "begin", _begin)
        return engine

    def prepare(self) -> None:
        """Turn WAL on; the file remembers it.

        SQLite does not wait for other connections here, whatever the time-out says: so we do.
        """
        give_up = time.monotonic() + BUSY_SECONDS
        while True:
            try:
                mode = self._turn_wal_on()
            except sqlite3.Error as error:
                if not _name(error).startswith("SQLITE_BUSY") or time.monotonic() > give_up:
                    raise self.fate(error) or error from error
                time.sleep(0.02)
            else:
                break
        self._opened = True
        if mode != "wal":
            raise Misconfigured(
                f"{self.path}: ở đây không dùng được WAL, có phải ổ mạng không?"
                " (WAL cannot be used here: is it a network drive?)"
            )

    def fate(self, error: BaseException | None) -> DiembaoError | None:
        """What happens next after a driver's error; None: that is a fault of ours."""
        name = _name(error)
        if name.startswith(_BROKEN) or _NO_TEXT in str(error):
            return RecordDamaged(self.where, str(error))
        no_handle = self._opened and name.startswith(_CLOSED)  # it could be opened before
        if no_handle or name.startswith(_PASSING):
            return RecordAway(f"lúc này chưa đọc, ghi được {self.path}: {error} ({self.path}: {error})")
        if name.startswith(_BLOCKED):
            return Misconfigured(
                f"không mở và ghi được {self.path}: {error} ({self.path} cannot be opened and written: {error})"
            )
        if name.startswith("SQLITE_CONSTRAINT"):
            return WrongUse(f"kho không nhận: {error} (the record does not take this: {error})")
        if name == "SQLITE_TOOBIG":
            return SetAside(f"quá lớn đối với kho: {error} (too big for the record: {error})")
        return None

    def turns(self, engine: Engine) -> Turns:  # noqa: ARG002 (the door's)
        """Locks of a file beside the database's."""
        return FileTurns(self.path.with_name(f"{self.path.name}-hosts"))

    def pulse(self, engine: Engine) -> Pulse:  # noqa: ARG002 (the door's)
        """A connection of its own."""
        return FilePulse(self.path)

    def take_time(self, connection: Connection) -> None:
        """Nothing: a reader has no limit here."""

    def others(self, connection: Connection) -> int:  # noqa: ARG002 (the door's)
        """A file knows nobody."""
        return 0

    def count_on(self, connection: Connection, table: Table) -> None:
        """Nothing: SQLite looks for the last number each time."""

    def _make_room(self) -> None:
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise Misconfigured(
                f"{self.path}: không tạo được thư mục chứa nó: {error}"
                f" ({self.path}: its folder cannot be made: {error})"
            ) from error
        if self.path.exists() and not os.access(self.path, os.W_OK):
            raise Misconfigured(f"không ghi được {self.path} ({self.path} cannot be written)")

    def _turn_wal_on(self) -> str:
        with closing(sqlite3.connect(self.path, timeout=BUSY_SECONDS)) as connection:
            return str(connection.execute("PRAGMA journal_mode = WAL").fetchone()[0])


def _set_up(connection: sqlite3.Connection, _record: ConnectionPoolEntry) -> None:
    connection.isolation_level = None  # we say BEGIN ourselves
    connection.execute("PRAGMA foreign_keys = ON")
    # In WAL mode a commit survives a killed process; a power cut may lose the last ones, never break the file.
    connection.execute("PRAGMA synchronous = NORMAL")


def _begin(connection: Connection) -> None:
    """A writer locks at once: a lock taken later would fail wherever another one wrote in between."""
    writing = connection.get_execution_options().get(WRITING)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")


def _name(error: BaseException | None) -> str:
    return str(getattr(error, "sqlite_errorname", ""))
