"""The record as streams, whole or what has changed since: for databases that follow this one."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Annotated, Any, Final

from fastapi import FastAPI, Query, Request
from fastapi.responses import Response
from pydantic_core import to_json

from diembao.api import casework, registering
from diembao.api.following import POSITION, RECORD, Mark, Since, now_at
from diembao.api.frame import LEAD, Frame
from diembao.api.gate import visitor_of
from diembao.api.rights import Act, Sight, Visitor, sight
from diembao.api.streams import MEDIA, Format, Row, Rows, Streams
from diembao.core.bulk import Followed, Told
from diembao.core.case import CaseFile
from diembao.core.events import LogEntry
from diembao.core.questions import Question
from diembao.response import register_json
from diembao.response.case_json import public

# Rows that are made at one time.
PART: Final = 500

Written = Annotated[Format, Query(alias="format", description="NDJSON, or CSV as spreadsheets read it")]
WithText = Annotated[bool, Query(description="With the whole lead and text")]

_ARTICLE: Final = ("log", "change", "changed_at", "id", "url", "outlet", "country", "language", "title", "lead")
_TIMES: Final = ("published_at", "published_from", "seen_at", "revision", "withdrawn_at")
_JUDGED: Final = ("relevance", "stance", "theme", "story", "role")
_LABEL: Final = ("log", "article", "kind", "key", "about", "revision", "score", "by", "why", "at", "look_again")
_NONE: Final = ({"kind": None},)  # of an article without labels: those it had have ended
_REVISION: Final = ("log", "article", "number", "title", "lead", "text", "seen_at", "response")
_CASE: Final = (
    "position",
    "number",
    "title",
    "state",
    "priority",
    "unit",
    "task",
    "opened_at",
    "due_at",
    "outcome",
    "gone",
)
_QUESTION: Final = (
    "position",
    "number",
    "state",
    "text",
    "outlet",
    "received_at",
    "due_at",
    "unit",
    "answer",
    "statement",
    "answered_at",
    "published",
    "case",
    "gone",
)


def add(app: FastAPI, its: Frame) -> None:
    streams = Streams()
    _add_articles(app, its, streams)
    _add_parts(app, its, streams)
    _add_cases(app, its, streams)
    _add_questions(app, its, streams)


def _described(summary: str) -> dict[str, Any]:
    forms = {media.partition(";")[0]: {"schema": {"type": "string"}} for media in MEDIA.values()}
    position = {"description": "What to give as `since` the next time", "schema": {"type": "integer"}}
    mark = {"description": "What to give as `record` then", "schema": {"type": "string"}}
    told = {"description": "Rows, one a line", "content": forms, "headers": {POSITION: position, RECORD: mark}}
    return {"summary": summary, "response_class": Response, "responses": {200: told, 304: {"description": "As before"}}}


def _add_articles(app: FastAPI, its: Frame, streams: Streams) -> None:
    @app.get(
        "/v1/bulk/articles",
        **_described("Every article that has changed, as it is now, with its labels; each once, the last changed last"),
    )
    def articles(
        request: Request,
        since: Since = 0,
        mark: Mark = "",
        text: WithText = False,  # noqa: FBT002 (a parameter of the address)
        form: Written = Format.NDJSON,
    ) -> Response:
        place, row = now_at(its.house.store, Followed.ARTICLES, since, mark), _article(its)
        parts = ([row(each) for each in told] for told in _told(its, since, place.number, text=text))
        columns = (*_ARTICLE, *(("text",) if text else ()), *_TIMES, *_JUDGED)
        flat = _flat(its.house.profile.id)
        return streams.answer(request, form, Rows(parts, columns, place, flat, _line))


def _add_parts(app: FastAPI, its: Frame, streams: Streams) -> None:
    store = its.house.store

    @app.get(
        "/v1/bulk/labels",
        **_described(
            "The labels in force of every article that has changed, in place of those it had; `kind` null: it has none"
        ),
    )
    def labels(request: Request, since: Since = 0, mark: Mark = "", form: Written = Format.NDJSON) -> Response:
        place = now_at(store, Followed.ARTICLES, since, mark)
        parts = (
            [
                {"log": x.entry.number, "article": x.entry.article_id, **each}
                for x in told
                for each in json.loads(x.labels) or _NONE
            ]
            for told in _told(its, since, place.number)
        )
        return streams.answer(request, form, Rows(parts, _LABEL, place))

    @app.get("/v1/bulk/revisions", **_described("All revisions of every article that has changed, with their texts"))
    def revisions(request: Request, since: Since = 0, mark: Mark = "", form: Written = Format.NDJSON) -> Response:
        place = now_at(store, Followed.ARTICLES, since, mark)
        parts = (_revisions(its, entries) for entries in _entries(its, since, place.number))
        return streams.answer(request, form, Rows(parts, _REVISION, place))

    @app.get("/v1/bulk/log", **_described("What became of articles: every entry of the log"))
    def log(request: Request, since: Since = 0, mark: Mark = "", form: Written = Format.NDJSON) -> Response:
        place = now_at(store, Followed.ARTICLES, since, mark)
        parts = ([_entry(each) for each in part] for part in _log(its, since, place.number))
        return streams.answer(request, form, Rows(parts, ("log", "change", "article", "at"), place))


def _add_cases(app: FastAPI, its: Frame, streams: Streams) -> None:
    @app.get(
        "/v1/bulk/cases",
        **_described(
            "Every case that has changed, with its claims and statements, or `gone` where it is not yours to read any"
            " more; its numbers are not those of articles"
        ),
    )
    def cases(request: Request, since: Since = 0, mark: Mark = "", form: Written = Format.NDJSON) -> Response:
        place = now_at(its.house.store, Followed.CASES, since, mark)
        parts = _cases(its, visitor_of(request), since, place.number)
        return streams.answer(request, form, Rows(parts, _CASE, place))


def _add_questions(app: FastAPI, its: Frame, streams: Streams) -> None:
    @app.get(
        "/v1/bulk/questions",
        **_described(
            "Every question of the press that has changed, without whoever asked, or `gone` where it is not yours to"
            " read any more; its numbers are those of the register"
        ),
    )
    def questions(request: Request, since: Since = 0, mark: Mark = "", form: Written = Format.NDJSON) -> Response:
        place = now_at(its.house.store, Followed.REGISTER, since, mark)
        parts = _questions(its, visitor_of(request), since, place.number)
        return streams.answer(request, form, Rows(parts, _QUESTION, place))


# -- rows, some hundreds at a time


def _entries(its: Frame, since: int, head: int) -> Iterator[Sequence[LogEntry]]:
    while part := its.house.store.last_changes(since, head, PART):
        yield part
        since = part[-1].number


def _told(its: Frame, since: int, head: int, *, text: bool = False) -> Iterator[Sequence[Told]]:
    for entries in _entries(its, since, head):
        yield its.house.store.told(entries, lead=0 if text else LEAD, text=text)


def _log(its: Frame, since: int, head: int) -> Iterator[Sequence[LogEntry]]:
    while part := its.house.store.changes(since, PART):
        yield [each for each in part if each.number <= head]
        since = part[-1].number
        if since >= head:
            return


def _revisions(its: Frame, entries: Sequence[LogEntry]) -> list[Row]:
    number = {entry.article_id: entry.number for entry in entries}
    return [
        {
            "log": number[each.article_id],
            "article": each.article_id,
            "number": each.number,
            "title": each.title,
            "lead": each.lead,
            "text": each.text,
            "seen_at": each.seen_at,
            "response": each.response,
        }
        for each in its.house.store.revisions_of(list(number))
    ]


def _cases(its: Frame, who: Visitor, since: int, position: int) -> Iterator[list[Row]]:
    """Whole cases are larger than rows: fewer at a time."""
    seen = casework.sight_of(its.house, who)
    while since < position and (part := its.house.store.cases_changed(since, PART // 10)):
        files = [(number, its.house.store.case_file(named)) for number, named in part]
        rows = [(number, found, _case(its, who, seen, found)) for number, found in files if found]
        yield [{"position": number, "number": found.case.number, **row} for number, found, row in rows if row]
        since = part[-1][0]


def _case(its: Frame, who: Visitor, seen: Sight, found: CaseFile) -> Row | None:
    """None: it is not theirs to read, and never was."""
    if casework.allowed(its.house, who, Act.READ_CASE, found.case):
        return public(found, its.now())
    return {"gone": True} if casework.was_seen(seen, found) else None


def _questions(its: Frame, who: Visitor, since: int, position: int) -> Iterator[list[Row]]:
    store = its.house.store
    while since < position and (part := store.questions_changed(since, PART)):
        found = [(number, question) for number, named in part if (question := store.question(named))]
        rows = [(number, question, _question(its, who, question)) for number, question in found]
        yield [{"position": number, "number": question.number, **row} for number, question, row in rows if row]
        since = part[-1][0]


def _question(its: Frame, who: Visitor, question: Question) -> Row | None:
    """None: it is not theirs to read, and never was."""
    if registering.allowed(its.house, who, Act.READ_QUESTION, question):
        return register_json.public(question, its.now())
    seen = sight(who, Act.READ_QUESTION, its.house.profile.id)
    return {"gone": True} if registering.was_seen(its.house, seen, question) else None


# -- one row


def _article(its: Frame) -> Callable[[Told], Row]:
    @lru_cache(maxsize=10_000)
    def outlet(named: str) -> Mapping[str, Any]:
        found = its.house.outlets.get(named)
        return {"id": named, "name": found.name if found else named, "country": found.country if found else None}

    def row(told: Told) -> Row:
        return {
            "log": told.entry.number,
            "change": told.entry.event.value,
            "changed_at": told.entry.at,
            "id": told.entry.article_id,
            "url": told.url,
            "outlet": outlet(told.outlet),
            "title": told.title,
            "lead": told.lead,
            "text": told.text,
            "language": told.language,
            "published_at": told.published_at,
            "published_from": told.published_from,
            "seen_at": told.seen_at,
            "revision": told.revision,
            "withdrawn_at": told.withdrawn_at,
            "labels": told.labels,
        }

    return row


def _line(row: Row) -> bytes:
    """Its labels are JSON already: read and written anew, they would cost as much as all the rest."""
    told = dict(row)
    labels = told.pop("labels")
    return to_json(told)[:-1] + f',"labels":{labels}}}'.encode()


def _flat(province: str) -> Callable[[Row], Row]:
    """As a table has it: of each kind of label its keys about the province, the highest score first."""

    def flat(row: Row) -> Row:
        given = sorted(json.loads(row["labels"]), key=lambda each: (-each["score"], each["key"]))
        keys = {
            kind: " ".join(x["key"] for x in given if x["kind"] == kind and x["about"] in {province, ""})
            for kind in _JUDGED
        }
        return {**row, **keys, "outlet": row["outlet"]["id"], "country": row["outlet"]["country"]}

    return flat


def _entry(entry: LogEntry) -> Row:
    return {"log": entry.number, "change": entry.event.value, "article": entry.article_id, "at": entry.at}
