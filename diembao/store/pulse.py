"""Has anything been written since? Asked in a few microseconds, so that an answer can be kept until then."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Hashable
from pathlib import Path
from typing import Protocol

from sqlalchemy import Engine


class Pulse(Protocol):
    """What `database` asks of each."""

    def beat(self) -> Hashable:
        """Equal to an earlier one only where nothing was committed in between, by whichever process."""

    def close(self) -> None: ...


class FilePulse:
    """SQLite counts for a connection the commits of all others: this one never writes."""

    def __init__(self, path: Path) -> None:
        self._path, self._lock = path, threading.Lock()
        self._connection: sqlite3.Connection | None = None
        self._opened = 0  # counts of two connections are not to be compared

    def beat(self) -> Hashable:
        with self._lock:
            try:
                return self._asked()
            except sqlite3.Error:  # what is wrong is told by the question itself, which now is asked
                self._close()
                return object()

    def close(self) -> None:
        with self._lock:
            self._close()

    def _asked(self) -> Hashable:
        if self._connection is None:
            self._connection = sqlite3.connect(self._path, isolation_level=None, check_same_thread=False)
            self._opened += 1
        return self._opened, self._connection.execute("PRAGMA data_version").fetchone()[0]

    def _close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None


class ServerPulse:
    """PostgreSQL tells which transactions a reader sees: equal words, equal rows."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine.execution_options(isolation_level="AUTOCOMMIT")

    def beat(self) -> Hashable:
        with self._engine.connect() as connection:
            return str(connection.exec_driver_sql("SELECT pg_current_snapshot()::text").scalar_one())

    def close(self) -> None:
        """The engine is closed by whoever opened it."""
