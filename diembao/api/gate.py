"""Who may speak to this process, and what a browser may do with what it gets.

Until accounts exist the process answers its own machine only. A page elsewhere must not reach it
through the reader's browser: the Host header has to name this machine (DNS rebinding), and a
request that says which page sent it (Origin) has to come from our own.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from starlette.types import ASGIApp, Message, Receive, Scope, Send

LOOPBACK: Final = frozenset({"127.0.0.1", "::1", "localhost"})

# WebSocket close code for "policy violation" (RFC 6455, 7.4.1).
POLICY: Final = 1008

_HEADERS: Final = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    # Outlets do not learn from which screen a reader came.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}


def content_security_policy(script_hashes: tuple[str, ...]) -> str:
    """Everything from this process alone. Streamlit writes its styles inline and starts with the inline
    scripts named by ``script_hashes``; nothing may be evaluated from a string.
    """
    scripts = " ".join(["'self'", *(f"'sha256-{digest}'" for digest in script_hashes)])
    return "; ".join(
        [
            "default-src 'self'",
            f"script-src {scripts}",
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            "connect-src 'self'",
            "worker-src 'self' blob:",
            "object-src 'none'",
            "base-uri 'self'",
            "form-action 'self'",
            "frame-ancestors 'none'",
        ]
    )


@dataclass(frozen=True)
class Gate:
    """ASGI middleware: turns away strangers, and adds the headers to every answer."""

    app: ASGIApp
    policy: str

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in {"http", "websocket"}:
            await self.app(scope, receive, send)
            return
        refusal = _refusal(_headers(scope))
        if refusal:
            await _refuse(scope, send, refusal)
            return
        await self.app(scope, receive, self._adding(send))

    def _adding(self, send: Send) -> Send:
        extra = [(name.lower().encode(), value.encode()) for name, value in self._answer_headers().items()]

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                given = {name.lower() for name, _ in message.get("headers", [])}
                added = [pair for pair in extra if pair[0] not in given]
                message = {**message, "headers": [*message.get("headers", []), *added]}
            await send(message)

        return sending

    def _answer_headers(self) -> Mapping[str, str]:
        return {**_HEADERS, "Content-Security-Policy": self.policy}


def is_loopback(host: str) -> bool:
    """Is this address, or the name in a Host header, this machine?"""
    return host.strip("[]").lower() in LOOPBACK


def _headers(scope: Scope) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, value in scope["headers"]:
        found.setdefault(name.decode("latin-1").lower(), []).append(value.decode("latin-1"))
    return found


def _refusal(headers: Mapping[str, list[str]]) -> str:
    """Why this request is turned away; empty: it is not."""
    hosts, origins = headers.get("host", []), headers.get("origin", [])
    if len(hosts) != 1 or not is_loopback(_hostname(hosts[0])):
        return "host"
    if any(_netloc(origin) != hosts[0].lower() for origin in origins):
        return "origin"
    return ""


def _hostname(host: str) -> str:
    try:
        parts = urlsplit(f"//{host}")
        _ = parts.port  # a port that is no number is refused
    except ValueError:
        return ""
    return "" if parts.username or parts.path or parts.query or parts.fragment else parts.hostname or ""


def _netloc(origin: str) -> str:
    try:
        parts = urlsplit(origin)
    except ValueError:
        return ""
    return parts.netloc.lower() if parts.scheme in {"http", "https"} else ""


_WHY: Final = {
    "host": ("Địa chỉ này không phải của máy này.", "This address does not name this machine."),
    "origin": ("Yêu cầu đến từ một trang khác.", "The request comes from another site."),
}


async def _refuse(scope: Scope, send: Send, refusal: str) -> None:
    if scope["type"] == "websocket":
        await send({"type": "websocket.close", "code": POLICY, "reason": refusal})
        return
    vietnamese, english = _WHY[refusal]
    problem = {
        "type": f"urn:diembao:problem:{refusal}",
        "title": "Không được phép",
        "title_en": "Not allowed",
        "status": 403,
        "detail": vietnamese,
        "detail_en": english,
    }
    body = json.dumps(problem, ensure_ascii=False).encode()
    headers = [(b"content-type", b"application/problem+json; charset=utf-8"), (b"x-content-type-options", b"nosniff")]
    await send({"type": "http.response.start", "status": 403, "headers": headers})
    await send({"type": "http.response.body", "body": body})
