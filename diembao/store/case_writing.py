"""Cases as they are written (`diembao.core.case.CaseWriter`), in one transaction under the writers' lock."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Integer, Row, cast, func, insert, select, update

from diembao.core.case import Case, CaseLine, Covered, Draft, Note
from diembao.core.errors import WrongUse
from diembao.store.audit import append
from diembao.store.case_tables import case_coverage, case_drafts, case_log, case_mentions, case_notes, cases
from diembao.store.cases import COVERS, as_draft, read_case, values_of
from diembao.store.desk import DeskWriting
from diembao.store.labels import standing, story_of
from diembao.store.requests import RequestWriting
from diembao.store.room import Room
from diembao.store.upsert import upsert


class CaseWriting(DeskWriting, RequestWriting, Room):
    """The writes about cases of one transaction; under the writer lock nothing changes between them."""

    _connection: Connection

    def open_case(self, year: int, case: Case) -> Case:
        last = self._connection.scalar(select(func.max(cases.c.serial)).where(cases.c.year == year)) or 0
        number = self._next_number(year)
        kept = {"number": number, "province": self._scope.province, "year": year, "serial": last + 1}
        opened = {"opened_at": case.opened_at, "opened_by": case.opened_by}
        self._connection.execute(insert(cases).values(**kept, **opened, **values_of(case)))
        return self._there(number)

    def _next_number(self, year: int) -> str:
        """Each province counts its own; of two with one code the second goes on behind the first."""
        begins = f"VV-{self._scope.code}-{year}-" if self._scope.code else f"VV-{year}-"
        counted = func.max(cast(func.substr(cases.c.number, len(begins) + 1), Integer))
        asked = select(counted).where(cases.c.year == year, cases.c.number.startswith(begins, autoescape=True))
        return f"{begins}{(self._connection.scalar(asked) or 0) + 1:04d}"

    def case(self, number: str) -> Case | None:
        return read_case(self._connection, number, self._own(cases.c.province))

    def put_case(self, case: Case) -> None:
        self._connection.execute(update(cases).where(cases.c.number == case.number).values(**values_of(case)))

    def add_line(self, number: str, line: CaseLine) -> None:
        told = {"case": number, "act": line.act, "by": line.by, "at": line.at}
        facts = json.dumps(dict(line.facts), ensure_ascii=False)
        once = {"once": line.once.key, "asked": line.once.asked} if line.once else {}
        if line.once and self._connection.scalar(select(case_log.c.id).where(case_log.c.once == line.once.key)):
            raise WrongUse("Yêu cầu này đã được làm rồi (This request was done already)")
        self._connection.execute(insert(case_log).values(**told, facts=facts, **once))
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
        adding = insert(case_notes).values(case=number, by=note.by, at=note.at, text=note.text)
        kept = self._connection.execute(adding.returning(case_notes.c.id)).scalar_one()
        self.mentions_seen(number, note.by, note.at)
        for account in note.mentions:
            self._connection.execute(insert(case_mentions).values(case=number, note=kept, account=account))

    def mentions_seen(self, number: str, account: str, now: datetime) -> int:
        theirs = (case_mentions.c.case == number) & (case_mentions.c.account == account)
        seeing = update(case_mentions).where(theirs, case_mentions.c.seen_at.is_(None)).values(seen_at=now)
        return self._connection.execute(seeing).rowcount

    def count_notes(self, number: str, after: datetime | None = None) -> int:
        asked = select(func.count()).select_from(case_notes).where(case_notes.c.case == number)
        if after is not None:
            asked = asked.where(case_notes.c.at > after)
        return self._connection.scalar(asked) or 0

    def last_draft(self, number: str) -> int:
        return self._connection.scalar(select(func.max(case_drafts.c.version)).where(case_drafts.c.case == number)) or 0

    def add_draft(self, number: str, draft: Draft) -> None:
        row = {"case": number, **asdict(draft)}
        row |= {name: json.dumps(dict(row[name]), ensure_ascii=False) for name in ("others", "titles", "speakers")}
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
        here = (case_coverage.c.case == number) & (case_coverage.c.article_id == article_id) & COVERS
        return bool(
            self._connection.execute(
                update(case_coverage).where(here).values(removed_by=by, removed_at=now, followed=False)
            ).rowcount
        )

    def followed(self) -> Sequence[tuple[str, str]]:
        asked = (
            select(case_coverage.c.case, case_coverage.c.article_id)
            .join(cases, cases.c.number == case_coverage.c.case)
            .where(self._own(cases.c.province), cases.c.ended.is_(False), case_coverage.c.followed, COVERS)
        )
        rows = self._connection.execute(asked).all()
        given = standing(self._connection, sorted({row.article_id for row in rows}))
        stories = {each: story_of(labels) for each, labels in given.items()}
        return sorted({(row.case, story) for row in rows if (story := stories[row.article_id])})

    def _rows(self, number: str) -> Sequence[Row[Any]]:
        return self._connection.execute(select(case_coverage).where(case_coverage.c.case == number)).all()

    def _there(self, number: str) -> Case:
        found = self.case(number)
        if found is None:  # it was written a line ago
            raise LookupError(number)
        return found


def _is_news(given: Covered, known: Row[Any] | None) -> bool:
    """A person's word counts anew where it changes something; the machine adds only what was never there."""
    if known is None:
        return True
    by_person = given.by.startswith("person:")
    return by_person and (known.removed_at is not None or (given.followed and not known.followed))
