"""Which sentences of an article speak of the province: what of a long text is read, and what is quoted as a reason."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence

from diembao.core.article import Kind, Label
from diembao.core.text import fold, sentences

_QUOTED = re.compile("“([^”]{3,})”")
_SHORT = 3  # characters of a name: less says nothing


def names(found: Sequence[Label]) -> tuple[str, ...]:
    """How the places of an article may be written in it, folded: names of its labels, and the words quoted there."""
    places = [label for label in found if label.kind is Kind.PLACE]
    keys = {fold(label.key) for label in places if len(label.key) >= _SHORT}
    quoted = {fold(m[1].strip("… ")) for label in places for m in _QUOTED.finditer(label.why)}
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
    parts = [text[first:last] for first, last in sentences(text)]
    hit = [naming(part, of) for part in parts]
    kept = [part.strip() for n, part in enumerate(parts) if hit[n] or (n and hit[n - 1])]
    return " ".join(kept)[:most] if kept else text[:most]
