"""Articles on several pages: which address is page two of the one at hand.

An address is a further page only if it is the first one's with a number added the way sites add it (``?page=2``,
``-p2.html``, ``-trang-2.html``, ``_2.html``, ``/page/2``, ``/2``); and it must be linked as a next page: by
``rel=next``, by its number, by words, or in a pager. ``rel=next`` alone is often the next *article*, and ``?page=2``
alone often the readers' comments.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, cast
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

from crawlers.identity import canonical
from crawlers.plain import line, text_of
from crawlers.signs import sign
from diembao.core.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Callable

    from lxml.html import HtmlElement

MAX_PAGES = 12  # of one article; long series stay below
MAX_LINKS = 3_000  # looked at on one page
MAX_LABEL = 30  # characters of a link to a page

_NAMES = frozenset(("page", "p", "trang", "pg", "pn", "paged", "pageno", "page_no", "pageindex", "pageid"))
_IN_PATH = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"(?P<stem>.+?)[-_.](?:p|page|trang|pg)[-_]?(?P<n>[1-9]\d?)(?P<end>(?:\.\w{2,5})?/?)",
        r"(?P<stem>.+?)/(?:p|page|trang|pg)[-/]?(?P<n>[1-9]\d?)(?P<end>(?:\.\w{2,5})?/?)",
        r"(?P<stem>.+?)_(?P<n>[1-9]\d?)(?P<end>\.\w{2,5})",
        r"(?P<stem>.+?)/(?P<n>[1-9]\d?)(?P<end>/?)",
    )
)
_PAGER = sign(r"pag(?:er|inat|ing|es?\b|e-?num)|phan-?trang|page-?nav|wp-pagenavi|post-page")
_COMMENTS = sign(r"comment|binh-?luan|reply|disqus|feedback|related|lien-?quan|sidebar|widget")
_NEXT = re.compile(
    r"(?:trang (?:sau|tiếp|kế)|trang tiếp theo|tiếp theo|xem tiếp|đọc tiếp|next(?: page)?|continue"
    r"|page suivante|suivante?"
    r"|следующая(?: страница)?|далее|下一页|下一頁|下页|下頁|次のページ|次へ|次ページ"
    r"|다음(?: ?페이지)?|หน้าถัดไป|ถัดไป|ໜ້າຕໍ່ໄປ|ទំព័របន្ទាប់|›|»|>|>>)"
    r"[\s›»>→]*",
    re.IGNORECASE,
)


def first_of(url: str) -> str:
    """The first page's address, as further ones are told by it: ``?page=1`` is the article itself."""
    whole, number = _cut_query(canonical(url))
    return whole if number == 1 else canonical(url)


def next_page(tree: HtmlElement, at: str, first: str, number: int) -> str:
    """The address of page ``number`` of the article that begins at ``first``, as the page ``at`` links it; or "".

    Raises:
        Refused: "address": ``first`` is none.
    """
    stem = _stem(first)
    for link in _links()(tree, stem=stem)[:MAX_LINKS]:
        address = _address(at, link.get("href", "").strip()) if _leads_on(link, number) else ""
        if address and is_page(address, first, number):
            return address
    return ""


@cache
def _links() -> Callable[..., list[HtmlElement]]:
    from lxml.etree import XPath

    return cast(
        "Callable[..., list[HtmlElement]]",
        XPath(
            "//head/link[@rel][contains(@href, $stem) or starts-with(@href, '?')]"
            " | //body//a[contains(@href, $stem) or starts-with(@href, '?')]"
        ),
    )


def is_page(address: str, first: str, number: int) -> bool:
    """Is this the first page's address with this number added?"""
    whole, found = _cut_query(address)
    if found == number and _alike(whole, first):
        return True
    return any(n == number and _alike(cut, first) for cut, n in _cut_path(address))


def _address(at: str, href: str) -> str:
    try:
        return canonical(urljoin(at, href))
    except (Refused, ValueError):
        return ""


def _leads_on(link: HtmlElement, number: int) -> bool:
    if "next" in link.get("rel", "").lower().split():
        return True
    if link.tag == "link":
        return False
    frames = [f"{each.get('class', '')} {each.get('id', '')}" for each in (link, *link.iterancestors())]
    if any(map(_COMMENTS, frames)):
        return False
    words = line(text_of(link))
    if len(words) > MAX_LABEL:
        return False
    counted = re.fullmatch(
        rf"(?:trang|page|หน้า|ໜ້າ|ទំព័រ|стр\.?|страница|第)?\s*\[?{number}\]?\s*(?:页|頁|ページ|페이지)?",
        words,
        re.IGNORECASE,
    )
    return bool(counted or _NEXT.fullmatch(words) or any(map(_PAGER, frames[:4])))


def _stem(first: str) -> str:
    """The part of the address that every page's has in it: the last of its path, without its ending."""
    last = urlsplit(first).path.rstrip("/").rpartition("/")[2]
    return re.sub(r"\.\w{2,5}\Z", "", last)


def _cut_query(url: str) -> tuple[str, int | None]:
    """The address without its page number in the query, and the number."""
    parts = urlsplit(url)
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    numbers = [value for name, value in pairs if name.lower() in _NAMES and re.fullmatch(r"[1-9]\d?", value)]
    if len(numbers) != 1:
        return url, None
    rest = [(name, value) for name, value in pairs if not (name.lower() in _NAMES and value == numbers[0])]
    return urlunsplit((*parts[:3], urlencode(rest), "")), int(numbers[0])


def _cut_path(url: str) -> list[tuple[str, int]]:
    parts = urlsplit(url)
    found = []
    for shape in _IN_PATH:
        match = shape.fullmatch(parts.path)
        if match:
            found.append((urlunsplit((*parts[:2], match["stem"] + match["end"], parts.query, "")), int(match["n"])))
    return found


def _alike(one: str, other: str) -> bool:
    """The same but for a slash at the end, an ending (``/bai.html`` and ``/bai/2``), and the order of a query."""

    def bare(url: str) -> tuple[str, str, list[tuple[str, str]]]:
        parts = urlsplit(url)
        return parts.netloc, re.sub(r"\.\w{2,5}\Z", "", parts.path.rstrip("/")), sorted(parse_qsl(parts.query))

    return bare(one) == bare(other)
