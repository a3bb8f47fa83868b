"""Two collecting processes: everything once, and never two at a host."""

from __future__ import annotations

import itertools
from contextlib import ExitStack
from pathlib import Path

from tests.app.test_sourcing import call, store
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
