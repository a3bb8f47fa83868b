"""Weekly summaries of real headlines, every figure against SQL: ``python -m benchmarks.weeks HOME FILE [--weeks 25]``.

FILE is JSON lines (`.gz` too) with ``url``, ``source``, ``title``, ``summary`` and ``first_seen``. Those that the wide
door lets in are judged by the program's own taggers and put into a record of 34 outlets' names as they are. Prints one
JSON object: articles, weeks, figures, and every figure that SQL counts otherwise.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from benchmarks.bulk import Judged, load
from benchmarks.datasets import lines
from diembao.core.article import Article, DateFrom, Kind, Label, TextFrom, article_id
from diembao.pipeline.wiring import Installation, open_installation
from diembao.reports import period
from diembao.reports.weekly import weekly
from tests.dashboard import seed
from tests.reports.truth import Truth


def judged(house: Installation, path: Path) -> Iterator[Judged]:
    known: set[str] = set()
    for one in lines(path):
        its = _article(one)
        if its.id in known or not house.prefilter.may_be_about(its.title, its.lead):
            continue
        known.add(its.id)
        found: list[Label] = []
        for tagger in house.taggers:
            found += tagger.judge(its, found)
        story = [Label(its.id, Kind.STORY, its.id), Label(its.id, Kind.ROLE, "original")]
        yield its, [replace(each, article_id=its.id) for each in (*found, *story)]


def _article(one: dict[str, Any]) -> Article:
    seen = datetime.fromisoformat(one["first_seen"])
    when = seen if seen.tzinfo else seen.replace(tzinfo=UTC)
    told = one["title"], one.get("summary") or "", ""
    outlet = one.get("source") or "khong-ro"
    return Article(article_id(one["url"]), one["url"], outlet, *told, TextFrom.FEED, "vi", when, DateFrom.FEED, when)


def compared(house: Installation, weeks: int) -> dict[str, Any]:
    ids: Sequence[str] = list(house.store.article_ids())
    last = max(item.article.when for item in house.store.rows(ids))
    latest = period.latest(last + timedelta(days=7), zone=house.profile.timezone, ends=house.profile.week_ends)
    truth, wrong, figures, articles = Truth(house), list[str](), 0, list[int]()
    for n in range(1, weeks + 1):
        found = weekly(house, latest.before(n), province=house.profile.id, now=last + timedelta(days=8))
        figures += len(found.figures)
        articles.append(found.overview.articles.count)
        wrong += truth.wrong(found.figures, house.profile.timezone)
    return {"stored": len(ids), "weeks": weeks, "articles": articles, "figures": figures, "wrong": wrong}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("home", type=Path)
    parser.add_argument("file", type=Path)
    parser.add_argument("--weeks", type=int, default=25)
    asked = parser.parse_args()
    asked.home.mkdir(parents=True, exist_ok=True)
    with open_installation(seed.home_at(asked.home)) as house:
        if not house.store.size():
            load(house, judged(house, asked.file))
        sys.stdout.write(json.dumps(compared(house, asked.weeks)) + "\n")


if __name__ == "__main__":
    main()
