"""Why a head that corrections taught is kept aside."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

THEMES: Final = "themes"
STANCE: Final = "stance"
PARTS: Final = (THEMES, STANCE)
FLOOR: Final = "floor"
WORSE: Final = "worse"
AGAINST: Final = "against"


@dataclass(frozen=True, slots=True)
class Fault:
    """Why one of the heads (``part``: themes, stance) is kept aside. ``kind`` floor: figure ``name`` is ``value``, the
    floor is ``limit``; worse: on the gold set ``value`` items turned wrong, ``limit`` right; against: ``value`` of
    ``limit`` corrections contradict what the shipped head is all but sure of.
    """

    part: str
    kind: str
    value: float
    limit: float
    name: str = ""
