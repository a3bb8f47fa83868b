"""What stands where on a page: its headline, its lead (sapo), its line of date, its bylines.

Trafilatura loses the sapo on most Vietnamese shapes: it stands outside the body, in an element of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from crawlers.plain import line, text_of

if TYPE_CHECKING:
    from lxml.html import HtmlElement

MAX_FINDS = 40  # of one kind; an article has one or two
MIN_LEAD, MAX_LEAD = 20, 2_000  # characters
MAX_BOX_LINKS = 200  # in one box
MAX_TABLES = 500  # looked at on one page
MAX_PLACE = 30  # characters of a place or an agency's sign before the lead
MAX_DATE_LINE = 90  # characters of a line that says when
MAX_BYLINE = 150  # characters; an element of more is no byline, whatever its class says

# Classes that mean nothing but the lead, and those that mean it only right under the headline.
_SURE_LEAD = re.compile(r"(?:^|[\s_-])(?:sapo|chapeau|standfirst|lede)(?:$|[\s_-])|[a-z]-?sapo\b", re.IGNORECASE)
_LIKELY_LEAD = re.compile(
    r"(?:^|[\s_-])(?:description|lead|summary|intro|subtitle|excerpt|abstract|desc)(?:$|[\s_-])", re.IGNORECASE
)
_DATE = re.compile(r"date|time(?!line)|publish|posted|ngay|thoi-?gian", re.IGNORECASE)
_BYLINE = re.compile(
    r"(?:^|[\s_-])(?:authors?|byline|tac-?gia|nguoi-?viet|reporter|journalist|writer)(?:$|[\s_-])", re.IGNORECASE
)
_ASIDE = re.compile(
    r"relat|side|widget|latest|newest|popular|comment|foot|recommend|lien-?quan|other|most|xem-?them|list|menu|nav|box-news",
    re.IGNORECASE,
)
_BOX = re.compile(
    r"relat|lien-?quan|recommend|xem-?them|read-?more|also|newsletter|share|social|tin-?khac|other-?news", re.IGNORECASE
)
_ASIDE_TAGS = frozenset(("li", "ul", "ol", "aside", "footer", "nav", "a", "form"))


@dataclass(slots=True)
class Layout:
    """``dates`` are lines below the headline, then those above it that name an hour."""

    headlines: list[str] = field(default_factory=list)
    lead: HtmlElement | None = None
    dates: list[str] = field(default_factory=list)
    bylines: list[HtmlElement] = field(default_factory=list)


def read_layout(tree: HtmlElement, description: str) -> Layout:
    """One pass over the page in its own order. ``description`` is what its head says, to check the lead by."""
    layout = Layout()
    above: list[str] = []
    headline = tree.find(".//h1")
    around = frozenset(headline.iterancestors()) if headline is not None else frozenset()  # never an aside
    sure: list[HtmlElement] = []
    likely: list[HtmlElement] = []
    for stamp in tree.xpath('//*[@class="location-stamp"]'):  # the dash behind the place is drawn by CSS
        stamp.tail = f" - {stamp.tail or ''}"
    for element in tree.xpath("//body//*[@class or @id or @itemprop or self::h1 or self::time]"):
        if element.tag == "h1":
            layout.headlines.append(line(text_of(element)))
            continue
        signs = f"{element.get('class', '')} {element.get('itemprop', '')}"
        if len(layout.bylines) < MAX_FINDS and _BYLINE.search(signs) and _length(element) <= MAX_BYLINE:
            layout.bylines.append(element)
        elif len(sure) < MAX_FINDS and _SURE_LEAD.search(signs):
            sure.append(element)
        elif len(likely) < MAX_FINDS and layout.headlines and _LIKELY_LEAD.search(signs):
            likely.append(element)
        dated = element.tag == "time" or _DATE.search(signs + " " + element.get("id", ""))
        found = layout.dates if layout.headlines else above
        if dated and len(found) < MAX_FINDS and not _is_aside(element, around):
            found.extend(_date_lines(element))
    layout.dates += [text for text in above if re.search(r"\d\s*[:hg]\s*\d\d", text)]
    fitting = [x for x in (*sure, *likely) if _may_be_lead(x) and not _is_aside(x, around)]
    layout.lead = _lead(fitting, len([x for x in fitting if x in sure]), description)
    return layout


def _may_be_lead(element: HtmlElement) -> bool:
    """What holds the headline is the whole head of the page, its author's name included."""
    return MIN_LEAD <= _length(element) <= MAX_LEAD and element.find(".//h1") is None


def drop_boxes(tree: HtmlElement) -> None:
    """Boxes of links to other articles, also in the middle of the text: they are no part of it."""
    for element in tree.xpath("//*[self::div or self::aside or self::section or self::ul][@class or @id]"):
        signs = f"{element.get('class', '')} {element.get('id', '')}"
        if _BOX.search(signs) and element.getparent() is not None and _is_mostly_links(element):
            element.drop_tree()


def _is_mostly_links(element: HtmlElement) -> bool:
    if element.find(".//h1") is not None:
        return False
    links = sum(_length(link) for link in element.xpath(".//a | .//h2 | .//h3 | .//h4 | .//button")[:MAX_BOX_LINKS])
    return links * 2 >= _length(element)


def open_tables(tree: HtmlElement) -> None:
    """Tables that only put things side by side become plain blocks: an article in one cell is no table."""
    framing = [
        table
        for table in tree.xpath("//table")[:MAX_TABLES]
        if table.xpath("boolean(.//h1 or .//table or ./tr/td[count(p) > 1] or ./tbody/tr/td[count(p) > 1])")
    ]
    for table in framing:
        for element in (table, *table.xpath("./tr|./tbody|./tbody/tr|./tr/td|./tbody/tr/td")):
            element.tag = "div"


def _lead(fitting: list[HtmlElement], sure: int, description: str) -> HtmlElement | None:
    """The one that the head repeats, else the first whose class says so (``sure`` of them come first)."""
    for element in fitting:
        if same_words(line(text_of(element)), description):
            return element
    return next(iter(fitting if not description else fitting[:sure]), None)


def same_words(text: str, other: str) -> bool:
    """One begins with the other, blanks and marks aside: heads cut leads short, and leave out the place before them."""
    one, two = (re.sub(r"\W", "", words).casefold() for words in (text, other))
    short, long = sorted((one, two), key=len)
    return len(short) >= MIN_LEAD and short in long[: len(short) + MAX_PLACE]


def _length(element: HtmlElement) -> int:
    return len(line(text_of(element)))


def _date_lines(element: HtmlElement) -> Iterator[str]:
    if element.get("datetime"):
        yield element.get("datetime", "")
    if _length(element) <= MAX_DATE_LINE:
        text = line(text_of(element))
        if re.search(r"\d", text):
            yield text


def _is_aside(element: HtmlElement, around: frozenset[HtmlElement]) -> bool:
    """In a list, a box beside the article, a menu; what the headline stands in is none of these."""
    return any(
        parent.tag in _ASIDE_TAGS or _ASIDE.search(f"{parent.get('class', '')} {parent.get('id', '')}")
        for parent in (element, *element.iterancestors())
        if parent not in around
    )
