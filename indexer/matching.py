"""Thousands of searches over a few articles: which of them does each search find?

Whatever engine the office searches with, the same answer: the articles are put into an index in memory, of the same
fields and tokens as every other, and each search is asked there. Most searches of thousands look for a word, an outlet
or a theme that no article of the batch has: those are told apart first, without asking.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING, Final

from diembao.core.document import Document
from diembao.core.query import Bool, Marked, Near, Phrase, Prefix, Query, Text
from diembao.core.query import Terms as Among
from indexer.compiled import Compiler
from indexer.embedded import made, schema
from indexer.fields import Clauses, Entry, clauses, entry
from indexer.paging import RANK

if TYPE_CHECKING:
    import tantivy

_HEAP: Final = 15_000_000  # bytes; the least that tantivy takes
_PREPARED: Final = 20_000  # searches kept compiled; each a few kB
_BATCH: Final = 1000  # articles in one index: tens of MB at most


@dataclass(frozen=True, slots=True)
class _Prepared:
    """A search, compiled; and what an article must have, any of each, to be found at all."""

    query: tantivy.Query
    needs: tuple[tuple[str, ...], ...]


class Matcher:
    """`core.ports.Matcher`. Keeps what it compiled; safe to share between threads."""

    def __init__(self) -> None:
        import tantivy

        self._tantivy = tantivy
        self._schema = schema()
        self._compiler = Compiler(self._schema)
        self._prepared = lru_cache(maxsize=_PREPARED)(self._prepare)

    def matching(self, documents: Iterable[Document], queries: Sequence[Query]) -> list[list[str]]:
        """See `core.ports.Matcher`.

        Raises:
            WrongUse: a query names a field that cannot be asked so.
        """
        entries = sorted((entry(each) for each in documents), key=lambda one: (one.times["published"], one.id))
        found: list[list[str]] = [[] for _ in queries]
        for start in range(0, len(entries), _BATCH):
            part = entries[start : start + _BATCH]
            for ids, more in zip(found, self._among(part, queries), strict=True):
                ids.extend(more)
        return found

    def _among(self, entries: Sequence[Entry], queries: Sequence[Query]) -> Iterable[list[str]]:
        searcher, held = self._searcher(entries), _held(entries)
        for query in queries:
            asked = self._prepared(query)
            yield self._found(searcher, asked.query, entries) if _possible(asked.needs, held) else []

    def _found(self, searcher: tantivy.Searcher, query: tantivy.Query, entries: Sequence[Entry]) -> list[str]:
        hits = searcher.search(
            query, len(entries), count=False, order_by_field=RANK, order=self._tantivy.Order.Asc
        ).hits
        return [entries[place].id for place, _ in hits]

    def _searcher(self, entries: Sequence[Entry]) -> tantivy.Searcher:
        """The rank of an article is its place in ``entries``."""
        index = self._tantivy.Index(self._schema)
        writer = index.writer(_HEAP, 1)
        for place, one in enumerate(entries):
            writer.add_document(made(one, place))
        writer.commit()
        writer.wait_merging_threads()
        index.reload()
        return index.searcher()

    def _prepare(self, query: Query) -> _Prepared:
        return _Prepared(self._compiler.compiled(query, ranked=False), tuple(_needs(query)))


# -- what cannot be found at all ----------------------------------------------------------------------


def _held(entries: Iterable[Entry]) -> dict[str, int]:
    """Every word of every stream and every value of every keyword, with its field's name before it, and which articles
    have it: the bit of each one's place.
    """
    held: defaultdict[str, int] = defaultdict(int)
    for place, one in enumerate(entries):
        bit = 1 << place
        for stream, text in one.texts.items():
            for word in set(text.split(" ")):
                held[f"{stream}:{word}"] |= bit
        for field, values in one.keywords.items():
            for value in values:
                held[f"{field}:{value}"] |= bit
    return held


def _possible(needs: Iterable[Iterable[str]], held: Mapping[str, int]) -> bool:
    """Is there an article that has one of each?"""
    having = -1  # all
    for need in needs:
        either = 0
        for each in need:
            either |= held.get(each, 0)
        having &= either
        if not having:
            return False
    return True


def _needs(query: Query) -> Iterable[tuple[str, ...]]:
    """Of each of these an article must have one. Never too much: what is not known is not asked for."""
    match query:
        case Among():
            yield tuple(f"{query.field}:{value}" for value in query.values)
        case Bool():
            for part in query.must:
                yield from _needs(part)
            if query.should:
                yield from _either(query.should)
        case Text() | Phrase() | Prefix() | Near() | Marked():
            yield from _of_words(clauses(query))


def _either(parts: Iterable[Query]) -> Iterable[tuple[str, ...]]:
    """One need of each alternative, all in one; none where an alternative needs nothing."""
    firsts = [next(iter(_needs(part)), None) for part in parts]
    known = [first for first in firsts if first is not None]
    if len(known) == len(firsts):
        yield tuple(dict.fromkeys(chain.from_iterable(known)))


def _of_words(asked: Clauses) -> Iterable[tuple[str, ...]]:
    for each in asked.must:
        for word in each.words:
            yield (f"{each.stream}:{word}",)
