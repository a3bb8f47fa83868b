"""Pages of the outlets: an article, a front page, an error, a picture. Skeletons lie in demo/shells."""

from __future__ import annotations

import json
import random
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import cache
from html import escape
from pathlib import Path
from string import Template
from typing import Any, Final

from demo.datelines import iso, visible
from demo.edition import Item
from demo.furniture import FURNITURE, Furniture
from demo.outlet import Feed, Outlet

_SHELLS: Final = Path(__file__).parent / "shells"
_IN_A_BOX: Final = 4  # links in a box of related or latest articles
_OLD: Final = frozenset({"plain", "table"})  # content systems from before meta elements were common
_FEED_TYPES: Final = {"rss": "application/rss+xml", "atom": "application/atom+xml", "rdf": "application/rss+xml"}


@cache
def _shell(name: str) -> Template:
    return Template((_SHELLS / name).read_text(encoding="utf-8"))


def article(item: Item, base: str, address: str, others: Sequence[Item]) -> str:
    """The page of an article at one of its addresses; `others` are all visible articles of the outlet, newest first."""
    outlet = item.outlet
    older = [other for other in others if other.at < item.at and other.piece.slug != item.piece.slug]
    older.sort(key=lambda other: other.piece.section != item.piece.section)  # same section first, else newest
    newest = [other for other in others if other.piece.slug != item.piece.slug]
    paragraphs = [f'<p class="Normal">{escape(text)}</p>' for text in item.body]
    dateline = "" if item.dated is None else _dateline(item.dated, outlet)
    main = _shell(f"{outlet.look.shell}.html").substitute(
        _words(outlet),
        section=escape(item.piece.section),
        title=escape(item.title),
        lead=escape(item.lead),
        dateline=dateline,
        figure=_figure(item),
        body="\n".join(paragraphs),
        body_first=paragraphs[0],
        body_rest="\n".join(paragraphs[1:]),
        older=_links(older[:_IN_A_BOX]),
        newest=_links(newest[:_IN_A_BOX]),
    )
    return _framed(outlet, f"{item.title} - {outlet.name}", _head(item, base, address), main)


def front(outlet: Outlet, items: Sequence[Item]) -> str:
    """The front page: every article, newest first."""
    entries = "".join(
        f'<li><h2><a href="{escape(item.listed[0])}">{escape(item.title)}</a></h2>'
        f'<div class="small">{escape(item.piece.section)} · {visible(item.at, outlet.language)}</div>'
        f"<div>{escape(item.lead)}</div></li>"
        for item in items
    )
    main = _shell("front.html").substitute(_words(outlet), entries=entries)
    return _framed(outlet, f"{outlet.name} - {outlet.tagline}", "", main)


def error(outlet: Outlet, reason: str) -> str:
    main = (
        f'<div class="page"><div><h1>{escape(reason)}</h1><p><a href="/">{_furniture(outlet).home}</a></p></div></div>'
    )
    return _framed(outlet, reason, "", main)


def missing(outlet: Outlet) -> str:
    return error(outlet, _furniture(outlet).missing)


def picture(outlet: Outlet, number: str) -> str:
    """Hills under a sky, drawn from the number."""
    drawn = random.Random(number)

    def hills(height: int) -> str:
        crest = " ".join(f"{x},{height + drawn.randrange(-40, 40)}" for x in range(0, 721, 90))
        return f"0,400 {crest} 720,400"

    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 720 400"><rect width="720" height="400" fill="#e8e4da"/>'
        f'<circle cx="{drawn.randrange(80, 640)}" cy="{drawn.randrange(60, 140)}" r="34" fill="#d9b779"/>'
        f'<polygon points="{hills(210)}" fill="{outlet.look.accent}" opacity=".35"/>'
        f'<polygon points="{hills(290)}" fill="{outlet.look.accent}" opacity=".6"/></svg>\n'
    )


def _furniture(outlet: Outlet) -> Furniture:
    return FURNITURE[outlet.language]


