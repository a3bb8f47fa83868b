"""What the rules say of a file of headlines: ``python -m benchmarks.headlines FILE [--province ID] [--without GOLD]``.

FILE is JSON lines, also gzipped, with ``url``, ``title``, ``summary`` and ``first_seen``; lines whose address stands in
GOLD are left out. Prints one JSON object: how many are yes, part and no, for the province and each area it came from.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchmarks.datasets import lines
from classifier.places import PlaceTagger
from diembao.core.article import Article, DateFrom, Kind, TextFrom
from diembao.plan.reader import profile


def counted(found: Iterable[dict[str, Any]], province: str) -> dict[str, dict[str, int]]:
    tagger = PlaceTagger(profile(province))
    counts: dict[str, Counter[str]] = {}
    for one in found:
        for label in tagger.judge(_article(one), ()):
            if label.kind is Kind.RELEVANCE:
                counts.setdefault(label.about, Counter())[label.key] += 1
    return {about: dict(sorted(each.items())) for about, each in sorted(counts.items())}


def _article(one: dict[str, Any]) -> Article:
    seen = datetime.fromisoformat(one["first_seen"])
    when = seen if seen.tzinfo else seen.replace(tzinfo=UTC)
    return Article(
        id="0" * 16,
        url=one["url"],
        outlet=one.get("source", ""),
        title=one["title"],
        lead=one.get("summary") or "",
        text="",
        text_from=TextFrom.FEED,
        language="vi",
        published_at=when,
        published_from=DateFrom.FEED,
        seen_at=when,
    )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path)
    parser.add_argument("--province", default="gia-lai")
    parser.add_argument("--without", type=Path)
    asked = parser.parse_args()
    left_out = {one["url"] for one in lines(asked.without)} if asked.without else set()
    found = [one for one in lines(asked.file) if one["url"] not in left_out]
    sys.stdout.write(json.dumps({"n": len(found), "said": counted(found, asked.province)}) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
