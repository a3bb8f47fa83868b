"""What a tree means, in plain Python over a list of documents: what every engine is compared with.

It shares the analysis with the engines, and nothing else of theirs.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from diembao.core.analysis import BORDER, Token, groups, tokens
from diembao.core.document import Document
from diembao.core.query import All, Bool, Marked, Near, Phrase, Prefix, Query, Range, Terms, Text

Stream = tuple[str, ...]


def matching(query: Query, documents: Iterable[Document]) -> set[str]:
    """The ids of the documents that match."""
    return {document.id for document in documents if matches(query, document)}


def matches(query: Query, document: Document) -> bool:
    match query:
        case All():
            return True
        case Terms():
            held = (document.id,) if query.field == "id" else document.keywords.get(query.field, ())
            return bool(set(held) & set(query.values))
        case Range():
            moment = (document.published if query.field == "published" else document.seen).replace(microsecond=0)
            start, end = (limit and limit.replace(microsecond=0) for limit in (query.start, query.end))
            return (start is None or start <= moment) and (end is None or moment < end)
        case Bool():
            return (
                all(matches(part, document) for part in query.must)
                and (not query.should or any(matches(part, document) for part in query.should))
                and not any(matches(part, document) for part in query.must_not)
            )
        case Marked():
            return all(_stands(token, document, query.field) for token in tokens(query.text) if token.marked)
        case _:
            return _words(query, stream(document, query.field))


def _words(query: Text | Phrase | Near | Prefix, words: Stream) -> bool:
    match query:
        case Text():
            asked = [tuple(token.folded for token in group) for group in groups(query.text)]
            return bool(asked) and all(places(words, group) for group in asked)
        case Phrase():
            return bool(places(words, folded(query.text)))
        case Near():
            return _near(words, folded(query.left), folded(query.right), query.distance)
        case Prefix():
            return _begun(query.text, words)


def _stands(asked: Token, document: Document, field: str) -> bool:
    """A word as it was typed."""
    return any(token.exact == asked.exact for part in parts_of(document, field) for token in tokens(part))


def _near(words: Stream, left: Stream, right: Stream, distance: int) -> bool:
    return any(
        0 <= later - (first + len(one)) <= distance
        for one, other in ((left, right), (right, left))
        for first in places(words, one)
        for later in places(words, other)
    )


def _begun(text: str, words: Stream) -> bool:
    """Every word before the last stands in the text, each alone; the last is the beginning of one."""
    found = list(tokens(text))
    if not found:
        return False
    *before, last = found
    if last.whole:  # a sign of its own: there is nothing longer that it could begin
        return _words(Text("text", text), words)
    together = not before or bool(places(words, tuple(token.folded for token in before)))
    return together and any(word == last.folded or word.startswith(last.begun) for word in words)


def places(words: Stream, asked: Stream) -> list[int]:
    """Where these words stand side by side."""
    if not asked:
        return []
    return [at for at in range(len(words) - len(asked) + 1) if words[at : at + len(asked)] == asked]


def folded(text: str) -> Stream:
    return tuple(token.folded for token in tokens(text))


@lru_cache(maxsize=4096)
def _stream(*parts: str) -> Stream:
    words: list[str] = []
    for part in parts:
        words += [BORDER, *folded(part)]
    return tuple(words[1:])


def stream(document: Document, field: str) -> Stream:
    """What a field holds, word by word; between title, lead and text stands a border."""
    return _stream(*parts_of(document, field))


def parts_of(document: Document, field: str) -> tuple[str, ...]:
    return (document.title, document.lead, document.text) if field == "text" else (document.title,)
