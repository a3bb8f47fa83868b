"""Claims, evidence, approvals and issues as they are kept (`core.statement`). Their rules are in `response`."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from sqlalchemy import Connection, Row, Table, insert, select, update

from diembao.core.statement import Claim, Decision, Exhibit, ExhibitKind, Issue, Retraction, Verdict
from diembao.store.desk_tables import case_claims, case_decisions, case_exhibits, case_issues
from diembao.store.responses import keep, pack
from diembao.store.upsert import upsert


def read_claims(connection: Connection, case: str) -> tuple[Claim, ...]:
    return tuple(
        Claim(
            number=row.number,
            quote=row.quote,
            article_id=row.article_id,
            revision=row.revision,
            url=row.url,
            by=row.by,
            at=row.at,
            response=row.response,
            verdict=Verdict(row.verdict) if row.verdict else None,
            why=row.why,
            marked_by=row.marked_by,
            marked_at=row.marked_at,
            first=row.first or row.revision,  # 0: quoted before it was kept
        )
        for row in _of(connection, case_claims, case)
    )


def read_exhibits(connection: Connection, case: str) -> tuple[Exhibit, ...]:
    return tuple(
        Exhibit(row.number, row.claim, ExhibitKind(row.kind), row.name, row.value, row.by, row.at, row.size, row.media)
        for row in _of(connection, case_exhibits, case)
    )


def read_decisions(connection: Connection, case: str) -> tuple[Decision, ...]:
    asked = select(case_decisions).where(case_decisions.c.case == case).order_by(case_decisions.c.id)
    return tuple(Decision(row.version, row.approved, row.by, row.at, row.reason) for row in connection.execute(asked))


def read_issues(connection: Connection, case: str) -> tuple[Issue, ...]:
    return tuple(
        Issue(
            row.number,
            row.version,
            row.channel,
            row.recipients,
            row.by,
            row.at,
            json.loads(row.documents),
            row.registered,
            _retraction(row),
        )
        for row in _of(connection, case_issues, case)
    )


def _retraction(row: Row[Any]) -> Retraction | None:
    if row.retracted_at is None:
        return None
    return Retraction(row.retracted_by, row.retracted_at, row.retracted_why, row.successor)


def _of(connection: Connection, table: Table, case: str) -> Sequence[Row[Any]]:
    return connection.execute(select(table).where(table.c.case == case).order_by(table.c.number)).all()


class DeskWriting:
    """The writes of `core.statement.DeskWriter`, in one transaction."""

    _connection: Connection

    def claims(self, case: str) -> Sequence[Claim]:
        return read_claims(self._connection, case)

    def put_claim(self, case: str, claim: Claim) -> None:
        row = {"case": case, **asdict(claim), "verdict": claim.verdict or ""}
        changed = {name: row[name] for name in ("verdict", "why", "marked_by", "marked_at")}
        self._connection.execute(upsert(case_claims).values(row).or_update(["case", "number"], changed))

    def exhibits(self, case: str) -> Sequence[Exhibit]:
        return read_exhibits(self._connection, case)

    def add_exhibit(self, case: str, exhibit: Exhibit) -> None:
        self._connection.execute(insert(case_exhibits).values(case=case, **asdict(exhibit)))

    def keep_bytes(self, data: bytes) -> str:
        return keep(self._connection, pack(data)) or ""

    def add_decision(self, case: str, decision: Decision) -> None:
        self._connection.execute(insert(case_decisions).values(case=case, **asdict(decision)))

    def issues(self, case: str) -> Sequence[Issue]:
        return read_issues(self._connection, case)

    def add_issue(self, case: str, issue: Issue) -> None:
        row = {"case": case, **asdict(issue), "documents": json.dumps(dict(issue.documents), sort_keys=True)}
        del row["retracted"]
        self._connection.execute(insert(case_issues).values(row))

    def retract_issue(self, case: str, number: int, retraction: Retraction) -> None:
        its = case_issues.c.case == case, case_issues.c.number == number
        told = asdict(retraction)
        values = {f"retracted_{name}": told[name] for name in ("by", "at", "why")}
        self._connection.execute(update(case_issues).where(*its).values(**values, successor=retraction.successor))
