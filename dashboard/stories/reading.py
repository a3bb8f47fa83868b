"""What *Tin chính* reads: pure functions of an installation, like those of `views`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from dashboard.views import Row, outlet_name
from diembao.core.article import Kind, Labelled, Role
from diembao.core.counts import by_value
from diembao.core.headlines import Headline, headlines
from diembao.core.query import Bool, Query, Terms
from diembao.core.ties import Tie
from diembao.pipeline.wiring import Installation

# Stories of a period that are put in order; articles of one story that are drawn.
SORTED, SHOWN = 5_000, 300


class Order(StrEnum):
    WEIGHT = "weight"  # critical ones, then by distinct texts, then the newest
    SIZE = "size"
    NEWEST = "newest"


@dataclass(frozen=True, slots=True)
class Counted:
    """A story among the articles that were asked for; ``last`` is the hour or day in which its newest came."""

    story: str
    articles: int
    texts: int
    critical: int
    last: datetime


@dataclass(frozen=True, slots=True)
class Line:
    """A story of the list. ``counted`` is of the period, ``articles`` and ``texts`` of all time."""

    counted: Counted
    headline: Headline
    first: Labelled
    last: Labelled
    articles: int
    texts: int
    outlets: int
    languages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """Which part of the list, in which order; ``interval`` is how finely the newest are told apart."""

    interval: str
    order: Order
    several: bool
    offset: int
    limit: int


@dataclass(frozen=True, slots=True)
class Page:
    """``cut``: there are more stories than are put in order; these are the ones with the most articles."""

    total: int
    lines: tuple[Line, ...]
    cut: bool = False


@dataclass(frozen=True, slots=True)
class Whole:
    """One story; ``rows`` are its earliest `SHOWN` articles, the earliest first; ``articles`` and ``texts`` all."""

    story: str
    headline: Headline
    rows: tuple[Row, ...]
    articles: int
    texts: int
    ties: tuple[Tie, ...]
    about: str

    @property
    def critical(self) -> int:
        return sum(row.item.key(Kind.STANCE, self.about) == "critical" for row in self.rows)

    def of(self, role: Role) -> tuple[Row, ...]:
        """An article that nobody gave a role is an original."""
        return tuple(row for row in self.rows if (row.item.key(Kind.ROLE) or Role.ORIGINAL) == role)

    @property
    def languages(self) -> Mapping[str, int]:
        """Articles by language, the most first."""
        found: dict[str, int] = {}
        for row in self.rows:
            language = row.item.key(Kind.LANGUAGE) or row.item.article.language
            found[language] = found.get(language, 0) + 1
        return dict(sorted(found.items(), key=lambda one: (-one[1], one[0])))


def counted(house: Installation, query: Query, interval: str) -> tuple[Counted, ...]:
    """The stories among these articles; of more than `SORTED` those with the most articles."""
    stories = {"story": {"terms": {"field": "story", "size": SORTED}}}
    # The stories of each hour, not the hours of each story; and what few have apart: half of the time, and the same.
    hours = {"field": "published", "fixed_interval": interval, "min_doc_count": 1}
    asked = {"when": {"date_histogram": hours, "aggs": stories}}
    articles, last = Counter[str](), dict[str, float]()
    for each in house.index.aggregate(query, asked)["when"]["buckets"]:  # in the order of time
        here = by_value(each["story"])
        articles.update(here)
        last |= dict.fromkeys(here, float(each["key"]))
    copies, critical = (
        by_value(house.index.aggregate(Bool(must=(query, narrowed)), stories)["story"])
        for narrowed in (Terms("role", (Role.COPY.value,)), Terms("stance", ("critical",)))
    )
    return tuple(
        Counted(story, n, n - copies.get(story, 0), critical.get(story, 0), datetime.fromtimestamp(at / 1000, UTC))
        for at, n, story in sorted(((last[story], n, story) for story, n in articles.items()), key=_largest)[:SORTED]
    )


def _largest(each: tuple[float, int, str]) -> tuple[int, float, str]:
    at, n, story = each
    return -n, -at, story


def page(house: Installation, query: Query, asked: Asked) -> Page:
    every = counted(house, query, asked.interval)
    wanted = (each for each in every if each.texts > 1 or not asked.several)
    found = sorted(wanted, key=lambda each: _place(each, asked.order))
    shown = found[asked.offset : asked.offset + asked.limit]
    return Page(len(found), _lines(house, query, shown), cut=len(every) >= SORTED)


def _place(each: Counted, order: Order) -> tuple[Any, ...]:
    newest = -each.last.timestamp()
    if order is Order.NEWEST:
        return newest, -each.texts, each.story
    calm = order is Order.WEIGHT and not each.critical
    return calm, -each.texts, -each.articles, newest, each.story


def _lines(house: Installation, query: Query, shown: Sequence[Counted]) -> tuple[Line, ...]:
    stories = [each.story for each in shown]
    if not stories:
        return ()
    members = house.store.story_members(stories)
    ends = {end for ids in members.values() if ids for end in (ids[0], ids[-1])}
    items = {item.article.id: item for item in house.store.rows(sorted(ends))}
    heads, sizes, among = (
        headlines(house.store, stories),
        house.store.story_sizes(stories),
        _among(house, query, stories),
    )
    return tuple(
        Line(
            each,
            heads[each.story],
            items[members[each.story][0]],
            items[members[each.story][-1]],
            *sizes[each.story],
            *among.get(each.story, (0, ())),
        )
        for each in shown
        # A story that was made anew since the index knew of it is there again in a moment, under its new number.
        if members[each.story] and each.story in heads
    )


def _among(house: Installation, query: Query, stories: Sequence[str]) -> Mapping[str, tuple[int, tuple[str, ...]]]:
    """Of each: how many outlets, and the languages, the most articles first."""
    aggs = {"outlet": {"cardinality": {"field": "outlet"}}, "language": {"terms": {"field": "language"}}}
    asked = {"story": {"terms": {"field": "story", "size": len(stories)}, "aggs": aggs}}
    narrowed = Bool(must=(query, Terms("story", tuple(stories))))
    buckets = house.index.aggregate(narrowed, asked)["story"]["buckets"]
    return {
        str(bucket["key"]): (int(bucket["outlet"]["value"]), tuple(by_value(bucket["language"]))) for bucket in buckets
    }


def whole(house: Installation, asked: str) -> Whole | None:
    """The story of this number, or the one that this article belongs to now: they are made anew as coverage comes."""
    members = house.store.story_members([asked])[asked]
    story = asked
    if not members:
        item = house.store.article(asked)
        story = (item.key(Kind.STORY) or "") if item else ""
        members = house.store.story_members([story])[story] if story else ()
    told = headlines(house.store, [story]).get(story) if members else None
    if told is None:
        return None
    items = house.store.rows(members[:SHOWN])
    rows = tuple(Row(item, outlet_name(house, item.article.outlet)) for item in items)
    ties = tuple(house.store.ties(members[:SHOWN]))
    return Whole(story, told, rows, *house.store.story_sizes([story])[story], ties, house.profile.id)
