"""Briefing kits as they are kept (`diembao.core.kits.KitBook`)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, func, insert, select, update

from diembao.core.accounts import Hand
from diembao.core.errors import WrongUse
from diembao.core.kits import MOST, Fact, checked
from diembao.store.audit import append
from diembao.store.kit_tables import kit_facts as table
from diembao.store.room import Room

_STANDING = table.c.ended_at.is_(None)


class Kits(Room):
    """The part of the store that *Tài liệu* reads and writes."""

    def facts(self, kit: str = "", *, ended: bool = False) -> Sequence[Fact]:
        asked = select(table).where(self._own(table.c.province))
        asked = asked.where(table.c.kit == kit) if kit else asked
        asked = asked if ended else asked.where(_STANDING)
        with self._database.reading() as connection:
            rows = connection.execute(asked.order_by(table.c.kit, table.c.language, table.c.id)).all()
        return [_fact(row) for row in rows]

    def add_fact(self, fact: Fact, hand: Hand, now: datetime, *, instead: int = 0) -> int:
        kept = checked(fact)
        values = {name: getattr(kept, name) for name in ("kit", "language", "text", "source", "url")}
        days = {name: day.isoformat() if (day := getattr(kept, name)) else "" for name in ("start", "end")}
        row = {"province": self._scope.province, **values, **days, "by": hand.actor, "at": now, "ended_by": ""}
        own = self._own(table.c.province), table.c.kit == kept.kit, _STANDING
        with self._database.writing() as connection:
            if instead:
                self._end(connection, instead, hand, now)
            if (connection.scalar(select(func.count()).select_from(table).where(*own)) or 0) >= MOST:
                raise WrongUse(f"Một bộ tài liệu có nhiều nhất {MOST} mục. / A kit has at most {MOST} facts.")
            number = connection.scalar(insert(table).values(row).returning(table.c.id))
            told = {"kit": kept.kit, "text": kept.text[:200], "source": kept.source, **days}
            append(connection, hand.actor, "kit.change", f"fact:{number}", where=hand.where, now=now, **told)
        return int(number or 0)

    def end_fact(self, number: int, hand: Hand, now: datetime) -> None:
        with self._database.writing() as connection:
            self._end(connection, number, hand, now)
            append(connection, hand.actor, "kit.change", f"fact:{number}", where=hand.where, now=now, ended=True)

    def _end(self, connection: Connection, number: int, hand: Hand, now: datetime) -> None:
        this = self._own(table.c.province), table.c.id == number, _STANDING
        ended = update(table).where(*this).values(ended_at=now, ended_by=hand.actor)
        if connection.execute(ended).rowcount == 0:
            raise WrongUse(f"Không có mục số {number} đang dùng. / There is no fact {number} that stands.")


def _fact(row: Row[Any]) -> Fact:
    start, end = (date.fromisoformat(day) if day else None for day in (row.start, row.end))
    texts = row.kit, row.language, row.text, row.source, row.url
    return Fact(*texts, start, end, row.id, row.by, row.at, row.ended_at, row.ended_by)
