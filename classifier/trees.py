"""A small forest of decision trees as it is kept in a file, asked with NumPy alone.

A tree is rows of ``[sign, at, left, right]``: on to the row ``left`` where the sign is at most ``at``, else to
``right``; a leaf is ``[value]``. The values of all trees and the base are the odds (natural logarithm).
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Self

from diembao.core.errors import Misconfigured

Node = Sequence[float]


class Trees:
    """``least`` is the chance from which the answer is yes; ``version`` changes with the answers."""

    def __init__(self, base: float, trees: Sequence[Sequence[Node]], least: float, version: str) -> None:
        self._base, self._trees, self.least, self.version = base, trees, least, version

    @classmethod
    def read(cls, path: Path, signs: Sequence[str]) -> Self:
        """Raises:
        Misconfigured: it cannot be read, or weighs other signs.
        """
        try:
            card: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
            weighed = tuple(card["signs"])
            found = cls(float(card["base"]), card["trees"], float(card["least"]), str(card["digest"])[:8])
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise Misconfigured(f"{path} cannot be read ({error}); train it again") from error
        if weighed != tuple(signs):
            raise Misconfigured(f"{path} weighs other signs; train it again")
        return found

    def chances(self, rows: Sequence[Sequence[float]]) -> list[float]:
        """Of each row of signs, 0 to 1."""
        return [self._chance(row) for row in rows]

    def _chance(self, row: Sequence[float]) -> float:
        odds = self._base + sum(_value(tree, row) for tree in self._trees)
        return 1 / (1 + math.exp(-odds))


def _value(tree: Sequence[Node], row: Sequence[float]) -> float:
    node = tree[0]
    while len(node) > 1:
        sign, at, left, right = node
        node = tree[int(left if row[int(sign)] <= at else right)]
    return node[0]
