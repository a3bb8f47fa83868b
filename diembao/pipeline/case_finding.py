"""Cases by what is typed, with the query language of every other list.

A case is found by its own name and themes, or by an article that it holds.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from diembao.core.case import Case, CaseQuery
from diembao.core.document import Document
from diembao.core.query import Bool, Query, Terms
from diembao.pipeline.wiring import Installation

_CASES: Final = 500  # read at a time
_ARTICLES: Final = 5000  # asked of the index at a time; a page of it ends at 10,000


def found_by(house: Installation, query: Query) -> tuple[str, ...]:
    """Numbers of the cases that a query finds.

    Raises:
        IndexAway: the articles cannot be searched now.
    """
    named = house.matcher.matching([_document(case) for case in _every(house)], [query])[0]
    held = house.store.covered()
    matching = _matching(house, query, sorted({article_id for _, article_id in held}))
    return tuple(sorted({*named, *(number for number, article_id in held if article_id in matching)}))


def _matching(house: Installation, query: Query, ids: list[str]) -> set[str]:
    found: set[str] = set()
    for start in range(0, len(ids), _ARTICLES):
        among = Bool(must=(query, Terms("id", tuple(ids[start : start + _ARTICLES]))))
        found.update(hit.id for hit in house.index.search(among, limit=_ARTICLES).hits)
    return found


def _document(case: Case) -> Document:
    """The case itself as an index would hold it; its time is when it was opened."""
    told = case.details
    keywords = {"theme": told.themes}
    return Document(case.number, told.title, "", "", case.opened_at, case.opened_at, keywords)


def _every(house: Installation) -> Iterator[Case]:
    offset = 0
    while found := house.store.cases(CaseQuery(), offset=offset, limit=_CASES)[1]:
        yield from found
        offset += len(found)
