"""The calendar's own address for a diary, which can send no header: a key stands in it.

Such a key reads the calendar and nothing else, so that what is found in a diary's settings opens nothing more; a key of
any other scope is no good in an address. It is one of `keys`: kept as a digest, over after a year, revoked like any.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from urllib.parse import parse_qs, urlencode

from starlette.types import Scope

from diembao.api.keys import Keys, Wish
from diembao.api.rights import STRANGER, Act, Visitor
from diembao.core.accounts import Hand
from diembao.core.errors import WrongUse
from diembao.core.keys import Key
from diembao.core.record import Store

ADDRESS: Final = "/api/v1/calendar.ics"
PARAMETER: Final = "khoa"
SCOPES: Final = (Act.READ_CALENDAR,)
# Bytes of a query string that are looked at.
LONGEST: Final = 8000
# Addresses of one person that hold at once: a telephone, a computer, a spare.
MOST: Final = 5
NAME: Final = "Lịch"
# Characters of what its owner calls an address.
CALLED: Final = 40


@dataclass(frozen=True, slots=True)
class Wanted:
    """``name`` says which diary reads it; its first `CALLED` characters."""

    account: int
    province: str
    name: str = ""


def key_in(scope: Scope) -> str | None:
    """The key in the address, where one may stand; None: there is none."""
    if scope["type"] != "http" or scope["path"] != ADDRESS or len(scope["query_string"]) > LONGEST:
        return None
    given = parse_qs(scope["query_string"].decode("latin-1")).get(PARAMETER, [])
    return given[0] if given else None


def visitor(keys: Keys, token: str) -> Visitor:
    found = keys.visitor(token)
    return found if found.scopes == frozenset(SCOPES) else STRANGER


def own(store: Store, account: int, now: datetime) -> Sequence[Key]:
    """Those of this account that hold now."""
    return [each for each in store.all_keys() if _is_own(each, account) and each.is_on(now)]


def add(store: Store, keys: Keys, wanted: Wanted, *, by: Hand, now: datetime) -> str:
    """A new one: what stands in the address after "?".

    Raises:
        WrongUse: this account has `MOST` already.
    """
    if len(own(store, wanted.account, now)) >= MOST:
        raise WrongUse(
            f"Nhiều nhất {MOST} địa chỉ lịch; thu hồi một địa chỉ trước đã"
            f" (At most {MOST} addresses of the calendar; revoke one first)"
        )
    called = " ".join(wanted.name.split())[:CALLED]
    made = keys.add(Wish(called or NAME, wanted.province, SCOPES, account=wanted.account), by=by)
    return urlencode({PARAMETER: made.token, "province": wanted.province})


def revoke(store: Store, keys: Keys, account: int, number: int, *, by: Hand) -> None:
    """Raises:
    WrongUse: it is no address of this account.
    """
    if not any(each.number == number and _is_own(each, account) for each in store.all_keys()):
        raise WrongUse("Không có địa chỉ lịch này (There is no such address)")
    keys.revoke(number, by=by)


def _is_own(key: Key, account: int) -> bool:
    return key.account == account and key.scopes == tuple(scope.value for scope in SCOPES)
