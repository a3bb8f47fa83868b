"""Statements of all cases together (`diembao.core.statement_list`)."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    Row,
    Subquery,
    and_,
    case,
    exists,
    func,
    literal,
    or_,
    select,
    tuple_,
    union_all,
)

from diembao.core.case import CaseState
from diembao.core.statement_list import UNISSUED, Stage, StatementLine, StatementQuery
from diembao.store.case_tables import case_drafts, cases
from diembao.store.cases import seen_by
from diembao.store.desk_tables import case_decisions, case_issues
from diembao.store.room import Room
from diembao.store.standing import first_standing, latest, named

_OPEN: Final = [stage.value for stage in UNISSUED]


class StatementRoom(Room):
    """The part of the store that lists them (`core.statement_list.StatementReader`)."""

    def statement_lines(
        self, asked: StatementQuery, *, offset: int = 0, limit: int = 50
    ) -> tuple[int, Sequence[StatementLine]]:
        lines = _lines()
        waiting = lines.c.stage.in_(_OPEN)
        where = and_(self._own(cases.c.province), *_narrowed_statements(asked, lines))
        joined = lines.join(cases, cases.c.number == lines.c.case)
        order = (
            case((waiting, 0), else_=1),
            case((waiting, cases.c.due_at), else_=None).asc().nulls_last(),
            lines.c.at.desc(),
            lines.c.case.desc(),
            lines.c.issue.desc(),
        )
        page = select(lines).select_from(joined).where(where).order_by(*order).offset(offset).limit(limit)
        with self._database.reading() as connection:
            total = connection.scalar(select(func.count()).select_from(joined).where(where)) or 0
            return total, [_line(row) for row in connection.execute(page)]

    def statement_counts(self, asked: StatementQuery) -> Mapping[Stage, int]:
        lines = _lines()
        joined = lines.join(cases, cases.c.number == lines.c.case)
        counted = select(lines.c.stage, func.count()).select_from(joined)
        where = and_(self._own(cases.c.province), *_narrowed_statements(asked, lines))
        with self._database.reading() as connection:
            return {Stage(stage): n for stage, n in connection.execute(counted.where(where).group_by(lines.c.stage))}


def _lines() -> Subquery:
    """What is being written of each case, and what was issued."""
    draft, issue, back = case_drafts, case_issues, case_decisions
    newest = select(draft.c.case, func.max(draft.c.version).label("version")).group_by(draft.c.case).subquery()
    last = latest()
    refused = and_(back.c.case == draft.c.case, back.c.version == draft.c.version, back.c.approved.is_(False))
    reason = select(back.c.reason).where(refused).order_by(back.c.id.desc()).limit(1).correlate(draft).scalar_subquery()
    stage = case(
        (cases.c.ended, literal(Stage.DROPPED.value)),
        (
            cases.c.state == CaseState.APPROVAL.value,
            case(
                (cases.c.approved == draft.c.version, literal(Stage.APPROVED.value)), else_=literal(Stage.WAITING.value)
            ),
        ),
        (exists().where(refused), literal(Stage.RETURNED.value)),
        else_=literal(Stage.DRAFT.value),
    )
    told = (draft.c.title, draft.c.text, draft.c.others)
    nothing = literal("")
    writing = (
        select(draft.c.case, draft.c.version, literal(0).label("issue"), *told, draft.c.by, draft.c.at)
        .add_columns(stage.label("stage"), func.coalesce(reason, nothing).label("reason"), nothing.label("channel"))
        .join(newest, and_(newest.c.case == draft.c.case, newest.c.version == draft.c.version))
        .join(cases, cases.c.number == draft.c.case)
        .outerjoin(last, last.c.case == draft.c.case)
        .where(or_(last.c.version.is_(None), draft.c.version > last.c.version))
    )
    stood = case(
        (issue.c.retracted_at.is_not(None), literal(Stage.RETRACTED.value)),
        (or_(issue.c.number == last.c.number, named(issue.c.case, issue.c.number)), literal(Stage.ISSUED.value)),
        else_=literal(Stage.REPLACED.value),
    )
    issued = (
        select(issue.c.case, issue.c.version, issue.c.number.label("issue"), *told, issue.c.by, issue.c.at)
        .add_columns(stood.label("stage"), issue.c.retracted_why.label("reason"), issue.c.channel)
        .join(draft, and_(draft.c.case == issue.c.case, draft.c.version == issue.c.version))
        .join(last, last.c.case == issue.c.case)
    )
    return union_all(writing, issued).subquery("lines")


def _narrowed_statements(asked: StatementQuery, lines: Subquery) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if asked.stages:
        found.append(lines.c.stage.in_([stage.value for stage in asked.stages]))
    if asked.units:
        found.append(cases.c.unit.in_(asked.units))
    if asked.writer:
        found.append(_written(lines, asked.writer))
    if asked.reader:
        found.append(~_written(lines, asked.reader))
    if asked.among is not None:
        found.append(tuple_(lines.c.case, lines.c.version).in_(asked.among))
    if asked.since is not None:
        found.append(lines.c.at >= asked.since)
    if asked.until is not None:
        found.append(lines.c.at < asked.until)
    if asked.first:
        found.append(first_standing(lines.c.case, lines.c.issue))
    if asked.sight is not None:
        found.append(seen_by(asked.sight))
    return found


def _written(lines: Subquery, who: str) -> ColumnElement[bool]:
    return exists().where(case_drafts.c.case == lines.c.case, case_drafts.c.by == who)


def _line(row: Row[Any]) -> StatementLine:
    text = "\n".join((row.text, *json.loads(row.others).values()))
    stage = Stage(row.stage)
    reason = row.reason if stage in {Stage.RETURNED, Stage.RETRACTED} else ""
    return StatementLine(row.case, row.version, row.issue, row.title, text, row.by, row.at, stage, reason, row.channel)
