"""The five minutes of docs/outlets.md, walked on the demo newsroom: an outlet without a feed, by its front page."""

from __future__ import annotations

import socket
from datetime import UTC, datetime
from pathlib import Path

from crawlers.catalogue import load
from demo import newsroom
from demo.expected import expected
from tests.crawlers.collecting import Collecting

START = datetime(2026, 11, 21, 8, 0, tzinfo=UTC)
ENTRY = """
- id: bao-vi-du
  name: Báo Ví Dụ
  country: VN
  language: vi
  home: {home}/
  listings:
    - {home}/
  articles:
    - {home}/quy-nhon-don-khach-123456.html
  fetch: all
"""


def free_ports(number: int) -> int:
    """The first of so many free ones in a row."""
    for start in range(20_000, 60_000, 50):
        try:
            for port in range(start, start + number):
                with socket.socket() as probe:
                    probe.bind(("127.0.0.1", port))
        except OSError:
            continue
        return start
    raise AssertionError


def test_an_outlet_without_a_feed_is_added_by_eleven_lines(tmp_path: Path) -> None:
    port = free_ports(newsroom.ports_needed())
    with newsroom.serve(port, seed=1, start=START, clock=lambda: START) as room:
        home = room.outlets["nhip-song-con"]
        more = tmp_path / "outlets.yaml"
        more.write_text(ENTRY.format(home=home), encoding="utf-8")
        outlet = load(more=more)["bao-vi-du"]
        collecting = Collecting(tmp_path, [outlet], {"allow_private": [home.removeprefix("http://")]})
        counts = collecting.run(START)
        articles = collecting.articles()
    there = expected(seed=1, start=START, clock=lambda: START)["articles"]
    titles = {each["title"] for each in there if each["outlet"] == "nhip-song-con"}
    assert counts["quarantined"] == 0
    assert len(articles) >= 5
    assert {article.title for article in articles.values()} <= titles
    assert all(article.published_at for article in articles.values())
