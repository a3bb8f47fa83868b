"""What a shift has still to look through: a story at a time, those that matter first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from dashboard.views import about
from diembao.core.article import Kind, Labelled, Role
from diembao.core.ports import SortBy
from diembao.core.query import Query, Range
from diembao.pipeline.wiring import Installation

# Articles of a shift that are looked at to find its stories: a day of a busy province has some hundreds.
MOST: Final = 1_000


@dataclass(frozen=True, slots=True)
class Waiting:
    """A story that nobody has looked through since something new came. ``article`` stands for it: the newest critical
    text, else the newest. ``others`` are more of its articles, the newest first.
    """

    article: str
    others: tuple[str, ...]
    critical: bool
    texts: int
    newest: datetime


def waiting(house: Installation, start: datetime) -> tuple[Waiting, ...]:
    """Of the coverage of the province seen from ``start`` on. What only repeats a text brings no story back."""
    hits = house.index.search(_since(start), sort=SortBy.NEWEST, limit=MOST).hits
    items = house.store.rows([hit.id for hit in hits])
    looked = house.store.looked([item.article.id for item in items])
    groups: dict[str, list[Labelled]] = {}
    for item in items:
        groups.setdefault(item.key(Kind.STORY) or item.article.id, []).append(item)
    found = (_waiting(group, house.profile.id) for group in groups.values())
    left = (each for each in found if not _is_looked(each, looked))
    return tuple(sorted(left, key=lambda each: (not each.critical, -each.texts, -each.newest.timestamp())))


def coverage(house: Installation, start: datetime) -> int:
    """Articles of the province seen from ``start`` on, of which `MOST` are looked at."""
    return house.index.search(_since(start), limit=0).total


def _since(start: datetime) -> Query:
    return about(Range("seen", start, None))


def _is_looked(each: Waiting, looked: Mapping[str, datetime]) -> bool:
    times = [looked[article] for article in (each.article, *each.others) if article in looked]
    return bool(times) and max(times) >= each.newest


def _waiting(group: Sequence[Labelled], province: str) -> Waiting:
    texts = [item for item in group if item.key(Kind.ROLE) != Role.COPY.value] or list(group)
    critical = [item for item in texts if item.key(Kind.STANCE, province) == "critical"]
    first = (critical or texts)[0]
    return Waiting(
        article=first.article.id,
        others=tuple(item.article.id for item in group if item is not first),
        critical=any(item.key(Kind.STANCE, province) == "critical" for item in group),
        texts=len(texts),
        newest=_newest(texts),
    )


def _newest(items: Iterable[Labelled]) -> datetime:
    return max(item.article.seen_at for item in items)
