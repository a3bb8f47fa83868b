"""The same article in other languages, as its page names them (hreflang). Never the same article, never copies unseen.

What is left out: the page itself under whatever address, its own language, front pages of other editions (many pages
name those when there is no translation), addresses that are none.
"""

from __future__ import annotations

import re
from urllib.parse import urljoin

from crawlers.identity import identify, is_front_page
from crawlers.markup import Markup
from diembao.core.article import Outlet
from diembao.core.errors import Refused
from diembao.core.reading import Edition

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")


def editions_of(markup: Markup, url: str, outlet: Outlet) -> tuple[Edition, ...]:
    try:
        own = identify(url)[1]
    except Refused:
        return ()
    mine = _bare(outlet.language)
    found: dict[str, Edition] = {}
    for language, link in markup.editions:
        if not _LANGUAGE.fullmatch(language) or _bare(language) == mine:
            continue
        try:
            address, key = identify(urljoin(url, link))
        except (Refused, ValueError):
            continue
        if key != own and not is_front_page(address):
            found.setdefault(key, Edition(key, address, language.replace("_", "-")))
    return tuple(found.values())


def _bare(language: str) -> str:
    """`zh-Hant` and `zh-Hans` are two, `en-US` and `en-GB` one."""
    low = language.lower().replace("_", "-")
    if low.startswith("zh"):
        return "zh-hant" if any(part in low for part in ("hant", "tw", "hk", "mo")) else "zh-hans"
    return low.partition("-")[0]
