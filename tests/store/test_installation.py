"""The whole program with its record on a server: only the address of the record differs."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from demo import newsroom
from diembao.core.ledger import Outcome
from tests.parts import needs
from tests.store.server import OFFICE, Server
from tests.test_whole_path import free_block

pytestmark = needs("postgresql")

OUTLETS = ("kinh-te-mo", "tac-dat", "sainam-sekong")
ENOUGH = 180  # seconds after which a command counts as hanging


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    """A newsroom whose clock stands still."""
    start = datetime.now(UTC).replace(microsecond=0) - timedelta(hours=1)
    first = free_block(newsroom.ports_needed())
    room = newsroom.serve(first, seed=1, start=start, clock=lambda: start + timedelta(minutes=30))
    yield first
    room.close()


def diembao(home: Path, url: str, *words: str) -> subprocess.CompletedProcess[str]:
    named = {"DIEMBAO_HOME": str(home), "DIEMBAO_STORE__URL": url, "DIEMBAO_CRAWL__OUTLETS": json.dumps(OUTLETS)}
    named["DIEMBAO_CRAWL__CONTACT"] = "office@example.org"
    return subprocess.run(
        [sys.executable, "-m", "diembao.app.cli", *words],
        env=os.environ | named,
        capture_output=True,
        text=True,
        check=False,
        timeout=ENOUGH,
    )


def test_a_run_collects_judges_and_indexes_with_the_record_on_a_server(
    server: Server, port: int, tmp_path: Path
) -> None:
    url = server.make("whole_path")
    assert diembao(tmp_path, url, "demo", "init", "--port", str(port)).returncode == 0
    before = json.loads(diembao(tmp_path, url, "status", "--json").stdout)
    assert (before["articles"], before["log"]) == (0, 0)
    counts = json.loads(diembao(tmp_path, url, "run", "--once", "--json").stdout)
    assert counts["seen"] == sum(counts[outcome] for outcome in Outcome)
    assert counts["stored"] > 10
    status = json.loads(diembao(tmp_path, url, "status", "--json").stdout)
    assert status["articles"] == counts["judged"] == len(server.run("SELECT id FROM articles", "whole_path"))
    assert status["bookmarks"]["alert"] <= status["log"]
    assert "ledger" not in {alarm["kind"] for alarm in status["alarms"]}
    assert not (tmp_path / "diembao.db").exists()


@pytest.mark.parametrize("words", [("status",), ("run", "--once", "--json")])
def test_a_record_that_cannot_be_opened_is_one_line_and_an_exit_code(
    server: Server, tmp_path: Path, words: tuple[str, ...]
) -> None:
    tells = diembao(tmp_path, server.url("not_there", OFFICE, "s3cret"), *words)
    assert (tells.returncode, tells.stdout) == (3, "")
    assert len(tells.stderr.strip().splitlines()) == 1
    assert "cannot be opened" in tells.stderr
    assert "s3cret" not in tells.stderr


def test_a_server_that_is_away_is_one_line_too(server: Server, tmp_path: Path) -> None:
    away = diembao(tmp_path, server.url("postgres", host="/nowhere"), "status")
    assert (away.returncode, len(away.stderr.strip().splitlines())) == (1, 1)
    assert "cannot be reached" in away.stderr
