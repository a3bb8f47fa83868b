"""The whole API behind its gate, with accounts of every role and keys, as other systems meet it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
from starlette.applications import Starlette
from starlette.routing import Mount

from diembao.api.door import Door, open_door
from diembao.api.gate import Gate
from diembao.api.keys import READING, Wish
from diembao.api.rights import Act
from diembao.api.service import create_app
from diembao.core.accounts import CONSOLE, Grant, Role
from diembao.core.case import Details
from diembao.core.settings import Settings
from diembao.pipeline.wiring import Installation, open_installation
from diembao.response.cases import Actor, Desk
from tests.api.doors import HERE, PROVINCE, Clock
from tests.dashboard import published, seed
from tests.dashboard.entering import cheap
from tests.dashboard.seed import NOW, Seeded

OWN = "http://127.0.0.1"
PROBLEM = "application/problem+json; charset=utf-8"
UNIT = "so-vhttdl"


@dataclass
class Asking:
    house: Installation
    put: Seeded
    door: Door
    clock: Clock
    case: str
    app: Gate
    cookies: dict[str, str] = field(default_factory=dict)

    def cookie(self, role: Role) -> str:
        """Of an account with this role alone, of `UNIT` where it needs one."""
        if role.value not in self.cookies:
            unit = UNIT if role in {Role.UNIT_OFFICER, Role.FOREIGN_AFFAIRS} else ""
            self.cookies[role.value] = self.enter(f"{role.value}-x", Grant(role, "", unit))
        return self.cookies[role.value]

    def enter(self, name: str, *grants: Grant) -> str:
        accounts = self.door.accounts
        number = accounts.add(name, "Nguyễn Thị Lan", grants, by=CONSOLE, now=self.door.now())
        opened = accounts.let_in(number, HERE, how="demo", now=self.door.now())
        return f"diembao={self.door.sessions.cookie(opened.token)}"

    def account(self, name: str) -> int:
        return next(each.number for each in self.house.store.accounts() if each.name == name)

    def key(self, name: str, *scopes: Act, days: float = 30, account: int | None = None) -> str:
        return self.door.keys.add(Wish(name, PROVINCE, scopes or READING, days, account), by=CONSOLE).token

    def __call__(  # noqa: PLR0913 (all that a request has)
        self,
        path: str,
        method: str = "GET",
        *,
        role: Role | None = None,
        key: str | None = None,
        headers: Iterable[tuple[str, str]] = (),
        body: Any = None,
        content: Iterable[bytes] | bytes | None = None,
        file: tuple[str, bytes] | None = None,
    ) -> httpx.Response:
        told = [*headers]
        if role is not None:
            told += [("cookie", self.cookie(role)), ("origin", OWN)]
        if key is not None:
            told.append(("authorization", f"Bearer {key}"))

        async def streamed() -> AsyncIterator[bytes]:
            for part in content or ():
                yield part if isinstance(part, bytes) else bytes([part])

        async def asking() -> httpx.Response:
            transport = httpx.ASGITransport(self.app, raise_app_exceptions=False)
            async with httpx.AsyncClient(transport=transport, base_url=OWN) as client:
                sent = content if content is None or isinstance(content, bytes) else streamed()
                given = {"files": {"file": file}} if file else {"json": body, "content": sent}
                return await client.request(method, f"/api/v1{path}", headers=told, **given)

        return asyncio.run(asking())


@contextmanager
def asking_at(home: Path, **web: Any) -> Iterator[Asking]:
    settings = _with(seed.home_at(home), web)
    with open_installation(settings) as house:
        put = seed.fill(house, (*published.LEADING, *published.month(4)))
        opened = Desk(house.store, house.profile).open(
            Details("Nước thải ra sông Côn", UNIT), [put.ids["waste"]], Actor("person:99", NOW)
        )
        clock = Clock()
        door = open_door(house.store, settings, PROVINCE, hasher=cheap(), now=clock.now, clock=clock.count)
        api = Starlette(routes=[Mount("/api", app=create_app(house, lambda: NOW))])
        yield Asking(house, put, door, clock, opened.number, Gate(api, "", door))


def _with(settings: Settings, web: dict[str, Any]) -> Settings:
    return settings.model_copy(update={"web": settings.web.model_copy(update=web)})
