"""The five minutes of docs/outlets.md, walked on the demo newsroom: an outlet without a feed, by its front page."""

from __future__ import annotations

import re
import socket
from datetime import UTC, datetime
from pathlib import Path

from demo import newsroom
from demo.expected import expected
from tests.app.sourcing import call, store

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
SETTINGS = """
[crawl]
contact = "tests@example.org"
delay = 0
outlets = ["bao-vi-du"]
allow_private = ["{home}"]
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


def test_an_outlet_without_a_feed_is_added_by_its_entry_and_the_commands_of_the_page(tmp_path: Path) -> None:
    start, port = datetime.now(UTC), free_ports(newsroom.ports_needed())
    with newsroom.serve(port, seed=1, start=start, clock=lambda: start) as room:
        home = room.outlets["nhip-song-con"]
        (tmp_path / "outlets.yaml").write_text(ENTRY.format(home=home), encoding="utf-8")
        (tmp_path / "diembao.toml").write_text(SETTINGS.format(home=home.removeprefix("http://")), encoding="utf-8")
        looked = call(tmp_path, "outlets", "check", "--outlet", "bao-vi-du")
        done = call(tmp_path, "run", "--once", "--json")
    status = call(tmp_path, "status", "--json")
    assert re.match(r"✓ bao-vi-du: \d+ mục, mới nhất (không rõ ngày|\d\d/\d\d/\d{4} \d\d:\d\d)\n", looked), looked
    there = expected(seed=1, start=start, clock=lambda: start)["articles"]
    titles = {each["title"] for each in there if each["outlet"] == "nhip-song-con"}
    opened = store(tmp_path)
    articles = [each.article for each in opened.articles(list(opened.article_ids()))]
    opened.close()
    assert done["quarantined"] == 0
    assert len(articles) >= 5
    assert {article.title for article in articles} <= titles
    assert all(article.published_at for article in articles)
    assert [(each["id"], each["articles"]) for each in status["outlets"]] == [("bao-vi-du", len(articles))]
