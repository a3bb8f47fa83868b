"""One source, read: a conditional request, its entries sorted, all of it on the books at once."""

from __future__ import annotations

from datetime import timedelta

from crawlers.desk import Desk
from crawlers.feeds import Feed, Limits, parse
from crawlers.fetch import Fetcher, Reply
from crawlers.limit import time_limit
from crawlers.sorting import sort
from diembao.core.article import Outlet
from diembao.core.errors import Refused, Retry, SetAside
from diembao.core.ledger import Entry, Outcome, Validators

READ_TIME = 40.0  # seconds for one feed; 10,000 entries take four
MAX_VALIDATOR = 500  # characters of an ETag; a longer one is not kept
ACCEPT = "application/rss+xml, application/atom+xml, application/feed+json, application/xml, */*;q=0.5"


async def read_source(desk: Desk, fetcher: Fetcher, outlet: Outlet, source: str) -> list[Entry]:
    """The entries whose pages are to be read now. Whatever happens, it is on the books."""
    before = desk.ledger.validators(source)
    try:
        reply = await fetcher.get(source, max_bytes=desk.settings.max_feed_bytes, headers=_conditions(before))
    except Retry as error:
        desk.source_failed(outlet.id, source, Outcome.RETRY, str(error))
    except Refused as error:
        desk.source_failed(outlet.id, source, Outcome.REFUSED, error.reason)
    except SetAside as error:
        desk.source_failed(outlet.id, source, Outcome.QUARANTINED, str(error))
    else:
        return _take(desk, outlet, source, reply, before)
    return []


def _take(desk: Desk, outlet: Outlet, source: str, reply: Reply, before: Validators) -> list[Entry]:
    if reply.status == 304:
        feed = Feed((), ())
    else:
        try:
            feed = _parse(desk, outlet, reply)
        except SetAside as error:
            desk.source_failed(outlet.id, source, Outcome.QUARANTINED, str(error), reply.body)
            return []
        except Exception as error:  # noqa: BLE001 (a fault of ours in one feed must not end the run: the bytes are kept)
            desk.source_failed(outlet.id, source, Outcome.QUARANTINED, f"fault: {error!r}", reply.body)
            return []
    now = desk.now()
    found = sort(feed, desk, outlet, source, now)
    desk.ledger.source_read(
        desk.run,
        source,
        outlet.id,
        settled=found.settled,
        left_out=found.left_out,
        pending=found.pending,
        validators=_validators(reply, before) if feed.whole else Validators(),
        now=now,
    )
    desk.report()
    return found.pending


def _parse(desk: Desk, outlet: Outlet, reply: Reply) -> Feed:
    limits = Limits(desk.settings.max_entries, timedelta(days=desk.settings.max_age_days))
    with time_limit(READ_TIME, "the feed"):
        return parse(reply.body, reply.url, outlet, desk.now(), limits, content_type=reply.content_type)


def _conditions(known: Validators) -> dict[str, str]:
    asked = {"If-None-Match": known.etag, "If-Modified-Since": known.last_modified}
    return {"Accept": ACCEPT} | {name: value for name, value in asked.items() if value}


def _validators(reply: Reply, before: Validators) -> Validators:
    if reply.status == 304:  # it need not repeat them
        return Validators(reply.etag or before.etag, reply.last_modified or before.last_modified)
    etag, modified = (value if len(value) <= MAX_VALIDATOR else "" for value in (reply.etag, reply.last_modified))
    return Validators(etag, modified)
