"""The address of the stream is its state: a link shows anyone the same view.

What an address says is foreign input: unknown values are dropped, lengths are bounded.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from diembao.core.ports import SortBy
from diembao.core.query import All, Bool, Query, Range, Terms

# How the list is drawn.
SHAPES: Final = ("rows", "table")
PERIODS: Final = {
    "24h": timedelta(hours=24),
    "7d": timedelta(days=7),
    "30d": timedelta(days=30),
    "90d": timedelta(days=90),
}
AT_FIRST, EVER, CUSTOM, ANY = "7d", "all", "custom", "all"
RELEVANCES: Final = ("yes", "part", "no")
STANCES: Final = ("critical", "neutral", "positive", "abstain")
# Fields of the index that a reader may narrow, in the order in which they are shown.
NARROWED: Final = ("relevance", "stance", "theme", "language", "outlet", "country")

# Rows of a page. An index answers 10,000 deep at most: who reads further wants an export, not a page.
PER_PAGE, DEEPEST = 50, 10_000
PAGES: Final = DEEPEST // PER_PAGE
# Characters of a typed query, values of one filter, characters of one value.
QUERY_LENGTH, VALUES, VALUE_LENGTH = 2000, 50, 64


@dataclass(frozen=True, slots=True)
class Asked:
    """What the reader asked for. An empty tuple does not narrow."""

    q: str = ""
    period: str = AT_FIRST
    start: date | None = None
    end: date | None = None
    relevance: tuple[str, ...] = ("yes", "part")
    stance: tuple[str, ...] = ()
    theme: tuple[str, ...] = ()
    language: tuple[str, ...] = ()
    outlet: tuple[str, ...] = ()
    country: tuple[str, ...] = ()
    sort: SortBy = SortBy.NEWEST
    page: int = 1
    shape: str = SHAPES[0]

    def values(self, name: str) -> tuple[str, ...]:
        found: tuple[str, ...] = getattr(self, name)
        return found

    @property
    def narrowings(self) -> int:
        """How many filters are not as they were at first (the typed query and the order are none)."""
        plain = Asked()
        return sum(getattr(self, name) != getattr(plain, name) for name in ("period", *NARROWED))


def read(params: Mapping[str, Sequence[str]]) -> Asked:
    """What an address asks for."""

    def one(name: str) -> str:
        return next(iter(params.get(name, ())), "")

    narrowed = {name: _values(params[name], name) for name in NARROWED if name in params}
    asked = Asked(
        q=one("q")[: QUERY_LENGTH + 1],  # one more than can be read: that it is too long is said, not hidden
        period=one("period") if one("period") in {*PERIODS, EVER, CUSTOM} else AT_FIRST,
        start=_day(one("from")),
        end=_day(one("to")),
        sort=SortBy(one("sort")) if one("sort") in set(SortBy) else SortBy.NEWEST,
        page=_page(one("page")),
        shape=one("as") if one("as") in SHAPES else SHAPES[0],
    )
    return replace(asked, **narrowed)  # type: ignore[arg-type]  # all of NARROWED are tuples of words


def write(asked: Asked) -> dict[str, list[str]]:
    """The address of a view: only what differs from the view at first."""
    plain, found = Asked(), {}
    for name in ("q", "period", "sort", "page"):
        if getattr(asked, name) != getattr(plain, name):
            found[name] = [str(getattr(asked, name))]
    for name in NARROWED:
        if asked.values(name) != plain.values(name):
            found[name] = list(asked.values(name)) or [ANY]
    if asked.shape != plain.shape:
        found["as"] = [asked.shape]
    if asked.period == CUSTOM:
        found |= {name: [day.isoformat()] for name, day in (("from", asked.start), ("to", asked.end)) if day}
    return found


def narrowed(asked: Asked, typed: Query, now: datetime, zone: str, *, without: str = "") -> Query:
    """The query of a view; ``without`` leaves one filter out (to count its other values)."""
    parts = [typed, period(asked, now, zone)]
    parts += [Terms(name, asked.values(name)) for name in NARROWED if name != without and asked.values(name)]
    must = tuple(part for part in parts if part != All())
    return Bool(must=must) if must else All()


def period(asked: Asked, now: datetime, zone: str) -> Query:
    """Days are days of the province; the last one is taken in whole."""
    if asked.period in PERIODS:
        return Range("published", now - PERIODS[asked.period], None)
    if asked.period != CUSTOM or not (asked.start or asked.end):
        return All()
    end = asked.end + timedelta(days=1) if asked.end else None
    return Range("published", _midnight(asked.start, zone), _midnight(end, zone))


def _midnight(day: date | None, zone: str) -> datetime | None:
    return datetime.combine(day, time(), ZoneInfo(zone)) if day else None


def _values(given: Sequence[str], name: str) -> tuple[str, ...]:
    known = {"relevance": RELEVANCES, "stance": STANCES}.get(name)
    words = [word for word in given[:VALUES] if word and word != ANY and len(word) <= VALUE_LENGTH]
    return tuple(dict.fromkeys(word for word in words if known is None or word in known))


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    # Beyond these a zone's offset cannot be applied; and there was no press to watch.
    return day if date(1900, 1, 1) <= day <= date(2200, 1, 1) else None


def _page(text: str) -> int:
    return min(int(text), PAGES) if text.isascii() and text.isdigit() and 0 < len(text) < 7 and int(text) else 1
