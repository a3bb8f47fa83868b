"""Where units and the holders of a role have their mail, checked before it is kept."""

from __future__ import annotations

from datetime import datetime

from diembao.core.accounts import Hand, Role
from diembao.core.addresses import mail_address
from diembao.core.errors import WrongUse
from diembao.core.ports import Store
from diembao.plan.reader import Profile


def set_address(store: Store, profile: Profile, who: str, address: str, *, by: Hand, now: datetime) -> str:
    """As it is kept; "" forgets it.

    Raises:
        WrongUse: neither a unit nor a role, or no address.
    """
    if who not in profile.units and who not in set(Role):
        raise WrongUse(f"Không có đơn vị hay vai trò '{who[:40]}' (There is no unit or role '{who[:40]}')")
    try:
        kept = mail_address(address) if address.strip() else ""
    except ValueError as error:
        told = address[:60]
        raise WrongUse(f"“{told}” không phải địa chỉ thư ('{told}' is no mail address)") from error
    store.set_address(who, kept, by=by, now=now)
    return kept
