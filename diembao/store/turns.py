"""Who is at a host now: one process at a time. A process that dies gives back what it held, however it dies.

On SQLite all processes stand on one machine: one file beside the database, a byte of it for each host, locked by the
system. On PostgreSQL: the server's advisory locks, which end with the connection (`postgresql.ServerTurns`).
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import Protocol

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import StatementError

_ROOM = 0x0B40  # tells our locks of hosts from other advisory locks of the database


class Turns(Protocol):
    """What a dialect gives `sourcing`."""

    def take(self, host: str) -> bool:
        """False: another process has it."""

    def give_back(self, host: str) -> None:
        """Also of one that was not held."""

    def close(self) -> None: ...


def number_of(host: str) -> int:
    """31 bits; two hosts that share one wait for each other, no more."""
    return int.from_bytes(hashlib.blake2b(host.encode(), digest_size=4).digest()) >> 1


class FileTurns:
    """Locks of ranges of one file. Within one process they do not exclude each other."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: int | None = None

    def take(self, host: str) -> bool:
        try:
            import fcntl
        except ImportError:  # not on Windows, where one process works alone
            return True
        if self._file is None:
            self._file = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.lockf(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, number_of(host))
        except (BlockingIOError, PermissionError):
            return False
        return True

    def give_back(self, host: str) -> None:
        if self._file is not None:
            import fcntl

            fcntl.lockf(self._file, fcntl.LOCK_UN, 1, number_of(host))

    def close(self) -> None:
        if self._file is not None:
            os.close(self._file)
            self._file = None


class ServerTurns:
    """Advisory locks of one connection that is kept for them. Within one process they do not exclude each other."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._connection: Connection | None = None

    def take(self, host: str) -> bool:
        return bool(self._ask("SELECT pg_try_advisory_lock(%(room)s, %(host)s)", host))

    def give_back(self, host: str) -> None:
        if self._connection is not None:
            self._ask("SELECT pg_advisory_unlock(%(room)s, %(host)s)", host)

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _ask(self, question: str, host: str) -> object:
        if self._connection is None:
            self._connection = self._engine.connect().execution_options(isolation_level="AUTOCOMMIT")
        try:
            return self._connection.exec_driver_sql(question, {"room": _ROOM, "host": number_of(host)}).scalar()
        except StatementError:
            self._connection.invalidate()  # its locks are gone: another process may be at our hosts
            self.close()
            raise
