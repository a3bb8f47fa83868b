"""What was computed of a text, or of two, and is asked for again with every batch of a window.

The keys are digests and numbers, so that neither they nor the answers about pairs keep alive what was let go.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from hashlib import blake2b
from itertools import islice
from threading import Lock
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class Remembered(Generic[K, V]):
    """At most ``most`` answers; when there are more, the older half is let go. Several threads may ask."""

    def __init__(self, most: int) -> None:
        self._most, self._kept, self._lock = most, dict[K, V](), Lock()

    def __len__(self) -> int:
        return len(self._kept)

    def of(self, key: K, make: Callable[[], V]) -> V:
        """The same object for the same key, as long as it is kept; ``make`` never answers None."""
        found = self._kept.get(key)
        if found is not None:
            return found
        made = make()
        with self._lock:
            if len(self._kept) >= self._most:
                for old in list(islice(self._kept, self._most // 2 + 1)):
                    del self._kept[old]
            return self._kept.setdefault(key, made)


def digest(*parts: str) -> bytes:
    """The same for the same words alone; 16 bytes."""
    return blake2b("\0".join(parts).encode("utf-8", "surrogatepass"), digest_size=16).digest()
