"""Exact pages. tantivy breaks ties by where a document lies, which changes with every merge; ours go by id."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any, Final

from diembao.core.searchable import Hit, Hits

if TYPE_CHECKING:
    import tantivy

RANK: Final = "rank"  # the field by which documents are ordered by id; see `rank`
_AHEAD: Final = 64  # hits after the page: nearly always past its last tie, and cheaper by far than another search
_MORE: Final = 4  # times as many at each new try
_RANK_BYTES: Final = 8  # what an unsigned number holds
_Ranked = tuple[Any, "tantivy.DocAddress"]  # what it is ordered by (a score, a time, a rank) and where it lies


def rank(name: str) -> int:
    """A number in the order of the ids: ordering by it costs a tenth of ordering by the id itself. Ids that begin alike
    have one rank, and are ties like any other.
    """
    return int.from_bytes(name.encode()[:_RANK_BYTES].ljust(_RANK_BYTES, b"\0"), "big")


def total(found: tantivy.SearchResult) -> int:
    """How many there are of a query, on the page or not."""
    count: int = found.count  # type: ignore[attr-defined]  # tantivy's stub leaves it out
    return count


@dataclass(frozen=True, slots=True)
class Page:
    """Hits ``offset`` … ``offset + limit`` of a query, of one state of the index."""

    searcher: tantivy.Searcher
    query: tantivy.Query
    offset: int
    limit: int

    @property
    def end(self) -> int:
        return self.offset + self.limit

    def by_score(self) -> Hits:
        """Best first."""
        return self._hits(lambda limit: self.searcher.search(self.query, limit), scored=True)

    def by_id(self) -> Hits:
        """For filters alone, whose hits all have the score 0."""
        return self._hits(partial(self._in_order, RANK, descending=False))

    def by_time(self, *, newest: bool) -> Hits:
        """By the time of publication."""
        return self._hits(partial(self._in_order, "published", descending=newest))

    def _in_order(self, field: str, limit: int, *, descending: bool) -> tantivy.SearchResult:
        import tantivy

        order = tantivy.Order.Desc if descending else tantivy.Order.Asc
        return self.searcher.search(self.query, limit, order_by_field=field, order=order)

    def _hits(self, fetch: Callable[[int], tantivy.SearchResult], *, scored: bool = False) -> Hits:
        """Fetches more until the order changes after the page's end, so that no tie is missing."""
        fetched = self.end + _AHEAD
        while _cut((found := fetch(fetched)).hits, fetched, self.end):
            fetched *= _MORE
        page = self._window(found.hits)
        return Hits(total(found), tuple(Hit(name, key if scored else 0.0) for key, name in page))

    def _window(self, hits: Sequence[_Ranked]) -> list[tuple[Any, str]]:
        """The page of hits whose ties are all there, each with its id."""
        if self.offset >= len(hits):
            return []
        edge = hits[self.offset][0]
        first = next(place for place, hit in enumerate(hits) if hit[0] == edge)
        named: list[tuple[Any, str]] = []
        for key, tied in groupby(hits[first:], key=itemgetter(0)):
            named += [(key, name) for name in sorted(self._id(where) for _, where in tied)]
            if first + len(named) >= self.end:
                break
        return named[self.offset - first : self.end - first]

    def _id(self, where: tantivy.DocAddress) -> str:
        return str(self.searcher.doc(where)["id"][0])


def _cut(hits: Sequence[_Ranked], asked: int, end: int) -> bool:
    """Do ties of the page's last hit lie beyond what was fetched?"""
    return len(hits) == asked and bool(hits[-1][0] == hits[end - 1][0])
