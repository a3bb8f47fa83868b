"""The channel of webhooks, against a real server: what arrives, what the answer means, and where none ever goes."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import socket
import ssl
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema  # type: ignore[import-untyped]  # it publishes no types
import pytest

from diembao.core.alert import Away, Channel, Gone, Message, Parcel, Recipient
from diembao.core.errors import Misconfigured, Refused, Retry
from diembao.core.settings_channels import ChannelSettings
from diembao.response.webhook import ALERTS, WebhookNotifier
from tests.response.certificates import certificate
from tests.response.hookserver import Hooks, answer, serving
from tests.response.making import NAMES, NOW, alert, parcel

ROOT = Path(__file__).parents[2]
SECRET = "một bí mật đủ dài để ký"  # noqa: S105 (made up)
TO = Recipient(Channel.WEBHOOK, "kho-chung")
PARCEL = parcel(to=TO)


@pytest.fixture
def hooks() -> Hooks:
    return Hooks()


@pytest.fixture
def port(hooks: Hooks) -> Iterator[int]:
    with serving(hooks) as port:
        yield port


def notifier(url: str, **changes: Any) -> WebhookNotifier:
    lookup = changes.pop("lookup", None)
    given = {"kind": "webhook", "url": url, "secret": SECRET, "inside": True, "timeout": 5, **changes}
    channels = {TO.address: ChannelSettings.model_validate(given)}
    made = WebhookNotifier(channels, Path("/none"), lambda: NOW, lambda o: NAMES.get(o, o), "https://diembao.example")
    return replace(made, lookup=lookup) if lookup else made


def here(port: int, **changes: Any) -> WebhookNotifier:
    return notifier(f"http://127.0.0.1:{port}/nhan?khoa=token-trong-dia-chi", **changes)


def outcome(channel: WebhookNotifier, sent: Parcel = PARCEL) -> str:
    try:
        return f"taken: {channel.deliver(sent)}"
    except Gone as error:
        return f"gone: {error}"
    except Refused as error:
        return f"never: {error}"
    except Away as error:
        return f"away: {error}"
    except Retry as error:
        return f"later: {error}"
    except Misconfigured as error:
        return f"setting: {error}"


class TestWhatArrives:
    def test_the_body_is_as_the_schema_says_and_signed_with_its_time(self, hooks: Hooks, port: int) -> None:
        assert outcome(here(port)) == "taken: HTTP 204"
        ((path, headers, body),) = hooks.arrived
        assert path == "/nhan?khoa=token-trong-dia-chi"
        told = json.loads(body)
        schema = json.loads((ROOT / "docs" / "webhook.schema.json").read_text(encoding="utf-8"))
        jsonschema.Draft202012Validator(schema).validate(told)
        assert (told["subscription"], told["alerts"][0]["title"]) == (
            PARCEL.subscription,
            PARCEL.alerts[0].title,
        )
        content = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
        seal = base64.b64encode(hmac.digest(SECRET.encode(), content, hashlib.sha256)).decode()
        assert headers["webhook-signature"] == f"v1,{seal}"
        assert headers["webhook-timestamp"] == str(int(NOW.timestamp()))

    def test_the_same_parcel_is_the_same_bytes_under_the_same_key(self, hooks: Hooks, port: int) -> None:
        for _ in range(2):
            here(port).deliver(PARCEL)
        here(port).deliver(parcel(alert(8), to=TO))
        keys = [headers["Idempotency-Key"] for _, headers, _ in hooks.arrived]
        assert keys[0] == keys[1] != keys[2]
        assert hooks.arrived[0][2] == hooks.arrived[1][2]

    def test_a_storm_and_a_message_of_the_desk_fit_the_schema_too(self) -> None:
        schema = json.loads((ROOT / "docs" / "webhook.schema.json").read_text(encoding="utf-8"))
        storm = parcel(*(alert(n) for n in range(ALERTS + 5)), to=TO)
        desk = Parcel(3, TO, "", (), message=Message("k", "Nhắc", "Kính gửi", NOW, page="/vu-viec", province="gia-lai"))
        for each in (storm, desk, parcel(to=TO, trial=True)):
            told = json.loads(here(1).body(each))
            jsonschema.Draft202012Validator(schema).validate(told)
        assert (json.loads(here(1).body(storm))["total"], len(json.loads(here(1).body(storm))["alerts"])) == (105, 100)

    def test_where_several_provinces_are_watched_links_name_whose_it_is(self) -> None:
        several, article = replace(here(1), several=True), "https://diembao.example/bai-bao?id=0123456789abcdef"
        (told,) = json.loads(several.body(parcel(alert(province="bac-ninh"), to=TO)))["alerts"]
        assert (told["page"], told["open_case"]) == (
            f"{article}&tinh=bac-ninh",
            f"{article}&from=canh-bao&tinh=bac-ninh",
        )
        desk = Parcel(3, TO, "", (), message=Message("k", "Nhắc", "x", NOW, page="/vu-viec", province="bac-ninh"))
        assert json.loads(several.body(desk))["message"]["page"] == "https://diembao.example/vu-viec?tinh=bac-ninh"

    def test_the_check_in_the_docs_takes_ours_and_refuses_others(self, hooks: Hooks, port: int) -> None:
        page = (ROOT / "docs" / "webhooks.md").read_text(encoding="utf-8")
        code = page.split("```python\n", 1)[1].split("```", 1)[0]
        names: dict[str, Any] = {}
        exec(code, names)  # noqa: S102 (it is our own page)
        here(port).deliver(PARCEL)
        ((_, headers, body),) = hooks.arrived
        now = NOW.timestamp()
        check = names["is_ours"]
        assert check(headers, body, SECRET, now)
        assert not check(headers, body + b" ", SECRET, now)
        assert not check(headers, body, "another secret, also long", now)
        assert not check(headers, body, SECRET, now + 301)


class TestAnswers:
    @pytest.mark.parametrize(
        ("given", "word"),
        [
            (answer("200 OK"), "taken: HTTP 200"),
            (answer("200 OK", "application/json", '{"ok": true}'), "taken: HTTP 200"),
            (answer("200 OK", "text/html", "<h1>502</h1>"), "later: webhook kho-chung: HTTP 200 OK, with a page"),
            (answer("200 OK", "text/plain", " <!DOCTYPE html><p>Lỗi"), "later: webhook kho-chung: HTTP 200 OK, with"),
            (answer("500 Oops"), "later: webhook kho-chung: HTTP 500"),
            (answer("429 Slow", Retry_After="90"), "away: webhook kho-chung: HTTP 429"),
            (answer("410 Gone"), "gone: webhook kho-chung: HTTP 410"),
            (answer("422 No"), "never: webhook kho-chung: HTTP 422"),
            (answer("401 No"), "setting: webhook kho-chung: HTTP 401"),
            (answer("302 Found", Location="http://127.0.0.1:1/"), "setting: webhook kho-chung: HTTP 302 Found"),
            (b"SSH-2.0-server\r\n", "away: webhook kho-chung: BadStatusLine"),
            (b"", "away: webhook kho-chung: RemoteDisconnected"),
        ],
    )
    def test_what_the_other_side_says_decides(self, hooks: Hooks, port: int, given: bytes, word: str) -> None:
        hooks.answers = [given]
        said = outcome(here(port))
        assert said.startswith(word)
        assert len(hooks.arrived) == 1  # no redirect is followed
        assert "token-trong-dia-chi" not in said

    def test_a_time_to_wait_is_handed_on(self, hooks: Hooks, port: int) -> None:
        hooks.answers = [answer("503 Busy", Retry_After="90")]
        with pytest.raises(Away) as caught:
            here(port).deliver(PARCEL)
        assert caught.value.after == 90

    def test_a_server_that_never_answers_costs_one_time_limit(self) -> None:
        with socket.create_server(("127.0.0.1", 0)) as silent:
            said = outcome(here(silent.getsockname()[1], timeout=0.1))
        assert said == "away: webhook kho-chung: no answer in time"

    def test_an_answer_without_end_is_cut(self, hooks: Hooks, port: int) -> None:
        hooks.answers = [b"HTTP/1.1 200 OK\r\nContent-Length: 99999999\r\n\r\n" + b"x" * 1_000_000]
        assert outcome(here(port)) == "taken: HTTP 200"


class TestWhereItGoes:
    @pytest.mark.parametrize("found", ["127.0.0.1", "10.1.2.3", "169.254.169.254", "::1", "fe80::1", "192.168.0.9"])
    def test_a_name_that_leads_inside_is_never_asked(self, hooks: Hooks, port: int, found: str) -> None:
        channel = notifier(f"https://hop.example:{port}/", inside=False, lookup=lambda _h, _p: [found])
        assert outcome(channel).startswith("setting: webhook kho-chung: it leads to an address of the inside")
        assert hooks.arrived == []

    def test_the_name_is_looked_up_once_so_that_it_cannot_change(self, hooks: Hooks, port: int) -> None:
        answers = [["127.0.0.1"], ["10.0.0.1"]]
        channel = notifier(f"http://hop.example:{port}/", lookup=lambda _h, _p: answers.pop(0))
        assert outcome(channel) == "taken: HTTP 204"
        assert (len(answers), hooks.arrived[0][1]["Host"]) == (1, f"hop.example:{port}")

    @pytest.mark.parametrize(
        ("url", "word"),
        [
            ("", "its address is none"),
            ("ftp://x.example/", "its address is none"),
            ("file:///etc/passwd", "its address is none"),
            ("https://x.example:99999/", "its address is none"),
            ("https://x.example/a b", "its address is none"),
            ("http://x.example/", "its address begins with http://"),
            ("https://lan:mat-khau@x.example/", "its address names a user"),
        ],
    )
    def test_an_address_that_is_none_waits_for_a_person(self, url: str, word: str) -> None:
        said = outcome(notifier(url, inside=False))
        assert said.startswith(f"setting: webhook kho-chung: {word}")

    def test_a_secret_that_could_be_guessed_or_a_channel_that_is_not_there_waits_for_a_person(self) -> None:
        assert "channels.kho-chung.secret has fewer than 16" in outcome(here(1, secret=SECRET[:9]))
        gone = parcel(to=Recipient(Channel.WEBHOOK, "khác"))
        assert outcome(here(1), gone).startswith("setting: there is no webhook 'khác'")

    def test_https_asks_for_a_certificate_that_is_trusted(self, hooks: Hooks, tmp_path: Path) -> None:
        made = certificate(tmp_path)
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(made.certificate, made.key)
        with serving(hooks, tls=context) as port:
            url = f"https://127.0.0.1:{port}/"
            assert outcome(notifier(url)).startswith("setting: webhook kho-chung: its certificate is not trusted")
            assert outcome(notifier(url, ca=str(made.certificate))) == "taken: HTTP 204"

    def test_address_and_secret_may_stand_in_files_for_us_alone(self, hooks: Hooks, port: int, tmp_path: Path) -> None:
        for name, value in (("url", f"http://127.0.0.1:{port}/x\n"), ("secret", SECRET)):
            (tmp_path / name).write_text(value, encoding="utf-8")
            (tmp_path / name).chmod(0o600)
        given = {"kind": "webhook", "url_file": "url", "secret_file": "secret", "inside": True}
        channels = {TO.address: ChannelSettings.model_validate(given)}
        channel = WebhookNotifier(channels, tmp_path, lambda: NOW, str)
        assert outcome(channel) == "taken: HTTP 204"
        (tmp_path / "secret").chmod(0o644)
        assert "can be read by others" in outcome(channel)
