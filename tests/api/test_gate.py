from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator, MutableMapping
from pathlib import Path
from typing import Any

import pytest

from diembao.api.gate import Gate, content_security_policy
from tests.api.doors import Doors

Message = MutableMapping[str, Any]
STREAM = "/_stcore/stream"
HOST = ("host", "localhost")
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


class Knocking:
    """At a gate behind which everything answers 200, and repeats what it was sent."""

    def __init__(self, doors: Doors) -> None:
        self.doors = doors
        self.cookie = ("cookie", doors.cookie("lan"))

    def __call__(self, kind: str, *headers: tuple[str, str], **scope: Any) -> list[Message]:
        return self.as_stranger(kind, self.cookie, *headers, **scope)

    def as_stranger(
        self, kind: str, *headers: tuple[str, str], body: list[bytes] | None = None, **scope: Any
    ) -> list[Message]:
        sent: list[Message] = []
        parts = [{"type": "http.request", "body": part, "more_body": True} for part in body or [b""]]

        async def inside(scope: Message, receive: Any, send: Any) -> None:
            if scope["type"] == "websocket":
                await send({"type": "websocket.accept"})
                return
            await send({"type": "http.response.start", "status": 200, "headers": [(b"referrer-policy", b"origin")]})
            for _ in parts:
                await send({"type": "http.response.body", "body": (await receive())["type"].encode()})

        async def receive() -> Message:
            return parts[len(sent) - 1]

        async def send(message: Message) -> None:
            sent.append(message)

        raw = [(name.encode(), value.encode("latin-1")) for name, value in headers]
        asked = {"type": kind, "headers": raw, "path": STREAM if kind == "websocket" else "/", "query_string": b""}
        if kind == "http":
            asked["method"] = "GET"
        gate = Gate(inside, "default-src 'self'", self.doors.door)
        asyncio.run(gate({**asked, **scope}, receive, send))
        return sent


@pytest.fixture(scope="module")
def knock(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Knocking]:
    with Doors.at(tmp_path_factory.mktemp("gate")) as doors:
        yield Knocking(doors)


@pytest.mark.parametrize("host", HOSTS)
def test_this_machine_is_let_in(knock: Knocking, host: str) -> None:
    assert knock("http", ("host", host))[0]["status"] == 200
    assert knock("websocket", ("host", host))[0]["type"] == "websocket.accept"


@pytest.mark.parametrize("host", STRANGERS)
def test_another_host_name_is_turned_away(knock: Knocking, host: str) -> None:
    assert knock("http", ("host", host))[0]["status"] == 403
    assert knock("websocket", ("host", host))[0] == {"type": "websocket.close", "code": 1008, "reason": "host"}


def test_no_host_or_two_are_turned_away(knock: Knocking) -> None:
    assert knock("http")[0]["status"] == 403
    assert knock("http", ("host", "localhost"), ("host", "evil.example"))[0]["status"] == 403


@pytest.mark.parametrize(
    "origin",
    ["https://evil.example", "null", "http://localhost:9999", "http://127.0.0.1:8501.evil.example", "file://", ""],
)
def test_a_page_from_elsewhere_is_turned_away(knock: Knocking, origin: str) -> None:
    host = ("host", "127.0.0.1:8501")
    assert knock("websocket", host, ("origin", origin))[0]["reason"] == "origin"
    assert knock("http", host, ("origin", origin))[0]["status"] == 403


def test_our_own_page_is_let_in(knock: Knocking) -> None:
    own = [("host", "127.0.0.1:8501"), ("origin", "http://127.0.0.1:8501")]
    assert knock("websocket", *own)[0]["type"] == "websocket.accept"


def test_every_answer_bears_the_headers_and_what_the_answer_says_itself_stays(knock: Knocking) -> None:
    headers = dict(knock("http", ("host", "localhost"))[0]["headers"])
    assert headers[b"x-content-type-options"] == b"nosniff"
    assert headers[b"content-security-policy"] == b"default-src 'self'"
    assert headers[b"referrer-policy"] == b"origin"


def test_the_policy_evaluates_no_strings_and_asks_nobody_else() -> None:
    policy = content_security_policy(("abc=",))
    assert "'unsafe-eval'" not in policy
    assert "script-src 'self' 'sha256-abc='" in policy
    assert "http" not in policy


# -- who is asking


def told(sent: list[Message]) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(sent[1]["body"])
    return found


def test_a_program_that_is_not_signed_in_gets_401_and_a_reader_is_shown_the_door(knock: Knocking) -> None:
    sent = knock.as_stranger("http", HOST, path="/api/v1/search")
    assert sent[0]["status"] == 401
    assert told(sent)["type"] == "urn:diembao:problem:sign-in"
    reader = knock.as_stranger("http", HOST, ("accept", "text/html"), path="/dong-tin", query_string=b"q=a&x=%0d%0ay")
    assert reader[0]["status"] == 303
    location = dict(reader[0]["headers"])[b"location"]
    assert location == b"/dang-nhap?tiep=%2Fdong-tin%3Fq%3Da%26x%3D%250d%250ay"
    assert knock.as_stranger("websocket", HOST)[0] == {"type": "websocket.close", "code": 1008, "reason": "sign-in"}


