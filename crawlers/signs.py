"""Words in the classes and ids of elements that tell what an element is."""

from __future__ import annotations

import re
from functools import lru_cache

KEPT = 4096  # answers of one sign that are remembered; an outlet's pages use some hundred classes
LONGEST = 200  # characters of a class that is worth remembering


class Sign:
    """A pattern asked of thousands of elements. Pages repeat their classes, and an outlet's pages each other's."""

    def __init__(self, pattern: str) -> None:
        self.pattern = pattern
        self._search = re.compile(pattern, re.IGNORECASE).search
        self._known = lru_cache(maxsize=KEPT)(self._seek)

    def __call__(self, signs: str) -> bool:
        return self._known(signs) if len(signs) <= LONGEST else self._seek(signs)

    def _seek(self, signs: str) -> bool:
        return self._search(signs) is not None
