"""What the press abroad writes of the province, for *Báo chí nước ngoài*: by country and by language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Final

from dashboard import address, views
from dashboard.address import Asked
from dashboard.views import Row
from diembao.core.article import Role
from diembao.core.case import Case
from diembao.core.counts import by_value
from diembao.core.ports import SortBy
from diembao.core.query import Bool, Query, Terms
from diembao.pipeline.wiring import Installation
from diembao.response.units import from_abroad

# The ways to sort it, each a field of the index, and the other one that is told beside it.
BESIDE: Final = {"country": "language", "language": "country"}
BY_TIME: Final = "time"
BYS: Final = (*BESIDE, BY_TIME)
# Groups that show articles, and how many each; the table has all groups, a group's own view all articles.
GROUPS, FIRST = 12, 5


@dataclass(frozen=True, slots=True)
class Group:
    """Coverage from one country or in one language. ``before``: in the time just before, as long; None: that is not
    known. ``beside``: by language of a country, by country of a language.
    """

    value: str
    articles: int
    before: int | None
    stances: Mapping[str, int]
    beside: Mapping[str, int]
    outlets: int


@dataclass(frozen=True, slots=True)
class Whole:
    """All groups, the largest first; ``texts`` are the articles that are no copies."""

    articles: int
    before: int | None
    texts: int
    outlets: int
    groups: tuple[Group, ...]


def of(house: Installation, typed: Query) -> Query:
    """What was typed, from abroad: of outlets whose country is known, and another than ours."""
    return Bool(must=(from_abroad(house.country(outlet) for outlet in house.outlets), typed))


def earlier(asked: Asked, typed: Query, now: datetime, zone: str) -> Query | None:
    """The same in the time just before, as long; None: the period has no beginning or no end."""
    if asked.period in address.PERIODS:
        length = address.PERIODS[asked.period]
        before = views.Window("published", now - 2 * length, now - length).query()
        return Bool(must=(before, address.narrowed(replace(asked, period=address.EVER), typed, now, zone)))
    if asked.period != address.CUSTOM or asked.start is None or asked.end is None or asked.end < asked.start:
        return None
    length = asked.end - asked.start + timedelta(days=1)
    return address.narrowed(replace(asked, start=asked.start - length, end=asked.end - length), typed, now, zone)


def whole(house: Installation, query: Query, before: Query | None, by: str) -> Whole:
    found = house.index.aggregate(query, _asked(by))
    then = house.index.aggregate(before, {by: _terms(by)})[by] if before is not None else None
    known = by_value(then) if then is not None else None
    outlets = by_value(found["outlet"])
    articles = sum(outlets.values())  # every article is of one outlet
    return Whole(
        articles,
        sum(known.values()) if known is not None else None,
        articles - by_value(found["role"]).get(Role.COPY.value, 0),
        len(outlets),
        tuple(_group(by, bucket, known) for bucket in found[by]["buckets"]),
    )


def _asked(by: str) -> dict[str, Any]:
    inside = {name: _terms(name) for name in ("stance", "outlet", BESIDE[by])}
    return {by: {**_terms(by), "aggs": inside}, "outlet": _terms("outlet"), "role": _terms("role")}


def _terms(field: str) -> dict[str, Any]:
    return {"terms": {"field": field, "size": views.BUCKETS}}


def _group(by: str, bucket: Mapping[str, Any], known: Mapping[str, int] | None) -> Group:
    value = str(bucket["key"])
    return Group(
        value,
        int(bucket["doc_count"]),
        known.get(value, 0) if known is not None else None,
        by_value(bucket["stance"]),
        by_value(bucket[BESIDE[by]]),
        len(bucket["outlet"]["buckets"]),
    )


def firsts(
    house: Installation, query: Query, by: str, values: Sequence[str], sort: SortBy
) -> tuple[tuple[Row, ...], ...]:
    """The first articles of each of these groups."""
    pages = (Bool(must=(query, Terms(by, (value,)))) for value in values)
    return tuple(views.page(house, each, sort, 0, FIRST).rows for each in pages)


def cases(house: Installation, article_ids: Sequence[str]) -> Mapping[str, tuple[Case, ...]]:
    """The open cases that hold each of these articles."""
    known = {case.number: case for case in house.store.cases_with(article_ids)}
    found: dict[str, tuple[Case, ...]] = {}
    for number, article in house.store.covered(article_ids) if known else ():
        if number in known:
            found[article] = (*found.get(article, ()), known[number])
    return found
