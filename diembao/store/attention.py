"""Who was called in a note and has not seen it, and which proposals were turned down (`core.desk.DeskReader`)."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import func, select

from diembao.core.desk import Dismissal, Ground, Mention
from diembao.store.audit import append
from diembao.store.case_tables import case_coverage, case_dismissals, case_mentions, case_notes, cases
from diembao.store.room import Room, chunks, kept
from diembao.store.upsert import upsert


class Attention(Room):
    """The part of the store that tells people what waits for them."""

    @kept
    def mentions_of(self, account: str, *, limit: int = 50) -> tuple[int, Sequence[Mention]]:
        open_ = (case_mentions.c.account == account) & case_mentions.c.seen_at.is_(None)
        its = cases.c.number == case_mentions.c.case
        of_note = case_notes.c.id == case_mentions.c.note
        mine = (open_, its, self._own(cases.c.province))
        counted = select(func.count()).select_from(case_mentions, cases).where(*mine)
        told = (case_mentions, cases.c.title, case_notes.c.by, case_notes.c.at, case_notes.c.text)
        newest = select(*told).where(*mine, of_note).order_by(case_mentions.c.id.desc()).limit(limit)
        with self._database.reading() as connection:
            found = [
                Mention(row.id, row.case, row.title, row.account, row.by, row.at, row.text, row.seen_at)
                for row in connection.execute(newest)
            ]
            return connection.scalar(counted) or 0, found

    # -- proposals
    def dismissals(self) -> Sequence[Dismissal]:
        asked = (
            select(case_dismissals)
            .where(self._own(case_dismissals.c.province))
            .order_by(case_dismissals.c.at, case_dismissals.c.ground)
        )
        with self._database.reading() as connection:
            return [
                Dismissal(Ground(row.ground), row.article_id, row.by, row.at, row.why)
                for row in connection.execute(asked)
            ]

    def dismiss(self, given: Dismissal, *, where: str) -> None:
        row = {"ground": given.ground, "article_id": given.article_id, "by": given.by, "at": given.at, "why": given.why}
        adding = upsert(case_dismissals).values(province=self._scope.province, **row)
        with self._database.writing() as connection:
            once = adding.or_nothing(["province", "ground", "article_id"]).returning(case_dismissals.c.article_id)
            if connection.scalar(once) is not None:
                subject, told = f"article:{given.article_id}", {"kind": given.ground.value, "why": given.why}
                append(connection, given.by, "proposal.dismissed", subject, where=where, now=given.at, **told)

    def held(self, article_ids: Collection[str]) -> frozenset[str]:
        found: set[str] = set()
        with self._database.reading() as connection:
            for part in chunks(sorted(article_ids)):
                theirs = select(case_coverage.c.article_id).where(
                    case_coverage.c.article_id.in_(part),
                    case_coverage.c.removed_at.is_(None),
                    cases.c.number == case_coverage.c.case,
                    self._own(cases.c.province),
                )
                found.update(connection.scalars(theirs))
        return frozenset(found)
