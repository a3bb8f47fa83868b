"""One process of all looks at the log, and wishes for what is to be done; it is in a place that another
one takes when it ends, however it ends, or hangs (`places`).

Jobs follow each other by themselves (`jobs`). The foreman begins: where somebody has written to the log (an article, a
person's correction), where a round of the sources is due, where something is to be looked at now and then.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Final

from diembao.core.errors import WrongUse
from diembao.pipeline.jobs import KINDS, READING, Wish, lanes
from diembao.pipeline.stations import CLOSING, DUE, OPEN, due_plan
from diembao.pipeline.steps import BATCH
from diembao.pipeline.wiring import Installation

# Among the turns at hosts, which are all "host:port".
PLACE: Final = "diembao:foreman"
# Between two looks at a run that is open: are its books to be closed by anybody?
_BOOKS: Final = timedelta(seconds=10)


class Foreman:
    """Of one process. Asks the record little: one question of the log, and a few facts."""

    def __init__(self, house: Installation, now: Callable[[], datetime]) -> None:
        self._house, self._now = house, now
        self._read_to, self._behind = -1, True
        self._following: dict[str, datetime] = {}

    def wishes(self) -> Sequence[Wish]:
        """What is to be done now; some of it may be waiting or going on."""
        return [*self._of_the_log(), *self._now_and_then(), *self._of_sources()]

    def reads_again(self) -> None:
        """A collector was cut off: what it left is read by a round that follows this one at once."""
        self._house.store.set_fact(DUE, "")

    def _of_the_log(self) -> Sequence[Wish]:
        head, marks = self._house.store.marks()
        if head == self._read_to and not self._behind:
            return ()
        read = {kind.name: marks.get(kind.name, 0) for kind in READING}
        ends = {"alert": read["index"]}  # what cannot be found yet is told to nobody
        found = [each for name in read for each in _wish(name, ends.get(name, head) - read[name])]
        self._read_to, self._behind = head, bool(found)
        return found

    def _now_and_then(self) -> Sequence[Wish]:
        timed = ((kind.name, timedelta(seconds=kind.every)) for kind in KINDS.values() if kind.every)
        return [Wish(name, 0 if name == "judge" else None) for name, every in timed if self._is_time(name, every)]

    def _of_sources(self) -> Sequence[Wish]:
        if self._house.store.fact(OPEN):
            return [Wish("books", after=CLOSING)] if self._is_time("books", _BOOKS) else ()
        return [Wish("round")] if due_plan(self._house, self._now()) is not None else ()

    def _is_time(self, name: str, every: timedelta) -> bool:
        now = self._now()
        if name in self._following and self._following[name] - every <= now < self._following[name]:
            return False
        self._following[name] = now + every
        return True


def _wish(name: str, entries: int) -> Sequence[Wish]:
    if entries <= 0:
        return ()
    return [Wish(name, lane) for lane in lanes(entries, BATCH)] if name == "judge" else [Wish(name)]


def alone(house: Installation) -> None:
    """For a program that does everything by itself: no worker of several may be at this record.

    Raises:
        WrongUse: one is.
    """
    if house.settings.shared and not house.record.hold(PLACE):
        raise WrongUse(
            "các tiến trình `diembao worker` hoặc `crawl` đang làm việc trên kho này; dừng chúng trước"
            " (workers are at this record; stop them first)"
        )
