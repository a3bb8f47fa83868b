"""Our query tree → tantivy's query objects, never its own syntax: `a AND NOT c` silently matches nothing there."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from diembao.core.query import All, Bool, Marked, Near, Phrase, Prefix, Query, Range, Terms, Text
from indexer.fields import TIMES, Clauses, Words, clauses, known, second

if TYPE_CHECKING:
    import tantivy

# Nanoseconds since 1970 in 64 bits end here; nothing of ours is older or younger.
_FIRST: Final = datetime(1678, 1, 1, tzinfo=UTC)
_LAST: Final = datetime(2262, 1, 1, tzinfo=UTC)


def scored(query: Query) -> bool:
    """Do some matches count more than others? Filters alone have no score."""
    if isinstance(query, Bool):
        return any(scored(part) for part in (*query.must, *query.should))
    return isinstance(query, Text | Phrase | Near | Marked | Prefix)


def held(moment: datetime) -> datetime:
    """A moment as the engine can hold it."""
    return min(max(second(moment), _FIRST), _LAST)


# What only adds to a score is asked for one inside the other, up to so many: then the engine looks each up for what
# matches, and only there. Side by side it reads all of them from end to end: a third of a search by a phrase.
_ONE_BY_ONE: Final = 16
_FEW: Final = 8  # values of a filter that are looked up one by one; of more a set is made first
_Parts = list[tuple["tantivy.Occur", "tantivy.Query"]]  # what has to hold, or not to hold


class Compiler:
    """Compiles for one schema. Filters (terms, ranges, everything) add 0 to the score, as in Elasticsearch."""

    def __init__(self, schema: tantivy.Schema) -> None:
        import tantivy

        self._tantivy, self._query, self._schema = tantivy, tantivy.Query, schema

    def compiled(self, query: Query, *, ranked: bool = True) -> tantivy.Query:
        """``ranked``: is the score of what is found looked at? Otherwise what only adds to it is left out."""
        required, words = self._parts(query, ranked=ranked)
        found, adds = self._all_of(required), [self._words(each) for each in words] if ranked else []
        must, should = self._tantivy.Occur.Must, self._tantivy.Occur.Should
        for add in adds[:_ONE_BY_ONE]:
            found = self._query.boolean_query([(must, found), (should, add)])
        if len(adds) > _ONE_BY_ONE:
            more = [(should, add) for add in adds[_ONE_BY_ONE:]]
            found = self._query.boolean_query([(must, found), *more])
        return found

    def _parts(self, query: Query, *, ranked: bool) -> tuple[_Parts, list[Words]]:
        """What has to hold, or not to hold, and the words that only add to the score."""
        match query:
            case All():
                return self._one(self._filter(self._query.all_query())), []
            case Terms():
                return self._one(self._terms(query)), []
            case Range():
                return self._one(self._range(query)), []
            case Bool():
                return self._bool(query, ranked=ranked)
            case _:
                return self._typed(clauses(query))

    def _one(self, query: tantivy.Query) -> _Parts:
        return [(self._tantivy.Occur.Must, query)]

    def _all_of(self, parts: _Parts) -> tantivy.Query:
        return parts[0][1] if len(parts) == 1 else self._query.boolean_query(parts)

    # -- words ------------------------------------------------------------------------------------

    def _typed(self, asked: Clauses) -> tuple[_Parts, list[Words]]:
        must = [self._words(words) for words in asked.must]
        must += [self._begun(asked)] if asked.begins else []
        must += [self._near(asked.stream, *asked.near)] if asked.near else []
        if not must:
            return self._one(self._query.empty_query()), []
        return [(self._tantivy.Occur.Must, part) for part in must], list(asked.adds)

    def _words(self, words: Words) -> tantivy.Query:
        if len(words.words) == 1:
            found = self._term(words.stream, words.words[0])
        else:
            found = self._query.phrase_query(self._schema, words.stream, [*words.words])
        return self._query.boost_query(found, words.weight)

    def _term(self, stream: str, word: str) -> tantivy.Query:
        return self._query.term_query(self._schema, stream, word, "freq")

    def _near(self, stream: str, distance: int, left: tuple[str, ...], right: tuple[str, ...]) -> tantivy.Query:
        """Each distance in each order is a phrase with a gap; tantivy's slop does it at once for two single words, and
        for more means something else than Elasticsearch's.
        """
        should, both = self._tantivy.Occur.Should, ((left, right), (right, left))
        phrase = self._query.phrase_query
        if len(left) == len(right) == 1 and left != right:  # a word is never near itself
            found = [phrase(self._schema, stream, [*one, *other], distance) for one, other in both]
        else:
            gaps = range(distance + 1)
            found = [phrase(self._schema, stream, _apart(*pair, gap)) for pair in both for gap in gaps]
        return self._filter(self._query.boolean_query([(should, one) for one in found]))

    def _begun(self, asked: Clauses) -> tantivy.Query:
        begins = self._query.regex_query(self._schema, asked.stream, f"{re.escape(asked.begins)}.*")
        whole = self._term(asked.stream, asked.whole)
        should = self._tantivy.Occur.Should
        return self._query.const_score_query(self._query.boolean_query([(should, begins), (should, whole)]), 1.0)

    # -- filters ----------------------------------------------------------------------------------

    def _filter(self, query: tantivy.Query) -> tantivy.Query:
        return self._query.const_score_query(query, 0.0)

    def _terms(self, query: Terms) -> tantivy.Query:
        known(query.field)
        values = list(query.values)
        if not 0 < len(values) <= _FEW:
            return self._filter(self._query.term_set_query(self._schema, query.field, values))
        should = self._tantivy.Occur.Should
        each = [(should, self._query.term_query(self._schema, query.field, value, "basic")) for value in values]
        return self._filter(self._all_of(each))

    def _range(self, query: Range) -> tantivy.Query:
        known(query.field, of=TIMES)
        if query.start is None and query.end is None:
            return self._filter(self._query.all_query())
        start = held(query.start) if query.start else None
        end = held(query.end) if query.end else None
        kind, upper = self._tantivy.FieldType.Date, end is None  # an open side counts as included
        return self._filter(self._query.range_query(self._schema, query.field, kind, start, end, include_upper=upper))

    def _bool(self, query: Bool, *, ranked: bool) -> tuple[_Parts, list[Words]]:
        occur = self._tantivy.Occur
        parts, adds = _Parts(), list[Words]()
        for part in query.must:
            required, more = self._parts(part, ranked=ranked)
            parts += required
            adds += more
        if query.should:
            each = [(occur.Should, self.compiled(part, ranked=ranked)) for part in query.should]
            parts.append((occur.Must, self._query.boolean_query(each)))
        if not parts:  # exclusions alone leave out of everything
            parts.append((occur.Must, self._filter(self._query.all_query())))
        parts += [(occur.MustNot, self.compiled(part, ranked=False)) for part in query.must_not]
        return parts, adds


def _apart(left: tuple[str, ...], right: tuple[str, ...], gap: int) -> list[str | tuple[int, str]]:
    """A phrase for tantivy: words with their places, ``gap`` places left open between the two."""
    return [*enumerate(left), *enumerate(right, len(left) + gap)]
