"""One source, read: a conditional request, its entries sorted, all of it on the books at once."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import structlog

from crawlers.desk import Desk
from crawlers.feeds import parse
from crawlers.fetch import Fetcher, Reply
from crawlers.limit import time_limit
from crawlers.listed import Child, Feed, Limits
from crawlers.sitemaps import fresh
from crawlers.sorting import sort
from diembao.core.article import Outlet
from diembao.core.errors import DiembaoError, RecordAway, RecordDamaged, Refused, Retry, SetAside
from diembao.core.ledger import Entry, Outcome, Validators
from diembao.core.settings_crawl import CrawlSettings
from diembao.core.shortage import is_shortage

log = structlog.get_logger()

READ_TIME = 40.0  # seconds for one feed; 10,000 entries take four
MAX_VALIDATOR = 500  # characters of an ETag; a longer one is not kept
ACCEPT = "application/rss+xml, application/atom+xml, application/feed+json, application/xml, */*;q=0.5"


@dataclass(slots=True)
class _Source:
    """One reading of it."""

    desk: Desk
    fetcher: Fetcher
    outlet: Outlet
    url: str
    children: list[tuple[str, Validators]] = field(default_factory=list)

    def limits(self) -> Limits:
        settings = self.desk.settings
        return Limits(settings.max_entries, timedelta(days=settings.max_age_days))

    def failed(self, error: DiembaoError | Exception, reply: Reply | None = None) -> None:
        outcome, reason, after = fate(error)
        self.fetcher.timetable.failed(self.url, after)
        body, hops = (reply.body, reply.hops) if reply else (None, ())
        self.desk.source_failed(self.outlet.id, self.url, outcome, reason, body, hops)


async def read_source(desk: Desk, fetcher: Fetcher, outlet: Outlet, source: str) -> list[Entry]:
    """The entries whose pages are to be read now. Whatever happens, it is on the books."""
    this = _Source(desk, fetcher, outlet, source)
    before = desk.ledger.validators(source)
    try:
        fetcher.timetable.refuse_rest(source)
    except Retry as error:  # it was not asked: this is no further failure
        desk.source_failed(outlet.id, source, Outcome.RETRY, str(error))
        return []
    try:
        reply = await fetcher.get(source, max_bytes=desk.settings.max_feed_bytes, headers=_conditions(before))
    except RecordAway:  # it is us, not the source: the run ends here
        raise
    except (Retry, Refused, SetAside) as error:
        this.failed(error)
        return []
    return await _take(this, reply, before)


async def _take(this: _Source, reply: Reply, before: Validators) -> list[Entry]:
    missed: list[DiembaoError] = []
    if reply.status == 304:
        feed = Feed((), ())
    else:
        try:
            feed = parse_source(this.desk, this.outlet, this.url, reply, this.limits())
            if feed.children:
                feed = await _with_children(this, feed, missed)
        except (RecordAway, RecordDamaged):
            raise
        except (Refused, SetAside) as error:
            this.failed(error, reply)
            return []
        except Exception as error:  # a fault of ours in one feed must not end the run: the bytes are kept
            if is_shortage(error):
                raise
            this.failed(error, reply)
            return []
    pending = _book(this, feed, _validators(reply, before) if feed.whole else Validators(), reply.fresh_for)
    if missed:
        this.failed(missed[0])
    return pending


def _book(this: _Source, feed: Feed, validators: Validators, fresh_for: float) -> list[Entry]:
    desk, outlet, now = this.desk, this.outlet, this.desk.now()
    found = sort(feed, desk, outlet, this.url, now)
    found.book(desk, outlet, this.url, now, validators)
    for entry in found.pending:
        log.debug("discovered", article=entry.id, source=this.url, run=desk.run)
    new = len(found.pending) + len(found.left_out)
    this.fetcher.timetable.was_read(this.url, feed, new=new, fresh_for=fresh_for)
    for child, its in this.children:  # only now that their entries are on the books
        this.fetcher.timetable.keep_validators(child, its.etag, its.last_modified)
    desk.report()
    return found.pending


async def _with_children(this: _Source, index: Feed, missed: list[DiembaoError]) -> Feed:
    """The sitemaps of an index that may hold something new, as one feed. It is read whole each time (`whole` is
    false: it is not asked for by its validators); its sitemaps are asked for by their own.
    """
    entries: list[Entry] = []
    feed = replace(index, whole=False)
    children = fresh(index.children, this.desk.now())
    this.fetcher.timetable.look_up([child.url for child in children])
    for child in children:
        try:
            found = await _child(this, child)
        except RecordAway:
            raise
        except (Retry, Refused, SetAside) as error:
            missed.append(error)
        else:
            entries += found.entries
            feed = replace(feed, entries=tuple(entries), refused=feed.refused + found.refused)
    return feed


async def _child(this: _Source, child: Child) -> Feed:
    timetable = this.fetcher.timetable
    known = timetable.poll(child.url)
    asked = _conditions(Validators(known.etag, known.last_modified))
    reply = await this.fetcher.get(child.url, max_bytes=this.desk.settings.max_feed_bytes, headers=asked)
    if reply.status == 304:
        return Feed((), ())
    found = parse_source(this.desk, this.outlet, this.url, reply, this.limits())
    if found.whole:
        this.children.append((child.url, _validators(reply, Validators())))
    return found


def parse_source(desk: Desk, outlet: Outlet, source: str, reply: Reply, limits: Limits) -> Feed:
    """What an answer lists; its entries are filed under ``source``.

    Raises:
        SetAside: it is no source, or takes too long to read.
        Refused: "size".
    """
    return _parsed(reply, source, outlet, desk.now(), limits)


async def parsed(
    fetcher: Fetcher, settings: CrawlSettings, outlet: Outlet, source: str, limits: Limits, now: datetime
) -> Feed:
    """What a source lists, for those who only look: nothing goes on the books.

    Raises:
        Retry, Refused, SetAside: as for a run.
    """
    reply = await fetcher.get(source, max_bytes=settings.max_feed_bytes, headers={"Accept": ACCEPT})
    return _parsed(reply, source, outlet, now, limits)


def _parsed(reply: Reply, source: str, outlet: Outlet, now: datetime, limits: Limits) -> Feed:
    with time_limit(READ_TIME, "the feed"):
        return parse(reply.body, source, outlet, now, limits, content_type=reply.content_type, at=reply.url)


def fate(error: Exception) -> tuple[Outcome, str, float | None]:
    """The outcome of a source that could not be read, its reason, and the seconds its server asked for."""
    match error:
        case Retry():
            return Outcome.RETRY, str(error), error.after
        case Refused():
            return Outcome.REFUSED, error.reason, None
        case SetAside():
            return Outcome.QUARANTINED, str(error), None
    return Outcome.QUARANTINED, f"fault: {error!r}", None


def _conditions(known: Validators) -> dict[str, str]:
    asked = {"If-None-Match": known.etag, "If-Modified-Since": known.last_modified}
    return {"Accept": ACCEPT} | {name: value for name, value in asked.items() if value}


def _validators(reply: Reply, before: Validators) -> Validators:
    if reply.status == 304:  # it need not repeat them
        return Validators(reply.etag or before.etag, reply.last_modified or before.last_modified)
    etag, modified = (value if len(value) <= MAX_VALIDATOR else "" for value in (reply.etag, reply.last_modified))
    return Validators(etag, modified)
