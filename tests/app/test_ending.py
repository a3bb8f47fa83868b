"""Commands that are told to end finish what is in hand, and what they leave goes on later."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from diembao.app.ending import until_told
from diembao.core.article import Kind
from diembao.core.settings import load
from diembao.pipeline.wiring import Installation, open_installation
from diembao.pipeline.worker import COLLECTING, WORKING, only_worker
from tests.crawlers.newsroom import Answer, Asked, Newsroom
from tests.crawlers.pages import item, page, rss

PATIENCE = 60.0  # seconds
SOON = 15.0


@contextmanager
def started(home: Path, *words: str) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        [sys.executable, "-m", "diembao.app.cli", *words],
        env=os.environ | {"DIEMBAO_HOME": str(home)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def told_to_end(process: subprocess.Popen[str]) -> int:
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=SOON)
    return process.returncode


def until(holds: Callable[[], bool]) -> None:
    pause, end = threading.Event(), time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < end
        pause.wait(0.1)


def settle(home: Path, room: Newsroom) -> None:
    """A home that reads one outlet, which has one article and one page that never ends."""
    outlet = f"- {{id: bao, name: Báo, country: VN, language: vi, fetch: all, home: '{room.url('/')}',"
    (home / "catalogue.yaml").write_text(f"{outlet} feeds: ['{room.url('/rss')}']}}\n", encoding="utf-8")
    (home / "diembao.toml").write_text(
        '[crawl]\ncontact = "x@example.org"\ncatalogue = "catalogue.yaml"\ndelay = 0.05\n'
        f'allow_private = ["{room.host}"]\n[discovery]\ninterval = 0\n[classifier]\nencoder = "none"\n',
        encoding="utf-8",
    )


def relevance(house: Installation) -> list[str | None]:
    return [each.key(Kind.RELEVANCE, "gia-lai") for each in house.store.articles(sorted(house.store.article_ids()))]


def test_one_process_collects_another_judges_and_both_end_when_they_are_told(tmp_path: Path) -> None:
    reached = threading.Event()

    def endless(_: Asked) -> Answer:
        reached.set()
        return Answer(room.drip)

    with Newsroom().open() as room:
        room.answers["/rss"] = Answer(rss(item("/a", "A ở Quy Nhơn"), item("/endless", "B")))
        room.answers |= {"/a": Answer(page("A ở Quy Nhơn")), "/endless": endless}
        settle(tmp_path, room)
        with started(tmp_path, "crawl") as crawl, open_installation(load(tmp_path)) as house:
            assert reached.wait(PATIENCE)
            until(lambda: house.store.size() == 1)
            assert relevance(house) == [None]  # whoever collects does not judge
            with started(tmp_path, "worker") as worker:
                until(lambda: house.store.bookmark("index") == house.store.head() > 1)
                assert relevance(house) == ["yes"]
                assert told_to_end(worker) == 0
            assert told_to_end(crawl) == 0
            assert house.store.faults() == []
            assert [run.counts.as_json()["retry"] for run in house.store.runs()] == [1]


def test_two_halves_may_work_at_one_home_and_two_of_a_kind_may_not(tmp_path: Path) -> None:
    with only_worker(tmp_path, COLLECTING), only_worker(tmp_path, WORKING):
        for kinds in ((), (COLLECTING,), (WORKING,)):
            with pytest.raises(Exception, match="already at work"), only_worker(tmp_path, *kinds):
                pass
    with only_worker(tmp_path):  # those who were refused hold nothing
        pass


def test_a_second_signal_ends_a_loop_at_once_and_what_was_there_before_comes_back() -> None:
    before = signal.getsignal(signal.SIGTERM)
    with until_told() as stop:
        signal.raise_signal(signal.SIGTERM)
        assert stop.wait(SOON)
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGTERM)
    assert signal.getsignal(signal.SIGTERM) is before
