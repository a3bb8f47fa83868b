"""Keys of other systems: made once, shown once, kept as digests.

A key belongs to an account and does what that account may do, of that only its scopes. Without another account named
it is an account of its own with the role *service*, which reads. A key of a person's account writes in that person's
name, for a machine's word never counts as a person's. What has changed is known within `FRESH` seconds.
"""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from diembao.api.accounts import Accounts, digest
from diembao.api.rights import STRANGER, TABLE, Act, Visitor
from diembao.api.sessions import FRESH, KEPT, WRITTEN_EVERY
from diembao.core.accounts import Account, Grant, Hand, Role
from diembao.core.errors import WrongUse
from diembao.core.keys import Key, NewKey
from diembao.core.record import Store

# Who finds one in a file or a log knows what it is.
MARK: Final = "dbk_"
# Acts that the API does; a key is for nothing else. The first ones are what a new key gets where nothing is said.
READING: Final = (
    Act.READ_COVERAGE,
    Act.READ_STATUS,
    Act.READ_CASE,
    Act.READ_PLAN,
    Act.READ_QUESTION,
    Act.READ_CALENDAR,
    Act.READ_REQUEST,
    Act.READ_REPORT,
)
# A verdict, an approval and an issue are a person's who is there: no key gives them (docs/decisions/0032).
SCOPES: Final = (
    *READING,
    Act.READ_GIST,
    Act.CORRECT_LABEL,
    Act.TELL_PROGRESS,
    Act.CHANGE_KIT,
    Act.OPEN_CASE,
    Act.ASSIGN_CASE,
    Act.WORK_CASE,
    Act.DRAFT_ANSWER,
    Act.ASK_UNIT,
    Act.ANSWER_REQUEST,
    Act.READ_ALERT,
    Act.OWN_ALERT,
)
# Days that a key may last, and lasts where nothing is said.
LONGEST, USUAL = 730, 365
# Characters of a key's name.
NAME: Final = 80


@dataclass(frozen=True, slots=True)
class Made:
    """A new key; ``token`` is its secret, which is never shown again."""

    number: int
    token: str
    until: datetime


@dataclass(frozen=True, slots=True)
class Wish:
    """A key that somebody asks for. ``account`` is the number of the account whose it is to be; None: one of its own,
    called ``name``, with the role *service* in ``province``.
    """

    name: str
    province: str
    scopes: tuple[Act, ...] = READING
    days: float = USUAL
    account: int | None = None


