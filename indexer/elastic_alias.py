"""Which index on the server is ours and current, and how a new one takes its place.

    diembao                            the alias people use, in Kibana for example
    diembao-<16 hex digits>            the alias this program uses; the digits stand for fields, analysis and mapping
    diembao-<16 hex digits>-000007     the index behind both; its mapping says whose it is, and up to which number of
                                       the log it is complete
    diembao-<16 hex digits>-000008-new the alias of an index in the making; it goes when the index takes its place

An index of another version is to us no index at all: readers find nothing, and the first write makes a new one and
removes the others. A new one takes the old one's place in one step, so that at no moment there is none.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from diembao.core.analysis import VERSION
from diembao.core.document import FIELDS, Shape
from diembao.core.errors import IndexAway, Misconfigured
from indexer.elastic_query import TOKENS
from indexer.elastic_server import Server
from indexer.fields import MARKED

if TYPE_CHECKING:
    from elastic_transport import ObjectApiResponse

Json = dict[str, Any]

_LAYOUT: Final = 1  # raise it when the mapping below changes in a way that FIELDS does not tell
OWNER: Final = "diembao"  # the part of a mapping's _meta that is ours
_RAW: Final = ("title", "lead", "text")  # as published; for people who ask by hand
_SETTINGS: Final = {
    "refresh_interval": "-1",  # each write makes itself visible
    "query.default_field": list(_RAW),
}


@dataclass(frozen=True, slots=True)
class Layout:
    """How a new index is spread over a cluster."""

    shards: int = 1  # one counts words as the embedded index does, and holds millions of articles
    replicas: int | None = None  # None: a copy where there is a second node

    def settings(self) -> Json:
        return self.spread() | _SETTINGS

    def spread(self) -> Json:
        copies: Json = {"auto_expand_replicas": "0-1"}
        if self.replicas is not None:
            copies = {"number_of_replicas": self.replicas}
        return {"number_of_shards": self.shards, **copies}


ONE_SHARD: Final = Layout()


def mapping() -> Json:
    """Strict: a field that we do not know is somebody else's, and an error."""
    tokens: Json = {}
    rest: Json = {}
    for name, shape in FIELDS.items():
        if shape is Shape.TEXT:
            tokens[name] = {"type": "text", "analyzer": "whitespace"}
            tokens[MARKED[name]] = {"type": "text", "analyzer": "whitespace", "index_options": "freqs"}
        else:
            rest[name] = {"type": "keyword" if shape is Shape.KEYWORD else "date"}
    raw = {name: {"type": "text", "norms": False} for name in _RAW}
    return {
        "dynamic": "strict",
        "_source": {"excludes": [TOKENS]},  # made anew from the record, never read from here
        "properties": {**raw, **rest, TOKENS: {"properties": tokens}},
    }


def version() -> str:
    """16 hex digits that change with anything that makes an index unfit."""
    made_of = repr((_LAYOUT, VERSION, sorted((name, shape.value) for name, shape in FIELDS.items())))
    return hashlib.sha256(made_of.encode()).hexdigest()[:16]


def making(name: str) -> str:
    """The alias of an index in the making: where that is removed, nothing is written to a name without a mapping."""
    return f"{name}-new"


