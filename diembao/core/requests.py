"""Requests to units: what a unit is asked about a case, until when, and what it answered.

All are frozen. A request is asked and withdrawn by a person; the unit's own people, or an officer who holds their
letter, file the answer. The machine only reminds.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from diembao.core.accounts import Hand
from diembao.core.alert import Message, Recipient


class RequestState(StrEnum):
    """What is kept of it."""

    WAITING = "waiting"
    ANSWERED = "answered"
    WITHDRAWN = "withdrawn"


class RequestStatus(StrEnum):
    """What is shown: one that waits past its time is late."""

    WAITING = "waiting"
    LATE = "late"
    ANSWERED = "answered"
    WITHDRAWN = "withdrawn"


class Through(StrEnum):
    """How an answer came in."""

    DESK = "desk"  # an officer of the desk holds the unit's letter
    ACCOUNT = "account"  # somebody of the unit
    LINK = "link"  # whoever the unit gave its signed link to
    API = "api"


@dataclass(frozen=True, slots=True)
class Request:
    """``number`` counts within the case, from 1. ``unit`` is the one that was asked, by its id of that day, and
    ``unit_name`` what it was called. ``claims`` are numbers of the case's claims whose quotes it was given; ``letter``
    is the number of the official letter, ``letter_date`` its ISO date. ``waits``: the case waits for this. ``address``
    is where it was sent, "" where it was carried. ``link`` is the version of the signed link that holds, 0: none does;
    ``link_until`` when it ends. ``reminded_at`` is the last reminder, whoever sent it; ``warned`` counts the machine's
    own. ``reason`` is why it was withdrawn; ``ended_by`` is "link" where the unit answered by its link.
    """

    case: str
    number: int
    unit: str
    unit_name: str
    question: str
    asked_by: str
    asked_at: datetime
    claims: tuple[int, ...] = ()
    letter: str = ""
    letter_date: str = ""
    due_at: datetime | None = None
    waits: bool = False
    address: str = ""
    link: int = 0
    link_until: datetime | None = None
    reminders: int = 0
    reminded_at: datetime | None = None
    warned: int = 0
    state: RequestState = RequestState.WAITING
    ended_at: datetime | None = None
    ended_by: str = ""
    reason: str = ""
    answer: str = ""
    through: Through | None = None

    @property
    def waiting(self) -> bool:
        return self.state is RequestState.WAITING

    def is_late(self, now: datetime) -> bool:
        """Waits past its time, or was answered past it."""
        until = now if self.waiting else self.ended_at
        answered_or_waiting = self.state is not RequestState.WITHDRAWN
        return answered_or_waiting and self.due_at is not None and until is not None and until > self.due_at

    def status(self, now: datetime) -> RequestStatus:
        return RequestStatus.LATE if self.waiting and self.is_late(now) else RequestStatus(self.state.value)


@dataclass(frozen=True, slots=True)
class Filed:
    """A file that came with an answer. ``value`` is the SHA-256 of its bytes, ``size`` in bytes."""

    request: int
    number: int
    name: str
    value: str
    size: int
    media: str


@dataclass(frozen=True, slots=True)
class Posted:
    """A message in the outbox: sent, or waiting (with ``error``: after a failure), or ``refused`` for good."""

    sent: bool
    refused: bool
    error: str


@dataclass(frozen=True, slots=True)
class RequestQuery:
    """Which are wanted; None does not narrow. ``open_between``: those that waited at some moment of [start, end)."""

    cases: tuple[str, ...] | None = None
    units: tuple[str, ...] | None = None
    states: tuple[RequestState, ...] | None = None
    open_between: tuple[datetime, datetime] | None = None


class RequestReader(Protocol):
    """The part of the store that shows requests, and where units have their mail."""

    def requests(self, asked: RequestQuery) -> Sequence[Request]:
        """The oldest first."""

    def posted(self, keys: Sequence[str]) -> Mapping[str, Posted]:
        """What became of the messages that the desk queued under these keys; those there are."""

    def addresses(self) -> Mapping[str, str]:
        """Mail addresses of the office, by unit or role."""

    def set_address(self, who: str, address: str, *, by: Hand, now: datetime) -> None:
        """Where a unit (or the holders of a role) have their mail; "" forgets it."""


class RequestWriter(Protocol):
    """Writes about requests, in the transaction of `CaseWriter`."""

    def requests_of(self, case: str) -> Sequence[Request]:
        """By number."""

    def put_request(self, request: Request) -> None:
        """A new one, or in place of the one of this number."""

    def add_filed(self, case: str, filed: Filed) -> None: ...

    def address_of(self, who: str) -> str:
        """Where they have their mail; nothing where that is not known."""

    def post(self, message: Message, to: Sequence[Recipient]) -> bool:
        """Queue a message for each recipient; False if there was one of this key already."""