class Keys:
    """Keys of one installation, as one process sees them."""

    def __init__(
        self,
        store: Store,
        accounts: Accounts,
        *,
        now: Callable[[], datetime],
        clock: Callable[[], float],
        token: Callable[[], str] = lambda: secrets.token_urlsafe(32),
    ) -> None:
        self._store = store
        self._accounts = accounts
        self._now = now
        self._clock = clock
        self._token = token
        self._known: dict[str, tuple[float, tuple[Key, Account] | None]] = {}
        self._lock = threading.Lock()

    def add(self, wish: Wish, *, by: Hand) -> Made:
        """Raises:
        WrongUse: a name, scope or time that will not do, a scope that needs a person's account, or an account that is
            not there.
        """
        _check(wish)
        if wish.account is not None:
            self._check_owner(wish.account, wish)
        number = wish.account or self._own_account(wish, by)
        token = MARK + self._token()
        until = self._now() + timedelta(days=wish.days)
        scopes = tuple(dict.fromkeys(scope.value for scope in wish.scopes))
        new = NewKey(number, wish.name, digest(token), scopes, until)
        return Made(self._store.add_key(new, by=by, now=self._now()), token, until)

    def revoke(self, number: int, *, by: Hand) -> Key:
        """Raises:
        WrongUse: there is no such key.
        """
        revoked = self._store.revoke_key(number, by=by, now=self._now())
        self.forget()
        return revoked

    def visitor(self, token: str) -> Visitor:
        """Whoever this key belongs to; the stranger where it is forged, foreign, revoked or over."""
        found = self._asked(digest(token)) if token.startswith(MARK) and len(token) <= 200 else None
        if found is None or not found[0].is_on(self._now()):
            return STRANGER
        key, account = found
        self._note_use(key)
        return Visitor(
            actor=account.actor,
            where=f"key:{key.number}",
            standings=(),
            grants=account.grants,
            account=account.number,
            name=account.name,
            shown=account.shown,
            scopes=frozenset(key.scopes),
        )

    def forget(self) -> None:
        """Something about keys or accounts has changed in this process."""
        with self._lock:
            self._known.clear()

    def _own_account(self, wish: Wish, by: Hand) -> int:
        found = self._store.account_named(wish.name)
        grant = Grant(Role.SERVICE, wish.province)
        if found is None:
            return self._accounts.add(wish.name, wish.name, [grant], by=by, now=self._now())
        if found[0].grants != (grant,):
            raise WrongUse(
                f"“{wish.name}” là một tài khoản khác; chọn tên khác, hoặc nói rõ khóa này của tài khoản đó"
                f" ('{wish.name}' is another account; choose another name, or say that the key is to be that account's)"
            )
        return found[0].number

    def _check_owner(self, number: int, wish: Wish) -> None:
        """One that is not there is told by the store."""
        owner = self._store.account(number)
        could = set(usable(wish.scopes, owner.grants if owner else ()))
        idle = ", ".join(scope.value for scope in wish.scopes if scope not in could)
        if owner and idle:
            raise WrongUse(
                f"tài khoản “{owner.name}” không có vai trò nào làm được {idle}; bỏ phạm vi đó, hoặc thêm vai trò"
                f" (no role of the account '{owner.name}' does {idle}; leave it out, or give the account a role)"
            )

    def _note_use(self, key: Key) -> None:
        now = self._now()
        if key.used_at is None or now - key.used_at > WRITTEN_EVERY:
            self._store.key_used(key.number, now=now)
            self.forget()

    def _asked(self, wanted: str) -> tuple[Key, Account] | None:
        now = self._clock()
        with self._lock:
            known = self._known.get(wanted)
        if known is not None and now - known[0] < FRESH:
            return known[1]
        found = self._store.key(wanted)
        with self._lock:
            if len(self._known) >= KEPT:
                self._known.clear()
            self._known[wanted] = now, found
        return found


def scopes_named(names: Iterable[str]) -> tuple[Act, ...]:
    """Raises:
    WrongUse: one of them is not for keys.
    """
    known = {scope.value: scope for scope in SCOPES}
    names = tuple(names)
    wrong = [name for name in names if name not in known]
    if wrong:
        raise WrongUse(
            f"“{wrong[0]}” không phải phạm vi của khóa; dùng {', '.join(known)} ('{wrong[0]}' is no scope of a key)"
        )
    return tuple(known[name] for name in names)


def usable(scopes: Iterable[Act], grants: Iterable[Grant]) -> tuple[Act, ...]:
    """Those that an account with these grants could use in any province."""
    roles = {grant.role for grant in grants}
    return tuple(scope for scope in scopes if roles & TABLE[scope].keys())


def _check(wish: Wish) -> None:
    if not wish.scopes or not set(wish.scopes) <= set(SCOPES):
        raise WrongUse("khóa cần ít nhất một phạm vi đọc hoặc ghi (a key needs at least one scope)")
    idle = [scope.value for scope in wish.scopes if wish.account is None and Role.SERVICE not in TABLE[scope]]
    if idle:
        raise WrongUse(
            f"khóa không của ai thì chỉ đọc, không làm được {', '.join(idle)}; nói rõ của ai bằng --account"
            f" (a key of nobody's only reads and cannot do {', '.join(idle)}; name an account, --account)"
        )
    if not 0 < wish.days <= LONGEST:
        raise WrongUse(f"khóa dùng được 1–{LONGEST} ngày (a key lasts 1 to {LONGEST} days)")
    if not 0 < len(wish.name.strip()) <= NAME or not wish.name.isprintable():
        raise WrongUse(f"tên khóa có 1–{NAME} ký tự (the name of a key has 1 to {NAME} characters)")
