"""The doors to the searchable copy of the articles: what they promise, and the values that pass through them.

Handed out by `core.ports` with the other doors. By itself, for whoever only searches: what the other doors name takes
as long to read in as a search does.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from diembao.core.document import Document
    from diembao.core.query import Query


class SortBy(StrEnum):
    SCORE = "score"
    NEWEST = "newest"
    OLDEST = "oldest"


@dataclass(frozen=True, slots=True)
class Hit:
    id: str
    score: float


@dataclass(frozen=True, slots=True)
class Hits:
    total: int
    hits: tuple[Hit, ...]


class Index(Protocol):
    """A searchable copy of the articles that may be deleted. Ties are ordered by id."""

    def put(self, documents: Iterable[Document]) -> int:
        """Add or replace by id, durable and visible when it returns; how many."""

    def position(self) -> int:
        """The log number up to which this copy is complete; 0 for a new or foreign one (for example
        made with another version of the analysis).
        """

    def mark(self, number: int) -> None:
        """Remember the position."""

    def search(self, query: Query, *, sort: SortBy = SortBy.SCORE, offset: int = 0, limit: int = 20) -> Hits: ...

    def count(self, query: Query) -> int: ...

    def aggregate(self, query: Query, aggs: Mapping[str, Any]) -> dict[str, Any]:
        """Elasticsearch's aggregation JSON in, its answer out (terms, date_histogram, cardinality …)."""

    def wipe(self) -> None:
        """Empty it and set its position to 0."""

    def renewed(self) -> AbstractContextManager[Fresh]:
        """A new, empty copy to fill while this one goes on answering, and being written. At the end of the block it
        takes this one's place in one step; an error in the block leaves all as it was.
        """

    def size(self) -> int: ...

    def versions(self) -> Iterator[tuple[str, int]]:
        """Id and version of every document, in the order of ids."""

    def damaged(self) -> Sequence[str]:
        """Names of its files that are not as they were written, where it can know."""

    def checked(self) -> Sequence[str]:
        """As `damaged`; where there are any it is empty at position 0 from now on, for whoever reads it, so that the
        step `index` makes it again: what damaged files answer cannot be trusted.
        """

    def close(self) -> None: ...


class Fresh(Protocol):
    """A searchable copy in the making, that nobody reads yet."""

    def put(self, documents: Iterable[Document]) -> int:
        """As `Index.put`, but not visible before it takes its place."""

    def mark(self, number: int) -> None:
        """As `Index.mark`."""


class Matcher(Protocol):
    """Runs many queries over a few documents, without an index on disk or on a server."""

    def matching(self, documents: Iterable[Document], queries: Sequence[Query]) -> Sequence[Sequence[str]]:
        """For each query the ids of the documents that any index would find, the oldest first, then by id."""
