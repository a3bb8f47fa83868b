"""Which outlet of the catalogue an address belongs to.

By its exact host (`www.`, `m.` and `amp.` folded), never by a domain: subdomains are editions of their own. Editions
that share a host are told apart by the paths of their homes.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from crawlers.identity import canonical
from diembao.core.article import Outlet

if TYPE_CHECKING:
    from tldextract import TLDExtract


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


def is_of(url: str, outlet: Outlet) -> bool:
    """On the site of anything that the outlet's entry names: its home, its sources, its examples."""
    named = (outlet.home, *outlet.sources, *outlet.articles)
    return any(same_site(url, each) for each in named)


def same_site(url: str, other: str) -> bool:
    """One registrable domain: what redirects from one subdomain to another stays with its outlet. Hosts by number, as
    in tests and intranets, are one with themselves only, their port included.
    """
    one, two = (urlsplit(canonical(each)) for each in (url, other))
    domains = [_domain()(each.hostname or "").top_domain_under_public_suffix for each in (one, two)]
    return domains[0] == domains[1] if all(domains) else one.netloc == two.netloc


@cache
def _domain() -> TLDExtract:
    """By the list of endings that comes with the library: nothing is fetched or written."""
    from tldextract import TLDExtract

    return TLDExtract(cache_dir=None, suffix_list_urls=())


def _place(url: str) -> tuple[str, str]:
    parts = urlsplit(canonical(url))
    return parts.netloc.removeprefix("www."), f"{parts.path.rstrip('/')}/"
