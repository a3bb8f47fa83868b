"""Does this machine lack something just now: file handles, room on the disk, memory? Then a later try may succeed, and
what cannot be read is neither missing nor damaged.
"""

from __future__ import annotations

import errno
import os
import re
from typing import Final

from diembao.core.errors import Retry

_SHORT: Final = frozenset({errno.EMFILE, errno.ENFILE, errno.ENOMEM, errno.ENOSPC, errno.EDQUOT, errno.EAGAIN})
# A RuntimeError of Python's own.
_NO_THREAD: Final = "can't start new thread"
# How a library written in Rust hands on what the system said.
_TOLD: Final = re.compile(r"\(os error (\d+)\)|\bOs \{ code: (\d+), kind: ")


def passes(error: BaseException) -> bool:
    """May whoever works in a loop, or at a job, wait and try again?"""
    return isinstance(error, Retry) or is_shortage(error)


def is_shortage(error: BaseException) -> bool:
    """By the system's number, never by words that somebody outside may have chosen; a module that cannot be loaded has
    the system's words alone.
    """
    if isinstance(error, OSError) and error.errno is not None:
        return error.errno in _SHORT
    if isinstance(error, MemoryError):
        return True
    if isinstance(error, RuntimeError) and _NO_THREAD in str(error):
        return True
    if isinstance(error, ImportError):
        return any(os.strerror(number) in str(error) for number in _SHORT)
    return False


def is_told_shortage(error: BaseException) -> bool:
    """The same, for whoever opens files through a library written in Rust: there the number stands in the words."""
    told = _TOLD.findall(str(error)[:2000])
    return is_shortage(error) or any(int(one or other) in _SHORT for one, other in told)
