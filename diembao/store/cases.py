"""Cases as they are kept (`diembao.core.case.CaseReader`, `CaseWriter`). Their rules are not here: `response.cases`."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, case, func, insert, select, update

from diembao.core.article import Kind, Label, in_force
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
from diembao.store.audit import append
from diembao.store.case_tables import case_coverage, case_drafts, case_log, case_notes, cases
from diembao.store.desk import DeskWriting, read_claims, read_decisions, read_exhibits, read_issues
from diembao.store.labels import standing
from diembao.store.room import Room, chunks
from diembao.store.upsert import upsert

_COVERS = case_coverage.c.removed_at.is_(None)
_ARTICLES = (
    select(func.count())
    .where(case_coverage.c.case == cases.c.number, _COVERS)
    .correlate(cases)
    .scalar_subquery()
    .label("articles")
)
_WHOLE = select(cases, _ARTICLES)
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
        articles=row.articles,
    )


def _values(given: Case) -> dict[str, Any]:
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
        found += [cases.c.state.in_(_UNANSWERED), cases.c.due_at < asked.late_at]
    return found


class Cases(Room):
    """The part of the store that shows cases."""

    def cases(self, asked: CaseQuery, *, offset: int = 0, limit: int = 50) -> tuple[int, Sequence[Case]]:
        where = [*_narrowed(asked), self._own(cases.c.province)]
        page = _WHOLE.where(*where).order_by(*_ORDER).offset(offset).limit(limit)
        with self._database.reading() as connection:
            total = connection.scalar(select(func.count()).select_from(cases).where(*where)) or 0
            return total, [as_case(row) for row in connection.execute(page)]

    def covered(self) -> Sequence[tuple[str, str]]:
        held = select(case_coverage.c.case, case_coverage.c.article_id)
        held = held.join(cases, cases.c.number == case_coverage.c.case).where(_COVERS, self._own(cases.c.province))
        with self._database.reading() as connection:
            return [(number, article_id) for number, article_id in connection.execute(held)]

    def case_file(self, number: str) -> CaseFile | None:
        with self._database.reading() as connection:
            found = read_case(connection, number, self._own(cases.c.province))
            return None if found is None else _file(connection, found)

    def cases_with(self, article_ids: Sequence[str]) -> Sequence[Case]:
        found: dict[str, Case] = {}
        own = self._own(cases.c.province)
        with self._database.reading() as connection:
            for part in chunks(list(dict.fromkeys(article_ids))):
                theirs = select(case_coverage.c.case).where(case_coverage.c.article_id.in_(part), _COVERS)
                asked = _WHOLE.where(own, cases.c.ended.is_(False), cases.c.number.in_(theirs))
                found |= {row.number: as_case(row) for row in connection.execute(asked)}
        return [found[number] for number in sorted(found)]

    def case_position(self) -> int:
        with self._database.reading() as connection:
            return connection.scalar(select(func.max(case_log.c.id))) or 0


def _file(connection: Connection, found: Case) -> CaseFile:
    def rows(asked: Select[Any]) -> Sequence[Row[Any]]:
        return connection.execute(asked).all()

    covered = select(case_coverage).where(case_coverage.c.case == found.number, _COVERS)
    notes = select(case_notes).where(case_notes.c.case == found.number)
    drafts = select(case_drafts).where(case_drafts.c.case == found.number)
    lines = select(case_log).where(case_log.c.case == found.number)
    in_order = covered.order_by(case_coverage.c.at, case_coverage.c.article_id)
    return CaseFile(
        found,
        coverage=tuple(Covered(row.article_id, row.by, row.at, row.followed) for row in rows(in_order)),
        notes=tuple(Note(row.by, row.at, row.text) for row in rows(notes.order_by(case_notes.c.id))),
        drafts=tuple(as_draft(row) for row in rows(drafts.order_by(case_drafts.c.version))),
        log=tuple(
            CaseLine(Act(row.act), row.by, row.at, json.loads(row.facts), row.id)
            for row in rows(lines.order_by(case_log.c.id))
        ),
        claims=read_claims(connection, found.number),
        exhibits=read_exhibits(connection, found.number),
        decisions=read_decisions(connection, found.number),
        issues=read_issues(connection, found.number),
    )


def as_draft(row: Row[Any]) -> Draft:
    return Draft(row.version, row.by, row.at, row.text, row.form, row.speaker, json.loads(row.others))


def read_case(connection: Connection, number: str, own: ColumnElement[bool]) -> Case | None:
    row = connection.execute(_WHOLE.where(own, cases.c.number == number)).first()
    return None if row is None else as_case(row)


class CaseWriting(DeskWriting, Room):
    """The writes about cases of one transaction; under the writer lock nothing changes between them."""

    _connection: Connection

    def open_case(self, year: int, case: Case) -> Case:
        last = self._connection.scalar(select(func.max(cases.c.serial)).where(cases.c.year == year)) or 0
        number = self._next_number(year)
        kept = {"number": number, "province": self._scope.province, "year": year, "serial": last + 1}
        opened = {"opened_at": case.opened_at, "opened_by": case.opened_by}
        self._connection.execute(insert(cases).values(**kept, **opened, **_values(case)))
        return self._there(number)

    def _next_number(self, year: int) -> str:
        """Each province counts its own; of two with one code the second goes on behind the first."""
        begins = f"VV-{self._scope.code}-{year}-" if self._scope.code else f"VV-{year}-"
        asked = select(cases.c.number).where(cases.c.year == year, cases.c.number.startswith(begins))
        last = max((int(each.removeprefix(begins)) for each in self._connection.scalars(asked)), default=0)
        return f"{begins}{last + 1:04d}"

    def case(self, number: str) -> Case | None:
        return read_case(self._connection, number, self._own(cases.c.province))

    def put_case(self, case: Case) -> None:
        self._connection.execute(update(cases).where(cases.c.number == case.number).values(**_values(case)))

    def add_line(self, number: str, line: CaseLine) -> None:
        facts = json.dumps(dict(line.facts), ensure_ascii=False)
        self._connection.execute(
            insert(case_log).values(case=number, act=line.act, by=line.by, at=line.at, facts=facts)
        )
        append(
            self._connection,
            line.by,
            f"case.{line.act}",
            f"case:{number}",
            where=line.where,
            now=line.at,
            facts=dict(line.facts),
        )

    def add_note(self, number: str, note: Note) -> None:
        self._connection.execute(insert(case_notes).values(case=number, by=note.by, at=note.at, text=note.text))

    def count_notes(self, number: str) -> int:
        asked = select(func.count()).select_from(case_notes).where(case_notes.c.case == number)
        return self._connection.scalar(asked) or 0

    def last_draft(self, number: str) -> int:
        return self._connection.scalar(select(func.max(case_drafts.c.version)).where(case_drafts.c.case == number)) or 0

    def add_draft(self, number: str, draft: Draft) -> None:
        row = {"case": number, **asdict(draft), "others": json.dumps(dict(draft.others), ensure_ascii=False)}
        self._connection.execute(insert(case_drafts).values(**row))

    def newest_draft(self, number: str) -> Draft | None:
        its = select(case_drafts).where(case_drafts.c.case == number).order_by(case_drafts.c.version.desc())
        row = self._connection.execute(its.limit(1)).first()
        return None if row is None else as_draft(row)

    def authors(self, number: str) -> frozenset[str]:
        asked = select(case_drafts.c.by).where(case_drafts.c.case == number).distinct()
        return frozenset(self._connection.scalars(asked))

    def cover(self, number: str, articles: Sequence[Covered]) -> Sequence[str]:
        known = {row.article_id: row for row in self._rows(number)}
        news = [each for each in articles if _is_news(each, known.get(each.article_id))]
        for each in news:
            row = {"by": each.by, "at": each.at, "followed": each.followed, "removed_by": None, "removed_at": None}
            adding = upsert(case_coverage).values(case=number, article_id=each.article_id, **row)
            self._connection.execute(adding.or_update(["case", "article_id"], row))
        return [each.article_id for each in news]

    def uncover(self, number: str, article_id: str, *, by: str, now: datetime) -> bool:
        here = (case_coverage.c.case == number) & (case_coverage.c.article_id == article_id) & _COVERS
        return bool(
            self._connection.execute(
                update(case_coverage).where(here).values(removed_by=by, removed_at=now, followed=False)
            ).rowcount
        )

    def followed(self) -> Sequence[tuple[str, str]]:
        asked = (
            select(case_coverage.c.case, case_coverage.c.article_id)
            .join(cases, cases.c.number == case_coverage.c.case)
            .where(self._own(cases.c.province), cases.c.ended.is_(False), case_coverage.c.followed, _COVERS)
        )
        rows = self._connection.execute(asked).all()
        given = standing(self._connection, sorted({row.article_id for row in rows}))
        stories = {each: _story(labels) for each, labels in given.items()}
        return sorted({(row.case, story) for row in rows if (story := stories[row.article_id])})

    def _rows(self, number: str) -> Sequence[Row[Any]]:
        return self._connection.execute(select(case_coverage).where(case_coverage.c.case == number)).all()

    def _there(self, number: str) -> Case:
        found = self.case(number)
        if found is None:  # it was written a line ago
            raise LookupError(number)
        return found


def _story(given: Sequence[Label]) -> str | None:
    """The story that counts among an article's standing labels, as `Labelled.key` has it."""
    stories = [label for label in in_force(given) if label.kind is Kind.STORY]
    return min(stories, key=lambda label: (-label.score, label.key)).key if stories else None


def _is_news(given: Covered, known: Row[Any] | None) -> bool:
    """A person's word counts anew where it changes something; the machine adds only what was never there."""
    if known is None:
        return True
    by_person = given.by.startswith("person:")
    return by_person and (known.removed_at is not None or (given.followed and not known.followed))
