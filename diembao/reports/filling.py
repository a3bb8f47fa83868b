"""How much of each list stands on one page: one more of each in turn as long as it fits, so that nothing is left out
while there is room for it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from diembao.paper.letter import Words
from diembao.paper.page import Page


@dataclass(frozen=True, slots=True)
class Look:
    """How many characters of a sentence, letters of which size (points)."""

    sentence: int
    size: float


# From the roomiest on; the last is taken whatever fits then.
LOOKS: Final = (Look(260, 12), Look(200, 12), Look(160, 12), Look(130, 11.5), Look(110, 11), Look(90, 10.5))
# Claims, quotes, answers, requests: a look that shows fewer of a list, and not all of it, is too roomy.
ENOUGH: Final = (4, 3, 2, 2)
_NAMES: Final = ("điểm đã nêu", "trích dẫn", "lần trả lời", "yêu cầu")


@dataclass(frozen=True, slots=True)
class Lists:
    """Claims, quotes, answers, requests as they would stand on the page; ``more`` quotes were not looked for."""

    every: tuple[Sequence[Words], ...]
    more: int

    def left(self, counts: Sequence[int]) -> list[str]:
        over = [len(told) - shown for told, shown in zip(self.every, counts, strict=True)]
        over[1] += self.more
        return [f"{n} {name}" for n, name in zip(over, _NAMES, strict=True) if n]

    def enough(self, counts: Sequence[int]) -> bool:
        return all(n >= min(len(told), least) for n, told, least in zip(counts, self.every, ENOUGH, strict=True))


def fill(lists: Lists, draw: Callable[[Sequence[int]], Page]) -> tuple[Page, bool]:
    """``draw`` makes the page with so many of each list. The fullest that fits, and whether that is enough."""
    counts, growing = [0] * len(lists.every), list(range(len(lists.every)))
    made = draw(counts)
    while growing:
        for at in tuple(growing):
            more = [*counts[:at], counts[at] + 1, *counts[at + 1 :]]
            tried = draw(more) if more[at] <= len(lists.every[at]) else None
            if tried is not None and tried.fits():
                made, counts = tried, more
            else:
                growing.remove(at)
    return made, made.fits() and lists.enough(counts)
