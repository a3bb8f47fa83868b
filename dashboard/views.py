"""What the screens read: pure functions of an installation. `newsroom.read` keeps their answers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from diembao.core.alert import Alert
from diembao.core.article import Kind, Label, Labelled, Revision, Role
from diembao.core.counts import by_value, counted
from diembao.core.headlines import Headline, headlines
from diembao.core.ports import SortBy
from diembao.core.query import Bool, Query, Range, Terms
from diembao.pipeline import nearby
from diembao.pipeline.wiring import Installation

ABOUT: Final = Terms("relevance", ("yes", "part"))

# Stories shown on the first screen, and how many are looked at to choose them.
FIRST_STORIES, CANDIDATES = 12, 60
# Buckets asked of a facet: more outlets or languages than any catalogue has.
BUCKETS: Final = 1000
CHART_DAYS: Final = 14
# In the order in which a bar is stacked, from the ground up.
STANCES: Final = ("critical", "abstain", "neutral", "positive")
# Other articles of a story shown under one.
MEMBERS: Final = 50


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a list. ``articles`` and ``texts`` count its story: all, and those that are no copies. ``headline``
    tells the story where another title than the article's does.
    """

    item: Labelled
    outlet: str
    articles: int = 1
    texts: int = 1
    headline: Headline | None = None


@dataclass(frozen=True, slots=True)
class Page:
    total: int
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Window:
    """[start, end) of a time field: ``published``, or ``seen`` for "since the last visit"."""

    field: str
    start: datetime
    end: datetime

    def query(self) -> Query:
        return Range(self.field, self.start, self.end)

    def before(self, times: int) -> Window:
        """The ``times`` windows of this length directly before it."""
        return Window(self.field, self.start - times * (self.end - self.start), self.start)


@dataclass(frozen=True, slots=True)
class Numbers:
    """Counts of a window, and the mean of the windows before it."""

    articles: int
    articles_before: float
    critical: int
    critical_before: float
    texts: int
    stories: int


@dataclass(frozen=True, slots=True)
class Day:
    date: str
    stance: str
    articles: int


def about(*more: Query) -> Query:
    """Coverage of the province, narrowed."""
    return Bool(must=(ABOUT, *more))


# -- today ----------------------------------------------------------------------------------------


def numbers(house: Installation, window: Window, times: int) -> Numbers:
    """Counts of the window against the mean of the ``times`` windows before it."""
    found = counted(house.index, about(window.query()), zone=house.profile.timezone, near=window.end)
    before = about(window.before(times).query())
    return Numbers(
        articles=found.articles,
        articles_before=house.index.count(before) / times,
        critical=found.stances.get("critical", 0),
        critical_before=house.index.count(Bool(must=(before, Terms("stance", ("critical",))))) / times,
        texts=found.texts,
        stories=found.stories,
    )


def watched_since(house: Installation) -> datetime | None:
    """When the first article was seen: what was published before that is known in part only."""
    first = next(iter(house.store.article_ids()), None)
    item = house.store.article(first) if first else None
    return item.article.seen_at if item else None


def first_stories(house: Installation, window: Window) -> tuple[Row, ...]:
    """The stories to look at first: critical ones, then by distinct texts, then the newest.

    Each is told by its newest critical article, else by its newest, else by its earliest.
    """
    critical = about(window.query(), Terms("stance", ("critical",)))
    ids = _newest(house, critical, CANDIDATES) + _newest(house, about(window.query()), CANDIDATES)
    largest = house.index.aggregate(about(window.query()), {"story": _terms("story", CANDIDATES)})
    # A story bears the id of its earliest article.
    found = house.store.rows(list(dict.fromkeys((*ids, *by_value(largest["story"])))))
    by_story = {item.key(Kind.STORY) or item.article.id: item for item in reversed(found)}
    rows = with_stories(house, by_story.values())
    return _told(house, sorted(rows, key=lambda row: _urgency(house, row))[:FIRST_STORIES])


def _told(house: Installation, rows: Sequence[Row]) -> tuple[Row, ...]:
    """The same, each with what its story is told by."""
    found = headlines(house.store, [story for row in rows if row.articles > 1 and (story := row.item.key(Kind.STORY))])
    heads = [found.get(row.item.key(Kind.STORY) or "") for row in rows]
    return tuple(
        replace(row, headline=head) if head and head.item.article.id != row.item.article.id else row
        for row, head in zip(rows, heads, strict=True)
    )


def _urgency(house: Installation, row: Row) -> tuple[bool, int, float]:
    calm = row.item.key(Kind.STANCE, house.profile.id) != "critical"
    return calm, -row.texts, -row.item.article.when.timestamp()


def _newest(house: Installation, query: Query, limit: int) -> list[str]:
    return [hit.id for hit in house.index.search(query, sort=SortBy.NEWEST, limit=limit).hits]


