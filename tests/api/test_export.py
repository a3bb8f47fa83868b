"""Everything that a query finds as one file: whole, streamed, safe to open."""

from __future__ import annotations

import asyncio
import csv
import io
import json
import zipfile

import pytest
from starlette.types import Message

from diembao.api.routes import export
from diembao.api.service import create_app
from diembao.pipeline.wiring import Installation
from tests.api.conftest import Get, Inside
from tests.dashboard.published import HOSTILE_TITLE
from tests.dashboard.seed import NOW, Seeded

Put = tuple[Installation, Seeded]


def rows_of(text: str) -> list[dict[str, str]]:
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text[1:])))


def test_a_file_has_every_article_once_the_newest_first_however_many_are_read_at_once(
    get: Get, seeded: Put, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(export, "AT_ONCE", 7)
    answer = get("/v1/export")
    rows = rows_of(answer.text)
    assert [row["Mã bài"] for row in rows] == [x["id"] for x in _searched(get)]
    assert {row["Mã bài"] for row in rows} == set(seeded[0].store.article_ids())
    assert answer.headers["content-disposition"] == 'attachment; filename="bai_gia-lai_20261121-0640.csv"'
    assert answer.headers["cache-control"] == "no-store"


def _searched(get: Get) -> list[dict[str, str]]:
    found: list[dict[str, str]] = []
    cursor = ""
    while True:
        page = get("/v1/search", limit=100, sort="newest", cursor=cursor).json()
        found += page["articles"]
        if not page["next"]:
            return found
        cursor = page["next"]


def test_it_is_narrowed_named_in_the_readers_language_and_never_a_formula(get: Get) -> None:
    (row,) = rows_of(get("/v1/export", q="dấu lạ", lang="en").text)
    assert row["Title"] == HOSTILE_TITLE
    assert (row["Outlet"], row["Language"], row["Stance"]) == ("Báo Sông Côn", "Vietnamese", "neutral")
    waste = rows_of(get("/v1/export", q="tít:thải").text)
    assert {row["Thái độ"] for row in waste} == {"phê phán", "trung tính"}


def test_lines_of_json_are_what_the_api_tells_of_an_article(get: Get) -> None:
    answer = get("/v1/export", q="sông Côn", format="jsonl")
    lines = [json.loads(line) for line in answer.text.splitlines()]
    told = get("/v1/search", q="sông Côn", sort="newest").json()["articles"]
    assert lines == [{name: value for name, value in each.items() if name != "passage"} for each in told]


def test_a_workbook_opens_and_what_is_too_much_for_it_is_refused_before_anything_is_sent(
    get: Get, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer = get("/v1/export", q="sông Côn", format="xlsx")
    with zipfile.ZipFile(io.BytesIO(answer.content)) as made:
        assert "Nước thải trại heo" in made.read("xl/worksheets/sheet1.xml").decode()
    monkeypatch.setitem(export.MOST, export.Format.XLSX, 1)
    refused = get("/v1/export", q="sông Côn", format="xlsx")
    assert refused.status_code == 400
    assert "nhiều nhất 1" in refused.json()["detail"]


@pytest.mark.parametrize(
    ("asked", "status"),
    [({"q": "tít:("}, 400), ({"format": "pdf"}, 422), ({"lang": "lo"}, 422), ({"q": "x" * 2001}, 422)],
)
def test_what_cannot_be_is_a_problem_not_half_a_file(get: Get, asked: dict[str, str], status: int) -> None:
    answer = get("/v1/export", **asked)
    assert answer.status_code == status
    assert answer.json()["detail"]


def test_nothing_found_is_a_file_with_its_head_alone(get: Get) -> None:
    answer = get("/v1/export", q="khôngcótừnày")
    assert answer.text.splitlines()[0].startswith('\ufeff"Mã bài"')
    assert rows_of(answer.text) == []


def test_it_leaves_page_by_page_and_head_is_asked_without_a_body(seeded: Put, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(export, "AT_ONCE", 5)
    app = Inside(create_app(seeded[0], lambda: NOW))

    async def asked(method: str) -> list[Message]:
        sent: list[Message] = []
        scope = {"type": "http", "method": method, "path": "/v1/export", "query_string": b"", "headers": []}

        async def receive() -> Message:
            await asyncio.sleep(3600)
            return {"type": "http.disconnect"}

        async def send(message: Message) -> None:
            sent.append(message)

        await app({**scope, "http_version": "1.1", "root_path": "", "asgi": {"version": "3.0"}}, receive, send)
        return sent

    start, *bodies = asyncio.run(asked("GET"))
    assert start["status"] == 200
    assert len([each for each in bodies if each["body"]]) > 2
    assert all(not each["body"] for each in asyncio.run(asked("HEAD"))[1:])
