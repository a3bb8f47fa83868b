"""What the loop has done in a process of its own, beside the steps: it looks once a minute whether something is due."""

from __future__ import annotations

import subprocess
from abc import ABC, abstractmethod
from datetime import UTC, datetime, timedelta
from typing import ClassVar, Final, Self

import structlog

from diembao.pipeline import children
from diembao.pipeline.wiring import Installation

log = structlog.get_logger()

EVERY: Final = timedelta(minutes=1)  # between two looks
LATER: Final = timedelta(minutes=10)  # after one that failed


class Beside(ABC):
    """Starts ``python -m <module> HOME`` when it `waits`, ends it after ``longest``, and with the worker. That it fails
    is the line ``failed`` in the log.
    """

    module: ClassVar[str]
    failed: ClassVar[str]
    longest: ClassVar[timedelta]

    def __init__(self, house: Installation) -> None:
        self.house = house
        self.child: subprocess.Popen[bytes] | None = None
        self._next = self._until = datetime.min.replace(tzinfo=UTC)

    @abstractmethod
    def waits(self, now: datetime) -> bool:
        """Is anything due?"""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self.child is not None:
            children.stop(self.child)

    def look(self, now: datetime) -> None:
        if self.child is not None:
            self._follow(self.child, now)
        elif now >= self._next or self._next > now + LATER:  # a clock that was set back does not stop it
            self._next = now + EVERY
            if self.waits(now):
                self.child = children.start(self.module, [str(self.house.settings.home)])
                self._until = now + self.longest

    def _follow(self, child: subprocess.Popen[bytes], now: datetime) -> None:
        if child.poll() is None and now < self._until:
            return
        children.stop(child)
        if child.returncode:
            log.warning(self.failed, code=child.returncode)
            self._next = now + LATER
        self.child = None
