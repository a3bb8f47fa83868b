"""Two provinces in one installation: an account of the one walks through every screen, every address of the API, every
command and download, and finds nothing of the other; what it tries to change there is refused and stays as it was.

Everything that the other province has made bears a word that stands nowhere else.
"""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Iterator, Mapping
from typing import Any, Final
from urllib.parse import parse_qs, urlsplit

import pytest
from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.testclient import TestClient
from streamlit.testing.v1 import AppTest
from typer.testing import CliRunner

from dashboard import evidence, newsroom
from diembao.api import rights
from diembao.api.choosing import by_province
from diembao.api.door import open_door
from diembao.api.gate import Gate
from diembao.api.keys import SCOPES, Wish, usable
from diembao.api.paths import SCREENS
from diembao.api.service import create_app
from diembao.app.cli import app as commands
from diembao.core.accounts import CONSOLE, Grant, Role
from diembao.core.case import CaseQuery
from diembao.core.errors import Refused, WrongUse
from diembao.core.questions import QuestionQuery
from diembao.core.requests import RequestQuery
from diembao.pipeline.wiring import Installation
from tests.app.two_provinces import HERE, ROLES, THERE, TOLD, WORD, Two, two
from tests.dashboard.conftest import components, screen, words_of
from tests.dashboard.entering import cheap
from tests.store.making import NOW, article

__all__ = ["components", "two"]

_LINK: Final = re.compile(r"""(?:\]\(|href=["'])(/[^)"']*)""")  # in Markdown and HTML


def is_clean(text: str) -> bool:
    return WORD not in text.casefold()


# -- screens


@pytest.mark.parametrize("path", SCREENS)
def test_no_screen_shows_anything_of_the_other_province(two: Two, path: str) -> None:
    two.enter(Role.OFFICER)
    names = {path: name for name, path in _names().items()}
    number = two.case if names[path] == "case" else article("c").id
    shown = screen(names[path], tinh=THERE, id=number, q="cầu", show="all")
    assert is_clean(words_of(shown) + str([each.value for each in shown.text_area] + [x.label for x in shown.button]))
    assert _province(shown) == HERE
    assert THERE not in str([box.options for box in shown.selectbox])


def _province(shown: AppTest) -> str:
    (found,) = (
        [shown.query_params["tinh"]] if isinstance(shown.query_params["tinh"], str) else shown.query_params["tinh"]
    )
    return str(found)


def _names() -> Mapping[str, str]:
    from tests.dashboard.conftest import ADDRESSES

    return {**ADDRESSES, "today": "hom-nay"}


@pytest.mark.parametrize("role", [Role.VIEWER, Role.ADMINISTRATOR])
def test_whoever_is_of_one_province_finds_no_switch_and_whoever_is_of_both_finds_both(two: Two, role: Role) -> None:
    two.enter(role)
    assert THERE not in str([box.options for box in screen().selectbox])
    two.enter(role, "")
    shown = screen(tinh=THERE)
    assert _province(shown) == THERE
    (box,) = [box for box in shown.selectbox if box.key == "province-switch"]
    assert box.options == ["Gia Lai", "Bắc Ninh"]
    box.select("gia-lai").run()
    assert _province(shown) == HERE


def test_every_link_to_the_api_names_the_province_that_is_shown(two: Two) -> None:
    two.enter(Role.OFFICER, "")
    found = set()
    for path, name in {path: name for name, path in _names().items()}.items():
        number = two.case if name == "case" else article("c").id
        shown = screen(name, tinh=THERE, id=number, q="cầu", show="all")
        links = [each.proto.url for each in shown.get("link_button")] + _LINK.findall(words_of(shown))
        for link in map(urlsplit, links):
            if link.path.startswith("/api/"):
                found.add(link.path)
                assert parse_qs(link.query).get("province") == [THERE], (path, link)
    assert found == {f"/api/v1/cases/{two.case}/packet"}


def test_the_walk_would_see_it_the_account_of_the_other_province_does(two: Two) -> None:
    two.enter(Role.OFFICER, THERE)
    assert not is_clean(words_of(screen("case", id=two.case)) + words_of(screen("cases")) + words_of(screen()))


def test_an_administrator_of_one_province_administers_no_accounts(two: Two) -> None:
    two.enter(Role.ADMINISTRATOR)
    for act in rights.OF_ALL:
        assert not newsroom.opens(act)
        with pytest.raises(Refused):
            newsroom.acting(act)
    two.enter(Role.ADMINISTRATOR, "")
    assert all(newsroom.opens(act) for act in rights.OF_ALL)


# -- the API


class Api:
    """As an account of the one province asks, by a key that may all that its role may."""

    def __init__(self, two: Two, *grants: Grant) -> None:
        door = open_door(two.house.store, two.house.settings, HERE, hasher=cheap(), now=lambda: NOW)
        number = door.accounts.add(f"n{len(two.house.store.accounts())}", "Lan", grants, by=CONSOLE, now=NOW)
        wish = Wish("khóa", HERE, usable(SCOPES, grants), account=number)
        token = door.keys.add(wish, by=CONSOLE).token
        inside = Starlette(routes=[Mount("/api", app=by_province(two.house, lambda its: create_app(its, lambda: NOW)))])
        self.client = TestClient(Gate(inside, "", door), headers={"Authorization": f"Bearer {token}"})

    def __call__(self, path: str, method: str = "GET", **asked: Any) -> Any:
        return self.client.request(method, f"http://127.0.0.1/api/v1{path}", **asked)


