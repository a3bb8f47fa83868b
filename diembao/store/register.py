"""Briefings, the calendar and the history of all in the register, as they are kept (`diembao.core.register`)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import date
from typing import Any

from sqlalchemy import Row, Select, Table, insert, select, update

from diembao.core.briefings import AgendaItem, Briefing, BriefingState, Paper, Point
from diembao.core.foreseen import Matter, MatterKind, Preparation, Standing
from diembao.core.register import Step
from diembao.store.audit import append
from diembao.store.questions import QuestionWriting
from diembao.store.register_tables import briefing_points, briefings, matters, register_steps
from diembao.store.room import Room, kept

# Characters of one fact in the audit log; the history has all of it.
_IN_AUDIT = 200


def _briefing(row: Row[Any]) -> Briefing:
    agenda = tuple(_item(each) for each in json.loads(row.agenda))
    told = (row.id, row.title, row.at, row.place, row.by, agenda, BriefingState(row.state))
    return Briefing(*told, row.reason, row.changed_at, row.version)


def _item(given: dict[str, Any]) -> AgendaItem:
    return AgendaItem(**{**given, "papers": tuple(Paper(**each) for each in given["papers"])})


def _point(row: Row[Any]) -> Point:
    due = date.fromisoformat(row.due) if row.due else None
    told = (row.id, row.briefing, row.text, row.unit, row.by, due)
    return Point(*told, row.progress, row.result, row.done_at, row.version)


def _matter(row: Row[Any]) -> Matter:
    return Matter(
        number=row.id,
        title=row.title,
        kind=MatterKind(row.kind),
        start=date.fromisoformat(row.start),
        end=date.fromisoformat(row.end),
        by=row.by,
        yearly=row.yearly,
        unit=row.unit,
        note=row.note,
        source=row.source,
        tasks=tuple(
            Preparation(**{**each, "done": tuple(map(date.fromisoformat, each["done"]))})
            for each in json.loads(row.tasks)
        ),
        standing=Standing(row.standing),
        changed_at=row.changed_at,
        version=row.version,
    )


def _briefing_values(given: Briefing) -> dict[str, Any]:
    names = ("title", "at", "place", "by", "state", "reason", "version")
    agenda = json.dumps([asdict(item) for item in given.agenda], ensure_ascii=False)
    return {name: getattr(given, name) for name in names} | {"agenda": agenda, "changed_at": given.changed_at}


def _point_values(given: Point) -> dict[str, Any]:
    names = ("briefing", "text", "unit", "by", "progress", "result", "done_at", "version")
    return {name: getattr(given, name) for name in names} | {"due": given.due.isoformat() if given.due else ""}


def _matter_values(given: Matter) -> dict[str, Any]:
    names = ("title", "kind", "by", "yearly", "unit", "note", "source", "standing", "changed_at", "version")
    tasks = [asdict(each) | {"done": [day.isoformat() for day in each.done]} for each in given.tasks]
    days = {"start": given.start.isoformat(), "end": given.end.isoformat()}
    return {name: getattr(given, name) for name in names} | days | {"tasks": json.dumps(tasks, ensure_ascii=False)}


class Register(Room):
    """The part of the store that shows briefings and the calendar."""

    def steps(self, subject: str) -> Sequence[Step]:
        its = (self._own(register_steps.c.province), register_steps.c.subject == subject)
        with self._database.reading() as connection:
            rows = connection.execute(select(register_steps).where(*its).order_by(register_steps.c.id)).all()
        return [Step(row.subject, row.act, row.by, row.at, json.loads(row.facts)) for row in rows]

    @kept
    def briefings(self, *, limit: int = 100) -> Sequence[Briefing]:
        asked = select(briefings).where(self._own(briefings.c.province))
        return [_briefing(row) for row in self._rows(asked.order_by(briefings.c.at.desc()).limit(limit))]

    def briefing(self, number: int) -> Briefing | None:
        rows = self._rows(select(briefings).where(self._own(briefings.c.province), briefings.c.id == number))
        return _briefing(rows[0]) if rows else None

    def points(self, *, briefing: int | None = None, open_only: bool = False) -> Sequence[Point]:
        asked = select(briefing_points).where(self._own(briefing_points.c.province))
        asked = asked if briefing is None else asked.where(briefing_points.c.briefing == briefing)
        asked = asked.where(briefing_points.c.done_at.is_(None)) if open_only else asked
        found = [_point(row) for row in self._rows(asked.order_by(briefing_points.c.id))]
        return sorted(found, key=lambda each: each.due or date.max)

    def point(self, number: int) -> Point | None:
        own = self._own(briefing_points.c.province)
        rows = self._rows(select(briefing_points).where(own, briefing_points.c.id == number))
        return _point(rows[0]) if rows else None

    @kept
    def matters(self, *, every: bool = False) -> Sequence[Matter]:
        asked = select(matters).where(self._own(matters.c.province))
        asked = asked if every else asked.where(matters.c.standing == Standing.STANDS)
        return [_matter(row) for row in self._rows(asked.order_by(matters.c.start, matters.c.id))]

    def matter(self, number: int) -> Matter | None:
        rows = self._rows(select(matters).where(self._own(matters.c.province), matters.c.id == number))
        return _matter(rows[0]) if rows else None

    def _rows(self, asked: Select[Any]) -> Sequence[Row[Any]]:
        with self._database.reading() as connection:
            return connection.execute(asked).all()


class RegisterWriting(QuestionWriting):
    """The writes about the register of one transaction; under the writer lock nothing changes between them."""

    def briefing(self, number: int) -> Briefing | None:
        row = self._one(briefings, number)
        return None if row is None else _briefing(row)

    def add_briefing(self, briefing: Briefing) -> Briefing:
        return replace(briefing, number=self._add(briefings, _briefing_values(briefing)))

    def put_briefing(self, briefing: Briefing) -> None:
        self._put(briefings, briefing.number, _briefing_values(briefing))

    def point(self, number: int) -> Point | None:
        row = self._one(briefing_points, number)
        return None if row is None else _point(row)

    def add_point(self, point: Point) -> Point:
        return replace(point, number=self._add(briefing_points, _point_values(point)))

    def put_point(self, point: Point) -> None:
        self._put(briefing_points, point.number, _point_values(point))

    def matter(self, number: int) -> Matter | None:
        row = self._one(matters, number)
        return None if row is None else _matter(row)

    def add_matter(self, matter: Matter) -> Matter:
        return replace(matter, number=self._add(matters, _matter_values(matter)))

    def put_matter(self, matter: Matter) -> None:
        self._put(matters, matter.number, _matter_values(matter))

    def matter_sources(self) -> Sequence[str]:
        asked = select(matters.c.source).where(self._own(matters.c.province), matters.c.source != "")
        return self._connection.scalars(asked).all()

    def add_step(self, step: Step) -> None:
        told = json.dumps(dict(step.facts), ensure_ascii=False)
        row = {"province": self._scope.province, "subject": step.subject, "act": step.act, "by": step.by, "at": step.at}
        self._connection.execute(insert(register_steps).values(**row, facts=told))
        short = {name: value[:_IN_AUDIT] for name, value in step.facts.items()}
        append(self._connection, step.by, step.act, step.subject, where=step.where, now=step.at, facts=short)

    def _one(self, table: Table, number: int) -> Row[Any] | None:
        return self._connection.execute(select(table).where(self._own(table.c.province), table.c.id == number)).first()

    def _add(self, table: Table, values: dict[str, Any]) -> int:
        row = {"province": self._scope.province, **values}
        return int(self._connection.scalar(insert(table).values(row).returning(table.c.id)) or 0)

    def _put(self, table: Table, number: int, values: dict[str, Any]) -> None:
        this = (self._own(table.c.province), table.c.id == number)
        self._connection.execute(update(table).where(*this).values(**values))
