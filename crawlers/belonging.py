"""Which outlet of the catalogue an address belongs to.

By its exact host (`www.`, `m.` and `amp.` folded), never by a domain: subdomains are editions of their own. Editions
that share a host are told apart by the paths of their homes.
"""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlsplit

from crawlers.identity import canonical
from diembao.core.article import Outlet


def outlet_of(url: str, outlets: Iterable[Outlet]) -> Outlet | None:
    """None: of no outlet in the catalogue.

    Raises:
        Refused: "address".
    """
    host, path = _place(url)
    fitting: list[tuple[int, Outlet]] = []
    for outlet in outlets:
        home, start = _place(outlet.home)
        hosts = {home, *(_place(each)[0] for each in outlet.articles)}
        if host in hosts:
            fitting.append((len(start) if path.startswith(start) else 0, outlet))
    return max(fitting, key=lambda pair: pair[0])[1] if fitting else None


def _place(url: str) -> tuple[str, str]:
    parts = urlsplit(canonical(url))
    return parts.netloc.removeprefix("www."), f"{parts.path.rstrip('/')}/"
