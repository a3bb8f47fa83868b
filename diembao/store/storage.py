"""How much is kept (`diembao.core.storage`)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import pairwise
from typing import Final

from sqlalchemy import ColumnElement, FromClause, func, select, text

from diembao.core.storage import Done, Pages
from diembao.store.case_tables import case_log
from diembao.store.room import Room
from diembao.store.tables import articles, labels, responses, revisions

_SIZES: Final = {
    "sqlite": text("SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()"),
    "postgresql": text("SELECT pg_database_size(current_database())"),
}
_BYTES: Final = func.coalesce(func.sum(func.length(responses.c.packed)), 0)


class StorageRoom(Room):
    """The part of the store that tells how much it holds (`core.storage.StorageBook`)."""

    def record_bytes(self) -> int:
        with self._database.reading() as connection:
            return int(connection.scalar(_SIZES[connection.dialect.name]) or 0)

    def pages_kept(self) -> Pages:
        kept = select(func.count(), _BYTES).where(func.length(responses.c.packed) > 0)
        with self._database.reading() as connection:
            return Pages(*connection.execute(kept).one())

    def grown(self, bounds: Sequence[datetime]) -> Sequence[Pages]:
        came = select(func.count()).select_from(articles)
        read = select(_BYTES).select_from(revisions.join(responses, responses.c.digest == revisions.c.response))
        found: list[Pages] = []
        with self._database.snapshot() as connection:
            for start, end in pairwise(bounds):
                at, seen = articles.c.stored_at, revisions.c.seen_at
                number = connection.scalar(came.where(at >= start, at < end)) or 0
                found.append(Pages(number, connection.scalar(read.where(seen >= start, seen < end)) or 0))
        return found

    def done_since(self, at: datetime) -> Done:
        asked: tuple[tuple[FromClause, ColumnElement[bool]], ...] = (
            (articles, articles.c.stored_at > at),
            (labels, (labels.c.at > at) & labels.c.by_person),
            (case_log, case_log.c.at > at),
        )
        with self._database.reading() as connection:
            counts = [connection.scalar(select(func.count()).select_from(of).where(which)) for of, which in asked]
        return Done(*(n or 0 for n in counts))
