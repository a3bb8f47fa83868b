"""What one pass over the log has done."""

from __future__ import annotations

from dataclasses import astuple, dataclass


@dataclass(frozen=True, slots=True)
class Work:
    """What was done, in articles (``alerts``: messages delivered); ``leases`` counts finished ranges of the log."""

    judged: int = 0
    grouped: int = 0
    indexed: int = 0
    alerts: int = 0
    encoded: int = 0
    remembered: int = 0
    leases: int = 0

    def __add__(self, other: Work) -> Work:
        return Work(*map(sum, zip(astuple(self), astuple(other), strict=True)))

    def __bool__(self) -> bool:
        return bool(self.leases or self.alerts)


NOTHING = Work()
