"""Answers that are as long as the record: rows of NDJSON or CSV, made and sent a few hundred at a time.

Memory stays flat however long they are, and no transaction is open while a reader takes its time. The header
`Diembao-Position` says what to give as `since` the next time, once all was read, `Diembao-Record` what to give as
`record`; a stream that breaks off ends without the last chunk of its transfer, which every HTTP client tells. `ETag` is
made of the two, of who asked with which rights, and for what: where nothing has come since, the answer is 304 and
nothing is read.

They are compressed here, and lightly: at the level of short answers the processor would do little else.
"""

from __future__ import annotations

import csv
import hashlib
import io
import threading
import zlib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from fastapi import Request
from fastapi.responses import Response, StreamingResponse
from pydantic_core import to_json
from starlette.types import Receive, Scope, Send

from diembao.api import problems
from diembao.api.following import POSITION, RECORD
from diembao.api.gate import visitor_of
from diembao.api.rights import Visitor
from diembao.core.bulk import Place
from diembao.paper.sheet import safe

# In the scope of a request that was HEAD: none of the rows is wanted.
HEAD_ONLY: Final = "diembao.head"
# Streams at one time: of this process, and of one key or session. Each needs a thread while it makes rows.
AT_ONCE, OF_ONE = 8, 2
# Seconds after which to come again where there are as many.
WAIT: Final = 30
# Of zlib: a fifth of the size of the rows, at a small part of the cost of the usual level.
LEVEL, GZIP = 1, 31


class Format(StrEnum):
    NDJSON = "ndjson"
    CSV = "csv"


MEDIA: Final = {Format.NDJSON: "application/x-ndjson", Format.CSV: "text/csv; charset=utf-8"}

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Rows:
    """``parts`` are rows as they come, some hundreds at a time; ``columns`` those of the CSV, and ``flat`` makes a row
    of it; ``line`` writes one of NDJSON. ``place`` is what the last of them brings a copy to.
    """

    parts: Iterator[Sequence[Row]]
    columns: Sequence[str]
    place: Place
    flat: Callable[[Row], Row] = dict
    line: Callable[[Row], bytes] = to_json


class _Stream(StreamingResponse):
    """Says when it is over, also where its reader has gone in the midst of it."""

    over: Callable[[], None]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await super().__call__(scope, receive, send)
        finally:
            self.over()


@dataclass
class Streams:
    """Those of one process that go on."""

    _going: Counter[str] = field(default_factory=Counter)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def answer(self, request: Request, form: Format, rows: Rows) -> Response:
        """The stream, or why there is none now."""
        who = visitor_of(request)
        tag = _tag(request, who, rows.place)
        kept = {"Cache-Control": "private, no-cache", "Vary": "Accept-Encoding"}
        headers = {POSITION: str(rows.place.number), RECORD: rows.place.mark, "ETag": tag, **kept}
        if tag in {each.strip() for each in request.headers.get("if-none-match", "")[:2000].split(",")}:
            return Response(status_code=304, headers=headers)
        if request.scope.get(HEAD_ONLY):
            return Response(headers=headers, media_type=MEDIA[form])
        if not self._begin(who.where):
            return _too_many()
        written = _ndjson(rows) if form is Format.NDJSON else _csv(rows)
        if "gzip" in request.headers.get("accept-encoding", ""):
            written, headers["Content-Encoding"] = _compressed(written), "gzip"
        stream = _Stream(written, headers=headers, media_type=MEDIA[form])
        stream.over = lambda: self._end(who.where)
        return stream

    def _begin(self, who: str) -> bool:
        with self._lock:
            if self._going[who] >= OF_ONE or self._going.total() >= AT_ONCE:
                return False
            self._going[who] += 1
            return True

    def _end(self, who: str) -> None:
        with self._lock:
            self._going[who] -= 1
            if not self._going[who]:
                del self._going[who]


def _tag(request: Request, who: Visitor, place: Place) -> str:
    rights = f"{who.actor}:{who.grants}:{sorted(who.scopes or ())}"
    asked = f"{place.mark}:{rights}:{request.url.path}?{request.url.query}:{request.headers.get('accept-encoding', '')}"
    return f'W/"{hashlib.sha256(asked.encode()).hexdigest()[:24]}"'


def _too_many() -> Response:
    told = (
        f"Đang có nhiều luồng dữ liệu; mỗi khóa hay phiên đọc nhiều nhất {OF_ONE} luồng một lúc.",
        f"Many streams are being read; a key or session reads {OF_ONE} of them at a time at most.",
    )
    return problems.problem(429, *told, headers={"Retry-After": str(WAIT)})


def _ndjson(rows: Rows) -> Iterator[bytes]:
    line = rows.line
    for part in rows.parts:
        yield b"".join([line(row) + b"\n" for row in part])


def _csv(rows: Rows) -> Iterator[bytes]:
    """With the mark by which spreadsheets know UTF-8."""
    out = io.StringIO(newline="")
    write = csv.DictWriter(out, rows.columns, extrasaction="ignore")
    out.write("\ufeff")
    write.writeheader()
    for part in rows.parts:
        write.writerows([{name: _cell(value) for name, value in rows.flat(row).items()} for row in part])
        yield out.getvalue().encode()
        out.seek(0)
        out.truncate()
    if left := out.getvalue():  # no rows: the head alone
        yield left.encode()


def _cell(value: object) -> object:
    if isinstance(value, str):
        return safe(value)
    return value.isoformat() if isinstance(value, datetime) else value


def _compressed(parts: Iterator[bytes]) -> Iterator[bytes]:
    packing = zlib.compressobj(LEVEL, zlib.DEFLATED, GZIP)
    for part in parts:
        if packed := packing.compress(part):
            yield packed
    yield packing.flush()
