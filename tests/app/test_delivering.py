"""`diembao alerts deliveries|resend|take-up`, and that no address or secret of a channel is ever told or kept."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
import structlog
from typer.testing import CliRunner, Result

from diembao.app.cli import app
from diembao.core.accounts import Hand
from diembao.core.alert import Channel, Fate, Recipient
from diembao.core.errors import Misconfigured, WrongUse
from diembao.core.settings import load
from diembao.pipeline.outgoing import sender
from diembao.pipeline.wiring import Installation, open_installation
from diembao.response.alerts import of_settings
from tests.api.doors import start_empty
from tests.response import hookserver
from tests.response.hookserver import Hooks, answer
from tests.store.making import NOW, alert, article, keep

HOOK, CHAT, GONE = (
    Recipient(Channel.WEBHOOK, "kho-chung"),
    Recipient(Channel.CHAT, "truc-ban"),
    Recipient(Channel.WEBHOOK, "xa"),
)
PATH, TOKEN, KEY = "duong-dan-bi-mat", "3ccdd113474722377935511fc85d3dd4", "made-up-and-long-enough"
SECRETS = (PATH, TOKEN, KEY)


@dataclass
class Home:
    path: Path
    hooks: Hooks

    def run(self, *words: str) -> Result:
        return CliRunner().invoke(app, ["alerts", *words, "--home", str(self.path)])

    def send(self, *to: Recipient, story: str = "one", after: float = 0) -> None:
        with open_installation(load(self.path)) as house:
            _queue(house, story, *to)
            sender(house, lambda: NOW + timedelta(seconds=after)).send("w")


def _queue(house: Installation, story: str, *to: Recipient) -> None:
    with house.store.writing() as write:
        write.add_alert(alert("a", story), to)


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    """Two channels that answer as a test wants, and one that nobody answers for."""
    start_empty(tmp_path)
    hooks = Hooks()
    with hookserver.serving(hooks) as port:
        with (tmp_path / "diembao.toml").open("a", encoding="utf-8") as file:
            for name, url in (("kho-chung", f"http://127.0.0.1:{port}/{PATH}"), ("xa", f"http://127.0.0.1:1/{PATH}")):
                file.write(f'[channels.{name}]\nkind = "webhook"\ninside = true\nurl = "{url}"\nsecret = "{KEY}"\n')
            url = f"mmost://127.0.0.1:{port}/{TOKEN}"
            file.write(f'[channels.truc-ban]\nkind = "chat"\ninside = true\nurl = "{url}"\n')
        with open_installation(load(tmp_path)) as house:
            keep(house.store, article("a"))
        yield Home(tmp_path, hooks)


def test_what_became_of_each_message_is_told_and_a_refused_one_sent_again(home: Home) -> None:
    home.hooks.answers = [answer("422 No")]
    home.send(HOOK)
    (row,) = json.loads(home.run("deliveries", "--json").stdout)["deliveries"]
    assert (row["state"], row["to"], row["error"]) == (
        "refused",
        "webhook:kho-chung",
        "webhook kho-chung: HTTP 422 Unprocessable Entity",
    )
    assert "bị từ chối" in home.run("deliveries", "--state", "refused").stdout
    assert home.run("resend", str(row["number"])).exit_code == 0
    home.send(after=10**9)
    told = json.loads(home.run("deliveries", "--json").stdout)["deliveries"]
    assert [(x["state"], x["receipt"]) for x in told] == [("sent", "HTTP 204")]
    assert "không có thư" in home.run("deliveries", "--state", "dead").stdout.lower()


def test_what_cannot_be_is_said(home: Home) -> None:
    for words in (
        ("deliveries", "--state", "lost"),
        ("resend", "99"),
        ("take-up", "Cảng", "a@x.example"),
        ("take-up", "Cảng", "webhook:https://x.example/token"),
    ):
        assert isinstance(home.run(*words).exception, WrongUse)


def test_whoever_stopped_is_listed_and_takes_it_up_again(home: Home) -> None:
    mail = Recipient(Channel.MAIL, "a@x.example")
    with open_installation(load(home.path)) as house:
        _queue(house, "one", mail)
        house.store.stop(house.store.deliveries()[0].number, now=NOW, by=Hand("link", "link"))
    row = {"alert": "Phê phán về tỉnh", "to": "a@x.example"}
    assert json.loads(home.run("deliveries", "--stopped", "--json").stdout) == {"stopped": [row]}
    assert home.run("take-up", row["alert"], row["to"]).exit_code == 0
    assert json.loads(home.run("deliveries", "--stopped", "--json").stdout) == {"stopped": []}


def test_neither_record_nor_log_nor_command_nor_audit_log_holds_an_address_or_a_secret(home: Home) -> None:
    bad = ["404 No", "500 No", "302 Found", "422 No", "200 OK"]
    # Each echoes what it was asked for.
    home.hooks.answers = [answer(each, "text/html", f"{PATH} {TOKEN} {KEY}") for each in bad for _ in (HOOK, CHAT)]
    with structlog.testing.capture_logs() as logs:
        for n in range(len(bad)):
            home.send(HOOK, CHAT, GONE, story=f"story {n}", after=n * 10**6)
        told = [home.run("deliveries").stdout, home.run("list").stdout]
        told.append(CliRunner().invoke(app, ["status", "--home", str(home.path), "--json"]).stdout)
        told.append(CliRunner().invoke(app, ["audit", "--home", str(home.path)]).stdout)
    with open_installation(load(home.path)) as house:
        fates = {each.fate for each in house.store.deliveries()}
        told += [repr(list(house.store.audit_in_order())), repr(house.settings), repr(house.notifiers)]
    kept = b"".join(each.read_bytes() for each in home.path.glob("diembao.db*"))
    assert fates >= {Fate.WAITING, Fate.REFUSED}
    assert "kho-chung" in told[0]
    for secret in SECRETS:
        assert secret not in repr(logs) + "".join(told)
        assert secret.encode() not in kept


def test_an_alert_of_the_settings_names_a_channel_that_is_there(home: Home) -> None:
    file = home.path / "diembao.toml"
    before = file.read_text(encoding="utf-8")
    asked = '[[alerts]]\nname = "Cảng"\nquery = "cảng"\nto = ["a@x.example", "{to}"]\n'
    file.write_text(asked.format(to="webhook:kho-chung") + before, encoding="utf-8")
    with open_installation(load(home.path)) as house:
        assert of_settings(house.settings.alerts[0]).to == (Recipient(Channel.MAIL, "a@x.example"), HOOK)
    for to in ("webhook:truc-ban", "webhook:https://x.example/token", "chat:", "page:person:1"):
        file.write_text(asked.format(to=to) + before, encoding="utf-8")
        with pytest.raises(Misconfigured):
            load(home.path)
