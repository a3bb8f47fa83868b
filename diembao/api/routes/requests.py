"""Requests to units by the API: asked, reminded, withdrawn by the desk; answered by the unit's own accounts.

What may not be seen is told like what is not there: of another unit's requests nobody learns anything.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence
from typing import Annotated, Any

from fastapi import FastAPI, Path, Query, Request
from fastapi.responses import JSONResponse

from diembao.api import cursors, problems, requesting, shapes
from diembao.api.cursors import Cursor, Limit
from diembao.api.deeds import Deed, Key, Number, Told, no_case
from diembao.api.frame import Frame
from diembao.api.gate import turned_away, visitor_of
from diembao.api.rights import Act, NotAllowed, Thing, may
from diembao.core.case import Act as Did
from diembao.core.case import Case, CaseFile
from diembao.core.errors import WrongUse
from diembao.core.requests import Request as Asked
from diembao.core.requests import RequestQuery, RequestState, Through
from diembao.response.acts import Actor
from diembao.response.asking import Answer, Asking
from diembao.response.requests import Requests

RequestNumber = Annotated[int, Path(ge=1, le=10_000, examples=[1])]
UnitId = Annotated[str, Path(pattern="^[a-z0-9]+(-[a-z0-9]+)*$", max_length=shapes.KEY, examples=["so-y-te"])]
Open = Annotated[bool, Query(description="Only those that wait for an answer")]


def add(app: FastAPI, its: Frame) -> None:
    for each in (_reading, _asking, _answering):
        each(app, its)


def _reading(app: FastAPI, its: Frame) -> None:
    house = its.house

    @app.get("/v1/cases/{number}/requests", summary="What units were asked", response_model=shapes.UnitRequests)
    def of_case(number: Number, request: Request, limit: Limit = 20, cursor: Cursor = "") -> Any:  # noqa: ANN401
        found, who = house.store.case_file(number), visitor_of(request)
        mine = [x for x in found.requests if requesting.seen(house, who, x)] if found else []
        if found is None or not (mine or requesting.reads(house, who, found.case)):
            if found is not None:
                turned_away(request, Act.READ_REQUEST)
            return no_case(number)
        return _page(its, f"requests:{number}", mine[::-1], limit, cursor)

    @app.get("/v1/units/{unit}/requests", summary="What a unit was asked", response_model=shapes.UnitRequests)
    def of_unit(
        unit: UnitId,
        request: Request,
        open: Open = False,  # noqa: A002, FBT002 (a parameter of the address)
        limit: Limit = 20,
        cursor: Cursor = "",
    ) -> Any:  # noqa: ANN401 (or a problem)
        known = unit in house.profile.units
        if not known or not may(visitor_of(request), Act.READ_REQUEST, Thing(house.profile.id, units=(unit,))):
            if known:
                turned_away(request, Act.READ_REQUEST)
            missing = f"Không có đơn vị {unit}.", f"There is no unit {unit}."
            return problems.problem(404, *missing, kind="urn:diembao:problem:unit")
        states = (RequestState.WAITING,) if open else None
        found = house.store.requests(RequestQuery(units=requesting.of_unit(house, unit), states=states))
        return _page(its, f"requests-of:{unit}:{open}", found[::-1], limit, cursor)


def _asking(app: FastAPI, its: Frame) -> None:
    def room() -> Requests:
        return Requests(its.house.store, its.house.profile)

    @app.post(
        "/v1/cases/{number}/requests",
        summary="Ask a unit; it goes out by mail where its address is known",
        response_model=shapes.Done,
        status_code=201,
    )
    def asked(number: Number, said: shapes.AskingUnit, request: Request, key: Key = "") -> Any:  # noqa: ANN401
        def act(actor: Actor, case: Case) -> Told:
            if said.due_at is not None and said.due_at.tzinfo is None:
                raise WrongUse("due_at cần múi giờ, như +07:00 (due_at needs its offset, as +07:00)")
            given = said.model_dump(exclude={"claims", "letter_date"})
            day = said.letter_date.isoformat() if said.letter_date else ""
            made = room().ask(number, Asking(**given, claims=tuple(said.claims), letter_date=day), actor)
            return Told(case, Did.ASKED, made.number)

        return Deed(its, request, key, said).to(number, Act.ASK_UNIT, act)

    @app.post(
        "/v1/cases/{number}/requests/{asked}/reminders",
        summary="Remind a unit",
        response_model=shapes.Done,
        status_code=201,
    )
    def reminded(number: Number, asked: RequestNumber, said: shapes.Reminding, request: Request, key: Key = "") -> Any:  # noqa: ANN401
        def act(actor: Actor, case: Case) -> Told:
            return Told(case, Did.REMINDED, room().remind(number, asked, actor).number)

        return Deed(its, request, key, said).to(number, Act.ASK_UNIT, act)

    @app.post(
        "/v1/cases/{number}/requests/{asked}/withdrawal",
        summary="Withdraw a request, with a reason",
        response_model=shapes.Done,
    )
    def withdrawn(
        number: Number, asked: RequestNumber, said: shapes.WithdrawingRequest, request: Request, key: Key = ""
    ) -> Any:  # noqa: ANN401
        def act(actor: Actor, case: Case) -> Told:
            return Told(case, Did.WITHDRAWN, room().withdraw(number, asked, said.reason, actor).number)

        return Deed(its, request, key, said).to(number, Act.ASK_UNIT, act)


def _answering(app: FastAPI, its: Frame) -> None:
    @app.post(
        "/v1/cases/{number}/requests/{asked}/answer",
        summary="File the answer of a unit, in the name of the person whose session or key this is; once",
        response_model=shapes.UnitRequest,
        status_code=201,
    )
    def answered(number: Number, asked: RequestNumber, said: shapes.AnsweringUnit, request: Request) -> Any:  # noqa: ANN401
        house = its.house
        try:
            actor, _ = requesting.answering(house, visitor_of(request), number, asked, its.now())
        except NotAllowed:
            turned_away(request, Act.ANSWER_REQUEST)
            return _no_request(number, asked)
        given = Answer(said.text, [(each.name, _bytes(each)) for each in said.files])
        Requests(house.store, house.profile).answer(number, asked, given, actor, Through.API)
        found = house.store.case_file(number)
        standing = next(x for x in found.requests if x.number == asked) if found else None
        return _request(its, found, standing) if found and standing else _no_request(number, asked)


def _bytes(given: shapes.FileGiven) -> bytes:
    try:
        return base64.b64decode(given.content, validate=True)
    except binascii.Error as error:
        raise WrongUse(f"Tệp “{given.name}” không phải Base64 (The file '{given.name}' is no Base64)") from error


def _page(its: Frame, question: str, newest_first: Sequence[Asked], limit: int, cursor: str) -> dict[str, Any]:
    page, left = cursors.older(newest_first, cursors.read(question, cursor, "i"), limit)
    files = {number: its.house.store.case_file(number) for number in dict.fromkeys(each.case for each in page)}
    told = [_request(its, found, each) for each in page if (found := files[each.case])]
    return {
        "total": len(newest_first),
        "requests": told,
        "next": cursors.write(question, [left]) if left else None,
    }


def _request(its: Frame, found: CaseFile, asked: Asked) -> dict[str, Any]:
    """Of the case no more than the unit was given; nobody's name."""
    return {
        "case": asked.case,
        "number": asked.number,
        "title": found.case.details.title,
        "unit": asked.unit,
        "unit_name": asked.unit_name,
        "question": asked.question,
        "quotes": [claim.quote for claim in found.claims if claim.number in asked.claims],
        "letter": asked.letter,
        "letter_date": asked.letter_date,
        "asked_at": asked.asked_at,
        "due_at": asked.due_at,
        "waits": asked.waits,
        "reminders": asked.reminders,
        "status": asked.status(its.now()),
        "ended_at": asked.ended_at,
        "answer": asked.answer,
        "through": asked.through,
        "files": [
            {"number": x.number, "name": x.name, "media": x.media, "size": x.size, "sha256": x.value}
            for x in found.filed
            if x.request == asked.number
        ],
    }


def _no_request(number: str, asked: int) -> JSONResponse:
    missing = f"Không có yêu cầu {asked} của {number}.", f"There is no request {asked} of {number}."
    return problems.problem(404, *missing, kind="urn:diembao:problem:request")
