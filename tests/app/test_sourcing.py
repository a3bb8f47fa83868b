"""What people do about sources, from the command line, on outlets and finders over HTTP."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml
from typer.testing import CliRunner

from diembao.app.cli import app
from diembao.app.sourcing import same_language
from diembao.core.settings import load
from diembao.core.sourcing import Decision
from diembao.pipeline import discovering
from diembao.pipeline.looping import look_outside
from diembao.pipeline.wiring import open_installation
from tests.app.sourcing import NOW, RFC, bing, call, gdelt, google, here, settle, store
from tests.crawlers.newsroom import Answer, Asked, Newsroom
from tests.crawlers.pages import item, page, rss


@pytest.fixture
def rooms() -> Iterator[tuple[Newsroom, Newsroom, Newsroom]]:
    """An outlet of the catalogue, one that nobody knows, and the finders."""
    with Newsroom().open() as known, Newsroom().open() as strange, Newsroom().open() as finder:
        yield known, strange, finder


def test_what_finders_know_is_found_again_or_proposed_and_a_person_decides(
    tmp_path: Path, rooms: tuple[Newsroom, Newsroom, Newsroom]
) -> None:
    known, strange, finder = rooms
    settle(tmp_path, known, strange, finder)
    day = f"{NOW:{RFC}}"
    known.answers = {
        "/rss": Answer(rss(item("/bai-moi", "Cảng đón đoàn khách lớn nhất", date=day))),
        "/bai-moi": Answer(page("Cảng Quy Nhơn đón đoàn khách lớn nhất")),
        "/bai-bing": Answer(page("Quy Nhơn qua Bing")),
    }
    strange.answers = {
        "/": Answer(
            b'<html><head><title>B\xc3\xa1o L\xe1\xba\xa1</title><link rel="alternate" type="application/rss+xml" '
            b'href="/feed"><link rel="alternate" type="application/rss+xml" href="/trong"></head></html>'
        ),
        "/feed": Answer(rss(item("/tin-la", "Quy Nhơn trên báo lạ", date=day))),
        "/trong": Answer(rss()),
        "/tin-la": Answer(page("Quy Nhơn trên báo lạ")),
    }

    class Finder(dict[str, Any]):
        def get(self, path: str, otherwise: Any = None) -> Any:
            empty = Answer(b"" if path.startswith("/gdelt") else b"<rss version='2.0'><channel/></rss>")
            if path.startswith("/robots"):
                return otherwise
            if path.startswith("/gdelt"):
                return Answer(gdelt(strange.url("/tin-la"))) if "vietnamese" in path else empty
            if path.startswith("/google"):
                own = google("Báo Nhà", known.url("/"), "Cảng đón đoàn khách LỚN NHẤT")
                return Answer(own) if "ceid=VN" in path else empty
            return Answer(bing(known.url("/bai-bing"), "Quy Nhơn qua Bing")) if "mkt=vi-VN" in path else empty

    finder.answers = Finder()
    (tmp_path / "diembao.toml").write_text(
        (tmp_path / "diembao.toml").read_text().replace(f'gdelt = "{finder.url("/gdelt")}"', 'gdelt = ""'), "utf-8"
    )
    found = call(tmp_path, "discover", "--json")
    assert found["failures"] == {}
    assert (found["found"], found["asked"], found["proposed"], found["not_found"]) == (2, 2, 0, 0)
    asked = [path for path in finder.paths() if "hl=" in path or "mkt=" in path]
    assert len(asked) == 18  # nine languages, two finders
    assert any("%E5%BD%92%E4%BB%81" in path for path in asked)  # 归仁
    assert call(tmp_path, "run", "--once", "--json")["stored"] == 2

    refused = here(tmp_path, "add", strange.url("/tin-la"))
    assert "is not in the catalogue; it is proposed now" in refused
    (proposal,) = here(tmp_path, "outlets", "proposed", "--json")
    assert proposal["host"] == strange.host
    assert "say it with --language" in here(tmp_path, "outlets", "accept", strange.host)
    told = ("--language", "vi", "--country", "VN", "--id", "bao-la")
    assert strange.url("/feed") in call(tmp_path, "outlets", "accept", strange.host, *told)
    (own,) = yaml.safe_load((tmp_path / "outlets.yaml").read_text(encoding="utf-8"))
    assert (own["id"], own["name"], own["feeds"]) == ("bao-la", "Báo Lạ", [strange.url("/feed")])
    assert call(tmp_path, "add", strange.url("/tin-la"), "--json")["outcome"] == "stored"
    opened = store(tmp_path)
    assert [each.host for each in opened.proposals(Decision.ACCEPTED)] == [strange.host]
    opened.close()


@pytest.mark.parametrize(
    "url",
    [
        *("https://www.facebook.com/groups/1", "https://x.com/ai-do/status/1", "ftp://bao.vn/a", "https://fb.me/a"),
        *("https://www.youtube.com/@nguoi-rieng", "https://youtu.be/a", "https://medium.com/@nguoi-rieng/mot-bai-1"),
        *("https://mot-may-chu.example/@nguoi-rieng/1", "https://nitter.net/nguoi-rieng", "https://lnkd.in/a"),
    ],
)
def test_accounts_and_strange_addresses_are_refused_in_words(
    tmp_path: Path, rooms: tuple[Newsroom, Newsroom, Newsroom], url: str
) -> None:
    settle(tmp_path, *rooms)
    refused = here(tmp_path, "add", url)
    assert "private accounts are not read" in refused or "not an http(s) address" in refused
    assert here(tmp_path, "outlets", "proposed", "--json") == []


@pytest.mark.parametrize(
    "url", ["http://169.254.169.254/latest/meta-data", "http://127.0.0.1/a", "http://[::1]/a", "http://8.8.8.8:22/a"]
)
def test_an_address_inside_is_no_outlet_to_propose(
    tmp_path: Path, rooms: tuple[Newsroom, Newsroom, Newsroom], url: str
) -> None:
    settle(tmp_path, *rooms)
    assert "refused: address" in here(tmp_path, "add", url)
    assert here(tmp_path, "outlets", "proposed", "--json") == []


def test_a_page_is_asked_for_while_the_program_runs_and_its_outcome_is_told(
    tmp_path: Path, rooms: tuple[Newsroom, Newsroom, Newsroom]
) -> None:
    known, *_ = rooms
    settle(tmp_path, *rooms)
    path = tmp_path / "diembao.toml"
    path.write_text(path.read_text() + "interval = 0\n", "utf-8")  # no looks outside
    begun = threading.Event()

    def listed(_: Asked) -> Answer:
        begun.set()
        return Answer(rss())

    known.answers = {"/rss": listed, "/bai": Answer(page("Quy Nhơn giữa lúc chạy"))}
    command = [sys.executable, "-m", "diembao.app.cli", "run", "--home", str(tmp_path)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
    try:
        assert begun.wait(100)
        assert call(tmp_path, "add", known.url("/bai")).strip() == "Đã lưu"
        for _ in range(2):
            gone = CliRunner().invoke(app, ["add", known.url("/khong-co"), "--home", str(tmp_path)])
            assert (gone.exit_code, gone.stdout.strip()) == (1, "Không lưu được: máy chủ trả lỗi 404")
        assert process.poll() is None
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    assert known.paths().count("/khong-co") == 2


def test_a_check_says_what_is_wrong_with_each_source_and_is_kept(
    tmp_path: Path, rooms: tuple[Newsroom, Newsroom, Newsroom]
) -> None:
    known, *_ = rooms
    old = f"{NOW - timedelta(days=400):{RFC}}"
    sources = [known.url(path) for path in ("/rss", "/cu", "/het", "/cam")]
    settle(tmp_path, *rooms, feeds=sources, language="en")
    known.answers = {
        "/robots.txt": Answer(b"User-agent: *\nDisallow: /cam\n"),
        "/rss": Answer(rss(item("/a", "Cảng Quy Nhơn đón chuyến tàu đầu tiên trong năm", date=f"{NOW:{RFC}}"))),
        "/cu": Answer(rss(item("/b", "Tin cũ từ năm ngoái của tòa soạn", date=old))),
        "/cam": Answer(rss(item("/c"))),
    }
    report = call(tmp_path, "outlets", "check", "--json")["bao-nha"]
    whys = [each["why"] for each in report["sources"]]
    assert [why.split(":")[0] for why in whys] == ["", "stale", "refused", "refused"]
    assert whys[2:] == ["refused: status-404", "refused: robots"]
    assert (report["reached"], report["well"], report["language"], report["declared"]) == (True, False, "vi", "en")
    opened = store(tmp_path)
    at, kept = opened.checks()["bao-nha"]
    opened.close()
    assert kept == report
    assert at >= NOW


@pytest.mark.parametrize(
    ("found", "declared", "same"),
    [
        ("", "lo", True),
        ("zh-Hans", "zh", True),
        ("zh-Hans", "zh-Hant", False),
        ("en", "en-GB", True),
        ("fi", "fil", False),
    ],
)
def test_a_language_said_more_exactly_is_no_other(found: str, declared: str, same: object) -> None:
    assert same_language(found, declared) is same


def test_a_backfill_that_is_killed_goes_on_where_it_was(
    tmp_path: Path, rooms: tuple[Newsroom, Newsroom, Newsroom]
) -> None:
    known, *_ = rooms
    settle(tmp_path, *rooms, archive=[known.url("/sitemap.xml")], fetch="all")
    days = ["2026-05-03", "2026-05-04", "2026-05-05", "2026-06-01"]
    index = "".join(f"<sitemap><loc>{known.url(f'/{day}.xml')}</loc></sitemap>" for day in days)
    known.answers = {"/sitemap.xml": Answer(f"<sitemapindex>{index}</sitemapindex>".encode())}
    for day in days:
        urls = "".join(f"<url><loc>{known.url(f'/bai-{day}-{n}')}</loc></url>" for n in range(4))
        known.answers[f"/{day}.xml"] = Answer(f"<urlset>{urls}</urlset>".encode())
        known.answers |= {f"/bai-{day}-{n}": Answer(page(f"Quy Nhơn, ngày {day}, tin {n}")) for n in range(4)}
    reached = threading.Event()

    def hold(_: Asked) -> Answer:
        reached.set()
        return Answer(known.drip)

    good = known.answers["/bai-2026-05-04-2"]
    known.answers["/bai-2026-05-04-2"] = hold
    words = ("backfill", "--from", "2026-05-03", "--to", "2026-05-05", "--outlet", "bao-nha", "--json")
    command = [sys.executable, "-m", "diembao.app.cli", *words, "--home", str(tmp_path)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
    assert reached.wait(60)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    known.answers["/bai-2026-05-04-2"] = good
    again = call(tmp_path, *words)
    assert again["stored"] >= 1
    opened = store(tmp_path)
    assert opened.size() == 12
    assert opened.unbalanced_runs() == []
    opened.close()
    paths = known.paths()
    assert all(paths.count(f"/{day}.xml") == 1 for day in days[:3])
    assert "/2026-06-01.xml" not in paths


def test_the_loop_looks_outside_within_its_budget_and_adds_nothing_by_itself(
    tmp_path: Path, rooms: tuple[Newsroom, Newsroom, Newsroom]
) -> None:
    known, strange, finder = rooms
    settle(tmp_path, known, strange, finder)
    path = tmp_path / "diembao.toml"
    path.write_text(path.read_text().replace(f'"{finder.url("/gdelt")}"', '""') + "daily_questions = 4\n", "utf-8")

    class Finder(dict[str, Any]):
        def get(self, path: str, otherwise: Any = None) -> Any:
            if "mkt=vi-VN" in path:
                return Answer(bing(strange.url("/tin-la"), "Quy Nhơn trên báo lạ"))
            if path.startswith("/bing"):
                return Answer(bing("https://mot-may-chu.example/@nguoi-rieng/1", "Quy Nhơn của một người"))
            return otherwise if path.startswith("/robots") else Answer(b"<rss version='2.0'><channel/></rss>")

    finder.answers = Finder()
    with open_installation(load(tmp_path)) as house:
        assert discovering.next_look(house, NOW) == NOW
        look_outside(house, threading.Event(), lambda: NOW, "loop: lan")
        last = discovering.last_look(house)
        assert last is not None
        assert (last.by, last.asked, last.following) == ("loop: lan", 4, 4)
        assert last.came is not None
        assert (last.came["found"], last.came["proposed"], last.came["failures"]) == (2, 1, {})
        assert last.came["passed_over"] == 1  # an account's page
        following = discovering.next_look(house, last.at)
        assert following is not None
        assert following.date() > last.at.date()  # the day's questions are used up
        tomorrow = discovering.begin(house, following, "loop: lan")
        assert (tomorrow.asked, tomorrow.following) == (0, 4)
        assert [each.host for each in house.store.proposals()] == [strange.host]
    assert len([path for path in finder.paths() if "q=" in path]) == 4
    assert strange.paths() == []
    assert not (tmp_path / "outlets.yaml").exists()