class Alias:
    """The index behind an alias. Makes requests only when asked; safe to share between threads."""

    def __init__(self, server: Server, alias: str, layout: Layout = ONE_SHARD) -> None:
        self._server, self._alias, self._layout = server, alias, layout
        self.name = f"{alias}-{version()}"
        self._ours = re.compile(rf"{re.escape(alias)}-[0-9a-f]{{16}}-(\d{{6}})")

    # -- what is there ----------------------------------------------------------------------------

    def current(self) -> tuple[str, int] | None:
        """The index of our version and its position; None where there is none.

        Raises:
            Misconfigured: somebody else's index bears our name.
        """
        with self._server.asked() as client:
            found = client.options(ignore_status=404).indices.get_mapping(index=self.name)
        if _status(found) == 404:
            return None
        (name, body), *more = found.body.items()
        meta = owned(body)
        if more or meta is None or meta.get("version") != version():
            raise self._foreign(name)
        return name, _position(meta)

    def ready(self) -> str:
        """The index of our version, made where there is none."""
        found = self.current()
        return found[0] if found else self.renew()

    # -- changing it ------------------------------------------------------------------------------

    def renew(self) -> str:
        """A new, empty index at position 0 in place of all that stood here.

        Raises:
            Misconfigured: the alias, or an index behind it, is somebody else's.
            IndexAway: another process is doing the same.
        """
        name = self.make()
        self.swap(name)
        return name

    def make(self) -> str:
        """A new, empty index that nobody reads yet; its own alias is `making`.

        Raises:
            Misconfigured, IndexAway: as `renew`.
        """
        old = self._standing()
        number = 1 + max((int(found[1]) for name in old if (found := self._ours.fullmatch(name))), default=0)
        name = f"{self.name}-{number:06d}"
        self._make(name)
        return name

    def swap(self, name: str) -> None:
        """Put it in place of all that stands here, in one step."""
        swap: list[Json] = [{"add": {"index": name, "aliases": [self._alias, self.name]}}]
        swap += [{"remove": {"index": name, "alias": making(name)}}]
        swap += [{"remove_index": {"index": each}} for each in self._standing() if each != name]
        with self._server.asked(writes=True) as client:
            done = client.options(ignore_status=404).indices.update_aliases(actions=swap)
        if _status(done) == 404:
            raise self.gone()
        confirmed(done, self._server.url)

    def remove(self, name: str) -> None:
        with self._server.asked(writes=True) as client:
            client.indices.delete(index=name, ignore_unavailable=True)

    def _make(self, name: str) -> None:
        body = mapping() | {"_meta": _marked(0)}
        with self._server.asked(writes=True) as client:
            made = client.options(ignore_status=400).indices.create(
                index=name, mappings=body, settings=self._layout.settings(), aliases={making(name): {}}
            )
        if _status(made) == 400:
            error = made.body["error"]
            if error["type"] == "resource_already_exists_exception":
                msg = (
                    f"tiến trình khác đang tạo chỉ mục '{name}' trên Elasticsearch ở {self._server.url}"
                    f" (another process is making the index '{name}' on Elasticsearch at {self._server.url})"
                )
                raise IndexAway(msg)
            msg = (
                f"Elasticsearch ở {self._server.url} không chịu tạo chỉ mục '{name}': {error['reason']}"
                f" (Elasticsearch at {self._server.url} refuses to make the index '{name}': {error['reason']})"
            )
            raise Misconfigured(msg)
        confirmed(made, self._server.url)

    def mark(self, name: str, number: int) -> None:
        """Remember the position of this index.

        Raises:
            IndexAway: it is gone; another process has made a new one.
        """
        with self._server.asked(writes=True) as client:
            done = client.options(ignore_status=404).indices.put_mapping(index=name, meta=_marked(number))
        if _status(done) == 404:
            raise self.gone()
        confirmed(done, self._server.url)

    def gone(self) -> IndexAway:
        return IndexAway(
            f"tiến trình khác đã dọn chỉ mục '{self.name}' khi đang ghi"
            f" (the index '{self.name}' was emptied by another process while it was written)"
        )

    def _standing(self) -> list[str]:
        """Indexes that a new one replaces: those behind the alias, older versions, what a crash has left over."""
        with self._server.asked() as client:
            found = client.indices.get(
                index=f"{self._alias},{self._alias}-*", features="mappings,aliases", ignore_unavailable=True
            ).body
        old = []
        for name, body in found.items():
            behind = self._alias in body.get("aliases", {}) or self.name in body.get("aliases", {})
            mine = self._ours.fullmatch(name) and owned(body) is not None
            if name == self._alias or (behind and not mine):
                raise self._foreign(name)
            old += [name] if mine else []
        return old

    def _foreign(self, name: str) -> Misconfigured:
        msg = (
            f"chỉ mục '{name}' trên Elasticsearch ở {self._server.url} không phải của chương trình này;"
            f" đặt index.alias khác '{self._alias}'"
            f" (the index '{name}' on Elasticsearch at {self._server.url} was not made by this program;"
            f" choose another index.alias than '{self._alias}')"
        )
        return Misconfigured(msg)


def _marked(position: int) -> Json:
    return {OWNER: {"version": version(), "analysis": VERSION, "position": position}}


def owned(body: Json) -> Json | None:
    """What we wrote into a mapping; None where it is not ours."""
    meta = (body.get("mappings") or {}).get("_meta", {}).get(OWNER)
    return meta if isinstance(meta, dict) else None


def _position(meta: Json) -> int:
    position = meta.get("position")
    return position if isinstance(position, int) else 0


def _status(answer: ObjectApiResponse[Any]) -> int:
    return answer.meta.status


def confirmed(answer: ObjectApiResponse[Any], url: str) -> None:
    """Not acknowledged: the other nodes did not follow in time."""
    if not answer.body.get("acknowledged"):
        msg = f"Elasticsearch at {url} has not confirmed a change in time"
        raise IndexAway(msg)
