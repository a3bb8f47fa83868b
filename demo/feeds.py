"""Feeds, sitemaps and robots.txt of the outlets, as text."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from html import escape
from typing import Final

from demo import datelines
from demo.edition import Item
from demo.faults import CLOSED_PATH
from demo.outlet import Feed, Outlet

SHAPES: Final[dict[str, Callable[[datetime], str]]] = {
    "rfc822": datelines.rfc822,
    "rfc822_gmt_plus": datelines.rfc822_gmt_plus,
    "month_first": datelines.month_first,
    "iso": datelines.iso,
}
_NEWS: Final = "http://www.google.com/schemas/sitemap-news/0.9"
EPOCH: Final = "Thu, 01 Jan 1970 00:00:00 GMT"


def feed(spec: Feed, outlet: Outlet, base: str, items: Sequence[Item]) -> str:
    """The feed's document, before its fault if it has one. `base` is the outlet's address, no slash at its end."""
    chosen = [item for item in items if spec.section in {"", item.piece.section}]
    entries = [_Entry(spec, base, item, path) for item in chosen for path in item.listed]
    updated = max((item.changed for item in chosen), default=None)
    return {"rss": _rss, "atom": _atom, "rdf": _rdf}[spec.form](spec, outlet, base, entries, updated)


class _Entry:
    """One entry, its parts escaped for XML."""

    def __init__(self, spec: Feed, base: str, item: Item, path: str) -> None:
        tail = ("&" if "?" in path else "?") + "utm_source=rss&utm_medium=feed" if spec.tracked else ""
        self.link = escape(("" if spec.relative else base) + path + tail)
        self.title = escape(item.title)
        self.summary = escape(_pictured(base, item, path) if spec.pictured else item.lead)
        self.full = escape("".join(f"<p>{escape(x)}</p>" for x in (item.lead, *item.body))) if spec.full else ""
        self.date = "" if item.dated is None else SHAPES[spec.dates](item.dated)
        if item.piece.fault == "epoch":
            self.date = EPOCH
        self.updated = SHAPES[spec.dates](item.changed)


def _pictured(base: str, item: Item, path: str) -> str:
    link, picture = escape(base + path), f"{base}/anh/{item.picture}.svg"
    return f'<a href="{link}"><img src="{picture}" alt=""></a></br>{escape(item.lead)}'


def _rss(spec: Feed, outlet: Outlet, base: str, entries: Sequence[_Entry], updated: datetime | None) -> str:
    built = f"<lastBuildDate>{datelines.rfc822(updated)}</lastBuildDate>" if updated else ""
    lines = [
        f'<?xml version="1.0" encoding="{spec.encoding.upper()}"?>',
        '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>',
        f"<title>{escape(outlet.name)}</title><link>{base}/</link><description>{escape(outlet.tagline)}</description>",
        f"<language>{outlet.language}</language>{built}",
    ]
    for entry in entries:
        date = f"<pubDate>{entry.date}</pubDate>" if entry.date else ""
        full = f"<content:encoded>{entry.full}</content:encoded>" if entry.full else ""
        lines.append(
            f"<item><title>{entry.title}</title><link>{entry.link}</link>"
            f'<guid isPermaLink="false">{outlet.id}{entry.link}</guid>{date}'
            f"<description>{entry.summary}</description>{full}</item>"
        )
    return "\n".join([*lines, "</channel></rss>\n"])


def _atom(spec: Feed, outlet: Outlet, base: str, entries: Sequence[_Entry], updated: datetime | None) -> str:
    built = f"<updated>{datelines.iso(updated)}</updated>" if updated else ""
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{outlet.language}">',
        f"<title>{escape(outlet.name)}</title><subtitle>{escape(outlet.tagline)}</subtitle><id>{base}{spec.path}</id>",
        f'<link rel="self" href="{base}{spec.path}"/><link rel="alternate" href="{base}/"/>{built}',
    ]
    for entry in entries:
        date = f"<published>{entry.date}</published>" if entry.date else ""
        full = f'<content type="html">{entry.full}</content>' if entry.full else ""
        lines.append(
            f'<entry><title>{entry.title}</title><link rel="alternate" href="{entry.link}"/><id>{entry.link}</id>'
            f"{date}<updated>{entry.updated}</updated><summary>{entry.summary}</summary>{full}</entry>"
        )
    return "\n".join([*lines, "</feed>\n"])


def _rdf(spec: Feed, outlet: Outlet, base: str, entries: Sequence[_Entry], updated: datetime | None) -> str:
    built = f"<dc:date>{datelines.iso(updated)}</dc:date>" if updated else ""
    listed = "".join(f'<rdf:li rdf:resource="{entry.link}"/>' for entry in entries)
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"',
        ' xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">',
        f'<channel rdf:about="{base}{spec.path}"><title>{escape(outlet.name)}</title><link>{base}/</link>',
        f"<description>{escape(outlet.tagline)}</description>{built}",
        f"<items><rdf:Seq>{listed}</rdf:Seq></items></channel>",
    ]
    for entry in entries:
        date = f"<dc:date>{entry.date}</dc:date>" if entry.date else ""
        lines.append(
            f'<item rdf:about="{entry.link}"><title>{entry.title}</title><link>{entry.link}</link>'
            f"<description>{entry.summary}</description>{date}</item>"
        )
    return "\n".join([*lines, "</rdf:RDF>\n"])


def sitemap(base: str, items: Sequence[Item]) -> str:
    """Canonical addresses with the time of their last change."""
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">',
    ]
    lines.extend(
        f"<url><loc>{escape(base + item.address)}</loc><lastmod>{datelines.iso(item.changed)}</lastmod></url>"
        for item in items
    )
    return "\n".join([*lines, "</urlset>\n"])


def news_sitemap(outlet: Outlet, base: str, items: Sequence[Item]) -> str:
    """Addresses with titles and times, as search engines for news ask for them."""
    about = f"<news:publication><news:name>{escape(outlet.name)}</news:name>"
    about += f"<news:language>{outlet.language}</news:language></news:publication>"
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="{_NEWS}">',
    ]
    lines.extend(
        f"<url><loc>{escape(base + item.address)}</loc><news:news>{about}"
        f"<news:publication_date>{datelines.iso(item.at)}</news:publication_date>"
        f"<news:title>{escape(item.title)}</news:title></news:news></url>"
        for item in items
    )
    return "\n".join([*lines, "</urlset>\n"])


def robots(outlet: Outlet, base: str) -> str:
    delay = f"Crawl-delay: {outlet.crawl_delay}\n" if outlet.crawl_delay else ""
    sitemaps = () if outlet.listings else (*outlet.sitemaps, "/sitemap.xml")
    named = "".join(f"Sitemap: {base}{path}\n" for path in sitemaps)
    return f"User-agent: *\nDisallow: {CLOSED_PATH}\n{delay}{named}"
