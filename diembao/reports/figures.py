"""Figures that can be opened again: each keeps the question it answers, and the articles that were the answer.

A figure is asked of the index for its period and for the full periods before it, one question each, so that what is
compared was counted in one way.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from itertools import takewhile
from typing import Final

from diembao.core.article import Kind, Labelled
from diembao.core.errors import WrongUse
from diembao.core.ports import Event, Index, Store
from diembao.core.query import Bool, Query, Range, Terms, unparse
from diembao.reports.house import House
from diembao.reports.official import says_so
from diembao.reports.period import Period

BEFORE: Final = 8  # periods before, of which the mean is taken
MOST_HITS: Final = 10_000  # an index gives no page past this one
MOST_VALUES: Final = 10_000  # buckets of one aggregation
_TOGETHER: Final = 500  # articles read at a time where only their labels are kept


class Counted(StrEnum):
    """What a figure is a number of."""

    ARTICLES = "articles"
    STORIES = "story"
    OUTLETS = "outlet"
    CASES = "case"
    REQUESTS = "request"

    @property
    def asked(self) -> bool:
        """The index is asked for it; what is not, the record tells."""
        return self not in {Counted.CASES, Counted.REQUESTS}


class Narrowed(StrEnum):
    """What only the record knows, and no query can ask."""

    NO = ""
    BY_PERSON = "person"  # whose stance a person has settled
    REVISED = "revised"  # whose words were changed after they were first seen
    WITHDRAWN = "withdrawn"  # whose page was taken down, and is not there again
    OFFICIAL = "official"  # that pass on official information, by their words as they are written
    OF_CASES = "cases"  # what cases that hold them came to; counted once, when the report is made


@dataclass(frozen=True, slots=True)
class Slice:
    """A figure's answer for one period. ``values`` are the stories, outlets, cases or requests where those are counted;
    the last two answer no ``query``.
    """

    first: date
    last: date
    query: str
    ids: tuple[str, ...]
    values: tuple[str, ...] | None = None

    @property
    def count(self) -> int:
        return len(self.ids if self.values is None else self.values)


@dataclass(frozen=True, slots=True)
class Figure:
    """``before``: the full periods before, the latest first; none where collecting had not begun by then."""

    number: int
    name: str
    counted: Counted
    narrowed: Narrowed
    now: Slice
    before: tuple[Slice, ...]

    @property
    def count(self) -> int:
        return self.now.count

    @property
    def last(self) -> int | None:
        return self.before[0].count if self.before else None

    @property
    def mean(self) -> float | None:
        return sum(each.count for each in self.before) / len(self.before) if self.before else None


@dataclass(frozen=True, slots=True)
class Sum:
    """Figures that share no article and together are another one; numbers of figures."""

    total: int
    parts: tuple[int, ...]


@dataclass(slots=True)
class Book:
    """The figures of one report, numbered in the order in which they are asked for. ``only`` narrows all of them."""

    house: House
    province: str
    period: Period
    only: tuple[Query, ...] = ()
    periods: int = field(init=False)
    figures: list[Figure] = field(default_factory=list)
    sums: list[Sum] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.periods = full_periods(self.house.index, self.period)

    def add(
        self,
        name: str,
        *only: Query,
        without: tuple[Query, ...] = (),
        counted: Counted = Counted.ARTICLES,
        narrowed: Narrowed = Narrowed.NO,
    ) -> Figure:
        """Ask, and keep: coverage of the province that matches ``only`` and not ``without``."""
        spans = [self.period, *(self.period.before(n) for n in range(1, self.periods + 1))]
        found = [self._slice(span, self.query(span, only, without), counted, narrowed) for span in spans]
        return self._kept(name, counted, narrowed, *found)

    def of_record(self, name: str, ids: Iterable[str], among: Figure) -> Figure:
        """Keep what the record says of some articles of another figure; nothing is compared."""
        now = Slice(among.now.first, among.now.last, among.now.query, tuple(sorted(ids)))
        return self._kept(name, Counted.ARTICLES, Narrowed.OF_CASES, now)

    def note(self, name: str, counted: Counted, values: Iterable[str]) -> Figure:
        """Keep a number of cases or requests, by their own numbers."""
        now = Slice(self.period.first, self.period.last, "", (), tuple(sorted(set(values))))
        return self._kept(name, counted, Narrowed.NO, now)

    def _kept(self, name: str, counted: Counted, narrowed: Narrowed, now: Slice, *before: Slice) -> Figure:
        figure = Figure(len(self.figures) + 1, name, counted, narrowed, now, before)
        self.figures.append(figure)
        return figure

    def add_up(self, total: Figure, parts: Iterable[Figure]) -> None:
        self.sums.append(Sum(total.number, tuple(part.number for part in parts)))

    def query(self, span: Period, only: tuple[Query, ...] = (), without: tuple[Query, ...] = ()) -> Query:
        return Bool(must=(about(self.province, self.house), span.range(), *self.only, *only), must_not=without)

    def _slice(self, span: Period, query: Query, counted: Counted, narrowed: Narrowed) -> Slice:
        found = ids_of(self.house.index, query, span.start, span.end)
        ids = tuple(sorted(narrow(self.house, found, narrowed)))
        values = None if counted is Counted.ARTICLES else _values(self.house, query, ids, counted)
        return Slice(span.first, span.last, unparse(query), ids, values)


def about(province: str, house: House) -> Query:
    """Coverage of the installation's province, or of the former one whose plan it carries on."""
    own = province == house.profile.id
    return Terms("relevance", ("yes", "part")) if own else Terms("place", (province,))


