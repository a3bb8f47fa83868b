"""The door to a language model, against a real server on loopback."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from diembao.core.errors import Misconfigured, Retry, SetAside
from diembao.core.settings_opinion import OpinionSettings
from diembao.opinion.address import is_private, place
from diembao.opinion.endpoint import Busy, Endpoint, Question
from diembao.opinion.protocol import Answer
from tests.opinion.model_server import ModelServer, Reply, Say, completion, serve, streamed

ASK = Question("one", "Luật", '{"article": "Quy Nhơn"}', {"type": "object"})


def ask(url: str, *, home: Path = Path(), question: Question = ASK, **more: Any) -> Answer:
    chosen = OpinionSettings(url=url, model="m", **{"timeout": 20, **more})
    return asyncio.run(Endpoint(chosen, home).ask(question))


def asked_of(say: Say, **more: Any) -> tuple[Answer, ModelServer]:
    with serve(say) as server:
        return ask(server.url, **more), server


def test_a_question_is_answered_with_its_price() -> None:
    answer, server = asked_of(lambda _: completion('{"a": 1}'))
    assert answer == Answer('{"a": 1}', 400, 100)
    (body,) = server.asked
    assert body["path"] == "/v1/chat/completions"
    assert body["messages"] == [{"role": "system", "content": "Luật"}, {"role": "user", "content": ASK.data}]
    assert body["response_format"]["json_schema"]["schema"] == {"type": "object"}
    assert "tools" not in body
    assert "Authorization" not in server.heads[0]


def test_a_streamed_answer_is_read_as_one() -> None:
    answer, _ = asked_of(lambda _: streamed('{"câu": "Quy Nhơn đón tàu"}'))
    assert answer == Answer('{"câu": "Quy Nhơn đón tàu"}', None, None)


def test_an_endpoint_that_knows_no_forms_is_asked_without() -> None:
    def say(body: dict[str, object]) -> Reply:
        if "response_format" in body:
            return Reply(b'{"error": "response_format is not supported"}', 400)
        return completion("{}")

    _, server = asked_of(say)
    assert ["response_format" in body for body in server.asked] == [True, False]


def test_the_key_is_read_from_its_file_and_sent(tmp_path: Path) -> None:
    (tmp_path / "key").write_text("sk-abc\nmore\n")
    _, server = asked_of(lambda _: completion("{}"), home=tmp_path, key_file="key")
    assert server.heads[0]["Authorization"] == "Bearer sk-abc"


@pytest.mark.parametrize("key", ["", "khóa có dấu", "two words"])
def test_a_file_without_a_key_is_a_misconfiguration_that_does_not_show_it(tmp_path: Path, key: str) -> None:
    (tmp_path / "key").write_text(key, encoding="utf-8")
    with pytest.raises(Misconfigured, match="key_file") as caught:
        ask("http://127.0.0.1:9/v1", home=tmp_path, key_file="key")
    assert not key or key not in str(caught.value)


@pytest.mark.parametrize(
    ("reply", "fate", "said"),
    [
        (Reply(b"{}", 401), Misconfigured, "key_file"),
        (Reply(b"{}", 404), Misconfigured, "model"),
        (Reply(b"", 307, head={"Location": "http://example.com/"}), Misconfigured, "redirects"),
        (Reply(b"<html>Login</html>", kind="text/html"), Misconfigured, "not JSON"),
        (Reply(b"{}", 400), SetAside, "will not read"),
        (Reply(b"{}", 503), Retry, "503"),
        (Reply(b"{}", 429), Busy, "busy"),
        (Reply(b'{"choices": [', 200), Retry, "broken"),
        (Reply(b'{"error": {"message": "out of memory"}}', 200), Retry, "out of memory"),
        (Reply(b"[" * 100_000, 200), Retry, "broken"),
        (Reply(b'{"choices": []}'), SetAside, "nothing"),
        (completion(None), SetAside, "nothing"),
        (completion("", refusal="I will not"), SetAside, "refused"),
        (completion("x", end="content_filter"), SetAside, "refused"),
        (completion('{"a', end="length"), SetAside, "max_tokens"),
        (completion("", tool_calls=[{"function": {"name": "send_mail"}}]), SetAside, "tool"),
        (completion("x", end="tool_calls"), SetAside, "tool"),
        (completion("a" * 2_000_000), SetAside, "larger"),
        (streamed('{"a": 1}', done=False), Retry, "broke off"),
        (Reply(b'{"choices": [{', stops=True), Retry, "lost"),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_what_is_no_answer_has_words_and_a_fate(reply: Reply, fate: type[Exception], said: str) -> None:
    with pytest.raises(fate, match=said):
        asked_of(lambda _: reply)


KEY = "sk-Secret(KEY)-123456"


@pytest.mark.parametrize("status", [400, 401, 403, 422, 200, 500])
@pytest.mark.parametrize("shown", [KEY, KEY[3:15], KEY.upper(), f"Bearer {KEY}", KEY * 30])
def test_an_endpoint_that_repeats_the_key_is_told_without_it(tmp_path: Path, status: int, shown: str) -> None:
    (tmp_path / "key").write_text(KEY)
    body = json.dumps({"error": {"message": f"Incorrect API key: {shown}"}}).encode()
    with pytest.raises((SetAside, Retry, Misconfigured)) as caught:
        asked_of(lambda _: Reply(body, status), home=tmp_path, key_file="key")
    told = str(caught.value).lower().replace("[", "(").replace("]", ")")
    assert not [n for n in range(len(KEY) - 7) if KEY[n : n + 8].lower() in told]
    assert status == 500 or "•••" in told


def test_a_model_that_repeats_the_key_is_read_without_it(tmp_path: Path) -> None:
    (tmp_path / "key").write_text(KEY)
    answer, _ = asked_of(lambda _: completion(f"Khóa là {KEY}."), home=tmp_path, key_file="key")
    assert answer.text == "Khóa là •••."


def test_a_busy_endpoint_says_when_to_come_again() -> None:
    with pytest.raises(Busy) as caught:
        asked_of(lambda _: Reply(b"", 429, head={"Retry-After": "7"}))
    assert caught.value.after == 7
    with pytest.raises(Busy) as caught:
        asked_of(lambda _: Reply(b"", 429, head={"Retry-After": "999999"}))
    assert caught.value.after == 3600


def test_an_answer_that_drips_is_given_up_in_time() -> None:
    with pytest.raises(Retry, match="no answer within"):
        asked_of(lambda _: Reply(b" " * 1000, drip=True), timeout=0.4)


def test_nobody_at_the_address_is_a_passing_failure() -> None:
    with pytest.raises(Busy, match="cannot be reached"):
        ask("http://127.0.0.1:1/v1")


# -- where it goes ------------------------------------------------------------------------------------


@pytest.mark.parametrize("address", ["127.0.0.1", "10.1.2.3", "172.31.0.1", "192.168.1.1", "::1", "fd00::1"])
def test_an_address_of_the_house_is_private(address: str) -> None:
    assert is_private(address)


@pytest.mark.parametrize(
    "address",
    ["8.8.8.8", "172.32.0.1", "169.254.169.254", "100.64.0.1", "0.0.0.1", "fe80::1", "2001:4860::1", "::ffff:8.8.8.8"],
)
def test_any_other_is_outside(address: str) -> None:
    assert not is_private(address)


def test_nothing_leaves_the_house_unless_the_setting_allows_it() -> None:
    with pytest.raises(Misconfigured, match="outside = true"):
        place("https://api.example.com/v1", outside=False, lookup=lambda *_: ["93.184.216.34"])
    found = place("https://api.example.com/v1", outside=True, lookup=lambda *_: ["93.184.216.34"])
    assert (found.address, found.outside, found.host_header) == ("93.184.216.34", True, "api.example.com")
    assert found.url("/chat/completions") == "https://93.184.216.34:443/v1/chat/completions"


def test_a_name_that_leads_inside_and_outside_is_outside() -> None:
    with pytest.raises(Misconfigured, match="not a private address"):
        place("http://llm.example.vn/v1", outside=False, lookup=lambda *_: ["10.0.0.5", "93.184.216.34"])


def test_outside_only_with_encryption() -> None:
    with pytest.raises(Misconfigured, match="https"):
        place("http://api.example.com/v1", outside=True, lookup=lambda *_: ["93.184.216.34"])


def test_the_proxy_of_the_environment_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:1")
    answer, _ = asked_of(lambda _: completion("{}"))
    assert answer.text == "{}"


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"url": "http://127.0.0.1/v1"}, "'model' is not"),
        ({"url": "ftp://127.0.0.1/v1", "model": "m"}, "plain http"),
        ({"url": "http://lan:secret@127.0.0.1/v1", "model": "m"}, "plain http"),
        ({"url": "http://127.0.0.1/v1?key=x", "model": "m"}, "plain http"),
        ({"url": "http://[::1/v1", "model": "m"}, "plain http"),
        ({"url": "http://127.0.0.1/v1", "model": "m", "price_out": 2}, "'daily_cost' is not"),
    ],
)
def test_settings_that_cannot_be_are_told(given: dict[str, object], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        OpinionSettings.model_validate(given)


def test_what_the_body_says_is_what_was_asked() -> None:
    _, server = asked_of(lambda _: completion("{}"), max_tokens=99)
    assert server.asked[0]["max_tokens"] == 99
    assert json.loads(server.asked[0]["messages"][1]["content"]) == {"article": "Quy Nhơn"}


@pytest.mark.parametrize(
    ("host", "asked"), [("máy.local", "xn--my-mia.local"), ("ｌｌｍ.local", "llm.local"), ("fd00::5", "fd00::5")]
)
def test_a_name_in_any_letters_is_looked_up_as_name_servers_know_it(host: str, asked: str) -> None:
    names: list[str] = []

    def lookup(name: str, _: int) -> list[str]:
        names.append(name)
        return ["10.0.0.5"]

    found = place(f"http://{f'[{host}]' if ':' in host else host}:8000/v1", outside=False, lookup=lookup)
    assert names == [asked]
    assert found.host_header.encode("ascii").endswith(b":8000")


@pytest.mark.parametrize("host", ["a..b", "x" * 70 + ".vn", "\u200b.vn"])
def test_a_name_that_no_host_can_have_is_a_setting_to_be_changed(host: str) -> None:
    with pytest.raises(Misconfigured, match="no host can be named so"):
        place(f"http://{host}/v1", outside=False)


@pytest.mark.parametrize("url", ["http://a b/v1", "http://a/v1 ", "http://a\u2028b/v1", "http://a/v1\x00"])
def test_an_address_with_what_cannot_be_read_is_no_setting(url: str) -> None:
    with pytest.raises(ValidationError, match="plain http"):
        OpinionSettings(url=url, model="m")
