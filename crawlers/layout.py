"""What stands where on a page: its headline, its lead (sapo), its line of date, its bylines.

Trafilatura loses the sapo on most Vietnamese shapes: it stands outside the body, in an element of its own.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, cast

from crawlers.plain import length_of, line, text_of, tidy
from crawlers.signs import sign

if TYPE_CHECKING:
    from lxml.html import HtmlElement

MAX_FINDS = 40  # of one kind; an article has one or two
MIN_LEAD, MAX_LEAD = 20, 2_000  # characters
MAX_PLACE = 30  # characters of a place or an agency's sign before the lead
MAX_DATE_LINE = 90  # characters of a line that says when
MAX_STAMP = 40  # characters of an element that says when and nothing else
MAX_STAMPS = 4  # of them; lists of times further down are a live page's own
MAX_NAME = 60  # characters of a name at the right edge
ABOVE, BELOW = 3, 12  # lines around the headline
MAX_BYLINE = 150  # characters; an element of more is no byline, whatever its class says

# Classes that mean nothing but the lead, and those that mean it only right under the headline.
_SURE_LEAD_SAYS = r"(?:^|[\s_-])(?:sapo|chapeau|standfirst|lede)(?:$|[\s_-])|[a-z]-?sapo\b"
_LIKELY_LEAD_SAYS = r"(?:^|[\s_-])(?:description|lead|summary|intro|subtitle|excerpt|abstract|desc)(?:$|[\s_-])"
_DATE_SAYS = r"date|time(?!line)|publish|posted|ngay|thoi-?gian"
_BYLINE_SAYS = r"(?:^|[\s_-])(?:authors?|byline|tac-?gia|nguoi-?viet|reporter|journalist|writer)(?:$|[\s_-])"
_SURE_LEAD, _LIKELY_LEAD = sign(_SURE_LEAD_SAYS), sign(_LIKELY_LEAD_SAYS)
_DATE, _BYLINE = sign(_DATE_SAYS), sign(_BYLINE_SAYS)
# One question instead of four for the elements that mean none of these, nearly all.
_ANY = sign(_SURE_LEAD_SAYS, _LIKELY_LEAD_SAYS, _DATE_SAYS, _BYLINE_SAYS)
_ASIDE = sign(
    r"relat|side|widget|latest|newest|popular|comment|foot|recommend|lien-?quan|other|most|xem-?them|list|menu|nav|box-news",
)
_SAID = re.compile(
    r"published|posted|publi(?:é|ziert|cado|cato)|veröffentlicht|опубликован"
    r"|(?:ngày|giờ) đăng|đăng (?:lúc|ngày)|xuất bản|입력|등록|승인|发布|發布"
    r"|公開日|掲載|投稿日|เผยแพร่|ເຜີຍແຜ່|ចុះផ្សាយ|\bon \w+day,",
    re.IGNORECASE,
)
_ASKED = "@class or @id or @itemprop or @align or @style or self::h1 or self::h2 or self::h3 or self::time"
_HOUR = re.compile(r"\d\s*[:hg]\s*\d\d")
_FRAME = sign(r"(?:^|[\s_-])(?:post|posts|hentry|entry|article|story|detail)(?:$|[\s_-])")
_AT_RIGHT = sign(r"text-align:\s*right")
_SENTENCE = re.compile(r"[.!?。！？](?:\s|$)|\d")
_ASIDE_TAGS = frozenset(("li", "ul", "ol", "aside", "footer", "nav", "a", "form"))


@dataclass(slots=True)
class Layout:
    """``dates`` are lines below the headline, then those above it that name an hour or stand in the article's frame.

    ``stamps`` are the elements of such lines: no part of the text.
    """

    headlines: list[str] = field(default_factory=list)
    lead: HtmlElement | None = None
    dates: list[str] = field(default_factory=list)
    bylines: list[HtmlElement] = field(default_factory=list)
    stamps: list[HtmlElement] = field(default_factory=list)


def read_layout(tree: HtmlElement, description: str, titles: Sequence[str] = ()) -> Layout:
    """One pass over the page in its own order. ``description`` and ``titles`` are what its head says, to find by."""
    layout = Layout()
    above: list[str] = []
    headline = _headline(tree, titles)
    around = frozenset(headline.iterancestors()) if headline is not None else frozenset()  # never an aside
    sure: list[HtmlElement] = []
    likely: list[HtmlElement] = []
    for element in _asked(tree):
        tag = element.tag
        if element is headline or tag == "h1":
            layout.headlines.append(line(text_of(element)))
            continue
        of_class, of_item, of_id = element.get("class", ""), element.get("itemprop", ""), element.get("id", "")
        told = _ANY(of_class) or (of_id and _ANY(of_id)) or (of_item and _ANY(of_item))
        if not (told or tag == "time" or _stands_right(element)):
            continue
        signs = f"{of_class} {of_item}"
        if len(layout.bylines) < MAX_FINDS and _names_author(element, signs):
            layout.bylines.append(element)
        elif len(sure) < MAX_FINDS and _SURE_LEAD(signs):
            sure.append(element)
        elif len(likely) < MAX_FINDS and layout.headlines and _LIKELY_LEAD(signs):
            likely.append(element)
        dated = tag == "time" or _DATE(signs) or _DATE(of_id)
        dates = layout.dates if layout.headlines else above
        if dated and len(dates) < MAX_FINDS and not _is_aside(element, around):
            lines = list(_date_lines(element))
            dates.extend(lines if layout.headlines or _shares_frame(element, around) else filter(_HOUR.search, lines))
            if lines and len(layout.stamps) < MAX_STAMPS and length_of(element) <= MAX_STAMP and layout.headlines:
                layout.stamps.append(element)
    layout.dates += above
    fitting = [x for x in (*sure, *likely) if _may_be_lead(x) and not _is_aside(x, around)]
    layout.lead = _lead(fitting, len([x for x in fitting if x in sure]), description)
    return layout


def _asked(tree: HtmlElement) -> list[HtmlElement]:
    """The elements that a rule may ask for; a dash that CSS draws behind a place is made one of the text's."""
    found = _maybe_asked()(tree)
    for element in found:
        if element.get("class") == "location-stamp":
            element.tail = f" - {element.tail or ''}"
    return found


