"""The open API of Điểm Báo, under /api/v1. Times are ISO 8601 with their offset, texts NFC.

It tells of articles, stories, outlets, tasks and cases, never of people: there is no field, facet or search by
journalist. Errors are problem details (RFC 9457) in Vietnamese and English. Lists come in pages: give `next` as
`cursor` to read on. Come in with `Authorization: Bearer <key>`, or with a session's cookie; see docs/api.md.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, Final

from fastapi import Depends, FastAPI
from fastapi.responses import JSONResponse
from starlette.middleware.gzip import GZipMiddleware

from diembao.api import cases, choosing, paths, problems, shapes
from diembao.api.answers import Answers
from diembao.api.frame import Frame
from diembao.api.known import only_known
from diembao.api.routes import (
    alerts,
    answering,
    articles,
    bulk,
    desk,
    export,
    handing_in,
    kits,
    labels,
    lists,
    memory,
    outlets,
    papers,
    people,
    plan,
    register,
    reports,
    requests,
    search,
    status,
    stories,
    trends,
)
from diembao.api.sessions import PLAIN_COOKIE
from diembao.api.spoken import Spoken
from diembao.pipeline.wiring import Installation

# Bytes from which an answer is compressed; and how hard: 9 takes twice as long for a fiftieth less.
COMPRESSED: Final = 1000
PACKING: Final = 5
# What each adds stands in this order in the description.
ROUTES: Final = (
    articles,
    bulk,
    labels,
    lists,
    search,
    export,
    stories,
    outlets,
    plan,
    kits,
    handing_in,
    cases,
    desk,
    papers,
    people,
    memory,
    register,
    reports,
    trends,
    answering,
    requests,
    alerts,
    status,
)
# Where the API is mounted.
ROOT: Final = "/api"


def create_app(installation: Installation, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> FastAPI:
    """The application to mount at /api."""
    app = FastAPI(
        title="Điểm Báo",
        version="1",
        description=__doc__ or "",
        # The pages that FastAPI offers for reading its description load scripts from elsewhere.
        docs_url=None,
        redoc_url=None,
        openapi_url="/v1/openapi.json",
        responses={status: _refusal(status) for status in problems.TITLES},
        dependencies=[Depends(only_known)],
    )
    problems.install(app)
    # From the inside out: a problem is told in the reader's language, an answer is marked, then compressed.
    app.add_middleware(Spoken)
    app.add_middleware(Answers)
    app.add_middleware(GZipMiddleware, minimum_size=COMPRESSED, compresslevel=PACKING)
    its = Frame(installation, now)
    for each in ROUTES:
        each.add(app, its)

    @app.api_route("/{rest:path}", methods=["GET", "HEAD"], include_in_schema=False)
    def nothing(rest: str) -> JSONResponse:  # noqa: ARG001
        return problems.problem(404, "Không có địa chỉ này.", "There is no such address.")

    _describe(app, installation)
    return app


def _refusal(status: int) -> dict[str, Any]:
    schema = {"$ref": "#/components/schemas/Problem"}
    return {"description": problems.TITLES[status][1], "content": {"application/problem+json": {"schema": schema}}}


def _describe(app: FastAPI, house: Installation) -> None:
    """The description says how one comes in, and which right each address asks for."""
    as_made = app.openapi

    def described() -> dict[str, Any]:
        if app.openapi_schema is None:
            told = as_made()
            told["servers"] = [{"url": ROOT}]
            parts = told.setdefault("components", {})
            parts["schemas"]["Problem"] = shapes.Problem.model_json_schema()
            parts["schemas"]["HandedFact"] = shapes.HandedFact.model_json_schema()
            for name, schema in parts["schemas"].items():
                _give_examples(name, schema)
            parts["securitySchemes"] = {
                "key": {"type": "http", "scheme": "bearer", "description": "diembao keys add"},
                "session": {"type": "apiKey", "in": "cookie", "name": PLAIN_COOKIE},
            }
            told["security"] = [{"key": []}, {"session": []}]
            for path, methods in told["paths"].items():
                for method, operation in methods.items():
                    act = paths.act_of(method.upper(), f"{ROOT}{path}")
                    operation["description"] = f"Right: `{act}`" if act else ""
                    if house.several:
                        operation.setdefault("parameters", []).append(dict(choosing.described(house)))
            app.openapi_schema = told
        return app.openapi_schema

    app.openapi = described  # type: ignore[method-assign]  # FastAPI's own way to extend its description


def _give_examples(name: str, schema: dict[str, Any]) -> None:
    """As they were written: FastAPI leaves out what is null in them."""
    shape = getattr(shapes, name, None)
    extra = shape.model_config.get("json_schema_extra") if shape else None
    if isinstance(extra, dict):
        schema.update(extra)
