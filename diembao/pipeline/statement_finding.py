"""Statements by what is typed, with the query language of every other list: by their titles and texts in any language,
or by their case (its name, its themes, an article that it holds).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from diembao.core.document import Document
from diembao.core.query import Query
from diembao.core.statement_list import StatementLine, StatementQuery
from diembao.pipeline import case_finding
from diembao.pipeline.wiring import Installation

_AT_ONCE: Final = 500
# More than a province issues in ten years: the latest are looked through.
_MOST: Final = 10_000


def found_by(house: Installation, query: Query) -> tuple[tuple[str, int], ...]:
    """Case and version of those that a query finds.

    Raises:
        IndexAway: the articles of the cases cannot be searched now.
    """
    lines = {f"{each.case}/{each.version}": each for each in _every(house)}
    named = set(house.matcher.matching([_document(key, each) for key, each in lines.items()], [query])[0])
    cases = set(case_finding.found_by(house, query))
    return tuple(sorted((each.case, each.version) for key, each in lines.items() if key in named or each.case in cases))


def _document(key: str, line: StatementLine) -> Document:
    return Document(key, line.title, "", line.text, line.at, line.at, {})


def _every(house: Installation) -> Iterator[StatementLine]:
    offset = 0
    while offset < _MOST and (found := house.store.statement_lines(StatementQuery(), offset=offset, limit=_AT_ONCE)[1]):
        yield from found
        offset += len(found)
