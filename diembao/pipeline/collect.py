"""One collection run, in a process of its own: Scrapy's reactor can be started only once in one.

``python -m diembao.pipeline.collect HOME RUN PLAN`` is started by `pipeline.worker`; PLAN is JSON of `rounds.Plan`.
"""

from __future__ import annotations

import json
import random
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from diembao.core.errors import DiembaoError, Misconfigured, RecordDamaged
from diembao.core.logs import load_and_log, to_standard_error
from diembao.core.shortage import is_shortage
from diembao.pipeline.children import follow_parent
from diembao.pipeline.wiring import open_installation

# Exit codes, as everywhere: 3 misconfigured, 1 anything else.
FAILED, MISCONFIGURED = 1, 3


def collect(home: Path, run: int, plan: dict[str, Any]) -> None:
    from crawlers.rounds import Plan
    from crawlers.spider import crawl

    with open_installation(load_and_log(home)) as house:
        crawl(
            house.settings.crawl,
            house.crawled,
            house.store,
            house.prefilter,
            run,
            lambda: datetime.now(UTC),
            plan=Plan.of(plan),
            chance=random.random,
            about=house.settings.watched,
        )


def main() -> int:
    to_standard_error()
    follow_parent()
    try:
        collect(Path(sys.argv[1]), int(sys.argv[2]), json.loads(sys.argv[3]))
    except (DiembaoError, OSError, ImportError) as error:
        if not isinstance(error, DiembaoError) and not is_shortage(error):
            raise
        sys.stderr.write(f"{error}\n")
        return MISCONFIGURED if isinstance(error, Misconfigured | RecordDamaged) else FAILED
    return 0


if __name__ == "__main__":
    sys.exit(main())
