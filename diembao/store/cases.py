"""Cases as they are kept (`diembao.core.case.CaseReader`, `CaseWriter`). Their rules are not here: `response.cases`."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, and_, case, func, literal, or_, select

from diembao.core.case import (
    Act,
    Case,
    CaseFile,
    CaseLine,
    CaseQuery,
    CaseState,
    Covered,
    Details,
    Draft,
    Note,
    Priority,
)
from diembao.core.desk import CaseCounts, CaseSight, Origin, Outcome
from diembao.store.case_tables import case_coverage, case_drafts, case_log, case_mentions, case_notes, cases
from diembao.store.desk import read_claims, read_decisions, read_exhibits, read_issues
from diembao.store.requests import read_filed, read_requests
from diembao.store.room import Room, chunks, kept
from diembao.store.tables import articles

COVERS = case_coverage.c.removed_at.is_(None)
_ARTICLES = (
    select(func.count())
    .where(case_coverage.c.case == cases.c.number, COVERS)
    .correlate(cases)
    .scalar_subquery()
    .label("articles")
)
_WHOLE = select(cases, _ARTICLES)
_POSITION = select(func.max(case_log.c.id))
_UNANSWERED = [state.value for state in CaseState if not state.answered]
# The open ones by what is due first, after them those that have no deadline or are answered; then the ended ones,
# the latest first.
_ORDER = (
    cases.c.ended,
    case((cases.c.state.in_(_UNANSWERED), cases.c.due_at), else_=None).asc().nulls_last(),
    case((cases.c.ended, cases.c.changed_at), else_=None).desc().nulls_last(),
    cases.c.number.desc(),
)


def as_case(row: Row[Any]) -> Case:
    return Case(
        number=row.number,
        details=Details(
            title=row.title,
            unit=row.unit,
            themes=tuple(row.themes.split()),
            helping=tuple(row.helping.split()),
            task=row.task,
            priority=Priority(row.priority),
            people=tuple(row.people.split()),
        ),
        opened_at=row.opened_at,
        opened_by=row.opened_by,
        due_at=row.due_at,
        state=CaseState(row.state),
        reason=row.reason,
        holder=row.holder,
        changed_at=row.changed_at,
        version=row.version,
        approved=row.approved,
        origin=Origin(row.origin),
        outcome=Outcome(row.outcome) if row.outcome else None,
        articles=row.articles,
        planned_at=row.planned_at,
        paused_at=row.paused_at,
        state_at=row.state_at,
    )


def values_of(given: Case) -> dict[str, Any]:
    about = given.details
    return {
        "title": about.title,
        "unit": about.unit,
        "themes": " ".join(about.themes),
        "helping": " ".join(about.helping),
        "task": about.task,
        "priority": about.priority,
        "state": given.state,
        "ended": given.state.ended,
        "reason": given.reason,
        "holder": given.holder,
        "due_at": given.due_at,
        "changed_at": given.changed_at or given.opened_at,
        "version": given.version,
        "approved": given.approved,
        "origin": given.origin,
        "outcome": given.outcome or "",
        "people": " ".join(about.people),
        "planned_at": given.planned_at,
        "paused_at": given.paused_at,
        "state_at": given.state_at or given.opened_at,
    }


def _narrowed(asked: CaseQuery) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if asked.states:
        found.append(cases.c.state.in_(asked.states))
    if asked.units:
        found.append(cases.c.unit.in_(asked.units))
    if asked.numbers is not None:
        found.append(cases.c.number.in_(asked.numbers))
    if asked.late_at is not None:
        found.append(_late(asked.late_at))
    if asked.person:
        found.append(or_(cases.c.holder == asked.person, _among(cases.c.people, asked.person)))
    if asked.sight is not None:
        found.append(seen_by(asked.sight))
    return found


def _late(at: datetime) -> ColumnElement[bool]:
    """A clock that stands was late before, or is not."""
    return and_(cases.c.state.in_(_UNANSWERED), cases.c.due_at < func.coalesce(cases.c.paused_at, at))


def _among(listed: ColumnElement[str], word: str) -> ColumnElement[bool]:
    """Is this one of the words, separated by spaces?"""
    return (literal(" ") + listed + " ").contains(f" {word} ", autoescape=True)


def seen_by(sight: CaseSight) -> ColumnElement[bool]:
    """In the hands of one of these units, or with an article of one of these outlets."""
    hands = [cases.c.unit.in_(sight.units), *(_among(cases.c.helping, unit) for unit in sight.units)]
    # One set for all cases, not a look for each.
    of_outlets = cases.c.number.in_(
        select(case_coverage.c.case)
        .join(articles, articles.c.id == case_coverage.c.article_id)
        .where(COVERS, articles.c.outlet.in_(sight.outlets))
    )
    return or_(*hands, of_outlets) if sight.outlets else or_(*hands)


class Cases(Room):
    """The part of the store that shows cases."""

    def cases(self, asked: CaseQuery, *, offset: int = 0, limit: int = 50) -> tuple[int, Sequence[Case]]:
        where = [*_narrowed(asked), self._own(cases.c.province)]
        # Articles are counted for the rows of the page alone.
        numbers = select(cases.c.number).where(*where).order_by(*_ORDER).offset(offset).limit(limit)
        page = _WHOLE.where(cases.c.number.in_(numbers)).order_by(*_ORDER)
        with self._database.reading() as connection:
            total = connection.scalar(select(func.count()).select_from(cases).where(*where)) or 0
            return total, [as_case(row) for row in connection.execute(page)]

    def case_counts(self, asked: CaseQuery, late_at: datetime) -> CaseCounts:
        counted = func.sum(case((_late(late_at), 1), else_=0))
        where = [*_narrowed(asked), self._own(cases.c.province)]
        grouped = select(cases.c.state, cases.c.unit, cases.c.ended, func.count(), counted).where(*where)
        states: dict[str, int] = {}
        units: dict[str, tuple[int, int]] = {}
        with self._database.reading() as connection:
            for state, unit, ended, n, past in connection.execute(
                grouped.group_by(cases.c.state, cases.c.unit, cases.c.ended)
            ):
                states[state] = states.get(state, 0) + n
                if not ended:
                    before = units.get(unit, (0, 0))
                    units[unit] = before[0] + n, before[1] + past
        return CaseCounts(states, units)

    def line_once(self, key: str) -> tuple[str, str, CaseLine] | None:
        asked = select(case_log).where(case_log.c.once == key)
        with self._database.reading() as connection:
            row = connection.execute(asked).first()
            return None if row is None else (row.case, row.asked, _line(row))

    def covered(self, article_ids: Sequence[str] | None = None) -> Sequence[tuple[str, str]]:
        held = select(case_coverage.c.case, case_coverage.c.article_id)
        held = held.join(cases, cases.c.number == case_coverage.c.case).where(COVERS, self._own(cases.c.province))
        parts = [held]
        if article_ids is not None:
            parts = [held.where(case_coverage.c.article_id.in_(part)) for part in chunks(sorted(set(article_ids)))]
        with self._database.reading() as connection:
            return [(number, article_id) for part in parts for number, article_id in connection.execute(part)]

    @kept
    def case_file(self, number: str) -> CaseFile | None:
        with self._database.reading() as connection:
            found = read_case(connection, number, self._own(cases.c.province))
            return None if found is None else _file(connection, found)

    @kept
    def cases_with(self, article_ids: Sequence[str]) -> Sequence[Case]:
        found: dict[str, Case] = {}
        own = self._own(cases.c.province)
        with self._database.reading() as connection:
            for part in chunks(list(dict.fromkeys(article_ids))):
                theirs = select(case_coverage.c.case).where(case_coverage.c.article_id.in_(part), COVERS)
                asked = _WHOLE.where(own, cases.c.ended.is_(False), cases.c.number.in_(theirs))
                found |= {row.number: as_case(row) for row in connection.execute(asked)}
        return [found[number] for number in sorted(found)]

    @kept
    def case_position(self) -> int:
        with self._database.reading() as connection:
            return connection.scalar(_POSITION) or 0


def _file(connection: Connection, found: Case) -> CaseFile:
    def rows(asked: Select[Any]) -> Sequence[Row[Any]]:
        return connection.execute(asked).all()

    covered = (
        select(case_coverage, articles.c.sorted_at)
        .join(articles, articles.c.id == case_coverage.c.article_id)
        .where(case_coverage.c.case == found.number, COVERS)
    )
    notes = select(case_notes).where(case_notes.c.case == found.number)
    drafts = select(case_drafts).where(case_drafts.c.case == found.number)
    lines = select(case_log).where(case_log.c.case == found.number)
    in_order = covered.order_by(case_coverage.c.at, case_coverage.c.article_id)
    called: dict[int, tuple[str, ...]] = {}
    for row in rows(select(case_mentions).where(case_mentions.c.case == found.number).order_by(case_mentions.c.id)):
        called[row.note] = (*called.get(row.note, ()), row.account)
    return CaseFile(
        found,
        coverage=tuple(Covered(row.article_id, row.by, row.at, row.followed, row.sorted_at) for row in rows(in_order)),
        notes=tuple(
            Note(row.by, row.at, row.text, called.get(row.id, ())) for row in rows(notes.order_by(case_notes.c.id))
        ),
        drafts=tuple(as_draft(row) for row in rows(drafts.order_by(case_drafts.c.version))),
        log=tuple(map(_line, rows(lines.order_by(case_log.c.id)))),
        claims=read_claims(connection, found.number),
        exhibits=read_exhibits(connection, found.number),
        decisions=read_decisions(connection, found.number),
        issues=read_issues(connection, found.number),
        requests=read_requests(connection, found.number),
        filed=read_filed(connection, found.number),
    )


def _line(row: Row[Any]) -> CaseLine:
    return CaseLine(Act(row.act), row.by, row.at, json.loads(row.facts), row.id)


def as_draft(row: Row[Any]) -> Draft:
    others, titles, speakers = map(json.loads, (row.others, row.titles, row.speakers))
    return Draft(row.version, row.by, row.at, row.text, row.form, row.speaker, others, row.title, titles, speakers)


def read_case(connection: Connection, number: str, own: ColumnElement[bool]) -> Case | None:
    row = connection.execute(_WHOLE.where(own, cases.c.number == number)).first()
    return None if row is None else as_case(row)
