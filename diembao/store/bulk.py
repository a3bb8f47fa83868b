"""The record read as a whole (`diembao.core.bulk`): few columns, and labels put together by the database.

A row for each label, made into an object and then into JSON, would take twice the time of all the rest.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from pydantic_core import to_json
from sqlalchemy import (
    BindParameter,
    Connection,
    Select,
    String,
    and_,
    bindparam,
    case,
    exists,
    func,
    null,
    or_,
    select,
)
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import GenericFunction

from diembao.core.article import Label, Revision, in_force
from diembao.core.bulk import Line, Said, Told
from diembao.core.ledger import Run
from diembao.core.ports import Event, LogEntry
from diembao.store import books
from diembao.store.asked import asked_ids, asked_in
from diembao.store.case_tables import case_log, cases
from diembao.store.columns import at_offset
from diembao.store.desk_tables import case_claims, case_issues
from diembao.store.kept_tables import withdrawals
from diembao.store.labels import standing
from diembao.store.register_tables import register_steps
from diembao.store.room import Room, chunks
from diembao.store.tables import articles, labels, log, revisions, runs, sightings

_QUESTION: Final = "question:"  # what a step of the register is about, before its number
_EVENTS: Final = {event.value: event for event in Event}  # looked up: calling an enum costs as much as the row
_later = log.alias("later")
_UNTOLD: Final[BindParameter[Any]] = bindparam("untold", expanding=True)
_LAST: Final = (
    select(log)
    .where(
        log.c.number > bindparam("after"),
        log.c.number <= bindparam("until"),
        log.c.event.not_in(_UNTOLD),
        ~exists().where(
            _later.c.article_id == log.c.article_id,
            _later.c.number > log.c.number,
            _later.c.number <= bindparam("until"),
            _later.c.event.not_in(_UNTOLD),
        ),
    )
    .order_by(log.c.number)
    .limit(bindparam("most"))
)


_GONE: Final = select(withdrawals.c.article_id, withdrawals.c.gone_at).where(
    asked_in(withdrawals.c.article_id), withdrawals.c.returned_at.is_(None)
)


class _AsJson(GenericFunction[str]):
    """All labels of a group as one JSON array."""

    type = String()
    inherit_cache = True


_FIELDS: Final = {
    "kind": labels.c.kind,
    "key": labels.c.key,
    "about": labels.c.about,
    "revision": labels.c.revision,
    "score": labels.c.score,
    "by": labels.c.given_by,
    "why": labels.c.why,
}


@compiles(_AsJson)
def _on_sqlite(_: _AsJson, compiler: SQLCompiler, **kw: Any) -> str:  # noqa: ANN401 (theirs)
    """Moments are texts there, with a space and six places: written as they are everywhere else."""
    at = "replace(substr(labels.at, 1, 10) || 'T' || substr(labels.at, 12) || 'Z', '.000000', '')"
    return f"json_group_array(json_object({_pairs(compiler, **kw)}, 'at', {at}, 'look_again', json('false')))"


@compiles(_AsJson, "postgresql")
def _on_postgresql(_: _AsJson, compiler: SQLCompiler, **kw: Any) -> str:  # noqa: ANN401 (theirs)
    at = """replace(to_char(labels.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), '.000000', '')"""
    return f"CAST(json_agg(json_build_object({_pairs(compiler, **kw)}, 'at', {at}, 'look_again', false)) AS text)"


def _pairs(compiler: SQLCompiler, **kw: Any) -> str:  # noqa: ANN401 (theirs)
    return ", ".join(f"'{name}', {compiler.process(column, **kw)}" for name, column in _FIELDS.items())


_STANDING: Final = (
    select(labels.c.article_id, func.max(case((labels.c.by_person, 1), else_=0)), _AsJson())
    .where(asked_in(labels.c.article_id), labels.c.ended_at.is_(None))
    .group_by(labels.c.article_id)
)


class Bulk(Room):
    """The part of the store that copies of it are made from."""

    def last_changes(self, after: int, until: int, limit: int) -> Sequence[LogEntry]:
        untold = [Event.MODEL, Event.PROFILE]
        if self._scope.about is not None:  # whose correction it is does not stand there; what came of it follows
            untold.append(Event.PERSON_LABEL)
        asked = {"after": after, "until": until, "most": limit, "untold": untold}
        with self._database.reading() as connection:
            rows = connection.execute(_LAST, asked).all()
        return [LogEntry(number, _EVENTS[event], article_id, at) for number, event, article_id, at in rows]

    def told(self, entries: Sequence[LogEntry], *, lead: int, text: bool = False) -> Sequence[Told]:
        named = {entry.article_id: entry for entry in entries}
        found: dict[str, Told] = {}
        asked = _rows(lead, text=text)
        with self._database.reading() as connection:
            for ids in chunks(list(named)):
                given, gone = self._labels(connection, ids), _gone(connection, ids)
                for key, at, offset, *row in connection.execute(asked, asked_ids(ids)).all():
                    when = at_offset(at, offset)
                    found[key] = Told(named[key], when, gone.get(key), given.get(key, "[]"), *row)
        return [found[entry.article_id] for entry in entries]

    def gone_since(self, ids: Sequence[str]) -> Mapping[str, datetime]:
        found: dict[str, datetime] = {}
        with self._database.reading() as connection:
            for part in chunks(ids):
                found |= _gone(connection, part)
        return found

    def revisions_of(self, ids: Sequence[str]) -> Sequence[Revision]:
        these = revisions.c.article_id, revisions.c.number, revisions.c.title, revisions.c.lead, revisions.c.text
        asked = select(*these, revisions.c.seen_at, revisions.c.response).where(asked_in(revisions.c.article_id))
        found: list[Revision] = []
        with self._database.reading() as connection:
            for part in chunks(ids):
                rows = connection.execute(asked.order_by(*these[:2]), asked_ids(part)).all()
                found += [Revision(*row) for row in rows]
        return found

    def runs_before(self, number: int | None, limit: int) -> Sequence[Run]:
        asked = select(runs).order_by(runs.c.id.desc()).limit(limit)
        asked = asked if number is None else asked.where(runs.c.id < number)
        with self._database.reading() as connection:
            rows = connection.execute(asked).all()
            return [Run(row.by, row.started_at, row.ended_at, books.counts(connection, row.id)) for row in rows]

    def sightings(self, run: int, after: int, limit: int) -> Sequence[Line]:
        columns = (
            sightings.c[name] for name in ("id", "run", "source", "entry", "outcome", "reason", "at", "article_id")
        )
        asked = select(*columns).where(sightings.c.run == run, sightings.c.id > after)
        with self._database.reading() as connection:
            return [Line(*row) for row in connection.execute(asked.order_by(sightings.c.id).limit(limit))]

    def said_behind(self, what: Said, case: str, number: int, limit: int) -> Sequence[tuple[str, int]]:
        table = case_claims if what is Said.CLAIM else case_issues
        behind = or_(table.c.case > case, and_(table.c.case == case, table.c.number > number))
        asked = (
            select(table.c.case, table.c.number)
            .join(cases, cases.c.number == table.c.case)
            .where(behind, self._own(cases.c.province))
            .order_by(table.c.case, table.c.number)
            .limit(limit)
        )
        with self._database.reading() as connection:
            return [(named, found) for named, found in connection.execute(asked)]

    def cases_changed(self, after: int, limit: int) -> Sequence[tuple[int, str]]:
        last = func.max(case_log.c.id)
        changed = (
            select(last, case_log.c.case)
            .join(cases, cases.c.number == case_log.c.case)
            .where(case_log.c.id > after, self._own(cases.c.province))
            .group_by(case_log.c.case)
            .order_by(last)
            .limit(limit)
        )
        with self._database.reading() as connection:
            return [(number, named) for number, named in connection.execute(changed)]

    def questions_changed(self, after: int, limit: int) -> Sequence[tuple[int, str]]:
        last, subject = func.max(register_steps.c.id), register_steps.c.subject
        changed = (
            select(last, subject)
            .where(register_steps.c.id > after, self._own(register_steps.c.province), subject.startswith(_QUESTION))
            .group_by(subject)
            .order_by(last)
            .limit(limit)
        )
        with self._database.reading() as connection:
            return [(number, named.removeprefix(_QUESTION)) for number, named in connection.execute(changed)]

    def _labels(self, connection: Connection, ids: Sequence[str]) -> Mapping[str, str]:
        """Those in force of each article, as JSON; where people judged, what counts is settled label by label."""
        about, asked = self._scope.about, _STANDING
        if about is not None:
            asked = asked.where(labels.c.about.in_([*about, ""]))
        rows = connection.execute(asked, asked_ids(ids)).all()
        found = {key: told for key, by_people, told in rows if not by_people}
        judged = [key for key, by_people, _ in rows if by_people]
        if judged:
            numbers = select(articles.c.id, articles.c.revision).where(articles.c.id.in_(judged))
            current = dict(connection.execute(numbers).all())
            for key, given in standing(connection, judged).items():
                seen = [each for each in in_force(given) if about is None or each.about in {*about, ""}]
                found[key] = to_json([_label(each, current[key]) for each in seen]).decode()
        return found


def _rows(lead: int, *, text: bool) -> Select[Any]:
    """In the order of `Told`, behind what is not taken as it is."""
    return (
        select(
            articles.c.id,
            articles.c.published_at,
            articles.c.published_offset,
            articles.c.url,
            articles.c.outlet,
            revisions.c.title,
            (func.substr(revisions.c.lead, 1, lead) if lead else revisions.c.lead).label("lead"),
            (revisions.c.text if text else null()).label("text"),
            articles.c.language,
            articles.c.published_from,
            articles.c.seen_at,
            articles.c.revision,
        )
        .join(revisions, and_(revisions.c.article_id == articles.c.id, revisions.c.number == articles.c.revision))
        .where(asked_in(articles.c.id))
    )


def _gone(connection: Connection, ids: Sequence[str]) -> dict[str, datetime]:
    return dict(connection.execute(_GONE, asked_ids(ids)).all())


def _label(label: Label, current: int) -> dict[str, Any]:
    return {
        "kind": label.kind,
        "key": label.key,
        "about": label.about,
        "revision": label.revision,
        "score": label.score,
        "by": label.by,
        "why": label.why,
        "at": label.at,
        "look_again": label.by_person and label.revision < current,
    }
