"""Pages that are no plain article: live reports, galleries, films. Each form's text is made by a rule of its own.

live      what JSON-LD calls a LiveBlogPosting, or an element whose class says so with three posts or more that tell
          their hour; its text is the posts in the page's order, each with its hour, below the page's introduction
gallery   what JSON-LD calls a gallery, or four captions and more that say more than the text; captions are its text
video     what the head calls a video and no article; its description (or transcript) is its text

An edit of any of them is a revision like every other.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from crawlers.markup import Markup
from crawlers.plain import length_of, line, text_of, tidy
from crawlers.signs import Marked, sign
from diembao.core.reading import Form

if TYPE_CHECKING:
    from lxml.html import HtmlElement

LEAST_POSTS = 3
LEAST_CAPTIONS = 4  # of a gallery that does not call itself one
MIN_CAPTION = 15  # characters; less names a photographer
MAX_POSTS, MAX_CAPTIONS = 500, 200  # of one page
MAX_CAPTION = 2_000  # characters
FEW = 400  # characters of the text beside a film, below which its description is the article

_LIVE = sign(r"live[-_]?(?:blog|update|feed|post|content|wrap|report)|tuong-?thuat|truc-?tiep|dien-?bien")
_LIVE_TAGS = frozenset(("div", "section", "ul", "ol", "article"))
_ASIDE = sign(r"relat|sidebar|widget|footer|header|nav|lien-?quan|recommend|banner|popup")
_HOUR = re.compile(r"(?<!\d)(?:[01]?\d|2[0-3])\s*[:hg]\s*[0-5]\d(?!\d)")


@dataclass(frozen=True, slots=True)
class Found:
    """``lines`` are what the form's rule has found for the text."""

    form: Form = Form.ARTICLE
    lines: tuple[str, ...] = ()


def find(markup: Markup, marks: Iterable[Marked], named: Sequence[HtmlElement]) -> Found:
    """The page's form. ``named`` are its captions. What a live report's posts were read from is taken off the page."""
    posts = markup.live or _posts(marks)
    if posts:
        return Found(Form.LIVE, tuple(posts))
    captions = _captions(named)
    if captions and (markup.gallery or len(captions) >= LEAST_CAPTIONS):
        return Found(Form.GALLERY, tuple(captions))
    return Found(Form.VIDEO, (markup.film,)) if markup.film else Found()


def settle(found: Found, text: str, *, sure: bool) -> tuple[Form, str]:
    """Form and text of the page, whose body was read as ``text``. ``sure``: its head calls it a gallery."""
    known = set(text.split("\n"))
    lines = "\n".join(each for each in found.lines if each not in known)
    match found.form:
        case Form.LIVE:
            text = "\n".join(each for each in text.split("\n") if each not in lines)
            return Form.LIVE, _joined(text, lines)
        case Form.GALLERY if sure or len(lines) > len(text):
            return Form.GALLERY, _joined(text, lines)
        case Form.VIDEO if len(text) < FEW:
            return Form.VIDEO, lines if text in lines else _joined(text, lines)
    return Form.ARTICLE, text


def _joined(*parts: str) -> str:
    return "\n".join(part for part in parts if part)


def _posts(marks: Iterable[Marked]) -> list[str]:
    """Of the first live element that holds enough of them; the element goes."""
    for element, tag, of_class, of_id in marks:
        if tag not in _LIVE_TAGS or not (_LIVE(of_class) or _LIVE(of_id)) or element.find(".//h1") is not None:
            continue
        posts = _siblings(element)
        if len(posts) >= LEAST_POSTS:
            texts = [tidy(text_of(post)) for post in posts[:MAX_POSTS]]
            element.drop_tree()
            return [text for text in texts if text]
    return []


def _siblings(element: HtmlElement) -> list[HtmlElement]:
    """The children, or grandchildren, that each tell an hour at their head."""
    for level in (list(element), [child for each in element for child in each]):
        timed = [each for each in level if _tells_hour(each)]
        if len(timed) >= LEAST_POSTS:
            return timed
    return []


def _tells_hour(element: HtmlElement) -> bool:
    return bool(_HOUR.search(line(text_of(element))[:40])) and length_of(element) > MIN_CAPTION


def _captions(named: Sequence[HtmlElement]) -> list[str]:
    """Their words, each once."""
    texts = (line(text_of(element)) for element in named[:MAX_CAPTIONS] if not _beside(element))
    return list(dict.fromkeys(text for text in texts if MIN_CAPTION <= len(text) <= MAX_CAPTION))


def _beside(element: HtmlElement) -> bool:
    return any(
        parent.tag in ("aside", "nav", "footer") or _ASIDE(f"{parent.get('class', '')} {parent.get('id', '')}")
        for parent in element.iterancestors()
        if parent.tag != "body"
    )
