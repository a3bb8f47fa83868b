"""An article we have, looked at again: edited, unchanged, or no longer there (`core.revisits`)."""

from __future__ import annotations

from crawlers.desk import Desk
from crawlers.fetch import Answered, Fetcher, Reply
from crawlers.joining import read_whole
from crawlers.pages import ELSEWHERE, article_of, owner_of, pause_after, where_it_led
from diembao.core.article import Outlet
from diembao.core.errors import RecordAway, RecordDamaged, Refused, Retry, SetAside
from diembao.core.ledger import Entry, Outcome, Pending
from diembao.core.shortage import is_shortage


async def visit_page(desk: Desk, fetcher: Fetcher, outlet: Outlet, pending: Pending) -> None:
    """Settle the visit, whatever happens."""
    entry, reply = pending.entry, None
    if entry.id in desk.reading:  # a source lists it anew: its page is read for that
        _fail(desk, entry, Outcome.DUPLICATE_URL, "")
        return
    try:
        reply = await fetcher.get(entry.url, max_bytes=desk.settings.max_page_bytes)
        await _take(desk, fetcher, outlet, entry, reply)
    except (RecordAway, RecordDamaged):  # it is us, not the outlet: the run ends here
        raise
    except Retry as error:
        now = desk.now()
        later = now + pause_after(pending.attempts, error)
        desk.ledger.revisit_failed(desk.run, entry, Outcome.RETRY, now=now, reason=str(error), not_before=later)
    except Answered as error:
        _fail(desk, entry, Outcome.REFUSED, error.reason, error)
    except Refused as error:
        _fail(desk, entry, Outcome.REFUSED, error.reason)
    except SetAside as error:
        _fail(desk, entry, Outcome.QUARANTINED, str(error), reply)
    except Exception as error:  # a fault of ours in one page must not end the run: the bytes are kept
        if is_shortage(error):
            raise
        _fail(desk, entry, Outcome.QUARANTINED, f"fault: {error!r}", reply)
    desk.report()


async def _take(desk: Desk, fetcher: Fetcher, outlet: Outlet, entry: Entry, reply: Reply) -> None:
    url, key = where_it_led(desk, entry, reply.url)
    if url is None:
        _fail(desk, entry, Outcome.DUPLICATE_URL, "")
        return
    owner = owner_of(desk, outlet, entry, url)
    if owner is None:
        _fail(desk, entry, Outcome.REFUSED, ELSEWHERE)
        return
    joined = await read_whole(desk, fetcher, owner, reply)
    article, reading = article_of(desk, owner, entry, joined, url=url, key=key)
    desk.handled.add(key)
    desk.ledger.page_revisited(
        desk.run, entry, article, now=desk.now(), response=reply.body, hops=reply.hops, reading=reading
    )


def _fail(desk: Desk, entry: Entry, outcome: Outcome, reason: str, answer: Reply | Answered | None = None) -> None:
    body, hops = (answer.body, answer.hops) if answer else (None, ())
    desk.ledger.revisit_failed(desk.run, entry, outcome, now=desk.now(), reason=reason, response=body, hops=hops)
