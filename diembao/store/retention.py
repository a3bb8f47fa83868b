"""Bytes whose time is over. The row of a response stays with its digest and size, so that a page which somebody else
kept can still be told to be the one that was read; its bytes are empty (`responses`).
"""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, Select, distinct, exists, func, select, union_all, update

from diembao.core.article import Kind, Relevance
from diembao.core.retention import Kept, Limits, Over
from diembao.store.audit import append
from diembao.store.case_tables import case_coverage
from diembao.store.desk_tables import case_claims, case_exhibits, case_issues
from diembao.store.kept_tables import exchanges, withdrawals
from diembao.store.memory_tables import memory_matches, memory_verdicts
from diembao.store.register_tables import briefings, press_questions
from diembao.store.report_tables import reports
from diembao.store.request_tables import case_filed
from diembao.store.room import Room, chunks
from diembao.store.tables import articles, labels, log, quarantine, responses, revisions

# Articles that are looked at in one transaction: a writer that waits for it waits for some tenths of a second.
AT_ONCE: Final = 2000
LONGEST_ID: Final = 64  # characters; an article's has 16

_DIGEST: Final = re.compile(r"[0-9a-f]{64}")
# What cites an article by its id, or has nothing but our bytes of it left.
_CITING: Final = (case_coverage, case_claims, memory_matches, memory_verdicts, withdrawals)


class Retaining(Room):
    """The part of the store that lets go (`core.retention.Retention`)."""

    def pages_over(self, limits: Limits) -> Iterator[Over]:
        with self._database.snapshot() as connection:
            plan = _Plan(connection, limits)
            for part in plan.parts():
                yield plan.measured(connection, *part)[0]

    def drop_pages(self, limits: Limits, *, actor: str, where: str, now: datetime) -> Iterator[Over]:
        with self._database.snapshot() as connection:
            plan = _Plan(connection, limits)
            parts = list(plan.parts())
        for part in parts:
            with self._database.writing() as connection:
                plan.look_again(connection)  # somebody may have cited one meanwhile
                found, digests = plan.measured(connection, *part)
                _empty(connection, digests)
                if found.pages:
                    facts = {"kind": found.kind, "pages": found.pages, "bytes": found.bytes}
                    append(connection, actor, "retention.drop", "retention", where=where, now=now, **facts)
            yield found


class _Plan:
    """Whose time is over, and what is needed whoever's it is."""

    def __init__(self, connection: Connection, limits: Limits) -> None:
        self._old = _old_articles(connection, limits)
        self._old[Kept.ASIDE] = _dropped(connection, limits.aside)
        self._shared = _shared(connection)
        self._head = connection.scalar(select(func.max(log.c.number))) or 0
        self._asked = connection.scalar(select(func.max(exchanges.c.id))) or 0
        self._in_reports: dict[int, set[str]] = {}  # by the number of a signed report, which stays as it is
        self.look_again(connection)

    def look_again(self, connection: Connection) -> None:
        """Who needs what now. Pages of articles that something became of since the plan was made, and bytes that came
        in again, are left to a later plan.
        """
        self._in_reports |= _named_in_reports(connection, but=self._in_reports.keys())
        self._named = _named_in_questions(connection).union(*self._in_reports.values())
        fresh = set(connection.scalars(select(log.c.article_id).where(log.c.number > self._head)))
        again = connection.scalars(select(exchanges.c.response).where(exchanges.c.id > self._asked))
        self._needed = _needed_digests(connection) | self._shared | _pages_of(connection, sorted(fresh))
        self._needed.update(each for each in again if each)

    def parts(self) -> Iterator[tuple[Kept, Sequence[str]]]:
        for kind, ids in self._old.items():
            for start in range(0, len(ids), AT_ONCE):
                yield kind, ids[start : start + AT_ONCE]

    def measured(self, connection: Connection, kind: Kept, ids: Sequence[str]) -> tuple[Over, list[str]]:
        cited = self._named.intersection(ids) | _cited(connection, ids)
        free = [each for each in ids if each not in cited]
        digests = sorted(_pages_of(connection, free) - self._needed)
        sizes: dict[str, int] = {}
        for some in chunks(digests):
            size = func.length(responses.c.packed)
            asked = select(responses.c.digest, size).where(responses.c.digest.in_(some), size > 0)
            sizes |= {row[0]: row[1] for row in connection.execute(asked)}
        return Over(kind, len(sizes), sum(sizes.values()), len(cited)), list(sizes)


