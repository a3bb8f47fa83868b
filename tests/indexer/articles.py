"""Articles for the tests of the index, and how they ask for them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from diembao.core.document import Document
from diembao.core.ports import Index, SortBy
from diembao.core.query import Query, parse

NOW = datetime(2026, 11, 21, 5, tzinfo=UTC)  # noon in Hà Nội


def document(
    name: str, title: str = "", text: str = "", *, hours: float = 0, **keywords: str | tuple[str, ...]
) -> Document:
    """An article published ``hours`` before ``NOW``."""
    when = NOW - timedelta(hours=hours)
    values = {field: (value,) if isinstance(value, str) else value for field, value in keywords.items()}
    return Document(name, title, "", text, when, when, values)


def ids(index: Index, query: Query | str, sort: SortBy = SortBy.SCORE) -> list[str]:
    tree = parse(query, now=NOW) if isinstance(query, str) else query
    found = index.search(tree, sort=sort, limit=100)
    assert found.total == len(found.hits) == index.count(tree)
    return [hit.id for hit in found.hits]
