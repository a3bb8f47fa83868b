"""What stands in and around an article and is no part of it: boxes of links, captions, notices, frames of tables.

Everything here changes the tree, before the body is looked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from crawlers.plain import length_of
from crawlers.signs import Marked, sign

if TYPE_CHECKING:
    from lxml.html import HtmlElement

MAX_BOX_LINKS = 200  # in one box
MAX_TABLES = 500  # looked at on one page
MAX_CAPTION = 600  # characters; what is longer says more than a picture shows
MAX_NOTICE = 300  # characters of a line that asks the reader to sign up
MAX_PARTS = 50  # pieces that one text is cut into
MAX_PARAGRAPHS = 5_000  # looked at on one page
LEAST_PARAGRAPH = 80  # characters of text that is no label or button

_BOX = sign(
    r"relat|lien-?quan|recommend|xem-?them|read-?more|also|newsletter|share|social|tin-?khac|other-?news"
    r"|block-key|tu-?khoa|keyword|(?:^|[\s_-])tags?(?:$|[\s_-])"
)
_CAPTION = sign(r"caption|img[_-]?desc|desc[_-]?im(?:g|age)|legend|photo[_-]?desc|image[_-]?desc|chu-?thich")
_NOTICE = sign(r"(?:^|[\s_-])(?:member|subscri\w*|signup|sign-up|promo\w*|advert\w*|copyright)(?:$|[\s_-])")
_PRINTED = sign(r"(?:^|\s)print[_-]?(?:header|footer|only)(?:$|\s)")
_PAYWALL = re.compile(r"\S*paywall\S*", re.IGNORECASE)
_BLOCK_TAGS = frozenset(("div", "aside", "section", "ul"))
_NOTICE_TAGS = _BLOCK_TAGS | {"p"}


def clear(tree: HtmlElement, marks: Sequence[Marked], captions: list[HtmlElement]) -> None:
    """Take all of it off the page. ``captions``: what `captions_of` found."""
    _drop_boxes(marks)
    _drop_captions(tree, captions)
    _open_walls(marks)
    _drop_notices(marks)
    _join_parts(tree)
    _open_tables(tree)


def _drop_boxes(marks: Iterable[Marked]) -> None:
    """Boxes of links to other articles, also in the middle of the text."""
    for element, tag, of_class, of_id in marks:
        is_box = tag in _BLOCK_TAGS and (_BOX(of_class) or _BOX(of_id))
        if is_box and element.getparent() is not None and _is_mostly_links(element):
            element.drop_tree()


def _is_mostly_links(element: HtmlElement) -> bool:
    if element.find(".//h1") is not None:
        return False
    links = sum(length_of(link) for link in element.xpath(".//a | .//h2 | .//h3 | .//h4 | .//button")[:MAX_BOX_LINKS])
    return links * 2 >= length_of(element)


def _drop_captions(tree: HtmlElement, captions: list[HtmlElement]) -> None:
    """The line below a picture, and the little table that holds nothing but both."""
    for element in captions:
        if element.getparent() is not None and _says_little(element, MAX_CAPTION):
            _drop_with_frame(element)
    for table in tree.xpath("//table[.//img and not(.//table)]")[:MAX_TABLES]:
        if len(table.xpath(".//td[normalize-space()]")) <= 1 and _says_little(table, MAX_CAPTION // 2):
            table.drop_tree()


def captions_of(marks: Iterable[Marked]) -> list[HtmlElement]:
    """By their tags or classes."""
    return [
        element
        for element, tag, of_class, _ in marks
        if tag == "figcaption" or (of_class and _CAPTION(of_class) and tag != "body")
    ]


def _drop_with_frame(caption: HtmlElement) -> None:
    """With the inline element around picture and caption: trafilatura would take the text behind it away with it."""
    frame = caption.getparent()
    caption.drop_tree()
    if frame.tag in ("span", "em", "a") and frame.getparent() is not None and not length_of(frame):
        frame.drop_tree()


def _says_little(element: HtmlElement, most: int) -> bool:
    return element.find(".//h1") is None and length_of(element) <= most


def _open_walls(marks: Iterable[Marked]) -> None:
    """Text behind a paywall that is on the page all the same: its class would have it thrown away."""
    for element, _, of_class, _ in marks:
        if "paywall" in of_class and len(element.findall("p")) > 1:
            element.set("class", _PAYWALL.sub("", of_class))


def _drop_notices(marks: Iterable[Marked]) -> None:
    """Lines that only paper shows, and those that ask the reader to become a member."""
    for element, tag, of_class, _ in marks:
        if tag not in _NOTICE_TAGS or not _is_notice(of_class) or not _is_notice(element.get("class", "")):
            continue  # its class may have lost a wall's name since it was read
        if element.getparent() is not None and _says_little(element, MAX_NOTICE):
            element.drop_tree()


def _is_notice(signs: str) -> bool:
    return _PRINTED(signs) or _NOTICE(signs)


def _join_parts(tree: HtmlElement) -> None:
    """A text cut by advertisements into several elements of one class becomes one: only one of them would be found."""
    parts: dict[str, list[HtmlElement]] = {}
    seen: set[HtmlElement] = set()
    for paragraph in tree.xpath("//div/p | //section/p")[:MAX_PARAGRAPHS]:
        parent = paragraph.getparent()
        if parent not in seen:
            seen.add(parent)
            if parent.get("class") and _is_text(parent):
                parts.setdefault(parent.get("class"), []).append(parent)
    for group in parts.values():
        if 1 < len(group) <= MAX_PARTS and _belong_together(group):
            for part in group[1:]:
                group[0].extend(part)


def _is_text(element: HtmlElement) -> bool:
    """Two paragraphs at least, of a length that no label has."""
    return sum(length_of(p) >= LEAST_PARAGRAPH for p in element.xpath("./p")) > 1


def _belong_together(group: list[HtmlElement]) -> bool:
    """Each in a frame of one class of its own beside the others, as columns are, and none with a headline."""
    frames = [part.getparent() for part in group]
    one_place = len({frame.getparent() for frame in frames}) == 1 and len({frame.get("class") for frame in frames}) == 1
    beside = len(set(frames)) == 1 or one_place
    own = any(frame.xpath("boolean(.//h1 or .//h2)") for frame in frames) or frames[0].tag in ("li", "ul")
    return beside and not own


def _open_tables(tree: HtmlElement) -> None:
    """Tables that only put things side by side become plain blocks: an article in one cell is no table."""
    framing = [
        table
        for table in tree.xpath("//table")[:MAX_TABLES]
        if table.xpath("boolean(.//h1 or .//table or ./tr/td[count(p) > 1] or ./tbody/tr/td[count(p) > 1])")
    ]
    for table in framing:
        for element in (table, *table.xpath("./tr|./tbody|./tbody/tr|./tr/td|./tbody/tr/td")):
            element.tag = "div"
