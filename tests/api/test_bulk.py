"""The record as streams: whole, what has changed, and a copy that follows it through whatever happens."""

from __future__ import annotations

import csv
import gzip
import io
import json
from dataclasses import replace
from typing import Any

import httpx
import pytest
from fastapi import Request

from diembao.api.following import POSITION, RECORD
from diembao.api.streams import OF_ONE, Format, Rows, Streams
from diembao.core.accounts import Grant, Role
from diembao.core.article import Kind
from diembao.core.bulk import Place
from diembao.core.case import Case
from diembao.response.acts import Actor
from diembao.response.cases import Desk
from tests.api.asking import UNIT, Asking
from tests.store.making import NOW, OFFICER, article, keep

ALL = ("articles", "labels", "revisions", "log", "cases")


def read(ask: Asking, table: str, since: int = 0, more: str = "", **headers: str) -> httpx.Response:
    told = [(name.replace("_", "-"), value) for name, value in headers.items()]
    return ask(f"/bulk/{table}?since={since}{more}", role=Role.VIEWER, headers=told)


def lines(answer: httpx.Response) -> list[dict[str, Any]]:
    assert answer.status_code == 200, answer.text
    return [json.loads(line) for line in answer.content.splitlines()]


def test_every_article_is_told_once_with_what_its_own_address_tells(ask: Asking) -> None:
    answer = read(ask, "articles", more="&text=true")
    rows = lines(answer)
    assert answer.headers["content-type"] == "application/x-ndjson"
    assert answer.headers[POSITION] == str(ask.house.store.head())
    assert len({row["id"] for row in rows}) == len(rows) == ask.house.store.size()
    whole = ask(f"/articles/{ask.put.ids['waste']}", role=Role.VIEWER).json()
    told = next(row for row in rows if row["id"] == whole["id"])
    assert by_kind(told.pop("labels")) == by_kind(whole["labels"])
    told = {name: value for name, value in told.items() if name not in {"log", "change", "changed_at"}}
    assert told == {name: whole[name] for name in told}


