"""Many documents in one request to a server, and what became of each of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Final

from diembao.core.errors import IndexAway, Misconfigured
from indexer.elastic_server import CLOSED, Server, named

Json = dict[str, Any]

_CHUNK: Final = 500  # documents in one request
_CHUNK_BYTES: Final = 10_000_000  # the server's own limit is 100 MB; it reads a request as a whole
_NEWER_IS_THERE: Final = 409


def send(server: Server, actions: Iterable[Json], alias: str, gone: Callable[[], IndexAway]) -> None:
    """Write them to the index behind this alias; ``gone`` says that there is none.

    A document whose version is lower than what is there changes nothing. What an error leaves half written is written
    again, by whoever sends the same once more.

    Raises:
        IndexAway, Misconfigured: see `elastic_server`.
    """
    limits = server.limits
    with server.asked(writes=True) as client:
        from elasticsearch.helpers import streaming_bulk

        for done, answer in streaming_bulk(
            client,
            actions,
            index=alias,
            require_alias=True,  # an index that was just removed is not made anew, without its mapping
            chunk_size=_CHUNK,
            max_chunk_bytes=_CHUNK_BYTES,
            max_retries=limits.again,
            initial_backoff=limits.pause,
            raise_on_error=False,
        ):
            if not done:
                _check(server, answer["index"], gone)


def _check(server: Server, answer: Json, gone: Callable[[], IndexAway]) -> None:
    """What became of a document that was not written."""
    status = answer["status"]
    if status == _NEWER_IS_THERE:
        return
    kind, why = named(answer)
    if status == 404:
        raise gone()
    if status == 400 and kind != CLOSED:
        msg = (
            f"Elasticsearch ở {server.url} không nhận bài '{answer['_id']}': {why}"
            f" (Elasticsearch at {server.url} refuses the article '{answer['_id']}': {why})"
        )
        raise Misconfigured(msg)
    raise server.refusal(status, kind, why)
