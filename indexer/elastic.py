"""The index on an Elasticsearch server, 8 or 9: for more than one machine, and for Kibana.

Analysis is ours: the server splits joined tokens at spaces and needs no plugin. Answers are those of the embedded
index: the same ids, totals and buckets, and on one merged shard the same scores.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from diembao.core.document import Document
from diembao.core.errors import DiembaoError
from diembao.core.query import Query
from diembao.core.searchable import Fresh, Hit, Hits, SortBy
from indexer.aggregations import answered, prepared
from indexer.compiled import held, scored
from indexer.elastic_alias import ONE_SHARD, Alias, Layout, making
from indexer.elastic_bulk import send
from indexer.elastic_query import TOKENS, compiled
from indexer.elastic_server import DEFAULT_LIMITS, NOBODY, Limits, Login, Server
from indexer.embedded import EmbeddedIndex
from indexer.fields import Entry, entry, page_checked

Json = dict[str, Any]

_WINDOW: Final = 10_000  # documents of one answer, the server's own limit

_ORDER: Final[Mapping[SortBy, Json]] = {
    SortBy.NEWEST: {"published": "desc"},
    SortBy.OLDEST: {"published": "asc"},
}


class ElasticIndex:
    """`core.ports.Index` on Elasticsearch. Safe to share between threads; any number of processes may read and write.

    Nothing is asked of the server before the first call. See `elastic_server` for what its errors become.
    """

    def __init__(
        self,
        url: str,
        alias: str,
        login: Login = NOBODY,
        *,
        layout: Layout = ONE_SHARD,
        limits: Limits = DEFAULT_LIMITS,
    ) -> None:
        self._server = Server(url, login, limits)
        self._alias = Alias(self._server, alias, layout)
        self._written = ""  # the index that was last written, which is the one to mark

    # -- writing ----------------------------------------------------------------------------------

    def put(self, documents: Iterable[Document]) -> int:
        """A document whose ``version`` is lower than what is there changes nothing: a newer one came before it.

        What an error leaves half written is written again, by whoever puts the same once more.
        """
        ready = [(document, entry(document)) for document in documents]  # all are checked before any is sent
        if not ready:
            return 0
        name = self._alias.ready()
        self._send(ready, self._alias.name)
        with self._server.asked(writes=True) as client:
            client.indices.refresh(index=self._alias.name)
        found = self._alias.current()
        if found is None or found[0] != name:
            raise self._alias.gone()
        self._written = name
        return len(ready)

    def _send(self, ready: Iterable[tuple[Document, Entry]], name: str) -> None:
        send(self._server, _actions(ready), name, self._alias.gone)

    def wipe(self) -> None:
        self._written = self._alias.renew()

    @contextlib.contextmanager
    def renewed(self) -> Iterator[Fresh]:
        """A new index beside the one that answers; see `core.ports.Index.renewed`."""
        name = self._alias.make()
        try:
            yield _Beside(self, name)
            with self._server.asked(writes=True) as client:
                client.indices.refresh(index=name)
            self._alias.swap(name)
        except BaseException:
            with contextlib.suppress(DiembaoError):  # the next one clears it away, and the first error says more
                self._alias.remove(name)
            raise

    def position(self) -> int:
        found = self._alias.current()
        return found[1] if found else 0

    def mark(self, number: int) -> None:
        self._alias.mark(self._written or self._alias.ready(), number)

    def close(self) -> None:
        self._server.close()

    # -- reading ----------------------------------------------------------------------------------

    def size(self) -> int:
        return self._total({"match_all": {}})

    def versions(self) -> Iterator[tuple[str, int]]:
        after: list[Json] = []
        order = [{"id": "asc"}]
        while found := self._search(
            {"match_all": {}}, size=_WINDOW, sort=order, version=True, **({"search_after": after} if after else {})
        ):
            hits = found["hits"]["hits"]
            yield from ((hit["_id"], hit["_version"]) for hit in hits)
            if len(hits) < _WINDOW:
                return
            after = hits[-1]["sort"]

    def damaged(self) -> list[str]:
        """The server looks after its files itself."""
        return []

    def checked(self) -> list[str]:
        return self.damaged()

    def count(self, query: Query) -> int:
        return self._total(compiled(query))

    def aggregate(self, query: Query, aggs: Mapping[str, Any]) -> dict[str, Any]:
        """See `aggregations` for what may be asked.

        Raises:
            WrongUse: something else, or more buckets than anyone can read.
        """
        asked = prepared(aggs, keeps_all="shard_size")
        found = self._search(compiled(query), size=0, track_total_hits=False, aggregations=asked)
        if found is None:
            return _of_nothing(query, aggs)
        return answered(found.get("aggregations", {}))

    def search(self, query: Query, *, sort: SortBy = SortBy.SCORE, offset: int = 0, limit: int = 20) -> Hits:
        """A page of hits, with the number of all. Times count to the second; ties are in the order of their ids.

        Raises:
            WrongUse: a page past the first 10,000 hits.
        """
        page_checked(offset, limit)
        asked, ranked = compiled(query), sort is SortBy.SCORE and scored(query)
        if not limit:
            return Hits(self._total(asked), ())
        order = [{"_score": "desc"}] if ranked else [_ORDER[sort]] if sort in _ORDER else []
        found = self._search(asked, sort=[*order, {"id": "asc"}], from_=offset, size=limit, track_total_hits=True)
        if found is None:
            return Hits(0, ())
        hits = tuple(Hit(hit["_id"], hit["_score"] if ranked else 0.0) for hit in found["hits"]["hits"])
        return Hits(found["hits"]["total"]["value"], hits)

    def _total(self, query: Json) -> int:
        found = self._search(query, size=0, track_total_hits=True)
        return int(found["hits"]["total"]["value"]) if found else 0

    def _search(self, query: Json, **asked: Any) -> Json | None:  # noqa: ANN401 (the parts of a search request)
        """None: there is no index of our version. Never the answer of a part of the index."""
        with self._server.asked() as client:
            found = client.options(ignore_status=404).search(
                index=self._alias.name, allow_partial_search_results=False, source=False, query=query, **asked
            )
        return None if found.meta.status == 404 else found.body


class _Beside:
    """`core.ports.Fresh`: an index that nobody reads yet."""

    def __init__(self, index: ElasticIndex, name: str) -> None:
        self._index, self._name = index, name

    def put(self, documents: Iterable[Document]) -> int:
        ready = [(document, entry(document)) for document in documents]
        if ready:
            self._index._send(ready, making(self._name))  # noqa: SLF001 (its other half)
        return len(ready)

    def mark(self, number: int) -> None:
        self._index._alias.mark(self._name, number)  # noqa: SLF001 (its other half)


def _actions(ready: Iterable[tuple[Document, Entry]]) -> Iterator[Json]:
    for document, one in ready:
        yield {
            "_op_type": "index",
            "_id": one.id,
            "version": document.version,
            "version_type": "external_gte",  # the same number again is the same batch again
            "_source": {
                "title": document.title,
                "lead": document.lead,
                "text": document.text,
                **one.keywords,
                **{name: held(moment).isoformat() for name, moment in one.times.items()},
                TOKENS: one.texts,
            },
        }


def _of_nothing(query: Query, aggs: Mapping[str, Any]) -> Json:
    """What an empty index answers."""
    return EmbeddedIndex(Path(os.devnull), read_only=True).aggregate(query, aggs)
