"""What an outlet published in a period that is over: by its sitemaps and archive pages, one list after the other.

A list that has been read to its end is remembered with its period; its pages are pending entries like any other. So a
backfill that was cut off, however, goes on where it stood.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from crawlers.desk import Desk
from crawlers.feeds import ARCHIVE
from crawlers.fetch import Fetcher
from crawlers.listed import Limits
from crawlers.sitemaps import named_days, within
from crawlers.sorting import sort
from crawlers.sources import fate, parse_source
from diembao.core.article import Outlet
from diembao.core.errors import RecordAway, Refused, Retry, SetAside
from diembao.core.ledger import Entry

MOST_ENTRIES = 50_000  # of one list; the protocol's own limit
ANY_AGE = timedelta(days=100_000)


@dataclass(frozen=True, slots=True)
class Period:
    """Two days, both included."""

    since: date
    until: date

    def moments(self, outlet: Outlet) -> tuple[datetime, datetime]:
        """From midnight to midnight where the outlet is."""
        zone = ZoneInfo(outlet.timezone)
        return tuple(datetime.combine(day, time(), zone) for day in (self.since, self.until + timedelta(days=1)))  # type: ignore[return-value]  # two of them


@dataclass(slots=True)
class Found:
    """In one list: entries whose pages are to be read, and further lists."""

    entries: list[Entry] = field(default_factory=list)
    lists: list[str] = field(default_factory=list)


def lists_of(outlet: Outlet, period: Period) -> list[str]:
    """The outlet's own: those of ``archive`` with their days filled in, and its sitemaps."""
    filled = (address for each in outlet.archive for address in _filled(each, period))
    return list(dict.fromkeys((*filled, *outlet.sitemaps)))


def _filled(address: str, period: Period) -> Iterator[str]:
    day = period.since
    while day <= period.until:
        yield address.format(year=f"{day:%Y}", month=f"{day:%m}", day=f"{day:%d}")
        day += timedelta(days=1)


async def read_list(desk: Desk, fetcher: Fetcher, outlet: Outlet, url: str, period: Period) -> Found:
    """Whatever happens, it is on the books; one that could not be read is read when the backfill is run again."""
    source = f"{ARCHIVE}{outlet.id}"
    start, end = period.moments(outlet)
    # Without a time of its own, an entry is of the period only if its list is.
    dated = named_days(url) is not None or any(each.partition("{")[2] for each in outlet.archive)
    limits = Limits(MOST_ENTRIES, ANY_AGE, (start, end), undated=dated)
    try:
        reply = await fetcher.get(url, max_bytes=desk.settings.max_feed_bytes)
        feed = parse_source(desk, outlet, source, reply, limits)
    except RecordAway:
        raise
    except (Retry, Refused, SetAside) as error:
        outcome, reason, _ = fate(error)
        desk.source_failed(outlet.id, source, outcome, f"{reason} ({url})")
        return Found()
    if feed.children:
        return Found(lists=[child.url for child in within(feed.children, start, end)])
    now = desk.now()
    found = sort(feed, desk, outlet, source, now)
    found.book(desk, outlet, source, now)
    if feed.whole:
        fetcher.timetable.keep_backfilled(outlet.id, period.since, period.until, url)
    desk.report()
    return Found(found.pending)
