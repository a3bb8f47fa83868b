"""The packet of a case, sent piece by piece while it is made; and the documents that were issued, as they left."""

from __future__ import annotations

from typing import Annotated, Any, Final

from fastapi import FastAPI, Path, Query, Request, Response
from fastapi.responses import StreamingResponse

from diembao.api import casework, frame, problems
from diembao.api.deeds import Number, case_of, no_case
from diembao.api.frame import ArticleId, Frame
from diembao.api.gate import turned_away, visitor_of
from diembao.api.rights import Act, require
from diembao.pipeline.evidence import packer_of, packet_of

Outside = Annotated[bool, Query(description="Coverage, claims with verdicts and what was issued alone, without names")]


Sha256 = Annotated[str, Path(pattern="^[0-9a-f]{64}$", examples=["0" * 64])]

# A page is handed over as a file as well, never shown.
_MEDIA: Final = {
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".pdf": "application/pdf",
    ".txt": "text/plain; charset=utf-8",
}
_FILE: Final = "application/octet-stream"


def add(app: FastAPI, its: Frame) -> None:
    _packet(app, its)
    _evidence(app, its)
    _documents(app, its)


def _documents(app: FastAPI, its: Frame) -> None:
    @app.get(
        "/v1/cases/{number}/documents/{sha256}",
        summary="A document of an issued statement, as it left; its SHA-256 stands in the case's `statements`",
        response_class=Response,
        responses={200: {"content": {_FILE: {"schema": {"type": "string", "format": "binary"}}}}},
    )
    def document(request: Request, number: Number, sha256: Sha256) -> Any:  # noqa: ANN401 (a file or a problem)
        found = its.house.store.case_file(number) if case_of(its, request, number) else None
        if found is None:
            return no_case(number)
        data = its.house.store.response(sha256)
        issued = ((issue, ending) for issue in found.issues for ending, its in issue.documents.items() if its == sha256)
        issue, ending = next(issued, (None, ""))
        if issue is None or data is None:
            missing = f"{number} không phát hành văn bản nào như vậy.", f"{number} has issued no such document."
            return problems.problem(404, *missing, kind="urn:diembao:problem:document")
        name = f"{number}-{issue.number}{ending}"
        headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
        return Response(data, media_type=_MEDIA.get(ending, _FILE), headers=headers)


def _evidence(app: FastAPI, its: Frame) -> None:
    house = its.house

    @app.get(
        "/v1/articles/{article_id}/packet",
        summary="The evidence of an article in one signed ZIP file; `diembao evidence verify` checks it",
        response_class=Response,
        responses={200: {"content": {"application/zip": {"schema": {"type": "string", "format": "binary"}}}}},
    )
    def evidence(request: Request, article_id: ArticleId) -> Any:  # noqa: ANN401 (a file or a problem)
        item, who, act = house.store.article(article_id), visitor_of(request), Act.EXPORT_EVIDENCE
        if item is None:
            return frame.no_article(article_id)
        require(who, act, casework.about(house, item))
        made = packet_of(house, article_id, its.now())
        house.store.note(who.actor, act.value, f"article:{article_id}", where=who.where, now=its.now())
        headers = {
            "Content-Disposition": f'attachment; filename="bang-chung-{article_id}.zip"',
            "Cache-Control": "no-store",
            "Content-Encoding": "identity",  # packed already
        }
        return Response(made, media_type="application/zip", headers=headers)


def _packet(app: FastAPI, its: Frame) -> None:
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
        outside: Outside = False,  # noqa: FBT002 (a parameter of the address)
    ) -> Any:  # noqa: ANN401 (a file or a problem)
        who, found, act = visitor_of(request), house.store.case_file(number), Act.EXPORT_EVIDENCE
        hidden = found is not None and not casework.allowed(house, who, act, found.case)
        if hidden:
            turned_away(request, act)
        if found is None or hidden:
            return no_case(number)
        now = its.now()
        pieces = packer_of(house).stream(found, now, outside=outside)
        house.store.note(who.actor, act.value, f"case:{number}", where=who.where, now=now, outside=outside)
        headers = {
            "Content-Disposition": f'attachment; filename="ho-so-{number}.zip"',
            "Cache-Control": "no-store",
            "Content-Encoding": "identity",  # packed already
        }
        return StreamingResponse(pieces, media_type="application/zip", headers=headers)
