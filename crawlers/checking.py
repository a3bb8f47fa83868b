"""A look at outlets: can they be reached, what do they let us read, what do their sources hold? Nothing is stored of it
but the report. And what an outlet offers, for one that is to be added.
"""

from __future__ import annotations

import asyncio
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from crawlers.charset import decode
from crawlers.fetch import Fetcher
from crawlers.identity import host_port
from crawlers.listed import Feed, Limits, joined
from crawlers.sitemaps import fresh
from crawlers.sources import fate, parsed
from diembao.core.article import Outlet
from diembao.core.errors import Refused, Retry, SetAside
from diembao.core.settings_crawl import CrawlSettings

AT_ONCE = 16  # outlets
ANY_AGE = timedelta(days=100_000)
STALE = timedelta(days=30)  # a feed whose newest entry is older has stopped
_FEEDS = re.compile(r"application/(?:rss\+xml|atom\+xml|rdf\+xml|feed\+json)", re.IGNORECASE)

Detect = Callable[[str, str], str]
"""The language of a text, told the declared one."""


@dataclass(frozen=True, slots=True)
class Inspector:
    """Looks at outlets. ``detect`` is the classifier's."""

    fetcher: Fetcher
    settings: CrawlSettings
    now: Callable[[], datetime]
    detect: Detect

    async def look_at(self, outlets: Iterable[Outlet], done: Callable[[Outlet, dict[str, Any]], None]) -> None:
        """A report of each, as it is there."""
        gate = asyncio.Semaphore(AT_ONCE)

        async def one(outlet: Outlet) -> None:
            async with gate:
                done(outlet, await self.report(outlet))

        await asyncio.gather(*(one(outlet) for outlet in outlets))

    async def report(self, outlet: Outlet) -> dict[str, Any]:
        """``reached`` and ``well`` are about all its sources; each of them has its own line under ``sources``."""
        self.fetcher.pace.ask(host_port(outlet.home), outlet.delay)
        sources = [await self._source(outlet, source) for source in outlet.sources]
        return {
            "reached": any(each["reached"] for each in sources),
            "well": all(each["why"] == "" for each in sources),
            "declared": outlet.language,
            "language": next((each["language"] for each in sources if each["language"]), ""),
            "newest": max((each["newest"] for each in sources if each["newest"]), default=None),
            "sources": sources,
        }

    async def _source(self, outlet: Outlet, source: str) -> dict[str, Any]:
        line: dict[str, Any] = {"source": source, "reached": False, "entries": 0, "dated": 0, "newest": None}
        line |= {"language": "", "why": ""}
        try:
            feed = await self._feed(outlet, source)
        except (Retry, Refused, SetAside) as error:
            outcome, reason, _ = fate(error)
            answered = isinstance(error, SetAside) or reason.startswith("status-")
            return line | {"reached": answered, "why": f"{outcome}: {reason}"}
        return line | {"reached": True} | self._health(outlet, feed)

    async def _feed(self, outlet: Outlet, source: str) -> Feed:
        """Of an index of sitemaps, with what a poll would look at."""
        limits = Limits(self.settings.max_entries, ANY_AGE)
        async with self.fetcher.turns.at(host_port(source)):
            feed = await parsed(self.fetcher, self.settings, outlet, source, limits, self.now())
            for child in fresh(feed.children, self.now()):
                more = await parsed(self.fetcher, self.settings, outlet, child.url, limits, self.now())
                feed = replace(feed, entries=feed.entries + more.entries)
        return feed

    def _health(self, outlet: Outlet, feed: Feed) -> dict[str, Any]:
        times = [entry.published_at for entry in feed.entries if entry.published_at]
        newest = max(times, default=None)
        why = "" if feed.entries else "empty: no entries"
        if newest and newest < self.now() - STALE:
            why = f"stale: the newest entry is of {newest:%Y-%m-%d}"
        return {
            "entries": len(feed.entries),
            "dated": len(times),
            "newest": newest and newest.isoformat(),
            "language": self._language(outlet, feed),
            "why": why,
        }

    def _language(self, outlet: Outlet, feed: Feed) -> str:
        """What most of its latest entries are in."""
        found = Counter(
            self.detect(f"{entry.title}\n{entry.summary}", outlet.language)
            for entry in feed.entries[:20]
            if entry.title
        )
        return found.most_common(1)[0][0] if found else ""


@dataclass(frozen=True, slots=True)
class Offer:
    """What an outlet that is to be added offers: feeds and sitemaps that hold entries."""

    name: str
    feeds: Sequence[str]
    sitemaps: Sequence[str]


async def offered(inspector: Inspector, outlet: Outlet) -> Offer:
    """By its front page and its robots.txt, each looked into.

    Raises:
        Retry, Refused, SetAside: its front page cannot be read.
    """
    reply = await inspector.fetcher.get(outlet.home, max_bytes=inspector.settings.max_page_bytes)
    page = decode(reply.body, reply.content_type, outlet.language)
    feeds, name = _links(page, reply.url)
    sitemaps = [url for url in await inspector.fetcher.sitemaps(outlet.home) if "://" in url]
    return Offer(
        name,
        [url for url in feeds if await _holds_entries(inspector, outlet, url)],
        [url for url in sitemaps if await _holds_entries(inspector, outlet, url)],
    )


async def _holds_entries(inspector: Inspector, outlet: Outlet, url: str) -> bool:
    line: Mapping[str, Any] = (await inspector.report(replace(outlet, feeds=(url,))))["sources"][0]
    return bool(line["entries"])


def _links(page: str, here: str) -> tuple[list[str], str]:
    """Feeds that a page names, and the name it gives itself."""
    from lxml import etree

    tree = etree.fromstring(page.encode("utf-8", "replace"), etree.HTMLParser(encoding="utf-8"))
    if tree is None:
        return [], ""
    links = (link.get("href", "") for link in tree.iter("link") if _FEEDS.match(link.get("type", "")))
    metas: Iterator[str] = (
        meta.get("content", "") for meta in tree.iter("meta") if meta.get("property") == "og:site_name"
    )
    titles = ((title.text or "").strip() for title in tree.iter("title"))
    name = next(metas, "") or next(titles, "") or urlsplit(here).netloc
    return list(dict.fromkeys(joined(here, link) for link in links if link)), " ".join(name.split())[:100]
