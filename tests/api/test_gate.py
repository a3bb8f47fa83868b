from __future__ import annotations

import asyncio
from collections.abc import MutableMapping
from typing import Any

import pytest

from diembao.api.gate import Gate, content_security_policy

Message = MutableMapping[str, Any]
HOSTS = ["127.0.0.1:8501", "localhost", "LOCALHOST:1", "[::1]:8501"]
STRANGERS = [
    "evil.example",
    "127.0.0.1.evil.example",
    "localhost.evil.example:8501",
    "10.0.0.5:8501",
    "127.0.0.1:8501/x",
    "me@127.0.0.1",
    "127.0.0.1:port",
    "",
    "[::1",
]


def knock(kind: str, *headers: tuple[str, str]) -> list[Message]:
    """What a client gets that sends these headers."""
    sent: list[Message] = []

    async def inside(scope: Message, receive: Any, send: Any) -> None:
        if scope["type"] == "websocket":
            await send({"type": "websocket.accept"})
            return
        await send({"type": "http.response.start", "status": 200, "headers": [(b"referrer-policy", b"origin")]})
        await send({"type": "http.response.body", "body": b"inside"})

    async def receive() -> Message:
        return {"type": "http.request"}

    async def send(message: Message) -> None:
        sent.append(message)

    scope = {"type": kind, "headers": [(name.encode(), value.encode("latin-1")) for name, value in headers]}
    asyncio.run(Gate(inside, "default-src 'self'")(scope, receive, send))
    return sent


@pytest.mark.parametrize("host", HOSTS)
def test_this_machine_is_let_in(host: str) -> None:
    assert knock("http", ("host", host))[0]["status"] == 200
    assert knock("websocket", ("host", host))[0]["type"] == "websocket.accept"


@pytest.mark.parametrize("host", STRANGERS)
def test_another_host_name_is_turned_away(host: str) -> None:
    assert knock("http", ("host", host))[0]["status"] == 403
    assert knock("websocket", ("host", host))[0] == {"type": "websocket.close", "code": 1008, "reason": "host"}


def test_no_host_or_two_are_turned_away() -> None:
    assert knock("http")[0]["status"] == 403
    assert knock("http", ("host", "localhost"), ("host", "evil.example"))[0]["status"] == 403


@pytest.mark.parametrize(
    "origin",
    ["https://evil.example", "null", "http://localhost:9999", "http://127.0.0.1:8501.evil.example", "file://", ""],
)
def test_a_page_from_elsewhere_is_turned_away(origin: str) -> None:
    host = ("host", "127.0.0.1:8501")
    assert knock("websocket", host, ("origin", origin))[0]["reason"] == "origin"
    assert knock("http", host, ("origin", origin))[0]["status"] == 403


def test_our_own_page_is_let_in() -> None:
    own = [("host", "127.0.0.1:8501"), ("origin", "http://127.0.0.1:8501")]
    assert knock("websocket", *own)[0]["type"] == "websocket.accept"


def test_every_answer_bears_the_headers_and_what_the_answer_says_itself_stays() -> None:
    headers = dict(knock("http", ("host", "localhost"))[0]["headers"])
    assert headers[b"x-content-type-options"] == b"nosniff"
    assert headers[b"content-security-policy"] == b"default-src 'self'"
    assert headers[b"referrer-policy"] == b"origin"


def test_the_policy_evaluates_no_strings_and_asks_nobody_else() -> None:
    policy = content_security_policy(("abc=",))
    assert "'unsafe-eval'" not in policy
    assert "script-src 'self' 'sha256-abc='" in policy
    assert "http" not in policy
