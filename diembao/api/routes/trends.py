"""Coverage abroad over months."""

from __future__ import annotations

from typing import Annotated, Any, Final

from fastapi import FastAPI, Query

from diembao.api import shapes
from diembao.api.frame import Frame
from diembao.reports.trend_months import months_of
from diembao.reports.trend_text import as_json
from diembao.reports.trends import By, trend

_WRITTEN: Final = "A month like 2026-05"
First = Annotated[str, Query(alias="from", max_length=10, description=f"{_WRITTEN}; empty: six months before `to`")]
Last = Annotated[str, Query(alias="to", max_length=10, description=f"{_WRITTEN}, included; empty: the last whole one")]


def add(app: FastAPI, its: Frame) -> None:
    @app.get(
        "/v1/trends", summary="Coverage abroad over months, and what may be said of it", response_model=shapes.Trend
    )
    def trends(first: First = "", last: Last = "", by: By = By.COUNTRY) -> dict[str, Any]:
        now, house = its.now(), its.house
        period = months_of(first, last, now, house.profile.timezone)
        return as_json(trend(house, period, by, province=house.profile.id, now=now))
