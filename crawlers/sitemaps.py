"""Sitemaps: of pages, of news, of other sitemaps; XML that is wrong in the usual ways, plain text, packed.

Entities are refused before any parser sees them. lxml mends what it can: bad namespaces, stray text, a missing end;
a document that broke off is known as one. A sitemap lists its newest last as often as first: here they come
newest first, so that a limit cuts off the old ones.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from crawlers.dates import Reading, read
from crawlers.listed import Child, Item, joined
from crawlers.rules import rule_of
from diembao.core.article import Outlet
from diembao.core.errors import Refused, SetAside

if TYPE_CHECKING:
    from lxml.etree import _Element

MAX_UNPACKED = 60_000_000  # bytes; the protocol allows 50 MB
MAX_CHILDREN = 50_000  # of one index; the protocol's own limit
AT_ONCE = 4  # sitemaps of an index in one run: today's, and what a gap of a few days left
FRESH = timedelta(days=2)  # a sitemap that did not change for so long has nothing for a poll
_ROOT = re.compile(r"^\s*(?:<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^>]*>|\s)*<(?:\w+:)?(urlset|sitemapindex)[\s>/]", re.DOTALL)
_ENTITY = re.compile(r"<!ENTITY", re.IGNORECASE)
_ADDRESS = re.compile(r"https?://\S+\Z")
_DAY = re.compile(r"(?<!\d)(20\d\d)[-_/]?(1[0-2]|0?[1-9])(?:[-_/]?(3[01]|[12]\d|0?[1-9]))?(?!\d)")


def unpacked(data: bytes) -> bytes:
    """A gzip file's content, whatever it was called; anything else as it is.

    Raises:
        Refused: "size".
        SetAside: it cannot be unpacked.
    """
    if data[:2] != b"\x1f\x8b":
        return data
    unpack = zlib.decompressobj(wbits=31)
    try:
        found = unpack.decompress(data, MAX_UNPACKED)
    except zlib.error as error:
        raise SetAside(f"no feed: a packed file that cannot be unpacked ({error})") from error
    if unpack.unconsumed_tail:
        raise Refused("size", f"more than {MAX_UNPACKED} bytes unpacked")
    return found


def is_sitemap(text: str) -> bool:
    """By its root; a list of addresses, one a line, is one too."""
    if _ROOT.match(text[:20_000]):
        return True
    lines = text[:20_000].split()
    return bool(lines) and all(map(_ADDRESS.match, lines[:20]))


def read_sitemap(text: str, source: str, outlet: Outlet, now: datetime) -> tuple[list[Item], tuple[Child, ...], bool]:
    """Its items, newest first, or the sitemaps it names; and whether it came to its end. Where the outlet has examples
    of its articles' addresses, others are sections and tags, and no items.

    Raises:
        SetAside: entities of its own, or nothing that can be read.
    """
    if not _ROOT.match(text[:20_000]):
        items = [Item(link) for link in text.split() if _ADDRESS.match(link)]
        return _of_articles(items, outlet), (), True
    if _ENTITY.search(text):
        raise SetAside("entities: the sitemap declares entities of its own, which could grow without end")
    root, whole = _tree(text)
    how = Reading.of(outlet, now)
    if _name(root) == "sitemapindex":
        return [], tuple(_children(root, source, how)), whole
    items = sorted(_items(root, source), key=lambda item: _age(item, how), reverse=True)
    return _of_articles(items, outlet), (), whole


def fresh(children: Sequence[Child], now: datetime) -> list[Child]:
    """Those of an index that a poll looks at: changed in the last days, by lastmod or else by the date in their
    name; of those without either, the first and the last.
    """
    dated = [(when, child) for child in children if (when := child.changed or last_day(child.url))]
    new = [child for when, child in sorted(dated, key=lambda pair: pair[0], reverse=True) if when > now - FRESH]
    if new:
        return new[:AT_ONCE]
    undated = [child for child in children if not (child.changed or last_day(child.url))]
    return list({child.url: child for child in (*undated[:1], *undated[-1:])}.values())


def within(children: Sequence[Child], start: datetime, end: datetime) -> list[Child]:
    """Those that may hold something of a period: not named for another one, not unchanged since before it."""
    return [child for child in children if _may_hold(child, start, end)]


def _may_hold(child: Child, start: datetime, end: datetime) -> bool:
    days = named_days(child.url)
    if days:
        return days[0] < end and days[1] > start
    return child.changed is None or child.changed >= start


def named_days(url: str) -> tuple[datetime, datetime] | None:
    """First and last moment of the day or month that an address names (`news-2026-5.xml`), a day wider on both sides
    for the zones.
    """
    every = list(_DAY.finditer(url))
    if not every:
        return None
    found = every[-1]
    year, month, day = (int(part) if part else 0 for part in found.groups())
    try:
        first = datetime(year, month, day or 1, tzinfo=UTC)
    except ValueError:
        return None
    length = timedelta(days=1 if day else 31)
    return first - timedelta(days=1), first + length + timedelta(days=1)


def last_day(url: str) -> datetime | None:
    days = named_days(url)
    return days[1] if days else None


def _tree(text: str) -> tuple[_Element, bool]:
    from lxml import etree

    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, huge_tree=False)
    body = re.sub(r"^\s*<\?xml[^>]*\?>", "", text, count=1).encode("utf-8", "replace")
    root = etree.fromstring(body, parser)
    if root is None:
        raise SetAside("no feed: a sitemap that cannot be read")
    return root, re.search(r"</(?:\w+:)?(?:urlset|sitemapindex)\s*>\s*(?:<!--.*?-->\s*)*\Z|/>\s*\Z", text) is not None


def _items(root: _Element, source: str) -> Iterator[Item]:
    for url in root:
        if _name(url) != "url":
            continue
        found = dict(_texts(url))
        link = found.get("loc", "")
        dates = (found["publication_date"],) if found.get("publication_date") else ()
        yield Item(joined(source, link), found.get("title", ""), dates=dates, changed=found.get("lastmod", ""))


def _texts(url: _Element) -> Iterator[tuple[str, str]]:
    """Names and texts below an entry; pictures and films have titles of their own."""
    for element in url:
        name = _name(element)
        if name == "news":
            yield from ((_name(each), (each.text or "").strip()) for each in element)
        elif name in ("loc", "lastmod"):
            yield name, (element.text or "").strip()


def _children(root: _Element, source: str, how: Reading) -> Iterator[Child]:
    for sitemap in list(root)[:MAX_CHILDREN]:
        found = dict(_texts(sitemap))
        address = found.get("loc") or (sitemap.text or "").strip()
        if _name(sitemap) == "sitemap" and address:
            changed = found.get("lastmod", "")
            yield Child(joined(source, address), read(changed, how) if changed else None)


def _age(item: Item, how: Reading) -> datetime:
    when = next(iter(item.dates), "") or item.changed
    return (read(when, how) if when else None) or datetime.min.replace(tzinfo=UTC)


def _of_articles(items: Sequence[Item], outlet: Outlet) -> list[Item]:
    rule = rule_of(outlet.articles)
    return [item for item in items if rule is None or not item.link or rule.fits(item.link)]


def _name(element: _Element) -> str:
    return str(element.tag).rpartition("}")[2]  # a comment's is a function
