"""One page, read: to an article in the store, or to a line on the books that says why not.

Where the page is refused or says nothing, the feed's own words are kept instead, if it has any.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import structlog

from crawlers.belonging import is_of, outlet_of, same_site
from crawlers.datelines import differing
from crawlers.dates import better
from crawlers.desk import Desk
from crawlers.extract import Page
from crawlers.fetch import Fetcher, Reply
from crawlers.identity import identify, is_front_page
from crawlers.joining import Joined, read_whole
from crawlers.networks import is_film, is_network
from diembao.core.article import Article, DateFrom, Outlet, TextFrom
from diembao.core.errors import RecordAway, RecordDamaged, Refused, Retry, SetAside
from diembao.core.ledger import Entry, Outcome, Pending
from diembao.core.reading import DateSaid, Extent, Reading
from diembao.core.shortage import is_shortage

log = structlog.get_logger()

ELSEWHERE = "elsewhere"  # why: redirects led to a site of no outlet in the catalogue, or a list to a social network
FIRST_PAUSE = timedelta(minutes=10)  # before the second try; each later pause is twice as long
ENOUGH_TRIES = 5  # then the feed's words have to do
SHORT = 200  # characters; a page that says less than this and less than its feed is a notice, not the article


async def read_page(desk: Desk, fetcher: Fetcher, outlet: Outlet, pending: Pending) -> None:
    """Settle the entry, whatever happens."""
    with structlog.contextvars.bound_contextvars(article=pending.entry.id, outlet=outlet.id, run=desk.run):
        log.debug("page-asked", url=pending.entry.url, tries=pending.attempts)
        await _read_page(desk, fetcher, outlet, pending)


async def _read_page(desk: Desk, fetcher: Fetcher, outlet: Outlet, pending: Pending) -> None:
    entry, reply = pending.entry, None
    try:
        if is_network(urlsplit(entry.url).hostname or ""):  # an outlet's list may name one: it is no coverage of its
            _settle(desk, entry, Outcome.REFUSED, ELSEWHERE)
        else:
            _refuse_films(entry)
            reply = await fetcher.get(entry.url, max_bytes=desk.settings.max_page_bytes)
            await _take(desk, fetcher, outlet, entry, reply)
    except (RecordAway, RecordDamaged):  # it is us, not the outlet: the run ends here, and the entry stays pending
        raise
    except Retry as error:
        _later(desk, outlet, pending, error)
    except Refused as error:
        _do_without(desk, outlet, entry, error)
    except SetAside as error:
        _set_aside(desk, entry, str(error), reply)
    except Exception as error:  # a fault of ours in one page must not end the run: the bytes are kept
        if is_shortage(error):
            raise
        _set_aside(desk, entry, f"fault: {error!r}", reply)
    desk.report()


def _refuse_films(entry: Entry) -> None:
    """An outlet's own channel: what its feed says is all there is to read."""
    if is_film(urlsplit(entry.url).hostname or ""):
        raise Refused("film", "the page is a player: the feed's words are the article")


async def _take(desk: Desk, fetcher: Fetcher, outlet: Outlet, entry: Entry, reply: Reply) -> None:
    url, key = where_it_led(desk, entry, reply.url)
    if url is None:
        _settle(desk, entry, Outcome.DUPLICATE_URL)
        return
    owner = owner_of(desk, outlet, entry, url)
    if owner is None:
        _settle(desk, entry, Outcome.REFUSED, ELSEWHERE)
        return
    joined = await read_whole(desk, fetcher, owner, reply)
    article, reading = article_of(desk, owner, entry, joined, url=url, key=key)
    desk.handled.add(key)
    outcome = desk.ledger.page_stored(
        desk.run, entry, article, now=desk.now(), response=reply.body, hops=reply.hops, reading=reading
    )
    log.debug("page-settled", outcome=outcome, became=article.id)


def article_of(
    desk: Desk, outlet: Outlet, entry: Entry, joined: Joined, *, url: str, key: str
) -> tuple[Article, Reading]:
    """What the page says, at the address where it was found.

    Raises:
        Refused: "empty": nothing to keep, on the page and in the feed.
    """
    page = joined.page
    article = replace(_from_page(desk, outlet, entry, page), id=key, url=url)
    whole = article.text_from is TextFrom.FEED
    reading = Reading(
        Extent.WHOLE if whole else page.extent,
        "" if whole else page.why,
        page.form,
        _dates(article, entry, page, outlet),
        page.editions,
        joined.further,
    )
    return article, reading