@pytest.mark.parametrize("path", ["/nothing", "/api/v2/search", "/_stcore/metrics", "/auth/login", "/oauth2callback"])
def test_what_has_no_row_is_there_for_nobody(knock: Knocking, path: str) -> None:
    assert knock("http", HOST, path=path)[0]["status"] == 404
    assert knock.as_stranger("http", HOST, path=path)[0]["status"] == 401


@pytest.mark.parametrize(
    "path",
    [
        "/static/../api/v1/search",
        "//evil.example/hom-nay",
        "/dong-tin\\..\\x",
        "/api/v1/articles/../search",
        "/dong-tin\r\nset-cookie: a=b",
        "/dong-tin\x00",
        "/DONG-TIN",
        "/dong-tin/",
        "/static/" + "a/" * 5000,
        "/api/v1/articles/" + "a" * 100_000,
    ],
)
def test_tricks_with_the_path_lead_nowhere(knock: Knocking, path: str) -> None:
    assert knock("http", HOST, path=path)[0]["status"] == 404
    reader = knock.as_stranger("http", HOST, ("accept", "text/html"), path=path)
    assert reader[0]["status"] == 303
    assert dict(reader[0]["headers"])[b"location"].startswith(b"/dang-nhap?tiep=")


def test_a_method_that_is_not_in_the_row_is_not_answered(knock: Knocking) -> None:
    own = ("origin", "http://localhost")
    for method in ("POST", "DELETE", "PUT", "PATCH", "OPTIONS", "TRACE", "get"):
        assert knock("http", HOST, own, method=method, path="/dong-tin")[0]["status"] == 404


def test_what_changes_something_has_to_say_from_which_page(knock: Knocking) -> None:
    asked = {"method": "POST", "path": "/dang-xuat"}
    assert knock("http", HOST, **asked)[0]["status"] == 403
    assert knock("http", HOST, ("sec-fetch-site", "cross-site"), **asked)[0]["status"] == 403
    assert knock("http", HOST, ("origin", "http://localhost"), **asked)[0]["status"] == 200
    assert knock("http", HOST, ("sec-fetch-site", "same-origin"), **asked)[0]["status"] == 200


@pytest.mark.parametrize("length", ["100000000", "-1", "1e3", "٣", "9" * 400])
def test_a_body_that_says_it_is_too_large_is_not_read(knock: Knocking, length: str) -> None:
    header = ("content-length", length) if length.isascii() else ("content-length", "\xb2")
    sent = knock("http", HOST, ("origin", "http://localhost"), header, method="POST", path="/dang-xuat")
    assert sent[0]["status"] == 413


def test_a_body_that_grows_too_large_is_cut_off(knock: Knocking) -> None:
    chunks = [b"a" * 900_000] * 4
    sent = knock("http", HOST, ("origin", "http://localhost"), method="POST", path="/dang-xuat", body=chunks)
    assert [message["body"] for message in sent[1:]] == [b"http.request"] * 2 + [b"http.disconnect"] * 2


def test_cookies_that_are_no_session_of_ours_are_strangers(knock: Knocking, tmp_path: Path) -> None:
    good = knock.cookie[1]
    with Doors.at(tmp_path) as others:
        foreign = others.cookie("lan")
    forged = [
        foreign,
        good[:-2],
        good + "x",
        good.replace(".", ".."),
        f"{good}; {good}",
        "diembao=; diembao=" + good.partition("=")[2],
        "diembao=" + "a" * 100_000,
        "diembao=%00",
        "diembao=\xff\xfe",
        "diembao",
        "",
    ]
    for cookie in forged:
        assert knock.as_stranger("http", HOST, ("cookie", cookie), path="/phien")[0]["status"] == 401, cookie[:80]
    assert knock("http", HOST, path="/phien")[0]["status"] == 200


def test_an_open_websocket_ends_when_its_session_does(knock: Knocking) -> None:
    doors = knock.doors
    cookie = doors.cookie("minh")
    heard: list[Message] = []

    async def inside(_scope: Message, receive: Any, send: Any) -> None:
        await send({"type": "websocket.accept"})
        heard.append(await receive())
        doors.end_sessions("minh")
        heard.append(await receive())

    async def receive() -> Message:
        return {"type": "websocket.receive", "bytes": b"click"}

    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    headers = [(b"host", b"localhost"), (b"cookie", cookie.encode())]
    scope = {"type": "websocket", "headers": headers, "path": STREAM, "query_string": b""}
    asyncio.run(Gate(inside, "", doors.door)(scope, receive, send))
    assert [message["type"] for message in heard] == ["websocket.receive", "websocket.disconnect"]
    assert sent[-1] == {"type": "websocket.close", "code": 1008, "reason": "session"}
