"""Everything that a query finds, as one file that is sent while it is made."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from enum import StrEnum
from itertools import chain
from typing import Annotated, Final

from fastapi import FastAPI, Query, Response
from fastapi.responses import StreamingResponse

from diembao.api import frame, shapes
from diembao.api.frame import Frame
from diembao.api.routes.search import Page, Typed, read_page
from diembao.core.article import Labelled
from diembao.core.errors import WrongUse
from diembao.core.ports import SortBy
from diembao.core.query import Query as Tree
from diembao.paper import sheet
from diembao.reports import article_table
from diembao.reports.article_table import LANGUAGES

# Articles that are read at once, and that a file may have: a workbook is made in memory before it leaves.
AT_ONCE: Final = 200
JSONL_MEDIA: Final = "application/x-ndjson"


class Format(StrEnum):
    CSV = "csv"
    XLSX = "xlsx"
    JSONL = "jsonl"


MOST: Final = {Format.CSV: 50_000, Format.JSONL: 50_000, Format.XLSX: 10_000}
_MEDIA: Final = {Format.CSV: sheet.CSV_MEDIA, Format.JSONL: JSONL_MEDIA, Format.XLSX: sheet.XLSX_MEDIA}

Wanted = Annotated[Format, Query(alias="format", description="CSV and XLSX for people, JSON Lines for programs")]
Words = Annotated[str, Query(alias="lang", pattern="^(vi|en)$", description="Of the names in CSV and XLSX")]


def add(app: FastAPI, its: Frame) -> None:
    @app.get(
        "/v1/export",
        summary="Articles that match a query as one file, newest first",
        response_class=StreamingResponse,
        responses={
            200: {"content": {media.split(";")[0]: {"schema": {"type": "string"}} for media in _MEDIA.values()}}
        },
    )
    def export(q: Typed = "", wanted: Wanted = Format.CSV, lang: Words = "vi") -> Response:
        now = its.now()
        query = its.house.query(q, now)
        # Read before anything is sent: what is wrong with the question is still a problem with a status.
        first = read_page(its, query, SortBy.NEWEST, AT_ONCE, None)
        if first.total > MOST[wanted]:
            raise _too_many(first.total, MOST[wanted])
        return _file(its, _items(its, query, first), wanted, LANGUAGES.index(lang), now)


def _items(its: Frame, query: Tree, page: Page) -> Iterator[Labelled]:
    while True:
        yield from page.items
        if page.place is None:
            return
        page = read_page(its, query, SortBy.NEWEST, AT_ONCE, page.place)


def _file(its: Frame, items: Iterable[Labelled], wanted: Format, at: int, now: datetime) -> Response:
    house, zone = its.house, its.house.profile.timezone
    headers = {
        "Content-Disposition": f'attachment; filename="bai_{house.profile.id}_{now:%Y%m%d-%H%M}.{wanted}"',
        "Cache-Control": "no-store",
    }
    if wanted is Format.JSONL:
        return StreamingResponse(_lines(its, items), media_type=JSONL_MEDIA, headers=headers)
    head = article_table.HEADS[at]
    rows = (article_table.row(house, item, zone, at) for item in items)
    if wanted is Format.XLSX:
        return Response(sheet.xlsx_of(head, rows), media_type=sheet.XLSX_MEDIA, headers=headers)
    return StreamingResponse(_together(sheet.csv_pieces(head, rows)), media_type=sheet.CSV_MEDIA, headers=headers)


def _lines(its: Frame, items: Iterable[Labelled]) -> Iterator[bytes]:
    told = (shapes.Article.model_validate(frame.article(its.house, item)) for item in items)
    return _together(each.model_dump_json().encode() + b"\n" for each in told)


def _together(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """A message for each page of articles, not for each line. The first is read at once, so that nothing is promised
    that cannot be kept.
    """
    for piece in pieces:
        rest = (more for _, more in zip(range(AT_ONCE), pieces, strict=False))
        yield b"".join(chain((piece,), rest))


def _too_many(found: int, most: int) -> WrongUse:
    return WrongUse(
        f"câu tìm có {found} bài, một tệp chứa nhiều nhất {most}; thu hẹp câu tìm hoặc khoảng thời gian"
        f" (the query finds {found} articles, a file holds {most} at most; narrow the query or the period)"
    )
