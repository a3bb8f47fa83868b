"""The API of one province, as somebody who has signed in meets it: behind the gate, before the table of rights."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime
from typing import Any, Final

import httpx
from starlette.types import Receive, Scope, Send

from diembao.api.rights import Act, NotAllowed, Visitor
from diembao.api.service import create_app
from diembao.core.errors import WrongUse
from diembao.pipeline.wiring import Installation

_FORBIDDEN: Final = frozenset({403, 404})
_REFUSED: Final = frozenset({400, 409, 422})


class Api:
    def __init__(self, house: Installation, now: Callable[[], datetime]) -> None:
        self._app = create_app(house, now)

    def __call__(self, who: Visitor, method: str, path: str, body: Any = None) -> None:
        """Raises:
        NotAllowed, WrongUse: as the rooms would; any other answer than a good one is an assertion.
        """
        answer = asyncio.run(self._asked(who, method, path, body))
        if answer.status_code in _FORBIDDEN:
            raise NotAllowed(Act.WORK_CASE)
        if answer.status_code in _REFUSED:
            raise WrongUse(answer.text)
        assert answer.is_success, (answer.status_code, answer.text)

    async def _asked(self, who: Visitor, method: str, path: str, body: Any) -> httpx.Response:
        async def inside(scope: Scope, receive: Receive, send: Send) -> None:
            await self._app({**scope, "state": {"visitor": who}}, receive, send)

        transport = httpx.ASGITransport(inside)
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
            return await client.request(method, f"/v1/cases/{path}", json=body)
