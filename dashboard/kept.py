"""A view of the stream as one query that could be typed: what is kept when somebody saves it.

Filters are part of what was asked for. Printed as text they mean the same in the search box, in other searches, in
alerts, on the command line and in the API.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from dashboard.address import CUSTOM, EVER, NARROWED, PERIODS, Asked
from diembao.core.ports import SortBy
from diembao.core.query import Terms, unparse
from diembao.core.query_words import NAMES, VALUES


def as_typed(asked: Asked) -> str:
    """The typed query and every filter, in the words of the query language; empty where everything is asked for. A
    period counts back from whoever asks, as it does in the address.
    """
    filters = list(_filters(asked))
    typed = asked.q.strip()
    if typed and filters:
        typed = f"({typed})"
    return " ".join(filter(None, (typed, *filters)))


def opened(query: str, sort: SortBy) -> Asked:
    """The view of a saved query: it says all that narrows it."""
    return Asked(q=query, period=EVER, relevance=(), sort=sort)


def _filters(asked: Asked) -> Iterator[str]:
    if asked.period in PERIODS:
        yield f"từ:{PERIODS[asked.period] // timedelta(hours=1)} giờ"
    if asked.period == CUSTOM:
        yield from (f"{name}:{_day(day)}" for name, day in (("từ", asked.start), ("đến", asked.end)) if day)
    for name in NARROWED:
        values = [_value(name, value) for value in asked.values(name)]
        if values:
            either = values[0] if len(values) == 1 else f"({' OR '.join(values)})"
            yield f"{NAMES[name][1]}:{either}"


def _day(day: date) -> str:
    return f"{day.day}/{day.month}/{day.year}"


def _value(name: str, value: str) -> str:
    known = VALUES.get(name, {}).get(value)
    return known[1] if known else unparse(Terms(name, (value,))).removeprefix(f"{name}:")
