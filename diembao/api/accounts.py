"""Accounts: how one is made, comes in, is changed and ends. Who may ask for it is said in `rights`, by the caller.

A sign-in that fails says one sentence, whatever was wrong, after the same work.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from diembao.api import names, passwords
from diembao.api.limits import network
from diembao.api.passwords import Hasher
from diembao.core.accounts import (
    Account,
    AccountBook,
    Grant,
    Hand,
    Link,
    NewAccount,
    NewSession,
    Purpose,
    Role,
    Tries,
)
from diembao.core.errors import Refused, Retry, WrongUse
from diembao.core.record import Store

# Failed tries within the window after which the next ones are turned away unread: with one name from one address, with
# one name from anywhere (somebody else's tries must not keep an officer out at once), from one address with any name.
WINDOW: Final = timedelta(minutes=15)
TOGETHER, OF_NAME, OF_ADDRESS = 5, 30, 40
MOST: Final = Tries(TOGETHER, OF_NAME, OF_ADDRESS)

FIRST_LINK, RESET_LINK = timedelta(hours=24), timedelta(hours=48)
# Sessions of one account that are open at once; the oldest ends.
SESSIONS: Final = 10
# Characters of a browser's name that are kept.
AGENT: Final = 200

SECRET: Final = "web.secret"  # noqa: S105 (the name of a fact)

_NO: Final = (
    "Tên đăng nhập hoặc mật khẩu không đúng, hoặc tài khoản không dùng được nữa"
    " (The name or the password is not right, or the account cannot be used any more)"
)


@dataclass(frozen=True, slots=True)
class Caller:
    """Where a request comes from."""

    address: str
    agent: str = ""


@dataclass(frozen=True, slots=True)
class Opened:
    """A new session; ``token`` is its secret, which only the browser keeps."""

    number: int
    account: int
    token: str


class Locked(Refused):
    """Too many tries; the next is read after ``after`` seconds."""

    def __init__(self, after: float) -> None:
        minutes = max(1, round(after / 60))
        super().__init__(
            "locked",
            f"Thử sai quá nhiều lần. Thử lại sau {minutes} phút, hoặc nhờ người quản trị"
            f" (Too many failed tries. Try again in {minutes} minutes, or ask the administrator)",
        )
        self.after = after


class Accounts:
    """All that can be done with accounts, on one store."""

    def __init__(
        self,
        store: Store,
        hasher: Hasher,
        *,
        hours: float = 12,
        token: Callable[[], str] = lambda: secrets.token_urlsafe(32),
    ) -> None:
        self.book: AccountBook = store
        self._hasher = hasher
        self._token = token
        self._hours = hours
        self._secret = secret_of(store, token).encode()

    # -- made and changed
    def add(
        self, name: str, shown: str, grants: Iterable[Grant], *, password: str = "", by: Hand, now: datetime
    ) -> int:
        """A new account; without a password it comes in by a link (`link`) or by the office's provider.

        Raises:
            WrongUse: a name, role or password that will not do.
        """
        name = names.checked(name)
        new = NewAccount(
            name=name,
            likeness=names.likeness(name),
            shown=names.checked_shown(shown or name),
            grants=checked_grants(grants),
            password=self._hasher.hash(passwords.checked(password, name)) if password else "",
        )
        return self.book.add_account(new, by=by, now=now)

    def link(self, account: int, *, by: Hand, now: datetime) -> str:
        """The secret of a one-time link with which the account sets a password; older ones are void."""
        return self._link(Purpose.PASSWORD, account, RESET_LINK, by, now)

    def first_link(self, *, by: Hand, now: datetime) -> str:
        """The secret of the link that makes the first administrator.

        Raises:
            WrongUse: somebody administers already.
        """
        self._nobody_administers()
        return self._link(Purpose.FIRST, None, FIRST_LINK, by, now)

    def _link(self, purpose: Purpose, account: int | None, lasts: timedelta, by: Hand, now: datetime) -> str:
        token = self._token()
        self.book.make_link(purpose, account, digest(token), until=now + lasts, by=by, now=now)
        return token

    def _nobody_administers(self) -> None:
        if self.book.administrators():
            raise WrongUse("đã có người quản trị (there is an administrator already)")

    def opened_link(self, token: str, now: datetime) -> Link | None:
        return self.book.link(digest(token), now)

    def use_first(self, token: str, name: str, shown: str, password: str, *, now: datetime) -> int:
        """The first administrator, who is an officer too until somebody else is; their account's number."""
        passwords.checked(password, names.typed(name))
        names.checked(name)
        names.checked_shown(shown or name)
        self._nobody_administers()
        link = self._used(token, Purpose.FIRST, now)
        both = Grant(Role.ADMINISTRATOR), Grant(Role.OFFICER)
        hand = Hand(f"link:{link.number}", f"link:{link.number}")
        return self.add(name, shown, both, password=password, by=hand, now=now)

    def use_reset(self, token: str, password: str, *, now: datetime) -> int:
        """The account whose password was set."""
        link = self.opened_link(token, now)
        account = self.book.account(link.account) if link and link.account else None
        if link is None or account is None or account.disabled or account.erased:
            raise void()
        hashed = self._hasher.hash(passwords.checked(password, account.name))
        self._used(token, Purpose.PASSWORD, now)
        hand = Hand(account.actor, f"link:{link.number}")
        self.book.set_password(account.number, hashed, keep=None, by=hand, now=now)
        return account.number

    def _used(self, token: str, purpose: Purpose, now: datetime) -> Link:
        link = self.opened_link(token, now)
        if link is None or link.purpose is not purpose or not self.book.use_link(link.number, now=now):
            raise void()
        return link

    def change_password(
        self, account: Account, old: str, new: str, *, keep: int | None, by: Hand, now: datetime
    ) -> None:
        """Raises:
        WrongUse: the old one is not right, or the new one will not do.
        Locked: too many wrong ones.
        """
        key, place = self._key(account.name), f"own:{account.number}"
        attempt = self._attempt(key, place, now)
        found = self.book.account_named(account.name)
        if not self._fits(attempt, found[1] if found else "", old):
            self._note_failure(attempt, key, place, now)
            raise WrongUse("mật khẩu hiện nay không đúng (the present password is not right)")
        self.book.give_back(attempt)
        hashed = self._hasher.hash(passwords.checked(new, account.name))
        self.book.set_password(account.number, hashed, keep=keep, by=by, now=now)

    # -- coming in
    def sign_in(self, name: str, password: str, caller: Caller, *, now: datetime) -> Opened:
        """Raises:
        Refused: it is not right (reason ``sign-in``), in one sentence for every cause.
        Locked: too many tries.
        """
        typed = names.typed(name)
        key, place = self._key(typed), network(caller.address)
        attempt = self._attempt(key, place, now)
        found = self.book.account_named(typed)
        if not self._fits(attempt, found[1] if found else "", password[: 4 * passwords.LONGEST]) or found is None:
            self._note_failure(attempt, key, place, now)
            raise Refused("sign-in", _NO)
        account, hashed = found
        if self._hasher.is_old(hashed):
            self.book.rehash(account.number, self._hasher.hash(password))
        self.book.forget_tries(key, place)
        return self.let_in(account.number, caller, how="password", now=now)

    def let_in(self, account: int, caller: Caller, *, how: str, now: datetime) -> Opened:
        """A session for an account whose right to it is settled."""
        token = self._token()
        new = NewSession(
            account=account,
            digest=digest(token),
            until=now + timedelta(hours=self._hours),
            address=caller.address[:64],
            agent=caller.agent[:AGENT],
            how=how,
        )
        hand = Hand(f"person:{account}", caller.address and "door")
        return Opened(self.book.open_session(new, limit=SESSIONS, by=hand, now=now), account, token)

    def _key(self, typed: str) -> str:
        return hmac.new(self._secret, typed.encode(), hashlib.sha256).hexdigest()[:32]

    def _attempt(self, key: str, address: str, now: datetime) -> int:
        """Raises:
        Locked: too many have failed; read first, so that a flood of tries does not keep others from writing.
        """
        since = now - WINDOW
        if not _too_many(self.book.tries(key, address, since)):
            attempt = self.book.attempt(key, address, since, most=MOST, now=now)
            if attempt is not None:
                return attempt
        raise Locked(WINDOW.total_seconds())

    def _fits(self, attempt: int, hashed: str, password: str) -> bool:
        """Raises:
        Retry: too many at once; nothing was looked at, so no try was made.
        """
        try:
            return self._hasher.fits(hashed, password)
        except Retry:
            self.book.give_back(attempt)
            raise

    def _note_failure(self, attempt: int, key: str, address: str, now: datetime) -> None:
        self.book.failed(attempt, locked=_too_many(self.book.tries(key, address, now - WINDOW)), now=now)


