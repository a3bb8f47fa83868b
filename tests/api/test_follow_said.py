"""docs/examples/follow.py, called wrongly: a sentence and exit code 1, never a traceback."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

EXAMPLE = Path(__file__).parents[2] / "docs/examples/follow.py"
KEY = "dbk_x"


class Answering(BaseHTTPRequestHandler):
    """The status that the address names: /401/api/v1; with 200, what is no stream of the record."""

    def do_GET(self) -> None:
        self.send_response(int(self.path.split("/")[1]))
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"{}")

    def log_message(self, *_: object) -> None:  # nothing is printed
        pass


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with HTTPServer(("127.0.0.1", 0), Answering) as serving:
        threading.Thread(target=serving.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{serving.server_port}"
        serving.shutdown()


def follow(*words: str, key: str = KEY) -> tuple[int, str, str]:
    done = subprocess.run(
        [sys.executable, str(EXAMPLE), *words],
        capture_output=True,
        text=True,
        check=False,
        env={"DIEMBAO_KEY": key, "PYTHONUTF8": "1"},
    )
    return done.returncode, done.stdout, done.stderr


@pytest.mark.parametrize(
    ("status", "why"),
    [
        (401, "wrong, expired or revoked"),
        (401, "does not end in /api/v1"),
        (403, "coverage.read"),
        (500, "later"),
        (200, "no address"),
    ],
)
def test_what_the_server_says_is_a_sentence(server: str, tmp_path: Path, status: int, why: str) -> None:
    code, told, error = follow(f"{server}/{status}/api/v1", str(tmp_path / "copy.db"))
    assert (code, told, error.count("\n")) == (1, "", 1)
    assert why in error


def test_no_server_no_words_no_key_and_no_copy_are_sentences(server: str, tmp_path: Path) -> None:
    copy = str(tmp_path / "copy.db")
    (tmp_path / "text.db").write_text("no database " * 100)
    for told in (
        follow("http://127.0.0.1:1/api/v1", copy),
        follow(),
        follow(f"{server}/401/api/v1"),
        follow(f"{server}/401/api/v1", copy, key=""),
        follow("diembao.example", copy),
        follow(f"{server}/401/api/v1", copy, key="khóa"),
        follow(f"{server}/200/api/v1", str(tmp_path / "text.db")),
    ):
        assert (told[0], told[1], told[2].count("\n")) == (1, "", 1), told
        assert "Traceback" not in told[2]
