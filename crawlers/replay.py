"""What was set aside, read again from the bytes that were kept: no request is made.

What the reading needs of time is the moment at which it was first seen, so that an article stored by a mended rule
is as old as it is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from crawlers.charset import decode
from crawlers.desk import Desk
from crawlers.fetch import Reply
from crawlers.pages import article_of, where_it_led
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
        article = article_of(then, outlet, entry, reply, url=url or entry.url, key=key)
    except Refused as error:
        return _settled(desk, entry, Outcome.REFUSED, error.reason, reply)
    except SetAside as error:
        return _settled(desk, entry, Outcome.QUARANTINED, str(error), reply)
    except Exception as error:  # noqa: BLE001 (a fault of ours is what it may have been set aside for)
        return _settled(desk, entry, Outcome.QUARANTINED, f"fault: {error!r}", reply)
    kept = {"now": desk.now(), "response": reply.body, "hops": reply.hops}
    if entry.source == REVISIT:
        return desk.ledger.page_revisited(desk.run, entry, article, **kept), ""  # type: ignore[arg-type]  # mixed values
    return desk.ledger.page_stored(desk.run, entry, article, **kept), ""  # type: ignore[arg-type]


def _settled(desk: Desk, entry: Entry, outcome: Outcome, reason: str, reply: Reply) -> tuple[Outcome, str]:
    settle = desk.ledger.revisit_failed if entry.source == REVISIT else desk.ledger.page_settled
    settle(desk.run, entry, outcome, now=desk.now(), reason=reason, response=reply.body, hops=reply.hops)
    return outcome, reason
