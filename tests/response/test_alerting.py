"""`diembao alerts …` as an officer types it, and the alerts a matching gives rise to, on a home of its own."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import structlog

from diembao.app.cli import main
from diembao.app.status import status_of
from diembao.core.article import Kind
from diembao.core.ports import Event
from diembao.core.settings import FILE, load
from diembao.core.settings_channels import AlertSettings
from diembao.core.subscription import Subject, Subscription
from diembao.pipeline import settled, steps
from diembao.pipeline.telling import standing
from diembao.pipeline.wiring import Installation, open_installation
from tests.response.mailserver import Mailbox, serving
from tests.response.making import SENDER, A, B, Clock
from tests.store.making import article, judge, keep, label

CATALOGUE = """
- id: bao-mau
  name: Báo Mẫu
  country: VN
  language: vi
  home: https://bao-mau.example/
  feeds: [https://bao-mau.example/rss]
"""


@pytest.fixture
def home(box: Mailbox, tmp_path: Path) -> Iterator[Path]:
    """One that reaches a mail server, with one subscription in its settings."""
    with serving(box) as port:
        (tmp_path / "outlets.yaml").write_text(CATALOGUE, encoding="utf-8")
        (tmp_path / FILE).write_text(
            '[crawl]\ncatalogue = "outlets.yaml"\n'
            f'[mail]\nhost = "127.0.0.1"\nport = {port}\nsecurity = "none"\nfrom = "{SENDER}"\ntimeout = 5\n'
            '[[alerts]]\nname = "Biển"\nquery = "biển"\n',
            encoding="utf-8",
        )
        yield tmp_path


@pytest.fixture
def diembao(home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Iterator[Any]:
    """The command line: its answer, or the line and the exit code it failed with."""

    def call(*words: str, code: int = 0) -> Any:
        monkeypatch.setattr("sys.argv", ["diembao", *words, "--home", str(home), "--json"])
        capsys.readouterr()  # what the test itself did before
        with pytest.raises(SystemExit) as ended:
            main()
        said = capsys.readouterr()
        assert (ended.value.code or 0) == code, said.err
        return json.loads(said.out) if code == 0 else said.err

    yield call
    structlog.reset_defaults()  # the command line points the log at standard error, which was this test's own


def add(diembao: Any, code: int = 0, **options: str) -> Any:
    given = {"name": "Cảng", "query": "cảng", "to": "a@x.example, b@Y.example"} | options
    return diembao("alerts", "add", *(word for key, value in given.items() for word in (f"--{key}", value)), code=code)


def asked(house: Installation) -> None:
    """As `add`, at a moment before the articles came."""
    house.store.add_subscription(Subscription("Cảng", "cảng", (A, B)), now=Clock()() - timedelta(days=1))


def searchable(house: Installation, *slugs: str) -> None:
    """Articles that went all the way to the index, about the province; each a story of its own."""
    clock = Clock()
    times = (clock() + timedelta(minutes=n) for n in range(len(slugs)))
    keep(house.store, *(article(slug, published_at=at) for slug, at in zip(slugs, times, strict=True)))
    for slug in slugs:
        judge(house.store, slug, label(slug, Kind.RELEVANCE, "yes", why="“cảng Quy Nhơn” – phường của tỉnh"))
    with house.store.writing() as write:
        write.announce(Event.GROUPED, [article(slug).id for slug in slugs], now=clock())
    steps.index(house, clock, "w")


class TestCommands:
    def test_what_is_added_is_listed_beside_the_settings_and_removed_again(self, diembao: Any) -> None:
        added = add(diembao)
        assert added["channels"] == [{"kind": "mail", "target": A.address}, {"kind": "mail", "target": B.address}]
        assert added["mail_ready"] is True
        rows = diembao("alerts", "list")["alerts"]
        assert [(x["name"], len(x["channels"]), x["from"]) for x in rows] == [
            ("Biển", 0, "file"),
            ("Cảng", 2, "store"),
        ]
        assert diembao("alerts", "remove", "Cảng") == {"name": "Cảng", "dropped": 0}
        assert len(diembao("alerts", "list")["alerts"]) == 1

    @pytest.mark.parametrize(
        ("wrong", "named"),
        [
            ({"query": '"cảng'}, "ngoặc kép"),
            ({"query": "không_có:x"}, "không_có"),
            ({"to": "a@x.example,b at y"}, "'b at y' is no mail address"),
            ({"to": "a@x.example\r\nBcc: c@z.example"}, "no mail address"),
            ({"name": " "}, "--name"),
            ({"name": "Biển"}, "diembao.toml"),
        ],
    )
    def test_a_mistake_is_named_at_once_and_nothing_is_kept(
        self, diembao: Any, wrong: dict[str, str], named: str
    ) -> None:
        assert named in add(diembao, 2, **wrong)
        assert len(diembao("alerts", "list")["alerts"]) == 1

    def test_a_name_is_given_once_and_only_what_was_added_is_removed(self, diembao: Any) -> None:
        add(diembao)
        assert "already" in add(diembao, 2)
        assert "diembao.toml" in diembao("alerts", "remove", "Biển", code=2)
        assert "no alert" in diembao("alerts", "remove", "Khác", code=2)

    def test_a_trial_says_what_the_server_answered(self, diembao: Any, box: Mailbox) -> None:
        add(diembao)
        answers = diembao("alerts", "test", "Cảng")["answers"]
        assert [(x["to"], x["answer"]) for x in answers] == [
            (A.address, "250 OK queued as 1"),
            (B.address, "250 OK queued as 2"),
        ]
        assert "thư thử" in box.arrived[0][1]["Subject"]

    def test_a_trial_shows_the_newest_article_that_matches(self, diembao: Any, home: Path, box: Mailbox) -> None:
        with open_installation(load(home)) as house:
            searchable(house, "a")
        add(diembao)
        diembao("alerts", "test", "Cảng")
        assert "Cảng Quy Nhơn đón chuyến tàu a" in box.arrived[0][1]["Subject"]

    def test_a_trial_that_fails_says_so_in_its_exit_code(
        self, diembao: Any, box: Mailbox, home: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        add(diembao)
        box.at_recipient[B.address] = ["450 later"]
        assert "450 later" in diembao("alerts", "test", "Cảng", code=1)
        monkeypatch.setenv("DIEMBAO_MAIL__HOST", "")
        assert "mail.host" in diembao("alerts", "test", "Cảng", code=3)
        assert diembao("alerts", "test", "Biển")["answers"][0]["answer"] == "alerts"  # and not where it lies
        assert "no alert" in diembao("alerts", "test", "Khác", code=2)


def test_what_is_new_in_the_settings_begins_no_story_with_what_was_seen_before(home: Path) -> None:
    clock, plain = Clock(), load(home)

    def begun(**queries: str) -> list[datetime | None]:
        clock.wait(hours=1)
        alerts = tuple(AlertSettings(name=name, query=query) for name, query in queries.items())
        with open_installation(plain.model_copy(update={"alerts": alerts})) as house:
            settled.note(house, clock())
            return [each.since for each in standing(house)]

    assert begun(old="cảng") == [None]  # nobody knows since when
    assert begun(old="cảng", new="biển") == [None, clock()]
    second = clock()
    assert begun(old="cảng", new="biển") == [None, second]
    assert begun(old="tàu") == [clock()]
    assert begun(old="tàu", new="biển") == [clock() - timedelta(hours=1), clock()]


class TestThePath:
    def test_a_match_becomes_a_mail_for_each_recipient_and_one_for_each_story(self, home: Path, box: Mailbox) -> None:
        with open_installation(load(home)) as house:
            asked(house)
            searchable(house, "a", "b")
            judge(house.store, "a", label("a", Kind.STORY, "one"))
            judge(house.store, "b", label("b", Kind.STORY, "one"))
            steps.alert(house, Clock(), "w")
            assert steps.send(house, Clock(), "w").alerts == 2
        (mail,) = box.to(A.address)
        body = mail.get_body(("plain",))
        assert body is not None
        words = body.get_content()
        assert "Báo Mẫu · 20/11/2026 15:00" in words  # the oldest of the story
        assert "tàu a cập cảng Quy Nhơn" in words
        assert "khớp “cảng” · về tỉnh" in words

    def test_an_article_that_comes_to_another_story_is_not_told_again(self, home: Path) -> None:
        with open_installation(load(home)) as house:
            asked(house)
            searchable(house, "a")
            for story in ("one", "two"):
                judge(house.store, "a", label("a", Kind.STORY, story))
                with house.store.writing() as write:
                    write.announce(Event.GROUPED, [article("a").id], now=Clock()())
                steps.index(house, Clock(), "w")
                steps.alert(house, Clock(), "w")
            (told,) = house.store.alerts_since(Clock()() - timedelta(days=1))
        assert told.story == "one"

    def test_the_status_says_what_was_refused_and_what_waits(self, home: Path, box: Mailbox) -> None:
        box.at_recipient = {A.address: ["550 unknown"], B.address: ["451 busy"]}
        with open_installation(load(home)) as house:
            asked(house)
            searchable(house, "a")
            steps.alert(house, Clock(), "w")
            assert steps.send(house, Clock(), "w").alerts == 0
            texts = [alarm["text"] for alarm in status_of(house, Clock()())["alarms"] if alarm["kind"] == "mail"]
        assert texts == [
            "Cảnh báo “Cảng” tới a@x.example: 1 bị từ chối, từ 20/11/2026 15:00: 550 unknown",
            "Cảnh báo “Cảng” tới b@y.example: 1 còn chờ gửi lại, từ 20/11/2026 15:00: 451 busy",
        ]

    def test_one_that_cannot_be_read_any_more_keeps_no_other_from_being_told(self, home: Path, box: Mailbox) -> None:
        lost = Subscription(name="Đơn vị cũ", query='đơn_vị:"so-cu"', subject=Subject.UNIT, key="so-cu", to=(A,))
        with open_installation(load(home)) as house:
            house.store.add_subscription(lost, now=Clock()())
            house.store.add_subscription(Subscription(name="Cảng", query="cảng", to=(B,)), now=Clock()())
            searchable(house, "a")
            steps.alert(house, Clock(), "w")
            for _ in range(2):
                house.looked_at = None
                steps.send(house, Clock(), "w")
            (said,) = [x["text"] for x in status_of(house, Clock()())["alarms"] if x["kind"] == "alert"]
        assert said.startswith("Cảnh báo “Đơn vị cũ” không đọc được nữa: Không có đơn vị 'so-cu'")
        assert len(box.to(B.address)) == 1
        (told,) = box.to(A.address)  # once
        assert "không đọc được nữa" in told["Subject"]
