"""Coverage abroad over months."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Final

from pydantic import BaseModel, Field

from diembao.api.shapes.common import example
from diembao.reports.trend_numbers import Verdict
from diembao.reports.trends import By

_INTERVAL: Final[dict[str, Any]] = {"value": 12.0, "low": 7.9, "high": 18.2}
_MONTH: Final[dict[str, Any]] = {
    "month": "2026-10",
    "articles": 14,
    "stories": 9,
    "steady": _INTERVAL,
    "share": None,
}
_ROW: Final[dict[str, Any]] = {
    "value": "LA",
    "articles": 14,
    "stories": 9,
    "now": _INTERVAL,
    "before": {"value": 10.0, "low": 6.1, "high": 16.3},
    "ratio": {"value": 1.2, "low": 0.63, "high": 2.28},
    "verdict": "unclear",
    "share": None,
    "share_before": None,
    "months": [_MONTH],
}
_CHANGE: Final[dict[str, Any]] = {
    "outlet": "khaosan-lao",
    "country": "LA",
    "came": "2026-09-02",
    "went": None,
    "articles": 3,
}
_TREND: Final[dict[str, Any]] = {
    "province": "gia-lai",
    "by": "country",
    "from": "2026-10-01",
    "to": "2026-10-31",
    "before_from": "2026-09-01",
    "before_to": "2026-09-30",
    "made": "2026-11-20T01:00:00Z",
    "panel": ["seoul-ilbo"],
    "unplaced": 0,
    "all": _ROW | {"value": ""},
    "rows": [_ROW],
    "changes": [_CHANGE],
}


class Interval(BaseModel):
    """At 95 %."""

    model_config = example(**_INTERVAL)
    value: float
    low: float
    high: float


class TrendMonth(BaseModel):
    """`articles` of all outlets, `steady` of those that are compared; `share` of all in the month (stances only)."""

    model_config = example(**_MONTH)
    month: str
    articles: int
    stories: int
    steady: Interval
    share: Interval | None


class TrendRow(BaseModel):
    """`now` and `before` count what the compared outlets brought in the period and in the one before; null where it was
    not watched. `ratio` is null where one of the two is nought.
    """

    model_config = example(**_ROW)
    value: str
    articles: int
    stories: int
    now: Interval
    before: Interval | None
    ratio: Interval | None
    verdict: Verdict
    share: Interval | None
    share_before: Interval | None
    months: list[TrendMonth]


class CatalogueChange(BaseModel):
    """An outlet that was not there all the time, so that it is not compared."""

    model_config = example(**_CHANGE)
    outlet: str
    country: str
    came: date | None
    went: date | None
    articles: int


class Trend(BaseModel):
    """Days are both included. `unplaced` articles are of outlets without a country, and in no number."""

    model_config = example(**_TREND)
    province: str
    by: By
    first: date = Field(alias="from")
    to: date
    before_from: date
    before_to: date
    made: datetime
    panel: list[str]
    unplaced: int
    all: TrendRow
    rows: list[TrendRow]
    changes: list[CatalogueChange]
