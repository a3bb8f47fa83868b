"""A saved search as an Atom feed (RFC 4287): what it finds, as titles, first sentences and links to the outlets."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final
from xml.etree import ElementTree as ET

from diembao.core.article import Article, Labelled
from diembao.core.quotes import words_of
from diembao.core.text import snippet
from diembao.response.pages import page_at

MEDIA: Final = "application/atom+xml; charset=utf-8"
# Entries of a feed; characters of an article's beginning.
ENTRIES, LEAD = 50, 300
_ATOM: Final = "http://www.w3.org/2005/Atom"
# What no XML document may hold.
_NO_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Made:
    """``changed`` is when the newest of it changed; None: nothing was found."""

    body: bytes
    etag: str
    changed: datetime | None


@dataclass(frozen=True, slots=True)
class Feeds:
    """``public_url`` is where readers reach the dashboard ("": nowhere)."""

    office: str
    outlet_name: Callable[[str], str]
    public_url: str = ""
    province: str = ""  # where several are watched

    def made(self, key: str, name: str, items: Sequence[Labelled]) -> Made:
        """``key`` is the feed's own, for as long as it lasts. The same articles give the same bytes."""
        changed = max((_changed(each.article) for each in items), default=None)
        root = ET.Element("feed", {"xmlns": _ATOM})
        _text(root, "id", f"urn:diembao:feed:{key}")
        _text(root, "title", f"{name} – Điểm Báo")
        _text(_child(root, "author"), "name", self.office)
        _text(root, "updated", _moment(changed or datetime(1970, 1, 1, tzinfo=UTC)))
        for each in items:
            self._entry(_child(root, "entry"), each)
        body = ET.tostring(root, encoding="utf-8", xml_declaration=True)
        return Made(body, f'"{hashlib.sha256(body).hexdigest()[:32]}"', changed)

    def _entry(self, entry: ET.Element, item: Labelled) -> None:
        article = item.article
        _text(entry, "id", f"urn:diembao:article:{article.id}")
        _text(entry, "title", article.title or article.url)
        _child(entry, "link", href=_clean(article.url), rel="alternate")
        if self.public_url:
            page = page_at(self.public_url, f"/bai-bao?id={article.id}", self.province)
            _child(entry, "link", href=page, rel="related", title="Điểm Báo")
        _text(_child(entry, "author"), "name", self.outlet_name(article.outlet))
        _text(entry, "updated", _moment(_changed(article)))
        if article.published_at:
            _text(entry, "published", _moment(article.published_at))
        _text(entry, "summary", snippet(words_of(item), length=LEAD))


def _changed(article: Article) -> datetime:
    return article.revised_at or article.seen_at


def _child(parent: ET.Element, name: str, /, **values: str) -> ET.Element:
    return ET.SubElement(parent, name, values)


def _text(parent: ET.Element, name: str, text: str) -> None:
    _child(parent, name).text = _clean(text)


def _clean(text: str) -> str:
    return _NO_XML.sub("", text)


def _moment(time: datetime) -> str:
    return time.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
