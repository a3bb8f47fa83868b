"""A source's bytes to its entries: RSS, Atom, RDF, JSON Feed; sitemaps and listing pages by their own readers.
Pure: no network, no clock of its own.

The order of rules: too large is never read (crawlers/fetch.py) · bytes to text by our own rule
(crawlers/charset.py) · declared entities are refused before any parser sees them (they multiply) · feedparser
reads, we make plain text of what it finds · dates are read from the raw strings by our own rule, never
feedparser's guess of a zone · each entry becomes an `Entry` or a named refusal (crawlers/listed.py).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from crawlers.charset import decode
from crawlers.listed import Feed, Item, Limits, Refusal, joined, sorted_out
from crawlers.listings import listed_links
from crawlers.sitemaps import is_sitemap, read_sitemap, unpacked
from diembao.core.article import Outlet
from diembao.core.errors import SetAside

__all__ = ["ARCHIVE", "Feed", "Limits", "Refusal", "parse"]

ARCHIVE = "archive:"  # what the source of a backfill begins with
_HTML = re.compile(r"\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html)\b", re.IGNORECASE | re.DOTALL)
_ENTITY = re.compile(r"<!ENTITY", re.IGNORECASE)
_OPEN, _CLOSED = re.compile(r"<(?:\w+:)?(?:item|entry)[\s>]"), re.compile(r"</(?:\w+:)?(?:item|entry)\s*>")
_XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")


def parse(  # noqa: PLR0913 (what an answer is, and how it is to be read)
    data: bytes, source: str, outlet: Outlet, now: datetime, limits: Limits, *, content_type: str = "", at: str = ""
) -> Feed:
    """What a source lists, in its order; a sitemap's, newest first. ``at`` is where its redirects ended.

    Raises:
        SetAside: this is no feed, sitemap or listing, or one that must not be parsed.
        Refused: "size", for a packed file that is too large unpacked.
    """
    text, here = decode(unpacked(data), content_type, outlet.language), at or source
    if not text.strip():
        raise SetAside("empty: the answer has no content")
    if is_sitemap(text):
        items, children, whole = read_sitemap(text, here, outlet, now)
        return replace(sorted_out(items, source, outlet, now, limits, whole=whole), children=children)
    if source in outlet.listings or (source.startswith(ARCHIVE) and _HTML.match(text)):
        items, whole = listed_links(text, here, outlet.articles), True
    elif text.lstrip()[:1] == "{":
        items, whole = _json_items(text, here)
    else:
        items, whole = _xml_items(text, here)
    return sorted_out(items, source, outlet, now, limits, whole=whole)


def _xml_items(text: str, source: str) -> tuple[list[Item], bool]:
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
    spoken = "itunes" in found.namespaces
    whole = not found.bozo or len(_OPEN.findall(text)) <= len(_CLOSED.findall(text))
    return [_from_feedparser(entry, source, spoken=spoken) for entry in found.entries], whole


def _from_feedparser(entry: dict[str, Any], source: str, *, spoken: bool) -> Item:
    def raw(*names: str) -> str:  # past feedparser's own substitutes for missing keys
        return next((str(dict.get(entry, name)) for name in names if dict.get(entry, name)), "")

    link = raw("feedburner_origlink", "link") or next(_links(entry), "")
    contents = [str(part.get("value", "")) for part in entry.get("content", ())]
    authors = (raw("author"), *(str(author.get("name", "")) for author in entry.get("authors", ())))
    return Item(
        joined(source, link),
        raw("title"),
        raw("summary"),
        max(contents, key=len, default=""),
        tuple(filter(None, map(raw, ("published", "created", "updated")))),
        authors,
        podcast=spoken and any(_is_recording(link) for link in entry.get("links", ())),
    )


def _is_recording(enclosure: Mapping[str, Any]) -> bool:
    """Sound or film to be downloaded. Alone it says little: papers have their articles read aloud."""
    kind = str(enclosure.get("type") or enclosure.get("mime_type") or "")
    return kind.startswith(("audio/", "video/")) and enclosure.get("rel", "enclosure") == "enclosure"


def _links(entry: Mapping[str, Any]) -> Iterator[str]:
    """Links of other kinds, and an id that is an address: better than losing the entry."""
    for link in entry.get("links", ()):
        if link.get("href") and link.get("rel") not in ("enclosure", "edit", "replies", "hub"):
            yield str(link["href"])
    if re.match(r"https?://", str(entry.get("id", ""))):
        yield str(entry["id"])


def _json_items(text: str, source: str) -> tuple[list[Item], bool]:
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


def _from_json(item: Mapping[str, Any], source: str) -> Item:
    def raw(*names: str) -> str:
        return next((item[name] for name in names if isinstance(item.get(name), str) and item[name]), "")

    link = raw("url", "external_url", "id" if re.match(r"https?://", raw("id")) else "url")
    return Item(
        joined(source, link),
        raw("title"),
        raw("summary"),
        raw("content_html") or raw("content_text"),
        tuple(filter(None, map(raw, ("date_published", "date_modified")))),
        podcast=any(_is_recording(each) for each in _attachments(item)),
    )


def _attachments(item: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    found = item.get("attachments")
    yield from (each for each in (found if isinstance(found, list) else ()) if isinstance(each, dict))