def _too_many(tries: Tries) -> bool:
    return tries.together >= MOST.together or tries.name >= MOST.name or tries.address >= MOST.address


def void() -> WrongUse:
    """A link that opens nothing any more."""
    return WrongUse(
        "liên kết này đã dùng, đã quá hạn, hoặc đã có liên kết mới hơn; xin người quản trị một liên kết khác"
        " (this link was used, is too old, or was replaced; ask the administrator for another)"
    )


def checked_grants(grants: Iterable[Grant]) -> tuple[Grant, ...]:
    """Raises:
    WrongUse: a role that needs a unit has none.
    """
    grants = tuple(dict.fromkeys(grants))
    if any(grant.role is Role.UNIT_OFFICER and not grant.unit for grant in grants):
        raise WrongUse(
            "vai trò cán bộ đơn vị cần tên đơn vị, như unit-officer@so-y-te"
            " (the role of a unit's officer needs a unit, like unit-officer@so-y-te)"
        )
    return grants


def digest(token: str) -> str:
    """What is kept of a secret."""
    return hashlib.sha256(token[:200].encode("utf-8", "replace")).hexdigest()


def secret_of(store: Store, token: Callable[[], str]) -> str:
    """The installation's own secret, made once: cookies of another one do not fit here."""
    known = store.fact(SECRET)
    return store.change_fact(SECRET, lambda before: before or token()) if known is None else known
