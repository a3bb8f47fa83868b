"""What it costs to hold new coverage against what was answered: `python -m benchmarks.memory FILE`.

FILE has whole articles, one JSON object a line (.gz too): `title`, `body`, perhaps `lead`. Sentences of the middle of
each article serve as claims; an article is never held against its own. Prints one JSON object: processor seconds, and
how many matches there were.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from classifier.places import Gazetteer
from classifier.repeats import Repeats
from diembao.core.article import Article, DateFrom, TextFrom
from diembao.core.memory import Answered
from diembao.core.text import sentences
from diembao.plan.reader import profile

AT: Final = datetime(2026, 11, 1, tzinfo=UTC)
ANSWER: Final = "Cơ quan chức năng đã kiểm tra và cung cấp thông tin chính thức."
CLAIM: Final = range(60, 260)  # characters


def articles(path: Path) -> Iterator[Article]:
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rt", encoding="utf-8") as file:
        for number, line in enumerate(file):
            given = json.loads(line)
            yield Article(
                id=f"{number:016x}",
                url=f"https://set.invalid/{number}",
                outlet="set",
                title=given["title"],
                lead=given.get("lead") or "",
                text=given["body"],
                text_from=TextFrom.PAGE,
                language="vi",
                published_at=AT,
                published_from=DateFrom.FEED,
                seen_at=AT,
            )


def claims(of: list[Article], wanted: int) -> list[Answered]:
    every = [
        Answered(f"VV-{article.id}", number, told, "vi", AT, 1, AT, ANSWER, article_id=article.id)
        for article in of
        for number, (first, last) in enumerate(sentences(article.text))
        if len(told := article.text[first:last].strip()) in CLAIM
    ]
    return every[:: max(1, len(every) // wanted)][:wanted]


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("file", type=Path)
    asked.add_argument("--claims", type=int, default=500)
    asked.add_argument("--articles", type=int, default=200)
    given = asked.parse_args()
    read = list(articles(given.file))[: given.articles]
    matcher, answered = Repeats([Gazetteer(profile("gia-lai"))]), claims(read, given.claims)
    matcher.repeats(read[0], answered)  # claims are read once
    begun = time.process_time()
    found = sum(len(matcher.repeats(article, answered)) for article in read)
    seconds = time.process_time() - begun
    told = {"articles": len(read), "claims": len(answered), "matches": found, "processor_s": round(seconds, 1)}
    sys.stdout.write(json.dumps(told | {"ms_an_article": round(seconds / len(read) * 1000, 1)}) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
