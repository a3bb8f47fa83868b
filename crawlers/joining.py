"""A page and the further pages of its article, read as one.

The further ones are asked for like every page: robots.txt, the guard, the host's turn. What cannot be had leaves the
article as it is, and said to be a part.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from crawlers.desk import Desk
from crawlers.extract import MAX_TEXT, Page, extract
from crawlers.fetch import Fetcher, Reply
from crawlers.layout import same_words
from crawlers.limit import time_limit
from crawlers.pager import MAX_PAGES
from diembao.core.article import Outlet
from diembao.core.errors import RecordAway, Refused, Retry, SetAside
from diembao.core.reading import Extent, Further

READ_TIME = 15.0  # seconds for one page; a long one takes a tenth


@dataclass(frozen=True, slots=True)
class Joined:
    """``further`` are the answers of the second page and those after it, in their order."""

    page: Page
    further: tuple[Further, ...] = ()


def read(desk: Desk, outlet: Outlet, reply: Reply, *, first: str = "", number: int = 1) -> Page:
    """One page. ``first`` is the address of the article's first page, ``number`` which one this is.

    Raises:
        Refused: "type", "size".
        SetAside: it takes too long.
    """
    with time_limit(READ_TIME, "the page"):
        return extract(
            reply.body,
            reply.url,
            outlet,
            desk.now(),
            content_type=reply.content_type,
            first=first,
            number=number,
        )


async def read_whole(desk: Desk, fetcher: Fetcher, outlet: Outlet, reply: Reply) -> Joined:
    """The page and what follows it, as far as it can be had.

    Raises:
        As `read`, of the first page.
    """
    page = read(desk, outlet, reply)
    further: list[Further] = []
    following, left = page.following, desk.settings.max_page_bytes
    for number in range(2, MAX_PAGES + 1):
        if not following or not page.text:
            return Joined(page, tuple(further))
        try:
            answer = await fetcher.get(following, max_bytes=left)
            more = read(desk, outlet, answer, first=page.first, number=number)
        except RecordAway:
            raise
        except (Retry, Refused, SetAside) as error:
            why = error.reason if isinstance(error, Refused) else str(error)
            return Joined(_part(page, number, why), tuple(further))
        joined = _with(page, more)
        if joined is None:
            return Joined(page, tuple(further))
        page, following, left = joined, more.following, left - len(answer.body)
        further.append(Further(answer.body, answer.hops))
        if left <= 0:
            break
    return Joined(_part(page, len(further) + 2, "size") if following else page, tuple(further))


def alone(page: Page) -> Page:
    """A page whose further ones are not asked for."""
    return _part(page, 2, "not asked for") if page.following else page


def _part(page: Page, number: int, why: str) -> Page:
    return replace(page, extent=Extent.PART, why=f"trang / page {number}: {why}")


def _with(page: Page, more: Page) -> Page | None:
    """None: what the link led to is another article, or says nothing that is not there already."""
    if page.title and more.title and more.title != page.title and not same_words(more.title, page.title):
        return None
    known = {page.title, page.lead, *page.text.split("\n")}
    lines = [each for each in more.words.split("\n") if each and each not in known]
    if not lines:
        return None
    return replace(page, text="\n".join((page.text, *lines))[:MAX_TEXT])
