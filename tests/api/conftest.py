from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from starlette.types import ASGIApp, Receive, Scope, Send

from diembao.api.rights import Standing, Visitor
from diembao.api.service import create_app
from diembao.core.accounts import Grant, Role
from diembao.pipeline.wiring import Installation, open_installation
from tests.api.asking import Asking, asking_at
from tests.api.doors import Doors
from tests.dashboard import published, seed
from tests.dashboard.seed import NOW, Seeded

Get = Callable[..., httpx.Response]


@pytest.fixture(scope="module")
def seeded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Installation, Seeded]]:
    with open_installation(seed.home_at(tmp_path_factory.mktemp("api"))) as house:
        yield house, seed.fill(house, (*published.LEADING, *published.month(4)))


class Inside:
    """The API as whoever may read everything; who may what at the gate is asked in `test_addresses`."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self._app({**scope, "state": {"visitor": READER}}, receive, send)


READER = Visitor("person:1", "session:1", (Standing.SIGNED_IN,), (Grant(Role.VIEWER),), account=1)


@pytest.fixture(scope="module")
def get(seeded: tuple[Installation, Seeded]) -> Get:
    return asked_inside(Inside(create_app(seeded[0], lambda: NOW)))


def asked_inside(app: ASGIApp) -> Get:
    async def ask(path: str, method: str, params: dict[str, object] | None) -> httpx.Response:
        transport = httpx.ASGITransport(app, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
            return await client.request(method, path, params=params)  # type: ignore[arg-type]  # httpx turns values to text

    def getting(path: str, method: str = "GET", **params: object) -> httpx.Response:
        return asyncio.run(ask(path, method, params or None))

    return getting


@pytest.fixture
def home(tmp_path: Path) -> Path:
    seed.home_at(tmp_path)
    return tmp_path


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Asking]:
    with asking_at(tmp_path_factory.mktemp("asking"), api_per_minute=1_000_000) as asking:
        yield asking


@pytest.fixture(scope="module")
def read(ask: Asking) -> Callable[..., Any]:
    """As another system, with a key that reads."""
    key = ask.key("trung-tam")

    def reading(path: str) -> Any:
        answer = ask(path, key=key)
        assert answer.status_code == 200, answer.text
        return answer.json()

    return reading


@pytest.fixture
def doors(tmp_path: Path) -> Iterator[Doors]:
    with Doors.at(tmp_path) as opened:
        yield opened
