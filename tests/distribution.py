"""Where a distribution of Elasticsearch lies that tests may start.

The folder is ``DIEMBAO_TEST_ES_HOME``, or where `.ci/run` unzips it: ``~/.cache/diembao/elasticsearch-8…``.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path


def elasticsearch_home() -> Path | None:
    """The distribution that tests start; None where there is none, or no Java for it."""
    named = os.environ.get("DIEMBAO_TEST_ES_HOME")
    found = [Path(named)] if named else sorted((Path.home() / ".cache" / "diembao").glob("elasticsearch-8*"))
    homes = [home for home in found if (home / "bin" / "elasticsearch").is_file()]
    return homes[-1] if homes and (java() or (homes[-1] / "jdk").is_dir()) else None


def java() -> Path | None:
    named = os.environ.get("ES_JAVA_HOME") or os.environ.get("JAVA_HOME")
    program = shutil.which("java")
    if named:
        return Path(named)
    return Path(program).resolve().parent.parent if program else None
