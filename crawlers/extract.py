"""A page's bytes to the article in it: title, lead, text, time. Pure: no network, no clock of its own.

The order of rules: what is no page is refused by its kind · bytes to text, old fonts to Unicode
(crawlers/typewriter.py) · the head says what it says (crawlers/markup.py) · the lead, the bylines and the line of
date are lifted out (crawlers/layout.py) · live reports, galleries and films have rules of their own
(crawlers/forms.py) · boxes, captions and notices go (crawlers/furniture.py) · trafilatura finds
the body, the head's own text stands in where the page shows little · lines that only name an author or an owner go.
The text does not repeat the lead.
"""

from __future__ import annotations

import logging
import re
from copy import copy
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from html import unescape
from typing import TYPE_CHECKING

from crawlers.bylines import without_bylines
from crawlers.charset import decode
from crawlers.datelines import said
from crawlers.dates import Reading, in_address
from crawlers.dates import first as first_date
from crawlers.editions import editions_of
from crawlers.expressions import hasten
from crawlers.forms import find, settle
from crawlers.furniture import captions_of, clear
from crawlers.layout import Layout, read_layout, said_near, same_words
from crawlers.markup import Markup, read_markup
from crawlers.not_pages import refuse_crowded_tags, refuse_other_kinds
from crawlers.pager import first_of, next_page
from crawlers.plain import line, text_of, tidy
from crawlers.signs import marked
from crawlers.typewriter import typed
from crawlers.walls import stub, told, without_wall
from diembao.core.article import DateFrom, Outlet
from diembao.core.errors import Refused
from diembao.core.reading import DateSaid, Edition, Extent, Form

if TYPE_CHECKING:
    from lxml.html import HtmlElement
    from trafilatura.settings import Extractor

# Elements of one page. Real articles have about 1,000, long live pages some thousands. Some of the work below grows
# with their square inside libxml2, where no clock of ours can ring.
MAX_ELEMENTS = 20_000
MAX_TITLE, MAX_LEAD, MAX_TEXT = 500, 2_000, 500_000  # characters
MAX_STUB = 200  # characters; a shorter text in the head is a description
MAX_MARKS = 8  # characters that trafilatura adds for an element: strokes of lists, tables and code
MUCH_MORE = 1.5  # times the text found on the page; captions and boxes in the head's text make up to a quarter
PLENTY = 1_500  # characters; on 181 public pages no text of 900 or more was replaced by that of another library
MAX_ABOVE = 3  # lines that may stand between the top of the text and the headline
MAX_KICKER = 40  # characters of the words above a headline
MAX_OWNER = 200  # characters of the line that says whose the text is
_OWNER = re.compile(
    r"copyright|\(c\)|[©ⓒ]|all rights reserved|版权所有|版權所有|著作権|無断|저작권자|무단\s*전재|bản quyền thuộc"
    r"|ลิขสิทธิ์|สงวนลิขสิทธิ์",
    re.IGNORECASE,
)
# Joiners and the zero-width space part words in Khmer, Lao and Thai, and trafilatura drops them: they travel
# as signs that no newspaper prints.
_INVISIBLE = {"\u200b": "\u2e17", "\u200c": "\u2e18", "\u200d": "\u2e1a"}
_ENTITY = re.compile(r"&(?:#820[345]|#x200[bcd]|zwnj|zwj|ZeroWidthSpace);", re.IGNORECASE)
DEAD = ("script", "style", "noscript", "template", "iframe", "object", "svg")
_SITE_NAME = re.compile(r"\s+[-|–—·•:]\s+[^-|–—·•]{2,40}$")


@dataclass(frozen=True, slots=True)
class Page:
    """``text`` is the body without the lead; empty where none was found. ``published_at`` may be unknown.

    ``dates`` is what each place on the page says of it, ``following`` the address of the article's next page ("": it
    has none), ``first`` that of its first.
    """

    title: str
    lead: str
    text: str
    published_at: datetime | None
    published_from: DateFrom
    dates: tuple[DateSaid, ...] = ()
    extent: Extent = Extent.WHOLE
    why: str = ""
    form: Form = Form.ARTICLE
    editions: tuple[Edition, ...] = ()
    first: str = ""
    following: str = ""

    @property
    def words(self) -> str:
        """Lead and text, as a reader has them before him."""
        return "\n".join(part for part in (self.lead, self.text) if part)


