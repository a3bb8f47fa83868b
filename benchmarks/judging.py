"""Articles judged for a second of a processor: every label of the product's taggers, from text at hand.

    python -m benchmarks.judging [FILE ...] [--province gia-lai] [--most 2000] [--labels OUT]

Files are JSON lines (``.gz`` too) with ``title``, ``summary`` or ``lead``, perhaps ``body`` or ``text``, and ``date``;
without one the demo newsroom's articles are taken, as headlines and whole. ``--labels`` writes every label, one a line,
so that two versions can be compared. Prints one JSON object.
"""

from __future__ import annotations

import argparse
import gzip
import json
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any, Final

from diembao.core.article import Article, DateFrom, Kind, Label, Labelled, TextFrom
from diembao.core.settings import Settings
from diembao.core.text import clean
from diembao.pipeline.steps import judged_labels
from diembao.pipeline.wiring import Installation

SEEN: Final = datetime(2026, 11, 21, 5, tzinfo=UTC)
ROUNDS: Final = 3  # the fastest counts: on a busy machine the others measure its neighbours


def newsroom() -> dict[str, list[Article]]:
    from demo.copydesk import pieces
    from demo.masthead import BY_ID

    whole = [
        article(n, (p.words.title, p.words.lead, "\n".join(p.words.body)), BY_ID[p.outlet].language)
        for n, p in enumerate(pieces())
    ]
    return {"headlines": [replace(each, text="") for each in whole], "whole": whole}


def read(path: Path, most: int) -> list[Article]:
    held = path.read_bytes()
    lines = (gzip.decompress(held) if path.suffix == ".gz" else held).decode().splitlines()
    found = [json.loads(line) for line in lines[:most] if line.strip()]
    return [article(n, _words(item), item.get("language", "vi"), item.get("date", "")) for n, item in enumerate(found)]


def _words(item: dict[str, Any]) -> tuple[str, str, str]:
    lead, body = (next((str(item[key]) for key in keys if item.get(key)), "") for keys in _PARTS)
    return str(item["title"]), lead, body


_PARTS: Final = (("lead", "summary"), ("body", "text"))


def article(number: int, words: tuple[str, str, str], language: str, date: str = "") -> Article:
    title, lead, text = map(clean, words)
    when = datetime.fromisoformat(date).replace(tzinfo=UTC) if date else SEEN
    name = f"{number:06}"
    return Article(name, "", "", title, lead, text, TextFrom.PAGE, language, when, DateFrom.FEED, SEEN)


def measured(house: Installation, articles: Sequence[Article]) -> tuple[dict[str, Any], list[list[Label]]]:
    took: list[float] = []
    for _ in range(ROUNDS):
        start = time.process_time()
        labels = [judged_labels(Labelled(each), house.taggers) for each in articles]
        took.append(time.process_time() - start)
    told = Counter(label.kind.value for each in labels for label in each)
    about = sum(any(label.kind is Kind.STANCE for label in each) for each in labels)
    figures = {
        "articles": len(articles),
        "characters": round(median(len(each.title) + len(each.lead) + len(each.text) for each in articles)),
        "with_stance": about,
        "labels": dict(told),
        "articles_per_processor_s": round(len(articles) / min(took)),
    }
    return figures, labels


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", type=Path, nargs="*")
    parser.add_argument("--province", default="gia-lai")
    parser.add_argument("--most", type=int, default=2000, help="articles of each file")
    parser.add_argument("--labels", type=Path)
    asked = parser.parse_args()
    sets = {path.name: read(path, asked.most) for path in asked.files} or newsroom()
    figures, written = {}, []
    with TemporaryDirectory() as home, Installation(Settings(home=Path(home), province=asked.province)) as house:
        judged_labels(Labelled(next(iter(sets.values()))[0]), house.taggers)  # opens the heads
        for name, articles in sets.items():
            figures[name], labels = measured(house, articles)
            written += [f"{name}\t{label!r}\n" for each in labels for label in each]
    if asked.labels:
        asked.labels.write_text("".join(written), encoding="utf-8")
    print(json.dumps(figures, ensure_ascii=False, indent=1))


if __name__ == "__main__":
    main()
