"""A page that lists articles, of an outlet without a feed: the links whose addresses look like its examples."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from crawlers.identity import canonical
from crawlers.listed import Item
from crawlers.plain import line, text_of, tidy
from crawlers.rules import rule_of
from diembao.core.errors import Refused, SetAside

if TYPE_CHECKING:
    from lxml.html import HtmlElement

MAX_LINKS = 5_000  # of one page


def listed_links(page: str, source: str, examples: tuple[str, ...]) -> list[Item]:
    """In the page's order, each address once, with the longest of the words that its links bear.

    Raises:
        SetAside: no link fits: the page has changed its shape, or is an error page.
    """
    rule = rule_of(examples)
    titles: dict[str, str] = {}
    for link, words in _links(page, source):
        if rule is not None and rule.fits(link):
            titles[link] = max(titles.get(link, ""), words, key=len)
    if not titles:
        raise SetAside("no articles: no link of the page looks like the examples")
    return [Item(link, title) for link, title in titles.items()]


def _links(page: str, source: str) -> Iterator[tuple[str, str]]:
    from lxml import etree

    # What lxml's own HTML front end does not offer: a document that names its encoding, given as text.
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=False)
    tree = etree.fromstring(page.encode("utf-8", "replace"), parser)
    if tree is None:
        return
    base = next((each.get("href", "") for each in tree.iter("base")), "")
    start = urljoin(source, base) if base else source
    for anchor in islice(tree.iter("a"), MAX_LINKS):
        try:
            yield canonical(urljoin(start, anchor.get("href", "").strip())), _words(anchor)
        except (Refused, ValueError):  # mail, scripts, addresses that cannot be
            continue


def _words(anchor: HtmlElement) -> str:
    """What the link says: its text, its title, or what its picture shows."""
    pictures = [each.get("alt", "") for each in anchor.iter("img")]
    return max((line(tidy(each)) for each in (text_of(anchor), anchor.get("title") or "", *pictures)), key=len)
