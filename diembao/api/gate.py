"""Who may speak to this process, and what a browser may do with what it gets.

Every request and every message of a websocket passes here, in this order:

1. the Host header names this machine, a plain address, or a name of the settings (DNS rebinding);
2. a request that says which page sent it (Origin) comes from our own; one that changes something must say so, or
   bring a key, which no browser sends by itself;
3. the API is not asked more often than it may be (`limits`), by address, and by key or session;
4. the key or the cookie tells who is asking (`keys`, `sessions`; a key that is no good is not made up for by a
   cookie), the address what for (`paths`), the table whether they may (`rights`);
5. what is not allowed gets 401 (nobody is signed in), 403, 404, 405 or 429; a reader's browser is shown the door.

Who was refused goes into the audit log too (`tally`): here, and where what is inside refuses one thing
(`turned_away`). To be shown the door, or that there is nothing, is no refusal.

A body is read up to as many bytes as its address may have. An open websocket is looked at before every message and
every `LOOK` seconds.
"""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import quote

import structlog
from starlette.concurrency import run_in_threadpool
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from diembao.api import bodies, diary, paths
from diembao.api import headers as said
from diembao.api.door import Door, cookie_in, cookies_of, is_loopback
from diembao.api.headers import Headers
from diembao.api.limits import network
from diembao.api.refusals import POLICY, Refusal, Refused, refuse
from diembao.api.rights import STRANGER, Act, Standing, Visitor
from diembao.api.spoken import speaking
from diembao.core.accounts import TurnedAway
from diembao.core.errors import Retry

log = structlog.get_logger()

# Seconds between two looks at whoever holds a quiet websocket open.
LOOK: Final = 3.0
SIGN_IN: Final = "/dang-nhap"
API: Final = "/api/"
METRICS: Final = "/metrics"

