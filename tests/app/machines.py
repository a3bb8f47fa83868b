"""Processes of the program as several machines have them: one record on PostgreSQL, one index on Elasticsearch."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import httpx

from tests.servers import PASSWORD, USER, alias
from tests.servers import running as elasticsearch
from tests.store import server

PATIENCE, SOON = 300.0, 60.0  # seconds on a busy machine


def servers(database: str, home: Path) -> dict[str, str]:
    """Settings of a new record and a new index on the servers of this test run, as their environment has them."""
    return {
        "STORE__URL": server.running().make(database),
        "INDEX__ENGINE": "elastic",
        "INDEX__URL": elasticsearch().url,
        "INDEX__ALIAS": alias(home),
        "INDEX__USER": USER,
        "INDEX__PASSWORD": PASSWORD,
    }


@contextmanager
def started(home: Path, *words: str) -> Iterator[subprocess.Popen[str]]:
    """What it says is in a file of the home, for whoever looks why a test failed."""
    with (home / f"{words[0]}.log").open("a", encoding="utf-8") as said:
        process = subprocess.Popen(
            [sys.executable, "-m", "diembao.app.cli", *words],
            env=os.environ | {"DIEMBAO_HOME": str(home)},
            stdout=said,
            stderr=said,
            text=True,
        )
        try:
            yield process
        finally:
            process.kill()
            process.wait()


def until(holds: Callable[[], bool]) -> None:
    pause, end = threading.Event(), time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < end
        pause.wait(0.1)


def asked(port: int, path: str, key: str) -> Any:
    address = f"http://127.0.0.1:{port}{path}"
    return httpx.get(address, headers={"Authorization": f"Bearer {key}"}, timeout=SOON).raise_for_status().json()


def answers(port: int) -> bool:
    with suppress(OSError):
        socket.create_connection(("127.0.0.1", port), timeout=SOON).close()
        return True
    return False
