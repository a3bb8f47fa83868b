"""Outlets and finders over HTTP, and the program's commands about them."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import yaml
from typer.testing import CliRunner

from diembao.app.cli import app
from diembao.store.record import SqlStore
from tests.crawlers.newsroom import Newsroom

NOW = datetime.now(UTC)
RFC = "%a, %d %b %Y %H:%M:%S +0000"


def settle(home: Path, known: Newsroom, strange: Newsroom, finder: Newsroom, **outlet: Any) -> None:
    entry = {
        "id": "bao-nha",
        "name": "Báo Nhà",
        "country": "VN",
        "language": "vi",
        "home": known.url("/"),
        "feeds": [known.url("/rss")],
        **outlet,
    }
    (home / "catalogue.yaml").write_text(yaml.safe_dump([entry], allow_unicode=True), encoding="utf-8")
    hosts = json.dumps([known.host, strange.host, finder.host])
    (home / "diembao.toml").write_text(
        f"""[crawl]
contact = "tests@example.org"
catalogue = "catalogue.yaml"
delay = 0
timeout = 5
allow_private = {hosts}
[discovery]
gdelt = "{finder.url("/gdelt")}"
google = "{finder.url("/google")}"
bing = "{finder.url("/bing")}"
""",
        encoding="utf-8",
    )


def call(home: Path, *words: str) -> Any:
    command = [sys.executable, "-m", "diembao.app.cli", *words, "--home", str(home)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=100)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout) if "--json" in words else done.stdout


def here(home: Path, *words: str) -> Any:
    """The same in this process, which is quicker: for what does not fetch."""
    done = CliRunner().invoke(app, [*words, "--home", str(home)])
    if done.exception:
        return str(done.exception)
    return json.loads(done.stdout) if "--json" in words else done.stdout


def store(home: Path) -> SqlStore:
    return SqlStore(f"sqlite:///{home / 'diembao.db'}")


def google(name: str, site: str, title: str) -> bytes:
    """In the form of Google's answers."""
    return f"""<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>"Quy Nhơn" - Google News</title>
<item><title>{title} - {name}</title><link>https://news.google.com/rss/articles/CBMiAbc?oc=5</link>
<guid isPermaLink="false">CBMiAbc</guid><pubDate>{NOW:{RFC}}</pubDate>
<description>&lt;a href="https://news.google.com/rss/articles/CBMiAbc"&gt;{title}&lt;/a&gt;</description>
<source url="{site}">{name}</source></item></channel></rss>""".encode()


def bing(link: str, title: str) -> bytes:
    """In the form of Bing's."""
    return f"""<?xml version="1.0" encoding="utf-8" ?><rss version="2.0" xmlns:News="https://www.bing.com/news/search">
<channel><item><title>{title}</title><link>http://www.bing.com/news/apiclick.aspx?ref=FexRss&amp;url={link}&amp;c=1</link>
<pubDate>{NOW:{RFC}}</pubDate><News:Source>Báo Lạ</News:Source></item></channel></rss>""".encode()


def gdelt(*urls: str) -> bytes:
    """In the form of GDELT's."""
    articles = [{"url": url, "title": f"Tin {n}", "seendate": "20261121T081500Z", "domain": "x",
                 "language": "Vietnamese", "sourcecountry": "VN"} for n, url in enumerate(urls)]  # fmt: skip
    return json.dumps({"articles": articles}).encode()
