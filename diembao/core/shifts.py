"""A shift at the press office: which stories a person has looked through, and what one shift leaves to the next; and
what the screens remember of a reader.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from diembao.core.accounts import Hand

# Characters of a handover note, and of one thing that is remembered of a reader.
HANDOVER, REMEMBERED = 4_000, 2_000


@dataclass(frozen=True, slots=True)
class Handover:
    """What ``by`` left to the next shift; ``taken_by`` said that they have read it ("": nobody yet)."""

    by: str
    at: datetime
    text: str
    number: int = 0  # given by the record
    taken_by: str = ""
    taken_at: datetime | None = None


class ShiftBook(Protocol):
    """The part of the store that keeps shifts. Looks and notes are of the province that asks."""

    def looked(self, article_ids: Sequence[str]) -> Mapping[str, datetime]:
        """When a person last looked through the story that each of these articles stood for; those nobody did are left
        out.
        """

    def look(self, article_id: str, hand: Hand, now: datetime) -> None:
        """WrongUse: there is no such article."""

    def unlook(self, article_id: str, hand: Hand, now: datetime, *, before: datetime | None = None) -> None:
        """As if the last look had not been: ``before`` is the one before it. Of what nobody looked at, nothing."""

    def hand_over(self, text: str, hand: Hand, now: datetime) -> Handover:
        """WrongUse: an empty text, or one longer than `HANDOVER`."""

    def handovers(self, limit: int = 20) -> Sequence[Handover]:
        """The newest first."""

    def take_over(self, number: int, hand: Hand, now: datetime) -> None:
        """Who takes it first is kept. WrongUse: there is no such note."""


class ReaderBook(Protocol):
    """The part of the store that remembers small things of a reader: when they were last here, the columns of a list.
    What is remembered of an account goes with it when it is erased.
    """

    def remembered(self, actor: str, name: str) -> str | None: ...

    def remember(self, actor: str, name: str, value: str) -> None:
        """WrongUse: longer than `REMEMBERED`."""
