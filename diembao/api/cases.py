"""Cases in the open API: what is open, late or answered. Notes, drafts and names stay at the desk."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Annotated, Any, Final

from fastapi import FastAPI, Path, Query, Request

from diembao.api import casework, problems
from diembao.api.gate import visitor_of
from diembao.api.rights import Act
from diembao.core.case import CaseQuery, CaseState
from diembao.pipeline.wiring import Installation
from diembao.response.case_json import public, summary

# Cases of one answer, and cases that may be skipped.
LIMIT, OFFSET = 100, 10_000
NUMBER: Final = r"^VV-[0-9]{4}-[0-9]{4,9}$"


def add(app: FastAPI, installation: Installation, now: Callable[[], datetime]) -> None:
    """Add the routes."""

    @app.get("/v1/cases", summary="Cases: the open ones first, soonest due first; then the ended ones")
    def cases(
        request: Request,
        state: Annotated[list[CaseState] | None, Query(max_length=len(CaseState))] = None,
        unit: Annotated[list[str] | None, Query(max_length=50)] = None,
        late: Annotated[bool, Query(description="Only open ones past their deadline")] = False,  # noqa: FBT002 (a parameter of the address)
        limit: Annotated[int, Query(ge=1, le=LIMIT)] = 20,
        offset: Annotated[int, Query(ge=0, le=OFFSET)] = 0,
    ) -> dict[str, Any]:
        asked = CaseQuery(tuple(state or ()), tuple(unit or ()), now() if late else None)
        seen = casework.sight_of(installation, visitor_of(request))
        total, found = casework.listed(installation, asked, seen, offset=offset, limit=limit)
        return {"total": total, "offset": offset, "limit": limit, "cases": [summary(case, now()) for case in found]}

    @app.get("/v1/cases/{number}", summary="A case: its coverage, and when what was done")
    def case(request: Request, number: Annotated[str, Path(pattern=NUMBER)]) -> Any:  # noqa: ANN401 (a case or a problem)
        found = installation.store.case_file(number)
        # What may not be seen is told like what is not there.
        if found is None or not casework.allowed(installation, visitor_of(request), Act.READ_CASE, found.case):
            missing = f"Không có vụ việc {number}.", f"There is no case {number}."
            return problems.problem(404, *missing, kind="urn:diembao:problem:case")
        return public(found, now())
