"""People who are called in a note (``@lan``), or given a case: accounts that can come in, by their names."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Final

from diembao.core.accounts import Account, number_of
from diembao.core.errors import WrongUse
from diembao.core.ports import Store

# People called in one note, and in charge of one case.
CALLED, IN_CHARGE = 20, 20
# The name of an account after an @ that begins a word, so that an address of mail calls nobody.
_CALL: Final = re.compile(r"(?<![\w.@+-])@([A-Za-z0-9]+(?:[._-][A-Za-z0-9]+)*)")


def called(store: Store, text: str) -> Sequence[Account]:
    """The accounts that a note calls, each once.

    Raises:
        WrongUse: there is no such account, or too many are called.
    """
    names = tuple(dict.fromkeys(name.casefold() for name in _CALL.findall(text)))
    if len(names) > CALLED:
        raise WrongUse(f"Một ghi chú gọi nhiều nhất {CALLED} người (A note calls at most {CALLED} people)")
    found = {name: store.account_named(name) for name in names}
    if missing := [name for name in names if found[name] is None]:
        raise WrongUse(
            f"Không có tài khoản @{missing[0][:40]}; ghi đúng tên đăng nhập (There is no account @{missing[0][:40]})"
        )
    return [known[0] for known in found.values() if known is not None]


def check_readers(accounts: Sequence[Account], reads: Callable[[Account], bool]) -> None:
    """Raises:
    WrongUse: one of them may not read the case that they are called to.
    """
    for account in accounts:
        if not reads(account):
            raise WrongUse(
                f"Tài khoản @{account.name} không được xem vụ việc này, nên không gọi vào đây được"
                f" (The account @{account.name} may not read this case, so it cannot be called to it)"
            )


def check_people(store: Store, people: Iterable[str]) -> None:
    """Raises:
    WrongUse: one of them is nobody who can come in, or there are too many.
    """
    people = tuple(people)
    if len(people) > IN_CHARGE:
        raise WrongUse(f"Nhiều nhất {IN_CHARGE} người phụ trách (At most {IN_CHARGE} people are in charge)")
    for each in people:
        number = number_of(each)
        account = store.account(number) if number is not None else None
        if account is None or account.disabled or account.erased:
            raise WrongUse(f"Không có tài khoản “{each[:40]}” (There is no account '{each[:40]}')")
