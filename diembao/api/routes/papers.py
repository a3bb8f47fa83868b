"""The packet of a case, sent piece by piece while it is made."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import FastAPI, Query, Request
from fastapi.responses import StreamingResponse

from diembao.api import casework
from diembao.api.deeds import Number, no_case
from diembao.api.frame import Frame
from diembao.api.gate import turned_away, visitor_of
from diembao.api.rights import Act
from diembao.pipeline.evidence import packer_of

Notes = Annotated[bool, Query(description="With the desk's own notes; false for use outside")]


def add(app: FastAPI, its: Frame) -> None:
    house = its.house

    @app.get(
        "/v1/cases/{number}/packet",
        summary="All of a case in one signed ZIP file; `diembao evidence verify` checks it",
        response_class=StreamingResponse,
        responses={200: {"content": {"application/zip": {"schema": {"type": "string", "format": "binary"}}}}},
    )
    def packet(
        request: Request,
        number: Number,
        notes: Notes = True,  # noqa: FBT002 (a parameter of the address)
    ) -> Any:  # noqa: ANN401 (a file or a problem)
        who, found, act = visitor_of(request), house.store.case_file(number), Act.EXPORT_EVIDENCE
        hidden = found is not None and not casework.allowed(house, who, act, found.case)
        if hidden:
            turned_away(request, act)
        if found is None or hidden:
            return no_case(number)
        now = its.now()
        pieces = packer_of(house).stream(found, now, notes=notes)
        house.store.note(who.actor, act.value, f"case:{number}", where=who.where, now=now, notes=notes)
        headers = {
            "Content-Disposition": f'attachment; filename="ho-so-{number}.zip"',
            "Cache-Control": "no-store",
            "Content-Encoding": "identity",  # packed already
        }
        return StreamingResponse(pieces, media_type="application/zip", headers=headers)
