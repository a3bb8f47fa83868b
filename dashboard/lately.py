"""How long an answer may be kept; and who did something a moment ago: they see at once what came of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

# Lists and counts are asked for as of these spans, so that an answer serves all who come meanwhile; what comes in is
# in them at once all the same.
SPAN: Final = timedelta(minutes=5)


def begun(now: datetime) -> datetime:
    """When the span began that ``now`` is in."""
    return now - (now - now.replace(hour=0, minute=0, second=0, microsecond=0)) % SPAN


def over(now: datetime) -> datetime:
    """When it will be over; of its first moment that is now."""
    return -(-(now - begun(now)) // SPAN) * SPAN + begun(now)


@dataclass
class Doings:
    """How many things each account did in this process, and when the last."""

    clock: Callable[[], float]
    _known: dict[str, tuple[int, float]] = field(default_factory=dict)

    def note(self, actor: str) -> None:
        number, _ = self._known.get(actor, (0, 0.0))
        self._known[actor] = number + 1, self.clock()

    def of(self, actor: str, seconds: float) -> int:
        """How many, if the last was not longer ago; else 0."""
        number, last = self._known.get(actor, (0, 0.0))
        return number if number and self.clock() - last < seconds else 0


@dataclass(frozen=True)
class Kept:
    """How an answer is kept: while this is the state of things, for so many seconds; ``own``: what this reader did."""

    state: str
    seconds: float
    own: int
