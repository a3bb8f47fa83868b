"""A department's days: the coverage of its fields against the days before, what it has open, what it was told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from diembao.core.alert import Alert
from diembao.core.article import Kind, Labelled
from diembao.core.case import Case, CaseQuery, CaseState
from diembao.core.ports import SortBy
from diembao.core.query import Bool, Query, Range, Terms
from diembao.core.quotes import telling_sentence
from diembao.plan.reader import Task, Unit
from diembao.reports.house import House
from diembao.response.units import coverage_of, fields_of, follows_the_foreign_press, from_abroad, tasks_of, unit_named

# Articles, cases and alerts of a digest; alerts that are looked through for those about its articles.
SHOWN, LOOKED = 20, 500


@dataclass(frozen=True, slots=True)
class Digest:
    """[``start``, ``end``): ``articles`` and ``critical`` against ``before``, the days of the same length before.
    ``foreign`` is coverage from abroad, for the unit that follows it; None for the others.
    """

    unit: Unit
    fields: tuple[str, ...]
    tasks: tuple[Task, ...]
    start: datetime
    end: datetime
    articles: int
    before: int
    critical: int
    newest: Sequence[Labelled]
    foreign: Sequence[Labelled] | None
    cases: Sequence[Case]
    alerts: Sequence[Alert]


def digest(house: House, unit: str, now: datetime, days: int, cases: Sequence[Case] | None = None) -> Digest:
    """``cases`` are those that may be shown; None: all that it has open.

    Raises:
        WrongUse: there is no such unit.
    """
    its = unit_named(house.profile, unit)
    length = timedelta(days=days)
    span, earlier = Range("published", now - length, now), Range("published", now - 2 * length, now - length)
    countries = [outlet.country for outlet in house.outlets.values()]
    own = coverage_of(house.profile, unit, countries)
    found = Bool(must=(own, span))
    about = Terms("relevance", ("yes", "part"))
    abroad = Bool(must=(about, from_abroad(countries), span))
    is_foreign = follows_the_foreign_press(house.profile, unit)
    return Digest(
        unit=its,
        fields=fields_of(house.profile, unit),
        tasks=tasks_of(house.profile, unit, now.year),
        start=now - length,
        end=now,
        articles=house.index.count(found),
        before=house.index.count(Bool(must=(own, earlier))),
        critical=house.index.count(Bool(must=(found, Terms("stance", ("critical",))))),
        newest=_newest(house, found),
        foreign=_newest(house, abroad) if is_foreign else None,
        cases=_open_cases(house, unit) if cases is None else cases,
        alerts=_alerts(house, found, now - length),
    )


def _newest(house: House, query: Query) -> Sequence[Labelled]:
    hits = house.index.search(query, sort=SortBy.NEWEST, limit=SHOWN).hits
    return house.store.articles([hit.id for hit in hits])


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
        "articles": found.articles,
        "before": found.before,
        "critical": found.critical,
        "newest": [_article(each, house) for each in found.newest],
        "foreign": None if found.foreign is None else [_article(each, house) for each in found.foreign],
        "cases": [{"number": x.number, "title": x.details.title, "due_at": x.due_at} for x in found.cases],
        "alerts": [{"subscription": x.subscription, "title": x.title, "at": x.at} for x in found.alerts],
    }


def _article(item: Labelled, house: House) -> dict[str, Any]:
    its, province = item.article, house.profile.id
    return {
        "id": its.id,
        "url": its.url,
        "outlet": its.outlet,
        "language": item.key(Kind.LANGUAGE) or its.language,
        "title": its.title,
        "at": its.when,
        "stance": item.key(Kind.STANCE, province),
        "themes": list(item.keys(Kind.THEME, province)),
        "sentence": telling_sentence(item, province),
    }


_DAY: Final = "%d/%m/%Y"


def as_text(found: Digest, house: House) -> str:
    """For a mail or a terminal."""
    own = "; ".join(house.profile.themes[theme].vi for theme in found.fields) or "chưa được giao trong hồ sơ của tỉnh"
    lines = [
        f"{found.unit.name}: {found.start:{_DAY}} – {found.end:{_DAY}}",
        f"Lĩnh vực: {own}",
        f"{found.articles} bài (kỳ trước: {found.before}), {found.critical} bài máy gợi ý phê phán",
    ]
    lines += _listed("Bài mới nhất", found.newest, house)
    if found.foreign is not None:
        lines += _listed("Báo chí nước ngoài viết về tỉnh", found.foreign, house)
    lines += ["", f"Vụ việc đang mở: {len(found.cases) or 'không có'}"]
    lines += [f"- {case.number} {case.details.title}" for case in found.cases]
    lines += ["", f"Cảnh báo trong kỳ: {len(found.alerts) or 'không có'}"]
    lines += [f"- {alert.subscription}: {alert.title}" for alert in found.alerts]
    return "\n".join(lines)


def _listed(title: str, items: Sequence[Labelled], house: House) -> list[str]:
    rows = [
        f"- {x.article.title} ({_outlet(house, x.article.outlet)}, {x.article.when:{_DAY}}) {x.article.url}"
        for x in items
    ]
    return ["", title, *(rows or ["- không có"])]


def _outlet(house: House, outlet: str) -> str:
    known = house.outlets.get(outlet)
    return known.name if known else outlet
