"""No input may hold a run up: work on one feed or page ends after a few seconds.

Parsers are other people's code and pages anybody's: the clock is the system's, so that it also rings inside a
regular expression or a library's loop. Inside one call into C it cannot: sizes are bounded before. Only the main
thread of a process can use it; elsewhere there is no limit.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from diembao.core.errors import SetAside

AGAIN = 1.0  # seconds; a library may swallow the first ring


class _Rung(BaseException):
    """Not an Exception, so that libraries let it pass."""


@contextmanager
def time_limit(seconds: float, what: str) -> Iterator[None]:
    """End the work within after so long.

    Raises:
        SetAside: it took longer.
    """
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return

    over = False

    def ring(_number: int, _frame: object) -> None:
        if not over:
            raise _Rung

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds, AGAIN)
    try:
        try:
            yield
        finally:
            over = True
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, before)
    except _Rung:
        raise SetAside(f"slow: {what} took longer than {seconds:.0f} s to read") from None
