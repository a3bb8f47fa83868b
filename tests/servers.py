"""A real Elasticsearch node for the tests, from an unzipped distribution, with its security on and no Docker."""

from __future__ import annotations

import functools
import os
import re
import shutil
import signal
import socket
from pathlib import Path
from typing import Final

from elastic_transport import TransportError
from elasticsearch import Elasticsearch

from indexer.elastic_server import Login
from tests.distribution import elasticsearch_home, java
from tests.programs import Program, or_left_out, started

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


class Node(Program):
    """One node. ``kill``, ``stop`` and ``start`` keep its data and its address."""

    name = "Elasticsearch"
    ends = "TERM"

    def __init__(self, home: Path) -> None:
        super().__init__("diembao-es-")
        self._home = self._reachable(home.resolve())
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        self.url = f"http://127.0.0.1:{port}"
        self._configure(port)

    def client(self, password: str = PASSWORD) -> Elasticsearch:
        return Elasticsearch(self.url, basic_auth=(USER, password), max_retries=0, request_timeout=60)

    def start(self) -> None:
        """Returns once it answers."""
        command = [str(self._home / "bin" / "elasticsearch"), "-p", str(self._pid)]
        self.begin(command, self._environment(), self.folder)

    def stop(self) -> None:
        """In order."""
        self.end("TERM")

    def kill(self) -> None:
        """As a crash would end it."""
        os.kill(int(self._pid.read_text()), signal.SIGKILL)
        self.stop()
        self._pid.unlink(missing_ok=True)

    @property
    def _pid(self) -> Path:
        return self.folder / "pid"

    def answers(self) -> bool:
        with self.client() as client:
            try:
                health = client.options(ignore_status=[401, 503]).cluster.health()
            except TransportError:
                return False
            return bool(health.get("status"))

    def _environment(self) -> dict[str, str]:
        needed = {} if (self._home / "jdk").is_dir() else {"ES_JAVA_HOME": str(java())}
        own = {"ES_PATH_CONF": str(self.folder / "config"), "ES_TMPDIR": str(self.folder / "tmp")}
        return {"PATH": os.environ["PATH"], "ES_JAVA_OPTS": os.environ.get("ES_JAVA_OPTS", _JAVA), **needed, **own}

    def _configure(self, port: int) -> None:
        shutil.copytree(self._home / "config", self.folder / "config")
        (self.folder / "tmp").mkdir()
        settings = _SETTINGS.format(port=port, folder=self.folder)
        (self.folder / "config" / "elasticsearch.yml").write_text(settings)
        everything = [self.folder, *self.folder.rglob("*")]
        self.owned(*(path for path in everything if not path.is_relative_to(self.folder / "distribution")))
        keystore = str(self._home / "bin" / "elasticsearch-keystore")
        self.told([keystore, "add", "-f", "-x", "bootstrap.password"], env=self._environment(), given=PASSWORD)

    def _reachable(self, home: Path) -> Path:
        """The distribution, or a copy of it where another user cannot reach it."""
        if self.reaches(home):
            return home
        copied = self.folder / "distribution"
        shutil.copytree(home, copied)
        return copied


@functools.cache
def _only() -> Node | OSError:
    home = elasticsearch_home()
    if home is None:
        return FileNotFoundError("no distribution of Elasticsearch to start, or no Java")

    def start() -> Node:
        node = Node(home)
        node.start()
        return node

    return started(start, Node.stop)


def running() -> Node:
    """The one node of this test run, started when it is first asked for; see `programs.or_left_out`."""
    return or_left_out(_only(), "elasticsearch")


def alias(folder: Path) -> str:
    """A name on the node for the index of one test, from its own folder's."""
    return re.sub("[^a-z0-9]+", "-", f"t{folder.parent.name}-{folder.name}".lower())
