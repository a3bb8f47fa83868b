"""One run in a process of its own: ``python -m tests.crawlers.collect ORDER.json`` (see `collecting`)."""

from __future__ import annotations

import json
import sys
from datetime import datetime
from pathlib import Path

from crawlers.spider import crawl
from diembao.core.article import Outlet
from diembao.core.settings import CrawlSettings
from diembao.store.record import SqlStore


class Wide:
    """Lets through what names the city."""

    def may_be_about(self, title: str, summary: str) -> bool:
        return "Quy Nhơn" in f"{title} {summary}"


def main(order: Path) -> None:
    asked = json.loads(order.read_text(encoding="utf-8"))
    outlets = [
        Outlet(**{**each, "feeds": tuple(each["feeds"]), "date_formats": tuple(each["date_formats"])})
        for each in asked["outlets"]
    ]
    now = datetime.fromisoformat(asked["now"])
    store = SqlStore(asked["store"])
    settings = CrawlSettings(**asked["settings"])
    run = store.begin_run(now)
    crawl(settings, outlets, store, Wide(), run, lambda: now, only_due=asked["only_due"], about=asked["about"])
    counts = store.end_run(run, now)
    store.close()
    sys.stdout.write(json.dumps({"run": run, **counts.as_json()}))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
