"""A table for a terminal: columns under one another, also where letters are two places wide."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

_GAP = "  "


def aligned(head: Sequence[str], rows: Sequence[Sequence[str]], align: str) -> list[str]:
    """One line each. ``align`` has one letter a column: l or r."""
    whole = [head, *rows]
    widths = [max(width(line[at]) for line in whole) for at in range(len(head))]
    return [_GAP.join(map(_cell, line, widths, align)).rstrip() for line in whole]


def width(text: str) -> int:
    """Places that a terminal gives it: two to a Chinese letter, none to a mark above or below another."""
    return sum(_places(letter) for letter in text)


def _places(letter: str) -> int:
    if unicodedata.category(letter) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(letter) in {"W", "F"} else 1


def _cell(text: str, width_: int, side: str) -> str:
    space = " " * (width_ - width(text))
    return space + text if side == "r" else text + space
