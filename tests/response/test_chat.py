"""Chats through apprise, against a real server on this machine where the service allows one."""

from __future__ import annotations

import io
import json
import logging
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from diembao.core.alert import Away, Channel, Parcel, Recipient, Unsure
from diembao.core.errors import Misconfigured, Refused, Retry
from diembao.core.settings_channels import ChannelSettings
from diembao.response.chat import CLOUD, OWN, ChatNotifier, harmless
from tests.response.hookserver import Hooks, answer, serving
from tests.response.making import letters, parcel

TO = Recipient(Channel.CHAT, "truc-ban")
PARCEL = parcel(to=TO)
TOKEN = "3ccdd113474722377935511fc85d3dd4"  # noqa: S105 (made up)


@pytest.fixture
def hooks() -> Hooks:
    return Hooks()


@pytest.fixture
def port(hooks: Hooks) -> Iterator[int]:
    with serving(hooks) as port:
        yield port


def notifier(url: str, **changes: Any) -> ChatNotifier:
    given = {"kind": "chat", "url": url, "inside": True, "timeout": 5, **changes}
    return ChatNotifier({TO.address: ChannelSettings.model_validate(given)}, Path("/none"), letters())


def outcome(channel: ChatNotifier, sent: Parcel = PARCEL) -> str:
    try:
        return f"taken: {channel.deliver(sent)}"
    except Refused as error:
        return f"never: {error}"
    except Unsure as error:
        return f"unsure: {error}"
    except Away as error:
        return f"away: {error}"
    except Retry as error:
        return f"later: {error}"
    except Misconfigured as error:
        return f"setting: {error}"


def test_a_message_arrives_with_the_words_of_the_mail_and_without_a_pause(hooks: Hooks, port: int) -> None:
    channel = notifier(f"mmost://127.0.0.1:{port}/{TOKEN}")
    hooks.answers = [answer("200 OK")] * 3
    assert [outcome(channel) for _ in range(3)] == ["taken: đã gửi (taken)"] * 3
    path, _, body = hooks.arrived[0]
    assert path == f"/hooks/{TOKEN}"
    said = json.loads(body)["text"]
    assert PARCEL.alerts[0].title in said
    assert "Vì sao có thư này" in said


def test_json_arrives_too(hooks: Hooks, port: int) -> None:
    assert outcome(notifier(f"json://127.0.0.1:{port}/nhan")).startswith("taken")
    assert PARCEL.alerts[0].title in json.loads(hooks.arrived[0][2])["title"]


@pytest.mark.parametrize(
    ("given", "word"),
    [
        (answer("500 Oops"), "later: chat truc-ban: HTTP 500"),
        (answer("429 Slow"), "away: chat truc-ban: HTTP 429"),
        (answer("404 No"), "setting: chat truc-ban: HTTP 404: its address has to be looked at"),
        (answer("400 No"), "never: chat truc-ban: HTTP 400"),
        (answer("302 Found", Location="http://127.0.0.1:1/"), "setting: chat truc-ban: HTTP 302"),
    ],
)
def test_of_what_the_service_says_only_the_status_is_told(hooks: Hooks, port: int, given: bytes, word: str) -> None:
    hooks.answers = [given]
    heard = io.StringIO()
    handler = logging.StreamHandler(heard)
    logging.getLogger().addHandler(handler)  # whoever listens at the root hears no address
    try:
        said = outcome(notifier(f"mmost://127.0.0.1:{port}/{TOKEN}"))
        bad = outcome(notifier(f"zalo://{TOKEN}"))
    finally:
        logging.getLogger().removeHandler(handler)
    assert said.startswith(word)
    assert len(hooks.arrived) == 1
    assert TOKEN not in said + bad + heard.getvalue()


def test_a_service_that_is_not_there_or_silent_waits() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
        assert outcome(notifier(f"json://127.0.0.1:{port}/", timeout=0.1)).startswith("away: chat truc-ban")
    assert outcome(notifier(f"json://127.0.0.1:{port}/")) == "away: chat truc-ban: it could not be reached"


def test_a_machine_of_the_inside_is_never_asked_unless_the_setting_allows_it(hooks: Hooks, port: int) -> None:
    for url in (f"json://127.0.0.1:{port}/", f"mmost://127.0.0.1:{port}/{TOKEN}"):
        assert "without TLS" in outcome(notifier(url, inside=False))
    assert "an address of the inside" in outcome(notifier(f"jsons://127.0.0.1:{port}/", inside=False))
    assert hooks.arrived == []


@pytest.mark.parametrize(
    "url", ["", "syslog://", "exec://rm", "mailto://a:b@x.example", "zalo://x", "https://x.example"]
)
def test_what_is_no_service_of_ours_waits_for_a_person(url: str) -> None:
    assert outcome(notifier(url)).startswith("setting: chat truc-ban: ")


def test_every_service_that_is_named_is_one_that_apprise_knows() -> None:
    import apprise

    known = {
        scheme
        for each in apprise.Apprise().details()["schemas"]
        for scheme in [*(each["protocols"] or ()), *(each["secure_protocols"] or ())]
    }
    assert known >= CLOUD | OWN


def test_a_title_calls_nobody_and_hides_no_address() -> None:
    said = harmless(
        "@all <!channel> ＠here [xem](http://evil.example) a@x.example\nĐọc bài: https://bao.example/@a?b=[c"
    )
    for calling in ("@all", "<!channel", "＠here", "](", "a@x"):
        assert calling not in said
    assert said.replace("\u200b", "").startswith("@all <!channel> ＠here [xem](http://evil.example)")
    assert harmless("https://bao.example/@a?b=1") == "https://bao.example/@a?b=1"
