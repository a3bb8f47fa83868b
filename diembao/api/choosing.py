"""Which province an API request is about: `province` in its address, else the first that whoever asks may see.

Each province has an application of its own, over the installation as that province sees it. One that may not be seen
is told like one that is not there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final
from urllib.parse import parse_qs

from starlette.applications import Starlette
from starlette.types import ASGIApp, Receive, Scope, Send

from diembao.api import paths, problems
from diembao.api.gate import visitor_of
from diembao.api.rights import STRANGER, Visitor, opens
from diembao.pipeline.wiring import Installation

PARAMETER: Final = "province"
LONGEST: Final = 8000  # bytes of a query string that are looked at


class _Asked:
    """A scope, as `visitor_of` takes it."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope


class Choosing:
    """ASGI: hands a request to the application of its province."""

    def __init__(self, house: Installation, made: Callable[[Installation], ASGIApp]) -> None:
        self._house, self._made = house, made
        self._apps: dict[str, ASGIApp] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        province = self._province(scope) if scope["type"] == "http" else self._house.watched[0]
        if province is None:
            await _no_such_province(scope, receive, send)
            return
        if province not in self._apps:
            self._apps[province] = self._made(self._house.of(province))
        await self._apps[province](scope, receive, send)

    def _province(self, scope: Scope) -> str | None:
        who = visitor_of(_Asked(scope))
        known = [each for each in self._house.watched if self._may(who, scope, each)]
        if asked := _asked(scope):
            return asked[0] if len(asked) == 1 and asked[0] in known else None
        return known[0] if known else None

    def _may(self, who: Visitor, scope: Scope, province: str) -> bool:
        """Strangers are turned away by the gate; who passed none asks for the whole."""
        act = paths.act_of(scope["method"], scope["path"])
        return who == STRANGER or act is None or opens(who, act, province)


class Only:
    """ASGI: where one province is watched, no other is asked about."""

    def __init__(self, app: ASGIApp, province: str) -> None:
        self._app, self._province = app, province

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        other = scope["type"] == "http" and (_asked(scope) or [self._province]) != [self._province]
        await (_no_such_province if other else self._app)(scope, receive, send)


def _asked(scope: Scope) -> list[str] | None:
    return parse_qs(scope.get("query_string", b"")[:LONGEST].decode("latin-1")).get(PARAMETER)


async def _no_such_province(scope: Scope, receive: Receive, send: Send) -> None:
    told = "Không có tỉnh này ở đây.", "There is no such province here."
    await problems.problem(404, *told, kind="urn:diembao:problem:province")(scope, receive, send)


def by_province(house: Installation, made: Callable[[Installation], Starlette]) -> ASGIApp:
    if house.several:
        return Choosing(house, made)
    app = made(house)  # stands in the table of routes as itself
    app.add_middleware(Only, province=house.watched[0])
    return app


def described(house: Installation) -> Mapping[str, object]:
    """The parameter, for the description of the API."""
    return {
        "name": PARAMETER,
        "in": "query",
        "required": False,
        "description": "One of several provinces; without it the first that may be seen",
        "schema": {"type": "string", "enum": list(house.watched)},
    }
