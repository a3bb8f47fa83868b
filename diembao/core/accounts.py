"""People who may come in, what they were given, and the door to where that is kept.

An account is known by its number everywhere else (``person:7`` on a label, in a case, in the audit log), so that
its name can be erased without touching what was done under it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final, Protocol


class Role(StrEnum):
    """What an account can be given. ``rights`` says what each may do."""

    VIEWER = "viewer"
    OFFICER = "officer"
    APPROVER = "approver"
    UNIT_OFFICER = "unit-officer"
    FOREIGN_AFFAIRS = "foreign-affairs"
    ADMINISTRATOR = "administrator"
    SERVICE = "service"


class Purpose(StrEnum):
    """What a one-time link opens."""

    FIRST = "first"  # the first administrator of an installation
    PASSWORD = "password"  # noqa: S105 (a word, not a secret)


@dataclass(frozen=True, slots=True)
class Grant:
    """A role, bound to a province and a unit. An empty province: all of them; an empty unit: none in particular."""

    role: Role
    province: str = ""
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Account:
    """``name`` is what is typed at the door, ``shown`` what others read. ``issuer`` and ``subject`` are those of an
    account that comes in by the office's own provider.
    """

    number: int
    name: str
    shown: str
    grants: tuple[Grant, ...] = ()
    has_password: bool = False
    issuer: str = ""
    subject: str = ""
    made_at: datetime | None = None
    seen_at: datetime | None = None
    disabled: bool = False
    erased: bool = False

    @property
    def actor(self) -> str:
        return f"{PERSON}{self.number}"

    @property
    def roles(self) -> frozenset[Role]:
        return frozenset(grant.role for grant in self.grants)


PERSON: Final = "person:"


def number_of(actor: str) -> int | None:
    """The account of an actor; None: it is none of ours (the machine, the console, another time)."""
    number = actor.removeprefix(PERSON)
    return int(number) if actor.startswith(PERSON) and number.isascii() and number.isdigit() else None


@dataclass(frozen=True, slots=True)
class NewAccount:
    """``likeness`` is what two names that look alike share; ``password`` is a hash, or empty."""

    name: str
    likeness: str
    shown: str
    grants: tuple[Grant, ...] = ()
    password: str = ""
    issuer: str = ""
    subject: str = ""


@dataclass(frozen=True, slots=True)
class Hand:
    """Whose act it is, and from where (``session:12``, ``attempt:3``, ``console``): both go into the audit log."""

    actor: str
    where: str


# A person who types commands on the machine itself.
CONSOLE: Final = Hand("console", "console")


@dataclass(frozen=True, slots=True)
class Session:
    """One sign-in on one browser, until it ends. ``how``: password, link, oidc or demo."""

    number: int
    account: int
    made_at: datetime
    seen_at: datetime
    until: datetime
    address: str
    agent: str
    how: str
    ended_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class NewSession:
    account: int
    digest: str  # of the secret in the cookie
    until: datetime
    address: str
    agent: str
    how: str


@dataclass(frozen=True, slots=True)
class Link:
    """A one-time link; ``account`` is None for the first administrator's."""

    number: int
    purpose: Purpose
    account: int | None
    until: datetime


@dataclass(frozen=True, slots=True)
class Tries:
    """Failed sign-ins of late: with this name from this address, with this name, from this address."""

    together: int
    name: int
    address: int


@dataclass(frozen=True, slots=True)
class TurnedAway:
    """Somebody was refused, ``times`` over. ``who`` and ``where`` are the visitor's, ``act`` is what they were not
    allowed, "" where it did not come to that. ``address`` and ``path`` are kept for a while only.
    """

    who: str
    where: str
    why: str
    act: str = ""
    address: str = ""
    path: str = ""
    times: int = 1


class AccountBook(Protocol):
    """The part of the store that knows people. Each method that changes something is one transaction, and writes
    what was done, and by whom, into the audit log with it.
    """

    # -- accounts
    def accounts(self) -> Sequence[Account]:
        """By name; the erased ones too, by number."""

    def account(self, number: int) -> Account | None: ...

    def account_named(self, name: str) -> tuple[Account, str] | None:
        """An account that can still come in, with the hash of its password."""

    def account_of(self, issuer: str, subject: str) -> Account | None: ...

    def administrators(self) -> int:
        """How many accounts can still come in and administer."""

    def add_account(self, new: NewAccount, *, by: Hand, now: datetime) -> int:
        """WrongUse: the name, or one that looks like it, is taken."""

    def set_grants(self, account: int, grants: Iterable[Grant], *, by: Hand, now: datetime) -> None:
        """WrongUse: nobody would be left to administer."""

    def set_password(self, account: int, password: str, *, keep: int | None, by: Hand, now: datetime) -> None:
        """A new hash; every session but ``keep`` ends, and so do open links."""

    def rehash(self, account: int, password: str) -> None:
        """The same password, hashed as it is done today."""

    def disable(self, account: int, disabled: bool, *, by: Hand, now: datetime) -> None:  # noqa: FBT001 (a state)
        """Its sessions end. WrongUse: nobody would be left to administer."""

    def erase(self, account: int, *, by: Hand, now: datetime) -> None:
        """Name, password, addresses and sessions go; the number and what was done under it stay."""

    # -- sessions
    def open_session(self, new: NewSession, *, limit: int, by: Hand, now: datetime) -> int:
        """Beyond ``limit`` of one account the oldest end."""

    def session(self, digest: str) -> tuple[Session, Account] | None:
        """One that has not ended, with its account; whether its time is over is for the caller to say."""

    def session_used(self, number: int, *, now: datetime) -> None: ...

    def end_session(self, number: int, *, by: Hand, now: datetime) -> None: ...

    def sessions(self, account: int, since: datetime) -> Sequence[Session]:
        """Newest first; those that ended before ``since`` are left out."""

    # -- links
    def make_link(
        self, purpose: Purpose, account: int | None, digest: str, *, until: datetime, by: Hand, now: datetime
    ) -> None:
        """Open links of the same purpose and account are void from then on."""

    def link(self, digest: str, now: datetime) -> Link | None:
        """One that was not used and whose time is not over."""

    def use_link(self, number: int, *, now: datetime) -> bool:
        """False: somebody was faster."""

    # -- tries
    def tries(self, name: str, address: str, since: datetime) -> Tries:
        """``name`` is a digest: what is typed there may be a password."""

    def attempt(self, name: str, address: str, since: datetime, *, most: Tries, now: datetime) -> int | None:
        """A place among the failed sign-ins, taken before the password is looked at, so that many at once, in
        whatever process, are no more than ``most``. None: there is none left.
        """

    def give_back(self, attempt: int) -> None:
        """The password was not looked at after all."""

    def failed(self, attempt: int, *, locked: bool, now: datetime) -> None:
        """It stays where it is, and the audit log tells of it."""

    def forget_tries(self, name: str, address: str) -> None:
        """Somebody came in: what failed before from there counts no more."""

    # -- refusals
    def turned_away(self, seen: TurnedAway, *, now: datetime) -> None:
        """Into the audit log; the address and the path beside it, as long as they are kept."""

    def refusals(self, numbers: Sequence[int]) -> Mapping[int, tuple[str, str]]:
        """Address and path of those that are still kept; at most some hundred at once."""

    def prune_people(self, now: datetime) -> int:
        """Drop refusals' addresses, failed sign-ins, ended sessions and used links whose time is over; how many."""


def by_number(accounts: Iterable[Account]) -> Mapping[int, Account]:
    return {account.number: account for account in accounts}
