"""Who is still told: what was asked for stands only as long as whoever asked may be told.

The table of rights stands above this room; whoever starts the program hands its answer over (`app.options.opened`).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING, Protocol

from diembao.core.accounts import Account, number_of
from diembao.core.case import Case
from diembao.core.subscription import Subject, Subscription

if TYPE_CHECKING:
    from diembao.pipeline.wiring import Installation


class Hears(Protocol):
    """May this account, by its roles of now, be told by alerts of its own; and of this case?"""

    def __call__(self, house: Installation, account: Account, case: Case | None = None) -> bool: ...


def everybody(house: Installation, account: Account, case: Case | None = None) -> bool:  # noqa: ARG001 (a `Hears`)
    """For a part of the program that is tried alone: the program itself asks the table."""
    return True


def hearing(house: Installation) -> Callable[[str, str], bool]:
    """Asked with an owner ("person:7", "" the office) and the number of a case ("": none). Each is read once."""
    account_of = cache(house.store.account)
    file_of = cache(house.store.case_file)

    @cache
    def hears(owner: str, case: str) -> bool:
        number = number_of(owner)
        if number is None:  # the office's, or of the time before there were accounts
            return True
        account = account_of(number)
        if account is None or account.disabled or account.erased:
            return False
        file = file_of(case) if case else None
        return house.whole.hears(house, account, file.case if file else None)

    return hears


def still_told(house: Installation, asked: list[Subscription]) -> list[Subscription]:
    """Those whose owner may still be told; of a case only while they may read it."""
    hears = hearing(house)
    return [each for each in asked if hears(each.owner, each.key if each.subject is Subject.CASE else "")]