def full_periods(index: Index, period: Period) -> int:
    """How many of the eight periods before were watched from their first day on."""
    watched = (index.count(Range("seen", None, period.before(n).start)) > 0 for n in range(1, BEFORE + 1))
    return sum(takewhile(bool, watched))


def ids_of(index: Index, query: Query, start: datetime, end: datetime) -> tuple[str, ...]:
    """Every article that matches and was published in [start, end).

    Raises:
        WrongUse: more in one second than an index can list.
    """
    found = index.search(query, limit=MOST_HITS)
    if found.total <= MOST_HITS:
        return tuple(hit.id for hit in found.hits)
    return tuple(_in_pieces(index, query, start, end))


def _in_pieces(index: Index, query: Query, start: datetime, end: datetime) -> Iterator[str]:
    """In spans that are halved until an index can list each."""
    spans = [(start, end)]
    while spans:
        first, after = spans.pop()
        found = index.search(Bool(must=(query, Range("published", first, after))), limit=MOST_HITS)
        if found.total <= MOST_HITS:
            yield from (hit.id for hit in found.hits)
            continue
        middle = (first + (after - first) / 2).replace(microsecond=0)
        if not first < middle < after:
            raise WrongUse(
                f"Hơn {MOST_HITS} bài trong một giây ({first.isoformat()})."
                f" / More than {MOST_HITS} articles in one second ({first.isoformat()})."
            )
        spans += [(first, middle), (middle, after)]


def narrow(house: House, ids: Sequence[str], how: Narrowed) -> tuple[str, ...]:
    """Those of the articles of which the record says this."""
    match how:
        case Narrowed.REVISED:
            known = house.store.with_entry(Event.REVISION, ids)
            return tuple(each for each in ids if each in known)
        case Narrowed.WITHDRAWN:
            known = house.store.with_entry(Event.WITHDRAWN, ids)
            return tuple(each for each in ids if each in known and is_down(house.store, each))
        case Narrowed.OFFICIAL:
            return tuple(x.article.id for x in read(house.store, ids) if says_so(x.article))
        case Narrowed.BY_PERSON:
            return tuple(x.article.id for x in read(house.store, ids) if stance_by_person(x, house.profile.id))
        case _:
            return tuple(ids)


def is_down(store: Store, article_id: str) -> bool:
    """Its page was taken down, and is not there again."""
    latest = next(iter(store.withdrawals(article_id)), None)
    return latest is not None and latest.returned_at is None


def stance_by_person(item: Labelled, province: str) -> bool:
    return any(x.kind is Kind.STANCE and x.about == province and x.by_person for x in item.labels)


def read(store: Store, ids: Sequence[str]) -> Iterable[Labelled]:
    for at in range(0, len(ids), _TOGETHER):
        yield from store.articles(ids[at : at + _TOGETHER])


def _values(house: House, query: Query, ids: Sequence[str], counted: Counted) -> tuple[str, ...]:
    """Distinct stories or outlets; from the record where there are more than an aggregation lists."""
    asked = {"values": {"terms": {"field": counted.value, "size": MOST_VALUES}}}
    found = house.index.aggregate(query, asked)["values"]
    if not found["sum_other_doc_count"]:
        return tuple(sorted(str(bucket["key"]) for bucket in found["buckets"]))
    return distinct(read(house.store, ids), counted)


def distinct(items: Iterable[Labelled], counted: Counted) -> tuple[str, ...]:
    if counted is Counted.OUTLETS:
        return tuple(sorted({item.article.outlet for item in items}))
    return tuple(sorted({story for item in items if (story := item.key(Kind.STORY))}))
