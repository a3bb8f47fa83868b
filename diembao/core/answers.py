"""Answers of reads, kept for all threads of this process: asked for once, however many want the same at a time.

What is kept is handed out as it is, not copied (copying took a third of a screen): views answer with values.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import Any


@dataclass
class _Answer:
    """``until`` in the clock's seconds; ``asking`` is held while it is asked for."""

    until: float
    asking: threading.RLock = field(default_factory=threading.RLock)
    known: bool = False
    value: Any = None


class Answers:
    """At most ``most`` of them, each for ``seconds`` of ``clock``; an error is not kept."""

    def __init__(self, *, seconds: float, most: int, clock: Callable[[], float]) -> None:
        self._seconds, self._most, self._clock = seconds, most, clock
        self._kept: OrderedDict[tuple[str, Hashable], _Answer] = OrderedDict()
        self._lock = threading.Lock()

    def of(self, name: str, asked: Hashable, ask: Callable[[], Any], *, seconds: float | None = None) -> Any:  # noqa: ANN401 (whatever was asked for)
        """What ``ask`` answers, or answered to the same question not long ago (``seconds``, where it has its own)."""
        answer = self._at((name, asked), self._seconds if seconds is None else seconds)
        if answer.known:
            return answer.value
        with answer.asking:
            if not answer.known:
                answer.value, answer.known = ask(), True
            return answer.value

    def _at(self, key: tuple[str, Hashable], seconds: float) -> _Answer:
        now = self._clock()
        with self._lock:
            answer = self._kept.get(key)
            if answer is None or answer.until < now:
                answer = self._kept[key] = _Answer(now + seconds)
            self._kept.move_to_end(key)
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
            return answer
