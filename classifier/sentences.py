"""Which sentences of an article speak of the province: what of a long text is read, and what is quoted as a reason."""

from __future__ import annotations

import functools
import re
from bisect import bisect_right
from collections.abc import Sequence

from classifier.letters import folded
from diembao.core.article import Kind, Label
from diembao.core.text import fold, sentences

_QUOTED = re.compile("“([^”]{3,})”")
_SHORT = 3  # characters of a name: less says nothing


def names(found: Sequence[Label]) -> tuple[str, ...]:
    """How the places of an article may be written in it, folded: names of its labels, and the words quoted there."""
    return _names(tuple((label.key, label.why) for label in found if label.kind is Kind.PLACE))


@functools.lru_cache(maxsize=4)  # asked for themes, for stance and for its reason
def _names(places: Sequence[tuple[str, str]]) -> tuple[str, ...]:
    keys = {fold(key) for key, _ in places if len(key) >= _SHORT}
    quoted = {fold(m[1].strip("… ")) for _, why in places for m in _QUOTED.finditer(why)}
    return tuple(sorted(keys | quoted))


def naming(sentence: str, of: Sequence[str]) -> bool:
    """Whether a sentence holds one of these names, or stands within the words that were quoted for one."""
    plain = fold(sentence.strip())
    return any(name in plain or plain in name for name in of)


@functools.lru_cache(maxsize=4)  # themes and stance read the same article one after the other
def about(text: str, of: tuple[str, ...], most: int) -> str:
    """The parts of a long text that speak of these names, each with the sentence behind it, in their order and in at
    most so many characters; its beginning where none does.
    """
    if len(text) <= most or not of:
        return text[:most]
    spans = list(sentences(text))
    hit = naming_each(text, spans, of)
    kept = [text[first:last].strip() for n, (first, last) in enumerate(spans) if hit[n] or (n and hit[n - 1])]
    return " ".join(kept)[:most] if kept else text[:most]


def naming_each(text: str, spans: Sequence[tuple[int, int]], of: Sequence[str]) -> list[bool]:
    """`naming` of every sentence of a text; it is folded once where its places stay."""
    if not of:
        return [False] * len(spans)
    plain = folded(text)
    if len(plain) != len(text):
        return [naming(text[first:last], of) for first, last in spans]
    hit = [False] * len(spans)
    starts, longest = [first for first, _ in spans], max(map(len, of))
    for name in of:
        at = plain.find(name)
        while at >= 0:
            n = bisect_right(starts, at) - 1
            if n >= 0 and at + len(name) <= spans[n][1]:
                hit[n] = True
            at = plain.find(name, at + 1)
    for n, (first, last) in enumerate(spans):
        if not hit[n] and len(said := plain[first:last].strip()) <= longest:
            hit[n] = any(said in name for name in of)
    return hit
