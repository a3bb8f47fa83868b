"""What calls itself a page and is none, told before a parser sees it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from diembao.core.errors import Refused

MAX_ATTRIBUTES = 40_000  # of one tag, where real ones have ten; so many take 3 s, ten times as many five minutes
_NOT_PAGES = re.compile(
    rb"%PDF-|PK\x03\x04|\x89PNG|\xff\xd8\xff|GIF8|RIFF|\x1f\x8b|7z\xbc\xaf|Rar!|\xd0\xcf\x11\xe0|OggS|ID3|\x00\x00\x00.ftyp|\x7fELF|MZ\x90|wOF"
)
_PAGE_TYPES = re.compile(
    r"\s*(?:text/(?:html|plain|xml)|application/(?:xhtml\+xml|xml|octet-stream)|\Z)", re.IGNORECASE
)
_TAG = re.compile(r"<[a-zA-Z]")


def refuse_other_kinds(data: bytes, content_type: str) -> None:
    """PDF, pictures, archives and other bytes are no page; many servers call them HTML."""
    if not _PAGE_TYPES.match(content_type):
        raise Refused("type", f"no page but {content_type[:80]}")
    head = data[:1024]
    utf16 = head[:2] in (b"\xff\xfe", b"\xfe\xff")
    if _NOT_PAGES.match(head.lstrip()) or (b"\x00" in head and not utf16):
        raise Refused("type", "bytes of another kind than a page")


def refuse_crowded_tags(text: str) -> None:
    """A tag of ten thousands of attributes takes libxml2 minutes: its work grows with their square."""
    for piece in _long_pieces(text):
        opened = _TAG.search(piece)
        inside = piece[opened.start() :] if opened else ""
        if inside.count("=") > MAX_ATTRIBUTES or len(inside.split()) > 2 * MAX_ATTRIBUTES:
            raise Refused("size", f"a page with a tag of more than {MAX_ATTRIBUTES} attributes")


def _long_pieces(text: str) -> Iterator[str]:
    """What stands between two `>` and is long enough to hold so many attributes; all else is jumped over."""
    start = 0
    while len(text) - start > MAX_ATTRIBUTES:
        end = text.rfind(">", start, start + MAX_ATTRIBUTES + 1)
        if end < 0:
            end = text.find(">", start)
            end = len(text) if end < 0 else end
            yield text[start:end]
        start = end + 1
