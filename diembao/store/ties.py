"""What people say of stories: given, ended, never changed."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, func, insert, or_, select, update

from diembao.core.errors import WrongUse
from diembao.core.ports import Event
from diembao.core.ties import Pair, Tie
from diembao.store.articles import coverage
from diembao.store.audit import append
from diembao.store.labels import check_person
from diembao.store.log import announce
from diembao.store.room import Room, chunks, kept
from diembao.store.tables import articles
from diembao.store.tie_tables import story_ties as table

_STANDING = table.c.ended_at.is_(None)


class Ties(Room):
    """The part of the store that keeps them (`core.ties.TieBook`)."""

    @kept
    def ties(self, ids: Sequence[str]) -> Sequence[Tie]:
        found: dict[int, Tie] = {}
        with self._database.reading() as connection:
            for part in chunks(sorted(set(ids))):
                for row in connection.execute(select(table).where(_STANDING, _names(part))):
                    found[row.id] = Tie(row.article_id, row.other_id, row.together, row.by, row.why, row.at)
            if self._scope.about is not None:
                ends = {each for tie in found.values() for each in (tie.article, tie.other)}
                own = coverage(connection, sorted(ends), self._scope.province)
                found = {n: tie for n, tie in found.items() if {tie.article, tie.other} <= own}
        return [tie for _, tie in sorted(found.items())]

    def tie(  # noqa: PLR0913 (the door's)
        self,
        pairs: Sequence[Pair],
        *,
        together: bool,
        instead: Sequence[Pair] = (),
        by: str,
        why: str,
        now: datetime,
        where: str = "",
    ) -> None:
        check_person(by)
        with self._database.writing() as connection:
            _check(connection, pairs)
            opposing = _opposing({*pairs, *instead}, together=together)
            _end(connection, [one for one, _ in (*pairs, *instead)], opposing, by, now)
            for article, other in pairs:
                given = {
                    "article_id": article,
                    "other_id": other,
                    "together": together,
                    "by": by,
                    "why": why,
                    "at": now,
                }
                connection.execute(insert(table).values(given))
            announce(connection, Event.PERSON_LABEL, dict.fromkeys(each for pair in pairs for each in pair), now=now)
            act, others = "story.merge" if together else "story.split", [other for _, other in pairs]
            append(connection, by, act, f"article:{pairs[0][0]}", where=where, now=now, others=others, why=why)

    def untie(self, article_id: str, *, by: str, now: datetime, where: str = "") -> None:
        check_person(by)
        mine = table.c.article_id == article_id
        with self._database.writing() as connection:
            query = select(table.c.other_id).where(mine, _STANDING).order_by(table.c.id)
            others = list(connection.scalars(query))
            if others:
                _end(connection, [article_id], lambda row: row.article_id == article_id, by, now)
                announce(connection, Event.PERSON_LABEL, dict.fromkeys([article_id, *others]), now=now)
                append(connection, by, "story.untie", f"article:{article_id}", where=where, now=now, others=others)


def _opposing(pairs: Collection[Pair], *, together: bool) -> Callable[[Row[Any]], bool]:
    named = {frozenset(pair) for pair in pairs}
    return lambda row: row.together is not together and frozenset((row.article_id, row.other_id)) in named


def _end(
    connection: Connection, ids: Collection[str], which: Callable[[Row[Any]], bool], by: str, now: datetime
) -> None:
    """Of the ties that name one of these articles end those that ``which`` says."""
    for part in chunks(sorted(set(ids))):
        rows = connection.execute(select(table).where(_STANDING, _names(part))).all()
        for row in filter(which, rows):
            connection.execute(update(table).where(table.c.id == row.id).values(ended_at=now, ended_by=by))


def _names(ids: Sequence[str]) -> ColumnElement[bool]:
    return or_(table.c.article_id.in_(ids), table.c.other_id.in_(ids))


def _check(connection: Connection, pairs: Sequence[Pair]) -> None:
    named: Iterable[str] = {each for pair in pairs for each in pair}
    if not pairs or any(one == other for one, other in pairs):
        raise WrongUse("Không tách, gộp một bài với chính nó. / An article is not split from or merged with itself.")
    known = sum(
        connection.scalar(select(func.count()).select_from(articles).where(articles.c.id.in_(part))) or 0
        for part in chunks(sorted(named))
    )
    if known != len(set(named)):
        raise WrongUse("Không có bài này trong kho. / There is no such article.")
