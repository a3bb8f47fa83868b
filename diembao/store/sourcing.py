"""When sources are asked, what hosts want, which outlets people decide on (`diembao.core.sourcing.Sourcing`)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, case, func, select, update

from diembao.core.accounts import CONSOLE, Hand
from diembao.core.errors import WrongUse
from diembao.core.ledger import Entry
from diembao.core.sourcing import Decision, Host, Poll, Proposal
from diembao.store.audit import actor_of, append
from diembao.store.entries import ask_for
from diembao.store.room import Room, chunks, kept
from diembao.store.source_tables import backfills, checks, hosts, polls, proposals
from diembao.store.upsert import upsert

# What the audit log calls each decision.
_DID = {Decision.ACCEPTED: "source.accept", Decision.REJECTED: "source.reject", Decision.OPEN: "source.reopen"}
_POLL = upsert(polls)
_KEEP_POLL = _POLL.or_update(["source"], {c.name: _POLL.excluded(c.name) for c in polls.c if c.name != "source"})
_HOST = upsert(hosts)
_KEEP_HOST = _HOST.or_update(
    ["host"],
    {name: func.coalesce(_HOST.excluded(name), hosts.c[name]) for name in ("rests_until", "robots", "robots_at", "day")}
    | {
        "requests": case(
            (_HOST.excluded("day").is_(None), hosts.c.requests),
            (hosts.c.day == _HOST.excluded("day"), hosts.c.requests + _HOST.excluded("requests")),
            else_=_HOST.excluded("requests"),
        )
    },
)


class Sources(Room):
    """The part of the store that polling, discovery and backfills write."""

    def polls(self, sources: Sequence[str]) -> Mapping[str, Poll]:
        found: dict[str, Poll] = {}
        with self._database.reading() as connection:
            for part in chunks(sources):
                for row in connection.execute(select(polls).where(polls.c.source.in_(part))):
                    found[row.source] = Poll(**row._mapping)  # noqa: SLF001 (the name is SQLAlchemy's public one)
        return found

    def host(self, host: str) -> Host:
        with self._database.reading() as connection:
            row = connection.execute(select(hosts).where(hosts.c.host == host)).first()
        if row is None:
            return Host(host)
        day = date.fromisoformat(row.day) if row.day else None
        return Host(host, row.rests_until, row.robots, row.robots_at, day, row.requests)

    def keep_timetable(self, polls: Iterable[Poll], hosts: Iterable[Host]) -> None:
        asked = [_poll_row(poll) for poll in polls]
        visited = [_host_row(host) for host in hosts]
        if not asked and not visited:
            return
        with self._database.writing() as connection:
            if asked:
                connection.execute(_KEEP_POLL, asked)
            if visited:
                connection.execute(_KEEP_HOST, visited)

    def hold(self, host: str) -> bool:
        return self._database.take_turn(host)

    def keep(self, place: str) -> bool:
        return self._database.keep_turn(place)

    def let_go(self, host: str) -> None:
        self._database.end_turn(host)

    def ask_for(self, entry: Entry, *, now: datetime, by: Hand | None = None) -> None:
        with self._database.writing() as connection:
            ask_for(connection, entry, now=now)
            if by:
                append(connection, by.actor, "source.add", f"entry:{entry.id}", where=by.where, now=now)

    def propose(self, found: Iterable[Proposal], *, now: datetime) -> int:
        adding = upsert(proposals)
        once_more = {
            name: adding.excluded(name) for name in ("name", "language", "country", "url", "title", "via", "last_seen")
        }
        with self._database.writing() as connection:
            before = connection.scalar(select(func.count()).select_from(proposals)) or 0
            for each in found:
                values = {"seen": proposals.c.seen + each.seen} | once_more
                connection.execute(adding.values(_proposal_row(each, now)).or_update(["host"], values))
            return (connection.scalar(select(func.count()).select_from(proposals)) or 0) - before

    @kept
    def proposals(self, decision: Decision = Decision.OPEN) -> Sequence[Proposal]:
        query = select(proposals).where(proposals.c.decision == decision)
        with self._database.reading() as connection:
            rows = connection.execute(query.order_by(proposals.c.seen.desc(), proposals.c.host)).all()
        return [_proposal(row) for row in rows]

    def decide(self, host: str, decision: Decision, *, by: str, now: datetime, where: str = CONSOLE.where) -> Proposal:
        this = proposals.c.host == host
        with self._database.writing() as connection:
            decided = update(proposals).where(this).values(decision=decision, decided_by=by, decided_at=now)
            if connection.execute(decided).rowcount == 0:
                raise WrongUse(
                    f"không có nguồn nào ở '{host}' được đề xuất, xem `diembao outlets proposed`"
                    f" (no outlet at '{host}' was proposed)"
                )
            append(connection, actor_of(by), _DID[decision], f"host:{host}", where=where, now=now)
            return _proposal(connection.execute(select(proposals).where(this)).one())

    def keep_check(self, outlet: str, report: Mapping[str, Any], *, now: datetime) -> None:
        row = {"outlet": outlet, "at": now, "report": json.dumps(report, ensure_ascii=False, default=str)}
        with self._database.writing() as connection:
            connection.execute(upsert(checks).values(row).or_update(["outlet"], row))

    @kept
    def checks(self) -> Mapping[str, tuple[datetime, Mapping[str, Any]]]:
        with self._database.reading() as connection:
            return {row.outlet: (row.at, json.loads(row.report)) for row in connection.execute(select(checks))}

    def backfilled(self, outlet: str, since: date, until: date) -> frozenset[str]:
        query = select(backfills.c.source).where(
            backfills.c.outlet == outlet,
            backfills.c.since == since.isoformat(),
            backfills.c.until == until.isoformat(),
        )
        with self._database.reading() as connection:
            return frozenset(connection.scalars(query))

    def keep_backfilled(self, outlet: str, since: date, until: date, source: str, *, now: datetime) -> None:
        row = {"outlet": outlet, "since": since.isoformat(), "until": until.isoformat(), "source": source, "at": now}
        with self._database.writing() as connection:
            connection.execute(upsert(backfills).values(row).or_nothing(["outlet", "since", "until", "source"]))


def _poll_row(poll: Poll) -> dict[str, Any]:
    return {column.name: getattr(poll, column.name) for column in polls.c}


def _host_row(host: Host) -> dict[str, Any]:
    row = {column.name: getattr(host, column.name) for column in hosts.c}
    return row | {"day": host.day and host.day.isoformat()}


def _proposal_row(found: Proposal, now: datetime) -> dict[str, Any]:
    named = ("host", "name", "language", "country", "url", "title", "via", "seen")
    when = {"first_seen": now, "last_seen": now, "decision": Decision.OPEN, "decided_by": "", "decided_at": None}
    return {name: getattr(found, name) for name in named} | when


def _proposal(row: Row[Any]) -> Proposal:
    what = (row.host, row.name, row.language, row.country, row.url, row.title, row.via, row.seen)
    return Proposal(*what, row.first_seen, row.last_seen, Decision(row.decision), row.decided_by)
