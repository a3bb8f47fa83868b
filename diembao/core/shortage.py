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
# How libraries written in Rust hand on what the system said.
# A RuntimeError of Python's own.
_NO_THREAD: Final = "can't start new thread"
_TOLD: Final = re.compile(r"(?:os error|code:) (\d+)")


def passes(error: BaseException) -> bool:
    """May whoever works in a loop, or at a job, wait and try again?"""
    return isinstance(error, Retry) or is_shortage(error)


def is_shortage(error: BaseException) -> bool:
    """By the system's number, which the words of a library's own error may hold; a module that cannot be loaded has the
    system's words alone.
    """
    if isinstance(error, OSError) and error.errno is not None:
        return error.errno in _SHORT
    if isinstance(error, MemoryError):
        return True
    if isinstance(error, RuntimeError) and _NO_THREAD in str(error):
        return True
    if isinstance(error, ImportError):
        return any(os.strerror(number) in str(error) for number in _SHORT)
    return any(int(number) in _SHORT for number in _TOLD.findall(str(error)[:2000]))
