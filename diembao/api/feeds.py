"""A saved search as a feed, for a reader of feeds: no session, only the address, which its owner may revoke.

What it shows is what its owner may see at the moment it is asked for: an account that was closed, a right that was
taken, a search that was removed, a token that is forged or revoked are all answered alike, with 404. The token stands
in the query of the address, never in a path, a log or the record.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime, parsedate_to_datetime

import structlog
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from diembao.api.limits import Limits, network
from diembao.api.rights import Act, Visitor, opens
from diembao.core.errors import QueryError, Retry
from diembao.core.outgoing import Feed
from diembao.core.ports import SortBy
from diembao.pipeline.wiring import Installation
from diembao.response.atom import ENTRIES, MEDIA, Feeds, Made
from diembao.response.numbered import FEED_PAGE, TOKEN

log = structlog.get_logger()

# Seconds for which a reader need not ask again; seconds it is asked to wait where the index is away.
FRESH, AWAY = 300, 60


@dataclass(frozen=True)
class FeedPage:
    """``house`` is the whole of the installation."""

    house: Installation
    now: Callable[[], datetime]
    limits: Limits

    def routes(self) -> list[Route]:
        return [Route(FEED_PAGE, self._answer, methods=["GET", "HEAD"])]

    async def _answer(self, request: Request) -> Response:
        after = self.limits.of_asker(f"feed:{network(request.client.host if request.client else '')}")
        if after:
            return _said("quá nhiều lần trong một phút (too often)", 429, round(after) + 1)
        try:
            made = await run_in_threadpool(self._made, request.query_params.get("ma", "")[: TOKEN + 1])
        except Retry as error:
            log.warning("feed-waits", why=str(error))
            return _said("máy tìm kiếm tạm không trả lời (try again later)", 503, AWAY)
        return _said("không có nguồn tin này (there is no such feed)", 404) if made is None else _feed(made, request)

    def _made(self, token: str) -> Made | None:
        number = self.house.feeds.opened(token)
        feed = self.house.record.feed(number) if number else None
        if feed is None or feed.province not in self.house.watched or not self._may(feed):
            return None
        house = self.house.of(feed.province)
        try:
            query = house.query(saved_as(feed.search), self.now())
        except QueryError:  # the search was removed
            return None
        hits = house.index.search(query, sort=SortBy.NEWEST, limit=ENTRIES).hits
        items = house.store.rows([hit.id for hit in hits])
        province = house.profile.id if house.several else ""
        feeds = Feeds(house.profile.name, house.outlet_name, house.settings.web.public_url, province)
        return feeds.made(str(feed.number), feed.search, items)

    def _may(self, feed: Feed) -> bool:
        """Whoever owns it, as they are now."""
        account = self.house.record.account(feed.account)
        if account is None or account.disabled or account.erased:
            return False
        who = Visitor(account.actor, f"feed:{feed.number}", (), account.grants)
        return opens(who, Act.READ_COVERAGE, feed.province)


def saved_as(name: str) -> str:
    """The query that stands for a saved search."""
    return f'lưu:"{name}"'  # no name has a quotation mark


def _feed(made: Made, request: Request) -> Response:
    headers = {"ETag": made.etag, "Cache-Control": f"private, max-age={FRESH}", "X-Robots-Tag": "noindex"}
    if made.changed:
        headers["Last-Modified"] = format_datetime(made.changed.replace(microsecond=0), usegmt=True)
    if _is_known(made, request):
        return Response(status_code=304, headers=headers)
    return Response(made.body, media_type=MEDIA, headers=headers)


def _is_known(made: Made, request: Request) -> bool:
    """An entity tag outranks a time."""
    asked = request.headers.get("if-none-match")
    if asked is not None:
        return any(each.strip().removeprefix("W/") in {made.etag, "*"} for each in asked[:2000].split(","))
    try:
        since = parsedate_to_datetime(request.headers.get("if-modified-since", ""))
    except ValueError:
        return False
    return made.changed is not None and since.tzinfo is not None and made.changed.replace(microsecond=0) <= since


def _said(words: str, status: int, after: int = 0) -> Response:
    headers = {"Cache-Control": "no-store", **({"Retry-After": str(after)} if after else {})}
    return PlainTextResponse(words, status, headers=headers)