@cache
def _maybe_asked() -> Callable[[HtmlElement], list[HtmlElement]]:
    from lxml.etree import XPath

    return cast("Callable[[HtmlElement], list[HtmlElement]]", XPath(f"//body/descendant::*[{_ASKED}]"))


def _headline(tree: HtmlElement, titles: Sequence[str]) -> HtmlElement | None:
    """The first h1, else the first smaller heading that says what the head says."""
    found = tree.find(".//h1")
    if found is not None:
        return found
    told = {line(title).casefold() for title in titles if title}
    smaller = tree.xpath("//h2 | //h3")[:MAX_FINDS]
    return next((one for one in smaller if line(text_of(one)).casefold() in told), None)


def _names_author(element: HtmlElement, signs: str) -> bool:
    """By its class; or a few words at the right edge, where papers put the author's name."""
    if _BYLINE(signs):
        return length_of(element) <= MAX_BYLINE
    return _stands_right(element) and len(words := line(text_of(element))) <= MAX_NAME and not _SENTENCE.search(words)


def _stands_right(element: HtmlElement) -> bool:
    return element.get("align") == "right" or _AT_RIGHT(element.get("style", ""))


def _may_be_lead(element: HtmlElement) -> bool:
    """What holds the headline is the whole head of the page, its author's name included; nor is the body one, nor a
    frame of a picture.
    """
    if "articleBody" in element.get("itemprop", "") or element.tag in ("table", "figure", "figcaption"):
        return False
    return MIN_LEAD <= length_of(element) <= MAX_LEAD and element.find(".//h1") is None


def said_near(tree: HtmlElement, headlines: Sequence[str]) -> list[str]:
    """Lines around the headline that tell by their words when the article came out; for pages without any markup."""
    lines = tidy(text_of(tree)).split("\n")
    at = next((n for n, words in enumerate(lines) if words in headlines), None)
    near = [] if at is None else lines[max(0, at - ABOVE) : at + BELOW]
    return [words for words in near if len(words) <= MAX_DATE_LINE and _SAID.search(words)]


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


def _date_lines(element: HtmlElement) -> Iterator[str]:
    if element.get("datetime"):
        yield element.get("datetime", "")
    if length_of(element) <= MAX_DATE_LINE:
        text = line(text_of(element))
        if re.search(r"\d", text):
            yield text


def _shares_frame(element: HtmlElement, around: frozenset[HtmlElement]) -> bool:
    """In an element of the article's own that the headline stands in too; the clock of a site is not."""
    return any(parent in around and _FRAME(parent.get("class", "")) for parent in element.iterancestors())


def _is_aside(element: HtmlElement, around: frozenset[HtmlElement]) -> bool:
    """In a list, a box beside the article, a menu; what the headline stands in is none of these."""
    return any(
        parent.tag in _ASIDE_TAGS or _ASIDE(f"{parent.get('class', '')} {parent.get('id', '')}")
        for parent in (element, *element.iterancestors())
        if parent not in around
    )
