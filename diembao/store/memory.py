"""The answer memory as it is kept (`core.memory`): issued statements together, matches, and what people say of them.

A refusal holds for the article and its story, wherever the story goes; an acceptance for the article alone, before any
refusal of another of its story. Both are asked when matches are read: the machine may find them again and again.
"""

from __future__ import annotations

import itertools
import json
import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, and_, delete, exists, func, insert, or_, select, update

from diembao.core.article import Kind
from diembao.core.memory import (
    Difference,
    Differs,
    Issued,
    Judged,
    Match,
    MatchPlace,
    MatchQuery,
    MatchVerdict,
    Repeat,
)
from diembao.store.articles import coverage
from diembao.store.audit import append
from diembao.store.case_tables import case_drafts, cases
from diembao.store.cases import as_draft
from diembao.store.desk import read_claims, read_issues
from diembao.store.desk_tables import case_issues
from diembao.store.kept_tables import withdrawals
from diembao.store.labels import standing, story_of
from diembao.store.memory_tables import memory_matches as matches
from diembao.store.memory_tables import memory_verdicts as verdicts
from diembao.store.room import Room, chunks, kept
from diembao.store.upsert import upsert

Key = tuple[str, int]  # case and claim
_PAGE = 200  # matches that are read at once
_STANDING = verdicts.c.ended_at.is_(None)
_GONE = exists().where(withdrawals.c.article_id == matches.c.article_id, withdrawals.c.returned_at.is_(None))
_WHOLE = select(matches, _GONE.label("gone"))
_HERE = ("case", "claim", "article_id")


class MemoryRoom(Room):
    """The part of the store that keeps it (`core.memory.MemoryBook`)."""

    def issued(self) -> Sequence[Issued]:
        own = select(cases.c.number, cases.c.title).where(
            self._own(cases.c.province), cases.c.number.in_(select(case_issues.c.case))
        )
        with self._database.reading() as connection:
            rows = connection.execute(own.order_by(cases.c.number)).all()
            return [each for row in rows for each in _issued(connection, row.number, row.title)]

    @kept
    def matches(self, asked: MatchQuery, *, limit: int = 200) -> Sequence[Match]:
        where = [self._own(matches.c.province)]
        if asked.case is not None:
            where.append(matches.c.case == asked.case)
        if asked.since is not None:
            where.append(matches.c.at >= asked.since)
        if asked.behind is not None:
            where.append(_behind(asked.behind))
        found: list[Match] = []
        with self._database.reading() as connection:
            for rows in _rows(connection, where, asked.articles, max(limit, _PAGE)):
                found += (each for each in _judged(connection, rows) if asked.refused or not _refused(each))
                if len(found) >= limit:
                    break
        return found[:limit]

    @kept
    def memory_position(self) -> tuple[int, int]:
        found = select(func.count(), func.max(matches.c.at), func.sum(matches.c.revision), func.sum(matches.c.score))
        last = select(func.count(), func.max(verdicts.c.id)).select_from(verdicts)
        back = select(func.count()).select_from(case_issues).where(case_issues.c.retracted_at.is_not(None))
        with self._database.reading() as connection:
            count, latest, revisions, scores = connection.execute(found.select_from(matches)).one()
            said, number = connection.execute(last).one()
            retracted = connection.scalar(back) or 0
        told = f"{count} {latest} {revisions} {round(scores or 0, 3)}"
        return zlib.crc32(told.encode()), (said or 0) + (number or 0) + retracted


def _issued(connection: Connection, number: str, title: str) -> Iterator[Issued]:
    claims = read_claims(connection, number)
    drafts = select(case_drafts).where(case_drafts.c.case == number)
    versions = {row.version: as_draft(row) for row in connection.execute(drafts)}
    for issue in reversed(read_issues(connection, number)):
        draft = versions[issue.version]
        yield Issued(number, draft.title or title, issue, draft, claims)


def _behind(place: MatchPlace) -> ColumnElement[bool]:
    row = matches.c
    as_sure = and_(
        row.score == place.score,
        or_(row.claim > place.claim, and_(row.claim == place.claim, row.article_id > place.article_id)),
    )
    return or_(row.at < place.at, and_(row.at == place.at, or_(row.score < place.score, as_sure)))


def _refused(found: Match) -> bool:
    return found.verdict is MatchVerdict.REFUSED


def _rows(
    connection: Connection, where: Sequence[ColumnElement[bool]], ids: Sequence[str] | None, page: int
) -> Iterator[Sequence[Row[Any]]]:
    """Page by page, the latest found first; of these articles all at once."""
    latest = _WHOLE.where(*where).order_by(matches.c.at.desc(), matches.c.score.desc(), *(matches.c[k] for k in _HERE))
    if ids is not None:
        parts = chunks(list(dict.fromkeys(ids)))
        yield [row for part in parts for row in connection.execute(latest.where(matches.c.article_id.in_(part)))]
        return
    for first in itertools.count(0, page):
        rows = connection.execute(latest.limit(page).offset(first)).all()
        yield rows
        if len(rows) < page:
            return


