"""One page to a recorded folder: from what is kept of it, else asked for once, as politely as any."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from diembao.core.article import Outlet
from diembao.core.errors import Refused, WrongUse
from diembao.pipeline.sourcing import errand_of
from diembao.pipeline.wiring import Installation

if TYPE_CHECKING:
    from crawlers.fetch import Fetcher
    from crawlers.recording import Recorded


def record(house: Installation, url: str, folder: Path, outlet: str, now: Callable[[], datetime]) -> bool:
    """Was it kept already? Then nothing was asked for. ``outlet`` "": the one whose home is at this host.

    Raises:
        WrongUse: no outlet of the catalogue is at this host, or the folder is there.
        Refused, Retry, SetAside: the page could not be had, or not be read.
    """
    from crawlers.identity import identify
    from crawlers.recording import write

    try:
        address, key = identify(url)
    except Refused as error:
        raise WrongUse(f"'{url}' is no address") from error
    known = _known(house, key)
    write(folder, known or _fetched(house, address, _outlet_of(house, address, outlet), now))
    return known is not None


def _known(house: Installation, key: str) -> Recorded | None:
    from crawlers.recording import Recorded

    item = house.store.article(key)
    body = house.store.response(item.article.response) if item and item.article.response else None
    outlet = house.outlets.get(item.article.outlet) if item else None
    if item is None or body is None or outlet is None:
        return None
    hops = house.store.hops(key, item.article.response)
    return Recorded(item.article.url, outlet, item.article.seen_at, body, hops[-1].head if hops else b"")


def _outlet_of(house: Installation, url: str, named: str) -> Outlet:
    if named:
        if named not in house.outlets:
            raise WrongUse(f"'{named}' is not in the catalogue")
        return house.outlets[named]
    host = (urlsplit(url).hostname or "").removeprefix("www.")
    for outlet in house.outlets.values():
        if (urlsplit(outlet.home).hostname or "").removeprefix("www.") == host:
            return outlet
    raise WrongUse(f"no outlet of the catalogue is at {host}; name one with --outlet")


def _fetched(house: Installation, url: str, outlet: Outlet, now: Callable[[], datetime]) -> Recorded:
    from crawlers.recording import Recorded

    found: list[Recorded] = []

    async def work(fetcher: Fetcher) -> None:
        reply = await fetcher.get(url, max_bytes=house.settings.crawl.max_page_bytes)
        found.append(Recorded(reply.url, outlet, now(), reply.body, reply.hops[-1].head))

    errand_of(house, now, work)
    return found[0]
