"""Words in the classes and ids of elements that tell what an element is."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache, lru_cache
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from lxml.html import HtmlElement

KEPT = 4096  # answers of one sign that are remembered; an outlet's pages use some hundred classes
LONGEST = 200  # characters of a class that is worth remembering


# An element, its tag, its class and its id ("" where it has none).
Marked = tuple["HtmlElement", str, str, str]


class Sign:
    """A pattern asked of thousands of elements. Pages repeat their classes, and an outlet's pages each other's."""

    def __init__(self, pattern: str) -> None:
        self.pattern = pattern
        self._search = re.compile(pattern, re.IGNORECASE).search
        # Told that letters are small, `re` jumps to where a word may begin: a third of the price.
        self._search_small = re.compile(pattern).search
        self._known = lru_cache(maxsize=KEPT)(self._seek)

    def __call__(self, signs: str) -> bool:
        return self._known(signs) if len(signs) <= LONGEST else self._seek(signs)

    def _seek(self, signs: str) -> bool:
        found = self._search_small(signs.lower()) if signs.isascii() else self._search(signs)
        return found is not None


def marked(tree: HtmlElement) -> list[Marked]:
    """The elements that a class or an id tells something of, and captions, in the page's order.

    Read once for all rules that ask for signs: to find the elements costs more than the rules themselves. An element
    that a rule takes off the page stays in the list, and so does what is in it.
    """
    return [(each, each.tag, each.get("class", ""), each.get("id", "")) for each in _marked()(tree)]


@cache
def _marked() -> Callable[[HtmlElement], list[HtmlElement]]:
    from lxml.etree import XPath

    return cast("Callable[[HtmlElement], list[HtmlElement]]", XPath("descendant::*[@class or @id or self::figcaption]"))
