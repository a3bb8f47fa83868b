"""Briefing kits as they are kept (`diembao.core.kits.KitBook`)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Column, Connection, Row, func, insert, select, update

from diembao.core.accounts import Hand
from diembao.core.errors import WrongUse
from diembao.core.kits import MOST, REF, Fact, Handed, Received, Taken, checked
from diembao.core.text import nfc
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
        with self._database.writing() as connection:
            if instead:
                self._end(connection, instead, hand, now)
            return self._keep_fact(connection, kept, hand, now)

    def take_facts(self, handed: Sequence[Handed], hand: Hand, now: datetime) -> Sequence[Received]:
        with self._database.writing() as connection:
            return [self._take_fact(connection, each, hand, now) for each in handed]

    def _take_fact(self, connection: Connection, handed: Handed, hand: Hand, now: datetime) -> Received:
        """What stands in these words already is it, whoever wrote it."""
        try:
            ref = _checked_ref(handed.ref)
            fact = handed.fact if handed.ended else checked(handed.fact)
            known = self._fact_of_ref(connection, handed.fact.kit, hand.actor, ref or handed.known_as)
            if known is not None and known.ended_at is not None:
                return Received(Taken.KEPT, known.id)
            if handed.ended:
                return self._end_handed_fact(connection, known, hand, now)
            if number := self._fact_that_says(connection, fact):
                return Received(Taken.UNCHANGED, number)
            if known is not None:
                self._end(connection, known.id, hand, now)
            number = self._keep_fact(connection, fact, hand, now, sender=hand.actor, ref=ref or handed.known_as)
        except WrongUse as error:
            return Received(Taken.REFUSED, None, str(error))
        return Received(Taken.REPLACED if known is not None else Taken.ADDED, number)

    def _fact_of_ref(self, connection: Connection, kit: str, sender: str, ref: str) -> Row[Any] | None:
        """The last fact that came under this reference."""
        mine = self._own(table.c.province), table.c.kit == kit, table.c.sender == sender, table.c.ref == ref
        return connection.execute(select(table).where(*mine).order_by(table.c.id.desc()).limit(1)).first()

    def _fact_that_says(self, connection: Connection, fact: Fact) -> int | None:
        """The number of the fact that says the same."""
        same = [column == value for column, value in _columns(fact).items()]
        return connection.scalar(select(table.c.id).where(self._own(table.c.province), *same, _STANDING).limit(1))

    def _end_handed_fact(self, connection: Connection, known: Row[Any] | None, hand: Hand, now: datetime) -> Received:
        if known is None:
            return Received(Taken.REFUSED, None, "Chưa nhận mục nào tên này. / No fact of this name came in.")
        self._end(connection, known.id, hand, now)
        append(connection, hand.actor, "kit.change", f"fact:{known.id}", where=hand.where, now=now, ended=True)
        return Received(Taken.ENDED, known.id)

    def _keep_fact(
        self, connection: Connection, fact: Fact, hand: Hand, now: datetime, *, sender: str = "", ref: str = ""
    ) -> int:
        own = self._own(table.c.province), table.c.kit == fact.kit, _STANDING
        if (connection.scalar(select(func.count()).select_from(table).where(*own)) or 0) >= MOST:
            raise WrongUse(f"Một bộ tài liệu có nhiều nhất {MOST} mục. / A kit has at most {MOST} facts.")
        said = {column.name: value for column, value in _columns(fact).items()}
        row = {"province": self._scope.province, **said, "by": hand.actor, "at": now, "ended_by": ""}
        number = connection.scalar(insert(table).values({**row, "sender": sender, "ref": ref}).returning(table.c.id))
        told = {"kit": fact.kit, "text": fact.text[:200], "source": fact.source, "start": said["start"]}
        append(
            connection, hand.actor, "kit.change", f"fact:{number}", where=hand.where, now=now, **told, end=said["end"]
        )
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


def _columns(fact: Fact) -> dict[Column[str], str]:
    days = {table.c[name]: day.isoformat() if (day := getattr(fact, name)) else "" for name in ("start", "end")}
    return {table.c[name]: getattr(fact, name) for name in ("kit", "language", "text", "source", "url")} | days


def _checked_ref(ref: str) -> str:
    if len(ref) > REF or not ref.isprintable():
        raise WrongUse(f"Tên tham chiếu có nhiều nhất {REF} ký tự. / A reference has at most {REF} characters.")
    return nfc(ref).strip()


def _fact(row: Row[Any]) -> Fact:
    start, end = (date.fromisoformat(day) if day else None for day in (row.start, row.end))
    texts = row.kit, row.language, row.text, row.source, row.url
    return Fact(*texts, start, end, row.id, row.by, row.at, row.ended_at, row.ended_by)
