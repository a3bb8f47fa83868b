"""The figures of a screen or a report in one call of the index: the same on every engine."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from diembao.core.article import Role
from diembao.core.ports import Index
from diembao.core.query import Query

# Values of one field: more outlets, languages or themes than any installation has.
VALUES: Final = 1000
_FIELDS: Final = ("stance", "theme", "outlet", "country", "language", "role")


@dataclass(frozen=True, slots=True)
class Counts:
    """``texts`` are the articles that are no copies, by their label; ``stories`` are counted one by one up to 3,000
    and estimated beyond. ``days`` counts articles by local day (ISO) and stance ("": none); days without articles
    are left out. The others count articles by value, the largest first; an article may have several themes.
    """

    articles: int
    texts: int
    stories: int
    days: Mapping[tuple[str, str], int]
    stances: Mapping[str, int]
    themes: Mapping[str, int]
    outlets: Mapping[str, int]
    countries: Mapping[str, int]
    languages: Mapping[str, int]


def asked(zone: str, near: datetime) -> dict[str, Any]:
    """What to ask an index for. Days are those of ``zone`` as they were at the time ``near``."""
    offset = near.astimezone(ZoneInfo(zone)).utcoffset() or timedelta()
    minutes = int(offset.total_seconds() // 60)
    days = {"field": "published", "fixed_interval": "1d", "offset": f"{-minutes}m", "min_doc_count": 1}
    return {
        "days": {"date_histogram": days},
        "stories": {"cardinality": {"field": "story"}},
        **{field: _terms(field) for field in _FIELDS},
        # The days of four stances, not the stances of 730 days: a third of the time, and the same numbers.
        "stance": {**_terms("stance"), "aggs": {"days": {"date_histogram": days}}},
    }


def counted(index: Index, query: Query, *, zone: str, near: datetime) -> Counts:
    """The figures of all articles that match; see `asked`."""
    found = index.aggregate(query, asked(zone, near))
    values = {field: by_value(found[field]) for field in _FIELDS}
    # Every article is of one outlet.
    articles = sum(values["outlet"].values()) + int(found["outlet"]["sum_other_doc_count"])
    return Counts(
        articles=articles,
        texts=articles - values["role"].get(Role.COPY.value, 0),
        stories=int(found["stories"]["value"]),
        days=_by_day(found, ZoneInfo(zone)),
        stances=values["stance"],
        themes=values["theme"],
        outlets=values["outlet"],
        countries=values["country"],
        languages=values["language"],
    )


def by_value(answer: Mapping[str, Any]) -> dict[str, int]:
    """The buckets of one terms aggregation."""
    return {str(bucket["key"]): int(bucket["doc_count"]) for bucket in answer["buckets"]}


def _by_day(found: Mapping[str, Any], zone: ZoneInfo) -> dict[tuple[str, str], int]:
    whole = {each["key"]: each["doc_count"] for each in found["days"]["buckets"]}
    dates = {key: _date(key, zone) for key in whole}
    days: dict[tuple[str, str], int] = {}
    for stance in found["stance"]["buckets"]:
        name = str(stance["key"])
        for each in stance["days"]["buckets"]:
            key, count = each["key"], each["doc_count"]
            day = dates[key], name
            days[day] = days.get(day, 0) + count  # where the clock changed, two buckets are one day
            whole[key] -= count  # an article has one stance at most: an index refuses more
    for key, without in whole.items():
        if without:
            days[dates[key], ""] = days.get((dates[key], ""), 0) + without
    return days


def _date(milliseconds: int, zone: ZoneInfo) -> str:
    return datetime.fromtimestamp(milliseconds / 1000, zone).date().isoformat()


def _terms(field: str) -> dict[str, Any]:
    return {"terms": {"field": field, "size": VALUES}}
