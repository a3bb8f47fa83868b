"""Who may speak to this process, and what a browser may do with what it gets.

Every request and every message of a websocket passes here, in this order:

1. the Host header names this machine, a plain address, or a name of the settings (DNS rebinding);
2. a request that says which page sent it (Origin) comes from our own; one that changes something must say so;
3. the cookie tells who is asking (`sessions`), the address what for (`paths`), the table whether they may (`rights`);
4. what is not allowed gets 401 (nobody is signed in), 403 or 404; a reader's browser is shown the door instead.

A body is read up to as many bytes as its address may have. An open websocket is looked at before every message and
every `LOOK` seconds.
"""

from __future__ import annotations

import asyncio
import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import quote, urlsplit

import structlog
from starlette.concurrency import run_in_threadpool
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from diembao.api import paths
from diembao.api.door import Door, cookie_in, cookies_of, is_loopback
from diembao.api.refusals import Refusal, refuse
from diembao.api.rights import STRANGER, Act, Standing, Visitor, opens
from diembao.core.errors import Retry

log = structlog.get_logger()

# Seconds between two looks at whoever holds a quiet websocket open.
LOOK: Final = 3.0
SIGN_IN: Final = "/dang-nhap"

HEADERS: Final = {
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
    """ASGI middleware: turns away strangers, says who is asking (``scope["state"]["visitor"]``), and adds the
    headers to every answer.
    """

    app: ASGIApp
    policy: str
    door: Door

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in {"http", "websocket"}:
            await self.app(scope, receive, send)
            return
        send = self._adding(send) if scope["type"] == "http" else send
        headers = _headers(scope)
        refusal = self._stranger(headers)
        visitor = STRANGER
        if not refusal:
            try:
                cookies = cookies_of(headers.get("cookie", []))
                visitor = await run_in_threadpool(self.door.visitor, cookies)
            except Retry:
                refusal = Refusal.BUSY
            else:
                refusal = self._not_allowed(scope, headers, visitor)
        if refusal:
            await self._refuse(scope, send, headers, refusal, visitor)
            return
        scope.setdefault("state", {})["visitor"] = visitor
        if scope["type"] == "websocket":
            cookie = cookie_in(cookies)
            await self.app(scope, Watched(self.door, cookie, receive, send), send)
        else:
            address = paths.address_of(scope["method"], scope["path"])
            await self.app(scope, _bounded(receive, address.body if address else paths.BODY), send)

    def _stranger(self, headers: Mapping[str, list[str]]) -> Refusal | None:
        hosts, origins = headers.get("host", []), headers.get("origin", [])
        if len(hosts) != 1 or not self._answers_to(_hostname(hosts[0])):
            return Refusal.HOST
        if any(_netloc(origin) != hosts[0].lower() for origin in origins):
            return Refusal.ORIGIN
        return None

    def _answers_to(self, host: str) -> bool:
        """A plain address cannot be rebound to another machine: of those, any will do where others may come."""
        return is_loopback(host) or host in self.door.names or (self.door.for_others and _is_address(host))

    def _not_allowed(self, scope: Scope, headers: Mapping[str, list[str]], visitor: Visitor) -> Refusal | None:
        method = scope["method"] if scope["type"] == "http" else "WEBSOCKET"
        address = paths.address_of(method, scope["path"])
        if _too_long(headers, address.body if address else paths.BODY):
            return Refusal.SIZE
        act = address.act if address else None
        signed_in = Standing.SIGNED_IN in visitor.standings
        if act is None:
            return Refusal.NOTHING if signed_in else Refusal.SIGN_IN
        if not opens(visitor, act, self.door.province):
            return Refusal.RIGHTS if signed_in else Refusal.SIGN_IN
        sending = method not in {*paths.READING, *paths.SOCKET} and act is not Act.SIGN_IN
        return Refusal.ORIGIN if sending and not _says_from_where(headers) else None

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
        https = {"Strict-Transport-Security": "max-age=31536000"} if self.door.public_https else {}
        return {**HEADERS, **https, "Content-Security-Policy": self.policy}

    async def _refuse(
        self, scope: Scope, send: Send, headers: Mapping[str, list[str]], refusal: Refusal, visitor: Visitor
    ) -> None:
        client = scope.get("client") or ("", 0)
        said = {"why": refusal.value, "path": scope.get("path", "")[:200], "who": visitor.actor, "address": client[0]}
        log.info("turned-away", **said)
        reader = scope["type"] == "http" and scope.get("method") == "GET" and "text/html" in _one(headers, "accept")
        to = ""
        if refusal is Refusal.SIGN_IN and reader:
            asked = scope["path"] + ("?" + scope["query_string"].decode("latin-1") if scope["query_string"] else "")
            to = SIGN_IN if asked == "/" else f"{SIGN_IN}?tiep={quote(asked[:1000], safe='')}"
        await refuse(scope, send, refusal, to)


class Watched:
    """What an application hears of a websocket, while whoever holds it may still be here. When they may not, it
    hears that they have gone, and they are told so.
    """

    def __init__(self, door: Door, cookie: str, receive: Receive, send: Send) -> None:
        self._door = door
        self._cookie = cookie
        self._receive = receive
        self._send = send
        self._next: asyncio.Task[Message] | None = None

    async def __call__(self) -> Message:
        while True:
            self._next = self._next or asyncio.ensure_future(self._receive())
            done, _ = await asyncio.wait({self._next}, timeout=LOOK)
            if not await self._is_here():
                return await self._end()
            if done:
                task, self._next = self._next, None
                return task.result()

    async def _is_here(self) -> bool:
        try:
            visitor = await run_in_threadpool(self._door.sessions.visitor, self._cookie)
        except Retry:  # a busy store is no reason to cut anybody off: nothing was allowed by it
            return True
        return Standing.SIGNED_IN in visitor.standings

    async def _end(self) -> Message:
        from diembao.api.refusals import POLICY

        if self._next is not None and not self._next.done():
            self._next.cancel()
        log.info("turned-away", why="session", path="websocket")
        await self._send({"type": "websocket.close", "code": POLICY, "reason": "session"})
        return {"type": "websocket.disconnect", "code": POLICY}


def visitor_of(request: Any) -> Visitor:  # noqa: ANN401 (Starlette's and FastAPI's requests alike)
    """Who is asking, as the gate has found; the stranger where no gate was passed."""
    found = request.scope.get("state", {}).get("visitor", STRANGER)
    return found if isinstance(found, Visitor) else STRANGER


def _bounded(receive: Receive, most: int) -> Receive:
    """A body that grows beyond ``most`` bytes is cut off, as if its sender had gone."""
    read = 0

    async def receiving() -> Message:
        nonlocal read
        message = await receive()
        read += len(message.get("body", b""))
        return {"type": "http.disconnect"} if read > most else message

    return receiving


def _headers(scope: Scope) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, value in scope["headers"]:
        found.setdefault(name.decode("latin-1").lower(), []).append(value.decode("latin-1"))
    return found


def _one(headers: Mapping[str, list[str]], name: str) -> str:
    return headers.get(name, [""])[0]


def _too_long(headers: Mapping[str, list[str]], most: int) -> bool:
    said = _one(headers, "content-length")
    return bool(said) and (not said.isascii() or not said.isdigit() or len(said) > 12 or int(said) > most)


def _says_from_where(headers: Mapping[str, list[str]]) -> bool:
    """Our own page (an Origin that is not ours was turned away before), or a browser that says so itself."""
    return bool(headers.get("origin")) or _one(headers, "sec-fetch-site") == "same-origin"


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


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
