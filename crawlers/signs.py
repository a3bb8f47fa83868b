"""Words in the classes and ids of elements that tell what an element is."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from lxml.html import HtmlElement

KEPT = 4096  # answers of one sign that are remembered; an outlet's pages use some hundred classes
LONGEST = 200  # characters of a class that is worth remembering

Sign = Callable[[str], bool]
# An element, its tag, its class and its id ("" where it has none).
Marked = tuple["HtmlElement", str, str, str]


def sign(*patterns: str) -> Sign:
    """Whether one of the patterns is found, in small letters or capitals."""
    pattern = "|".join(patterns)
    # Told that letters are small, `re` jumps to where a word may begin: a third to two thirds of the price.
    return _Known(re.compile(pattern, re.IGNORECASE), small=re.compile(pattern)).__getitem__


def remembered(pattern: str) -> Sign:
    """Whether it is found, as it is written. Asked of thousands of elements; but pages repeat their classes, an
    outlet's pages each other's, and what is known costs no call of Python's.
    """
    return _Known(re.compile(pattern)).__getitem__


class _Known(dict[str, bool]):
    def __init__(self, pattern: re.Pattern[str], small: re.Pattern[str] | None = None) -> None:
        super().__init__()
        self._search = pattern.search
        self._search_small = small and small.search

    def __missing__(self, signs: str) -> bool:
        if self._search_small and signs.isascii():
            found = self._search_small(signs.lower()) is not None
        else:
            found = self._search(signs) is not None
        if len(signs) <= LONGEST:
            if len(self) >= KEPT:
                self.clear()
            self[signs] = found
        return found


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