def by_kind(labels: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(labels, key=lambda each: (each["kind"], each["about"], each["key"]))


def test_a_table_as_csv_has_the_same_rows_and_no_formula(ask: Asking) -> None:
    hostile = article("formula", title="=1+1", outlet="bao-song-con")
    keep(ask.house.store, hostile)
    rows = list(csv.DictReader(io.StringIO(read(ask, "articles", more="&format=csv").text.lstrip("\ufeff"))))
    assert [row["id"] for row in rows] == [row["id"] for row in lines(read(ask, "articles"))]
    assert next(row["title"] for row in rows if row["id"] == hostile.id) == "'=1+1"
    waste = next(row for row in rows if row["id"] == ask.put.ids["waste"])
    assert (waste["relevance"], waste["stance"]) == ("yes", "critical")
    assert set(waste["theme"].split()) == {"environment-climate", "human-rights"}
    for table in ALL:
        head, *rest = read(ask, table, more="&format=csv").text.lstrip("\ufeff").splitlines()
        assert rest, table
        last = int(read(ask, table).headers[POSITION])
        assert read(ask, table, last, "&format=csv").text.lstrip("\ufeff").splitlines() == [head]


def test_revisions_labels_the_log_and_cases_are_told_too(ask: Asking) -> None:
    articles = {row["id"] for row in lines(read(ask, "articles"))}
    revisions, labels = lines(read(ask, "revisions")), lines(read(ask, "labels"))
    assert {row["article"] for row in revisions} == articles
    mine = [row for row in labels if row["article"] == ask.put.ids["waste"]]
    whole = ask(f"/articles/{ask.put.ids['waste']}", role=Role.VIEWER).json()
    assert {(row["kind"], row["key"]) for row in mine} == {(x["kind"], x["key"]) for x in whole["labels"]}
    assert [row["log"] for row in lines(read(ask, "log"))] == list(range(1, ask.house.store.head() + 1))
    (case,) = lines(read(ask, "cases"))
    told = ask(f"/cases/{ask.case}", role=Role.VIEWER).json()
    assert {name: value for name, value in case.items() if name != "position"} == told
    assert case["position"] == ask.house.store.case_position()


def test_a_unit_is_told_of_its_own_cases_only(ask: Asking) -> None:
    assert [row["unit"] for row in lines(ask("/bulk/cases", role=Role.UNIT_OFFICER))] == [UNIT]
    other = ask.enter("y-te-x", Grant(Role.UNIT_OFFICER, "", "so-y-te"))
    assert lines(ask("/bulk/cases", headers=[("cookie", other)])) == []


def test_a_case_that_went_to_another_unit_is_gone_for_the_one_that_had_it(ask: Asking) -> None:
    before = ask("/bulk/cases", role=Role.UNIT_OFFICER).headers
    desk, case = Desk(ask.house.store, ask.house.profile), case_of(ask)
    desk.change(case, replace(case.details, unit="so-y-te"), Actor("person:99", NOW))
    try:
        since = f"/bulk/cases?since={before[POSITION]}&record={before[RECORD]}"
        place = ask.house.store.case_position()
        assert lines(ask(since, role=Role.UNIT_OFFICER)) == [{"position": place, "number": ask.case, "gone": True}]
        assert ask(f"{since}&format=csv", role=Role.UNIT_OFFICER).text.splitlines()[1].endswith(",True")
        assert [row["unit"] for row in lines(ask(since, role=Role.VIEWER))] == ["so-y-te"]
        stranger = ask.enter("van-hoa-x", Grant(Role.UNIT_OFFICER, "", "so-nong-nghiep"))
        assert lines(ask(since, headers=[("cookie", stranger)])) == []
        theirs = ask.enter("y-te-z", Grant(Role.UNIT_OFFICER, "", "so-y-te"))
        etag = ask(since, role=Role.UNIT_OFFICER).headers["etag"]  # of other rights
        assert lines(ask(since, headers=[("cookie", theirs), ("if-none-match", etag)]))[0]["unit"] == "so-y-te"
    finally:
        case = case_of(ask)
        desk.change(case, replace(case.details, unit=UNIT), Actor("person:99", NOW))
    assert [row["unit"] for row in lines(ask(since, role=Role.UNIT_OFFICER))] == [UNIT]


def case_of(ask: Asking) -> Case:
    found = ask.house.store.case_file(ask.case)
    assert found is not None
    return found.case


def test_an_article_whose_labels_have_all_ended_is_named_among_the_labels(ask: Asking) -> None:
    bare = article("bare", outlet="bao-song-con")
    keep(ask.house.store, bare)
    (row,) = [row for row in lines(read(ask, "labels")) if row["article"] == bare.id]
    assert (row["kind"], set(row)) == (None, {"log", "article", "kind"})


def test_where_nothing_came_since_nothing_is_sent(ask: Asking) -> None:
    first = read(ask, "articles")
    again = read(ask, "articles", if_none_match=first.headers["etag"])
    assert (again.status_code, again.content) == (304, b"")
    ask.house.store.correct(ask.put.ids["waste"], Kind.STANCE, "gia-lai", ["neutral"], by=OFFICER, why="", now=NOW)
    assert read(ask, "articles", if_none_match=first.headers["etag"]).status_code == 200
    only = lines(read(ask, "articles", int(first.headers[POSITION])))
    assert [(row["id"], row["change"]) for row in only] == [(ask.put.ids["waste"], "person-label")]


def test_it_is_compressed_where_the_reader_can_and_head_reads_nothing(ask: Asking) -> None:
    plain = read(ask, "articles", accept_encoding="identity")
    packed = read(ask, "articles", accept_encoding="gzip")
    assert packed.headers["content-encoding"] == "gzip"
    assert packed.text == plain.text
    assert "content-encoding" not in plain.headers
    assert len(gzip.compress(plain.content, 1)) < len(plain.content) / 3
    head = ask("/bulk/articles", "HEAD", role=Role.VIEWER)
    assert (head.status_code, head.content, head.headers[POSITION]) == (200, b"", str(ask.house.store.head()))


@pytest.mark.parametrize("asked", ["since=-1", "since=x", "since=1e9", "since=99999999999999999999", "format=xml"])
def test_what_cannot_be_asked_is_told_with_its_reason(ask: Asking, asked: str) -> None:
    answer = ask(f"/bulk/articles?{asked}", role=Role.VIEWER)
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["parameter"] == asked.partition("=")[0]


def test_one_reader_has_so_many_streams_and_those_that_end_make_room() -> None:
    streams = Streams()

    scope = {"type": "http", "method": "GET", "path": "/bulk/log", "query_string": b"", "headers": []}

    def begun() -> Any:
        return streams.answer(Request(scope), Format.NDJSON, Rows(iter(()), (), Place(1, "")))

    went = [begun() for _ in range(OF_ONE)]
    refused = begun()
    assert (refused.status_code, refused.headers["retry-after"]) == (429, "30")
    went[0].over()
    assert begun().status_code == 200
