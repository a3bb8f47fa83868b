"""Which process holds a file that only one may have? The system knows where it is Linux; elsewhere nobody says."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import Final

_LOCKS: Final = Path("/proc/locks")
# Characters of a command line that are shown.
_SHOWN: Final = 120


def who_holds(path: Path, locks: Path = _LOCKS) -> tuple[str, str]:
    """What follows a sentence that somebody does, in Vietnamese and in English; empty where it is not known."""
    pid = _holder(path, locks)
    if not pid:
        return "", ""
    command = _command(pid)
    shown = f", `{command}`" if command else ""
    return f", tiến trình {pid}{shown}", f", process {pid}{shown}"


def _holder(path: Path, locks: Path) -> int:
    """0: nobody, or a process that this one cannot see (of another container)."""
    with suppress(OSError, ValueError, IndexError):
        file = path.stat()
        place = f"{os.major(file.st_dev):02x}:{os.minor(file.st_dev):02x}:{file.st_ino}"
        for line in locks.read_text(encoding="utf-8").splitlines():
            words = line.split()
            if words[1] != "->" and words[5] == place:
                return max(int(words[4]), 0)
    return 0


def _command(pid: int) -> str:
    with suppress(OSError):
        words = Path(f"/proc/{pid}/cmdline").read_bytes().decode("utf-8", "replace").split("\0")
        return " ".join(words).strip()[:_SHOWN].replace(" (", " ")
    return ""
