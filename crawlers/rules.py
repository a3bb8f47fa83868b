"""Which addresses of an outlet are articles: by examples, not by patterns that somebody has to write.

`https://bao.vn/thoi-su/quy-nhon-don-khach-post123.html` stands for every address of this host with as many parts, in
which a number stands for any number, a slug for any slug, and the words around them for themselves. Where two
examples of one shape differ in a part, that part may be anything.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import parse_qsl, unquote, urlsplit

from crawlers.identity import canonical
from diembao.core.errors import Refused

_ENDING = re.compile(r"\.[A-Za-z]{2,5}\Z")
_HEX = re.compile(r"(?P<slug>.+)-(?=[0-9]*[a-f])(?=[a-f]*[0-9])[0-9a-f]{6,}\Z")
_NUMBERED = re.compile(r"(?P<slug>.*?)(?P<mark>[-_.]?[A-Za-z]{0,8})\d+\Z")
_SLUG = r"[^/]*-[^/]*-[^/]*"  # three words or more: what tells an article from a section
_ANY = r"[^/]+"


@dataclass(frozen=True, slots=True)
class Rule:
    """Made of an outlet's examples."""

    pattern: re.Pattern[str]

    def fits(self, url: str) -> bool:
        """Is this the address of an article?"""
        try:
            return self.pattern.fullmatch(_flat(canonical(url))) is not None
        except Refused:
            return False


@lru_cache(maxsize=1024)
def rule_of(examples: tuple[str, ...]) -> Rule | None:
    """None: the outlet has no examples."""
    if not examples:
        return None
    shapes: dict[tuple[str, int, tuple[str, ...]], list[list[str]]] = defaultdict(list)
    for example in examples:
        host, parts, names = _parts(canonical(example))
        shapes[host, len(parts), names].append([_shape(part) for part in parts])
    return Rule(re.compile("|".join(_pattern(host, names, like) for (host, _, names), like in shapes.items())))


def too_wide(example: str) -> bool:
    """Nothing in it tells an article from a section: no number, no slug."""
    _, parts, names = _parts(canonical(example))
    return not names and all(_shape(part) == re.escape(part) for part in parts)


def slug_words(url: str) -> str:
    """The words in the last part of an address, for outlets whose sitemaps have no titles; "" for a bare number."""
    last = next((part for part in reversed(unquote(urlsplit(url).path).split("/")) if part), "")
    words = re.findall(r"[^\W\d_]{2,}", _ENDING.sub("", last))
    return " ".join(words) if len(words) > 1 else ""


def _pattern(host: str, names: tuple[str, ...], like: Sequence[Sequence[str]]) -> str:
    parts = (shapes[0] if len(set(shapes)) == 1 else _ANY for shapes in zip(*like, strict=True))
    query = r"\?" + "&".join(f"{re.escape(name)}=[^&]+" for name in names) if names else ""
    return f"{re.escape(host)}/{'/'.join(parts)}/?{query}"


def _parts(url: str) -> tuple[str, list[str], tuple[str, ...]]:
    parts = urlsplit(url)
    names = tuple(name for name, _ in parse_qsl(parts.query, keep_blank_values=True))
    return _host(parts.netloc), [part for part in unquote(parts.path).split("/") if part], names


def _flat(url: str) -> str:
    parts = urlsplit(url)
    query = f"?{parts.query}" if parts.query else ""
    return f"{_host(parts.netloc)}/{'/'.join(part for part in unquote(parts.path).split('/') if part)}{query}"


def _host(netloc: str) -> str:
    return netloc.removeprefix("www.")


def _shape(part: str) -> str:
    """A part of a path as a pattern."""
    if part.isdigit():
        return r"\d+"
    ending = _ENDING.search(part)
    stem, tail = (part[: ending.start()], re.escape(ending[0])) if ending else (part, "")
    if _HEX.match(stem):
        return rf"{_ANY}-[0-9a-f]{{6,}}{tail}"
    numbered = _NUMBERED.match(stem)
    if numbered:
        return (_ANY if numbered["slug"] else "") + re.escape(numbered["mark"]) + r"\d+" + tail
    if stem.count("-") >= 2 or not stem.isascii():
        return (_SLUG if stem.isascii() else _ANY) + tail
    return re.escape(part)