def days_by_stance(house: Installation, today: datetime) -> tuple[Day, ...]:
    """Articles about the province on each of the last 14 days (of the province's zone), by stance.

    Every day and stance is there, with 0 where nothing came: a bar that is missing would be a lie.
    """
    zone = ZoneInfo(house.profile.timezone)
    midnight = today.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0)
    start = midnight - timedelta(days=CHART_DAYS - 1)
    query = about(Range("published", start, midnight + timedelta(days=1)))
    found = counted(house.index, query, zone=house.profile.timezone, near=today).days
    dates = [(start + timedelta(days=n)).date().isoformat() for n in range(CHART_DAYS)]
    return tuple(Day(date, stance, found.get((date, stance), 0)) for date in dates for stance in STANCES)


def alerts(house: Installation, since: datetime, limit: int) -> Sequence[Alert]:
    return house.store.alerts_since(since, limit)


# -- lists ----------------------------------------------------------------------------------------


def page(house: Installation, query: Query, sort: SortBy, offset: int, limit: int) -> Page:
    """One page of a list, with the size of each row's story."""
    hits = house.index.search(query, sort=sort, offset=offset, limit=limit)
    items = house.store.rows([hit.id for hit in hits.hits])
    return Page(hits.total, with_stories(house, items))


def facets(house: Installation, queries: Sequence[tuple[str, Query]]) -> Mapping[str, Mapping[str, int]]:
    """How many articles each value of each field has, among the field's own query; the largest first.

    Fields that share a query are asked together.
    """
    together: dict[Query, list[str]] = {}
    for name, query in queries:
        together.setdefault(query, []).append(name)
    found: dict[str, Mapping[str, int]] = {}
    for query, names in together.items():
        answer = house.index.aggregate(query, {name: _terms(name) for name in names})
        found |= {name: by_value(answer[name]) for name in names}
    return found


def count(house: Installation, query: Query) -> int:
    return house.index.count(query)


def with_stories(house: Installation, items: Iterable[Labelled]) -> tuple[Row, ...]:
    items = list(items)
    sizes = story_sizes(house, [story for item in items if (story := item.key(Kind.STORY))])
    return tuple(
        Row(item, outlet_name(house, item.article.outlet), *sizes.get(item.key(Kind.STORY) or "", (1, 1)))
        for item in items
    )


def story_sizes(house: Installation, stories: Sequence[str]) -> Mapping[str, tuple[int, int]]:
    """(articles, distinct texts) of each story."""
    if not stories:
        return {}
    asked: Query = Terms("story", tuple(sorted(set(stories))))
    if house.several:  # others' coverage of the event is none of this province's
        asked = about(asked)
    aggs = {"story": {**_terms("story"), "aggs": {"role": _terms("role")}}}
    buckets = house.index.aggregate(asked, aggs)["story"]["buckets"]
    return {
        bucket["key"]: (bucket["doc_count"], bucket["doc_count"] - by_value(bucket["role"]).get(Role.COPY.value, 0))
        for bucket in buckets
    }


def outlet_name(house: Installation, outlet: str) -> str:
    known = house.outlets.get(outlet)
    return known.name if known else outlet


def _terms(field: str, size: int = BUCKETS) -> dict[str, Any]:
    return {"terms": {"field": field, "size": size}}


# -- one article ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Story:
    """An article among the others of its story; ``members`` leaves the article itself out."""

    articles: int
    texts: int
    members: tuple[Row, ...]
    headline: Headline | None = None


def article(house: Installation, article_id: str) -> Labelled | None:
    return house.store.article(article_id)


def history(house: Installation, article_id: str) -> Sequence[tuple[Label, datetime | None]]:
    return house.store.label_history(article_id)


def revisions(house: Installation, article_id: str) -> Sequence[Revision]:
    return house.store.revisions(article_id)


def story(house: Installation, article_id: str, story_id: str) -> Story:
    """From the store, not the index: a correction shows at once."""
    ids = house.store.story_members([story_id]).get(story_id, ()) if story_id else ()
    items = house.store.rows(ids)
    copies = sum(item.key(Kind.ROLE) == Role.COPY.value for item in items)
    others = [item for item in items if item.article.id != article_id][:MEMBERS]
    rows = tuple(Row(item, outlet_name(house, item.article.outlet)) for item in others)
    told = headlines(house.store, [story_id]).get(story_id) if story_id else None
    return Story(len(items), len(items) - copies, rows, told)


def not_compared(house: Installation) -> int | None:
    """Entries of the log that the encoder has still to read; None: there is no encoder here."""
    return nearby.behind(house)


@dataclass(frozen=True, slots=True)
class SimilarRow:
    """An article that is like another; ``likeness`` is a word of `nearby.Likeness`, ``shared`` what both name."""

    row: Row
    likeness: str
    same_story: bool
    shared: tuple[str, ...]


def similar(house: Installation, article_id: str) -> tuple[SimilarRow, ...] | None:
    """The articles about the province nearest to this one; None: it has not been compared yet. From the store and
    the vectors.

    Raises:
        IndexAway: the vectors lie on a server that does not answer.
    """
    found = nearby.similar(house, article_id)
    if found is None:
        return None
    return tuple(
        SimilarRow(
            Row(near.item, outlet_name(house, near.item.article.outlet)),
            near.likeness.value,
            near.same_story,
            near.shared,
        )
        for near in found
    )
