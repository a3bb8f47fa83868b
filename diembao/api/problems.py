"""Errors of the API: RFC 9457 problem details, Vietnamese first, English in ``…_en``."""

from __future__ import annotations

import re
import uuid
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any, Final

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from diembao.api import bodies, parameters
from diembao.api.bodies import TooLarge
from diembao.api.cursors import WrongCursor
from diembao.api.gate import turned_away
from diembao.api.rights import NotAllowed
from diembao.core.errors import DiembaoError, IndexAway, Outdated, Parted, QueryError, RecordDamaged, Retry, WrongUse

log = structlog.get_logger()

MEDIA_TYPE: Final = "application/problem+json; charset=utf-8"
# Seconds after which a busy store may be asked again.
RETRY_AFTER: Final = 5
# Wrong parameters that are told in one sentence; all stand in `errors`.
DETAILED: Final = 3

_CLOSED: Final = re.compile(r"\)\.?$")
_SLASHED: Final = re.compile(r"(.+?) / (.+)", re.DOTALL)
# What is away or busy is told without where it lies on the server.
_BUSY: Final = "Kho tạm không dùng được; chưa làm gì cả.", "The store cannot be used now; nothing was done."
_AWAY: Final = "Bản tìm kiếm tạm không hỏi được; dữ liệu vẫn còn.", "The searchable copy is away; nothing is lost."

_DAMAGED: Final = (
    "Kho dữ liệu bị hỏng. Báo ngay người quản trị: dừng chương trình, giữ nguyên các tệp, chạy `diembao doctor`.",
    "The record is damaged. Tell the administrator at once: stop, keep its files, run `diembao doctor`.",
)

_KINDS: Final[Mapping[type[WrongUse], tuple[int, str]]] = {
    Outdated: (409, "urn:diembao:problem:outdated"),
    Parted: (410, "urn:diembao:problem:record"),
    WrongCursor: (400, "urn:diembao:problem:cursor"),
    WrongUse: (400, "urn:diembao:problem:use"),
}
# What FastAPI and Starlette say of a body that is neither JSON nor a form, before any route is asked.
_NO_BODY: Final = "Nội dung gửi lên không phải JSON hay biểu mẫu bằng UTF-8", "The body is no JSON or form in UTF-8"

TITLES: Final = {
    400: ("Câu hỏi không đọc được", "The request cannot be read"),
    401: ("Chưa đăng nhập", "Not signed in"),
    403: ("Không được phép", "Not allowed"),
    404: ("Không có", "Not found"),
    405: ("Không làm được như vậy", "Not allowed this way"),
    409: ("Đã có người đổi", "Changed meanwhile"),
    410: ("Phải đọc lại từ đầu", "Begin anew"),
    413: ("Quá lớn", "Too large"),
    422: ("Tham số không hợp lệ", "A parameter is not valid"),
    429: ("Hỏi quá nhiều", "Too many requests"),
    500: ("Máy chủ gặp lỗi", "The server has failed"),
    503: ("Tạm không dùng được", "Cannot be used now"),
}


def halves(message: str) -> tuple[str, str]:
    """Messages of the trunk are "tiếng Việt (English)" or "tiếng Việt / English": each by itself; one that is
    not so is both.
    """
    if both := _bracketed(message):
        return both
    slashed = _SLASHED.fullmatch(message)
    return (slashed[1], slashed[2]) if slashed else (message, message)


def _bracketed(message: str) -> tuple[str, str] | None:
    """What somebody has written may have brackets of its own, and stands in both: it is cut at that bracket on whose
    two sides as many are left open.
    """
    inner = _CLOSED.sub("", message)
    cuts = [(inner[: at.start()], inner[at.end() :]) for at in re.finditer(r"(?<=.) \((?=.)", inner, re.DOTALL)]
    if inner == message or not cuts:
        return None
    return min(reversed(cuts), key=lambda cut: abs(_left_open(cut[0]) - _left_open(cut[1])))


def _left_open(text: str) -> int:
    return text.count("(") - text.count(")")