# What is said to everybody, or to a program that waits: nobody was kept from anything.
NO_REFUSALS: Final = frozenset({Refusal.NOTHING, Refusal.METHOD, Refusal.BUSY})
# In the state of a request: the act that was refused inside.
_REFUSED: Final = "refused"

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
    new_id: Callable[[], str] = lambda: uuid.uuid4().hex

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in {"http", "websocket"}:
            await self.app(scope, receive, send)
            return
        headers = said.headers_of(scope)
        number = said.request_id(headers, self.new_id)
        with structlog.contextvars.bound_contextvars(request=number):
            send = self._adding(send, number) if scope["type"] == "http" else send
            visitor, refusal = await self._looked_at(scope, headers)
            if refusal:
                await self._note(scope, visitor, refusal.why)
                if refusal.why is Refusal.SIZE and scope["type"] == "http":
                    await bodies.spare(receive, headers)
                await self._refuse(scope, send, headers, refusal, visitor)
                return
            if self.door.tally.is_due():
                await run_in_threadpool(self.door.tally.settle)
            scope.setdefault("state", {})["visitor"] = visitor
            if scope["type"] == "websocket":
                cookie = cookie_in(cookies_of(headers.get("cookie", [])))
                await self.app(scope, Watched(self.door, cookie, receive, send), send)
            else:
                address = paths.address_of(scope["method"], scope["path"])
                most = address.body if address else paths.BODY
                await self.app(scope, bodies.bounded(receive, most, is_api=_is_api(scope)), send)
            if act := scope["state"].get(_REFUSED):
                await self._note(scope, visitor, Refusal.RIGHTS, act)

    async def _note(self, scope: Scope, visitor: Visitor, why: Refusal, act: Act | None = None) -> None:
        if why in NO_REFUSALS or (why is Refusal.SIGN_IN and not _is_api(scope)):
            return
        row = paths.act_of(scope.get("method", "WEBSOCKET"), scope["path"])
        about = {"act": act or row or "", "address": network(_address(scope)), "path": scope["path"]}
        seen = TurnedAway(visitor.actor, visitor.where, why.value, **about)
        await run_in_threadpool(self.door.tally.note, seen)

    async def _looked_at(self, scope: Scope, headers: Headers) -> tuple[Visitor, Refused | None]:
        """Who is asking, and why they are turned away, if they are."""
        refusal = self._stranger(scope, headers) or self._too_often(scope, None)
        if refusal:
            return STRANGER, refusal
        try:
            visitor = await run_in_threadpool(self._visitor, scope, headers)
        except Retry:
            return STRANGER, Refused(Refusal.BUSY)
        return visitor, self._too_often(scope, visitor) or self._not_allowed(scope, headers, visitor)

    def _visitor(self, scope: Scope, headers: Headers) -> Visitor:
        key = said.bearer(headers) if _is_api(scope) else None
        if key is None and (in_address := diary.key_in(scope)) is not None:
            return diary.visitor(self.door.keys, in_address)
        return self.door.visitor(cookies_of(headers.get("cookie", []))) if key is None else self.door.keys.visitor(key)

    def _too_often(self, scope: Scope, visitor: Visitor | None) -> Refused | None:
        """Only the API is counted: a screen asks over its websocket, and files are cheap."""
        if not _is_api(scope) or visitor == STRANGER:
            return None
        limits = self.door.limits
        after = limits.of_asker(visitor.where) if visitor else limits.of_address(_address(scope))
        return Refused(Refusal.RATE, after=after) if after else None

    def _stranger(self, scope: Scope, headers: Headers) -> Refused | None:
        hosts, origins = headers.get("host", []), headers.get("origin", [])
        if len(hosts) != 1 or not self._answers_to(said.hostname(hosts[0])):
            return Refused(Refusal.HOST)
        foreign = any(said.netloc(origin) != hosts[0].lower() for origin in origins)
        if foreign and not _by_seal(scope):
            return Refused(Refusal.ORIGIN)
        return None

    def _answers_to(self, host: str) -> bool:
        """A plain address cannot be rebound to another machine: of those, any will do where others may come."""
        return is_loopback(host) or host in self.door.names or (self.door.for_others and said.is_address(host))

    def _not_allowed(self, scope: Scope, headers: Headers, visitor: Visitor) -> Refused | None:
        method = scope["method"] if scope["type"] == "http" else "WEBSOCKET"
        address = paths.address_of(method, scope["path"])
        most = address.body if address else paths.BODY
        if said.too_long(headers, most):
            return Refused(Refusal.SIZE, limit=most)
        shown = said.bearer(headers) if _is_api(scope) else None
        if visitor == STRANGER and (shown is not None or diary.key_in(scope) is not None):
            return Refused(Refusal.KEY)
        if address is None:
            return self._nothing(scope, visitor)
        if not self.door.opens(visitor, address.act):
            by_scope = visitor.scopes is not None and address.act not in visitor.scopes
            no_right = Refused(Refusal.RIGHTS, right=address.act, by_scope=by_scope)
            return Refused(Refusal.SIGN_IN) if visitor == STRANGER else no_right
        sending = method not in {*paths.READING, *paths.SOCKET} and address.act is not Act.SIGN_IN
        by_page = Standing.SIGNED_IN in visitor.standings
        return Refused(Refusal.ORIGIN) if sending and by_page and not said.says_from_where(headers) else None

    def _nothing(self, scope: Scope, visitor: Visitor) -> Refused:
        if visitor == STRANGER:
            return Refused(Refusal.SIGN_IN)
        methods = paths.methods_at(scope["path"]) if _is_api(scope) else ()
        return Refused(Refusal.METHOD, methods=methods) if methods else Refused(Refusal.NOTHING)

    def _adding(self, send: Send, number: str) -> Send:
        answered = {**self._answer_headers(), "X-Request-ID": number}
        extra = [(name.lower().encode(), value.encode()) for name, value in answered.items()]

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                given = {name.lower() for name, _ in message.get("headers", [])}
                added = [pair for pair in extra if pair[0] not in given]
                message = {**message, "headers": said.varying_once([*message.get("headers", []), *added])}
            await send(message)

        return sending

    def _answer_headers(self) -> Mapping[str, str]:
        https = {"Strict-Transport-Security": "max-age=31536000"} if self.door.public_https else {}
        return {**HEADERS, **https, "Content-Security-Policy": self.policy}

    async def _refuse(self, scope: Scope, send: Send, headers: Headers, refused: Refused, visitor: Visitor) -> None:
        told = {"why": refused.why.value, "path": scope.get("path", "")[:200], "who": visitor.actor}
        log.info("turned-away", **told, where=visitor.where, address=_address(scope))
        reader = (
            scope["type"] == "http" and scope.get("method") == "GET" and "text/html" in said.first(headers, "accept")
        )
        to = ""
        if refused.why is Refusal.SIGN_IN and reader:
            asked = scope["path"] + ("?" + scope["query_string"].decode("latin-1") if scope["query_string"] else "")
            to = SIGN_IN if asked == "/" else f"{SIGN_IN}?tiep={quote(asked[:1000], safe='')}"
        await refuse(scope, speaking(scope, send), refused, to)


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
        if self._next is not None and not self._next.done():
            self._next.cancel()
        log.info("turned-away", why="session", path="websocket")
        await self._send({"type": "websocket.close", "code": POLICY, "reason": "session"})
        return {"type": "websocket.disconnect", "code": POLICY}


def visitor_of(request: Any) -> Visitor:  # noqa: ANN401 (Starlette's and FastAPI's requests alike)
    """Who is asking, as the gate has found; the stranger where no gate was passed."""
    found = request.scope.get("state", {}).get("visitor", STRANGER)
    return found if isinstance(found, Visitor) else STRANGER


def turned_away(request: Any, act: Act) -> None:  # noqa: ANN401 (Starlette's and FastAPI's requests alike)
    """Whoever is asking was refused this one thing (told as not there, perhaps): the gate writes it down."""
    request.scope.setdefault("state", {})[_REFUSED] = act


def _by_seal(scope: Scope) -> bool:
    """Is the seal in the address all that it takes? A mail program presses *Thôi nhận* from wherever it is."""
    address = paths.address_of(scope.get("method", "WEBSOCKET"), scope["path"])
    return address is not None and address.act is Act.STOP_ALERT


def _is_api(scope: Scope) -> bool:
    """What programs ask with keys: the API, and the metrics."""
    return scope["type"] == "http" and (str(scope["path"]).startswith(API) or scope["path"] == METRICS)


def _address(scope: Scope) -> str:
    return str((scope.get("client") or ("", 0))[0])
