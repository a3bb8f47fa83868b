"""What judging costs with five provinces, against one: the same articles, the product's taggers, processor time.

    python -m benchmarks.provinces [FILE ...] [--most 1000]

Files are those of `benchmarks.judging`; without one the demo newsroom's articles are taken, as headlines and whole.
Rounds of one and of five take turns, and the fastest of each counts. Prints one JSON object.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from benchmarks.judging import newsroom, read
from diembao.core.article import Article, Kind, Labelled
from diembao.core.settings import Settings
from diembao.pipeline.steps import judged_labels
from diembao.pipeline.wiring import Installation

FIVE: Final = ("gia-lai", "bac-ninh", "quang-tri", "dong-nai", "phu-tho")
ROUNDS: Final = 5


def took(house: Installation, articles: Sequence[Article]) -> float:
    start = time.process_time()
    for each in articles:
        judged_labels(Labelled(each), house.taggers)
    return time.process_time() - start


def compared(one: Installation, five: Installation, articles: Sequence[Article]) -> dict[str, Any]:
    rounds = [(took(one, articles), took(five, articles)) for _ in range(ROUNDS)]
    single, several = (min(times) for times in zip(*rounds, strict=True))
    about = [
        {x.about for x in judged_labels(Labelled(each), five.taggers) if x.kind is Kind.STANCE} for each in articles
    ]
    return {
        "articles": len(articles),
        "about_the_one": sum(FIVE[0] in each for each in about),
        "about_any": sum(bool(each) for each in about),
        "judgements": sum(map(len, about)),
        "one_ms": round(1000 * single / len(articles), 3),
        "five_ms": round(1000 * several / len(articles), 3),
        "ratio": round(several / single, 2),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", type=Path, nargs="*")
    parser.add_argument("--most", type=int, default=1000, help="articles of each file")
    asked = parser.parse_args()
    sets = {path.name: read(path, asked.most) for path in asked.files} or newsroom()
    with TemporaryDirectory() as home:
        settings = Settings(home=Path(home), province=FIVE[0])
        with (
            Installation(settings) as one,
            Installation(settings.model_copy(update={"provinces": FIVE})) as five,
        ):
            found = {name: compared(one, five, articles) for name, articles in sets.items()}
    print(json.dumps(found, ensure_ascii=False, indent=1))


if __name__ == "__main__":
    main()
