"""A real Elasticsearch node for the tests, from an unzipped distribution, with its security on and no Docker."""

from __future__ import annotations

import atexit
import functools
import os
import pwd
import re
import shutil
import signal
import socket
import stat
import subprocess
import tempfile
import threading
from pathlib import Path
from typing import Final

import pytest
from elastic_transport import TransportError
from elasticsearch import Elasticsearch

from indexer.elastic_server import Login
from tests.distribution import elasticsearch_home, java

START_SECONDS: Final = 120
USER, PASSWORD = "elastic", "a password of the tests"
LOGIN: Final = Login(USER, PASSWORD)

_SETTINGS: Final = """\
cluster.name: diembao-tests
node.name: one
discovery.type: single-node
network.host: 127.0.0.1
http.port: {port}
transport.port: 0
path.data: {folder}/data
path.logs: {folder}/logs
xpack.security.enabled: true
xpack.security.http.ssl.enabled: false
xpack.security.transport.ssl.enabled: false
cluster.routing.allocation.disk.threshold_enabled: false
"""

# One client and small indexes: a quick start counts for more than a quick answer.
_JAVA: Final = "-Xms512m -Xmx512m -XX:TieredStopAtLevel=1"

# The node lives as long as our end of its standard input is open: a killed test leaves none behind.
_LIFELINE: Final = 'exec 3<&0; "$@" </dev/null 3<&- & read -r end <&3; kill -"${end:-TERM}" $!; wait $!'


class Node:
    """One node. ``kill``, ``stop`` and ``start`` keep its data and its address."""

    def __init__(self, home: Path) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="diembao-es-"))
        atexit.register(shutil.rmtree, self.folder, ignore_errors=True)
        self._user = "nobody" if os.geteuid() == 0 else None  # Elasticsearch does not run as root
        self._home = self._reachable(home)
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        self.url = f"http://127.0.0.1:{port}"
        self._process: subprocess.Popen[str] | None = None
        self._configure(port)

    def client(self, password: str = PASSWORD) -> Elasticsearch:
        return Elasticsearch(self.url, basic_auth=(USER, password), max_retries=0, request_timeout=60)

    def start(self) -> None:
        """Returns once it answers."""
        with (self.folder / "output").open("a") as output:
            self._process = subprocess.Popen(
                ["sh", "-c", _LIFELINE, "sh", str(self._home / "bin" / "elasticsearch"), "-p", str(self._pid)],
                stdin=subprocess.PIPE,
                stdout=output,
                stderr=output,
                user=self._user,
                env=self._environment(),
                cwd=self.folder,
                text=True,
                start_new_session=True,  # Ctrl-C is for the tests
            )
        pause = threading.Event()
        for _ in range(START_SECONDS * 10):
            if self._answers():
                return
            if self._process.poll() is not None:
                break
            pause.wait(0.1)
        raise OSError(f"Elasticsearch does not start: {(self.folder / 'output').read_text()[-2000:]}")

    def stop(self) -> None:
        """In order."""
        if self._process is not None:
            self._process.communicate("TERM\n", timeout=START_SECONDS)
            self._process = None

    def kill(self) -> None:
        """As a crash would end it."""
        os.kill(int(self._pid.read_text()), signal.SIGKILL)
        self.stop()
        self._pid.unlink(missing_ok=True)

    @property
    def _pid(self) -> Path:
        return self.folder / "pid"

    def _answers(self) -> bool:
        with self.client() as client:
            try:
                health = client.options(ignore_status=[401, 503]).cluster.health()
            except TransportError:
                return False
            return bool(health.get("status"))

    def _environment(self) -> dict[str, str]:
        needed = {} if (self._home / "jdk").is_dir() else {"ES_JAVA_HOME": str(java())}
        own = {"ES_PATH_CONF": str(self.folder / "config"), "ES_TMPDIR": str(self.folder / "tmp")}
        return {"PATH": os.environ["PATH"], "ES_JAVA_OPTS": _JAVA, **needed, **own}

    def _configure(self, port: int) -> None:
        shutil.copytree(self._home / "config", self.folder / "config")
        (self.folder / "tmp").mkdir()
        settings = _SETTINGS.format(port=port, folder=self.folder)
        (self.folder / "config" / "elasticsearch.yml").write_text(settings)
        if self._user:
            own = pwd.getpwnam(self._user)
            for path in [self.folder, *self.folder.rglob("*")]:
                if not path.is_relative_to(self.folder / "distribution"):
                    os.chown(path, own.pw_uid, own.pw_gid)
        made = subprocess.run(
            [str(self._home / "bin" / "elasticsearch-keystore"), "add", "-f", "-x", "bootstrap.password"],
            input=PASSWORD,
            user=self._user,
            env=self._environment(),
            cwd=self.folder,
            capture_output=True,
            text=True,
            check=False,
            timeout=START_SECONDS,
        )
        if made.returncode:
            raise OSError(f"Elasticsearch's keystore cannot be made: {made.stderr[-2000:]}")

    def _reachable(self, home: Path) -> Path:
        """The distribution, or a copy of it where another user cannot reach it."""
        home = home.resolve()
        if self._user and not all(parent.stat().st_mode & stat.S_IXOTH for parent in home.parents):
            copied = self.folder / "distribution"
            shutil.copytree(home, copied)
            return copied
        return home


@functools.cache
def _only() -> Node | OSError:
    home = elasticsearch_home()
    if home is None:
        return FileNotFoundError("no distribution of Elasticsearch to start, or no Java")
    try:
        node = Node(home)
        node.start()
    except (OSError, subprocess.SubprocessError) as error:
        return error if isinstance(error, OSError) else OSError(str(error))
    atexit.register(node.stop)
    return node


def running() -> Node:
    """The one node of this test run, started when it is first asked for.

    Where it cannot start, the test is left out by name; with ``CI=true`` it fails.
    """
    found = _only()
    if isinstance(found, Node):
        return found
    if os.environ.get("CI") == "true":
        raise found
    pytest.skip(f"elasticsearch: it does not start here: {' '.join(str(found).split())[:200]}")


def alias(folder: Path) -> str:
    """A name on the node for the index of one test, from its own folder's."""
    return re.sub("[^a-z0-9]+", "-", f"t{folder.parent.name}-{folder.name}".lower())
