"""Questions of the press as they are kept (`diembao.core.register`). Their rules are in `response.questions`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Row, and_, case, func, insert, or_, select, update

from diembao.core.questions import Asker, How, Question, QuestionQuery, QuestionState
from diembao.core.text import fold
from diembao.store.audit import append
from diembao.store.register_tables import press_questions as table
from diembao.store.room import Room

# Words of a search, and characters of one: the rest is not looked at.
_WORDS, _LENGTH = 8, 40
# What waits, by what is due first; then the answered; then the ended, each the latest first.
_ORDER: Final = (
    table.c.stage,
    case((table.c.stage == 0, table.c.due_at), else_=None).asc().nulls_last(),
    case((table.c.stage > 0, table.c.changed_at), else_=None).desc().nulls_last(),
    table.c.number.desc(),
)


_ANSWERED: Final = (QuestionState.ANSWERED, QuestionState.PUBLISHED)


def as_question(row: Row[Any]) -> Question:
    return Question(
        number=row.number,
        text=row.text,
        asker=Asker(row.outlet, row.name, row.function, row.contact),
        received_at=row.received_at,
        how=How(row.how),
        by=row.by,
        due_at=row.due_at,
        unit=row.unit,
        state=QuestionState(row.state),
        reason=row.reason,
        answer=row.answer,
        answer_by=row.answer_by,
        statement=row.statement,
        answered_at=row.answered_at,
        published=row.published,
        articles=tuple(row.articles.split()),
        case=row.case,
        briefing=row.briefing,
        changed_at=row.changed_at,
        erased_at=row.erased_at,
        version=row.version,
    )


def _values(given: Question) -> dict[str, Any]:
    names = (
        *("text", "received_at", "how", "by", "due_at", "unit", "state", "reason", "answer", "answer_by"),
        *("statement", "answered_at", "published", "case", "briefing", "erased_at", "version"),
    )
    asker = given.asker
    return {name: getattr(given, name) for name in names} | {
        "outlet": asker.outlet,
        "name": asker.name,
        "function": asker.function,
        "contact": asker.contact,
        "stage": 2 if given.state.ended else int(given.state.answered),
        "articles": " ".join(given.articles),
        "changed_at": given.changed_at or given.received_at,
        "searched": fold(f"{given.number} {given.text} {given.answer} {asker.outlet}"),
    }


def _narrowed(asked: QuestionQuery) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    for column, wanted in ((table.c.state, asked.states), (table.c.unit, asked.units), (table.c.outlet, asked.outlets)):
        if wanted:
            found.append(column.in_(wanted))
    if asked.case:
        found.append(table.c.case == asked.case)
    if asked.briefing:
        found.append(table.c.briefing == asked.briefing)
    if asked.late_at is not None:
        found += [table.c.stage == 0, table.c.due_at < asked.late_at]
    words = re.findall(r"\w+(?:-\w+)*", fold(asked.text))[:_WORDS]
    return [*found, *(table.c.searched.contains(word[:_LENGTH], autoescape=True) for word in words)]


def read_question(connection: Connection, number: str, own: ColumnElement[bool]) -> Question | None:
    row = connection.execute(select(table).where(own, table.c.number == number)).first()
    return None if row is None else as_question(row)


class Questions(Room):
    """The part of the store that shows questions."""

    def questions(self, asked: QuestionQuery, *, offset: int = 0, limit: int = 50) -> tuple[int, Sequence[Question]]:
        where = [*_narrowed(asked), self._own(table.c.province)]
        page = select(table).where(*where).order_by(*_ORDER).offset(offset).limit(limit)
        with self._database.reading() as connection:
            total = connection.scalar(select(func.count()).select_from(table).where(*where)) or 0
            return total, [as_question(row) for row in connection.execute(page)]

    def question(self, number: str) -> Question | None:
        with self._database.reading() as connection:
            return read_question(connection, number, self._own(table.c.province))

    def forget_askers(self, ended_before: datetime, received_before: datetime, *, now: datetime) -> int:
        ended = and_(table.c.stage > 0, table.c.changed_at < ended_before)
        old = (or_(ended, table.c.received_at < received_before), table.c.erased_at.is_(None))
        with self._database.writing() as connection:
            numbers = connection.scalars(select(table.c.number).where(self._own(table.c.province), *old)).all()
            for number in numbers:
                gone = {"name": "", "contact": "", "erased_at": now}
                connection.execute(update(table).where(table.c.number == number).values(gone))
                append(connection, "machine", "question.forget", f"question:{number}", where="machine", now=now)
        return len(numbers)


class QuestionWriting(Room):
    """The writes about questions of one transaction."""

    _connection: Connection

    def question(self, number: str) -> Question | None:
        return read_question(self._connection, number, self._own(table.c.province))

    def answered_with(self, statement: str) -> Sequence[Question]:
        its = (self._own(table.c.province), table.c.statement == statement, table.c.answered_at.is_not(None))
        rows = self._connection.execute(select(table).where(*its).order_by(table.c.number)).all()
        return [found for found in map(as_question, rows) if found.state in _ANSWERED]

    def open_question(self, year: int, question: Question) -> Question:
        begins = f"CH-{self._scope.code}-{year}-" if self._scope.code else f"CH-{year}-"
        known = select(table.c.number).where(table.c.year == year, table.c.number.startswith(begins))
        serial = max((int(each.removeprefix(begins)) for each in self._connection.scalars(known)), default=0) + 1
        number = f"{begins}{serial:04d}"
        kept = {"number": number, "province": self._scope.province, "year": year, "serial": serial}
        values = _values(question) | {"searched": fold(f"{number} {question.text} {question.asker.outlet}")}
        self._connection.execute(insert(table).values(**kept, **values))
        found = self.question(number)
        if found is None:  # it was written a line ago
            raise LookupError(number)
        return found

    def put_question(self, question: Question) -> None:
        this = (self._own(table.c.province), table.c.number == question.number)
        self._connection.execute(update(table).where(*this).values(**_values(question)))
