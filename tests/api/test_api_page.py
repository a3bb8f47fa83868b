"""docs/api.md says what is so: every address and scope stands there, and each of its curl lines is answered."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

import pytest

from diembao.api import cursors
from diembao.api.keys import READING, SCOPES
from diembao.api.rights import Act
from diembao.core.accounts import Grant, Role
from tests.api.asking import Asking, asking_at
from tests.api.stages import case_for
from tests.api.test_handing_in import FEED

PAGE = (Path(__file__).parents[2] / "docs" / "api.md").read_text(encoding="utf-8")
ADDRESS = re.compile(r"`(?:(GET|POST|PATCH|DELETE) )?(/[^\s`?]*)(?:\?([^\s`]*))?`")
# Addresses on the page that are not of the API.
OTHERS = {"/", "/metrics", "/api/v1", "/api/v1/openapi.json"}
API = "https://diembao.example.gov.vn/api/v1"


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Asking]:
    with asking_at(tmp_path_factory.mktemp("page"), api_per_minute=1_000_000) as asking:
        yield asking


def plain(path: str) -> str:
    return re.sub(r"\{\w+\}", "{}", path)


def test_every_address_of_the_api_is_on_the_page_with_its_method_and_parameters(ask: Asking) -> None:
    told: dict[tuple[str, str], set[str]] = {}
    for path, methods in ask("/openapi.json", role=Role.VIEWER).json()["paths"].items():
        for method, operation in methods.items():
            names = {each["name"] for each in operation.get("parameters", ()) if each["in"] == "query"}
            told[method.upper(), plain(path.removeprefix("/v1"))] = names
    written: dict[tuple[str, str], set[str]] = {}
    for method, path, query in ADDRESS.findall(PAGE):
        if path not in OTHERS:
            written.setdefault((method or "GET", plain(path)), set()).update(parse_qs(query, keep_blank_values=True))
    assert set(told) - set(written) == set()
    assert set(written) - set(told) == set()
    assert {each: names - told[each] for each, names in written.items() if names - told[each]} == {}


def test_every_scope_is_on_the_page_and_no_other_right_is_called_one() -> None:
    rows = re.findall(r"^\| ((?:`\w+\.\w+`(?:, )?)+) \| (.+) \|$", PAGE, re.MULTILINE)
    found = {scope: "every key" in whose for scopes, whose in rows for scope in re.findall(r"`([\w.]+)`", scopes)}
    assert found == {scope.value: scope in READING for scope in SCOPES}
    for act in set(Act) - set(SCOPES):
        assert f"`{act.value}`" not in PAGE


# -- the lines that somebody copies


@dataclass
class Curl:
    """One, as a shell hands it on; what it does not know here fails."""

    method: str = ""
    url: str = ""
    headers: list[tuple[str, str]] = field(default_factory=list)
    body: str | None = None
    file: str = ""
    encoded: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, line: str, given: str) -> Curl:
        words, found = iter(shlex.split(line, comments=True)[1:]), cls()
        for word in words:
            match word:
                case "-X":
                    found.method = next(words)
                case "-H":
                    name, _, value = next(words).partition(": ")
                    found.headers.append((name.lower(), value))
                case "-d":
                    found.body = next(words)
                case "--data-binary":
                    found.body = {"@-": given, "@tin.xml": FEED}[next(words)]
                case "-F":
                    found.file = next(words).removeprefix("file=@")
                case "-G":
                    found.method = "GET"
                case "--data-urlencode":
                    name, _, value = next(words).partition("=")
                    found.encoded.append(f"{name}={quote(value)}")
                case _:
                    assert word.startswith(API), word
                    found.url = word
        return found


def curls(page: str, shell: dict[str, str]) -> list[Curl]:
    """Every one of the page, its variables filled in."""
    found, lines = [], iter(page.splitlines())
    for each in lines:
        if not each.startswith("    curl "):
            continue
        line, given = each.strip(), ""
        while line.endswith("\\"):
            line = line[:-1] + next(lines).strip()
        if "<<'END'" in line:
            line = line.replace("<<'END'", "")
            rest = iter(lambda: next(lines).strip(), "END")
            given = "\n".join(rest)
        for name, value in shell.items():
            line = line.replace(f"${name}", value)
        found.append(Curl.of(line, given))
    return found


def sent(ask: Asking, one: Curl) -> Any:
    path = one.url.removeprefix(API)
    if one.encoded:
        path += "?" + "&".join(one.encoded)
    path = path.replace("0f8b1c2d3e4a5b6c", ask.put.ids["waste"])
    if "VV-2026-0042" in path:
        stage = f"/v1{path}".replace("VV-2026-0042", "{number}").replace("/claims/1/", "/claims/{claim}/")
        path = path.replace("VV-2026-0042", case_for(ask, stage).number)
    method = one.method or ("POST" if one.body or one.file else "GET")
    if one.file:
        return ask(path, method, headers=one.headers, file=(one.file, b"%PDF-1.7 ket qua mau"))
    return ask(path, method, headers=one.headers, content=one.body.encode() if one.body is not None else None)


def test_every_curl_line_of_the_page_is_answered(ask: Asking) -> None:
    ask.enter("lan", Grant(Role.OFFICER))  # as the page calls her
    key = ask.key("cong-cu", *SCOPES, account=ask.account("lan"))
    following = cursors.write("calendar", ["2026-01-01", 0])
    found = curls(PAGE, {"KEY": key, "API": API, "NEXT": following})
    assert len(found) == PAGE.count("    curl ") > 10
    for one in found:
        parts = urlsplit(one.url)
        # A shell hands on what was typed: what is not ASCII no server takes.
        assert one.url.isascii(), one.url
        assert re.fullmatch(r"[\w.~!$&'()*+,;=:@/%-]*", parts.path + parts.query), one.url
        answer = sent(ask, one)
        assert answer.status_code in {200, 201}, (one, answer.text)
        assert "/facts" not in one.url or answer.json()["rows"][0]["taken"] == "added"
