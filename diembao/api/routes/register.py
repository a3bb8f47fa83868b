"""Questions of the press, briefings, the calendar, also as an iCalendar file. Whoever asked stays at the desk."""

from __future__ import annotations

from typing import Annotated, Any, Final

from fastapi import FastAPI, Path, Query, Request, Response
from fastapi.responses import JSONResponse
from pydantic import StringConstraints

from diembao.api import cursors, problems, registering, shapes
from diembao.api.cursors import Cursor, Limit
from diembao.api.frame import Frame
from diembao.api.gate import turned_away, visitor_of
from diembao.api.rights import Act
from diembao.core.questions import QuestionQuery, QuestionState
from diembao.response import ics
from diembao.response import register_json as told
from diembao.response.briefings import Briefings
from diembao.response.foreseen import Calendar

DEEPEST: Final = 10_000
NUMBER: Final = r"^CH-([A-Z]{1,4}-)?[0-9]{4}-[0-9]{4,9}$"

Number = Annotated[str, Path(pattern=NUMBER, examples=["CH-2026-0007"])]
OfBriefing = Annotated[int, Path(ge=1, le=cursors.LARGEST, examples=[3])]
States = Annotated[list[QuestionState] | None, Query(max_length=len(QuestionState))]
Units = Annotated[list[Annotated[str, StringConstraints(max_length=64)]] | None, Query(max_length=50)]
Late = Annotated[bool, Query(description="Only those past their time")]
Typed = Annotated[str, Query(max_length=200, description="Words of the question, the answer, the outlet or the number")]


def add(app: FastAPI, its: Frame) -> None:
    _add_questions(app, its)
    _add_briefings(app, its)
    _add_calendar(app, its)


def _add_questions(app: FastAPI, its: Frame) -> None:
    house = its.house

    @app.get(
        "/v1/questions",
        summary="Questions of the press: those that wait first, soonest due first; then the answered, then the ended",
        response_model=shapes.Questions,
    )
    def questions(  # noqa: PLR0913, PLR0917 (parameters of the address)
        request: Request,
        state: States = None,
        unit: Units = None,
        late: Late = False,  # noqa: FBT002 (a parameter of the address)
        q: Typed = "",
        limit: Limit = 20,
        cursor: Cursor = "",
    ) -> dict[str, Any]:
        question = f"questions:{state}:{unit}:{late}:{q}"
        place = cursors.read(question, cursor, "i")
        offset = int(place[0]) if place else 0
        if offset > DEEPEST:
            raise cursors.wrong()
        asked = QuestionQuery(tuple(state or ()), tuple(unit or ()), (), its.now() if late else None, q)
        total, found = registering.listed(house, visitor_of(request), asked, offset=offset, limit=limit)
        end = offset + len(found)
        return {
            "total": total,
            "questions": [told.public(each, its.now()) for each in found],
            "next": cursors.write(question, [end]) if found and end < total else None,
        }

    @app.get("/v1/questions/{number}", summary="A question of the press", response_model=shapes.Question)
    def question(request: Request, number: Number) -> Any:  # noqa: ANN401 (a question or a problem)
        found = house.store.question(number)
        # What may not be seen is told like what is not there.
        hidden = found is not None and not registering.allowed(house, visitor_of(request), Act.READ_QUESTION, found)
        if hidden:
            turned_away(request, Act.READ_QUESTION)
        if found is None or hidden:
            return _missing("question", f"Không có câu hỏi {number}.", f"There is no question {number}.")
        return told.public(found, its.now())


def _add_briefings(app: FastAPI, its: Frame) -> None:
    house = its.house

    @app.get("/v1/briefings", summary="Briefings of the press, the latest first", response_model=shapes.Briefings)
    def briefings(limit: Limit = 20, cursor: Cursor = "") -> dict[str, Any]:
        place = cursors.read("briefings", cursor, "i")
        all_of_them = house.store.briefings(limit=DEEPEST)
        page, older = cursors.older(all_of_them, place, limit)
        following = cursors.write("briefings", [older]) if older else None
        return {"briefings": [told.briefing(each) for each in page], "next": following}

    @app.get(
        "/v1/briefings/{briefing}", summary="A briefing, what follows from it", response_model=shapes.BriefingWhole
    )
    def briefing(briefing: OfBriefing) -> Any:  # noqa: ANN401 (a briefing or a problem)
        found = house.store.briefing(briefing)
        if found is None:
            return _missing("briefing", f"Không có buổi giao ban {briefing}.", f"There is no briefing {briefing}.")
        room = Briefings(house.store, house.profile)
        today = Calendar(house.store, house.profile).today(its.now())
        return told.briefing(found) | {
            "points": [told.point(each, today) for each in house.store.points(briefing=briefing)],
            "carried": [told.point(each, today) for each, _ in room.carried(found)],
        }


def _add_calendar(app: FastAPI, its: Frame) -> None:
    house = its.house

    @app.get("/v1/calendar", summary="What can be foreseen, by first day", response_model=shapes.Calendar)
    def calendar(limit: Limit = 20, cursor: Cursor = "") -> dict[str, Any]:
        today = Calendar(house.store, house.profile).today(its.now())
        place = cursors.read("calendar", cursor, "si")
        page, following = cursors.behind(
            house.store.matters(), lambda each: (each.start.isoformat(), each.number), place, limit
        )
        return {
            "matters": [told.matter(each, today) for each in page],
            "next": cursors.write("calendar", following) if following else None,
        }

    @app.get(
        "/v1/calendar.ics",
        summary="The calendar and the briefings as an iCalendar file (RFC 5545); a key for the calendar alone may stand"
        " in the address (`?khoa=`)",
        response_class=Response,
        responses={200: {"content": {"text/calendar": {"schema": {"type": "string"}}}}},
    )
    def diary() -> Response:
        today = Calendar(house.store, house.profile).today(its.now())
        name = f"Điểm Báo {house.profile.name}"
        made = ics.calendar(house.store.matters(), house.store.briefings(), name=name, today=today)
        return Response(made.encode(), media_type=ics.MEDIA)


def _missing(kind: str, vietnamese: str, english: str) -> JSONResponse:
    return problems.problem(404, vietnamese, english, kind=f"urn:diembao:problem:{kind}")
