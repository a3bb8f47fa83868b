"""A weekly summary of many articles: how long to count, tell and draw it, and what it takes of memory.

    python -m benchmarks.reports HOME [--articles 5000] [--before 5000] [--pdf]

HOME is an empty folder, or one that an earlier run has filled. ``--before`` is how many articles each of the eight
weeks before has. Prints one JSON object: seconds by the clock and of the processor, bytes, the largest memory (MB).
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

from benchmarks.bulk import Judged, load
from benchmarks.newsprint import BODY, wording
from diembao.core.accounts import CONSOLE
from diembao.core.article import Article, DateFrom, Kind, Label, TextFrom, article_id
from diembao.paper import pdf
from diembao.pipeline.wiring import Installation, open_installation
from diembao.reports import keeping, weekly
from tests.dashboard import published, seed
from tests.reports.coverage import NOW, THE_WEEK

PROVINCE = "gia-lai"
STANCES = ("positive", "neutral", "neutral", "abstain", "critical")
# One in five outlets is of another country.
WEIGHTS = (20, 20, 20, 20, 4, 4, 4, 4, 4, 4)


def coverage(house: Installation, articles: int, before: int) -> Iterator[Judged]:
    """Every fourth article copies the one before it; a story has about five."""
    chance, words, themes = random.Random(7), wording(None), list(house.profile.themes)
    story = ""
    for week in range(9):
        start = (THE_WEEK.before(week) if week else THE_WEEK).start
        for n in range(before if week else articles):
            outlet, _, _, language = chance.choices(published.OUTLETS, WEIGHTS)[0]
            url = f"https://{outlet}.example/{week}-{n}.html"
            its, copy = article_id(url), n % 4 == 3
            story = story if story and (copy or chance.random() < 0.7) else its
            at = start + timedelta(seconds=chance.randrange(7 * 86_400))
            title, lead = words[n % len(words)]
            text = "\n".join(told for _, told in chance.choices(words, k=BODY))
            seen = at + timedelta(minutes=5)
            made = Article(
                its, url, outlet, f"{title} ({n})", lead, text, TextFrom.PAGE, language, at, DateFrom.FEED, seen
            )
            yield (
                made,
                [
                    Label(its, Kind.LANGUAGE, language),
                    Label(its, Kind.RELEVANCE, "yes", PROVINCE),
                    Label(its, Kind.STANCE, chance.choice(STANCES), PROVINCE),
                    *(
                        Label(its, Kind.THEME, each, PROVINCE)
                        for each in chance.sample(themes, chance.choice((1, 1, 2)))
                    ),
                    Label(its, Kind.STORY, story),
                    Label(its, Kind.ROLE, "copy" if copy else "original"),
                ],
            )


@contextmanager
def timed(told: dict[str, Any], name: str) -> Iterator[None]:
    began, worked = time.perf_counter(), _worked()
    yield
    clock, cpu = time.perf_counter() - began, _worked() - worked
    told[name] = {"clock": round(clock, 2), "cpu": round(cpu, 2)}


def _worked() -> float:
    """Seconds of this process and of those that it started and that have ended."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def measured(house: Installation, *, printed: bool) -> dict[str, Any]:
    told: dict[str, Any] = {}
    with timed(told, "whole"):
        with timed(told, "count"):
            found = weekly.weekly(house, THE_WEEK, province=PROVINCE, now=NOW)
        with timed(told, "keep"):
            kept = keeping.kept(house, found, keeping.Making(THE_WEEK, PROVINCE, CONSOLE), NOW)
        with timed(told, "docx"):
            document = keeping.document(house, kept)
    told |= {"articles": len(found.items), "figures": len(found.figures), "docx_bytes": len(document)}
    told["megabytes"] = round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
    if printed:
        with timed(told, "pdf"):
            made = pdf.convert(document)
        told |= {"pages": pdf.pages(made), "pdf_bytes": len(made)}
        told["megabytes_of_libreoffice"] = round(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024)
    return told


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("home", type=Path)
    parser.add_argument("--articles", type=int, default=5_000)
    parser.add_argument("--before", type=int, default=5_000)
    parser.add_argument("--pdf", action="store_true")
    asked = parser.parse_args()
    asked.home.mkdir(parents=True, exist_ok=True)
    with open_installation(seed.home_at(asked.home)) as house:
        if not house.store.size():
            load(house, coverage(house, asked.articles, asked.before))
        told = measured(house, printed=asked.pdf)
    sys.stdout.write(json.dumps(told) + "\n")


if __name__ == "__main__":
    main()
