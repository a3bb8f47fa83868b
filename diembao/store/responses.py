"""Responses as received: kept once under their SHA-256, compressed, as evidence."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

import zstandard
from sqlalchemy import Connection, bindparam, func, select

from diembao.core.errors import Misconfigured
from diembao.store.room import Room
from diembao.store.tables import responses
from diembao.store.upsert import upsert

# zstd's default: on news pages 4–6 times smaller at several hundred MB/s; level 19 saves a
# fifth more and costs forty times the time.
LEVEL = 3

# Bytes whose time was over are empty (`retention`); where the same come in again they are kept again.
_KEPT = select(responses.c.digest).where(responses.c.digest == bindparam("the"), func.length(responses.c.packed) > 0)
_KEEPING = upsert(responses)
_KEEP = _KEEPING.or_update(["digest"], {"packed": _KEEPING.excluded("packed")})


@dataclass(frozen=True, slots=True)
class Packed:
    """Bytes ready to be kept. Made before the writer lock is taken: compressing takes longer than writing."""

    digest: str
    size: int
    packed: bytes


def pack(data: bytes | None) -> Packed | None:
    if data is None:
        return None
    packed = zstandard.ZstdCompressor(level=LEVEL, write_checksum=True).compress(data)
    return Packed(hashlib.sha256(data).hexdigest(), len(data), packed)


def keep(connection: Connection, response: Packed | None) -> str | None:
    """The address of the bytes, kept if they were not yet."""
    if response is None:
        return None
    if not is_kept(connection, response.digest):
        connection.execute(_KEEP, {"digest": response.digest, "size": response.size, "packed": response.packed})
    return response.digest


def is_kept(connection: Connection, digest: str) -> bool:
    return connection.scalar(_KEPT, {"the": digest}) is not None


def unpack(packed: bytes, name: str) -> bytes:
    """Raises:
    Misconfigured: the bytes are damaged; ``name`` is what the message calls them.
    """
    try:
        return zstandard.ZstdDecompressor().decompress(packed)
    except zstandard.ZstdError as error:
        raise Misconfigured(
            f"trang {name} bị hỏng trong kho: {error} (the response {name} is damaged in the record: {error})"
        ) from error


class Responses(Room):
    """The part of the store that gives the evidence back."""

    def response(self, digest: str) -> bytes | None:
        with self._database.reading() as connection:
            packed = connection.scalar(select(responses.c.packed).where(responses.c.digest == digest))
        return unpack(packed, digest) if packed else None