def _paths(two: Two, api: Api) -> Iterator[tuple[str, str]]:
    """Every operation of the description, its places filled with what is of the other province or of both."""
    values = {
        "article_id": article("c").id,
        "kind": "stance",
        "number": two.case,
        "story": article("c").id,
        "outlet": "bao-mau",
        "kit": "human-rights",
        "briefing": two.briefing,
        "claim": 1,
        "issue": 1,
        "asked": 1,
        "unit": "so-vhttdl",
        "alert": two.house.of(THERE).store.subscriptions()[0].id,
        "sha256": "0" * 64,
        "report": 1,
        "figure": 1,
        "run": 1,
    }
    of_path = {"questions": two.question, "plan": two.house.of(THERE).profile.tasks[0].number}
    described = api("/openapi.json").json()["paths"]
    for path, methods in described.items():
        named = values | {"number": of_path.get(path.split("/")[2], two.case)}
        for method in methods:
            yield method.upper(), path.removeprefix("/v1").format(**named)


@pytest.mark.parametrize("role", ROLES)
def test_no_address_of_the_api_tells_anything_of_the_other_province(two: Two, role: Role) -> None:
    api = Api(two, Grant(role, HERE, "so-vhttdl"))
    asked = list(_paths(two, api))
    assert len(asked) > 15
    before = _state(two.house.of(THERE))
    for method, path in asked:
        sent = {"kind": "stance", "about": THERE, "keys": ["neutral"], "why": "x", "unit": "so-vhttdl", "state": "done"}
        body = {} if method == "GET" else {"json": sent}
        for query in ("", f"?province={THERE}", "?limit=100&since=0&q=ngoctrai", f"?about={THERE}&unit=so-vhttdl"):
            answer = api(path + query, method, **body)
            assert answer.status_code < 500
            assert is_clean(answer.text.replace(f'"q":"{WORD}"', "")), (method, path, query)
            if THERE in query and "province" in query:
                assert answer.status_code in {403, 404}, (method, path)
            if method == "GET" and answer.status_code == 200:
                assert f'"about":"{THERE}"' not in answer.text, (path, query)
    assert _state(two.house.of(THERE)) == before


def test_a_query_cannot_ask_for_the_other_provinces_labels(two: Two) -> None:
    api = Api(two, Grant(Role.VIEWER, HERE))
    for query in (f"chủ_đề:{THERE}:tourism", f'liên_quan:"{THERE}:yes"', f"tỉnh:{THERE}", f'lưu:"tìm {WORD}"'):
        answer = api("/search", params={"q": query})
        assert answer.status_code >= 400 or answer.json()["total"] == 0, query


def test_the_same_asked_by_the_other_provinces_account_finds_it(two: Two) -> None:
    api = Api(two, Grant(Role.OFFICER, THERE))
    for path in (f"/cases/{two.case}", "/questions", "/briefings", "/calendar", f"/cases/{two.case}/requests"):
        assert not is_clean(api(path).text), path
    assert api(f"/cases/{two.own}").status_code == 404
    both = Api(two, Grant(Role.OFFICER))
    assert is_clean(both("/cases").text)
    assert not is_clean(both(f"/cases?province={THERE}").text)


def _state(house: Installation) -> str:
    """All that the other province has, as it is in the record."""
    store = house.store
    items = store.articles([article(slug).id for slug in TOLD])
    cases = [store.case_file(number) for number in [x.number for x in store.cases(CaseQuery())[1]]]
    register = store.questions(QuestionQuery()), store.briefings(), store.points(), store.matters()
    asked = [store.requests(RequestQuery())]
    kept = store.saved_searches(), store.subscriptions(), store.progress(house.profile.plan), store.facts()
    return repr((items, cases, register, asked, kept))


# -- commands and downloads


def test_no_command_by_an_account_of_one_province_touches_the_other(two: Two) -> None:
    home = str(two.house.settings.home)
    door = open_door(two.house.store, two.house.settings, HERE, hasher=cheap(), now=lambda: NOW)
    door.accounts.add("mai", "Mai", [Grant(Role.OFFICER, HERE)], by=CONSOLE, now=NOW)
    before = _state(two.house.of(THERE))
    for arguments in (
        ["cases", "note", two.case, "x", "--by", "mai"],
        ["cases", "note", two.case, "x", "--by", "mai", "--province", THERE],
        ["cases", "open", article("b").id, "--by", "mai", "--province", THERE, "--another"],
    ):
        result = CliRunner().invoke(commands, [*arguments, "--home", home])
        assert isinstance(result.exception, Refused | WrongUse), arguments
    assert _state(two.house.of(THERE)) == before


READING: Final = (
    ["cases", "list"],
    ["searches", "list"],
    ["alerts", "list"],
    ["search", "cầu"],
    ["similar", article("c").id],
    ["model", "ask"],
    ["kits", "list"],
    ["kits", "show", "human-rights"],
    ["report", "unit", "so-vhttdl", "--days", "9"],
    ["questions", "list"],
    ["briefings", "list"],
    ["calendar", "list"],
    ["opinion", "queue"],
    ["opinion", "gist", article("c").id],
)


@pytest.mark.parametrize("arguments", READING, ids=" ".join)
def test_a_command_about_one_province_tells_nothing_of_the_other(two: Two, arguments: list[str]) -> None:
    told = [
        CliRunner().invoke(commands, [*arguments, "--json", "--province", each, "--home", str(two.house.settings.home)])
        for each in (HERE, THERE)
    ]
    assert [result.exit_code for result in told] == [0, 0], told
    assert is_clean(told[0].output)
    json.loads(told[0].output)


def test_a_packet_of_evidence_holds_what_was_published_and_no_judgement(two: Two) -> None:
    two.enter(Role.OFFICER)
    item = two.house.of(HERE).store.article(article("c").id)
    assert item is not None
    packed = zipfile.ZipFile(io.BytesIO(evidence._packet(item)))
    assert all(is_clean(packed.read(name).decode("utf-8", "replace")) for name in packed.namelist())
