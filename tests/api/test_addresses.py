"""Everything that is served has a row, and every role gets from every address what its row says."""

from __future__ import annotations

import asyncio
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette
from starlette.routing import Mount

from diembao.api import paths
from diembao.api.choosing import by_province
from diembao.api.door import Door
from diembao.api.gate import Gate
from diembao.api.paths import act_of
from diembao.api.rights import Act, opens
from diembao.api.service import create_app
from diembao.core.accounts import CONSOLE, Grant, Role
from diembao.core.case import Details
from diembao.pipeline.wiring import Installation, open_installation
from diembao.response.cases import Actor, Desk
from tests.dashboard import entering, seed
from tests.dashboard.seed import NOW, Seeded

# What Streamlit serves and nobody is to get: its own sign-in, figures of its inside, agents.
CLOSED = re.compile(r"/auth/.*|/oauth2callback|/_stcore/(metrics|st-metrics|message|script-health-check|agent).*")
ROUTES = """
import json, sys
from pathlib import Path
from starlette.routing import Mount, WebSocketRoute
from diembao.app.server import application
from diembao.core.settings import load
from diembao.pipeline.wiring import open_installation

def told(routes, before=""):
    for route in routes:
        if isinstance(route, Mount) and route.routes:
            yield from told(route.routes, before + route.path)
        elif isinstance(route, WebSocketRoute):
            yield before + route.path, ["WEBSOCKET"]
        else:
            yield before + route.path, sorted(getattr(route, "methods", None) or ["GET"])

with open_installation(load(Path(sys.argv[1]))) as house:
    print(json.dumps(list(told(application(house, port=1)._build_starlette_app().routes))))
"""
# A value for each kind of part.
SAMPLES = {"article_id": "0123456789abcdef", "number": "VV-2026-0001", "claim": "1", "issue": "1", "asked": "1"}


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[str, list[str]]]:
    home = tmp_path_factory.mktemp("routes")
    seed.home_at(home)
    done = subprocess.run([sys.executable, "-c", ROUTES, str(home)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    found: list[tuple[str, list[str]]] = json.loads(done.stdout.splitlines()[-1])
    return found


def sample(path: str) -> str:
    return re.sub(r"\{(\w+)(?::\w+)?\}", lambda part: SAMPLES.get(part[1], "x"), path)


def test_whatever_is_served_has_a_row_or_is_closed_by_name(served: list[tuple[str, list[str]]]) -> None:
    without = [
        (path, methods)
        for path, methods in served
        if methods != ["OPTIONS"]  # nobody is asked from another site
        and not any(act_of(method, sample(path) or "/") for method in methods)
        and not CLOSED.fullmatch(sample(path))
    ]
    # The API's and Streamlit's own answer for everything else.
    assert [path for path, _ in without if path not in {"/api/{rest:path}", "/{path:path}", ""}] == [], without
    assert len(served) > 30


def test_nothing_that_is_closed_by_name_has_a_row(served: list[tuple[str, list[str]]]) -> None:
    closed = [(path, methods) for path, methods in served if CLOSED.fullmatch(sample(path))]
    assert closed
    assert [path for path, methods in closed for method in methods if act_of(method, sample(path))] == []


def test_every_route_of_the_api_has_a_row_of_its_own(seeded: tuple[Installation, Seeded]) -> None:
    routes: list[Any] = create_app(seeded[0]).openapi()["paths"].items()
    rows = {f"{method.upper()} {path}" for path, methods in routes for method in methods}
    assert rows
    missing = [row for row in rows if act_of(row.split()[0], sample("/api" + row.split()[1])) is None]
    assert missing == []


class Asking:
    """The API behind its gate, as accounts of every role."""

    def __init__(self, house: Installation, door: Door) -> None:
        api = Starlette(routes=[Mount("/api", app=by_province(house, lambda its: create_app(its, lambda: NOW)))])
        self._app = Gate(api, "", door)
        self.door = door

    def __call__(self, path: str, cookies: dict[str, str] | None = None) -> httpx.Response:
        async def asking() -> httpx.Response:
            transport = httpx.ASGITransport(self._app)
            async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1", cookies=cookies) as client:
                return await client.get(path)

        return asyncio.run(asking())


@pytest.fixture(scope="module")
def asking(
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[tuple[Asking, dict[str, dict[str, str]], dict[str, str]]]:
    """With the cookies of each role, and the numbers of cases by whose they are."""
    home = tmp_path_factory.mktemp("walk")
    with open_installation(seed.home_at(home)) as house:
        put = seed.fill(house)
        desk, who = Desk(house.store, house.profile), Actor("person:99", NOW)
        cases = {
            unit: desk.open(Details("Vụ việc", unit), [put.ids[about]], who).number
            for unit, about in (("so-y-te", "waste"), ("so-tai-chinh", "road"))
        }
        door = entering.door_of(house)
        cookies = {}
        for role in Role:
            grant = Grant(role, "", "so-y-te" if role in {Role.UNIT_OFFICER, Role.FOREIGN_AFFAIRS} else "")
            number = door.accounts.add(f"{role.value}-x", "", [grant], by=CONSOLE, now=door.now())
            opened = door.accounts.let_in(number, entering.FROM, how="demo", now=door.now())
            cookies[role.value] = {"diembao": door.sessions.cookie(opened.token)}
        yield Asking(house, door), cookies, {**cases, "article": put.ids["waste"]}


def test_a_province_that_is_not_watched_here_is_none(
    asking: tuple[Asking, dict[str, dict[str, str]], dict[str, str]],
) -> None:
    ask, cookies, _ = asking
    officer = cookies[Role.OFFICER]
    told = {each: ask(f"/api/v1/articles?province={each}", officer).status_code for each in ("gia-lai", "hue")}
    assert told == {"gia-lai": 200, "hue": 404}


Walk = tuple[Asking, dict[str, dict[str, str]], dict[str, str]]


@pytest.mark.parametrize("role", Role)
def test_every_role_gets_from_every_address_of_the_api_what_its_row_says(asking: Walk, role: Role) -> None:
    ask, cookies, ids = asking
    own = ids["so-y-te"]
    asked = ["health", "search?q=heo", "openapi.json", "cases", f"cases/{own}", f"articles/{ids['article']}"]
    for path in asked:
        act = act_of("GET", f"/api/v1/{path.partition('?')[0]}")
        assert act is not None
        who = ask.door.sessions.visitor(cookies[role.value]["diembao"])
        expected = 200 if opens(who, act, "gia-lai") else 403
        assert ask(f"/api/v1/{path}", cookies[role.value]).status_code == expected, path
        assert ask(f"/api/v1/{path}").status_code == 401


@pytest.mark.parametrize("role", Role)
def test_a_case_of_another_unit_is_not_there_for_a_units_officer(asking: Walk, role: Role) -> None:
    ask, cookies, ids = asking
    sees_all = role not in {Role.UNIT_OFFICER, Role.FOREIGN_AFFAIRS}
    theirs = ask(f"/api/v1/cases/{ids['so-tai-chinh']}", cookies[role.value])
    assert theirs.status_code == (200 if sees_all else 404)
    listed = ask("/api/v1/cases", cookies[role.value]).json()
    assert listed["total"] == len(listed["cases"]) == (2 if sees_all else 1)
    if not sees_all:
        unknown = ask("/api/v1/cases/VV-2026-9999", cookies[role.value]).json()
        assert {**unknown, "detail": "", "detail_en": ""} == {**theirs.json(), "detail": "", "detail_en": ""}


def test_the_frames_of_the_screens_are_those_that_have_a_row() -> None:
    from dashboard.page import PATHS

    assert set(PATHS) == {"/", *(f"/{screen}" for screen in paths.SCREENS)}
    assert all(act_of("GET", path) is Act.OWN_ACCOUNT for path in PATHS)
