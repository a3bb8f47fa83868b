"""Vectors of articles on an Elasticsearch server, 8 or 9: the same nearest ones as from the files of `vectors`.

    diembao-vectors                     the alias of the vectors that answer
    diembao-vectors-<16 hex digits>     the alias of one model's; the digits stand for model, dimension and mapping
    diembao-vectors-<16 hex digits>-1   the index behind it; its mapping says which model, and up to which number of
                                        the log it is complete

The server chooses, and what it chose is multiplied once more here, by the same code as on files: products, order and
ties are then the same. It keeps each vector twice: as it searches it, and as bytes, exactly as it was put.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from diembao.core.errors import IndexAway, Misconfigured, WrongUse
from diembao.core.ports import Hit
from diembao.core.query import Terms
from indexer.elastic_alias import ONE_SHARD, OWNER, Layout, confirmed, owned
from indexer.elastic_bulk import send
from indexer.elastic_query import compiled
from indexer.elastic_server import DEFAULT_LIMITS, NOBODY, Limits, Login, Server
from indexer.vector_file import as_numbers
from indexer.vectors import best, products, shape_checked

Json = dict[str, Any]
Rows = npt.NDArray[np.float32]

_LAYOUT: Final = 1  # raise it when the mapping below changes
_MOST: Final = 10_000  # of one answer, the server's own limit
_MORE: Final = 20  # asked for beyond k, so that ties at the cut are seen at once
# The server adds 32-bit numbers in another order than NumPy: products of unit vectors differ by less than this.
_BLUR: Final = 1e-5


class ElasticVectors:
    """`core.ports.Vectors` on Elasticsearch. Safe to share between threads; any number of processes may read.

    ``kind`` is the server's word for how it searches: "flat" looks at every vector and is exact; "hnsw" is a graph for
    millions of them, and misses some.
    """

    def __init__(  # noqa: PLR0913 (what a server, an index and a model are each told)
        self,
        url: str,
        alias: str,
        version: str,
        dimension: int,
        login: Login = NOBODY,
        *,
        kind: str = "flat",
        layout: Layout = ONE_SHARD,
        limits: Limits = DEFAULT_LIMITS,
    ) -> None:
        """Version "" and dimension 0: to read what there is, whichever model made it."""
        self.version, self.dimension = version, dimension
        self._server, self._kind, self._layout = Server(url, login, limits), kind, layout
        self._alias = f"{alias}-vectors"
        self._own = f"{self._alias}-{_digits(version, dimension, kind)}"
        self._ours = re.compile(rf"{re.escape(self._alias)}-[0-9a-f]{{16}}-1")

    # -- writing ----------------------------------------------------------------------------------

    def put(self, ids: Sequence[str], vectors: Rows) -> int:
        if not self.dimension:
            msg = f"the vectors behind '{self._alias}' were opened for reading only"
            raise WrongUse(msg)
        shape_checked(ids, vectors, self.dimension)
        as_numbers(ids)
        if not ids:
            return 0
        self._ready()
        rows = np.asarray(vectors, dtype="<f4")
        send(self._server, (_action(*pair) for pair in zip(ids, rows, strict=True)), self._own, self._gone)
        with self._server.asked(writes=True) as client:
            client.indices.refresh(index=self._own)
        if self._behind(self._alias) is None:  # the first model answers at once
            self.take_over()
        return len(ids)

    def mark(self, number: int) -> None:
        self._ready()
        with self._server.asked(writes=True) as client:
            done = client.options(ignore_status=404).indices.put_mapping(index=self._own, meta=self._meta(number))
        if done.meta.status == 404:
            raise self._gone()
        confirmed(done, self._server.url)

    def position(self) -> int:
        found = self._behind(self._own)
        return int(found[1].get("position", 0)) if found else 0

    def take_over(self) -> None:
        self._ready()
        name = f"{self._own}-1"
        with self._server.asked() as client:
            standing = client.indices.get_mapping(index=f"{self._alias}-*", ignore_unavailable=True).body
        others = [
            each for each, body in standing.items() if each != name and self._ours.fullmatch(each) and owned(body)
        ]
        actions: list[Json] = [{"add": {"index": name, "alias": self._alias}}]
        actions += [{"remove_index": {"index": each}} for each in others]
        with self._server.asked(writes=True) as client:
            done = client.options(ignore_status=404).indices.update_aliases(actions=actions)
        if done.meta.status == 404:
            raise self._gone()
        confirmed(done, self._server.url)

    def _ready(self) -> None:
        """This model's index, made where there is none."""
        if self._behind(self._own) is not None:
            return
        with self._server.asked(writes=True) as client:
            made = client.options(ignore_status=400).indices.create(
                index=f"{self._own}-1",
                mappings=self._mapping(),
                settings=self._layout.spread() | {"refresh_interval": "-1"},
                aliases={self._own: {}},
            )
        if made.meta.status == 400:
            error = made.body["error"]
            if error["type"] == "resource_already_exists_exception":
                msg = (
                    f"tiến trình khác đang tạo chỉ mục '{self._own}-1' trên Elasticsearch ở {self._server.url}"
                    f" (another process is making the index '{self._own}-1' on Elasticsearch at {self._server.url})"
                )
                raise IndexAway(msg)
            msg = (
                f"Elasticsearch ở {self._server.url} không chịu tạo '{self._own}-1': {error['reason']}"
                f" (Elasticsearch at {self._server.url} refuses to make '{self._own}-1': {error['reason']})"
            )
            raise Misconfigured(msg)
        confirmed(made, self._server.url)

    def _mapping(self) -> Json:
        vector: Json = {
            "type": "dense_vector",
            "dims": self.dimension,
            "index": True,
            "similarity": "max_inner_product",  # a text without a known word has a vector of length 0
            "index_options": {"type": self._kind},
        }
        return {
            "dynamic": "strict",
            "_source": {"excludes": ["vector"]},  # made anew from the record, never read from here
            "_meta": self._meta(0),
            "properties": {"id": {"type": "keyword"}, "vector": vector, "as_put": {"type": "binary"}},
        }

    def _meta(self, position: int) -> Json:
        return {OWNER: {"model": self.version, "dimension": self.dimension, "position": position}}

    def close(self) -> None:
        self._server.close()

    # -- reading ----------------------------------------------------------------------------------

    @property
    def answers(self) -> str:
        """The version of the model whose vectors answer."""
        found = self._behind(self._alias)
        return str(found[1]["model"]) if found else self.version

    def size(self) -> int:
        with self._server.asked() as client:
            found = client.options(ignore_status=404).search(index=self._alias, size=0, track_total_hits=True)
        return 0 if found.meta.status == 404 else int(found["hits"]["total"]["value"])

    def vector(self, article_id: str) -> Rows | None:
        as_numbers([article_id])
        with self._server.asked() as client:
            found = client.options(ignore_status=404).get(index=self._alias, id=article_id, source_includes=["as_put"])
        return None if found.meta.status == 404 or not found["found"] else _row(found.body)

    def search(self, vector: Rows, k: int, *, among: Sequence[str] | None = None) -> Sequence[Hit]:
        """More than 10,000 equal products at the cut are not all told apart."""
        found = self._behind(self._alias)
        dimension = int(found[1]["dimension"]) if found else self.dimension
        if vector.shape != (dimension,):
            msg = f"a vector of {dimension} numbers is needed to ask {self.answers}, not {vector.shape}"
            raise WrongUse(msg)
        chosen = None if among is None else np.unique(as_numbers(among))
        if found is None or k <= 0 or (chosen is not None and not chosen.size):
            return ()
        only = None if chosen is None else compiled(Terms("id", tuple(f"{int(each):016x}" for each in chosen)))
        hits = self._candidates(found[0], vector, k, only)
        if not hits:
            return ()
        scores = products(np.stack([_row(hit) for hit in hits]), vector)
        return best(as_numbers([hit["_id"] for hit in hits]), scores, k)

    def _candidates(self, name: str, vector: Rows, k: int, only: Json | None) -> list[Json]:
        """The best ``k`` and whatever may be as good as the last of them."""
        asked = k + _MORE
        while True:
            asked = min(asked, _MOST)
            hits = self._asked(name, vector, asked, only)
            if len(hits) < asked or asked == _MOST:
                return hits
            if _product(hits[-1]["_score"]) < _product(hits[k - 1]["_score"]) - _BLUR:
                return hits
            asked *= 4

    def _asked(self, name: str, vector: Rows, count: int, only: Json | None) -> list[Json]:
        near: Json = {
            "field": "vector",
            "query_vector": vector.tolist(),
            "k": count,
            "num_candidates": min(_MOST, 2 * count),  # of each shard; a graph finds more of the best with more
            **({"filter": only} if only else {}),
        }
        with self._server.asked() as client:
            found = client.options(ignore_status=404).search(
                index=name, knn=near, size=count, source_includes=["as_put"], allow_partial_search_results=False
            )
        if found.meta.status == 404:
            raise self._gone()
        return list(found["hits"]["hits"])

    # -- whose they are ---------------------------------------------------------------------------

    def _behind(self, alias: str) -> tuple[str, Json] | None:
        """The index behind an alias, and what its mapping says of it; None where there is none.

        Raises:
            Misconfigured: it is somebody else's.
        """
        with self._server.asked() as client:
            found = client.options(ignore_status=404).indices.get_mapping(index=alias)
        if found.meta.status == 404:
            return None
        (name, body), *more = found.body.items()
        told = owned(body)
        if more or told is None or not self._ours.fullmatch(name):
            msg = (
                f"chỉ mục '{name}' trên Elasticsearch ở {self._server.url} không phải của chương trình này; đặt"
                f" index.alias khác (the index '{name}' on Elasticsearch at {self._server.url} was not made by this"
                " program; choose another index.alias)"
            )
            raise Misconfigured(msg)
        return name, told

    def _gone(self) -> IndexAway:
        return IndexAway(
            f"tiến trình khác đã dọn chỉ mục '{self._own}' khi đang dùng"
            f" (the index '{self._own}' was emptied by another process while it was used)"
        )


def _digits(version: str, dimension: int, kind: str) -> str:
    return hashlib.sha256(f"{_LAYOUT}\n{version}\n{dimension}\n{kind}".encode()).hexdigest()[:16]


def _action(article_id: str, row: Rows) -> Json:
    kept = base64.b64encode(row.tobytes()).decode()
    return {"_op_type": "index", "_id": article_id, "id": article_id, "vector": row.tolist(), "as_put": kept}


def _row(hit: Json) -> Rows:
    return np.frombuffer(base64.b64decode(hit["_source"]["as_put"]), dtype="<f4").astype(np.float32)


def _product(score: float) -> float:
    """Of the vectors; the server's scores are never below 0."""
    return score - 1 if score >= 1 else 1 - 1 / score
