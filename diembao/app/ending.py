"""How commands that go on and on end when they are told to: SIGTERM (what systemd and Docker send) and Ctrl-C.

Commands that end by themselves need nothing: what they had not finished is taken back by the record, and what they
started ends with them (`pipeline.children`).
"""

from __future__ import annotations

import _thread
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Final

# As a shell tells of a program that SIGTERM ended.
TERMINATED: Final = 128 + signal.SIGTERM
_SIGNALS: Final = (signal.SIGTERM, signal.SIGINT)


@contextmanager
def until_told() -> Iterator[threading.Event]:
    """The first signal sets the event, and what is in hand is finished; a second one ends it at once.

    To be waited for with a time limit, again and again: Python may not wake for a signal that comes as it lies down.
    """
    stop = threading.Event()
    before = {number: signal.getsignal(number) for number in _SIGNALS}

    def asked(_number: int, _frame: FrameType | None) -> None:
        _thread.start_new_thread(stop.set, ())  # not here: whoever waits may hold the event's own lock just now
        for number in _SIGNALS:
            signal.signal(number, signal.default_int_handler)
        sys.stderr.write("Đang dừng … (stopping)\n")

    for number in _SIGNALS:
        signal.signal(number, asked)
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextmanager
def heeded() -> Iterator[None]:
    """Around a server that ends by itself when it is told to (uvicorn), and then raises the signal again: it is heeded
    already, and whoever sent it sees exit code 0.
    """
    before = {number: signal.signal(number, lambda *_: None) for number in _SIGNALS}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
