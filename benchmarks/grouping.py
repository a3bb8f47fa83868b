"""How much memory and time stories take when articles keep coming: ``python -m benchmarks.grouping [--articles N]``.

A stream of generated articles about one province (events of one to six articles: copies that were cut and retitled,
follow-ups, twins in other languages) is grouped as the step does it: in batches, each with the coverage of the
grouper's window before it and the whole of every story met. Without a store: what is measured is the grouper alone.
Prints one JSON object; times are processor seconds.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import random
import resource
import sys
import time
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from classifier.stories import StoryGrouper
from diembao.core.article import Article, DateFrom, TextFrom
from diembao.plan.reader import profile

BATCH: Final = 100
A_DAY: Final = 200
STEPS: Final = 10
START: Final = dt.datetime(2025, 1, 1, tzinfo=dt.UTC)
_PLACES: Final = ("Quy Nhơn", "Pleiku", "An Khê", "Đề Gi", "Hoài Nhơn", "Tuy Phước", "Chư Sê", "Nhơn Hội", "Phù Cát")
_ACTS: Final = ("khởi công", "kiểm tra", "xử phạt", "khánh thành", "cứu hộ", "sơ tán", "trao tặng", "khai mạc")
_FOREIGN: Final = {
    "en": "{place}: {n} tonnes, firm {name} says, on November {day}. The province of Gia Lai confirmed {m} cases.",
    "zh-Hans": "{name}公司11月{day}日在{place}宣布：{n}吨，嘉莱省确认{m}起。",
    "fr": "{place} : {n} tonnes, selon {name}, le {day} novembre. La province de Gia Lai confirme {m} cas.",
}


def stream(articles: int, seed: int = 0) -> Iterator[Article]:
    """In the order of time, as many a day as `A_DAY`."""
    rng = random.Random(seed)
    number = 0
    while number < articles:
        event = _event(rng)
        for kind in rng.choices(("first", "copy", "follow-up", "twin"), (2, 2, 2, 1), k=rng.randint(1, 6)):
            yield _article(number, event, kind, rng)
            number += 1
            if number == articles:
                return


def _event(rng: random.Random) -> dict[str, Any]:
    name = _word(rng).capitalize()
    facts = {"place": rng.choice(_PLACES), "act": rng.choice(_ACTS), "name": name, "day": rng.randint(1, 30)}
    facts |= {"n": rng.randint(1_001, 99_999), "m": rng.randint(32, 999)}
    lines = [
        "Ngày {day}/11, đơn vị {name} {act} tại {place}, Gia Lai, quy mô {n} tấn.",
        "Đại diện {name} cho biết đã làm việc với {m} hộ dân ở {place} về phương án.",
        *(" ".join(_word(rng) for _ in range(18)).capitalize() + " {name} {place}." for _ in range(6)),
    ]
    return facts | {"lines": [line.format(**facts) for line in lines]}


def _word(rng: random.Random) -> str:
    return "".join(rng.choices("abcdeghiklmnopqrstuvxy", k=6))


def _article(number: int, event: dict[str, Any], kind: str, rng: random.Random) -> Article:
    at = START + dt.timedelta(days=number / A_DAY)
    language, lines = "vi", event["lines"]
    title = f"{event['name']} {event['act']} ở {event['place']}"
    if kind == "copy":
        title, lines = f"{event['place']}: {event['name']} {event['act']}", lines[:1] + lines[4:]
    if kind == "follow-up":
        title, lines = f"Sau vụ {event['name']} ở {event['place']}", [lines[1], _event(rng)["lines"][3]]
    if kind == "twin":
        language = rng.choice(list(_FOREIGN))
        title, lines = f"{event['place']} {event['name']}", [_FOREIGN[language].format(**event)]
    return Article(
        id=f"{number:08}",
        url=f"https://bao.invalid/{number}",
        outlet=f"bao-{rng.randrange(60)}",
        title=title,
        lead=lines[0],
        text="\n".join(lines),
        text_from=TextFrom.PAGE,
        language=language,
        published_at=at,
        published_from=DateFrom.FEED,
        seen_at=at,
    )


class Window:
    """What a step has at hand: the articles of the last days, and the stories they are in."""

    def __init__(self, grouper: StoryGrouper) -> None:
        self._grouper = grouper
        self._articles: list[Article] = []
        self._story: dict[str, str] = {}
        self.stories = 0
        self.largest = 0

    def add(self, batch: Sequence[Article]) -> None:
        first = batch[0].when - dt.timedelta(days=self._grouper.window_days)
        met = bisect_left(self._articles, first, key=lambda article: article.when)
        near = {self._story[article.id] for article in self._articles[met:]}
        whole = [article for article in self._articles[:met] if self._story[article.id] in near]
        self._articles = [*whole, *self._articles[met:], *batch]
        known = set(self._story)
        self._story = {placed.article_id: placed.story for placed in self._grouper.group(self._articles)}
        self.stories += sum(story == name for name, story in self._story.items() if name not in known)
        self.largest = max(self.largest, len(self._articles))


def measured(articles: int) -> dict[str, Any]:
    grouper = StoryGrouper([profile("gia-lai")])
    window, batch, steps = Window(grouper), [], []
    each = max(1, articles // STEPS)
    begun, last = time.process_time(), 0
    for number, article in enumerate(stream(articles), 1):
        batch.append(article)
        if len(batch) == BATCH or number == articles:
            window.add(batch)
            batch = []
        if number % each == 0:
            now = time.process_time()
            steps.append(
                {"articles": number, "mb": _memory(), "ms_each": round((now - begun) * 1000 / (number - last), 2)}
            )
            sys.stderr.write(f"{json.dumps(steps[-1])}\n")
            begun, last = now, number
    return {"articles": articles, "stories": window.stories, "at_once": window.largest, "steps": steps}


def _memory() -> float:
    """Resident now, in MB; the peak where the system does not tell."""
    try:
        with Path("/proc/self/statm").open(encoding="ascii") as file:
            return round(int(file.read().split()[1]) * resource.getpagesize() / 1e6, 1)
    except OSError:
        return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3, 1)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=100_000)
    sys.stdout.write(json.dumps(measured(parser.parse_args().articles), indent=1) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
