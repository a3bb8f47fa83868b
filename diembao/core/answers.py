"""Answers of reads, kept for all threads of this process: asked for once, however many want the same at a time.

What is kept is handed out as it is, not copied (copying took a third of a screen): views answer with values.
"""

from __future__ import annotations

import math
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from itertools import count
from typing import Any, TypeVar

T = TypeVar("T")
K = TypeVar("K")
V = TypeVar("V")


@dataclass(frozen=True, slots=True)
class Before:
    """What the same question was answered with before something changed: handed out while another thread asks anew, if
    it was so ``seconds`` ago; ``told`` is called then. ``state`` is what has changed: an answer is as old as the last
    moment at which anybody saw its state, not as the moment at which somebody noticed the next one, in the morning.
    """

    question: Hashable
    seconds: float
    told: Callable[[], None]
    state: Hashable


@dataclass(eq=False)
class _Answer:
    """``until`` and ``outdated`` (since when there is a later one) in the clock's seconds; ``asking`` is held while it
    is asked for.
    """

    until: float
    number: int
    state: Hashable = None
    asking: threading.RLock = field(default_factory=threading.RLock)
    known: bool = False
    value: Any = None
    outdated: float | None = None


class _Here(threading.local):
    """Is this thread asking? What it is told meanwhile goes into an answer that is kept, so it has to be so now."""

    asking: bool = False


class Answers:
    """At most ``most`` of them, each for ``seconds`` of ``clock``; an error is not kept."""

    def __init__(self, *, seconds: float, most: int, clock: Callable[[], float]) -> None:
        self._seconds, self._most, self._clock = seconds, most, clock
        self._kept: OrderedDict[tuple[str, Hashable], _Answer] = OrderedDict()
        self._last: OrderedDict[tuple[str, Hashable], _Answer] = OrderedDict()  # the last known, by question
        self._seen: OrderedDict[Hashable, float] = OrderedDict()  # states, and when last
        self._lock, self._numbers, self._here = threading.Lock(), count(), _Here()

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
        before = None if self._here.asking else before
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
                outer, self._here.asking = self._here.asking, True
                try:
                    answer.value, answer.known = ask(), True
                finally:
                    self._here.asking = outer
                self._note(name, answer, before)

    def _at(self, name: str, asked: Hashable, seconds: float, before: Before | None) -> _Answer:
        now, key = self._clock(), (name, asked)
        with self._lock:
            answer = self._kept.get(key)
            if answer is None or answer.until < now:
                answer = self._kept[key] = _Answer(now + seconds, next(self._numbers), before and before.state)
                earlier = self._last.get((name, before.question)) if before else None
                if earlier is not None and earlier.outdated is None:
                    earlier.outdated = now
            _used(self._kept, key, self._most)
            if before:
                self._seen[before.state] = now
                _used(self._seen, before.state, self._most)
            return answer

    def _earlier(self, name: str, answer: _Answer, before: Before) -> _Answer | None:
        """Where another thread asks, what it was; None: it has to be asked, or waited for."""
        if answer.asking.acquire(blocking=False):
            answer.asking.release()
            return None
        with self._lock:
            found = self._last.get((name, before.question))
            return found if found and self._clock() - self._was_so(found) <= before.seconds else None

    def _was_so(self, answer: _Answer) -> float:
        """When it was surely so for the last time."""
        seen = self._seen.get(answer.state, -math.inf)
        return min(seen, answer.until, math.inf if answer.outdated is None else answer.outdated)

    def _note(self, name: str, answer: _Answer, before: Before | None) -> None:
        if before is not None:
            key = name, before.question
            with self._lock:
                known = self._last.get(key)
                if known is None or known.number < answer.number:
                    self._last[key] = answer
                _used(self._last, key, self._most)


def _used(kept: OrderedDict[K, V], key: K, most: int) -> None:
    kept.move_to_end(key)
    while len(kept) > most:
        kept.popitem(last=False)
