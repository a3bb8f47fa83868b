"""Problems in the language that whoever asks reads: Vietnamese, or English where `Accept-Language` prefers it.

`title`, `detail` and each `reason` are then the English ones, which stand under `…_en` in any case; the Vietnamese
ones are told as `…_vi`.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, Final

from starlette.types import ASGIApp, Message, Receive, Scope, Send

_PROBLEM: Final = b"application/problem+json"
# Languages that are looked at in one header.
_MOST: Final = 20


def prefers_english(header: str) -> bool:
    """Is English wanted before Vietnamese? What names neither, or cannot be read, has Vietnamese."""
    wanted = {"vi": 0.0, "en": 0.0}
    for part in header[:500].split(",")[:_MOST]:
        name, _, weight = part.strip().partition(";")
        language = name.strip().lower().partition("-")[0]
        if language in wanted:
            wanted[language] = max(wanted[language], _weight(weight))
    return wanted["en"] > wanted["vi"]


def _weight(written: str) -> float:
    value = written.strip().removeprefix("q=")
    try:
        return min(float(value), 1.0) if value else 1.0
    except ValueError:
        return 0.0


@dataclass(frozen=True)
class Spoken:
    """ASGI middleware."""

    app: ASGIApp

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self.app(scope, receive, speaking(scope, send))


def speaking(scope: Scope, send: Send) -> Send:
    """``send``, with problems in the language of the request."""
    headers = scope.get("headers", ()) if scope["type"] == "http" else ()
    asked = next((value.decode("latin-1") for name, value in headers if name == b"accept-language"), "")
    if not prefers_english(asked):
        return send
    start: Message = {}

    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start" and _is_problem(message):
            start.update(message)
        elif start and message["type"] == "http.response.body":
            body = _in_english(message.get("body", b""))
            await send({**start, "headers": _headers(start, len(body))})
            await send({**message, "body": body})
            start.clear()
        else:
            await send(message)

    return sending


def _is_problem(start: Message) -> bool:
    return any(name == b"content-type" and value.startswith(_PROBLEM) for name, value in start["headers"])


def _headers(start: Message, length: int) -> list[tuple[bytes, bytes]]:
    kept = [pair for pair in start["headers"] if pair[0] != b"content-length"]
    more = [(b"content-length", str(length).encode()), (b"content-language", b"en"), (b"vary", b"Accept-Language")]
    return kept + more


def _in_english(body: bytes) -> bytes:
    return json.dumps(_turned(json.loads(body)), ensure_ascii=False, separators=(",", ":")).encode()


def _turned(told: Any) -> Any:  # noqa: ANN401 (JSON)
    if isinstance(told, list):
        return [_turned(each) for each in told]
    if not isinstance(told, dict):
        return told
    found: dict[str, Any] = {}
    for name, value in told.items():
        if f"{name}_en" in told:
            found |= {name: told[f"{name}_en"], f"{name}_vi": value}
        else:
            found[name] = _turned(value)
    return found
