"""A real PostgreSQL for the tests: the programs of a wheel, a folder in /tmp, a Unix socket; a port for who asks."""

from __future__ import annotations

import functools
import shutil
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy import URL

from tests.parts import POSTGRESQL
from tests.programs import Program, or_left_out, started

OFFICE = "office"  # this role comes in by password; everybody else is trusted

_HBA = f"local all {OFFICE} scram-sha-256\nlocal all all trust\n"

_CLUSTER = ("--auth=trust", "--encoding=UTF8", "--no-locale", "--no-sync", "--no-instructions")

# Tests kill clients, never the machine: nothing has to reach the disk.
_SETTINGS = ("fsync=off", "max_connections=60", "shared_buffers=32MB", "max_wal_size=256MB")


class Server(Program):
    """One server. ``stop`` and ``start`` keep its data."""

    name = "PostgreSQL"
    ends = "QUIT"

    def __init__(self, address: str = "") -> None:
        """``address``: of this machine, where it listens for others, who are trusted."""
        super().__init__("diembao-pg-")
        self._address = address
        self.folder.chmod(0o755)
        self._data = self.folder / "data"
        self._programs = self._reachable_programs()
        self._make()

    def url(self, database: str = "postgres", user: str = "postgres", password: str | None = None, **query: str) -> str:
        made = URL.create(
            "postgresql+psycopg", user, password, database=database, query={"host": str(self.folder)} | query
        )
        return made.render_as_string(hide_password=False)

    def make(self, database: str, more: str = "") -> str:
        """A new database of this name, in place of an older one; its URL."""
        self.run(f"DROP DATABASE IF EXISTS {database} WITH (FORCE)")
        self.run(f"CREATE DATABASE {database} {more}")
        return self.url(database)

    def run(self, statement: str, database: str = "postgres") -> list[tuple[Any, ...]]:
        with psycopg.connect(host=str(self.folder), user="postgres", dbname=database, autocommit=True) as connection:
            done = connection.execute(statement.encode())
            return done.fetchall() if done.description else []

    def start(self) -> None:
        """Returns once it answers."""
        settings = [word for setting in _SETTINGS for word in ("-c", setting)]
        listens = ["-c", f"listen_addresses={self._address}"]
        self.begin(
            [str(self._programs / "postgres"), "-D", str(self._data), "-k", str(self.folder), *settings, *listens]
        )

    def stop(self, signal: str = "INT") -> None:
        """``INT`` ends all sessions in order, ``QUIT`` as a crash would."""
        self.end(signal)

    def answers(self) -> bool:
        try:
            self.run("SELECT 1")
        except psycopg.OperationalError:
            return False
        return True

    def _make(self) -> None:
        self.owned(self.folder)
        self.told([str(self._programs / "initdb"), "-D", str(self._data), "-U", "postgres", *_CLUSTER])
        others = "host all all all trust\n" if self._address else ""
        (self._data / "pg_hba.conf").write_text(_HBA + others)

    def _reachable_programs(self) -> Path:
        """The wheel's programs, or a copy of them where another user cannot reach those."""
        found = find_spec(POSTGRESQL)
        assert found is not None
        assert found.origin is not None
        package = Path(found.origin).parent
        newest = max(package.glob("pginstall*"))
        if self.reaches(newest):
            return newest / "bin"
        libraries = f"{POSTGRESQL}.libs"
        copied = self.folder / POSTGRESQL / newest.name
        shutil.copytree(newest, copied, ignore=shutil.ignore_patterns("include"))
        shutil.copytree(package.parent / libraries, self.folder / libraries)
        return copied / "bin"


@functools.cache
def _only() -> Server | OSError:
    def start() -> Server:
        server = Server()
        server.start()
        return server

    return started(start, Server.stop)


def running() -> Server:
    """The one server of this test run, started when it is first asked for; see `programs.or_left_out`."""
    return or_left_out(_only(), "postgresql")
