"""Cases in the open API: what is open, late or answered. Notes, drafts and names stay at the desk."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any

from fastapi import FastAPI, Query, Request
from pydantic import StringConstraints

from diembao.api import casework, cursors, shapes
from diembao.api.cursors import Cursor, Limit, Place
from diembao.api.deeds import Number, case_of, no_case
from diembao.api.frame import Frame
from diembao.api.gate import visitor_of
from diembao.api.rights import Sight
from diembao.api.routes.search import QUERY_LENGTH
from diembao.core.case import Case, CaseQuery, CaseState
from diembao.pipeline.case_finding import found_by
from diembao.response.case_json import covered, public, summary

# Cases that may be skipped; and how far the last one shown may have moved in the list before a cursor is lost.
DEEPEST, MOVED = 10_000, 200

States = Annotated[list[CaseState] | None, Query(max_length=len(CaseState))]
Units = Annotated[list[Annotated[str, StringConstraints(max_length=64)]] | None, Query(max_length=50)]
Late = Annotated[bool, Query(description="Only open ones past their deadline")]
Typed = Annotated[
    str,
    Query(
        max_length=QUERY_LENGTH,
        description="As typed in the search box: cases whose name or themes match, or that hold an article that does",
        examples=["nước thải"],
    ),
]


def add(app: FastAPI, its: Frame) -> None:
    _add_list(app, its)
    _add_one(app, its)


def _add_list(app: FastAPI, its: Frame) -> None:
    house = its.house

    @app.get(
        "/v1/cases",
        summary="Cases: the open ones first, soonest due first; then the ended ones",
        response_model=shapes.Cases,
    )
    def cases(  # noqa: PLR0913, PLR0917 (parameters of the address)
        request: Request,
        state: States = None,
        unit: Units = None,
        late: Late = False,  # noqa: FBT002 (a parameter of the address)
        q: Typed = "",
        limit: Limit = 20,
        cursor: Cursor = "",
    ) -> dict[str, Any]:
        question = f"cases:{state}:{unit}:{late}" + (f":{q}" if q.strip() else "")
        place = cursors.read(question, cursor, "is")
        numbers = found_by(house, house.query(q, its.now())) if q.strip() else None
        asked = CaseQuery(tuple(state or ()), tuple(unit or ()), its.now() if late else None, numbers)
        seen = casework.sight_of(house, visitor_of(request))
        total, offset, page, more = _page(its, asked, seen, place, limit)
        return {
            "total": total,
            "cases": [summary(case, its.now()) for case in page],
            "next": cursors.write(question, [offset + len(page), page[-1].number]) if more else None,
        }


def _add_one(app: FastAPI, its: Frame) -> None:
    house = its.house

    @app.get("/v1/cases/{number}", summary="A case, its coverage, when what was done", response_model=shapes.CaseFile)
    def case(request: Request, number: Number) -> Any:  # noqa: ANN401 (a case or a problem)
        # What may not be seen is told like what is not there.
        found = house.store.case_file(number) if case_of(its, request, number) else None
        return no_case(number) if found is None else public(found, its.now())

    @app.get(
        "/v1/cases/{number}/articles", summary="All articles of a case, the last first", response_model=shapes.Coverage
    )
    def coverage(request: Request, number: Number, limit: Limit = 20, cursor: Cursor = "") -> Any:  # noqa: ANN401
        found = house.store.case_file(number) if case_of(its, request, number) else None
        if found is None:
            return no_case(number)
        question = f"coverage:{number}"
        page, left = cursors.older(found.coverage[::-1], cursors.read(question, cursor, "i"), limit)
        told = {"case": number, "total": len(found.coverage), "coverage": [covered(each) for each in page]}
        return told | {"next": cursors.write(question, [left]) if left else None}


def _page(
    its: Frame, asked: CaseQuery, seen: Sight, place: Place | None, limit: int
) -> tuple[int, int, Sequence[Case], bool]:
    """The total, how many stand before the page, the page, and whether there is more. The list moves with every act
    of the desk: the page begins behind the case that was shown last, wherever it stands now.
    """
    if place is None:
        total, found = casework.listed(its.house, asked, seen, offset=0, limit=limit)
        return total, 0, found, total > len(found)
    offset, last = int(place[0]), place[1]
    if offset > DEEPEST:
        raise cursors.wrong()
    start = max(0, offset - MOVED)
    total, near = casework.listed(its.house, asked, seen, offset=start, limit=2 * MOVED + limit)
    at = next((n for n, case in enumerate(near) if case.number == last), None)
    if at is None:
        raise cursors.wrong()
    page = near[at + 1 : at + 1 + limit]
    before = start + at + 1
    return total, before, page, bool(page) and total > before + len(page)
