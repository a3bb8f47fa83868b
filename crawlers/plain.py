"""Markup to plain text: NFC, no control characters, no invisible leftovers.

The zero-width space stays: Khmer, Lao and Thai part their words with it.
"""

from __future__ import annotations

import html
import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_TAG = re.compile(r"<[a-zA-Z/!?]")
# C0 and C1 controls but tab and newline, lone surrogates, byte order marks, soft hyphens, direction marks.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufeff\u00ad\u200e\u200f\u202a-\u202e\u2066-\u2069\ufffe\uffff]"
)
_BLANKS = re.compile(r"[^\S\n\u200b]+")
_LINES = re.compile(r"\s*\n\s*")
_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "br",
        "dd",
        "div",
        "dl",
        "dt",
        "figcaption",
        "figure",
        "footer",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "table",
        "td",
        "th",
        "tr",
        "ul",
    ]
)
_DROPPED = ("script", "style", "noscript", "template", "iframe", "object", "svg", "head")


def tidy(text: str) -> str:
    """Plain text in one shape: NFC, single blanks, no empty lines."""
    text = _UNSEEN.sub("", unicodedata.normalize("NFC", text.replace("\r", "\n")))
    return _LINES.sub("\n", _BLANKS.sub(" ", text)).strip()


def line(text: str) -> str:
    """The same on one line, for titles and leads."""
    return " ".join(tidy(text).split("\n"))


def plain(markup: str) -> str:
    """Plain text of a piece of HTML, one line for each block; text without markup only loses its entities."""
    if not _TAG.search(markup):
        return tidy(html.unescape(markup) if "&" in markup else markup)
    from lxml import html as trees
    from lxml.etree import ParserError

    try:
        tree = trees.fragment_fromstring(_UNSEEN.sub("", markup), create_parent="div")
    except (ParserError, ValueError):  # nothing but comments
        return tidy(html.unescape(re.sub(r"<[^>]*>", " ", markup)))
    return tidy(text_of(tree))


def text_of(element: HtmlElement) -> str:
    """The text of an element and what is in it, with a line break around each block."""
    if not len(element):
        return _text_alone(element)
    pieces: list[str] = []
    skipped: HtmlElement | None = None
    from lxml.etree import iterwalk

    for event, node in iterwalk(element, events=("start", "end")):
        known = isinstance(node.tag, str)
        if event == "start":
            if skipped is None and (not known or node.tag in _DROPPED):
                skipped = node
            if skipped is None:
                pieces.append("\n" if node.tag in _BLOCKS else "")
                pieces.append(node.text or "")
            continue
        if skipped is None:
            pieces.append("\n" if node.tag in _BLOCKS else "")
        if skipped is node:
            skipped = None
        if skipped is None and node is not element:
            pieces.append(node.tail or "")
    return "".join(pieces)


def _text_alone(element: HtmlElement) -> str:
    """Of an element with none in it: most that are asked."""
    if not isinstance(element.tag, str) or element.tag in _DROPPED:
        return ""
    text = element.text or ""
    return f"\n{text}\n" if element.tag in _BLOCKS else text


def length_of(element: HtmlElement) -> int:
    """Characters of its text on one line."""
    return len(" ".join(unicodedata.normalize("NFC", text_of(element)).split()))
