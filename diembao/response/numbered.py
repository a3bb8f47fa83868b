"""Addresses that open one row of the record without an account: its number, and a seal that only this home can make.

The seal is made with the key of `links` when the address is shown or sent, and kept nowhere. What a number opens, and
whether it still does, stands in the record.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
from dataclasses import dataclass
from typing import Final

# Where whoever wants no more of an alert says so, and where a saved search is read as a feed. The token is in the
# query: paths stand in logs.
STOP_PAGE, FEED_PAGE = "/thoi-nhan", "/rss"
ADDRESS: Final = "dc"  # in the query: to whom a trial went
# Bytes of a seal; characters of a token, more than any of ours has.
SEAL, TOKEN = 16, 60
_STOP: Final = b"diembao stop 1\x00"
_TRIAL: Final = b"diembao stop trial 1\x00"
_FEED: Final = b"diembao feed 1\x00"
_FORM: Final = re.compile(r"([1-9]\d{0,17})\.([A-Za-z0-9_-]{22})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Numbered:
    """One kind of address. ``public_url`` is where people reach the installation; "": nowhere."""

    key: bytes
    about: bytes
    page: str
    public_url: str = ""

    def token(self, number: int) -> str:
        return f"{number}.{self._seal(number)}"

    def address(self, number: int) -> str:
        """What is opened; "" where nobody could reach it."""
        return f"{self.public_url.rstrip('/')}{self.path(number)}" if self.public_url else ""

    def path(self, number: int) -> str:
        return f"{self.page}?ma={self.token(number)}"

    def opened(self, token: str) -> int | None:
        """Its number; None: it is none of ours."""
        found = _FORM.fullmatch(token) if len(token) <= TOKEN else None
        number = int(found[1]) if found else 0
        fits = found is not None and hmac.compare_digest(found[2], self._seal(number))
        return number if fits else None

    def _seal(self, number: int) -> str:
        seal = hmac.digest(self.key, self.about + str(number).encode(), hashlib.sha256)[:SEAL]
        return base64.urlsafe_b64encode(seal).decode().rstrip("=")


def stops(key: bytes, public_url: str) -> Numbered:
    """Numbers are those of rows of the outbox."""
    return Numbered(key, _STOP, STOP_PAGE, public_url)


def trial_stops(key: bytes, public_url: str, address: str, name: str) -> Numbered:
    """Numbers are those of subscriptions, for this mail address and the one of this name alone: a trial is no row of
    the outbox, and a number that was given up may come again.
    """
    return Numbered(key, _TRIAL + f"{address}\x00{name}\x00".encode(), STOP_PAGE, public_url)


def claimed(token: str) -> int:
    """The number that a token says it is of, unsealed; 0: none."""
    found = _FORM.fullmatch(token) if len(token) <= TOKEN else None
    return int(found[1]) if found else 0


def feeds(key: bytes, public_url: str) -> Numbered:
    return Numbered(key, _FEED, FEED_PAGE, public_url)
