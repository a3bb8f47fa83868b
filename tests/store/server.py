"""A real PostgreSQL for the tests: the programs of a wheel, a folder in /tmp, a Unix socket, no port."""

from __future__ import annotations

import atexit
import functools
import os
import pwd
import shutil
import stat
import subprocess
import tempfile
import threading
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy import URL

from tests.parts import POSTGRESQL

START_SECONDS = 60
OFFICE = "office"  # this role comes in by password; everybody else is trusted

_HBA = f"local all {OFFICE} scram-sha-256\nlocal all all trust\n"

_CLUSTER = ("--auth=trust", "--encoding=UTF8", "--no-locale", "--no-sync", "--no-instructions")

# Tests kill clients, never the machine: nothing has to reach the disk.
_SETTINGS = ("listen_addresses=", "fsync=off", "max_connections=60", "shared_buffers=32MB", "max_wal_size=256MB")

# The server lives as long as our end of its standard input is open: a killed test leaves none behind.
_LIFELINE = """
exec 3<&0
"$@" </dev/null 3<&- & server=$!
{ read -r end <&3; kill -"${end:-QUIT}" $server; } & line=$!
wait $server
kill $line 2>/dev/null
"""


class Server:
    """One server. ``stop`` and ``start`` keep its data."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="diembao-pg-"))
        atexit.register(shutil.rmtree, self.folder, ignore_errors=True)
        self.folder.chmod(0o755)
        self._data = self.folder / "data"
        self._user = "nobody" if os.geteuid() == 0 else None  # PostgreSQL does not run as root
        self._programs = self._reachable_programs()
        self._process: subprocess.Popen[str] | None = None
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
        command = [str(self._programs / "postgres"), "-D", str(self._data), "-k", str(self.folder), *settings]
        with (self.folder / "log").open("a") as log:
            self._process = subprocess.Popen(
                ["sh", "-c", _LIFELINE, "sh", *command],
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=log,
                user=self._user,
                cwd="/",
                text=True,
                start_new_session=True,  # Ctrl-C is for the tests
            )
        pause = threading.Event()
        for _ in range(START_SECONDS * 50):
            if self._answers():
                return
            if self._process.poll() is not None:
                break
            pause.wait(0.02)
        raise OSError(f"PostgreSQL does not start: {(self.folder / 'log').read_text()[-2000:]}")

    def stop(self, signal: str = "INT") -> None:
        """``INT`` ends all sessions in order, ``QUIT`` as a crash would."""
        if self._process is not None:
            self._process.communicate(f"{signal}\n", timeout=START_SECONDS)
            self._process = None

    def _answers(self) -> bool:
        try:
            self.run("SELECT 1")
        except psycopg.OperationalError:
            return False
        return True

    def _make(self) -> None:
        if self._user:
            shutil.chown(self.folder, self._user, pwd.getpwnam(self._user).pw_gid)
        made = subprocess.run(
            [str(self._programs / "initdb"), "-D", str(self._data), "-U", "postgres", *_CLUSTER],
            user=self._user,
            cwd="/",
            capture_output=True,
            text=True,
            check=False,
            timeout=START_SECONDS,
        )
        if made.returncode:
            raise OSError(f"initdb failed: {made.stderr}")
        (self._data / "pg_hba.conf").write_text(_HBA)

    def _reachable_programs(self) -> Path:
        """The wheel's programs, or a copy of them where another user cannot reach those."""
        found = find_spec(POSTGRESQL)
        assert found is not None
        assert found.origin is not None
        package = Path(found.origin).parent
        newest = max(package.glob("pginstall*"))
        if self._user and not all(parent.stat().st_mode & stat.S_IXOTH for parent in newest.parents):
            libraries = f"{POSTGRESQL}.libs"
            copied = self.folder / POSTGRESQL / newest.name
            shutil.copytree(newest, copied, ignore=shutil.ignore_patterns("include"))
            shutil.copytree(package.parent / libraries, self.folder / libraries)
            return copied / "bin"
        return newest / "bin"


@functools.cache
def _only() -> Server | OSError | subprocess.SubprocessError:
    try:
        server = Server()
        server.start()
    except (OSError, subprocess.SubprocessError) as error:
        return error
    atexit.register(server.stop)
    return server


def running() -> Server:
    """The one server of this test run, started when it is first asked for.

    Where it cannot start, the test is left out by name; with ``CI=true`` it fails.
    """
    found = _only()
    if isinstance(found, Server):
        return found
    if os.environ.get("CI") == "true":
        raise found
    pytest.skip(f"postgresql: it does not start here: {' '.join(str(found).split())[:200]}")