def _judged(connection: Connection, rows: Sequence[Row[Any]]) -> Iterator[Match]:
    """With the word of people; those whose article is no longer about the province are left out."""
    about: dict[str, set[str]] = {}
    for province in {row.province for row in rows}:
        ids = [row.article_id for row in rows if row.province == province]
        about[province] = coverage(connection, ids, province)
    kept = [row for row in rows if row.article_id in about[row.province]]
    said = _said(connection, kept)
    refused = _refused_stories(connection, said)
    stories = _stories(connection, [row.article_id for row in kept]) if refused else {}
    for row in kept:
        key, found = (row.case, row.claim), _as_match(row)
        own = said[key].get(row.article_id)
        story = refused.get(key, {}).get(stories.get(row.article_id) or "")
        word = own or story
        yield found if word is None else replace(found, verdict=MatchVerdict(word.verdict), by=word.by, why=word.why)


def _said(connection: Connection, rows: Iterable[Row[Any]]) -> defaultdict[Key, dict[str, Row[Any]]]:
    """What holds of each claim, by article."""
    found: defaultdict[Key, dict[str, Row[Any]]] = defaultdict(dict)
    for part in chunks(sorted({row.case for row in rows})):
        for word in connection.execute(select(verdicts).where(_STANDING, verdicts.c.case.in_(part))):
            found[word.case, word.claim][word.article_id] = word
    return found


def _refused_stories(
    connection: Connection, said: defaultdict[Key, dict[str, Row[Any]]]
) -> dict[Key, dict[str, Row[Any]]]:
    """The stories in which an article was refused, as they are now."""
    refused = [(key, word) for key, words in said.items() for word in words.values() if word.verdict == _REFUSED]
    stories = _stories(connection, [word.article_id for _, word in refused])
    found: dict[Key, dict[str, Row[Any]]] = {}
    for key, word in refused:
        if story := stories[word.article_id]:
            found.setdefault(key, {})[story] = word
    return found


_REFUSED = MatchVerdict.REFUSED.value


def _stories(connection: Connection, ids: Sequence[str]) -> dict[str, str | None]:
    given = standing(connection, sorted(set(ids)))
    return {each: story_of([label for label in labels if label.kind is Kind.STORY]) for each, labels in given.items()}


def _as_match(row: Row[Any]) -> Match:
    differs = tuple(Difference(Differs(what), one, other) for what, one, other in json.loads(row.differs))
    repeat = Repeat(row.score, row.passage, tuple(json.loads(row.shared)), differs)
    return Match(row.case, row.claim, row.article_id, row.revision, repeat, row.at, row.version, withdrawn=row.gone)


class MemoryWriting(Room):
    """The writes of `core.memory.MemoryWriter`, in one transaction."""

    _connection: Connection

    def put_matches(self, article_id: str, found: Sequence[Match]) -> None:
        here = and_(matches.c.article_id == article_id, self._own(matches.c.province))
        old = {(row.case, row.claim) for row in self._connection.execute(select(matches).where(here))}
        accepted = select(verdicts.c.case, verdicts.c.claim).where(
            _STANDING, verdicts.c.article_id == article_id, verdicts.c.verdict == MatchVerdict.ACCEPTED.value
        )
        gone = old - {each.key for each in found}
        if gone:
            gone -= {(row.case, row.claim) for row in self._connection.execute(accepted)}
        for case, claim in sorted(gone):
            self._connection.execute(delete(matches).where(here, matches.c.case == case, matches.c.claim == claim))
        for each in found:
            row = _values(each)
            adding = upsert(matches).values(**row, at=each.at, province=self._province_of(each.case))
            changed = {name: row[name] for name in row if name not in _HERE}
            self._connection.execute(adding.or_update(_HERE, changed))

    def match(self, case: str, claim: int, article_id: str) -> Match | None:
        here = [matches.c.case == case, matches.c.claim == claim, self._own(matches.c.province)]
        (rows,) = _rows(self._connection, here, [article_id], 1)
        return next(_judged(self._connection, rows), None)

    def judge_match(self, judged: Judged, *, where: str = "") -> None:
        mine = [getattr(verdicts.c, name) == getattr(judged, name) for name in _HERE]
        ended = {"ended_at": judged.at, "ended_by": judged.by}
        self._connection.execute(update(verdicts).where(_STANDING, *mine).values(ended))
        given = {name: getattr(judged, name) for name in (*_HERE, "by", "at", "why")}
        self._connection.execute(insert(verdicts).values(**given, verdict=judged.verdict.value))
        append(
            self._connection,
            judged.by,
            f"memory.{judged.verdict}",
            f"article:{judged.article_id}",
            where=where,
            now=judged.at,
            case=judged.case,
            claim=judged.claim,
            why=judged.why,
        )

    def _province_of(self, case: str) -> str:
        return self._connection.scalar(select(cases.c.province).where(cases.c.number == case)) or ""


def _values(match: Match) -> dict[str, Any]:
    repeat = match.repeat
    differs = [[each.what, each.claim, each.coverage] for each in repeat.differs]
    return {
        "case": match.case,
        "claim": match.claim,
        "article_id": match.article_id,
        "revision": match.revision,
        "score": repeat.score,
        "passage": repeat.passage,
        "shared": json.dumps(list(repeat.shared), ensure_ascii=False),
        "differs": json.dumps(differs, ensure_ascii=False),
        "version": match.version,
    }
