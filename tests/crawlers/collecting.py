"""Runs of a crawl as tests order them, and what the books say afterwards."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine, text

from diembao.core.article import Article, Outlet
from diembao.store.record import SqlStore

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
PATIENCE = 240  # seconds for one run before the test gives up


@dataclass(slots=True)
class Collecting:
    """One home with its store; `run` as often as wanted."""

    home: Path
    outlets: Sequence[Outlet]
    settings: dict[str, Any] = field(default_factory=dict)
    about: str = ""
    names: Sequence[str] = ()  # the system knows these as 127.0.0.1, once: asked again, it says something else
    took: float = 0.0

    @property
    def url(self) -> str:
        return f"sqlite:///{self.home / 'diembao.db'}"

    def start(self, now: datetime = NOW, **plan: Any) -> subprocess.Popen[str]:
        order = self.home / "order.json"
        order.write_text(
            json.dumps(
                {
                    "store": self.url,
                    "now": now.isoformat(),
                    "plan": plan,
                    "about": self.about,
                    "names": list(self.names),
                    "outlets": [asdict(outlet) for outlet in self.outlets],
                    "settings": {"contact": "tests@example.org", "delay": 0, "timeout": 2, **self.settings},
                }
            ),
            encoding="utf-8",
        )
        command = [sys.executable, "-W", "error", "-m", "tests.crawlers.collect", str(order)]
        return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)

    def run(self, now: datetime = NOW, **plan: Any) -> dict[str, int]:
        began = time.monotonic()
        counts = self.end(self.start(now, **plan))
        self.took = time.monotonic() - began
        return counts

    def end(self, process: subprocess.Popen[str]) -> dict[str, int]:
        """Its counts, which must balance; nothing may have been said on standard error."""
        out, err = process.communicate(timeout=PATIENCE)
        assert process.returncode == 0, err
        assert err == ""
        counts: dict[str, int] = json.loads(out)
        assert counts["seen"] == sum(n for name, n in counts.items() if name not in ("run", "seen"))
        return counts

    def sightings(self, run: int) -> dict[str, list[str]]:
        """What became of each address, in the order in which it did: "stored", "refused:size" …"""
        query = text(
            "SELECT COALESCE(q.url, e.url, s.entry) AS url, s.outcome, s.reason FROM sightings s"
            " LEFT JOIN entries e ON e.id = s.entry LEFT JOIN quarantine q ON q.entry = s.entry"
            " WHERE s.run = :run ORDER BY s.id"
        )
        engine = create_engine(self.url)
        found: dict[str, list[str]] = {}
        with engine.connect() as connection:
            for url, outcome, reason in connection.execute(query, {"run": run}):
                found.setdefault(url, []).append(f"{outcome}:{reason}" if reason else outcome)
        engine.dispose()
        return found

    def articles(self) -> dict[str, Article]:
        """By address."""
        store = SqlStore(self.url)
        found = {item.article.url: item.article for item in store.articles(list(store.article_ids()))}
        store.close()
        return found

    def response(self, digest: str) -> bytes | None:
        store = SqlStore(self.url)
        found = store.response(digest)
        store.close()
        return found


def outlet(name: str, *feeds: str, **more: Any) -> Outlet:
    return Outlet(
        **{"id": name, "name": name, "country": "VN", "language": "vi", "home": feeds[0], "feeds": feeds, **more}
    )
