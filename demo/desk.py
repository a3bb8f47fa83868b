"""One outlet's desk: which answer an address gets at a moment, faults included."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from http import HTTPStatus
from typing import Final
from urllib.parse import parse_qsl, urlencode, urlsplit

from demo import feeds, pages
from demo.edition import Edition, Item
from demo.faults import RETRY_AFTER
from demo.outlet import Feed, Outlet

_XML_TYPES: Final = {"rss": "application/rss+xml", "atom": "application/atom+xml", "rdf": "application/rdf+xml"}


@dataclass(frozen=True, slots=True)
class Answer:
    """`changed` is the time of the last change, for Last-Modified; None: the answer bears no date."""

    body: bytes
    type: str
    status: HTTPStatus = HTTPStatus.OK
    changed: datetime | None = None
    headers: Mapping[str, str] = field(default_factory=dict)


class Desk:
    def __init__(self, outlet: Outlet, edition: Edition, base: str) -> None:
        self.outlet = outlet
        self._edition = edition
        self._base = base
        self._feeds = {feed.path: feed for feed in outlet.feeds}

    def answer(self, target: str, now: datetime) -> Answer:
        """The answer to a request target (path and query) at a moment."""
        address = _plain(target)
        items = self._edition.visible(self.outlet.id, now)
        if address == "/" or address in self.outlet.listings:
            return self._html(pages.front(self.outlet, items), changed=_latest(items))
        if feed := self._feeds.get(address):
            return self._feed(feed, items)
        if address in self.outlet.sitemaps:
            document = feeds.news_sitemap(self.outlet, self._base, items)
            return _text(document, "application/xml", changed=_latest(items))
        if address == "/sitemap.xml" and not self.outlet.listings:
            return _text(feeds.sitemap(self._base, items), "application/xml", changed=_latest(items))
        if address == "/robots.txt":
            return _text(feeds.robots(self.outlet, self._base), "text/plain")
        return self._article(address, items) or self._picture(address, items) or self._missing()

    def _article(self, address: str, items: Sequence[Item]) -> Answer | None:
        item = next((x for x in items if address == x.address or address in x.listed), None)
        if item is None or item.piece.fault == "gone":
            return None
        if item.piece.fault == "forbidden":
            return self._html(pages.error(self.outlet, "403 Forbidden"), status=HTTPStatus.FORBIDDEN)
        if item.piece.fault == "moved" and address != item.address:
            there = {"Location": self._base + item.address}
            return Answer(b"", "text/html", HTTPStatus.MOVED_PERMANENTLY, headers=there)
        page = pages.article(item, self._base, address, items)
        if item.piece.fault == "windows-1258":
            return self._windows_1258(page, changed=_latest(items))
        return self._html(page, changed=_latest(items))

    def _picture(self, address: str, items: Sequence[Item]) -> Answer | None:
        item = next((x for x in items if address == f"/anh/{x.picture}.svg"), None)
        if item is None:
            return None
        return _text(pages.picture(self.outlet, item.picture), "image/svg+xml", changed=item.at)

    def _missing(self) -> Answer:
        return self._html(pages.missing(self.outlet), status=HTTPStatus.NOT_FOUND)

    def _html(self, page: str, *, status: HTTPStatus = HTTPStatus.OK, changed: datetime | None = None) -> Answer:
        """What the charset lacks is written as a character reference, as old content systems do."""
        named = f"text/html; charset={self.outlet.charset}" if self.outlet.charset_in_header else "text/html"
        return Answer(page.encode(self.outlet.charset, "xmlcharrefreplace"), named, status, changed)

    def _windows_1258(self, page: str, *, changed: datetime | None) -> Answer:
        for quote in ("", '"'):
            page = page.replace(f"charset={quote}{self.outlet.charset}", f"charset={quote}windows-1258")
        return Answer(to_windows_1258(page), "text/html", changed=changed)

    def _feed(self, spec: Feed, items: Sequence[Item]) -> Answer:
        if spec.fault == "unavailable":
            page = pages.error(self.outlet, "503 Service Unavailable").encode()
            wait = {"Retry-After": str(RETRY_AFTER)}
            return Answer(page, "text/html; charset=utf-8", HTTPStatus.SERVICE_UNAVAILABLE, headers=wait)
        if spec.fault == "html":
            return self._html(pages.error(self.outlet, "Hệ thống đang bảo trì, xin quay lại sau"))
        document = feeds.feed(spec, self.outlet, self._base, items)
        body = document.encode(spec.encoding, "xmlcharrefreplace")
        if spec.fault == "truncated":
            body = body[: body.rindex(b"</title>") - 3]  # inside the last title, where nothing is closed
        return Answer(body, f"{_XML_TYPES[spec.form]}; charset={spec.encoding}", changed=_latest(items))


def to_windows_1258(text: str) -> bytes:
    """Vietnamese in windows-1258: base letters with their hook or hat, tone marks behind them."""
    return "".join(_toned(letter) for letter in text).encode("cp1258", "xmlcharrefreplace")


def _toned(letter: str) -> str:
    try:
        letter.encode("cp1258")
    except UnicodeEncodeError:
        parts = unicodedata.normalize("NFD", letter)
        tone = next((mark for mark in parts[1:] if mark in "\u0300\u0301\u0303\u0309\u0323"), "")
        return unicodedata.normalize("NFC", parts.replace(tone, "")) + tone if tone else letter
    return letter


def _plain(target: str) -> str:
    """Path and query without fragments and utm parameters."""
    parts = urlsplit(target)
    kept = [(name, value) for name, value in parse_qsl(parts.query) if not name.startswith("utm_")]
    return parts.path + (f"?{urlencode(kept)}" if kept else "")


def _latest(items: Sequence[Item]) -> datetime | None:
    return max((item.changed for item in items), default=None)


def _text(text: str, media: str, *, changed: datetime | None = None) -> Answer:
    return Answer(text.encode(), f"{media}; charset=utf-8", changed=changed)
