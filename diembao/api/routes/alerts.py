"""Subscriptions: who is told of what; made, previewed, changed, paused, tried and removed."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, Any

from fastapi import FastAPI, Path, Query, Request
from fastapi.responses import JSONResponse

from diembao.api import alerting, cursors, problems, shapes
from diembao.api.alerting import Alerting
from diembao.api.cursors import Cursor, Limit
from diembao.api.frame import Frame
from diembao.api.gate import visitor_of
from diembao.core.alert import Delivery, Fate
from diembao.core.subscription import Subscription
from diembao.pipeline.alert_json import previewed, told
from diembao.pipeline.wiring import Installation
from diembao.response.subscribing import Asked, asked_of

States = Annotated[list[Fate] | None, Query(max_length=len(Fate), description="Only these; none said: all")]
OfAlert = Annotated[int, Path(ge=1, le=cursors.LARGEST, examples=[3])]


def add(app: FastAPI, its: Frame) -> None:
    _add_reading(app, its)
    _add_deliveries(app, its)
    _add_making(app, its)
    _add_changing(app, its)
    _add_trying(app, its)


def _add_reading(app: FastAPI, its: Frame) -> None:
    house = its.house

    @app.get("/v1/alerts", summary="Subscriptions: one's own first, then the office's", response_model=shapes.Alerts)
    def listed(request: Request, limit: Limit = 20, cursor: Cursor = "") -> dict[str, Any]:
        who = visitor_of(request)
        place = cursors.read("alerts", cursor, "is")
        page, following = cursors.behind(
            alerting.seen(house, who), lambda each: alerting.order(who, each), place, limit
        )
        return {
            "alerts": [_told(house, each) for each in page],
            "next": cursors.write("alerts", following) if following else None,
        }

    @app.get("/v1/alerts/{alert}", summary="A subscription", response_model=shapes.Alert)
    def one(request: Request, alert: OfAlert) -> Any:  # noqa: ANN401 (a subscription or a problem)
        found = alerting.one(house, visitor_of(request), alert)
        return _told(house, found) if found else _missing(alert)

    @app.get(
        "/v1/alerts/{alert}/preview",
        summary="What it would have sent in the last 14 days",
        response_model=shapes.AlertPreview,
    )
    def shown(request: Request, alert: OfAlert) -> Any:  # noqa: ANN401 (a preview or a problem)
        found = alerting.one(house, visitor_of(request), alert)
        if found is None:
            return _missing(alert)
        return previewed(house, found, alerting.previewed(house, found, its.now()))


def _add_deliveries(app: FastAPI, its: Frame) -> None:
    house = its.house

    @app.get(
        "/v1/deliveries",
        summary="What became of each message of alerts and of the desk, newest first",
        response_model=shapes.Deliveries,
    )
    def deliveries(request: Request, state: States = None, limit: Limit = 20, cursor: Cursor = "") -> dict[str, Any]:
        fates = sorted(set(state or ()))
        question = f"deliveries:{','.join(fates)}"
        place = cursors.read(question, cursor, "i")
        seen = alerting.theirs(house, visitor_of(request))
        before = int(place[0]) if place else None
        found = house.store.deliveries(fates, before=before, limit=limit + 1, seen=seen)
        page = found[:limit]
        return {
            "deliveries": [_delivered(each) for each in page],
            "next": cursors.write(question, [page[-1].number]) if len(found) > limit else None,
        }


def _delivered(each: Delivery) -> dict[str, Any]:
    given = {name: getattr(each, name) for name in shapes.Delivery.model_fields if name not in {"to", "state"}}
    return given | {"to": {"kind": each.to.channel.value, "target": each.to.address}, "state": each.fate}


def _add_making(app: FastAPI, its: Frame) -> None:
    house = its.house

    @app.post(
        "/v1/alerts",
        summary="Ask to be told, or see what would have been told",
        response_model=shapes.AlertMade,
        status_code=201,
    )
    def made(request: Request, said: shapes.NewAlert) -> dict[str, Any]:
        who = visitor_of(request)
        given = said.model_dump(exclude={"office", "preview"})
        asked = Asked(**given, owner="" if said.office else who.actor)
        room = Alerting(house, who, its.now())
        kept = room.read(asked) if said.preview else room.add(asked)
        return {
            "alert": told(kept),
            "preview": previewed(house, kept, alerting.previewed(house, kept, its.now())),
            "saved": not said.preview,
        }


def _add_changing(app: FastAPI, its: Frame) -> None:
    house = its.house

    @app.patch("/v1/alerts/{alert}", summary="Change or pause a subscription", response_model=shapes.Alert)
    def changed(request: Request, alert: OfAlert, said: shapes.ChangedAlert) -> Any:  # noqa: ANN401 (or a problem)
        who = visitor_of(request)
        found = alerting.one(house, who, alert)
        if found is None:
            return _missing(alert)
        room = Alerting(house, who, its.now())
        given = said.model_dump(exclude_unset=True, exclude={"paused", "version"})
        version = said.version
        if given:
            found, version = room.change(found, _changed(found, given), version), ""
        return told(found if said.paused is None else room.pause(found, version, paused=said.paused))

    @app.delete("/v1/alerts/{alert}", summary="End a subscription", response_model=shapes.AlertRemoved)
    def removed(request: Request, alert: OfAlert) -> Any:  # noqa: ANN401 (what was dropped, or a problem)
        who = visitor_of(request)
        found = alerting.one(house, who, alert)
        if found is None:
            return _missing(alert)
        return {"id": alert, "dropped": Alerting(house, who, its.now()).remove(found)}


def _add_trying(app: FastAPI, its: Frame) -> None:
    house = its.house

    @app.post("/v1/alerts/{alert}/trials", summary="Send one message now", response_model=shapes.Trials)
    def tried(request: Request, alert: OfAlert, said: shapes.TryingAlert) -> Any:  # noqa: ANN401, ARG001 (an empty body)
        who = visitor_of(request)
        found = alerting.one(house, who, alert)
        if found is None:
            return _missing(alert)
        answers = Alerting(house, who, its.now()).try_out(found)
        rows = [(each.to, each.error is None, each.said) for each in answers]
        return {
            "trials": [
                {"kind": to.channel.value, "target": to.address, "sent": sent, "answer": said}
                for to, sent, said in rows
            ]
        }


def _told(house: Installation, each: Subscription) -> dict[str, Any]:
    return told(each, alerting.stopped_of(house, each))


def _changed(found: Subscription, given: dict[str, Any]) -> Asked:
    """A new query is one, whatever was watched before."""
    asked = asked_of(found)
    if given.get("query") and "subject" not in given:
        given = {**given, "subject": "query", "key": ""}
    return replace(asked, **given)


def _missing(alert: int) -> JSONResponse:
    """What may not be seen is told like what is not there."""
    missing = f"Không có cảnh báo {alert}.", f"There is no alert {alert}."
    return problems.problem(404, *missing, kind="urn:diembao:problem:alert")
