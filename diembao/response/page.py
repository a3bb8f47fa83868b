"""The dashboard as a channel: an alert is there as soon as it is settled, and unread until its person has seen it."""

from __future__ import annotations

from diembao.core.accounts import number_of
from diembao.core.alert import Parcel
from diembao.core.errors import Refused


class PageNotifier:
    """Nothing leaves: the record is where the dashboard looks."""

    def deliver(self, parcel: Parcel) -> str:
        if number_of(parcel.to.address) is None:
            raise Refused("page", f"'{parcel.to.address[:100]}' is no account")
        return "trên trang (on the page)"

    def close(self) -> None:
        """Nothing is open."""