def _dates(article: Article, entry: Entry, page: Page, outlet: Outlet) -> tuple[DateSaid, ...]:
    """What feed and page say, where they differ; the one that the article has first."""
    listed = entry.published_at
    feed = (DateSaid(DateFrom.FEED, listed, listed.isoformat()),) if listed else ()
    told = differing((*feed, *page.dates), ZoneInfo(outlet.timezone))
    return tuple(sorted(told, key=lambda each: each.where is not article.published_from))


def where_it_led(desk: Desk, entry: Entry, final: str) -> tuple[str | None, str]:
    """Address and id of the article; no address: a redirect led to one that this run has in hand already."""
    url, key = identify(final)
    if key == entry.id:
        return url, key
    if is_front_page(url) and not is_front_page(entry.url):
        raise Refused("redirect", "the address leads to the front page: the article is gone")
    return (None if key in desk.handled else url), key


def owner_of(desk: Desk, outlet: Outlet, entry: Entry, url: str) -> Outlet | None:
    """Whose the article is: the outlet's that listed it, unless redirects led to another site. Then its whose site
    that is; None: no outlet's of the catalogue.
    """
    if same_site(url, entry.url) or same_site(url, outlet.home):
        return outlet
    owner = outlet_of(url, desk.outlets.values())
    return outlet if owner is None and is_of(url, outlet) else owner


def _from_page(desk: Desk, outlet: Outlet, entry: Entry, page: Page) -> Article:
    when, where = better(entry.published_at, (page.published_at, page.published_from))
    of_feed = max(entry.text, entry.summary, key=len)
    notice = len(page.words) < SHORT or page.extent is Extent.STUB  # where the feed has more, that is the article
    if not page.text or (notice and len(page.words) < len(of_feed)):
        if not of_feed and not page.lead:
            raise Refused("empty", "no text on the page, none in the feed")
        if of_feed:
            article = _from_feed(desk, outlet, entry)
            return replace(article, title=entry.title or page.title, published_at=when, published_from=where)
    return Article(
        id=entry.id,
        url=entry.url,
        outlet=outlet.id,
        title=page.title or entry.title,
        lead=page.lead,
        text=page.text,
        text_from=TextFrom.PAGE,
        language=outlet.language,
        published_at=when,
        published_from=where,
        seen_at=desk.now(),
    )


def _from_feed(desk: Desk, outlet: Outlet, entry: Entry) -> Article:
    return Article(
        id=entry.id,
        url=entry.url,
        outlet=outlet.id,
        title=entry.title,
        lead=entry.summary if entry.summary[:SHORT] not in entry.text[: 2 * SHORT] else "",
        text=entry.text,
        text_from=TextFrom.FEED,
        language=outlet.language,
        published_at=entry.published_at,
        published_from=DateFrom.FEED if entry.published_at else DateFrom.NONE,
        seen_at=desk.now(),
    )


def _do_without(desk: Desk, outlet: Outlet, entry: Entry, error: Refused) -> None:
    """The page cannot be had: the feed's words, or nothing."""
    if not (entry.summary or entry.text):
        _settle(desk, entry, Outcome.REFUSED, error.reason)
        return
    desk.ledger.page_stored(desk.run, entry, _from_feed(desk, outlet, entry), now=desk.now(), response=None)


def _later(desk: Desk, outlet: Outlet, pending: Pending, error: Retry) -> None:
    entry = pending.entry
    if pending.attempts >= ENOUGH_TRIES and (entry.summary or entry.text):
        _do_without(desk, outlet, entry, Refused("unreachable", str(error)))
        return
    now = desk.now()
    pause = pause_after(pending.attempts, error)
    desk.ledger.page_settled(desk.run, entry, Outcome.RETRY, now=now, reason=str(error), not_before=now + pause)
    log.debug("page-settled", outcome=Outcome.RETRY, why=str(error))


def pause_after(attempts: int, error: Retry) -> timedelta:
    """Before the next try: twice as long each time, and never before the server's Retry-After."""
    return max(FIRST_PAUSE * (1 << attempts), timedelta(seconds=error.after or 0))


def _settle(desk: Desk, entry: Entry, outcome: Outcome, reason: str = "") -> None:
    desk.ledger.page_settled(desk.run, entry, outcome, now=desk.now(), reason=reason)
    log.debug("page-settled", outcome=outcome, why=reason)


def _set_aside(desk: Desk, entry: Entry, reason: str, reply: Reply | None) -> None:
    """With everything that another reading needs."""
    body, hops = (reply.body, reply.hops) if reply else (None, ())
    outcome = Outcome.QUARANTINED
    desk.ledger.page_settled(desk.run, entry, outcome, now=desk.now(), reason=reason, response=body, hops=hops)
    log.warning("page-set-aside", why=reason)
