"""One run in a process of its own: ``python -m tests.crawlers.collect ORDER.json`` (see `collecting`)."""

from __future__ import annotations

import json
import socket
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

from crawlers.rounds import Plan
from crawlers.spider import crawl
from diembao.core.article import Outlet
from diembao.core.logs import to_standard_error
from diembao.core.settings_crawl import CrawlSettings
from diembao.store.record import SqlStore


class Wide:
    """Lets through what names the city."""

    def may_be_about(self, title: str, summary: str) -> bool:
        return "Quy Nhơn" in f"{title} {summary}"


class Rebinding:
    """The system's name lookup, where a name server changes its mind after the first answer."""

    def __init__(self, names: list[str]) -> None:
        self.left = dict.fromkeys(names, "127.0.0.1")
        self.system = socket.getaddrinfo

    def __call__(self, host: str | bytes, port: int, *args: Any, **more: Any) -> Any:
        name = host.decode() if isinstance(host, bytes) else host
        if name in self.left:
            address, self.left[name] = self.left[name], "127.0.0.9"
            return self.system(address, port, *args, **more)
        return self.system(host, port, *args, **more)


def outlet_of(fields: dict[str, Any]) -> Outlet:
    tupled: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in fields.items()
    }
    return Outlet(**tupled)


def main(order: Path) -> None:
    to_standard_error()  # what is printed is the counts alone
    asked = json.loads(order.read_text(encoding="utf-8"))
    names: Any = Rebinding(asked["names"])
    socket.getaddrinfo = names
    outlets = [outlet_of(each) for each in asked["outlets"]]
    plan = Plan.of(asked["plan"])
    now = datetime.fromisoformat(asked["now"])
    store = SqlStore(asked["store"])
    settings = CrawlSettings(**asked["settings"])
    run = store.begin_run(now)
    about = [asked["about"]] if asked["about"] else []
    crawl(settings, outlets, store, Wide(), run, lambda: now, plan=plan, about=about)
    counts = store.end_run(run, now)
    store.close()
    sys.stdout.write(json.dumps({"run": run, **counts.as_json()}))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
