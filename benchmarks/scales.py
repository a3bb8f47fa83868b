"""What programs take of memory, looked at from outside while they run."""

from __future__ import annotations

import threading
from contextlib import suppress
from pathlib import Path


class Scales(threading.Thread):
    """The programs that name this home in their command line: the largest of them alone, and all that run together.

    MB of resident memory (pages that several share count for each); looked at four times a second.
    """

    def __init__(self, home: Path) -> None:
        super().__init__(daemon=True)
        self._home = str(home).encode()
        self._over = threading.Event()
        self.largest: dict[str, float] = {}
        self.together = 0.0

    def run(self) -> None:
        while not self._over.wait(0.25):
            found = [(command, resident(path)) for path, command in self._ours()]
            for command, size in found:
                self.largest[command] = max(self.largest.get(command, 0.0), size)
            self.together = max(self.together, sum(size for _, size in found))

    def _ours(self) -> list[tuple[Path, str]]:
        found = []
        for path in Path("/proc").glob("[0-9]*"):
            with suppress(OSError):
                line = (path / "cmdline").read_bytes()
                if self._home in line:
                    found.append((path, "collector" if b"pipeline.collect" in line else "program"))
        return found

    def over(self) -> dict[str, float]:
        self._over.set()
        self.join()
        each: dict[str, float] = {
            f"largest_{command}_mb": round(size) for command, size in sorted(self.largest.items())
        }
        return each | {"all_together_mb": round(self.together)}


def resident(process: Path) -> float:
    """Its memory in MB; 0 for one that is gone."""
    with suppress(OSError):
        for line in (process / "status").read_text().splitlines():
            if line.startswith("VmRSS:"):
                return int(line.split()[1]) / 1024
    return 0.0


def proportional(process: int) -> int:
    """The proportional share of memory (PSS) of a process, in MB."""
    held = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii")
    return int(next(line.split()[1] for line in held.splitlines() if line.startswith("Pss:"))) // 1024
