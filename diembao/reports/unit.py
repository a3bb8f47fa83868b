"""A department's days: the coverage of its fields against the days before, what it has open, what it was told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Final

from diembao.core.alert import Alert
from diembao.core.article import Kind, Labelled, Stance
from diembao.core.case import Case, CaseQuery, CaseState
from diembao.core.ports import SortBy
from diembao.core.query import Bool, Query, Range, Terms
from diembao.core.quotes import telling_sentence
from diembao.plan.reader import Task, Unit
from diembao.reports.house import House
from diembao.response.units import coverage_of, fields_of, follows_the_foreign_press, from_abroad, tasks_of, unit_named

# Articles, cases and alerts of a digest; alerts that are looked through for those about its articles.
SHOWN, LOOKED = 20, 500
CRITICAL: Final = Terms("stance", (Stance.CRITICAL.value,))
_KINDS: Final = 50  # countries or languages that are counted


@dataclass(frozen=True, slots=True)
class Coverage:
    """``articles`` and ``critical`` of the days, against ``before``, the days of the same length before. ``listed`` are
    the newest, those that are suggested critical before all others. ``countries`` and ``languages`` are codes with
    their counts, the most frequent first, of what is from abroad.
    """

    articles: int
    before: int
    critical: int
    listed: Sequence[Labelled]
    countries: Sequence[tuple[str, int]] = ()
    languages: Sequence[tuple[str, int]] = ()

    @property
    def more(self) -> int:
        """How many are not listed."""
        return max(0, self.articles - len(self.listed))


@dataclass(frozen=True, slots=True)
class Digest:
    """[``start``, ``end``): ``own`` is coverage of its fields; for the unit that follows the foreign press, ``foreign``
    is all that comes from abroad, and ``own`` what does not: no article stands twice. None for the others.
    """

    unit: Unit
    fields: tuple[str, ...]
    tasks: tuple[Task, ...]
    start: datetime
    end: datetime
    own: Coverage
    foreign: Coverage | None
    cases: Sequence[Case]
    alerts: Sequence[Alert]


def digest(house: House, unit: str, now: datetime, days: int, cases: Sequence[Case] | None = None) -> Digest:
    """``cases`` are those that may be shown; None: all that it has open.

    Raises:
        WrongUse: there is no such unit.
    """
    its, length = unit_named(house.profile, unit), timedelta(days=days)
    countries = [outlet.country for outlet in house.outlets.values()]
    every, abroad = coverage_of(house.profile, unit, countries), from_abroad(countries)
    own, foreign = every, None
    if follows_the_foreign_press(house.profile, unit):
        own = Bool(must=(every,), must_not=(abroad,))
        about = Bool(must=(Terms("relevance", ("yes", "part")), abroad))
        foreign = replace(
            _coverage(house, about, now, length),
            countries=_counted(house, "country", Bool(must=(about, _span(now, length)))),
            languages=_counted(house, "language", Bool(must=(about, _span(now, length)))),
        )
    return Digest(
        unit=its,
        fields=fields_of(house.profile, unit),
        tasks=tasks_of(house.profile, unit, now.year),
        start=now - length,
        end=now,
        own=_coverage(house, own, now, length),
        foreign=foreign,
        cases=_open_cases(house, unit) if cases is None else cases,
        alerts=_alerts(house, Bool(must=(every, _span(now, length))), now - length),
    )


def _span(end: datetime, length: timedelta) -> Range:
    return Range("published", end - length, end)


def _coverage(house: House, query: Query, now: datetime, length: timedelta) -> Coverage:
    found = Bool(must=(query, _span(now, length)))
    critical, others = Bool(must=(found, CRITICAL)), Bool(must=(found,), must_not=(CRITICAL,))
    first = _newest(house, critical, SHOWN)
    return Coverage(
        articles=house.index.count(found),
        before=house.index.count(Bool(must=(query, _span(now - length, length)))),
        critical=house.index.count(critical),
        listed=[*first, *_newest(house, others, SHOWN - len(first))],
    )


def _newest(house: House, query: Query, most: int) -> Sequence[Labelled]:
    if not most:
        return ()
    hits = house.index.search(query, sort=SortBy.NEWEST, limit=most).hits
    return house.store.articles([hit.id for hit in hits])


def _counted(house: House, field: str, query: Query) -> list[tuple[str, int]]:
    asked = {"values": {"terms": {"field": field, "size": _KINDS}}}
    buckets = house.index.aggregate(query, asked)["values"]["buckets"]
    return sorted(((str(x["key"]), int(x["doc_count"])) for x in buckets), key=lambda pair: (-pair[1], pair[0]))


def _open_cases(house: House, unit: str) -> Sequence[Case]:
    states = tuple(state for state in CaseState if not state.ended)
    return house.store.cases(CaseQuery(states=states, units=(unit,)), limit=SHOWN)[1]


def _alerts(house: House, coverage: Query, since: datetime) -> list[Alert]:
    """The alerts that were about its coverage."""
    told = house.store.alerts_since(since, LOOKED)
    ids = tuple(dict.fromkeys(alert.article_id for alert in told))
    if not ids:
        return []
    own = {hit.id for hit in house.index.search(Bool(must=(coverage, Terms("id", ids))), limit=LOOKED).hits}
    return [alert for alert in told if alert.article_id in own][:SHOWN]


def as_json(found: Digest, house: House) -> dict[str, Any]:
    return {
        "unit": {"id": found.unit.id, "name": found.unit.name},
        "province": house.profile.id,
        "from": found.start,
        "to": found.end,
        "fields": list(found.fields),
        "tasks": [task.number for task in found.tasks],
        **_coverage_as_json(found.own, house),
        "foreign": None if found.foreign is None else _coverage_as_json(found.foreign, house),
        "cases": [{"number": x.number, "title": x.details.title, "due_at": x.due_at} for x in found.cases],
        "alerts": [{"subscription": x.subscription, "title": x.title, "at": x.at} for x in found.alerts],
    }


def _coverage_as_json(found: Coverage, house: House) -> dict[str, Any]:
    return {
        "articles": found.articles,
        "before": found.before,
        "critical": found.critical,
        "countries": dict(found.countries),
        "languages": dict(found.languages),
        "listed": [_article(each, house) for each in found.listed],
    }


def _article(item: Labelled, house: House) -> dict[str, Any]:
    its, province = item.article, house.profile.id
    return {
        "id": its.id,
        "url": its.url,
        "outlet": its.outlet,
        "country": country_of(house, its.outlet),
        "language": item.key(Kind.LANGUAGE) or its.language,
        "title": its.title,
        "at": its.when,
        "stance": item.key(Kind.STANCE, province),
        "themes": list(item.keys(Kind.THEME, province)),
        "sentence": telling_sentence(item, province),
    }


def country_of(house: House, outlet: str) -> str:
    """Its code; empty where it is not known."""
    known = house.outlets.get(outlet)
    return known.country if known else ""
