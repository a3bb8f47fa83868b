"""One page's whole story, what is measured of an installation, and log lines with one id an article."""

from __future__ import annotations

import io
import json
import shutil
from collections.abc import Iterator, Sequence
from contextlib import redirect_stderr
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from typing import Literal, cast

import pytest
import structlog
from prometheus_client.parser import text_string_to_metric_families
from sqlalchemy import update
from typer.testing import CliRunner

from diembao.api.metrics import as_text
from diembao.app.cli import app
from diembao.app.tracing import as_text as told_as_text
from diembao.core.alert import Channel, Recipient
from diembao.core.article import Article, Kind, Label
from diembao.core.case import Details
from diembao.core.ledger import Hop, Outcome
from diembao.core.logs import to_standard_error
from diembao.core.settings import Settings, load
from diembao.core.settings_log import LogSettings
from diembao.pipeline import steps
from diembao.pipeline.gauges import _of_processes, gauges
from diembao.pipeline.measuring import EVERY, GONE, SILENT, WORKER, Meter, told
from diembao.pipeline.storage import MADE
from diembao.pipeline.tracing import trace
from diembao.pipeline.wiring import Installation, open_installation
from diembao.pipeline.work import NOTHING, Work
from diembao.response.acts import Actor
from diembao.response.cases import Desk
from diembao.store.record import SqlStore
from diembao.store.tables import responses
from tests.api.doors import start_empty
from tests.store.making import FEED, NOW, alert, article, entry, id_of, read_source, sighting, url

PAGE = b"<p>Trang</p>"
HEAD = b"HTTP/1.1 200 OK\r\nServer: x\r\n"


