"""The server in a process of its own: Streamlit allows one application in each."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

SERVE = """
import sys
from pathlib import Path
from diembao.app.server import serve
from diembao.core.settings import load
serve(load(Path(sys.argv[1])), port=0, ready=lambda port: print(port, flush=True))
"""
# Seconds for it to end after it was asked.
ENDING = 20


@contextmanager
def serving(home: Path) -> Iterator[str]:
    """The address of a server of this home. It has to end when asked, well, and to say nothing of errors."""
    with (
        (home / "server.log").open("w+", encoding="utf-8") as log,
        subprocess.Popen([sys.executable, "-c", SERVE, str(home)], stdout=subprocess.PIPE, stderr=log) as server,
    ):
        try:
            assert server.stdout is not None
            port = server.stdout.readline().decode().strip()
            assert port, (home / "server.log").read_text(encoding="utf-8")
            yield f"http://127.0.0.1:{port}"
            server.terminate()
            assert server.wait(ENDING) == 0
        finally:
            server.kill()
        log.seek(0)
        assert log.read() == ""