def _old_articles(connection: Connection, limits: Limits) -> dict[Kept, list[str]]:
    about = exists().where(
        labels.c.article_id == articles.c.id,
        labels.c.ended_at.is_(None),
        labels.c.kind == Kind.RELEVANCE.value,
        labels.c.key != Relevance.NO.value,
    )
    last = func.coalesce(articles.c.revised_at, articles.c.stored_at)
    asked = select(articles.c.id, last.label("last"), about.label("about")).order_by(articles.c.number)
    found: dict[Kept, list[str]] = {Kept.PAGES: [], Kept.OTHER_PAGES: []}
    for row in connection.execute(asked.where(last < max(limits.pages, limits.other_pages))):
        kind, limit = (Kept.PAGES, limits.pages) if row.about else (Kept.OTHER_PAGES, limits.other_pages)
        if row.last < limit:
            found[kind].append(row.id)
    return found


def _dropped(connection: Connection, before: datetime) -> list[str]:
    """Entries that a person dropped from quarantine, and that never became an article."""
    became = exists().where(articles.c.id == quarantine.c.entry)
    waits = quarantine.alias()
    still = exists().where(waits.c.entry == quarantine.c.entry, waits.c.settled.is_(None))
    asked = select(quarantine.c.entry).where(quarantine.c.settled_at < before, ~became, ~still)
    return list(connection.scalars(asked.distinct().order_by(quarantine.c.entry)))


def _cited(connection: Connection, ids: Sequence[str]) -> set[str]:
    found: set[str] = set()
    for some in chunks(ids):
        for table in _CITING:
            found.update(connection.scalars(select(table.c.article_id).where(table.c.article_id.in_(some))))
    return found


def _named_in_questions(connection: Connection) -> set[str]:
    return {each for text in connection.scalars(select(press_questions.c.articles)) for each in text.split()}


def _named_in_reports(connection: Connection, *, but: Collection[int]) -> dict[int, set[str]]:
    """Of those that were signed, one after the other: each may be some hundred kB."""
    signed = connection.scalars(select(reports.c.number).where(reports.c.signed_at.is_not(None))).all()
    packed = select(reports.c.content)
    return {
        number: _ids_in(json.loads(zlib.decompress(connection.scalars(packed.where(reports.c.number == number)).one())))
        for number in signed
        if number not in but
    }


def _ids_in(told: Any) -> set[str]:  # noqa: ANN401 (JSON)
    """Every short text of it: ids are among them."""
    if isinstance(told, dict):
        return set().union(*map(_ids_in, told.values()), *map(_ids_in, told))
    if isinstance(told, list):
        return set().union(*map(_ids_in, told))
    return {told} if isinstance(told, str) and len(told) <= LONGEST_ID else set()


def _needed_digests(connection: Connection) -> set[str]:
    """Files of cases, what was issued and signed, papers of briefings, what waits for a person."""
    plain = (case_claims.c.response, case_exhibits.c.value, case_filed.c.value, reports.c.document)
    found = {each for column in plain for each in connection.scalars(select(column))}
    waits = quarantine.c.settled.is_(None) & quarantine.c.response.is_not(None)
    found.update(connection.scalars(select(quarantine.c.response).where(waits)))
    for column in (case_issues.c.documents, briefings.c.agenda):
        found.update(digest for text in connection.scalars(select(column)) for digest in _DIGEST.findall(text))
    return found


def _shared(connection: Connection) -> set[str]:
    owned = union_all(
        select(revisions.c.response.label("digest"), revisions.c.article_id.label("owner")),
        select(exchanges.c.response, exchanges.c.item),
        select(quarantine.c.response, quarantine.c.entry),
    ).subquery()
    several: Select[Any] = select(owned.c.digest).where(owned.c.digest.is_not(None)).group_by(owned.c.digest)
    return set(connection.scalars(several.having(func.count(distinct(owned.c.owner)) > 1)))


def _pages_of(connection: Connection, ids: Sequence[str]) -> set[str]:
    found: set[str | None] = set()
    for some in chunks(ids):
        for column, owner in (
            (revisions.c.response, revisions.c.article_id),
            (exchanges.c.response, exchanges.c.item),
            (quarantine.c.response, quarantine.c.entry),
        ):
            found.update(connection.scalars(select(column).where(owner.in_(some))))
    return {each for each in found if each}


def _empty(connection: Connection, digests: Sequence[str]) -> None:
    for some in chunks(digests):
        connection.execute(update(responses).where(responses.c.digest.in_(some)).values(packed=b""))
