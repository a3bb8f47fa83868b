"""What waits for a person, and what a person said of it (`entries.set_aside` writes it)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, select, update

from diembao.core.accounts import CONSOLE
from diembao.core.errors import WrongUse
from diembao.core.ledger import Entry
from diembao.core.quarantine import Quarantined
from diembao.store.audit import actor_of, append
from diembao.store.entries import as_entry
from diembao.store.room import Room, kept
from diembao.store.tables import entries, quarantine

DROPPED = "dropped"


class Quarantine(Room):
    """The part of the store where things wait."""

    @kept
    def quarantine(self, limit: int = 100) -> Sequence[Quarantined]:
        waits = quarantine.c.settled.is_(None)
        query = select(quarantine).where(waits).order_by(quarantine.c.at.desc(), quarantine.c.id.desc()).limit(limit)
        with self._database.reading() as connection:
            return [_as_quarantined(row) for row in connection.execute(query)]

    def quarantined(self, number: int) -> Quarantined | None:
        query = select(quarantine).where(quarantine.c.id == number, quarantine.c.settled.is_(None))
        with self._database.reading() as connection:
            row = connection.execute(query).first()
        return None if row is None else _as_quarantined(row)

    def listed(self, entry_id: str) -> tuple[Entry, datetime] | None:
        with self._database.reading() as connection:
            row = connection.execute(select(entries).where(entries.c.id == entry_id)).first()
        return None if row is None else (as_entry(row), row.first_seen)

    def drop(self, number: int, *, by: str, why: str, now: datetime, where: str = CONSOLE.where) -> None:
        this = (quarantine.c.id == number) & quarantine.c.settled.is_(None)
        said = {"settled": DROPPED, "settled_at": now, "settled_by": by, "settled_why": why}
        with self._database.writing() as connection:
            if connection.execute(update(quarantine).where(this).values(said)).rowcount != 1:
                raise WrongUse(
                    f"không có mục số {number} đang chờ xem (nothing with the number {number} waits in quarantine)"
                )
            append(connection, actor_of(by), "source.drop", f"aside:{number}", where=where, now=now, why=why)


def _as_quarantined(row: Row[Any]) -> Quarantined:
    place = (row.id, row.outlet, row.source, row.url)
    return Quarantined(*place, row.reason, row.response, row.at, row.entry, row.of_source)
