"""Tree → text that a person could have typed and that reads as the same tree."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from functools import lru_cache
from typing import Final

from diembao.core.analysis import has_tokens, tokens
from diembao.core.errors import QueryError
from diembao.core.query import All, Bool, Marked, Near, Phrase, Prefix, Query, Range, Terms, Text
from diembao.core.query_scan import QUOTES

_NOTHING: Final = "(NOT *)"
_ANY_TIME: Final = datetime(2026, 1, 1, tzinfo=UTC)  # nothing that is tried out here depends on the time


def write(query: Query) -> str:
    """See ``core.query.unparse``."""
    return "" if query == All() else _written(query)


def _written(query: Query) -> str:
    match query:
        case All():
            return "*"
        case Bool():
            return _bool(query)
        case Terms():
            return _terms(query)
        case Range():
            return f'{query.field}:"{_instant(query.start)}..{_instant(query.end)}"'
        case Near():
            return _near(query)
        case _:
            return _typed(query)


# -- leaves -----------------------------------------------------------------------------------------


def _typed(query: Text | Phrase | Prefix | Marked) -> str:
    if not has_tokens(query.text):
        return _NOTHING
    if isinstance(query, Phrase):
        return f"{_field(query.field)}{_quoted(query.text)}"
    plain = " ".join(token.exact for token in tokens(query.text))  # small letters and no signs: never an operator
    if isinstance(query, Prefix):
        return _first_that_reads(query, f"{_field(query.field)}{query.text}*", f"{query.field}:({plain}*)")
    if query.field == "text":
        return _first_that_reads(query, query.text, plain)
    return _first_that_reads(
        query, f"{query.field}:{query.text}", f"{query.field}:({query.text})", f"{query.field}:({plain})"
    )


def _near(query: Near) -> str:
    if not has_tokens(query.left) or not has_tokens(query.right):
        return _NOTHING
    near = f"{_quoted(query.left)} NEAR/{query.distance} {_quoted(query.right)}"
    return near if query.field == "text" else f"{query.field}:({near})"


def _terms(query: Terms) -> str:
    if not query.values:
        return _NOTHING
    values = [_value(query.field, value) for value in query.values]
    return f"{query.field}:{values[0]}" if len(values) == 1 else f"{query.field}:({' OR '.join(values)})"


@lru_cache(maxsize=4096)  # reports write the same few values a thousand times, and each try is a parse
def _value(field: str, value: str) -> str:
    one = Terms(field, (value,))
    whole = _first_that_reads(one, f"{field}:({value})", f"{field}:({_quoted(value)})")
    return whole[len(field) + 2 : -1]


def _field(name: str) -> str:
    return "" if name == "text" else f"{name}:"


_TO_ESCAPE: Final = re.compile(rf"([{QUOTES}\\])")


def _quoted(text: str) -> str:
    escaped = _TO_ESCAPE.sub(r"\\\1", text)
    return f'"{escaped}"'


def _instant(moment: datetime | None) -> str:
    return moment.astimezone(UTC).isoformat() if moment else ""


def _first_that_reads(query: Query, *ways: str) -> str:
    """The first way of writing that reads as this query; the last one where none does."""
    return next((way for way in ways[:-1] if _reads(way) == query), ways[-1])


def _reads(way: str) -> Query | None:
    from diembao.core.query_grammar import read
    from diembao.core.vocabulary import NOTHING_SAID

    try:
        return read(way, now=_ANY_TIME, zone="UTC", words=NOTHING_SAID)
    except QueryError:
        return None


# -- together ---------------------------------------------------------------------------------------


def _bool(query: Bool) -> str:
    either = " OR ".join(_alternative(part) for part in query.should)
    if not query.must and not query.must_not:
        return either or "*"
    parts = [_closed(part) for part in query.must]
    parts += [f"({either})"] if either else []
    parts += [f"NOT {_closed(part)}" for part in query.must_not]
    return " AND ".join(parts)


def _closed(query: Query) -> str:
    return f"({_written(query)})" if isinstance(query, Bool) else _written(query)


def _alternative(query: Query) -> str:
    """AND binds more than OR, and needs no parentheses here."""
    return _closed(query) if isinstance(query, Bool) and query.should else _written(query)