class Judge:
    """A tagger that knows one thing, and says why."""

    version = "judge-1"
    kinds = (Kind.RELEVANCE,)

    def judge(self, article: Article, found: Sequence[Label]) -> Sequence[Label]:
        return [Label(article.id, Kind.RELEVANCE, "yes", "gia-lai", why="Quy Nhơn trong tiêu đề")]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One article that went all the way, one that was refused, one whose judging is still to come."""
    home = tmp_path_factory.mktemp("traced")
    start_empty(home)
    (home / "diembao.toml").write_text('[crawl]\ncontact = "x@example.org"\n[classifier]\nencoder = "none"\n')
    with open_installation(load(home)) as house:
        house.__dict__["taggers"] = (Judge(),)
        run = house.store.begin_run(NOW, by="loop: lan")
        refused = sighting(run, "hai", Outcome.REFUSED, "robots")
        read_source(house.store, run, pending=[entry("mot")], settled=[refused])
        hop = Hop(url("mot"), NOW, NOW + timedelta(seconds=1.5), "192.0.2.1", b"GET / HTTP/1.1\r\n", HEAD)
        house.store.page_stored(run, entry("mot"), article("mot"), now=NOW, response=PAGE, hops=[hop])
        house.store.end_run(run, NOW + timedelta(minutes=2))
        sum(steps.advance_to_end(house, lambda: NOW, "test"), start=NOTHING)
        with house.store.writing() as write:
            write.add_alert(alert("mot", id_of("mot")), [Recipient(Channel.MAIL, "a@example.org")])
        Desk(house.store, house.profile).open(Details("Cảng", "so-nnmt"), [id_of("mot")], Actor("person:1", NOW))
        house.meter.tell(house.store, [WORKER], NOW)
    return home


@pytest.fixture
def house(home: Path) -> Iterator[Installation]:
    with open_installation(load(home)) as opened:
        yield opened


def test_the_story_of_an_article_has_every_step_with_its_reasons(house: Installation) -> None:
    told = trace(house, id_of("mot"))
    assert told is not None
    assert [(x["run"], x["by"], x["outcome"]) for x in told["discovered"]["seen"]] == [(1, "loop: lan", "stored")]
    assert told["discovered"]["source"] == FEED
    (answer,) = told["fetched"]
    assert (answer["bytes"], answer["hops"][0]["status"], answer["hops"][0]["seconds"]) == (12, "HTTP/1.1 200 OK", 1.5)
    assert (told["extracted"]["text_from"], told["extracted"]["published_from"]) == ("page", "json-ld")
    assert [(x["kind"], x["key"], x["why"]) for x in told["judged"]] == [("relevance", "yes", "Quy Nhơn trong tiêu đề")]
    assert (told["grouped"]["story"], told["grouped"]["role"]) == (id_of("mot"), "original")
    assert told["indexed"]["searchable"] is True
    assert ("Phê phán về tỉnh", "a@example.org", "waiting") in {
        (x["alert"], x["to"], x["state"]) for x in told["alerted"]
    }
    assert [(x["kind"], x["what"]) for x in told["cited"]] == [("case", "VV-2026-0001")]
    assert [x["event"] for x in told["log"]] == ["article", "judged", "grouped"]


def test_what_was_refused_has_a_story_too_and_what_nobody_saw_has_none(house: Installation) -> None:
    told = trace(house, id_of("hai"))
    assert told is not None
    assert (told["article"], told["judged"], told["indexed"]) == (None, [], None)
    assert (told["discovered"]["outcome"], told["discovered"]["reason"]) == ("refused", "robots")
    assert trace(house, "0" * 16) is None


@pytest.mark.parametrize(
    ("named", "code", "words"),
    [
        (
            url("mot") + "?utm_source=rss",
            0,
            ("vì Quy Nhơn trong tiêu đề", "vụ việc VV-2026-0001", "HTTP/1.1 200 OK", " ký tự, từ trang"),
        ),
        (id_of("hai"), 0, ("robots.txt không cho đọc", "Xét:\n    không có")),
        ("https://x.example/khong-co", 1, ()),
        ("javascript:alert(1)", 1, ()),
        ("", 1, ()),
    ],
)
def test_the_command_takes_an_address_or_an_id(home: Path, named: str, code: int, words: tuple[str, ...]) -> None:
    done = CliRunner().invoke(app, ["trace", named, "--home", str(home)])
    assert done.exit_code == code, done.output
    assert [word for word in words if word not in done.stdout] == []


def test_a_page_whose_bytes_were_let_go_was_fetched_all_the_same(home: Path, tmp_path: Path) -> None:
    there = Path(shutil.copytree(home, tmp_path / "home"))
    with open_installation(load(there)) as house, cast("SqlStore", house.store)._database.writing() as connection:
        connection.execute(update(responses).values(packed=b""))
    done = CliRunner().invoke(app, ["trace", id_of("mot"), "--home", str(there)])
    fetched = done.stdout.partition("Lấy về:\n")[2].partition("Đọc ra:")[0]
    assert "HTTP/1.1 200 OK sau 1.50 giây" in fetched
    assert f"12 byte đã bỏ theo hạn lưu; còn SHA-256 {sha256(PAGE).hexdigest()}" in fetched


def test_what_became_of_a_page_stays_in_sight_however_often_it_was_seen_again(home: Path, tmp_path: Path) -> None:
    there = Path(shutil.copytree(home, tmp_path / "home"))
    with open_installation(load(there)) as house:
        for minute in range(110):
            at = NOW + timedelta(minutes=5 + minute)
            run = house.store.begin_run(at, by="loop: lan")
            read_source(house.store, run, settled=[sighting(run, "mot", Outcome.UNCHANGED)], now=at)
            house.store.end_run(run, at)
        told = trace(house, id_of("mot"))
    assert told is not None
    seen = told["discovered"]["seen"]
    assert (seen[0]["outcome"], len(seen)) == ("stored", 101)
    lines = [line for line in told_as_text(told, "UTC") if "lượt" in line or "dòng khác" in line]
    assert (len(lines), "stored" in lines[0]) == (11, True)
    assert "lượt 111" in lines[-2]
    assert "91 dòng khác" in lines[-1]


def samples(house: Installation) -> dict[tuple[str, tuple[tuple[str, str], ...]], float]:
    told = as_text(house, NOW + timedelta(hours=1)).decode()
    families = list(text_string_to_metric_families(told))
    assert all(family.documentation for family in families)
    return {(x.name, tuple(sorted(x.labels.items()))): x.value for family in families for x in family.samples}


def test_what_is_measured_is_read_by_prometheus_own_parser_and_is_true(house: Installation) -> None:
    found = samples(house)
    assert found["diembao_articles", ()] == 1
    assert found["diembao_step_behind_entries", (("step", "judge"),)] == 0
    assert found["diembao_sightings_total", (("outcome", "refused"),)] == 1
    assert found["diembao_run_duration_seconds", ()] == 120
    assert found["diembao_outbox_messages", (("channel", "mail"), ("state", "waiting"))] == 1
    assert found["diembao_outbox_overdue_seconds", (("channel", "mail"),)] == 3600
    assert found["diembao_step_passes_total", (("process", "worker"), ("step", "judge"))] >= 1
    assert found["diembao_process_seen_timestamp_seconds", (("process", "worker"),)] == NOW.timestamp()
    assert found["diembao_processes", (("process", "worker"),)] == 0  # an hour ago
    assert ("diembao_processes", (("process", "crawl"),)) not in found
    then = {gauge.name: gauge.samples for gauge in gauges(house, NOW)}
    assert [sample.value for sample in then["diembao_processes"]] == [1]
    assert then["diembao_process_resident_bytes"][0].value > 0
    assert found["process_resident_memory_bytes", ()] > 0


def test_a_step_that_is_behind_says_by_how_much_and_for_how_long(house: Installation) -> None:
    house.store.rewind("index", 0)
    try:
        found = {gauge.name: {x.labels: x.value for x in gauge.samples} for gauge in gauges(house, NOW)}
        late = {x.name: x for x in gauges(house, NOW + timedelta(minutes=10))}
        assert found["diembao_step_behind_entries"][("step", "index"),] == house.store.head()
        ages = {x.labels: x.value for x in late["diembao_step_behind_seconds"].samples}
        assert (ages[("step", "index"),], ages[("step", "judge"),]) == (600, 0)
    finally:
        with open_installation(load(house.settings.home)) as other:
            sum(steps.advance_to_end(other, lambda: NOW, "again"), start=NOTHING)


def test_one_of_several_that_is_silent_for_a_minute_is_counted_no_more(
    house: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    def alive(seconds: int) -> float:
        found = {x.name: x for x in _of_processes(house, NOW + timedelta(seconds=seconds))}
        return found["diembao_processes"].samples[0].value

    assert (alive(61), alive(300), alive(301)) == (1, 1, 0)
    monkeypatch.setattr(Settings, "shared", True)
    assert (alive(60), alive(61)) == (1, 0)


def test_the_age_of_the_newest_backup_is_measured_once_there_is_one(home: Path, tmp_path: Path) -> None:
    there = Path(shutil.copytree(home, tmp_path / "home"))
    with open_installation(load(there)) as house:
        assert "diembao_backup_age_seconds" not in {x.name for x in gauges(house, NOW)}
        facts = {"folder": "x", "made_at": (NOW - timedelta(minutes=5)).isoformat()}  # what it holds is of then
        house.record.note("person:1", MADE, "backup", where="web", now=NOW, **facts)
        assert samples(house)["diembao_backup_age_seconds", ()] == 3900


def test_no_name_address_or_text_of_anybody_is_measured(house: Installation) -> None:
    told = as_text(house, NOW).decode()
    assert [word for word in ("a@example.org", "Quy Nhơn", "VV-2026", "bao-mau.example") if word in told] == []


def test_a_meter_counts_passes_that_did_something_and_tells_it_now_and_then(house: Installation) -> None:
    ticks = iter([0.0, 2.0, 5.0, 6.0])
    meter = Meter(lambda: next(ticks), "may-1:7")
    meter.timed("judge", lambda: Work(judged=1, leases=1))
    meter.timed("judge", lambda: NOTHING)
    assert (meter.passes, meter.seconds) == ({"judge": 1}, {"judge": 2.0})
    meter.tell(house.store, ["process-test"], NOW)
    meter.passes["judge"] = 9
    meter.tell(house.store, ["process-test"], NOW + EVERY / 2)
    found = told(house.store, "process-test")
    assert found
    assert (found.steps, [each.name for each in found.processes]) == ({"judge": (1, 2.0)}, ["may-1:7"])


def test_processes_of_a_kind_are_counted_and_their_passes_added_up(house: Installation) -> None:
    """Also those that have ended, and of one that does two kinds of work once."""
    one, other = Meter(name="may-1:7"), Meter(name="may-2:7")
    for meter, at in ((one, NOW), (one, NOW + EVERY), (other, NOW + EVERY)):
        meter.timed("group", lambda: Work(leases=1))
        meter.tell(house.store, ["process-a", "process-b"], at)
    a, b = told(house.store, "process-a"), told(house.store, "process-b")
    assert a
    assert b
    assert (a.steps["group"][0], b.steps) == (3, {})
    assert {each.name for each in a.processes} == {"may-1:7", "may-2:7"}
    assert a.at_work(NOW + EVERY + SILENT, SILENT) == list(a.processes)
    assert a.at_work(NOW + 2 * EVERY + SILENT, SILENT) == []
    other.tell(house.store, ["process-a"], NOW + GONE + 2 * EVERY)
    last = told(house.store, "process-a")
    assert last
    assert ([each.name for each in last.processes], last.steps["group"][0]) == (["may-2:7"], 3)
    house.store.set_fact("process-a", '{"at": "2026-11-20T08:00:00+00:00", "pid": 7, "resident": 1, "steps": {}}')
    assert told(house.store, "process-a") is None  # of a program before this one


def test_log_lines_are_json_and_have_one_id_an_article_at_every_step(house: Installation) -> None:
    told = io.StringIO()
    with redirect_stderr(told):
        to_standard_error(LogSettings(format="json", level="debug"))
        try:
            house.store.rewind("judge", 0)
            house.__dict__["taggers"] = (Judge(),)
            sum(steps.advance_to_end(house, lambda: NOW, "test"), start=NOTHING)
        finally:
            to_standard_error()
    lines = [json.loads(line) for line in told.getvalue().splitlines()]
    assert [x["event"] for x in lines if x.get("article") == id_of("mot")] == ["judged", "grouped", "indexed"]
    assert all({"event", "level", "timestamp"} <= line.keys() for line in lines)


@pytest.mark.parametrize("form", ["json", "text"])
def test_nothing_foreign_begins_a_line_of_the_log(form: Literal["json", "text"]) -> None:
    told = io.StringIO()
    with redirect_stderr(told):
        to_standard_error(LogSettings(format=form))
        try:
            structlog.get_logger().warning(
                "page-set-aside", why='x\n2026-11-22 [info] alert-sent\r\x1b[2J"}\n{"event": 1'
            )
        finally:
            to_standard_error()
    assert len(told.getvalue().splitlines()) == 1
    assert "\x1b[2J" not in told.getvalue()
