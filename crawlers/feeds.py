"""A feed's bytes to its entries: RSS, Atom, RDF, JSON Feed. Pure: no network, no clock of its own.

The order of rules: too large is never read (crawlers/fetch.py) · bytes to text by our own rule
(crawlers/charset.py) · declared entities are refused before any parser sees them (they multiply) · feedparser
reads, we make plain text of what it finds · dates are read from the raw strings by our own rule, never
feedparser's guess of a zone · each entry becomes an `Entry` or a named refusal, none vanishes.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urljoin

from crawlers.bylines import without_bylines
from crawlers.charset import decode
from crawlers.dates import Reading, read
from crawlers.identity import identify
from crawlers.plain import line, plain
from diembao.core.article import Outlet
from diembao.core.errors import Refused, SetAside
from diembao.core.ledger import Entry

# Characters; more than any headline, lead or article needs.
MAX_TITLE, MAX_SUMMARY, MAX_TEXT = 500, 5_000, 200_000
_ENTITY = re.compile(r"<!ENTITY", re.IGNORECASE)
_OPEN, _CLOSED = re.compile(r"<(?:\w+:)?(?:item|entry)[\s>]"), re.compile(r"</(?:\w+:)?(?:item|entry)\s*>")
_DOUBLED = re.compile(r"^https?://[^/]*?(?=https?://)")  # `https://x.vnhttps://x.vn/a`, as one agency writes
_XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")


@dataclass(frozen=True, slots=True)
class Limits:
    """Of one feed: how many entries, and how old."""

    entries: int
    age: timedelta


@dataclass(frozen=True, slots=True)
class Refusal:
    """An entry that no rule lets in. ``key`` is its id, or a name for it where it has no address."""

    key: str
    url: str
    reason: str


@dataclass(frozen=True, slots=True)
class Feed:
    """What a source says now. ``whole`` is false if it broke off: then it must be read again in full."""

    entries: tuple[Entry, ...]
    refused: tuple[Refusal, ...]
    whole: bool = True


@dataclass(frozen=True, slots=True)
class _Item:
    """One entry as its format has it: raw strings, the link resolved or empty."""

    link: str = ""
    title: str = ""
    summary: str = ""
    text: str = ""
    dates: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()


def parse(data: bytes, source: str, outlet: Outlet, now: datetime, limits: Limits, *, content_type: str = "") -> Feed:
    """The entries of a feed, in its order.

    Raises:
        SetAside: this is no feed, or one that must not be parsed.
    """
    text = decode(data, content_type, outlet.language)
    if not text.strip():
        raise SetAside("empty: the answer has no content")
    items, whole = _json_items(text, source) if text.lstrip()[:1] == "{" else _xml_items(text, source)
    sort = _Sorter(source, outlet, Reading.of(outlet, now), limits)
    entries: list[Entry] = []
    refused: list[Refusal] = []
    for number, item in enumerate(items):
        found = sort.entry(item, number, broken=not whole and number == len(items) - 1)
        if isinstance(found, Entry):
            entries.append(found)
        else:
            refused.append(found)
    return Feed(tuple(entries), tuple(refused), whole)


@dataclass(frozen=True, slots=True)
class _Sorter:
    source: str
    outlet: Outlet
    how: Reading
    limits: Limits

    def entry(self, item: _Item, number: int, *, broken: bool) -> Entry | Refusal:
        title = line(plain(item.title))[:MAX_TITLE]
        if not item.link:
            return Refusal(self._name(item, number), self.source, "no-link")
        try:
            url, key = identify(_DOUBLED.sub("", item.link.strip()))
        except Refused:
            return Refusal(self._name(item, number), item.link[:MAX_TITLE], "address")
        if broken:
            return Refusal(key, url, "cut-off")
        if number >= self.limits.entries:
            return Refusal(key, url, "too-many")
        published = next(filter(None, (read(date, self.how) for date in item.dates)), None)
        if published and published < self.how.now - self.limits.age:
            return Refusal(key, url, "too-old")
        summary = line(without_bylines(plain(item.summary[: 4 * MAX_SUMMARY]), item.authors))[:MAX_SUMMARY]
        text = without_bylines(plain(item.text[: 2 * MAX_TEXT]), item.authors)[:MAX_TEXT]
        digest = _digest(title, summary, text, published.isoformat() if published else "")
        return Entry(key, url, self.outlet.id, self.source, title, summary, text, published, digest)

    def _name(self, item: _Item, number: int) -> str:
        """The same entry has the same name in the next run, wherever it stands then."""
        words = (item.link, item.title, item.summary, *item.dates)
        return "nameless:" + _digest(self.source, *(words if any(words) else (str(number),)))


def _digest(*parts: str) -> str:
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "replace")).hexdigest()[:16]


def _xml_items(text: str, source: str) -> tuple[list[_Item], bool]:
    """What feedparser finds, and whether the feed came to its end."""
    if _ENTITY.search(text):
        raise SetAside("entities: the feed declares entities of its own, which could grow without end")
    import feedparser

    # Plain text is made of everything below: sanitising markup and resolving links in it would be work for nothing.
    found = feedparser.parse(
        _XML_DECLARATION.sub("", text, count=1).lstrip().encode("utf-8", "replace"),
        response_headers={"content-type": "application/xml; charset=utf-8", "content-location": source},
        sanitize_html=False,
        resolve_relative_uris=False,
    )
    if not found.get("version") and not found.entries:
        raise SetAside(f"no feed: begins with {' '.join(text[:80].split())!r}")
    whole = not found.bozo or len(_OPEN.findall(text)) <= len(_CLOSED.findall(text))
    return [_from_feedparser(entry, source) for entry in found.entries], whole


def _from_feedparser(entry: dict[str, Any], source: str) -> _Item:
    def raw(*names: str) -> str:  # past feedparser's own substitutes for missing keys
        return next((str(dict.get(entry, name)) for name in names if dict.get(entry, name)), "")

    link = raw("feedburner_origlink", "link") or next(_links(entry), "")
    contents = [str(part.get("value", "")) for part in entry.get("content", ())]
    authors = (raw("author"), *(str(author.get("name", "")) for author in entry.get("authors", ())))
    return _Item(
        urljoin(source, link.strip()) if link else "",
        raw("title"),
        raw("summary"),
        max(contents, key=len, default=""),
        tuple(filter(None, map(raw, ("published", "created", "updated")))),
        authors,
    )


def _links(entry: Mapping[str, Any]) -> Iterator[str]:
    """Links of other kinds, and an id that is an address: better than losing the entry."""
    for link in entry.get("links", ()):
        if link.get("href") and link.get("rel") not in ("enclosure", "edit", "replies", "hub"):
            yield str(link["href"])
    if re.match(r"https?://", str(entry.get("id", ""))):
        yield str(entry["id"])


def _json_items(text: str, source: str) -> tuple[list[_Item], bool]:
    """JSON Feed (jsonfeed.org)."""
    import json

    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise SetAside(f"no feed: JSON that cannot be read ({error})") from error
    items = found.get("items") if isinstance(found, dict) else None
    if not isinstance(items, list) or "jsonfeed.org" not in str(found.get("version", "")):
        raise SetAside("no feed: JSON of another kind")
    return [_from_json(item, source) for item in items if isinstance(item, dict)], True


def _from_json(item: Mapping[str, Any], source: str) -> _Item:
    def raw(*names: str) -> str:
        return next((item[name] for name in names if isinstance(item.get(name), str) and item[name]), "")

    link = raw("url", "external_url", "id" if re.match(r"https?://", raw("id")) else "url")
    return _Item(
        urljoin(source, link) if link else "",
        raw("title"),
        raw("summary"),
        raw("content_html") or raw("content_text"),
        tuple(filter(None, map(raw, ("date_published", "date_modified")))),
    )
