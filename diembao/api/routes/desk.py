"""What is done to a case by the API: opened, changed, moved, noted, its articles. In the name of the person whose
session or key it is; each act is one line of the case's log, and one row of the audit.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any

from fastapi import FastAPI, Request

from diembao.api import casework, shapes
from diembao.api.deeds import Deed, Key, Number, Told
from diembao.api.frame import ArticleId, Frame
from diembao.api.rights import Act, NotAllowed, Thing, Visitor, may
from diembao.core.case import Act as Did
from diembao.core.case import Case, Details
from diembao.core.desk import Opening
from diembao.response.acts import Actor
from diembao.response.cases import Desk


def add(app: FastAPI, its: Frame) -> None:
    desk = Desk(its.house.store, its.house.profile)
    for each in (_opening, _changing, _telling, _covering):
        each(app, its, desk)


def _opening(app: FastAPI, its: Frame, desk: Desk) -> None:
    @app.post(
        "/v1/cases",
        summary="Open a case, in the name of the person whose session or key this is",
        response_model=shapes.Done,
        status_code=201,
    )
    def opened(said: shapes.NewCase, request: Request, key: Key = "") -> Any:  # noqa: ANN401 (or a problem)
        deed = Deed(its, request, key, said)
        if not _may_open(its, deed.who, said):
            raise NotAllowed(Act.OPEN_CASE)
        given = Details(
            said.title,
            said.unit,
            tuple(said.themes),
            tuple(said.helping),
            said.task,
            said.priority,
            tuple(said.people),
        )

        def act(actor: Actor) -> Told:
            opening, another = Opening(said.origin, said.said), said.another
            shown = partial(casework.allowed, its.house, deed.who, Act.READ_CASE)
            case = desk.open(given, said.articles, actor, another=another, shown=shown, opening=opening)
            return Told(case, Did.OPENED)

        return deed.do(act)


def _changing(app: FastAPI, its: Frame, desk: Desk) -> None:
    @app.patch("/v1/cases/{number}", summary="Change a case's details", response_model=shapes.Done)
    def changed(number: Number, said: shapes.Changing, request: Request, key: Key = "") -> Any:  # noqa: ANN401
        def act(actor: Actor, case: Case) -> Told:
            given = said.model_dump(exclude_unset=True, exclude_none=True, exclude={"version"})
            listed: dict[str, Any] = {
                name: tuple(each) if isinstance(each, list) else each for name, each in given.items()
            }
            done = desk.change(replace(case, version=said.version), replace(case.details, **listed), actor)
            return Told(done, Did.CHANGED if done.version != said.version else None)

        return Deed(its, request, key, said).to(number, Act.ASSIGN_CASE, act)

    @app.post("/v1/cases/{number}/moves", summary="Move a case to its next state", response_model=shapes.Done)
    def moved(number: Number, said: shapes.Moving, request: Request, key: Key = "") -> Any:  # noqa: ANN401
        def act(actor: Actor, case: Case) -> Told:
            seen = replace(case, version=said.version)
            return Told(desk.move(seen, said.to, actor, reason=said.reason, outcome=said.outcome), Did.MOVED)

        return Deed(its, request, key, said).to(number, Act.WORK_CASE, act)


def _telling(app: FastAPI, its: Frame, desk: Desk) -> None:
    @app.post("/v1/cases/{number}/notes", summary="Write a note on a case", response_model=shapes.Done, status_code=201)
    def noted(number: Number, said: shapes.Noting, request: Request, key: Key = "") -> Any:  # noqa: ANN401
        def act(actor: Actor, case: Case) -> Told:
            desk.note(number, said.text, actor, reads=partial(casework.reads, its.house))
            return Told(case, Did.NOTED)

        return Deed(its, request, key, said).to(number, Act.WORK_CASE, act)


def _covering(app: FastAPI, its: Frame, desk: Desk) -> None:
    @app.post(
        "/v1/cases/{number}/articles", summary="Add articles to a case", response_model=shapes.Done, status_code=201
    )
    def added(number: Number, said: shapes.Adding, request: Request, key: Key = "") -> Any:  # noqa: ANN401
        def act(actor: Actor, case: Case) -> Told:
            new = desk.add(number, said.articles, actor)
            return Told(case, Did.ADDED if new else None)

        return Deed(its, request, key, said).to(number, Act.WORK_CASE, act)

    @app.delete(
        "/v1/cases/{number}/articles/{article_id}",
        summary="Take an article out of a case; the machine does not put it back",
        response_model=shapes.Done,
    )
    def removed(number: Number, article_id: ArticleId, request: Request) -> Any:  # noqa: ANN401 (or a problem)
        def act(actor: Actor, case: Case) -> Told:
            return Told(case, Did.REMOVED if desk.remove(number, article_id, actor) else None)

        return Deed(its, request, "", b"").to(number, Act.WORK_CASE, act)


def _may_open(its: Frame, who: Visitor, said: shapes.NewCase) -> bool:
    """Foreign coverage: every article of the request is from abroad."""
    items = its.house.store.rows(said.articles)
    foreign = bool(items) and all(casework.is_foreign(its.house, item) for item in items)
    return may(who, Act.OPEN_CASE, Thing(its.house.profile.id, (said.unit,), foreign))
