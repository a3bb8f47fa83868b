"""Which of the themes a task of a plan serves, and the words that say so."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import yaml

from diembao.core.text import normal
from diembao.plan.files import HERE
from diembao.plan.reader import themes


@dataclass(frozen=True, slots=True)
class Link:
    """A theme, and the words of the title that speak of it."""

    theme: str
    words: str


def links(title: str) -> tuple[Link, ...]:
    """The themes in the order in which the title speaks of them; none where no word says it."""
    text = normal(title)
    return _found(text, "strong") or _found(text, "weak")


def _found(text: str, strength: str) -> tuple[Link, ...]:
    hits: list[tuple[int, Link]] = []
    for theme, words in _words()[strength].items():
        matches = [(match.start(), word) for word, pattern in words if (match := pattern.search(text))]
        if matches:
            place, word = min(matches)
            hits.append((place, Link(theme, word)))
    return tuple(link for _, link in sorted(hits, key=lambda hit: hit[0]))


@lru_cache(maxsize=1)
def _words() -> Mapping[str, Mapping[str, list[tuple[str, re.Pattern[str]]]]]:
    raw = yaml.safe_load((HERE / "task_words.yaml").read_text(encoding="utf-8"))
    return {
        strength: {
            theme: [
                (word, re.compile(rf"(?<!\w){re.escape(normal(word))}(?!\w)")) for word in raw[theme].get(strength, ())
            ]
            for theme in themes()
        }
        for strength in ("strong", "weak")
    }
