"""`eval feeds`: how many of these files are read as feeds, and what is found in them?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from crawlers import feeds
from diembao.app.evaluation.files import apart, content, reason
from diembao.app.evaluation.outlets import Outlets
from diembao.app.evaluation.records import Step
from diembao.core.article import Outlet
from diembao.core.errors import SetAside, WrongUse
from diembao.core.settings_crawl import CrawlSettings

_ENDINGS = frozenset(("", ".xml", ".rss", ".atom", ".rdf", ".json"))
_NOT_FEEDS = ("license", "notice", "readme")  # lie beside the sets
_ANY_AGE = timedelta(days=100_000)  # sets are old: nothing of them is to be refused for its age


def load(folder: Path) -> list[Path]:
    """Files that may be feeds, at any depth: named as feeds are, or without an ending.

    Raises:
        WrongUse: no such folder, or none in it.
    """
    if not folder.is_dir():
        msg = f"{folder} is no folder"
        raise WrongUse(msg)
    found = sorted(path for path in folder.rglob("*") if path.is_file() and _may_be(path))
    if not found:
        msg = f"{folder}: no file in it is named as feeds are ({', '.join(sorted(filter(None, _ENDINGS)))})"
        raise WrongUse(msg)
    return found


def _may_be(path: Path) -> bool:
    name = path.name.lower().removesuffix(".gz")
    return Path(name).suffix in _ENDINGS and not name.startswith((".", *_NOT_FEEDS))


def measure(files: Sequence[Path], now: datetime, step: Step) -> dict[str, Any]:
    """``items`` are all a file holds; those that no rule lets in are under ``refused`` by reason."""
    outlet, limits = Outlets().stranger(), CrawlSettings()
    counted: Counter[str] = Counter()
    failures: Counter[str] = Counter()
    refused: Counter[str] = Counter()
    for path in files:
        try:
            found = _read(path, outlet, now, limits)
        except SetAside as error:
            failures[reason(error)] += 1
        else:
            counted.update(
                parsed=1,
                without_items=not (found.entries or found.refused),
                broken_off=not found.whole,
                items=len(found.entries) + len(found.refused),
                items_with_date=sum(entry.published_at is not None for entry in found.entries),
            )
            refused.update(one.reason for one in found.refused)
        step(1)
    names = ("parsed", "without_items", "broken_off", "items", "items_with_date")
    return {
        "files": len(files),
        **{name: int(counted[name]) for name in names},
        "refused": dict(refused),
        "failures": dict(failures),
    }


def _read(path: Path, outlet: Outlet, now: datetime, limits: CrawlSettings) -> feeds.Feed:
    data = content(path, limits.max_feed_bytes)
    asked = feeds.Limits(limits.max_entries, _ANY_AGE)
    with apart(path.name):
        return feeds.parse(data, f"https://set.invalid/{path.stem}", outlet, now, asked)
