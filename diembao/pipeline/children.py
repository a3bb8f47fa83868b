"""Processes that this program starts, and that must not outlive it.

A child watches its parent: when the parent is gone (even by kill -9), the child ends itself as
if it had been asked to.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Sequence

from diembao.core.errors import Retry
from diembao.core.shortage import is_shortage

PARENT = "DIEMBAO_PARENT"
# Seconds between two looks at the parent; and for a child to end after it was asked.
LOOK, PATIENCE = 1.0, 10.0


def start(module: str, arguments: Sequence[str]) -> subprocess.Popen[bytes]:
    """``python -m module arguments`` in a session of its own, so that one Ctrl-C reaches us alone.

    Raises:
        Retry: the machine has no room for another process, or no file handle for it.
    """
    try:
        return subprocess.Popen(  # noqa: S603 (our own module)
            [sys.executable, "-m", module, *arguments],
            env=os.environ | {PARENT: str(os.getpid())},
            stdin=subprocess.DEVNULL,
            start_new_session=True,
        )
    except OSError as error:
        if not is_shortage(error):
            raise
        raise Retry(f"{module} cannot be started now: {error}") from error


def stop(child: subprocess.Popen[bytes]) -> None:
    """Ask it to end; after ``PATIENCE`` seconds, end it."""
    if child.poll() is not None:
        return
    child.terminate()
    try:
        child.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()


def follow_parent() -> bool:
    """In a child: end with SIGTERM when the process that started it is gone. Elsewhere: nothing. Is this a child?"""
    parent = int(os.environ.pop(PARENT, "0"))
    if parent:
        threading.Thread(target=_watch, args=(parent,), daemon=True).start()
    return bool(parent)


def _watch(parent: int) -> None:
    pause = threading.Event()
    while os.getppid() == parent:
        pause.wait(LOOK)
    os.kill(os.getpid(), signal.SIGTERM)
