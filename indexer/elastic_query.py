"""Our query tree → Elasticsearch's query JSON: the same clauses and weights as in `compiled`, for the same scores."""

from __future__ import annotations

from typing import Any, Final

from diembao.core.query import All, Bool, Query, Range, Terms
from indexer.compiled import held
from indexer.fields import TIMES, Clauses, Words, clauses, known

Json = dict[str, Any]

TOKENS: Final = "tokens"  # the object that holds our streams; `title` and `text` beside it are the raw words

_MOST_VALUES: Final = 65_536  # of one terms query, the server's own default limit


def stream(name: str) -> str:
    """The field in which a stream of `fields` lies."""
    return f"{TOKENS}.{name}"


def compiled(query: Query) -> Json:
    """What to ask. Filters (terms, ranges, everything) add 0 to the score.

    Raises:
        WrongUse: a field that cannot be asked so.
    """
    match query:
        case All():
            return _everything()
        case Terms():
            return _terms(query)
        case Range():
            return _range(query)
        case Bool():
            return _bool(query)
        case _:
            return _typed(clauses(query))


# -- words ------------------------------------------------------------------------------------------


def _typed(asked: Clauses) -> Json:
    must = [_words(words) for words in asked.must]
    must += [_begun(asked)] if asked.begins else []
    must += [_near(asked.stream, *asked.near)] if asked.near else []
    if not must:
        return {"match_none": {}}
    return {"bool": {"must": must, "should": [_words(words) for words in asked.adds]}}


def _words(words: Words) -> Json:
    field, boost = stream(words.stream), words.weight
    if len(words.words) == 1:
        return {"term": {field: {"value": words.words[0], "boost": boost}}}
    return {"match_phrase": {field: {"query": " ".join(words.words), "boost": boost}}}


def _near(name: str, distance: int, left: tuple[str, ...], right: tuple[str, ...]) -> Json:
    """In both orders, each of them without overlap."""
    both = [
        {"all_of": {"ordered": True, "max_gaps": distance, "intervals": [_side_by_side(one), _side_by_side(other)]}}
        for one, other in ((left, right), (right, left))
    ]
    return _constant({"intervals": {stream(name): {"any_of": {"intervals": both}}}})


def _side_by_side(words: tuple[str, ...]) -> Json:
    return {"match": {"query": " ".join(words), "max_gaps": 0, "ordered": True}}


def _begun(asked: Clauses) -> Json:
    field = stream(asked.stream)
    either = [{"prefix": {field: {"value": asked.begins}}}, {"term": {field: {"value": asked.whole}}}]
    return _constant({"bool": {"should": either}}, 1.0)


# -- filters ----------------------------------------------------------------------------------------


def _constant(query: Json, score: float = 0.0) -> Json:
    return {"constant_score": {"filter": query, "boost": score}}


def _everything() -> Json:
    return {"match_all": {"boost": 0.0}}


def _terms(query: Terms) -> Json:
    known(query.field)
    values = list(query.values)
    parts = [values[start : start + _MOST_VALUES] for start in range(0, len(values), _MOST_VALUES)]
    either = [{"terms": {query.field: part}} for part in parts] or [{"match_none": {}}]
    return _constant(either[0] if len(either) == 1 else {"bool": {"should": either}})


def _range(query: Range) -> Json:
    known(query.field, of=TIMES)
    limits = {"gte": query.start, "lt": query.end}
    asked = {name: held(moment).isoformat() for name, moment in limits.items() if moment is not None}
    return _constant({"range": {query.field: asked}}) if asked else _everything()


def _bool(query: Bool) -> Json:
    # Exclusions alone leave out of everything; without any clause the server would count 1 for everything.
    must = [compiled(part) for part in query.must] or ([] if query.should else [_everything()])
    asked: Json = {"must": must, "must_not": [compiled(part) for part in query.must_not]}
    if query.should:
        asked |= {"should": [compiled(part) for part in query.should], "minimum_should_match": 1}
    return {"bool": asked}
