"""Requests and answers as they went over the wire, beside the bytes they brought (`responses`)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime

import zstandard
from sqlalchemy import Connection, bindparam, false, func, insert, select

from diembao.core.errors import Misconfigured
from diembao.core.ledger import Hop
from diembao.core.tracing import Fetched
from diembao.store.kept_tables import exchanges
from diembao.store.responses import LEVEL, unpack
from diembao.store.room import Room
from diembao.store.tables import responses

_KEEP = insert(exchanges)
_KNOWN = (
    select(exchanges.c.id)
    .where(exchanges.c.item == bindparam("the"), exchanges.c.response == bindparam("answered"))
    .limit(1)
)


def pack_hops(hops: Sequence[Hop]) -> bytes | None:
    """Made before the writer lock is taken. None: there are none (a store filled by hand, an import)."""
    if not hops:
        return None
    told = [
        {
            "url": hop.url,
            "asked_at": hop.asked_at.isoformat(),
            "answered_at": hop.answered_at.isoformat(),
            "peer": hop.peer,
            "request": hop.request.decode("latin-1"),  # every byte is a character of it, and back
            "head": hop.head.decode("latin-1"),
        }
        for hop in hops
    ]
    return zstandard.ZstdCompressor(level=LEVEL, write_checksum=True).compress(json.dumps(told).encode())


def keep_hops(connection: Connection, item: str, response: str | None, packed: bytes | None, at: datetime) -> None:
    """Once for each answer of an item that is kept."""
    if packed is None:
        return
    if response is None or connection.scalar(_KNOWN, {"the": item, "answered": response}) is None:
        connection.execute(_KEEP, {"item": item, "response": response, "at": at, "hops": packed})


def _unpacked(packed: bytes, item: str) -> tuple[Hop, ...]:
    try:
        told = json.loads(zstandard.ZstdDecompressor().decompress(packed))
    except (zstandard.ZstdError, ValueError) as error:
        raise Misconfigured(
            f"lượt hỏi giữ cho {item} bị hỏng trong kho: {error}"
            f" (the request kept for {item} is damaged in the record: {error})"
        ) from error
    return tuple(
        Hop(
            each["url"],
            datetime.fromisoformat(each["asked_at"]),
            datetime.fromisoformat(each["answered_at"]),
            each["peer"],
            each["request"].encode("latin-1"),
            each["head"].encode("latin-1"),
        )
        for each in told
    )


class Exchanges(Room):
    """The part of the store that says how something was asked for."""

    def hops(self, item: str, response: str | None) -> Sequence[Hop]:
        """Of the latest answer with these bytes; ``item`` is an article's id, or an entry's that was set aside."""
        same = exchanges.c.response.is_(None) if response is None else exchanges.c.response == response
        query = select(exchanges.c.hops).where(exchanges.c.item == item, same).order_by(exchanges.c.id.desc()).limit(1)
        with self._database.reading() as connection:
            packed = connection.scalar(query)
        return () if packed is None else _unpacked(packed, item)

    def answers(self, item: str) -> Sequence[tuple[Sequence[Hop], bytes]]:
        """Every answer that was kept of an item with how it was asked for, oldest first."""
        query = (
            select(exchanges.c.hops, responses.c.packed)
            .join(responses, responses.c.digest == exchanges.c.response)
            .where(exchanges.c.item == item, func.length(responses.c.packed) > 0)
            .order_by(exchanges.c.id)
        )
        with self._database.reading() as connection:
            rows = connection.execute(query).all()
        return [(_unpacked(row.hops, item), unpack(row.packed, item)) for row in rows]

    def fetched(self, item: str) -> Sequence[Fetched]:
        kept = func.length(responses.c.packed) > 0
        query = (
            select(exchanges.c.hops, responses.c.digest, responses.c.size, func.coalesce(kept, false()).label("kept"))
            .outerjoin(responses, responses.c.digest == exchanges.c.response)
            .where(exchanges.c.item == item)
            .order_by(exchanges.c.id)
        )
        with self._database.reading() as connection:
            rows = connection.execute(query).all()
        return [Fetched(_unpacked(row.hops, item), row.digest, row.size, bool(row.kept)) for row in rows]
