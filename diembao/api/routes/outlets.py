"""Outlets: the catalogue, and what the ledger knows of each."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import FastAPI, Path

from diembao.api import cursors, problems, shapes
from diembao.api.cursors import Cursor, Limit
from diembao.api.frame import Frame
from diembao.core.article import Outlet
from diembao.core.ports import OutletState

OutletId = Annotated[str, Path(pattern="^[a-z0-9][a-z0-9._-]{0,99}$", examples=["bao-gia-lai"])]


def add(app: FastAPI, its: Frame) -> None:
    house = its.house

    @app.get("/v1/outlets", summary="Outlets of the catalogue, by id", response_model=shapes.Outlets)
    def outlets(limit: Limit = 20, cursor: Cursor = "") -> dict[str, Any]:
        place = cursors.read("outlets", cursor, "s")
        after = str(place[0]) if place else ""
        left = sorted(outlet for outlet in house.outlets if outlet > after)
        page = left[:limit]
        states = {state.outlet: state for state in house.store.outlet_states()}
        return {
            "total": len(house.outlets),
            "outlets": [_outlet(its, house.outlets[outlet], states.get(outlet)) for outlet in page],
            "next": cursors.write("outlets", [page[-1]]) if len(left) > limit else None,
        }

    @app.get("/v1/outlets/{outlet}", summary="An outlet of the catalogue", response_model=shapes.Outlet)
    def outlet(outlet: OutletId) -> Any:  # noqa: ANN401 (an outlet or a problem)
        found = house.outlets.get(outlet)
        if found is None:
            missing = f"Danh mục không có báo {outlet}.", f"The catalogue has no outlet {outlet}."
            return problems.problem(404, *missing, kind="urn:diembao:problem:outlet")
        states = {state.outlet: state for state in house.store.outlet_states()}
        return _outlet(its, found, states.get(outlet))


def _outlet(its: Frame, outlet: Outlet, state: OutletState | None) -> dict[str, Any]:
    return {
        "id": outlet.id,
        "name": outlet.name,
        "country": outlet.country or None,
        "language": outlet.language,
        "home": outlet.home,
        "kind": outlet.kind,
        "crawled": outlet in its.house.crawled,
        "articles": state.articles if state else 0,
        "last_reached": state.last_reached if state else None,
        "last_stored": state.last_stored if state else None,
        "failures": state.failures if state else 0,
    }
