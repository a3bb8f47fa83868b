"""Requests to units, and the office's mail addresses, as they are kept (`core.requests`). Their rules are in
`response.requests`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, delete, insert, or_, select

from diembao.core.accounts import Hand
from diembao.core.alert import Message, Recipient
from diembao.core.audit import unnamed
from diembao.core.requests import Filed, Posted, Request, RequestQuery, RequestState, Through
from diembao.store.audit import append
from diembao.store.bundles import SENT
from diembao.store.case_tables import cases
from diembao.store.outbox import REFUSED, post
from diembao.store.request_tables import case_filed, case_requests, messages, office_addresses
from diembao.store.room import Room, chunks, kept
from diembao.store.tables import outbox
from diembao.store.upsert import upsert

# What never changes once it was asked.
_FIXED = frozenset({"case", "number", "unit", "unit_name", "question", "claims", "asked_by", "asked_at"})


def read_requests(connection: Connection, case: str) -> tuple[Request, ...]:
    asked = select(case_requests).where(case_requests.c.case == case).order_by(case_requests.c.number)
    return tuple(_request(row) for row in connection.execute(asked))


def read_filed(connection: Connection, case: str) -> tuple[Filed, ...]:
    asked = select(case_filed).where(case_filed.c.case == case)
    rows = connection.execute(asked.order_by(case_filed.c.request, case_filed.c.number))
    return tuple(Filed(row.request, row.number, row.name, row.value, row.size, row.media) for row in rows)


class Requests(Room):
    """The part of the store that shows requests (`core.requests.RequestReader`)."""

    @kept
    def requests(self, asked: RequestQuery) -> Sequence[Request]:
        own = self._own(cases.c.province)
        found = select(case_requests).join(cases, cases.c.number == case_requests.c.case).where(own, *_narrowed(asked))
        order = case_requests.c.asked_at, case_requests.c.case, case_requests.c.number
        with self._database.reading() as connection:
            return [_request(row) for row in connection.execute(found.order_by(*order))]

    def posted(self, keys: Sequence[str]) -> Mapping[str, Posted]:
        found: dict[str, Posted] = {}
        with self._database.reading() as connection:
            for part in chunks(list(keys)):
                asked = select(messages.c.key, outbox.c.state, outbox.c.error).join_from(messages, outbox)
                mine = asked.where(messages.c.key.in_(part), self._own(messages.c.province)).order_by(outbox.c.id)
                for key, state, error in connection.execute(mine):
                    found[key] = Posted(state == SENT, state == REFUSED, error)
        return found

    @kept
    def addresses(self) -> Mapping[str, str]:
        asked = select(office_addresses).where(self._own(office_addresses.c.province))
        with self._database.reading() as connection:
            return {row.who: row.address for row in connection.execute(asked)}

    def set_address(self, who: str, address: str, *, by: Hand, now: datetime) -> None:
        place = {"province": self._scope.province, "who": who}
        with self._database.writing() as connection:
            if address:
                adding = upsert(office_addresses).values(**place, address=address)
                connection.execute(adding.or_update(["province", "who"], {"address": address}))
            else:
                here = office_addresses.c.province == self._scope.province, office_addresses.c.who == who
                connection.execute(delete(office_addresses).where(*here))
            told = {"address": unnamed(address)}
            append(connection, by.actor, "address.change", f"office:{who}", where=by.where, now=now, **told)


class RequestWriting(Room):
    """The writes of `core.requests.RequestWriter`, in one transaction."""

    _connection: Connection

    def requests_of(self, case: str) -> Sequence[Request]:
        return read_requests(self._connection, case)

    def put_request(self, request: Request) -> None:
        row = asdict(request) | {"claims": " ".join(map(str, request.claims)), "through": request.through or ""}
        changed = {name: value for name, value in row.items() if name not in _FIXED}
        self._connection.execute(upsert(case_requests).values(row).or_update(["case", "number"], changed))

    def add_filed(self, case: str, filed: Filed) -> None:
        self._connection.execute(insert(case_filed).values(case=case, **asdict(filed)))

    def address_of(self, who: str) -> str:
        here = office_addresses.c.province == self._scope.province, office_addresses.c.who == who
        return self._connection.scalar(select(office_addresses.c.address).where(*here)) or ""

    def post(self, message: Message, to: Sequence[Recipient]) -> bool:
        return post(self._connection, message, to, province=self._scope.province)


def _narrowed(asked: RequestQuery) -> list[ColumnElement[bool]]:
    table = case_requests.c
    found: list[ColumnElement[bool]] = []
    if asked.cases is not None:
        found.append(table.case.in_(asked.cases))
    if asked.units is not None:
        found.append(table.unit.in_(asked.units))
    if asked.states is not None:
        found.append(table.state.in_(asked.states))
    if asked.open_between is not None:
        start, end = asked.open_between
        found += [table.asked_at < end, or_(table.ended_at.is_(None), table.ended_at >= start)]
    return found


def _request(row: Row[Any]) -> Request:
    values = dict(row._mapping)  # noqa: SLF001 (SQLAlchemy's own name for a row's columns)
    values["claims"] = tuple(map(int, row.claims.split()))
    values["state"] = RequestState(row.state)
    values["through"] = Through(row.through) if row.through else None
    return Request(**values)