def _words(outlet: Outlet) -> Mapping[str, str]:
    words = _furniture(outlet)
    names = ("home", "related", "latest", "share", "comments", "cookie", "accept", "more")
    return {name: escape(getattr(words, name)) for name in names} | {
        "name": escape(outlet.name),
        "tagline": escape(outlet.tagline),
    }


def _framed(outlet: Outlet, page_title: str, head: str, main: str) -> str:
    css = _shell("paper.css").substitute(accent=outlet.look.accent, paper=outlet.look.paper, type=outlet.look.type)
    feed = next(iter(outlet.feeds), None)
    menu = "".join(f'<a href="{escape(feed.path)}">RSS {escape(feed.section)}</a>' for feed in outlet.feeds)
    lists = "".join(f'<a href="{escape(path)}">{escape(path.strip("/"))}</a>' for path in outlet.listings)
    words = _furniture(outlet)
    return _shell("frame.html").substitute(
        language=outlet.language,
        charset_meta=_charset(outlet),
        page_title=escape(page_title),
        head=head + (_feed_link(feed, outlet) if feed else ""),
        name=escape(outlet.name),
        tagline=escape(outlet.tagline),
        css=css,
        menu=f'<a href="/">{escape(words.home)}</a>{menu}{lists}',
        main=main,
        rights=escape(words.rights),
    )


def _feed_link(feed: Feed, outlet: Outlet) -> str:
    kind, name = _FEED_TYPES[feed.form], escape(outlet.name)
    return f'<link rel="alternate" type="{kind}" href="{escape(feed.path)}" title="{name}">\n'


def _charset(outlet: Outlet) -> str:
    """Old content systems write the old form; the newsroom swaps the name in for a page in another encoding."""
    if outlet.look.shell in _OLD:
        return f'<meta http-equiv="Content-Type" content="text/html; charset={outlet.charset}">\n'
    return f'<meta charset="{outlet.charset}">\n'


def _dateline(when: datetime, outlet: Outlet) -> str:
    return f'<div class="date">{escape(visible(when, outlet.language))}</div>\n'


def _figure(item: Item) -> str:
    caption = f"© {escape(item.outlet.name)}"
    source = f"/anh/{item.picture}.svg"
    return f'<figure><img src="{source}" alt="" width="720" height="400"><figcaption>{caption}</figcaption></figure>'


def _links(items: Iterable[Item]) -> str:
    return "".join(f'<li><a href="{escape(item.listed[0])}">{escape(item.title)}</a></li>' for item in items)


def _head(item: Item, base: str, address: str) -> str:
    """What stands in the head differs by shell: JSON-LD, meta elements, or nothing but the title."""
    shell, canonical = item.outlet.look.shell, escape(base + address)
    if shell in _OLD:
        return ""
    lines = [f'<link rel="canonical" href="{canonical}">', f'<meta property="og:title" content="{escape(item.title)}">']
    if shell != "tabloid":
        lines.append(f'<meta name="description" content="{escape(item.lead)}">')
    if shell in {"description", "agency"} and item.dated:
        name = 'name="pubdate"' if shell == "description" else 'property="article:published_time"'
        lines.append(f'<meta {name} content="{iso(item.dated)}">')
    if shell in {"sapo", "magazine"}:
        lines.append(_json_ld(item, base + address, graph=shell == "magazine"))
    return "\n".join(lines) + "\n"


def _json_ld(item: Item, address: str, *, graph: bool) -> str:
    news: dict[str, Any] = {
        "@type": "NewsArticle",
        "headline": item.title,
        "description": item.lead,
        "mainEntityOfPage": address,
        "inLanguage": item.outlet.language,
        "publisher": {"@type": "Organization", "name": item.outlet.name},
    }
    if item.dated:
        news["datePublished"] = iso(item.dated)
        news["dateModified"] = iso(max(item.changed, item.dated))
    site = {"@type": "WebSite", "name": item.outlet.name, "inLanguage": item.outlet.language}
    context = {"@context": "https://schema.org"}
    data = context | ({"@graph": [site, news]} if graph else news)
    written = json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    return f'<script type="application/ld+json">{written}</script>'
