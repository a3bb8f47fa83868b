"""Processes of an installation: two that collect take everything once, and what any of them makes is its owner's."""

from __future__ import annotations

import itertools
import os
import sys
from contextlib import ExitStack
from pathlib import Path

import pytest

from diembao.app.cli import main
from tests.app.sourcing import call, store
from tests.crawlers.newsroom import Answer, Newsroom
from tests.crawlers.pages import item, page, rss

ROOMS, PAGES, DELAY = 4, 4, 0.25  # seconds


def test_two_processes_never_meet_at_a_host_and_nothing_is_lost_or_stored_twice(tmp_path: Path) -> None:
    with ExitStack() as stack:
        rooms = [stack.enter_context(Newsroom().open()) for _ in range(ROOMS)]
        entries = []
        for n, room in enumerate(rooms):
            other = rooms[(n + 1) % ROOMS]  # each outlet's pages lie at another one's host
            links = [other.url(f"/bai-{n}-{m}") for m in range(PAGES)]
            room.answers["/rss"] = Answer(rss(*(item(link, f"Tin {link}") for link in links)))
            other.answers |= {f"/bai-{n}-{m}": Answer(page(f"Quy Nhơn {n} {m}")) for m in range(PAGES)}
            entries.append(
                f"- {{id: bao-{n}, name: Báo {n}, country: VN, language: vi, fetch: all, "
                f"home: '{room.url('/')}', feeds: ['{room.url('/rss')}']}}\n"
            )
        (tmp_path / "catalogue.yaml").write_text("".join(entries), encoding="utf-8")
        hosts = ", ".join(f'"{room.host}"' for room in rooms)
        (tmp_path / "diembao.toml").write_text(
            f'[crawl]\ncontact = "x@example.org"\ncatalogue = "catalogue.yaml"\ndelay = {DELAY}\nprocesses = 2\n'
            f"allow_private = [{hosts}]\n",
            encoding="utf-8",
        )
        done = call(tmp_path, "run", "--once", "--json")
        assert (done["seen"], done["stored"]) == (ROOMS * PAGES, ROOMS * PAGES)
        for room in rooms:
            times = [asked.at for asked in room.asked if asked.path != "/robots.txt"]
            assert len(times) == 1 + PAGES
            assert min(later - earlier for earlier, later in itertools.pairwise(times)) >= DELAY
            assert room.paths().count("/robots.txt") == 1
    opened = store(tmp_path)
    assert opened.size() == ROOMS * PAGES
    assert opened.unbalanced_runs() == []
    opened.close()


def test_what_a_command_makes_is_for_its_owner_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the shell that starts it says."""
    home, before = tmp_path / "new" / "home", os.umask(0o022)
    monkeypatch.setattr(sys, "argv", ["diembao", "audit", "verify", "--home", str(home)])
    try:
        with pytest.raises(SystemExit) as ended:
            main()
    finally:
        os.umask(before)
    assert not ended.value.code
    assert (home / "diembao.db").exists()
    assert [path for path in (home, *home.rglob("*")) if path.stat().st_mode & 0o077] == []
