"""An office at work for a trial: its outlet, its mail server, the program's own processes, and what they said."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from benchmarks.survival import office
from tests.crawlers.newsroom import Newsroom
from tests.response import mailserver
from tests.response.mailserver import Mailbox

PATIENCE: Final = 400.0  # seconds for whatever is waited for, on a busy machine
LOOK: Final = 0.2
# Without LibreOffice a report goes as DOCX, in a second; sources are read as often as the settings allow.
_ENVIRONMENT: Final[dict[str, str]] = {
    "PATH": "/nonexistent",
    "DIEMBAO_CRAWL__INTERVAL": "5",
    "DIEMBAO_CRAWL__MAX_INTERVAL": "5",
}
# What no line of a log may hold.
_BAD: Final = ("Traceback", "database is locked", "Segmentation fault", "Bus error")


class Running:
    """One of the program's commands, in a process of its own. ``log`` is a file."""

    def __init__(self, home: Path, words: tuple[str, ...], log: Path) -> None:
        self.words, self._log = words, log
        with log.open("ab") as said:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "diembao.app.cli", *words, "--home", str(home)],
                env={**os.environ, **_ENVIRONMENT},
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=said,
            )

    @property
    def alive(self) -> bool:
        return self.process.poll() is None

    def said(self) -> str:
        return self._log.read_text(encoding="utf-8", errors="replace")

    def end(self) -> int:
        """As systemd does; its exit code."""
        self.process.send_signal(signal.SIGTERM)
        try:
            return self.process.wait(PATIENCE)
        finally:
            self.kill()

    def kill(self) -> None:
        if self.alive:
            self.process.kill()
        self.process.wait()


@dataclass
class Trial:
    """``wrong`` are sentences; ``home`` may lie anywhere, ``logs`` lie beside it."""

    home: Path
    logs: Path
    room: Newsroom
    box: Mailbox
    printed: int = 0
    wrong: list[str] = field(default_factory=list)
    _at: Any = field(default_factory=office.now)

    def publish(self, more: int) -> None:
        """The outlet prints so many articles besides."""
        self.printed += more
        office.pages(self.room, self.printed, self._at)

    @contextmanager
    def running(self, *words: str, may_say: Sequence[str] = ()) -> Iterator[Running]:
        """At the end it is told to end, if it is still there; what it should not have said is noted."""
        number = len(list(self.logs.glob("*.log")))
        made = Running(self.home, words, self.logs / f"{number}-{words[0]}.log")
        try:
            yield made
            if made.alive and (code := made.end()) not in {0, -signal.SIGTERM}:
                self.wrong.append(f"{' '.join(words)} ended with {code}")
        finally:
            made.kill()
            said = made.said()
            self.wrong += [
                f"{words[0]} said: {_around(said, bad)}" for bad in _BAD if bad in said and bad not in may_say
            ]

    def until(self, holds: Callable[[], bool], what: str) -> float:
        """How long that took, in seconds; too long is noted."""
        began = time.monotonic()
        while not holds():
            if time.monotonic() > began + PATIENCE:
                self.wrong.append(f"in vain for {PATIENCE:.0f} s: {what}")
                break
            time.sleep(LOOK)
        return round(time.monotonic() - began, 1)

    def caught_up(self) -> bool:
        """Everything printed is stored, searchable, told; books balance."""
        with office.opened(self.home) as house:
            store = house.store
            if store.size() < self.printed or store.bookmark("alert") < store.head():
                return False
            found = office.weighed(house)
        return not found["wrong"] and len(found["told"]["labels"]) == self.printed

    def catch_up(self) -> float:
        return self.until(self.caught_up, f"{self.printed} articles stored, searchable and told")

    def settled(self, most_twice: int) -> dict[str, int]:
        """What came in the end: each message at least once, and how many came again."""
        with office.opened(self.home) as house:
            found = office.weighed(house)
        self.wrong += found["wrong"]
        came = Counter([*(str(mail["Message-ID"]) for _, mail in self.box.arrived), *office.in_folder(self.home)])
        twice = came.total() - len(came)
        if len(came) != found["carried"]:
            self.wrong.append(f"{found['carried']} messages sent, {len(came)} came")
        if twice > most_twice:
            self.wrong.append(f"{twice} messages came twice")
        return {"articles": len(found["told"]["labels"]), "messages": len(came), "twice": twice}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _around(said: str, bad: str) -> str:
    return said[max(0, said.index(bad) - 200) :][:3000]


@contextmanager
def begun(home: Path, logs: Path, url: str = "") -> Iterator[Trial]:
    """An office with nothing read yet."""
    with ExitStack() as held:
        room, box = Newsroom(), Mailbox()
        held.enter_context(room.open())
        mail = held.enter_context(mailserver.serving(box))
        office.furnish(home, room, mail, url)
        logs.mkdir(exist_ok=True)
        yield Trial(home, logs, room, box)
