"""How the gate says no: a problem in two languages, a way to the door for a reader, a closed websocket."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from starlette.types import Scope, Send

from diembao.api import bodies

# WebSocket close code for "policy violation" (RFC 6455, 7.4.1).
POLICY: Final = 1008


class Refusal(StrEnum):
    HOST = "host"
    ORIGIN = "origin"
    SIZE = "size"
    SIGN_IN = "sign-in"
    KEY = "key"
    RIGHTS = "rights"
    NOTHING = "nothing"
    METHOD = "method"
    RATE = "rate"
    BUSY = "busy"


@dataclass(frozen=True, slots=True)
class Refused:
    """``after`` are seconds to wait; ``methods`` those that the address has; ``limit`` the bytes that its body may;
    ``right`` what is asked for there, and ``by_scope``: a key was not given it, whatever its account may.
    """

    why: Refusal
    after: float = 0.0
    methods: tuple[str, ...] = ()
    limit: int = 0
    right: str = ""
    by_scope: bool = False


_STATUS: Final = {
    Refusal.HOST: 403,
    Refusal.ORIGIN: 403,
    Refusal.SIZE: 413,
    Refusal.SIGN_IN: 401,
    Refusal.KEY: 401,
    Refusal.RIGHTS: 403,
    Refusal.NOTHING: 404,
    Refusal.METHOD: 405,
    Refusal.RATE: 429,
    Refusal.BUSY: 503,
}
_TITLES: Final = {
    401: ("Chưa đăng nhập", "Not signed in"),
    403: ("Không được phép", "Not allowed"),
    404: ("Không có", "Not found"),
    405: ("Không làm được như vậy", "Not allowed this way"),
    413: ("Quá lớn", "Too large"),
    429: ("Hỏi quá nhiều", "Too many requests"),
    503: ("Tạm không dùng được", "Cannot be used now"),
}
_WHY: Final = {
    Refusal.HOST: ("Địa chỉ này không phải của máy này.", "This address does not name this machine."),
    Refusal.ORIGIN: ("Yêu cầu đến từ một trang khác.", "The request comes from another site."),
    Refusal.SIGN_IN: ("Cần đăng nhập trước.", "Sign in first."),
    Refusal.KEY: (
        "Khóa này không dùng được: sai, hết hạn, đã thu hồi, hoặc của nơi khác.",
        "This key is no good: wrong, expired, revoked, or of another installation.",
    ),
    Refusal.NOTHING: ("Không có gì ở địa chỉ này.", "There is nothing at this address."),
    Refusal.METHOD: ("Địa chỉ này không nhận phương thức đó.", "This address does not take that method."),
    Refusal.RATE: ("Chờ rồi hỏi lại; xem Retry-After.", "Wait, then ask again; see Retry-After."),
    Refusal.BUSY: ("Chưa làm gì cả. Thử lại sau ít giây.", "Nothing was done. Try again in a few seconds."),
}
_SCOPE: Final = (
    "Khóa này không có phạm vi “{right}”; hỏi người quản trị một khóa có phạm vi ấy.",
    "This key has no scope '{right}'; ask the administrator for one that has.",
)
_RIGHT: Final = (
    "Tài khoản này không có quyền “{right}”; hỏi người quản trị.",
    "This account has no right '{right}'; ask the administrator.",
)
_MORE: Final = {
    Refusal.SIGN_IN: [(b"www-authenticate", b"Cookie, Bearer")],
    Refusal.KEY: [(b"www-authenticate", b'Bearer error="invalid_token"')],
    Refusal.BUSY: [(b"retry-after", b"5")],
}


async def refuse(scope: Scope, send: Send, refused: Refused, to: str = "") -> None:
    """``to`` is where a reader's browser is sent instead."""
    refusal = refused.why
    if scope["type"] == "websocket":
        await send({"type": "websocket.close", "code": POLICY, "reason": refusal.value})
        return
    if to:
        await _answer(send, 303, [(b"location", to.encode("ascii")), (b"cache-control", b"no-store")], b"")
        return
    status = _STATUS[refusal]
    (title, title_en), (detail, detail_en) = _TITLES[status], _why(refused)
    problem = {
        "type": f"urn:diembao:problem:{refusal.value}",
        "title": title,
        "title_en": title_en,
        "status": status,
        "detail": detail,
        "detail_en": detail_en,
        **({"limit": refused.limit} if refused.limit else {}),
        **({"right": refused.right} if refused.right else {}),
    }
    headers = [(b"content-type", b"application/problem+json; charset=utf-8"), (b"cache-control", b"no-store")]
    headers += _MORE.get(refusal, [])
    if refused.after:
        headers.append((b"retry-after", str(math.ceil(refused.after)).encode()))
    if refused.methods:
        headers.append((b"allow", ", ".join(refused.methods).encode()))
    await _answer(send, status, headers, json.dumps(problem, ensure_ascii=False).encode())


def _why(refused: Refused) -> tuple[str, str]:
    if refused.why is Refusal.SIZE:
        return bodies.told(refused.limit)
    if refused.why is Refusal.RIGHTS:
        vietnamese, english = _SCOPE if refused.by_scope else _RIGHT
        return vietnamese.format(right=refused.right), english.format(right=refused.right)
    return _WHY[refused.why]


async def _answer(send: Send, status: int, headers: list[tuple[bytes, bytes]], body: bytes) -> None:
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
