"""What a language model is asked, says and costs (`core.opinion`)."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Row, and_, delete, exists, func, or_, select, update

from diembao.core.accounts import Hand
from diembao.core.article import Kind, Relevance
from diembao.core.errors import Outdated, WrongUse
from diembao.core.opinion import (
    GIST_LENGTH,
    Asked,
    DayCost,
    Gist,
    GistVerdict,
    Judgement,
    KeptAnswer,
    Limits,
    Line,
    Outline,
    QueueState,
    Task,
)
from diembao.core.text import clean
from diembao.store.audit import append
from diembao.store.opinion_tables import opinion_answers as answers
from diembao.store.opinion_tables import opinion_costs as costs
from diembao.store.opinion_tables import opinion_gists as gists
from diembao.store.opinion_tables import opinion_outlines as outlines
from diembao.store.opinion_tables import opinion_queue as queue
from diembao.store.room import Room, chunks
from diembao.store.tables import labels
from diembao.store.upsert import upsert

WHY_LENGTH: Final = 1_000  # characters of the reason why a question waits or was set aside
_ASKED: Final = ("subject", "task", "province")
_GIST: Final = ("article_id", "province", "language", "revision")
_COUNTED: Final = ("questions", "kept", "tokens_in", "tokens_out", "cost")


class OpinionRoom(Room):
    """The part of the store that keeps it (`core.opinion.OpinionBook`)."""

    def take_opinions(self, *, now: datetime, until: datetime, limit: int) -> Sequence[Asked]:
        due = (
            select(queue)
            .where(
                self._own(queue.c.province),
                queue.c.state == QueueState.WAITING.value,
                or_(queue.c.until.is_(None), queue.c.until <= now),
            )
            .order_by((queue.c.task != Task.OUTLINE.value), queue.c.at.desc(), *(queue.c[name] for name in _ASKED))
            .limit(limit)
        )
        with self._database.reading() as connection:
            if connection.execute(due.limit(1)).first() is None:  # looked at often: nobody waits for the one writer
                return []
        with self._database.writing() as connection:
            found = [_as_asked(row) for row in connection.execute(due)]
            for each in found:
                connection.execute(update(queue).where(_same(each)).values(until=until))
        return found

    def opinion_of(self, subject: str, task: Task) -> Asked | None:
        query = select(queue).where(self._own(queue.c.province), queue.c.subject == subject, queue.c.task == task.value)
        with self._database.reading() as connection:
            row = connection.execute(query).first()
        return _as_asked(row) if row else None

    def opinion_counts(self) -> dict[QueueState, int]:
        query = select(queue.c.state, func.count()).where(self._own(queue.c.province)).group_by(queue.c.state)
        with self._database.reading() as connection:
            counted = {row.state: row[1] for row in connection.execute(query)}
        return {state: counted.get(state.value, 0) for state in QueueState}

    def opinion_asides(self, limit: int = 100) -> Sequence[Asked]:
        aside = queue.c.state == QueueState.ASIDE.value
        query = select(queue).where(self._own(queue.c.province), aside).order_by(queue.c.at.desc(), queue.c.subject)
        with self._database.reading() as connection:
            return [_as_asked(row) for row in connection.execute(query.limit(limit))]

    def ask_opinion(self, asked: Asked, *, now: datetime, by: Hand, until: datetime | None = None) -> None:
        with self._database.writing() as connection:
            row = _row(replace(asked, state=QueueState.WAITING, tries=0, until=until, why="", at=now))
            connection.execute(upsert(queue).values(**row).or_update(_ASKED, _but(row, _ASKED)))
            subject = f"{'case' if asked.task is Task.OUTLINE else 'article'}:{asked.subject}"
            append(connection, by.actor, "opinion.ask", subject, where=by.where, now=now, kind=asked.task.value)

    # -- answers that are kept, and what a day costs
    def kept_answer(self, key: str) -> KeptAnswer | None:
        with self._database.reading() as connection:
            row = connection.execute(select(answers).where(answers.c.key == key)).first()
        return KeptAnswer(row.text, row.model, row.tokens_in, row.tokens_out) if row else None

    def keep_answer(self, key: str, answer: KeptAnswer, *, now: datetime) -> None:
        names = ("text", "model", "tokens_in", "tokens_out")
        row = {name: getattr(answer, name) for name in names}
        with self._database.writing() as connection:
            connection.execute(upsert(answers).values(key=key, at=now, **row).or_nothing(["key"]))

    def reserve_cost(self, spent: DayCost, limits: Limits) -> bool:
        asked = select(func.sum(costs.c.questions), func.sum(costs.c.cost)).where(costs.c.day == spent.day.isoformat())
        with self._database.writing() as connection:
            questions, cost = connection.execute(asked).one()
            over = limits.cost is not None and (cost or 0) + spent.cost > limits.cost
            if over or (questions or 0) + spent.questions > limits.questions:
                return False
            _add_cost(connection, spent)
        return True

    def note_cost(self, spent: DayCost) -> None:
        with self._database.writing() as connection:
            _add_cost(connection, spent)

    def opinion_costs(self, limit: int = 31) -> Sequence[DayCost]:
        query = select(costs).order_by(costs.c.day.desc(), costs.c.model).limit(limit)
        with self._database.reading() as connection:
            return [
                DayCost(date.fromisoformat(row.day), row.model, *(getattr(row, name) for name in _COUNTED))
                for row in connection.execute(query)
            ]

    # -- gists and outlines
    def gists(self, article_ids: Sequence[str]) -> Sequence[Gist]:
        newest: dict[tuple[str, str, str], Gist] = {}
        judged: dict[tuple[str, str, str], Gist] = {}
        with self._database.reading() as connection:
            for part in chunks(list(dict.fromkeys(article_ids))):
                query = select(gists).where(self._own(gists.c.province), gists.c.article_id.in_(part))
                for row in connection.execute(query.order_by(gists.c.revision)):  # the last one stands
                    found = _as_gist(row)
                    for kept in (newest, judged) if found.verdict else (newest,):
                        kept[row.article_id, row.province, row.language] = found
        pairs = ((judged.get(key), newest[key]) for key in sorted(newest))
        return [one for older, one_of_now in pairs for one in dict.fromkeys((older, one_of_now)) if one]

    def judge_gist(self, judged: Judgement, *, now: datetime, by: Hand) -> Gist:
        text = clean(judged.text)
        if len(text) > GIST_LENGTH or (judged.verdict is GistVerdict.EDITED and not text):
            raise WrongUse(f"tóm tắt phải có từ 1 đến {GIST_LENGTH} ký tự (a gist has 1 to {GIST_LENGTH} characters)")
        here = and_(self._own(gists.c.province), *(gists.c[name] == getattr(judged, name) for name in _OF_ONE))
        said = {"verdict": judged.verdict.value, "text": text, "by": by.actor, "judged_at": now, "why": judged.why}
        with self._database.writing() as connection:
            seen = gists.c.judged_at.is_(None) if judged.seen is None else gists.c.judged_at == judged.seen
            if not connection.execute(update(gists).where(here, seen).values(**said)).rowcount:
                if connection.execute(select(gists.c.article_id).where(here)).first():
                    raise Outdated("tóm tắt này vừa có người khác duyệt hay sửa; xem lại (somebody else has judged it)")
                raise WrongUse(f"không có tóm tắt của bài {judged.article_id} (there is no gist of it)")
            told = {"language": judged.language, "revision": judged.revision, "kept": text, "why": judged.why}
            act = f"gist.{judged.verdict.value}"
            append(connection, by.actor, act, f"article:{judged.article_id}", where=by.where, now=now, **told)
            return _as_gist(connection.execute(select(gists).where(here)).one())

    def opinion_missed(self, since: datetime, about: str, limit: int) -> Sequence[str]:
        own = labels.alias()
        said = (labels.c.kind == Kind.SECOND_RELEVANCE.value, labels.c.key != Relevance.NO.value)
        judged = and_(
            own.c.article_id == labels.c.article_id,
            own.c.kind == Kind.RELEVANCE.value,
            own.c.about == about,
            own.c.ended_at.is_(None),
            or_(own.c.by_person.is_(True), own.c.key != Relevance.NO.value),
        )
        query = (
            select(labels.c.article_id)
            .where(*said, labels.c.about == about, labels.c.ended_at.is_(None), labels.c.at >= since)
            .where(~exists().where(judged))
            .order_by(labels.c.id.desc())
        )
        with self._database.reading() as connection:
            return list(connection.scalars(query.limit(limit)))

    def outline(self, case: str) -> Outline | None:
        query = select(outlines).where(self._own(outlines.c.province), outlines.c.case == case)
        with self._database.reading() as connection:
            row = connection.execute(query).first()
        if row is None:
            return None
        lines = tuple(Line(*line) for line in json.loads(row.lines))
        return Outline(row.case, row.model, lines, row.dropped, row.articles, row.at)

    def prune_opinions(self, before: datetime) -> int:
        newer = gists.alias()
        replaced = exists().where(
            *(newer.c[name] == gists.c[name] for name in _GIST[:3]), newer.c.revision > gists.c.revision
        )
        with self._database.writing() as connection:
            old = connection.execute(delete(answers).where(answers.c.at < before)).rowcount
            unjudged = delete(gists).where(gists.c.at < before, gists.c.verdict.is_(None), replaced)
            return old + connection.execute(unjudged).rowcount


_OF_ONE: Final = ("article_id", "language", "revision")


class OpinionWriting(Room):
    """The writes of `core.opinion.OpinionWriter`, in one transaction."""

    _connection: Connection

    def want_opinions(self, wanted: Sequence[Asked], *, now: datetime) -> int:
        known: dict[tuple[str, Task, str], int] = {}
        for part in chunks(list(dict.fromkeys(each.subject for each in wanted))):
            rows = self._connection.execute(select(queue).where(queue.c.subject.in_(part)))
            known |= {(row.subject, Task(row.task), row.province): row.revision for row in rows}
        new = [each for each in wanted if known.get(each.key) != each.revision]
        for each in new:
            row = _row(replace(each, at=each.at or now))
            self._connection.execute(upsert(queue).values(**row).or_update(_ASKED, _but(row, _ASKED)))
        return len(new)

    def end_opinion(self, asked: Asked) -> None:
        """Nothing, where another revision was asked about meanwhile."""
        told = replace(asked, why=clean(asked.why)[:WHY_LENGTH])
        row = _but(_row(told), (*_ASKED, "revision", "at"))
        same = and_(_same(asked), queue.c.revision == asked.revision)
        self._connection.execute(update(queue).where(same).values(**row))

    def put_gist(self, gist: Gist) -> None:
        here = and_(*(gists.c[name] == getattr(gist, name) for name in _GIST))
        row = _gist_row(gist)
        spoken = self._connection.scalar(
            select(func.count()).select_from(gists).where(here, gists.c.verdict.is_not(None))
        )
        if not spoken:
            self._connection.execute(upsert(gists).values(**row).or_update(_GIST, _but(row, _GIST)))

    def put_outline(self, outline: Outline, province: str) -> None:
        lines = json.dumps([[each.text, each.article_id, each.quote] for each in outline.lines], ensure_ascii=False)
        row = {"model": outline.model, "lines": lines, "dropped": outline.dropped, "articles": outline.articles}
        row |= {"at": outline.at, "province": province}
        self._connection.execute(upsert(outlines).values(case=outline.case, **row).or_update(["case"], row))


def _same(asked: Asked) -> ColumnElement[bool]:
    return and_(queue.c.subject == asked.subject, queue.c.task == asked.task.value, queue.c.province == asked.province)


def _row(asked: Asked) -> dict[str, Any]:
    names = ("subject", "province", "revision", "tries", "until", "why", "at")
    return {name: getattr(asked, name) for name in names} | {"task": asked.task.value, "state": asked.state.value}


def _but(row: Mapping[str, Any], names: Sequence[str]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name not in names}


def _as_asked(row: Row[Any]) -> Asked:
    return Asked(
        row.subject,
        Task(row.task),
        row.province,
        row.revision,
        QueueState(row.state),
        row.tries,
        row.until,
        row.why,
        row.at,
    )


def _gist_row(gist: Gist) -> dict[str, Any]:
    names = (*_GIST, "model", "passage", "told", "at", "text", "by", "judged_at", "why")
    row: dict[str, Any] = {name: getattr(gist, name) for name in names}
    verdict = gist.verdict.value if gist.verdict else None
    return row | {"sentences": json.dumps(gist.sentences, ensure_ascii=False), "verdict": verdict}


def _as_gist(row: Row[Any]) -> Gist:
    names = (*_GIST, "model", "passage", "told", "at", "text", "by", "judged_at", "why")
    verdict = GistVerdict(row.verdict) if row.verdict else None
    given = {name: getattr(row, name) for name in names}
    return Gist(**given, sentences=tuple(json.loads(row.sentences)), verdict=verdict)


def _add_cost(connection: Connection, spent: DayCost) -> None:
    row = {"day": spent.day.isoformat(), "model": spent.model, **{name: getattr(spent, name) for name in _COUNTED}}
    added = {name: costs.c[name] + row[name] for name in _COUNTED}
    connection.execute(upsert(costs).values(**row).or_update(["day", "model"], added))
