"""What stands in and around an article and is no part of it: boxes of links, captions, notices, frames of tables.

Everything here changes the tree, before the body is looked for.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, cast

from crawlers.plain import length_of
from crawlers.signs import Sign

if TYPE_CHECKING:
    from collections.abc import Callable

    from lxml.html import HtmlElement

MAX_BOX_LINKS = 200  # in one box
MAX_TABLES = 500  # looked at on one page
MAX_CAPTION = 600  # characters; what is longer says more than a picture shows
MAX_NOTICE = 300  # characters of a line that asks the reader to sign up
MAX_PARTS = 50  # pieces that one text is cut into
MAX_PARAGRAPHS = 5_000  # looked at on one page
LEAST_PARAGRAPH = 80  # characters of text that is no label or button

_BOX = Sign(
    r"relat|lien-?quan|recommend|xem-?them|read-?more|also|newsletter|share|social|tin-?khac|other-?news"
    r"|block-key|tu-?khoa|keyword|(?:^|[\s_-])tags?(?:$|[\s_-])"
)
_CAPTION = Sign(r"caption|img[_-]?desc|desc[_-]?im(?:g|age)|legend|photo[_-]?desc|image[_-]?desc|chu-?thich")
_NOTICE = Sign(r"(?:^|[\s_-])(?:member|subscri\w*|signup|sign-up|promo\w*|advert\w*|copyright)(?:$|[\s_-])")
_PRINTED = Sign(r"(?:^|\s)print[_-]?(?:header|footer|only)(?:$|\s)")
_PAYWALL = re.compile(r"\S*paywall\S*", re.IGNORECASE)
_BLOCK_TAGS = "self::div or self::aside or self::section or self::ul"


def clear(tree: HtmlElement, captions: list[HtmlElement]) -> None:
    """Take all of it off the page. ``captions``: what `captions_of` found."""
    _drop_boxes(tree)
    _drop_captions(tree, captions)
    _open_walls(tree)
    _drop_notices(tree)
    _join_parts(tree)
    _open_tables(tree)


def _drop_boxes(tree: HtmlElement) -> None:
    """Boxes of links to other articles, also in the middle of the text."""
    for element in tree.xpath(f"//*[{_BLOCK_TAGS}][@class or @id]"):
        if _BOX(_signs(element)) and element.getparent() is not None and _is_mostly_links(element):
            element.drop_tree()


def _signs(element: HtmlElement) -> str:
    return f"{element.get('class', '')} {element.get('id', '')}"


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


def captions_of(tree: HtmlElement) -> list[HtmlElement]:
    """By their tags or classes."""
    return [each for each in _maybe_captions()(tree) if each.tag == "figcaption" or _CAPTION(each.get("class", ""))]


@cache
def _maybe_captions() -> Callable[..., list[HtmlElement]]:
    """A little more than `_CAPTION` says yes to, so that the rest is never touched."""
    from lxml.etree import XPath

    return cast(
        "Callable[..., list[HtmlElement]]",
        XPath(
            "//figcaption | //body//*[contains(@class, 'aption') or contains(@class, 'APTION')"
            " or contains(@class, 'esc') or contains(@class, 'ESC') or contains(@class, 'hich')"
            " or contains(@class, 'egend')]"
        ),
    )


def _drop_with_frame(caption: HtmlElement) -> None:
    """With the inline element around picture and caption: trafilatura would take the text behind it away with it."""
    frame = caption.getparent()
    caption.drop_tree()
    if frame.tag in ("span", "em", "a") and frame.getparent() is not None and not length_of(frame):
        frame.drop_tree()


def _says_little(element: HtmlElement, most: int) -> bool:
    return element.find(".//h1") is None and length_of(element) <= most


def _open_walls(tree: HtmlElement) -> None:
    """Text behind a paywall that is on the page all the same: its class would have it thrown away."""
    for element in tree.xpath('//*[contains(@class, "paywall")][count(p) > 1]'):
        element.set("class", _PAYWALL.sub("", element.get("class", "")))


def _drop_notices(tree: HtmlElement) -> None:
    """Lines that only paper shows, and those that ask the reader to become a member."""
    for element in tree.xpath(f"//*[{_BLOCK_TAGS} or self::p][@class]"):
        signs = element.get("class", "")
        printed, notice = _PRINTED(signs), _NOTICE(signs)
        if (printed or notice) and element.getparent() is not None and _says_little(element, MAX_NOTICE):
            element.drop_tree()


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
