"""The whole path on real input: feeds, headlines and pages served over loopback as outlets.

    python -m benchmarks.corpora --feeds DIR --headlines FILE --day 2025-11-07 --days 3 --pages DIR

Every set is optional. DIR of ``--feeds`` holds feed files; FILE holds ``{url, title, source, first_seen, summary}``
as JSON lines (.gz too), served as one feed and its pages for each source; DIR of ``--pages`` holds
``ground_truth.jsonl`` and the pages it names. Prints one JSON object: the counts of two runs, seconds, memory.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from email.utils import format_datetime
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import yaml

from benchmarks.loopback import HOST, Answers, Site, rss

HANOI = timezone(timedelta(hours=7))
# Days: the sets are years old, and nothing of them is to be refused for its age.
ANY_AGE = 100_000


def lines(path: Path) -> Iterator[dict[str, Any]]:
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rt", encoding="utf-8") as text:
        yield from map(json.loads, text)


def outlet(number: int, name: str, site: Site, fetch: str, language: str = "vi") -> dict[str, Any]:
    return {
        "id": f"o{number}",
        "name": name,
        "country": "VN",
        "language": language,
        "home": f"{site.address}/",
        "feeds": [f"{site.address}/feed"],
        "fetch": fetch,
    }


def feeds(folder: Path) -> Iterator[tuple[str, str, str, Answers, Site]]:
    for path in sorted(folder.rglob("*.xml")):
        site = Site()
        yield path.stem, "prefilter", "en", {"/feed": ("application/xml", path.read_bytes())}, site


def headlines(path: Path, day: datetime, days: int) -> Iterator[tuple[str, str, str, Answers, Site]]:
    wanted = {f"{day + timedelta(days=n):%Y-%m-%d}" for n in range(days)}
    by_source: dict[str, list[dict[str, Any]]] = {}
    for item in lines(path):
        if item["first_seen"][:10] in wanted:
            by_source.setdefault(item["source"], []).append(item)
    for source, items in by_source.items():
        site = Site()
        answers: dict[str, tuple[str, bytes]] = {}
        entries = []
        for item in items:
            where = urlsplit(item["url"]).path
            seen = datetime.fromisoformat(item["first_seen"]).replace(tzinfo=HANOI)
            answers[where] = ("text/html; charset=utf-8", page(item, seen))
            entries.append((site.address + where, item["title"], item["summary"], format_datetime(seen)))
        answers["/feed"] = ("application/rss+xml", rss(entries))
        yield source, "prefilter", "vi", answers, site


def page(item: dict[str, Any], seen: datetime) -> bytes:
    title, summary = escape(item["title"]), escape(item["summary"])
    return (
        f'<!doctype html><html lang="vi"><head><title>{title}</title>'
        f'<meta property="article:published_time" content="{seen.isoformat()}"></head>'
        f'<body><article><h1>{title}</h1><h2 class="sapo">{summary}</h2><p>{summary}</p></article></body></html>'
    ).encode()


def pages(folder: Path) -> Iterator[tuple[str, str, str, Answers, Site]]:
    site = Site()
    answers: dict[str, tuple[str, bytes]] = {}
    entries = []
    for item in lines(folder / "ground_truth.jsonl"):
        body = (folder / item["html"]).read_bytes()
        answers[f"/{item['id']}"] = ("text/html", gzip.decompress(body) if item["html"].endswith(".gz") else body)
        entries.append((f"{site.address}/{item['id']}", str(item.get("title") or item["id"]), "", ""))
    answers["/feed"] = ("application/rss+xml", rss(entries))
    yield "pages", "all", "en", answers, site


def run(home: Path) -> dict[str, Any]:
    started = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-m", "diembao.app.cli", "run", "--once", "--json"],
        env=os.environ | {"DIEMBAO_HOME": str(home)},
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    counts: dict[str, Any] = json.loads(done.stdout)
    return counts | {"seconds": round(time.perf_counter() - started, 1)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--feeds", type=Path)
    parser.add_argument("--headlines", type=Path)
    parser.add_argument("--day", type=datetime.fromisoformat, default=datetime(2025, 11, 7, tzinfo=HANOI))
    parser.add_argument("--days", type=int, default=1)
    parser.add_argument("--pages", type=Path)
    parser.add_argument("--home", type=Path, help="kept; default: a temporary folder")
    asked = parser.parse_args()
    served = [
        *(feeds(asked.feeds) if asked.feeds else ()),
        *(headlines(asked.headlines, asked.day, asked.days) if asked.headlines else ()),
        *(pages(asked.pages) if asked.pages else ()),
    ]
    with tempfile.TemporaryDirectory() as folder:
        home = asked.home or Path(folder)
        home.mkdir(parents=True, exist_ok=True)
        catalogue = []
        for number, (name, fetch, language, answers, site) in enumerate(served):
            site.serve(answers)
            catalogue.append(outlet(number, name, site, fetch, language))
        inside = ", ".join(f'"{HOST}:{site.port}"' for *_, site in served)
        listed = yaml.safe_dump(catalogue, allow_unicode=True)
        (home / "outlets.yaml").write_text(listed, encoding="utf-8")
        (home / "diembao.toml").write_text(
            'province = "gia-lai"\n[crawl]\ncatalogue = "outlets.yaml"\ndelay = 0\ntimeout = 5\n'
            f"max_age_days = {ANY_AGE}\nallow_private = [{inside}]\n",
            encoding="utf-8",
        )
        first, second = run(home), run(home)
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    print(
        json.dumps({"outlets": len(served), "first": first, "second": second, "largest_process_mb": memory}, indent=1)
    )


if __name__ == "__main__":
    main()
