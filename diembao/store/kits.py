"""Briefing kits as they are kept (`diembao.core.kits.KitBook`)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import Column, Connection, Row, func, insert, select, update

from diembao.core.accounts import Hand
from diembao.core.errors import WrongUse
from diembao.core.fact_feeds import ACTOR as FEED
from diembao.core.fact_feeds import feed_named
from diembao.core.kits import MOST, REF, Fact, Full, Handed, Received, Taken, checked
from diembao.core.text import nfc
from diembao.store.audit import append
from diembao.store.kit_tables import kit_facts as table
from diembao.store.room import Room

_STANDING = table.c.ended_at.is_(None)
_DAYS = (table.c.start, table.c.end)


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
        try:
            ref = _checked_ref(handed.ref) or handed.known_as
            fact = handed.fact if handed.ended else checked(handed.fact)
            known = self._fact_of_ref(connection, handed.fact.kit, hand.actor, ref)
            if known is not None and known.ended_at is not None:
                if not _ended_by_its_feed(known):
                    return Received(Taken.KEPT, known.id)
                known = None  # it was no longer in its feed, and now it is again
            if handed.ended:
                return self._end_handed_fact(connection, known, hand, now)
            if settled := self._nothing_new(connection, replace(handed, fact=fact), known, hand, now):
                return settled
            if known is not None:
                self._end(connection, known.id, hand, now)
            number = self._keep_fact(connection, fact, hand, now, sender=hand.actor, ref=ref)
        except WrongUse as error:
            return Received(Taken.REFUSED, None, str(error), full=isinstance(error, Full))
        return Received(Taken.REPLACED if known is not None else Taken.ADDED, number)

    def _nothing_new(
        self, connection: Connection, handed: Handed, known: Row[Any] | None, hand: Hand, now: datetime
    ) -> Received | None:
        """What stands in these words already is it, whoever wrote it. A feed knows nothing of people: what they took
        back does not come again by another name.
        """
        if known is not None and handed.undated and _says(known, handed.fact):
            return Received(Taken.UNCHANGED, known.id)
        if number := self._fact_that_says(connection, handed.fact, undated=handed.undated):
            return self._fact_stands_already(connection, number, known, hand, now)
        if feed_named(hand.actor) and (number := self._fact_taken_back(connection, handed.fact)):
            return Received(Taken.KEPT, number)
        return None

    def _fact_stands_already(
        self, connection: Connection, number: int, known: Row[Any] | None, hand: Hand, now: datetime
    ) -> Received:
        """By fact ``number``. What a feed said before under this name holds no longer then."""
        if known is None or known.id == number or not feed_named(hand.actor):
            return Received(Taken.UNCHANGED, number)
        self._end_fact_told(connection, known.id, hand, now)
        return Received(Taken.REPLACED, number)

    def _fact_of_ref(self, connection: Connection, kit: str, sender: str, ref: str) -> Row[Any] | None:
        """The last fact that came under this reference."""
        mine = self._own(table.c.province), table.c.kit == kit, table.c.sender == sender, table.c.ref == ref
        return connection.execute(select(table).where(*mine).order_by(table.c.id.desc()).limit(1)).first()

    def _fact_that_says(self, connection: Connection, fact: Fact, *, undated: bool = False) -> int | None:
        """The number of the fact that says the same; ``undated``: on whatever days."""
        same = [column == value for column, value in _columns(fact).items() if not (undated and column in _DAYS)]
        return connection.scalar(select(table.c.id).where(self._own(table.c.province), *same, _STANDING).limit(1))

    def _fact_taken_back(self, connection: Connection, fact: Fact) -> int | None:
        """The number of a fact of these words, on whatever days, that a person has ended."""
        loose = (*_DAYS, table.c.url)
        same = [column == value for column, value in _columns(fact).items() if column not in loose]
        ended = table.c.ended_at.is_not(None), ~table.c.ended_by.startswith(FEED, autoescape=True)
        return connection.scalar(select(table.c.id).where(self._own(table.c.province), *same, *ended).limit(1))

    def _end_handed_fact(self, connection: Connection, known: Row[Any] | None, hand: Hand, now: datetime) -> Received:
        if known is None:
            return Received(Taken.REFUSED, None, "Chưa nhận mục nào tên này. / No fact of this name came in.")
        self._end_fact_told(connection, known.id, hand, now)
        return Received(Taken.ENDED, known.id)

    def _keep_fact(
        self, connection: Connection, fact: Fact, hand: Hand, now: datetime, *, sender: str = "", ref: str = ""
    ) -> int:
        own = self._own(table.c.province), table.c.kit == fact.kit, _STANDING
        if (connection.scalar(select(func.count()).select_from(table).where(*own)) or 0) >= MOST:
            raise Full(f"Một bộ tài liệu có nhiều nhất {MOST} mục. / A kit has at most {MOST} facts.")
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
            self._end_fact_told(connection, number, hand, now)

    def _end_fact_told(self, connection: Connection, number: int, hand: Hand, now: datetime) -> None:
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


def _says(known: Row[Any], fact: Fact) -> bool:
    """The same, on whatever days."""
    return all(getattr(known, name) == getattr(fact, name) for name in ("language", "text", "source", "url"))


def _ended_by_its_feed(known: Row[Any]) -> bool:
    return bool(feed_named(known.sender)) and known.ended_by == known.sender


def _checked_ref(ref: str) -> str:
    if len(ref) > REF or not ref.isprintable():
        raise WrongUse(f"Tên tham chiếu có nhiều nhất {REF} ký tự. / A reference has at most {REF} characters.")
    return nfc(ref).strip()


def _fact(row: Row[Any]) -> Fact:
    start, end = (date.fromisoformat(day) if day else None for day in (row.start, row.end))
    texts = row.kit, row.language, row.text, row.source, row.url
    return Fact(*texts, start, end, row.id, row.by, row.at, row.ended_at, row.ended_by)
