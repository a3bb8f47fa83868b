"""One collection run with Scrapy, in this process.

    outlets ─▶ robots.txt, guard, pace ─▶ feed ─▶ entries ─▶ robots.txt, guard, pace ─▶ page ─▶ article ─▶ ledger

Scrapy opens the connections, speaks HTTP and unpacks; what is asked for, when and whether is ours (rounds, fetch,
guard, pace, robots), and so its own redirects, retries, cookies, robots.txt, throttle, telnet and remote control
are off. Its reactor can be started once in a process: so can `crawl`.
"""

from __future__ import annotations

import asyncio
import logging
import signal
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from importlib.metadata import version
from typing import Any

from crawlers.desk import Books, Desk, Progress
from crawlers.fetch import AT_ONCE, Fetcher
from crawlers.guard import Guard, PinnedResolver
from crawlers.proxy import proxy_of
from crawlers.robots import NAME
from crawlers.rounds import STOPPED, Plan, Round
from crawlers.timetable import Timetable
from diembao.core.article import Outlet
from diembao.core.ledger import RunCounts
from diembao.core.ports import Prefilter
from diembao.core.settings_crawl import CrawlSettings

WHOLE = Plan()


def crawl(  # noqa: PLR0913 (every part of a run comes from outside)
    settings: CrawlSettings,
    outlets: Sequence[Outlet],
    ledger: Books,
    prefilter: Prefilter,
    run: int,
    now: Callable[[], datetime],
    *,
    plan: Plan = WHOLE,
    progress: Progress | None = None,
    chance: Callable[[], float] = lambda: 0.5,
    about: Sequence[str] = (),
) -> RunCounts:
    """Read every outlet once, or what ``plan`` says. Blocks until done. ``chance`` gives numbers from 0 to 1. Articles
    ``about`` these provinces are visited again when the plan says so (`core.revisits`).

    SIGTERM, SIGINT and ``settings.run_time`` end it cleanly: what is left stays pending. The run is neither begun
    nor ended here: until `Ledger.end_run`, what is left is not yet among the outcomes of the counts.
    """
    desk = Desk(settings, {outlet.id: outlet for outlet in outlets}, ledger, prefilter, run, now, progress, about)
    timetable = Timetable(ledger, settings, now, chance)

    async def collect(fetcher: Fetcher) -> None:
        work = Round(desk, fetcher)
        with stopping(work.stop):
            await work.go(plan)

    errand(settings, timetable, now, collect)
    return ledger.counts(run)


def user_agent(contact: str) -> str:
    """Who we are and where to complain, as every request says."""
    return f"{NAME}/{version('diembao')} (+{contact or 'contact not set'})"


def errand(
    settings: CrawlSettings,
    timetable: Timetable,
    now: Callable[[], datetime],
    work: Callable[[Fetcher], Awaitable[None]],
) -> None:
    """Run some work that fetches; blocks until it is done. Once in a process."""
    from scrapy import Spider
    from scrapy.crawler import AsyncCrawlerProcess

    errors: list[BaseException] = []

    class Collector(Spider):
        name = "diembao"

        async def start(self) -> AsyncIterator[Any]:
            """All of the work happens here; nothing is left for Scrapy's own queue."""
            try:
                guard = Guard(settings.allow_private)
                PinnedResolver(guard, proxy_of(settings.proxy)).install()
                await work(Fetcher(self.crawler.engine.download_async, guard, settings, now, timetable))
            except Exception as error:  # noqa: BLE001 (Scrapy would log it and end well: it is raised again below)
                errors.append(error)
            return
            yield  # what makes this a generator

    logging.getLogger("scrapy").setLevel(logging.ERROR)
    process = AsyncCrawlerProcess(scrapy_settings(settings))
    process.crawl(Collector)
    process.start(install_signal_handlers=False)
    if errors:
        raise errors[0]
    timetable.close()


@contextmanager
def stopping(stop: Callable[[str], None]) -> Iterator[None]:
    """Until the end of the block, SIGTERM and SIGINT stop the work where it stands."""
    loop = asyncio.get_running_loop()
    signals = (signal.SIGTERM, signal.SIGINT)
    for number in signals:
        loop.add_signal_handler(number, stop, STOPPED)
    try:
        yield
    finally:
        for number in signals:
            loop.remove_signal_handler(number)


def scrapy_settings(settings: CrawlSettings) -> dict[str, Any]:
    """What Scrapy may do by itself: next to nothing."""
    off = (
        *("COOKIES_ENABLED", "HTTPCACHE_ENABLED", "HTTPPROXY_ENABLED", "METAREFRESH_ENABLED", "REDIRECT_ENABLED"),
        *("REFERER_ENABLED", "RETRY_ENABLED", "ROBOTSTXT_OBEY", "DOWNLOAD_DELAY", "DOWNLOAD_DELAY_JITTER"),
        *("REMOTE_CONTROL_ENABLED", "TELNETCONSOLE_ENABLED", "MEMUSAGE_ENABLED", "STATS_DUMP", "DOWNLOAD_WARNSIZE"),
        *("LOG_ENABLED", "LOG_INSTALL_ROOT_HANDLER", "LOGSTATS_INTERVAL"),
    )
    return {
        **dict.fromkeys(off, 0),
        "USER_AGENT": user_agent(settings.contact),
        "DEFAULT_REQUEST_HEADERS": {
            "Accept": "text/html, application/xhtml+xml, */*;q=0.5",
            "Accept-Encoding": "gzip, deflate",
        },
        "DOWNLOAD_HANDLERS": {
            **dict.fromkeys(("data", "file", "ftp", "s3")),
            **dict.fromkeys(("http", "https"), "crawlers.transfer.Transfer"),
        },
        "DOWNLOAD_VERIFY_CERTIFICATES": True,  # what is kept as evidence must come from whom it says
        "DOWNLOAD_TIMEOUT": settings.timeout,
        "DOWNLOAD_MAXSIZE": max(settings.max_feed_bytes, settings.max_page_bytes),
        "CONCURRENT_REQUESTS": AT_ONCE,
        "CONCURRENT_REQUESTS_PER_DOMAIN": 1,  # also the connections kept open to a host
        "URLLENGTH_LIMIT": 0,
    }
