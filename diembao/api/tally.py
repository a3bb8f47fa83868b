"""Who was refused, for the audit log: the first time at once, what follows as one number.

A refusal costs a look into a small table. In each span of `SPAN` seconds the first one of each asker (a session, a
key, or an address) for each reason is written down when it happens; the same again is only counted, and written as
one row when the span is over. Beyond `ROWS` different ones in a span, all others are counted together. So the log
grows by at most 2 × `ROWS` + 1 rows in a span for each process that serves, whoever knocks and however often. A
process that is killed loses the counts of its last span, never a first row.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final

import structlog

from diembao.core.accounts import AccountBook, TurnedAway
from diembao.core.errors import Retry

log = structlog.get_logger()

# Seconds of a span; rows that one may begin with.
SPAN: Final = 600.0
ROWS: Final = 60
# All that came after those, as one.
OTHERS: Final = TurnedAway("many", "", "others")


@dataclass
class Tally:
    """For one process. ``asker`` of what is noted is an address already cut to its network."""

    book: AccountBook
    now: Callable[[], datetime]
    clock: Callable[[], float]
    _until: float = field(default=0.0, init=False)
    # By asker and reason: the last of them, and how many wait to be written.
    _counted: dict[tuple[str, str], TurnedAway] = field(default_factory=dict, init=False)
    _lock: threading.Lock = field(default_factory=threading.Lock, init=False)

    def note(self, seen: TurnedAway) -> None:
        """Somebody was refused; written at once where it is the first of its kind."""
        self.settle()
        with self._lock:
            if not self._counted:
                self._until = self.clock() + SPAN
            key = (seen.where or seen.address, seen.why)
            before = self._counted.get(key)
            if before is None and len(self._counted) >= ROWS:
                key, seen = ("", OTHERS.why), OTHERS
                before = self._counted.get(key, replace(OTHERS, times=0))
            self._counted[key] = replace(seen, times=before.times + 1 if before else 0)
        if before is None:
            self._write(key, seen)

    def is_due(self) -> bool:
        """Is a span over that has something to be written?"""
        return bool(self._counted) and self.clock() >= self._until

    def settle(self, *, at_end: bool = False) -> None:
        """Write what was counted in a span that is over (``at_end``: in this one)."""
        if not (at_end or self.is_due()):
            return
        with self._lock:
            waiting, self._counted = self._counted, {}
        for key, seen in waiting.items():
            if seen.times:
                self._write(key, seen)

    def _write(self, key: tuple[str, str], seen: TurnedAway) -> None:
        """A busy store loses nothing: what could not be written is counted on."""
        try:
            self.book.turned_away(seen, now=self.now())
        except Retry as error:
            log.warning("refusal-not-noted", why=str(error))
            with self._lock:
                if not self._counted:
                    self._until = self.clock() + SPAN
                before = self._counted.get(key)
                self._counted[key] = replace(seen, times=seen.times + (before.times if before else 0))
