"""Looking outside of the catalogue: when, how much, and what came of it. What is found is proposed to a person, or is
an article of an outlet that we have; nothing is ever added.

The loop looks every `discovery.interval`, in a process of its own (``python -m diembao.pipeline.discovering HOME BY``:
Scrapy's reactor starts once in one), and asks no more than `discovery.daily_questions` in a day (UTC). Questions take
turns: where a day is not enough for all of them, the next look begins behind the last that was asked.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from diembao.core.errors import DiembaoError
from diembao.core.logs import load_and_log, to_standard_error
from diembao.pipeline.children import follow_parent
from diembao.pipeline.sourcing import errand_of, names
from diembao.pipeline.wiring import Installation, open_installation

if TYPE_CHECKING:
    from crawlers.discovery import Discovered
    from crawlers.fetch import Fetcher
    from crawlers.finders import Question

FACT: Final = "discovery"


@dataclass(frozen=True, slots=True)
class Look:
    """The latest one: when it began and who began it; how many questions have been asked on its day, and the number of
    the one that is next; what came of it, as counts (None: it is going on, or was cut off).
    """

    at: datetime
    by: str
    asked: int = 0
    following: int = 0
    came: Mapping[str, Any] | None = None


def last_look(house: Installation) -> Look | None:
    kept = house.store.fact(FACT)
    if not kept:
        return None
    told = json.loads(kept)
    return Look(**{**told, "at": datetime.fromisoformat(told["at"])})


def next_look(house: Installation, now: datetime) -> datetime | None:
    """When the loop looks again, which may be past; None: never by itself."""
    chosen = house.settings.discovery
    if not chosen.interval or not (chosen.gdelt or chosen.google or chosen.bing):
        return None
    last = last_look(house)
    if last is None:
        return now
    following = last.at + timedelta(seconds=chosen.interval)
    spent = last.at.date() == now.astimezone(UTC).date() and last.asked >= chosen.daily_questions
    midnight = datetime.combine(last.at.date() + timedelta(days=1), datetime.min.time(), UTC)
    return max(following, midnight) if spent else following


def begin(house: Installation, now: datetime, by: str) -> Look:
    """Note that one begins: however it ends, the next is not due at once."""
    last = last_look(house)
    same_day = last is not None and last.at.date() == now.astimezone(UTC).date()
    look = Look(now.astimezone(UTC), by, last.asked if last and same_day else 0, last.following if last else 0)
    _keep(house, look)
    return look


def look(house: Installation, now: Callable[[], datetime], by: str, *, bounded: bool = False) -> dict[str, Any]:
    """Ask the finders, all of them or (``bounded``) as many as the day allows; what came of it, as counts.

    Raises:
        Retry, Misconfigured: it could not be done.
    """
    from crawlers.discovery import Search, discover

    this, every = begin(house, now(), by), _questions(house)
    left = max(0, house.settings.discovery.daily_questions - this.asked) if bounded else len(every)
    start = this.following % len(every) if every else 0
    asked = [*every[start:], *every[:start]][:left]
    found: list[Discovered] = []

    async def search(fetcher: Fetcher) -> None:
        found.append(await discover(Search(house.settings.crawl, house.crawled, house.store, now), fetcher, asked))

    errand_of(house, now, search)
    came = asdict(found[0])
    following = (start + len(asked)) % len(every) if every else 0
    _keep(house, replace(this, asked=this.asked + len(asked), following=following, came=came))
    return came


def _questions(house: Installation) -> Sequence[Question]:
    from crawlers.finders import questions

    return list(questions(names(house), house.settings.discovery))


def _keep(house: Installation, look: Look) -> None:
    told = {**asdict(look), "at": look.at.isoformat()}
    house.store.set_fact(FACT, json.dumps(told, ensure_ascii=False))


def main() -> int:
    """A child of the loop's."""
    to_standard_error()
    follow_parent()
    try:
        with open_installation(load_and_log(Path(sys.argv[1]))) as house:
            look(house, lambda: datetime.now(UTC), sys.argv[2], bounded=True)
    except DiembaoError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
