"""Keys with which other systems ask the API, and the door to where they are kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from diembao.core.accounts import Account, Hand


@dataclass(frozen=True, slots=True)
class NewKey:
    """``digest`` is of the secret, which only the other system keeps. ``scopes`` are acts of the table of rights: a key
    does what its account may do, and of that only these.
    """

    account: int
    name: str
    digest: str
    scopes: tuple[str, ...]
    until: datetime


@dataclass(frozen=True, slots=True)
class Key:
    number: int
    account: int
    name: str
    scopes: tuple[str, ...]
    made_at: datetime
    until: datetime
    used_at: datetime | None = None
    revoked_at: datetime | None = None

    def is_on(self, now: datetime) -> bool:
        return self.revoked_at is None and now < self.until


class KeyBook(Protocol):
    """The part of the store that knows keys. Each change is one transaction with its row in the audit log."""

    def add_key(self, new: NewKey, *, by: Hand, now: datetime) -> int:
        """WrongUse: there is no such account."""

    def all_keys(self) -> Sequence[Key]:
        """All that were ever made, the newest first."""

    def key(self, digest: str) -> tuple[Key, Account] | None:
        """One that was not revoked, of an account that may still come in; whether its time is over is for the caller
        to say.
        """

    def key_used(self, number: int, *, now: datetime) -> None: ...

    def revoke_key(self, number: int, *, by: Hand, now: datetime) -> Key:
        """What has been revoked before stays so. WrongUse: there is no such key."""
