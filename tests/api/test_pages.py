"""Every list of the API comes in pages."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from diembao.core.accounts import Grant, Role
from tests.api.asking import Asking, asking_at

# Addresses of one thing that do not end in its name: what they tell is whole, and bounded.
WHOLE = {
    "/v1/articles/{article_id}/machine-gists",
    "/v1/articles/{article_id}/similar",
    "/v1/alerts/{alert}/preview",
    "/v1/cases/{number}/effect",
    "/v1/counts",
    "/v1/trends",
    "/v1/health",
    "/v1/status",
}


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Asking]:
    with asking_at(tmp_path_factory.mktemp("pages"), api_per_minute=1_000_000) as asking:
        yield asking


def test_every_list_of_the_description_has_a_limit_a_cursor_and_a_next(ask: Asking) -> None:
    told = ask("/openapi.json", role=Role.VIEWER).json()
    without = set()
    for path, methods in told["paths"].items():
        content = methods["get"]["responses"]["200"]["content"] if "get" in methods else {}
        if path.endswith("}") or "application/json" not in content:
            continue
        shape = content["application/json"]["schema"]["$ref"].rpartition("/")[2]
        taken = {each["name"] for each in methods["get"].get("parameters", ())}
        if not ({"limit", "cursor"} <= taken and "next" in told["components"]["schemas"][shape]["properties"]):
            without.add(path)
    assert without == WHOLE


@pytest.mark.parametrize(("path", "name"), [("/kits", "kits"), ("/people", "people"), ("/reports/schedule", "due")])
def test_pages_of_a_short_list_are_the_list(ask: Asking, path: str, name: str) -> None:
    if not any(each.name == "lan-x" for each in ask.house.store.accounts()):
        ask.enter("lan-x", Grant(Role.OFFICER))
    whole = ask(f"{path}?limit=100", role=Role.OFFICER).json()
    assert (len(whole[name]) >= 2, whole["next"]) == (True, None)
    found: list[Any] = []
    page = ask(f"{path}?limit=1", role=Role.OFFICER).json()
    while len(page[name]) == 1:
        found += page[name]
        if page["next"] is None:
            break
        page = ask(f"{path}?limit=1&cursor={page['next']}", role=Role.OFFICER).json()
    assert found == whole[name]
    assert ask(f"{path}?cursor={'WyJ4IiwxXQ'}", role=Role.OFFICER).status_code == 400
