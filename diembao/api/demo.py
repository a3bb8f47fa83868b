"""The accounts of the demo: whoever sits at the machine comes in by a button. They have no password."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from diembao.api.accounts import Accounts
from diembao.core.accounts import Grant, Hand, Role

FIRST, SECOND = "dung-thu", "dung-thu-duyet"
_WHO: Final = {
    FIRST: ("Cán bộ dùng thử", (Role.OFFICER, Role.APPROVER, Role.ADMINISTRATOR)),
    SECOND: ("Lãnh đạo dùng thử", (Role.OFFICER, Role.APPROVER)),
}
HAND: Final = Hand("demo", "demo")


def account(accounts: Accounts, name: str, *, now: datetime) -> int:
    """The number of one of the two, made when it is first asked for. An unknown name is the first."""
    name = name if name in _WHO else FIRST
    known = next((each for each in accounts.book.accounts() if each.name == name and not each.disabled), None)
    if known is not None:
        return known.number
    shown, roles = _WHO[name]
    return accounts.add(name, shown, [Grant(role) for role in roles], by=HAND, now=now)