def extract(  # noqa: PLR0913 (where the bytes are from, and what is known of it)
    data: bytes,
    url: str,
    outlet: Outlet,
    now: datetime,
    *,
    content_type: str = "",
    first: str = "",
    number: int = 1,
) -> Page:
    """The article in a page; ``number`` of the article that begins at ``first`` (`crawlers.pager`).

    Raises:
        Refused: "type", for what is no page, whatever it calls itself; "size", for too many elements or attributes.
    """
    tree = _bounded(data, content_type, outlet.language)
    if tree is None:
        return Page("", "", "", None, DateFrom.NONE)
    markup = read_markup(tree)
    layout = read_layout(tree, markup.description, _told(markup, outlet))
    how = Reading.of(outlet, now)
    when, where = _time(tree, markup, layout, url, how)
    dates = said((*_marked(markup, layout), (in_address(url), DateFrom.URL)), how)
    title = _title(tree, markup, layout, outlet)
    authors = (*markup.authors, *(line(text_of(element)) for element in layout.bylines))
    first = first or first_of(url)
    following = next_page(tree, url, first, number + 1)
    lead = _lift_out(layout)
    form, lead, text, wall = _words(tree, url, markup, title, lead)
    text = _visible(without_bylines(without_wall(text), authors))[:MAX_TEXT]
    why = stub(text, markup, wall)
    return Page(
        _visible(title)[:MAX_TITLE],
        _visible(without_bylines(lead, authors))[:MAX_LEAD],
        text,
        when,
        where,
        dates,
        Extent.STUB if why else Extent.WHOLE,
        why,
        form,
        editions_of(markup, url, outlet),
        first,
        following,
    )


def _bounded(data: bytes, content_type: str, language: str) -> HtmlElement | None:
    """None where there is nothing in it. Refused: as `extract` says."""
    refuse_other_kinds(data, content_type)
    text = (typed(data) if language == "vi" else None) or decode(data, content_type, language)
    refuse_crowded_tags(text)
    tree = _tree(text)
    if tree is not None and tree.xpath("count(//*)") > MAX_ELEMENTS:
        raise Refused("size", f"a page of more than {MAX_ELEMENTS} elements")
    return tree


def _words(tree: HtmlElement, url: str, markup: Markup, title: str, lead: str) -> tuple[Form, str, str, str]:
    """Form, lead, text, and a wall's words, of a page that its lead was lifted out of; it is used up by this."""
    from lxml import etree

    etree.strip_elements(tree, *DEAD, with_tail=False)
    marks = marked(tree)
    captions = captions_of(marks)
    shape = find(markup, marks, captions)
    beheld = " ".join(tree.itertext())
    clear(tree, marks, captions)
    form, text = settle(shape, _body(tree, url), sure=markup.gallery)
    wall = told(beheld, text, markup)
    return form, *_settle(title, lead, _fuller(text, markup.body), markup.description), wall


def _tree(text: str) -> HtmlElement | None:
    from lxml import etree, html

    text = _ENTITY.sub(lambda found: unescape(found[0]), text)
    for sign, travels in _INVISIBLE.items():
        text = text.replace(sign, travels)
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, collect_ids=False)
    # lxml's own lookup asks a Python function for the class of every element that is touched.
    parser.set_element_class_lookup(etree.ElementDefaultClassLookup(element=html.HtmlElement))
    try:
        return html.document_fromstring(text.replace("\x00", "").encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, ValueError):  # an empty page, or nothing but comments
        return None


def _visible(text: str) -> str:
    for sign, travels in _INVISIBLE.items():
        text = text.replace(travels, sign)
    return tidy(text)


def _title(tree: HtmlElement, markup: Markup, layout: Layout, outlet: Outlet) -> str:
    """The headline on the page where the head agrees with it, else what the head says, else what there is."""
    told = _told(markup, outlet)
    for headline in layout.headlines:
        if headline and any(same_words(headline, title) or headline == title for title in told):
            return headline
    if told:
        return told[0]
    if any(layout.headlines):
        return next(filter(None, layout.headlines))
    title = next((line(text_of(element)) for element in tree.iter("title")), "")
    return _SITE_NAME.sub("", title) or title


