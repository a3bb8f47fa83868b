"""Answers of reads, kept for all threads of this process: asked for once, however many want the same at a time.

What is kept is handed out as it is, not copied (copying took a third of a screen): views answer with values.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from itertools import count
from typing import Any, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Before:
    """What the same question was answered with before something changed: handed out while another thread asks anew, if
    it has been out of date for no more than ``seconds``; ``told`` is called then.
    """

    question: Hashable
    seconds: float
    told: Callable[[], None]


@dataclass(eq=False)
class _Answer:
    """``until`` and ``outdated`` (since when there is a later one) in the clock's seconds; ``asking`` is held while it
    is asked for.
    """

    until: float
    number: int
    asking: threading.RLock = field(default_factory=threading.RLock)
    known: bool = False
    value: Any = None
    outdated: float | None = None


class Answers:
    """At most ``most`` of them, each for ``seconds`` of ``clock``; an error is not kept."""

    def __init__(self, *, seconds: float, most: int, clock: Callable[[], float]) -> None:
        self._seconds, self._most, self._clock = seconds, most, clock
        self._kept: OrderedDict[tuple[str, Hashable], _Answer] = OrderedDict()
        self._last: OrderedDict[tuple[str, Hashable], _Answer] = OrderedDict()  # the last known, by question
        self._lock, self._numbers = threading.Lock(), count()

    def of(
        self,
        name: str,
        asked: Hashable,
        ask: Callable[[], T],
        *,
        seconds: float | None = None,
        before: Before | None = None,
    ) -> T:
        """What ``ask`` answers, or answered to the same question not long ago (``seconds``, where it has its own)."""
        answer = self._at(name, asked, self._seconds if seconds is None else seconds, before)
        if not answer.known:
            earlier = self._earlier(name, answer, before) if before else None
            if before and earlier:
                before.told()
                answer = earlier
            else:
                self._ask(name, answer, ask, before)
        value: T = answer.value
        return value

    def _ask(self, name: str, answer: _Answer, ask: Callable[[], Any], before: Before | None) -> None:
        with answer.asking:
            if not answer.known:
                answer.value, answer.known = ask(), True
                self._note(name, answer, before)

    def _at(self, name: str, asked: Hashable, seconds: float, before: Before | None) -> _Answer:
        now, key = self._clock(), (name, asked)
        with self._lock:
            answer = self._kept.get(key)
            if answer is None or answer.until < now:
                answer = self._kept[key] = _Answer(now + seconds, next(self._numbers))
                earlier = self._last.get((name, before.question)) if before else None
                if earlier is not None and earlier.outdated is None:
                    earlier.outdated = now
            _used(self._kept, key, self._most)
            return answer

    def _earlier(self, name: str, answer: _Answer, before: Before) -> _Answer | None:
        """Where another thread asks, what it was; None: it has to be asked, or waited for."""
        if answer.asking.acquire(blocking=False):
            answer.asking.release()
            return None
        with self._lock:
            found = self._last.get((name, before.question))
        fresh = found and (found.outdated is None or self._clock() - found.outdated <= before.seconds)
        return found if fresh else None

    def _note(self, name: str, answer: _Answer, before: Before | None) -> None:
        if before is not None:
            key = name, before.question
            with self._lock:
                known = self._last.get(key)
                if known is None or known.number < answer.number:
                    self._last[key] = answer
                _used(self._last, key, self._most)


def _used(kept: OrderedDict[tuple[str, Hashable], _Answer], key: tuple[str, Hashable], most: int) -> None:
    kept.move_to_end(key)
    while len(kept) > most:
        kept.popitem(last=False)
