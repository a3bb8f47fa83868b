"""Who is at a host now, or in a place among several workers: one process at a time. A process that dies gives back what
it held, however it dies; one that neither works nor dies (stopped, swapped out, its machine paused or cut off) loses
its places to whoever wants them; the hosts it is at only when it dies or its connection does.

On SQLite all processes stand on one machine: one file beside the database, a byte of it for each host, locked by the
system. On PostgreSQL: the server's advisory locks, which end with the connection (`postgresql.ServerTurns`).
"""

from __future__ import annotations

import hashlib
import os
import secrets
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final, Protocol

import structlog
from sqlalchemy import Connection, Engine, Row
from sqlalchemy.exc import StatementError

log = structlog.get_logger()

_ROOM = 0x0B40  # tells our locks of hosts from other advisory locks of the database

# Seconds between two beats of whoever holds a place, and between two looks of whoever wants it.
BEAT: Final = 2.0
# A holder whose last beat is the same at so many looks after the first has hung. They are counted, not measured: no
# clock of any machine is asked, and a server that stood still for a while makes nobody silent.
LOOKS: Final = 5
# What the sessions of this process, and of no other on any machine, bear in their names.
PROCESS: Final = secrets.token_hex(4)
# How the session that holds places calls itself: one that does not beat (`diembao run`) is put out by nobody.
BEATS: Final = "diembao-place"

_TAKE: Final = "SELECT pg_try_advisory_lock(%(room)s, %(host)s)"
_BEAT: Final = f"{_TAKE}, set_config('application_name', '{BEATS} {PROCESS}', false)"
# Whoever holds it and says that it is alive; when its session was heard last. Sessions of another user tell nothing.
_HOLDER: Final = f"""
    FROM pg_locks held JOIN pg_stat_activity session USING (pid)
    WHERE held.locktype = 'advisory' AND held.granted AND held.objsubid = 2
    AND held.database = (SELECT oid FROM pg_database WHERE datname = current_database())
    AND held.classid::bigint = %(room)s AND held.objid::bigint = %(host)s
    AND starts_with(session.application_name, '{BEATS} ') AND session.usename = current_user AND session.state = 'idle'
"""  # noqa: S608 (words of ours)
_HEARD: Final = f"SELECT pid, state_change::text AS heard {_HOLDER}"
# With all its sessions: one that writes, or waits to, would let the others wait.
_PUT_OUT: Final = f"""
    SELECT pg_terminate_backend(its.pid, 1000) FROM pg_stat_activity its
    WHERE its.usename = current_user AND its.pid <> pg_backend_pid() AND split_part(its.application_name, ' ', 2) = (
        SELECT split_part(session.application_name, ' ', 2) {_HOLDER}
        AND session.pid = %(pid)s AND session.state_change::text = %(heard)s
    )
"""  # noqa: S608 (words of ours)


class Turns(Protocol):
    """What a dialect gives `sourcing`."""

    def take(self, host: str) -> bool:
        """False: another process has it."""

    def give_back(self, host: str) -> None:
        """Also of one that was not held."""

    def keep(self, place: str) -> bool:
        """Take it or say that one is still in it, each `BEAT` seconds. False: another process is."""

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

    def keep(self, place: str) -> bool:
        """On one machine whoever sees one of its processes hang can end it."""
        return self.take(place)

    def close(self) -> None:
        if self._file is not None:
            os.close(self._file)
            self._file = None


class ServerTurns:
    """Locks of one connection that is kept for them. Within one process they do not exclude each other."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._connection: Connection | None = None
        self._one = threading.RLock()  # a connection is one thread's at a time
        self._seen: dict[str, tuple[Mapping[str, Any], int]] = {}

    def take(self, host: str) -> bool:
        return self._is_ours(_TAKE, host)

    def give_back(self, host: str) -> None:
        with self._one:
            if self._connection is not None:
                self._ask("SELECT pg_advisory_unlock(%(room)s, %(host)s)", host)

    def keep(self, place: str) -> bool:
        """Whoever holds it without a beat at `LOOKS` looks of ours has its sessions ended by the server; when it goes
        on, it finds its places gone.
        """
        with self._one:
            if self._is_ours(_BEAT, place) or (self._is_put_out(place) and self._is_ours(_BEAT, place)):
                self._seen.pop(place, None)
                return True
            return False

    def close(self) -> None:
        with self._one:
            if self._connection is not None:
                self._connection.close()
                self._connection = None

    def _is_put_out(self, place: str) -> bool:
        """Whoever hangs in it; False: nobody does, as far as we have seen."""
        heard = self._ask(_HEARD, place)
        if heard is None:
            return False
        beat = dict(heard._mapping)  # noqa: SLF001 (the name is SQLAlchemy's public one)
        before, looks = self._seen.get(place, (None, 0))
        looks = looks + 1 if beat == before else 0
        self._seen[place] = beat, looks
        if looks < LOOKS or self._ask(_PUT_OUT, place, **beat) is None:  # it was heard at the last moment
            return False
        log.warning("place-taken-over", place=place, session=beat["pid"], silent_since=beat["heard"])
        return True

    def _is_ours(self, question: str, host: str) -> bool:
        found = self._ask(question, host)
        return found is not None and bool(found[0])

    def _ask(self, question: str, host: str, **more: object) -> Row[Any] | None:
        asked = {"room": _ROOM, "host": number_of(host), **more}
        with self._one:
            if self._connection is None:
                self._connection = self._engine.connect().execution_options(isolation_level="AUTOCOMMIT")
            try:
                return self._connection.exec_driver_sql(question, asked).first()
            except StatementError:
                self._connection.invalidate()  # its locks are gone: another process may be at our hosts
                self.close()
                raise
