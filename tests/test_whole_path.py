"""The whole program, as its user calls it: the demo newsroom over HTTP, the command line, the store, the index."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from demo import newsroom
from demo.masthead import OUTLETS
from diembao.core.ledger import Outcome
from diembao.core.query import parse
from diembao.core.settings import load
from diembao.pipeline.wiring import open_installation

# Long enough for one run on a slow machine; a run that hangs fails here.
RUN_TIME = 180
# All but the one whose robots.txt asks for a second between two requests: pauses are met in `tests/crawlers`.
READ = [outlet.id for outlet in OUTLETS if not outlet.crawl_delay]
QUERIES = (
    "Quy Nhơn",
    "bao lut",
    '"Gia Lai"',
    "NOT Pleiku",
    "thái_độ:phê_phán",
    "ngôn_ngữ:lo OR ngôn_ngữ:km",
    "tiêu_đề:cảng",
)


def free_block(size: int) -> int:
    """The first of ``size`` free ports in a row."""
    for port in range(21000, 29000, size):
        probes = [socket.socket() for _ in range(size)]
        try:
            for n, probe in enumerate(probes):
                probe.bind(("127.0.0.1", port + n))
        except OSError:
            continue
        else:
            return port
        finally:
            for probe in probes:
                probe.close()
    raise AssertionError("no free ports")


def surroundings(home: Path) -> dict[str, str]:
    return os.environ | {"DIEMBAO_HOME": str(home), "DIEMBAO_CRAWL__OUTLETS": json.dumps(READ)}


def diembao(home: Path, *words: str, code: int = 0) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "diembao.app.cli", *words],
        env=surroundings(home),
        capture_output=True,
        text=True,
        check=False,
        timeout=RUN_TIME,
    )
    assert done.returncode == code, (words, done.returncode, done.stdout, done.stderr)
    return done.stdout if code == 0 else done.stderr


def run_once(home: Path) -> dict[str, int]:
    counts: dict[str, int] = json.loads(diembao(home, "run", "--once", "--json"))
    return counts


def answers(home: Path) -> dict[str, tuple[int, set[str]]]:
    """Total and articles. Their order by score may differ: an engine counts replaced documents until it merges."""
    with open_installation(load(home)) as house:
        found = {query: house.index.search(parse(query, now=datetime.now(UTC)), limit=500) for query in QUERIES}
    return {query: (hits.total, {hit.id for hit in hits.hits}) for query, hits in found.items()}


def told(home: Path) -> dict[str, Any]:
    """Everything that must not depend on how often a run was cut off: articles, labels in force, answers."""
    with open_installation(load(home)) as house:
        items = house.store.articles(sorted(house.store.article_ids()))
        articles = {
            item.article.id: (
                item.article.title,
                item.article.text,
                item.article.published_at,
                sorted((x.kind, x.key, x.about, round(x.score, 4), x.by) for x in item.labels),
            )
            for item in items
        }
    return {"articles": articles, "answers": answers(home)}


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    """A newsroom whose clock stands still half an hour after its start."""
    start = datetime.now(UTC).replace(microsecond=0) - timedelta(hours=1)
    first = free_block(newsroom.ports_needed())
    room = newsroom.serve(first, seed=1, start=start, clock=lambda: start + timedelta(minutes=30))
    yield first
    room.close()


@pytest.fixture(scope="module")
def undisturbed(port: int, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, int]]:
    home = tmp_path_factory.mktemp("undisturbed")
    diembao(home, "demo", "init", "--port", str(port))
    return home, run_once(home)


def test_a_run_adds_up_and_everything_is_judged_and_searchable(undisturbed: tuple[Path, dict[str, int]]) -> None:
    home, counts = undisturbed
    assert counts["seen"] == sum(counts[outcome] for outcome in Outcome)
    assert counts["stored"] >= 150
    assert all(counts[outcome] > 0 for outcome in Outcome if outcome is not Outcome.UNCHANGED), counts
    status = json.loads(diembao(home, "status", "--json"))
    assert status["articles"] == counts["judged"]
    assert status["articles"] <= counts["indexed"]  # an article is indexed again when its story grows
    assert status["bookmarks"]["judge"] <= status["log"]
    assert "quarantine" in {alarm["kind"] for alarm in status["alarms"]}  # a source alone: after three failures
    assert "ledger" not in {alarm["kind"] for alarm in status["alarms"]}
    assert counts["alerts"] > 0


def test_outlets_without_a_feed_are_read_by_their_sitemap_and_their_listing(
    undisturbed: tuple[Path, dict[str, int]],
) -> None:
    home, _ = undisturbed
    with open_installation(load(home)) as house:
        found = [item.article for item in house.store.articles(sorted(house.store.article_ids()))]
    read = {outlet: [each for each in found if each.outlet == outlet] for outlet in ("ben-nuoc", "nep-nha-rong")}
    assert {outlet: len(its) for outlet, its in read.items()} == {"ben-nuoc": 3, "nep-nha-rong": 3}
    assert all(each.lead and each.text and each.published_at for its in read.values() for each in its)


def test_a_second_run_on_unchanged_sources_stores_nothing(undisturbed: tuple[Path, dict[str, int]]) -> None:
    home, _ = undisturbed
    again = run_once(home)
    assert again["stored"] == 0
    assert again["alerts"] == 0
    assert again["seen"] == sum(again[outcome] for outcome in Outcome)


def test_a_deleted_index_gives_the_same_answers_again(undisturbed: tuple[Path, dict[str, int]]) -> None:
    home, _ = undisturbed
    before = answers(home)
    assert all(total for total, _ in before.values())
    listed = json.loads(diembao(home, "search", QUERIES[0], "--json", "--limit", "500"))
    assert (listed["total"], {hit["id"] for hit in listed["hits"]}) == before[QUERIES[0]]
    shutil.rmtree(home / "index")
    run_once(home)
    assert answers(home) == before
    diembao(home, "index", "rebuild")
    assert answers(home) == before


def test_a_run_killed_in_the_middle_and_run_again_is_an_undisturbed_run(
    undisturbed: tuple[Path, dict[str, int]], port: int, tmp_path: Path
) -> None:
    home, _ = undisturbed
    diembao(tmp_path, "demo", "init", "--port", str(port))
    kill_after(tmp_path, articles=60)
    counts = run_once(tmp_path)
    assert counts["seen"] == sum(counts[outcome] for outcome in Outcome)
    assert told(tmp_path) == told(home)
    with open_installation(load(tmp_path)) as house:
        assert house.store.unbalanced_runs() == []


def kill_after(home: Path, articles: int) -> None:
    """Start a run and kill -9 it once so many articles are stored."""
    run = subprocess.Popen(
        [sys.executable, "-m", "diembao.app.cli", "run", "--once", "--json"],
        env=surroundings(home),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    pause = threading.Event()
    with open_installation(load(home)) as house:
        while house.store.size() < articles and run.poll() is None:
            pause.wait(0.01)
    assert run.poll() is None, "the run was over before it could be killed"
    run.send_signal(signal.SIGKILL)
    run.wait()


def test_wrong_use_and_wrong_settings_are_one_line_and_an_exit_code(tmp_path: Path) -> None:
    assert len(diembao(tmp_path, "search", '"Quy Nhơn', code=2).strip().splitlines()) == 1
    (tmp_path / "diembao.toml").write_text("[crawl]\ndelya = 3\n")
    line = diembao(tmp_path, "status", code=3)
    assert "did you mean 'delay'" in line
    assert len(line.strip().splitlines()) == 1