def _told(error: Exception) -> tuple[str, str]:
    """An error for developers is in English alone: a reader of Vietnamese is told so."""
    vietnamese, english = halves(str(error))
    alone = vietnamese == english
    return (f"Không làm được; lời báo bằng tiếng Anh: {english}" if alone else vietnamese), english


def problem(
    status: int,
    vietnamese: str,
    english: str,
    *,
    kind: str = "about:blank",
    headers: dict[str, str] | None = None,
    more: Mapping[str, object] | None = None,
) -> JSONResponse:
    titles = TITLES.get(status)
    phrase = HTTPStatus(status).phrase
    body = {
        "type": kind,
        "title": titles[0] if titles else phrase,
        "title_en": titles[1] if titles else phrase,
        "status": status,
        "detail": vietnamese,
        "detail_en": english,
        **(more or {}),
    }
    return JSONResponse(body, status, headers=headers, media_type=MEDIA_TYPE)


def install(app: FastAPI) -> None:
    """Every error of this application leaves as a problem."""
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(DiembaoError, _ours)
    app.add_exception_handler(Exception, _unexpected)


def _invalid(request: Request, error: Exception) -> JSONResponse:
    found: Sequence[Mapping[str, Any]] = []
    if isinstance(error, RequestValidationError):
        media = request.headers.get("content-type", "")
        found = [parameters.of_body(each, error.body, media) for each in error.errors()]
    # Where and why, never the value itself: it may be a megabyte of somebody's bytes.
    wrong = [
        {"parameter": parameters.named(each), "reason": parameters.reason(each), "reason_en": each["msg"]}
        for each in found
    ]
    told = [dict.fromkeys(f"{each['parameter']} ({each[why]})" for each in wrong) for why in ("reason", "reason_en")]
    vietnamese, english = (", ".join(list(each)[:DETAILED]) for each in told)
    kind = "urn:diembao:problem:parameter"
    return problem(422, f"Tham số sai: {vietnamese}.", f"Wrong: {english}.", kind=kind, more={"errors": wrong})


def _http(_request: Request, error: Exception) -> JSONResponse:
    if isinstance(error, TooLarge):
        return problem(413, *bodies.told(error.limit), kind=bodies.KIND, more={"limit": error.limit})
    status = error.status_code if isinstance(error, HTTPException) else 500
    headers = dict(error.headers or {}) if isinstance(error, HTTPException) else {}
    vietnamese, english = _NO_BODY if status == 400 else TITLES.get(status, ("", ""))
    return problem(status, f"{vietnamese}.", f"{english}.", headers=headers)


def _ours(request: Request, error: Exception) -> JSONResponse:
    if isinstance(error, QueryError):
        place = {} if error.position is None else {"position": error.position}
        vietnamese, english = halves(str(error))
        return problem(
            400,
            f"Không đọc được câu tìm: {vietnamese}",
            f"The query cannot be read: {english}",
            kind="urn:diembao:problem:query",
            more=place,
        )
    if isinstance(error, NotAllowed):
        turned_away(request, error.act)
        return problem(403, *_told(error), kind="urn:diembao:problem:rights", more={"right": error.act.value})
    if isinstance(error, WrongUse):
        status, kind = next(how for each, how in _KINDS.items() if isinstance(error, each))
        return problem(status, *_told(error), kind=kind)
    if isinstance(error, Retry):
        log.warning("api-busy", why=str(error))
        said = _AWAY if isinstance(error, IndexAway) else _BUSY
        return problem(503, *said, headers={"Retry-After": str(RETRY_AFTER)})
    if isinstance(error, RecordDamaged):
        log.error("record-damaged", why=str(error))
        return problem(500, *_DAMAGED)
    return _unexpected(request, error)


def _unexpected(_request: Request, error: Exception) -> JSONResponse:
    code = uuid.uuid4().hex[:6]
    log.error("api-failed", code=code, error=repr(error))
    return problem(
        500, f"Dữ liệu không mất. Báo mã {code}.", f"Nothing is lost. Quote code {code}.", more={"code": code}
    )