def _time(
    tree: HtmlElement, markup: Markup, layout: Layout, url: str, how: Reading
) -> tuple[datetime | None, DateFrom]:
    """The head, then elements that mean a date, then lines that tell so by their words, then the address."""
    found = first_date(_marked(markup, layout), how)
    if found[0] is None:
        near = ((raw, DateFrom.PAGE_TEXT) for raw in said_near(tree, layout.headlines))
        found = first_date((*near, (in_address(url), DateFrom.URL)), how)
    return found


def _marked(markup: Markup, layout: Layout) -> tuple[tuple[str, DateFrom], ...]:
    return (*markup.dates, *((raw, DateFrom.PAGE_TEXT) for raw in layout.dates))


def _told(markup: Markup, outlet: Outlet) -> list[str]:
    """What the head calls the article, the outlet's name behind it aside."""
    return [_without_site(title, markup.site, outlet.name) for title in markup.titles if title]


def _without_site(title: str, *names: str) -> str:
    for name in names:
        if name and len(title) > len(name):
            title = re.sub(rf"\s*[-|–—·•:]\s*{re.escape(name)}\s*$", "", title, flags=re.IGNORECASE)
    return title


def _lift_out(layout: Layout) -> str:
    """Take lead and bylines off the page; the text of the lead."""
    lead = line(text_of(layout.lead)) if layout.lead is not None else ""
    for element in (*layout.bylines, *layout.stamps, layout.lead):
        if element is not None and element.getparent() is not None:
            element.drop_tree()
    return lead


def _body(tree: HtmlElement, url: str) -> str:
    """Trafilatura's own rules; where they find little, compared with those of readability and jusText."""
    found = _by_trafilatura(tree, url, fast=True) if _may_hold(tree, PLENTY) else ""
    return found if len(found) >= PLENTY else _by_trafilatura(tree, url, fast=False)


def _may_hold(tree: HtmlElement, characters: int) -> bool:
    """Can so many be found on the page? What is found has no more than what is there, and marks of lists and tables."""
    there = len(" ".join("".join(tree.itertext()).split()))
    return there >= characters or there + MAX_MARKS * sum(1 for _ in tree.iter()) >= characters


def _by_trafilatura(tree: HtmlElement, url: str, *, fast: bool) -> str:
    from trafilatura.core import bare_extraction

    options = copy(_options(fast=fast))
    options.url = options.source = url
    found = bare_extraction(tree, options=options)
    return tidy(getattr(found, "text", "") or "")


@cache
def _options(*, fast: bool) -> Extractor:
    """Read from its file once; with them its expressions are made quicker."""
    from trafilatura.settings import Extractor

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # an empty page is our own outcome, not a warning
    hasten()
    return Extractor(output_format="python", precision=True, comments=False, fast=fast)


def _fuller(found: str, told: str) -> str:
    """The JSON-LD's own text where the page shows little of it: pages drawn by scripts, and parts that were missed."""
    return told if len(told) > MAX_STUB and len(told) > MUCH_MORE * len(found) else found


def _between(lines: list[str], title: str) -> list[str]:
    """From the headline, and the few words that may stand before it, to the owner's notice below the text."""
    for at, above in enumerate(lines[:MAX_ABOVE]):
        if above == title:
            return _between(lines[at + 1 :], "")
        if len(above) > MAX_KICKER:
            break
    while lines and len(lines[-1]) <= MAX_OWNER and _OWNER.match(lines[-1]):
        lines = lines[:-1]
    return lines


def _settle(title: str, lead: str, text: str, description: str) -> tuple[str, str]:
    """Lead and text without the headline or the lead at the beginning of the text."""
    lines = _between(text.split("\n") if text else [], title)
    while lines and (lines[0] == title or (lead and same_words(lines[0], lead) and len(lines[0]) <= len(lead) + 40)):
        del lines[0]
    if not lead and len(lines) > 1 and description and same_words(lines[0], description):
        lead = lines.pop(0)
    return lead, "\n".join(lines)
