"""A query for whoever is told, not shown a ranked list: *bão* is no *báo*, and *mưa* no *mua*.

A search finds a word in every form and puts those first that were meant. An alert has no order: of Vietnamese texts a
word that was typed with marks has to stand there with them. Other languages write Quy Nhơn as Quy Nhon.
"""

from __future__ import annotations

from typing import Final

from diembao.core.analysis import Token, tokens
from diembao.core.highlight import places, sought, together
from diembao.core.query import Bool, Marked, Near, Phrase, Query, Terms, Text
from diembao.core.text import nfc

LANGUAGE: Final = "vi"
_FOREIGN: Final = Bool(must_not=(Terms("language", (LANGUAGE,)),))


def with_marks(query: Query) -> Query:
    """The same, with the marks that were typed."""
    if isinstance(query, Bool):
        parts = (tuple(map(with_marks, some)) for some in (query.must, query.should, query.must_not))
        return Bool(*parts)
    if not isinstance(query, Text | Phrase | Near) or not any(token.marked for token in tokens(_typed(query))):
        return query
    return Bool(must=(query,), should=(Marked(query.field, _typed(query)), _FOREIGN))


def _typed(query: Text | Phrase | Near) -> str:
    return f"{query.left} {query.right}" if isinstance(query, Near) else query.text


def first_place(text: str, query: Query, *, marks: bool) -> tuple[int, int] | None:
    """Where in ``nfc(text)`` something that was asked for stands first; with ``marks`` as they were typed."""
    meant = together(query)
    for start, end in places(text, sought(query)):
        found = tuple(tokens(nfc(text)[start:end]))
        groups = [group for group in meant if _folded(group) == _folded(found)]
        if not marks or not groups or any(_same(group, found) for group in groups):
            return start, end
    return None


def _folded(group: tuple[Token, ...]) -> tuple[str, ...]:
    return tuple(token.folded for token in group)


def _same(asked: tuple[Token, ...], found: tuple[Token, ...]) -> bool:
    return all(not one.marked or one.exact == other.exact for one, other in zip(asked, found, strict=True))
