"""What was set aside, read again from the bytes that were kept: no request is made.

What the reading needs of time is the moment at which it was first seen, so that an article stored by a mended rule
is as old as it is. Of a source, what it listed then is sorted as in any run: entries that are new were first seen then,
and the pages that are to be read are due in the next run.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from crawlers.charset import decode
from crawlers.desk import Desk
from crawlers.fetch import Reply
from crawlers.joining import Joined, alone, read
from crawlers.listed import Limits
from crawlers.pages import article_of, where_it_led
from crawlers.sorting import sort
from crawlers.sources import parse_source
from diembao.core.article import Outlet
from diembao.core.errors import Refused, SetAside
from diembao.core.ledger import Entry, Hop, Outcome
from diembao.core.revisits import REVISIT

_TYPE = re.compile(rb"^content-type[ \t]*:[ \t]*([^\r\n]*)", re.IGNORECASE | re.MULTILINE)


def kept_reply(url: str, body: bytes, hops: Sequence[Hop]) -> Reply:
    """An answer as it was, from what was kept of it."""
    told = _TYPE.search(hops[-1].head) if hops else None
    content_type = decode(told[1]).strip() if told else ""
    return Reply(hops[-1].url if hops else url, 200, body, content_type, hops=tuple(hops))


def replay_page(desk: Desk, outlet: Outlet, entry: Entry, reply: Reply, first_seen: datetime) -> tuple[Outcome, str]:
    """The outcome, on the books of the desk's run, and its reason."""
    then = replace(desk, now=lambda: first_seen)
    try:
        url, key = where_it_led(then, entry, reply.url)
        joined = Joined(alone(read(then, outlet, reply)))
        article, reading = article_of(then, outlet, entry, joined, url=url or entry.url, key=key)
    except Refused as error:
        return _settled(desk, entry, Outcome.REFUSED, error.reason, reply)
    except SetAside as error:
        return _settled(desk, entry, Outcome.QUARANTINED, str(error), reply)
    except Exception as error:  # noqa: BLE001 (a fault of ours is what it may have been set aside for)
        return _settled(desk, entry, Outcome.QUARANTINED, f"fault: {error!r}", reply)
    kept = {"now": desk.now(), "response": reply.body, "hops": reply.hops, "reading": reading}
    if entry.source == REVISIT:
        return desk.ledger.page_revisited(desk.run, entry, article, **kept), ""  # type: ignore[arg-type]  # mixed values
    return desk.ledger.page_stored(desk.run, entry, article, **kept), ""  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class Listed:
    """What a source that was set aside held after all; of them, entries whose page the next run reads."""

    entries: int
    to_read: int


def replay_source(desk: Desk, outlet: Outlet, source: str, reply: Reply, kept_at: datetime) -> Listed:
    """The entries of a feed, sitemap or listing, on the books of the desk's run. The sitemaps that an index names are
    asked for by runs alone.

    Raises:
        Refused: a rule says no to it by now; nobody has to look.
        SetAside: still no rule can read it; it waits on, with the reason of today.
    """
    limits = Limits(desk.settings.max_entries, timedelta(days=desk.settings.max_age_days))
    then = replace(desk, now=lambda: kept_at)
    try:
        feed = parse_source(then, outlet, source, reply, limits)
    except (Refused, SetAside):
        raise
    except Exception as error:
        raise SetAside(f"fault: {error!r}") from error
    found = sort(feed, desk, outlet, source, desk.now())
    found.book(desk, outlet, source, desk.now(), kept_at=kept_at)
    return Listed(len(found.settled) + len(found.left_out) + len(found.pending), len(found.pending))


def _settled(desk: Desk, entry: Entry, outcome: Outcome, reason: str, reply: Reply) -> tuple[Outcome, str]:
    settle = desk.ledger.revisit_failed if entry.source == REVISIT else desk.ledger.page_settled
    settle(desk.run, entry, outcome, now=desk.now(), reason=reason, response=reply.body, hops=reply.hops)
    return outcome, reason
