"""How the gate says no: a problem in two languages, a way to the door for a reader, a closed websocket."""

from __future__ import annotations

import json
from enum import StrEnum
from typing import Final

from starlette.types import Scope, Send

# WebSocket close code for "policy violation" (RFC 6455, 7.4.1).
POLICY: Final = 1008


class Refusal(StrEnum):
    HOST = "host"
    ORIGIN = "origin"
    SIZE = "size"
    SIGN_IN = "sign-in"
    RIGHTS = "rights"
    NOTHING = "nothing"
    BUSY = "busy"


_STATUS: Final = {
    Refusal.HOST: 403,
    Refusal.ORIGIN: 403,
    Refusal.SIZE: 413,
    Refusal.SIGN_IN: 401,
    Refusal.RIGHTS: 403,
    Refusal.NOTHING: 404,
    Refusal.BUSY: 503,
}
_TITLES: Final = {
    401: ("Chưa đăng nhập", "Not signed in"),
    403: ("Không được phép", "Not allowed"),
    404: ("Không có", "Not found"),
    413: ("Quá lớn", "Too large"),
    503: ("Kho đang bận", "The store is busy"),
}
_WHY: Final = {
    Refusal.HOST: ("Địa chỉ này không phải của máy này.", "This address does not name this machine."),
    Refusal.ORIGIN: ("Yêu cầu đến từ một trang khác.", "The request comes from another site."),
    Refusal.SIZE: ("Nội dung gửi lên quá lớn.", "The body is too large."),
    Refusal.SIGN_IN: ("Cần đăng nhập trước.", "Sign in first."),
    Refusal.RIGHTS: ("Tài khoản này không có quyền làm việc đó.", "This account may not do that."),
    Refusal.NOTHING: ("Không có gì ở địa chỉ này.", "There is nothing at this address."),
    Refusal.BUSY: ("Chưa làm gì cả. Thử lại sau ít giây.", "Nothing was done. Try again in a few seconds."),
}
_MORE: Final = {Refusal.SIGN_IN: [(b"www-authenticate", b"Cookie")], Refusal.BUSY: [(b"retry-after", b"5")]}


async def refuse(scope: Scope, send: Send, refusal: Refusal, to: str = "") -> None:
    """``to`` is where a reader's browser is sent instead."""
    if scope["type"] == "websocket":
        await send({"type": "websocket.close", "code": POLICY, "reason": refusal.value})
        return
    if to:
        await _answer(send, 303, [(b"location", to.encode("ascii")), (b"cache-control", b"no-store")], b"")
        return
    status = _STATUS[refusal]
    (title, title_en), (detail, detail_en) = _TITLES[status], _WHY[refusal]
    problem = {
        "type": f"urn:diembao:problem:{refusal.value}",
        "title": title,
        "title_en": title_en,
        "status": status,
        "detail": detail,
        "detail_en": detail_en,
    }
    headers = [(b"content-type", b"application/problem+json; charset=utf-8"), (b"cache-control", b"no-store")]
    await _answer(send, status, headers + _MORE.get(refusal, []), json.dumps(problem, ensure_ascii=False).encode())


async def _answer(send: Send, status: int, headers: list[tuple[bytes, bytes]], body: bytes) -> None:
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
