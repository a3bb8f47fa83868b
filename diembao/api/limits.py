"""How often the API may be asked: a bucket for each key, session and address, in a bounded memory of this process."""

from __future__ import annotations

import ipaddress
from collections import OrderedDict
from collections.abc import Callable
from typing import Final

# Askers remembered; beyond, the one not heard of for longest is forgotten, and begins with a full bucket.
KEPT: Final = 10_000
# Addresses may be shared by the keys and readers of an office.
OF_ADDRESS: Final = 4


class Limits:
    """``per_minute`` requests for each key or session, and `OF_ADDRESS` times that for an address; a minute's worth may
    come at once.
    """

    def __init__(self, per_minute: int, clock: Callable[[], float]) -> None:
        self._per_minute = per_minute
        self._clock = clock
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def of_address(self, address: str) -> float:
        """Take one; the seconds to wait where there is none (0: go on)."""
        return self._take(f"address:{network(address)}", self._per_minute * OF_ADDRESS)

    def of_asker(self, where: str) -> float:
        """The same for a key or session."""
        return self._take(where, self._per_minute)

    def _take(self, name: str, full: float) -> float:
        now = self._clock()
        left, at = self._buckets.pop(name, (full, now))
        left = min(full, left + (now - at) * full / 60)
        enough = left >= 1
        self._buckets[name] = (left - 1 if enough else left), now
        if len(self._buckets) > KEPT:
            self._buckets.popitem(last=False)
        return 0.0 if enough else (1 - left) * 60 / full


def network(address: str) -> str:
    """Whoever has one IPv6 address has 2⁶⁴ of them."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return "?"
    if isinstance(found, ipaddress.IPv4Address):
        return str(found)
    mapped = found.ipv4_mapped
    return str(mapped or ipaddress.ip_network((found, 64), strict=False).network_address)
