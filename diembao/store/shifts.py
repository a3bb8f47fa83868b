"""Shifts and what is remembered of readers, as they are kept (`diembao.core.shifts`)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, insert, select, update

from diembao.core.accounts import Hand
from diembao.core.errors import WrongUse
from diembao.core.shifts import HANDOVER, REMEMBERED, Handover
from diembao.core.text import clean
from diembao.store.audit import append
from diembao.store.room import Room, chunks, kept
from diembao.store.shift_tables import reader_memory as memory
from diembao.store.shift_tables import shift_handovers as handovers
from diembao.store.shift_tables import shift_looks as looks
from diembao.store.tables import articles
from diembao.store.upsert import upsert


class Shifts(Room):
    """The part of the store that *Trực* reads and writes."""

    def looked(self, article_ids: Sequence[str]) -> Mapping[str, datetime]:
        found: dict[str, datetime] = {}
        with self._database.reading() as connection:
            for part in chunks(sorted(set(article_ids))):
                asked = select(looks.c.article_id, looks.c.at).where(looks.c.article_id.in_(part), self._here)
                found.update((row.article_id, row.at) for row in connection.execute(asked))
        return found

    def look(self, article_id: str, hand: Hand, now: datetime) -> None:
        adding = upsert(looks).values(province=self._scope.province, article_id=article_id, by=hand.actor, at=now)
        with self._database.writing() as connection:
            if connection.scalar(select(articles.c.id).where(articles.c.id == article_id)) is None:
                raise WrongUse(f"không có bài {article_id} (there is no article {article_id})")
            connection.execute(adding.or_update(["province", "article_id"], {"by": hand.actor, "at": now}))
            append(connection, hand.actor, "shift.look", f"article:{article_id}", where=hand.where, now=now)

    def unlook(self, article_id: str, hand: Hand, now: datetime, *, before: datetime | None = None) -> None:
        its = self._here, looks.c.article_id == article_id
        undone = delete(looks).where(*its) if before is None else update(looks).where(*its).values(at=before)
        with self._database.writing() as connection:
            if connection.execute(undone).rowcount:
                append(connection, hand.actor, "shift.unlook", f"article:{article_id}", where=hand.where, now=now)

    def hand_over(self, text: str, hand: Hand, now: datetime) -> Handover:
        said = clean(text).strip()
        if not said:
            raise WrongUse("Ghi chú bàn giao còn trống. / The handover note is empty.")
        if len(said) > HANDOVER:
            raise WrongUse(f"Ghi chú dài quá {HANDOVER} ký tự. / The note is longer than {HANDOVER} characters.")
        row = {"province": self._scope.province, "by": hand.actor, "at": now, "text": said, "taken_by": ""}
        with self._database.writing() as connection:
            number = connection.scalar(insert(handovers).values(row).returning(handovers.c.id)) or 0
            append(connection, hand.actor, "shift.hand-over", f"handover:{number}", where=hand.where, now=now)
        return Handover(hand.actor, now, said, number)

    @kept
    def handovers(self, limit: int = 20) -> Sequence[Handover]:
        own = self._own(handovers.c.province)
        asked = select(handovers).where(own).order_by(handovers.c.id.desc()).limit(limit)
        with self._database.reading() as connection:
            return [_handover(row) for row in connection.execute(asked)]

    def take_over(self, number: int, hand: Hand, now: datetime) -> None:
        its = self._own(handovers.c.province), handovers.c.id == number
        taken = update(handovers).where(*its, handovers.c.taken_by == "")
        with self._database.writing() as connection:
            if connection.scalar(select(handovers.c.id).where(*its)) is None:
                raise WrongUse(f"Không có ghi chú bàn giao số {number}. / There is no handover note {number}.")
            if connection.execute(taken.values(taken_by=hand.actor, taken_at=now)).rowcount:
                append(connection, hand.actor, "shift.take-over", f"handover:{number}", where=hand.where, now=now)

    @property
    def _here(self) -> Any:  # noqa: ANN401 (a clause)
        return looks.c.province == self._scope.province


class ReaderMemory(Room):
    """The part of the store that remembers readers."""

    @kept
    def remembered(self, actor: str, name: str) -> str | None:
        with self._database.reading() as connection:
            return connection.scalar(select(memory.c.value).where(memory.c.actor == actor, memory.c.name == name))

    def remember(self, actor: str, name: str, value: str) -> None:
        if len(value) > REMEMBERED:
            raise WrongUse(f"Dài quá {REMEMBERED} ký tự. / Longer than {REMEMBERED} characters.")
        adding = upsert(memory).values(actor=actor, name=name, value=value)
        with self._database.writing() as connection:
            connection.execute(adding.or_update(["actor", "name"], {"value": value}))


def _handover(row: Row[Any]) -> Handover:
    return Handover(row.by, row.at, row.text, row.id, row.taken_by, row.taken_at)
