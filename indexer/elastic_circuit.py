"""Nobody waits again and again for a server that has fallen silent.

After `FAILURES` silences in a row (away, or no answer in time) every question is refused at once, for `FIRST` seconds;
then one question is let through. Answered, all is as before; silent again, the time doubles, up to `LONGEST`.
An answer that says no (busy, disk full) is an answer.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Final

from diembao.core.errors import IndexAway

FAILURES: Final = 3
FIRST: Final = 5.0  # seconds
LONGEST: Final = 60.0  # seconds: a server that is back is used within a minute


class Circuit:
    """The memory of one server's silences. Safe to share between threads."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """``clock`` counts seconds from anywhere."""
        self._clock, self._lock = clock, threading.Lock()
        self._silences, self._wait, self._until = 0, FIRST, 0.0

    def check(self, what: str) -> None:
        """May it be asked now?

        Raises:
            IndexAway: not yet; ``after`` says in how many seconds.
        """
        with self._lock:
            if self._silences < FAILURES:
                return
            left = self._until - self._clock()
            if left <= 0:
                self._until = self._clock() + self._wait  # this one asks; the others wait for what comes of it
                return
        msg = (
            f"không tới được {what}; {left:.0f} giây nữa hỏi lại"
            f" ({what} cannot be reached; it is asked again in {left:.0f} seconds)"
        )
        raise IndexAway(msg, after=left)

    def answered(self) -> None:
        with self._lock:
            self._silences, self._wait = 0, FIRST

    def silent(self) -> None:
        with self._lock:
            self._silences += 1
            if self._silences > FAILURES:
                self._wait = min(2 * self._wait, LONGEST)
            self._until = self._clock() + self._wait
